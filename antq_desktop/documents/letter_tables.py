"""Writes tables over the rows of a field into a Word file, and the grids in which long codes are read aloud."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from antq_desktop.documents.fonts import BOLD
from antq_desktop.documents.form_blocks import Groups, Table
from antq_desktop.documents.letter_grids import Sides, cell, empty, grid, row, widths
from antq_desktop.documents.letter_text import Sheet, paragraphs
from antq_desktop.documents.page_tables import LINES_OF_WHOLE_ROW, fit_columns
from antq_desktop.documents.pen import MM
from antq_desktop.documents.records import Run
from antq_desktop.documents.strips import Area, Look
from antq_desktop.documents.text_layout import break_lines

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

#: As in the PDF, less the width of a rule, which Word adds to the height of a row.
_SIDES: Sides = (1.0 * MM, 1.5 * MM, 1.4 * MM - 0.6, 1.5 * MM)
_HEIGHT_OF_GROUP = 1.9


def write_table(block: Table, sheet: Sheet) -> list[Element]:
    """Return one table: its head comes again on each page, the head and the foot stay with the row beside them."""
    scope = sheet.setting.scope
    heads = [scope.fill(column.head, BOLD) for column in block.columns]
    texts = []
    for line in scope.rows(block.rows):
        style = BOLD if block.bold_when and line.has(block.bold_when) else 0
        texts.append([line.fill(column.text, 0 if column.plain else style) for column in block.columns])
    if block.foot:
        texts.append([scope.fill(text, BOLD) for text in block.foot])
    areas, size = fit_columns(block, sheet.setting, texts)
    writer = _Rows(block, sheet, areas, size)
    before_foot = len(texts) - 2 if block.foot else -1
    rows = [writer.row(heads, keep=bool(texts), is_head=True)]
    rows += [writer.row(cells, keep=number == before_foot) for number, cells in enumerate(texts)]
    return [grid(widths(areas), rows)]


class _Rows:
    """Writes the rows of one table."""

    def __init__(self, block: Table, sheet: Sheet, areas: Sequence[Area], size: float) -> None:
        self._columns = block.columns
        self._setting = sheet.setting
        self._areas = areas
        self._size = size

    def row(self, texts: Sequence[Sequence[Run]], *, keep: bool, is_head: bool = False) -> Element:
        cells, tallest = [], 0
        for runs, area, column in zip(texts, self._areas, self._columns, strict=True):
            inner = self._setting.within(Area(0.0, area.width - _SIDES[1] - _SIDES[3]))
            align = "center" if is_head else column.align
            look = Look(self._size, align, keep=keep)
            written = paragraphs(inner, runs, look) or [empty(inner, self._size, align, keep=keep)]
            cells.append(cell(area.width, written, sides=_SIDES, ruled=True, centred=True))
            tallest = max(tallest, len(break_lines(runs, inner.face, self._size, inner.area.width)))
        return row(cells, whole=tallest <= LINES_OF_WHOLE_ROW, is_head=is_head)


def write_groups(block: Groups, sheet: Sheet) -> list[Element]:
    """Return the groups of a code as a framed grid, ``columns`` a line, kept on one page."""
    setting = sheet.setting
    groups = re.split(r"[\s-]+", setting.scope.text(block.text).strip())
    size = setting.letters(block.size)
    areas = setting.area.columns([1.0] * block.columns)
    rows = []
    for start in range(0, len(groups), block.columns):
        look = Look(size, "center", keep=start + block.columns < len(groups))
        line = groups[start : start + block.columns]
        cells = [
            cell(
                area.width,
                paragraphs(setting.within(area), [(BOLD, group)], look),
                ruled=bool(group),
                centred=True,
            )
            for group, area in zip([*line, *[""] * (block.columns - len(line))], areas, strict=True)
        ]
        rows.append(row(cells, height=size * _HEIGHT_OF_GROUP))
    return [grid(widths(areas), rows)]
