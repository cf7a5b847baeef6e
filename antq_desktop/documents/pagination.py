"""Shares strips out over pages: what belongs together stays together, table heads come again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from antq_desktop.documents.strips import Draw, Strip

#: Rounding of sums of heights, in points.
_HAIR = 0.01


@dataclass(frozen=True, slots=True)
class Placed:
    """A drawing at ``down`` points below the upper edge of the text area."""

    draw: Draw
    down: float


def share_out(strips: Sequence[Strip], room: float) -> list[list[Placed]]:
    """Return the pages, each ``room`` points high, with what is drawn on them; at least one page.

    Strips that keep together move to the next page as one, unless they are taller than a page.
    """
    pages: list[list[Placed]] = [[]]
    down = 0.0
    former: Strip | None = None
    for chunk in _chunks(strips):
        height = sum(strip.above + strip.height for strip in chunk)
        whole = height - chunk[0].above <= room
        for number, strip in enumerate(chunk):
            needed = height if whole and number == 0 else strip.above + strip.height
            if pages[-1] and down + needed > room + _HAIR and not (whole and number):
                if former is not None and former.close is not None:
                    pages[-1].append(Placed(former.close, down))
                pages.append([])
                down = 0.0
                if strip.head is not None:
                    pages[-1].append(Placed(strip.head.draw, 0.0))
                    down = strip.head.height
            elif pages[-1]:
                down += strip.above
            pages[-1].append(Placed(strip.draw, down))
            down += strip.height
            former = strip
    return pages


def _chunks(strips: Sequence[Strip]) -> Iterator[list[Strip]]:
    chunk: list[Strip] = []
    for strip in strips:
        chunk.append(strip)
        if not strip.keep:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
