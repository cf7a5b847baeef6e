"""Sets the texts of a form as paragraphs of a Word file, with the measures by which the PDF breaks its lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from antq_desktop.documents.letter_xml import Shape, paragraph, rule
from antq_desktop.documents.records import Run
from antq_desktop.documents.strips import Area, Look, Setting
from antq_desktop.documents.text_layout import balance, break_lines

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

#: Room beyond the measured width of a line, as a share of the size: less than a letter and a space take.
_SLACK = 0.5


@dataclass(frozen=True, slots=True)
class Sheet:
    """What writing one record needs: the setting shared with the PDF, and a place for pictures.

    ``picture(png, side, about)`` takes the picture into the file and returns a run that shows it ``side`` points wide.
    """

    setting: Setting
    picture: Callable[[bytes, float, str], Element]

    def within(self, area: Area) -> Sheet:
        return Sheet(self.setting.within(area), self.picture)


def paragraphs(setting: Setting, runs: Sequence[Run], look: Look, *, is_title: bool = False) -> list[Element]:
    """Return the paragraph of ``runs``, and one that is its rule; nothing where there is no text."""
    runs = tidy(runs)
    if not runs:
        return []
    width, sides, longest = setting.area.width, 0.0, 0.0
    if look.align == "center":
        lines = balance(runs, setting.face, look.size, width)
        longest = max(line.width for line in lines)
        if len(lines) > 1:
            # Word breaks the lines of a heading where the PDF does when their place is as wide as the longest.
            sides = max(0.0, (width - longest - _SLACK * look.size) / 2)
    elif look.rule:
        longest = max(line.width for line in break_lines(runs, setting.face, look.size, width, look.indent))
    shape = Shape(
        align=look.align,
        above=look.above,
        indent=look.indent,
        sides=sides,
        leading=setting.leading,
        keep=look.keep or bool(look.rule),
        is_title=is_title,
    )
    written = [paragraph(shape, runs, look.size, look.colour)]
    if look.rule:
        written.append(rule((width - longest * look.rule) / 2, keep=look.keep))
    return written


def tidy(runs: Sequence[Run]) -> list[Run]:
    """Return ``runs`` without lines that are empty and without spaces at both ends of the others."""
    lines: list[list[Run]] = [[]]
    for style, text in runs:
        first, *others = text.split("\n")
        lines[-1].append((style, first))
        lines += [[(style, other)] for other in others]
    kept: list[Run] = []
    for line in lines:
        trimmed = _trimmed(line)
        if trimmed and kept:
            kept[-1] = (kept[-1][0], kept[-1][1] + "\n")
        kept += trimmed
    return kept


def _trimmed(line: Sequence[Run]) -> list[Run]:
    runs = list(line)
    while runs and not runs[0][1].strip(" "):
        runs.pop(0)
    while runs and not runs[-1][1].strip(" "):
        runs.pop()
    if runs:
        runs[0] = (runs[0][0], runs[0][1].lstrip(" "))
        runs[-1] = (runs[-1][0], runs[-1][1].rstrip(" "))
    return [run for run in runs if run[1]]
