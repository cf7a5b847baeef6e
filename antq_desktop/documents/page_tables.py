"""Lays out tables that run over pages, and the grids in which long codes are read aloud."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from antq_desktop.documents.fonts import BOLD
from antq_desktop.documents.form_blocks import Column, Groups, Table
from antq_desktop.documents.pen import MM, Pen
from antq_desktop.documents.records import Run, Scope
from antq_desktop.documents.strips import Area, Draw, Look, Setting, Strip, stack, text_strips
from antq_desktop.documents.templates import Template
from antq_desktop.documents.text_layout import width_of, words

_SIDE, _TOP = 1.5 * MM, 1.0 * MM
#: What a number may be wider where another program sets it.
_SLACK = 0.5
#: In points: how small letters get for a number that is too wide, and by which steps.
_LEAST_LETTERS, _STEP = 8.0, 0.5
#: A row that is taller than this many lines may be parted by the end of a page.
LINES_OF_WHOLE_ROW = 14


@dataclass(frozen=True, slots=True)
class _Grid:
    """The columns of a table where they stand on the page."""

    setting: Setting
    areas: Sequence[Area]
    columns: Sequence[Column]
    size: float

    def cells(self, texts: Sequence[list[Run]], *, centred: bool = False) -> list[list[Strip]]:
        return [
            text_strips(
                self.setting.within(Area(area.left + _SIDE, area.width - 2 * _SIDE)),
                runs,
                Look(self.size, "center" if centred else column.align),
            )
            for runs, area, column in zip(texts, self.areas, self.columns, strict=True)
        ]

    def row(self, cells: Sequence[list[Strip]], head: Strip | None) -> list[Strip]:
        """Return a row as strips: one, or several when it is too tall for keeping together."""
        tallest = max(len(cell) for cell in cells)
        if tallest <= LINES_OF_WHOLE_ROW:
            return [self._part([stack(cell) for cell in cells], head, opens=True, ends=True)]
        starts = range(0, tallest, 2)
        return [
            self._part(
                [stack(cell[start : start + 2]) for cell in cells],
                head,
                opens=start == 0,
                ends=start + 2 >= tallest,
            )
            for start in starts
        ]

    def _part(self, cells: Sequence[Strip], head: Strip | None, *, opens: bool, ends: bool) -> Strip:
        tallest = max(cell.height for cell in cells)
        above, below = _TOP if opens else 0.0, _TOP * 1.4 if ends else 0.0
        height = above + tallest + below
        left, width = self.areas[0].left, sum(area.width for area in self.areas)

        def draw(pen: Pen, top: float) -> None:
            with pen.part("TR"):
                for cell, area in zip(cells, self.areas, strict=True):
                    middle = (tallest - cell.height) / 2 if opens and ends else 0.0
                    with pen.part("TD" if head else "TH"):
                        cell.draw(pen, top - above - middle)
                    pen.upright(area.left, top - height, height)
            pen.upright(left + width, top - height, height)
            if ends:
                pen.rule(left, top - height, width)

        def close(pen: Pen, bottom: float) -> None:
            pen.rule(left, bottom, width)

        return Strip(height, draw, head=head, close=None if ends else close)


def lay_table(block: Table, setting: Setting) -> list[Strip]:
    """Return the head, one strip a row and the foot; the head comes again on each page."""
    rows = [_texts(block, row) for row in setting.scope.rows(block.rows)]
    foot = [[_bold(setting.scope, text) for text in block.foot]] if block.foot else []
    areas, size = fit_columns(block, setting, [*rows, *foot])
    grid = _Grid(setting, areas, block.columns, size)
    heads = grid.cells([setting.scope.fill(column.head, BOLD) for column in block.columns], centred=True)
    head = _with_top_rule(grid.row(heads, None)[0], setting.area)
    strips = [replace(head, keep=True)]
    for row in rows:
        strips += grid.row(grid.cells(row), head)
    for row in foot:
        strips[-1] = replace(strips[-1], keep=True)
        strips += grid.row(grid.cells(row), head)
    return strips


def _texts(block: Table, row: Scope) -> list[list[Run]]:
    style = BOLD if block.bold_when and row.has(block.bold_when) else 0
    return [row.fill(column.text, 0 if column.plain else style) for column in block.columns]


def _bold(scope: Scope, text: Template) -> list[Run]:
    return scope.fill(text, BOLD)


def fit_columns(
    block: Table, setting: Setting, rows: Sequence[Sequence[Sequence[Run]]]
) -> tuple[list[Area], float]:
    """Return where the columns stand and the size of letters, in points; ``rows`` are what the cells will say.

    Columns without a width share what is left. A column too narrow for a number in it takes room from them, up to half of
    theirs, and then the letters get smaller: a number that is broken inside is misread.
    """
    wanted = [column.width * MM for column in block.columns]
    numbers = [
        max((_number_width(row[place], setting) for row in rows), default=0.0) if width else 0.0
        for place, width in enumerate(wanted)
    ]
    room = (setting.area.width + sum(wanted)) / 2 if 0.0 in wanted else setting.area.width
    size = setting.letters(block.size)
    while True:
        widths = [
            max(width, number * size + 2 * _SIDE + _SLACK) if number else width
            for width, number in zip(wanted, numbers, strict=True)
        ]
        if widths == wanted or sum(widths) <= room:
            return _side_by_side(widths, setting.area), size
        if size - _STEP < _LEAST_LETTERS:
            return _side_by_side(wanted, setting.area), size
        size -= _STEP


def _number_width(runs: Sequence[Run], setting: Setting) -> float:
    """Return the width at size 1 of the widest word with a figure in it."""
    numbers = [
        word for word in words(runs) if any(sign.isdecimal() for _style, text in word for sign in text)
    ]
    return max((width_of(word, setting.face) for word in numbers), default=0.0)


def _side_by_side(wanted: Sequence[float], area: Area) -> list[Area]:
    open_columns = sum(not width for width in wanted)
    free = (area.width - sum(wanted)) / open_columns if open_columns else 0.0
    widths = [width or free for width in wanted]
    return [Area(area.left + sum(widths[:number]), width) for number, width in enumerate(widths)]


def _with_top_rule(head: Strip, area: Area) -> Strip:
    def draw(pen: Pen, top: float) -> None:
        pen.rule(area.left, top, area.width)
        head.draw(pen, top)

    return replace(head, draw=draw)


def lay_groups(block: Groups, setting: Setting) -> list[Strip]:
    """Return the groups of a code in a framed grid, ``columns`` a line, read from left to right."""
    groups = re.split(r"[\s-]+", setting.scope.text(block.text).strip())
    size = setting.letters(block.size)
    areas = setting.area.columns([1.0] * block.columns)
    height = size * 1.9
    strips = []
    for start in range(0, len(groups), block.columns):
        row = groups[start : start + block.columns]
        cells = [
            stack(text_strips(setting.within(area), [(BOLD, group)], Look(size, "center")))
            for group, area in zip(row, areas, strict=False)
        ]
        strips.append(Strip(height, _boxes(cells, areas, height)))
    return [stack(strips)]


def _boxes(cells: Sequence[Strip], areas: Sequence[Area], height: float) -> Draw:
    def draw(pen: Pen, top: float) -> None:
        for cell, area in zip(cells, areas, strict=False):
            pen.frame(area.left, top - height, area.width, height)
            cell.draw(pen, top - (height - cell.height) / 2)

    return draw
