"""Breaks styled text into lines of a given width, in points, without knowing any page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from antq_desktop.documents.records import Run
from antq_desktop.documents.templates import EMPTY_BOX, MISSING_GLYPH, TICKED_BOX

BOXES = (EMPTY_BOX, TICKED_BOX, MISSING_GLYPH)
#: The place that a drawn box takes, as a share of the size of letters.
BOX_WIDTH = 0.9
_SPACE_WIDTH = 0.25


class Widths(Protocol):
    """A face that can tell how wide a text is at size 1."""

    def width(self, style: int, text: str) -> float: ...


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its runs with their spaces, its natural width in points, how many spaces may stretch."""

    runs: tuple[Run, ...]
    width: float
    gaps: int
    is_last: bool


def width_of(runs: Sequence[Run], face: Widths) -> float:
    """Return the width of ``runs`` on one line at size 1; drawn boxes count."""
    total = 0.0
    for style, text in runs:
        if not text.isascii() and any(box in text for box in BOXES):
            letters = "".join(sign for sign in text if sign not in BOXES)
            total += face.width(style, letters) + (len(text) - len(letters)) * BOX_WIDTH
        else:
            total += face.width(style, text)
    return total


def break_lines(
    runs: Sequence[Run], face: Widths, size: float, width: float, indent: float = 0.0
) -> list[Line]:
    """Return the lines of ``runs``; the first is ``indent`` points shorter. A newline in the text ends a line.

    A word that is wider than a whole line is parted; nothing is ever cut off. Empty text gives no line.
    """
    whole = _whole(runs, face, size, width - indent)
    if whole is not None:
        return [whole]
    lines: list[Line] = []
    for paragraph in _paragraphs(runs):
        room = (width - (0.0 if lines else indent)) / size
        taken: list[list[Run]] = []
        used = 0.0
        for word in _fitting(words(paragraph), face, width / size):
            wide = width_of(word, face)
            if taken and used + _SPACE_WIDTH + wide > room + 1e-6:
                lines.append(_line(taken, used * size, is_last=False))
                taken, used, room = [], 0.0, width / size
            used += wide + (_SPACE_WIDTH if taken else 0.0)
            taken.append(word)
        lines.append(_line(taken, used * size, is_last=True))
    return lines


def _whole(runs: Sequence[Run], face: Widths, size: float, room: float) -> Line | None:
    """Return all of ``runs`` as one line when that is plain to see, as it is for most texts of a form."""
    text = "".join(letters for _, letters in runs)
    if not text or text != text.strip(" ") or "  " in text or "\n" in text:
        return None
    width = width_of(runs, face) * size
    if width > room:
        return None
    joined: list[Run] = []
    for style, letters in runs:
        _append(joined, style, letters)
    return Line(tuple(joined), width, text.count(" "), is_last=True)


def balance(runs: Sequence[Run], face: Widths, size: float, width: float) -> list[Line]:
    """Return as few lines as ``break_lines`` with their lengths evened out, as a centred heading wants."""
    lines = break_lines(runs, face, size, width)
    if len(lines) < 2:
        return lines
    longest = max(width_of(word, face) * size for paragraph in _paragraphs(runs) for word in words(paragraph))
    narrower = width * 0.96
    while narrower > longest:
        tried = break_lines(runs, face, size, narrower)
        if len(tried) > len(lines):
            break
        lines = tried
        narrower *= 0.96
    return lines


def fit_size(
    runs: Sequence[Run], face: Widths, sizes: tuple[float, float], width: float, lines: int
) -> float:
    """Return the largest size within ``sizes`` (wanted, least), by half points, that needs at most ``lines`` lines."""
    size, least = sizes
    while size > least and len(break_lines(runs, face, size, width)) > lines:
        size = max(least, size - 0.5)
    return size


def _paragraphs(runs: Sequence[Run]) -> list[list[Run]]:
    paragraphs: list[list[Run]] = [[]]
    for style, text in runs:
        first, *others = text.split("\n")
        paragraphs[-1].append((style, first))
        paragraphs += [[(style, other)] for other in others]
    return [part for part in paragraphs if any(text.strip(" ") for _, text in part)]


def words(runs: Sequence[Run]) -> list[list[Run]]:
    """Return the words of ``runs``, each of as many runs as it has styles."""
    found: list[list[Run]] = [[]]
    for style, text in runs:
        first, *others = text.split(" ")
        if first:
            found[-1].append((style, first))
        found += [[(style, other)] if other else [] for other in others]
    return [word for word in found if word]


def _fitting(whole: Sequence[list[Run]], face: Widths, room: float) -> Iterator[list[Run]]:
    """Yield the words; one that is wider than a line comes in pieces."""
    for word in whole:
        if width_of(word, face) <= room:
            yield word
            continue
        piece: list[Run] = []
        for style, sign in ((style, sign) for style, text in word for sign in text):
            if piece and width_of([*piece, (style, sign)], face) > room:
                yield piece
                piece = []
            _append(piece, style, sign)
        yield piece


def _line(taken: Sequence[Sequence[Run]], width: float, *, is_last: bool) -> Line:
    runs: list[Run] = []
    for number, word in enumerate(taken):
        for place, (style, text) in enumerate(word):
            if number and not place:
                # The space belongs to the run before it, so that a line never begins with one.
                runs[-1] = (runs[-1][0], runs[-1][1] + " ")
            _append(runs, style, text)
    return Line(tuple(runs), width, len(taken) - 1, is_last)


def _append(runs: list[Run], style: int, text: str) -> None:
    if runs and runs[-1][0] == style:
        runs[-1] = (style, runs[-1][1] + text)
    else:
        runs.append((style, text))
