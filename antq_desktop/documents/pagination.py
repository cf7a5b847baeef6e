"""Shares strips out over pages: what belongs together stays together, table heads come again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from antq_desktop.documents.strips import Draw, Strip

#: Rounding of sums of heights, in points.
_HAIR = 0.01


@dataclass(frozen=True, slots=True)
class Placed:
    """A drawing at ``down`` points below the upper edge of the text area."""

    draw: Draw
    down: float


@dataclass(frozen=True, slots=True)
class Page:
    """What is drawn on one page. ``number`` counts from 1 within the paper, and again within each annex."""

    number: int
    placed: list[Placed] = field(default_factory=list)


def share_out(strips: Sequence[Strip], room: float) -> list[Page]:
    """Return the pages, each ``room`` points high, with what is drawn on them; at least one page.

    Strips that keep together move to the next page as one, unless they are taller than a page.
    """
    pages = [Page(1)]
    down = 0.0
    former: Strip | None = None
    for chunk in _chunks(strips):
        height = sum(strip.above + strip.height for strip in chunk)
        whole = height - chunk[0].above <= room
        for number, strip in enumerate(chunk):
            needed = height if whole and number == 0 else strip.above + strip.height
            placed = pages[-1].placed
            full = down + needed > room + _HAIR and not (whole and number)
            if placed and (full or strip.opens):
                if former is not None and former.close is not None:
                    placed.append(Placed(former.close, down))
                pages.append(Page(1 if strip.opens == "annex" else pages[-1].number + 1))
                placed, down = pages[-1].placed, 0.0
                if strip.head is not None:
                    placed.append(Placed(strip.head.draw, 0.0))
                    down = strip.head.height
            elif placed:
                down += strip.above
            placed.append(Placed(strip.draw, down))
            down += strip.height
            former = strip
    return pages


def _chunks(strips: Sequence[Strip]) -> Iterator[list[Strip]]:
    chunk: list[Strip] = []
    for strip, after in zip_longest(strips, strips[1:]):
        chunk.append(strip)
        ends = after is None or after.opens or not (strip.keep or after.with_former)
        if ends:
            yield chunk
            chunk = []
