"""Holds the smallest parts of a page: strips of a known height that draw themselves where they come to stand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from antq_desktop.documents.fonts import Serif
from antq_desktop.documents.form_blocks import Align
from antq_desktop.documents.pen import BLACK, Pen
from antq_desktop.documents.records import Run, Scope
from antq_desktop.documents.text_layout import Line, balance, break_lines

Draw = Callable[[Pen, float], None]

#: Times New Roman and its kin: height of the ascenders, and of ascenders and descenders together, at size 1.
_ASCENT, _BODY = 0.891, 1.107


@dataclass(frozen=True, slots=True)
class Strip:
    """A part of the page that no page break cuts; all lengths are points.

    ``draw(pen, top)`` draws it below ``top``. ``above`` is left free before it, except at the head of a page.
    ``keep`` holds it on one page with the next strip. ``head`` is drawn before it when it opens a page,
    ``close`` after it when it ends one. ``opens`` begins a page of its own, or an annex whose pages count from 1 again.
    ``with_former`` holds it on one page with the strip before it: nobody signs on a page of its own.
    """

    height: float
    draw: Draw
    above: float = 0.0
    keep: bool = False
    head: "Strip | None" = None
    close: Draw | None = None
    opens: Literal["", "page", "annex"] = ""
    with_former: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """Left edge and width of the place that text may take, in points."""

    left: float
    width: float

    def columns(self, shares: Sequence[float], gap: float = 0.0) -> list["Area"]:
        """Return the areas beside one another with widths in the ratio of ``shares``."""
        free = self.width - gap * (len(shares) - 1)
        areas, left = [], self.left
        for share in shares:
            width = free * share / sum(shares)
            areas.append(Area(left, width))
            left += width + gap
        return areas


@dataclass(frozen=True, slots=True)
class Setting:
    """All that laying out one record needs. ``scale`` makes letters and spaces smaller to save a page."""

    face: Serif
    scope: Scope
    area: Area
    size: float
    leading: float
    scale: float = 1.0

    def within(self, area: Area) -> "Setting":
        return replace(self, area=area)

    def letters(self, size: float) -> float:
        """Return the size to set; 0 means the size of the page's running text."""
        return (size or self.size) * self.scale


@dataclass(frozen=True, slots=True)
class Look:
    """How a text is set; ``size`` is final, in points; ``rule`` is a rule below as a share of the longest line."""

    size: float
    align: Align = "left"
    indent: float = 0.0
    above: float = 0.0
    rule: float = 0.0
    colour: str = BLACK
    keep: bool = False


def text_strips(setting: Setting, runs: Sequence[Run], look: Look) -> list[Strip]:
    """Return one strip a line; the first two and the last two lines of a text stay together."""
    return list(_text_strips(tuple(runs), setting.face, setting.area, setting.leading, look))


@lru_cache(maxsize=1024)
def _text_strips(
    runs: tuple[Run, ...], face: Serif, area: Area, leading: float, look: Look
) -> tuple[Strip, ...]:
    """Do the work of ``text_strips`` once for what the records of a batch have in common."""
    if look.align == "center":
        lines = balance(runs, face, look.size, area.width)
    else:
        lines = break_lines(runs, face, look.size, area.width, look.indent)
    last = len(lines) - 1
    strips = [
        Strip(
            look.size * leading,
            _line_drawer(line, area, look, look.indent if not number else 0.0, leading),
            above=0.0 if number else look.above,
            keep=(number < last and number in {0, last - 1}) or (look.keep and number <= last),
        )
        for number, line in enumerate(lines)
    ]
    if look.rule and lines:
        strips[-1] = replace(strips[-1], keep=True)
        strips.append(_rule_strip(area, max(line.width for line in lines) * look.rule, look))
    return tuple(strips)


def _line_drawer(line: Line, area: Area, look: Look, indent: float, leading: float) -> Draw:
    fall = look.size * (_ASCENT + (leading - _BODY) / 2)
    free = area.width - indent - line.width
    stretch = free / line.gaps if look.align == "justify" and line.gaps and not line.is_last else 0.0
    shift = {"center": free / 2, "right": free}.get(look.align, 0.0)
    x = area.left + indent + shift

    def draw(pen: Pen, top: float) -> None:
        pen.write(x, top - fall, line, look.size, stretch=stretch, colour=look.colour)

    return draw


def _rule_strip(area: Area, length: float, look: Look) -> Strip:
    x = area.left + (area.width - length) / 2

    def draw(pen: Pen, top: float) -> None:
        pen.rule(x, top - 2.5, length)

    return Strip(6.0, draw, keep=look.keep)


def gap(height: float) -> Strip:
    """Return a strip of free height."""
    return Strip(height, lambda _pen, _top: None)


def stack(strips: Sequence[Strip]) -> Strip:
    """Return ``strips`` below one another as one strip that no page parts."""

    def draw(pen: Pen, top: float) -> None:
        for strip in strips:
            top -= strip.above
            strip.draw(pen, top)
            top -= strip.height

    return Strip(sum(strip.above + strip.height for strip in strips), draw)


def side_by_side(columns: Sequence[Sequence[Strip]]) -> Strip:
    """Return columns of strips that begin at the same height as one strip."""
    stacks = [stack(column) for column in columns]

    def draw(pen: Pen, top: float) -> None:
        for column in stacks:
            column.draw(pen, top)

    return Strip(max((column.height for column in stacks), default=0.0), draw)
