"""Writes figures as a workbook that an office can go on working with: real numbers, dates and sums, never formulas from data."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from antq_desktop.documents.output import writing
from antq_desktop.domain.text import clean

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.styles import Alignment, Border, Font, PatternFill
    from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | Decimal | date | None
Kind = Literal["text", "number", "share", "date", "change", "share_change"]

_FACE = "Times New Roman"
#: Excel shows these with the separators of the officer's own system: 1.234 and 97,52 % on a Vietnamese one.
_FORMATS = {
    "text": "@",
    "number": "#,##0",
    "share": "0.00%",
    "date": "dd/mm/yyyy",
    "change": "+#,##0;-#,##0;0",
    "share_change": "+0.00%;-0.00%;0.00%",
}
_ALIGNED = {
    "text": "left",
    "number": "right",
    "share": "right",
    "date": "center",
    "change": "right",
    "share_change": "right",
}
#: The height of a line of letters of size 12 in points; how many figures wide a letter and a capital are, and how much wider in bold.
_LINE = 15.75
_LETTER, _CAPITAL, _BOLD = 0.87, 1.2, 1.1
_LEADS_TO_FORMULA = ("=", "+", "-", "@")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_FORBIDDEN_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True, slots=True)
class Minus:
    """A formula: what stands in the same row in the column ``left``, less that in ``right`` (both from 0)."""

    left: int
    right: int


@dataclass(frozen=True, slots=True)
class PartOf:
    """A formula: the share that row ``part`` is of row ``whole`` in the same column (rows of the table, from 0)."""

    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class Across:
    """A formula: the sum of the same row from column ``first`` to ``last`` (both from 0, both included)."""

    first: int
    last: int


Formula = Minus | PartOf | Across


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands in a cell that is of another kind than its column."""

    what: Value | Formula
    kind: Kind


Entry = Value | Formula | Shown


@dataclass(frozen=True, slots=True)
class Column:
    """``share`` takes a fraction (0.9752). ``width`` is counted in letters. ``sums`` puts a SUM in the total row."""

    head: str
    kind: Kind = "text"
    width: float = 14.0
    sums: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table under its own heading; ``total`` is the word in the total row, none when it is empty.

    A ``share`` column named in ``ratios`` (its number, that of the part, that of the whole, from 0)
    gets part / whole as a formula in the total row.
    """

    heading: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Entry]]
    total: str = ""
    ratios: Sequence[tuple[int, int, int]] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: the lines of the letterhead (agency at the left, Quốc hiệu at the right), title, tables."""

    name: str
    agency: Sequence[str]
    state: Sequence[str]
    title: Sequence[str]
    tables: Sequence[Table]


def write_workbook(sheets: Sequence[Sheet], target: Path) -> None:
    """Write ``sheets`` as the workbook ``target``. Raises PaperNotWritten; ValueError for a workbook without sheets."""
    from openpyxl import Workbook

    if not sheets:
        raise ValueError("a workbook needs a sheet")
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for sheet in sheets:
        _fill(workbook.create_sheet(_FORBIDDEN_IN_SHEET_NAME.sub(" ", clean(sheet.name))[:31]), sheet)
    workbook.properties.creator = "antq_desktop"
    with writing(target) as stream:
        workbook.save(stream)


def _fill(page: Worksheet, sheet: Sheet) -> None:
    width = max(len(table.columns) for table in sheet.tables)
    _set_widths(page, sheet.tables)
    page.page_setup.paperSize = "9"  # A4 in the numbering of the file format
    page.page_setup.orientation = "landscape" if width > 6 else "portrait"
    page.page_setup.fitToHeight = 0
    page.page_setup.fitToWidth = 1
    page.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr] # always there on a new sheet
    half = max(1, width // 2)
    row = 1
    for left, right in _pairs(sheet.agency, sheet.state):
        _head(page, row, (1, half), left, bold=row == len(sheet.agency))
        _head(page, row, (half + 1, width), right, bold=True)
        row += 1
    row += 1
    for number, line in enumerate(sheet.title):
        _head(page, row, (1, width), line, bold=True, size=14 if number == 0 else 13)
        row += 1
    if len(sheet.tables) == 1 and not sheet.tables[0].heading:
        page.print_title_rows = f"{row + 1}:{row + 1}"
    for table in sheet.tables:
        row = _table(page, row + 1, table)


def _pairs(left: Sequence[str], right: Sequence[str]) -> list[tuple[str, str]]:
    longest = max(len(left), len(right))
    return [(left[n] if n < len(left) else "", right[n] if n < len(right) else "") for n in range(longest)]


def _set_widths(page: Worksheet, tables: Sequence[Table]) -> None:
    from openpyxl.utils import get_column_letter

    for table in tables:
        for number, column in enumerate(table.columns, 1):
            letter = get_column_letter(number)
            page.column_dimensions[letter].width = max(
                column.width, page.column_dimensions[letter].width if table is not tables[0] else 0
            )


def _head(
    page: Worksheet, row: int, place: tuple[int, int], text: str, *, bold: bool, size: int = 12
) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    first, last = place
    if last > first:
        page.merge_cells(start_row=row, start_column=first, end_row=row, end_column=last)
    cell = _at(page, row, first)
    _put(cell, text)
    cell.font = Font(name=_FACE, size=size, bold=bold)
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    wide = sum(page.column_dimensions[get_column_letter(column)].width for column in range(first, last + 1))
    _make_room(page, row, text, wide * 12 / size, bold=bold)


def _make_room(page: Worksheet, row: int, text: str, width: float, *, bold: bool) -> None:
    """Make a row high enough for ``text`` in a cell of ``width``: no program does so where cells are merged, and not every one else."""
    letter = (_CAPITAL if text.isupper() else _LETTER) * (_BOLD if bold else 1)
    if len(text) * letter <= width and "\n" not in text:  # most of a million cells
        return
    lines = sum(len(textwrap.wrap(part, max(1, int(width / letter)))) for part in text.splitlines())
    if lines > 1:
        page.row_dimensions[row].height = max(page.row_dimensions[row].height or 0.0, lines * _LINE)


def _table(page: Worksheet, row: int, table: Table) -> int:
    """Write a table from ``row`` on; return the row after it."""
    if table.heading:
        _put(_at(page, row, 1), table.heading)
        _style(_at(page, row, 1), "text", bold=True, framed=False)
        row += 1
    for number, column in enumerate(table.columns, 1):
        cell = _at(page, row, number)
        _put(cell, column.head)
        _style(cell, "text", bold=True, head=True)
        _make_room(page, row, column.head, column.width, bold=True)
    first = row + 1
    for offset, values in enumerate(table.rows):
        for number, (column, value) in enumerate(zip(table.columns, values, strict=True), 1):
            cell = _at(page, first + offset, number)
            shown = value if isinstance(value, Shown) else Shown(value, column.kind)
            if isinstance(shown.what, Formula):
                cell.value = _formula(shown.what, cell, first)
            else:
                _put(cell, shown.what)
            _style(cell, shown.kind)
            if isinstance(shown.what, str):
                _make_room(page, cell.row, shown.what, column.width - 1, bold=False)
    row = first + len(table.rows)
    if table.total and table.rows:
        _total(page, row, table, (first, row - 1))
        row += 1
    return row


def _formula(what: Formula, cell: Cell, first: int) -> str:
    """Return the formula for ``cell`` of a table whose rows begin at ``first``."""
    from openpyxl.utils import get_column_letter

    if isinstance(what, Minus):
        left, right = (f"{get_column_letter(column + 1)}{cell.row}" for column in (what.left, what.right))
        # Shares have four digits; without rounding their difference would have sixteen.
        return f"=ROUND({left}-{right},4)"
    if isinstance(what, Across):
        begin, end = (f"{get_column_letter(column + 1)}{cell.row}" for column in (what.first, what.last))
        return f"=SUM({begin}:{end})"
    part, whole = (f"{cell.column_letter}{first + row}" for row in (what.part, what.whole))
    return _share_of(part, whole)


def _share_of(part: str, whole: str) -> str:
    # Cut, never rounded up: 9,999 of 10,000 must not read as 100 %.
    return f'=IF({whole}=0,"",ROUNDDOWN({part}/{whole},4))'


def _total(page: Worksheet, row: int, table: Table, rows: tuple[int, int]) -> None:
    from openpyxl.utils import get_column_letter

    words = next((n for n, column in enumerate(table.columns) if column.kind == "text"), 0)
    ratios = {share: (part, whole) for share, part, whole in table.ratios}
    for number, column in enumerate(table.columns):
        cell, letter = _at(page, row, number + 1), get_column_letter(number + 1)
        if column.sums:
            cell.value = f"=SUM({letter}{rows[0]}:{letter}{rows[1]})"
        elif number in ratios:
            part, whole = (f"{get_column_letter(place + 1)}{row}" for place in ratios[number])
            cell.value = _share_of(part, whole)
        elif number == words:
            _put(cell, table.total)
        _style(cell, column.kind, bold=True)


def _at(page: Worksheet, row: int, column: int) -> Cell:
    return cast("Cell", page.cell(row, column))


def _put(cell: Cell, value: Value) -> None:
    """Put a value from data into a cell; text stays text whatever it begins with."""
    if isinstance(value, str):
        text = _FORBIDDEN.sub("\ufffd", clean(value))
        cell.value = text or None
        if text:
            cell.data_type = "s"
        cell.quotePrefix = text.startswith(_LEADS_TO_FORMULA)
    else:
        cell.value = value


def _style(cell: Cell, kind: Kind, *, bold: bool = False, head: bool = False, framed: bool = True) -> None:
    look = _look(kind, bold=bold, head=head, framed=framed)
    cell.font, cell.alignment = look.font, look.alignment
    if look.border is not None:
        cell.border = look.border
    if look.fill is not None:
        cell.fill = look.fill
    if kind != "text":
        cell.number_format = _FORMATS[kind]


@dataclass(frozen=True, slots=True)
class _Look:
    font: Font
    alignment: Alignment
    border: Border | None
    fill: PatternFill | None


@cache
def _look(kind: Kind, *, bold: bool, head: bool, framed: bool) -> _Look:
    """Return how a cell looks, made once: a table of all communes of the country has a million cells."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    side = Side(style="thin")
    return _Look(
        Font(name=_FACE, size=12, bold=bold),
        Alignment(
            horizontal="center" if head else _ALIGNED[kind],
            vertical="center",
            wrap_text=framed,
            indent=1 if framed and not head and _ALIGNED[kind] == "left" else 0,
        ),
        Border(left=side, right=side, top=side, bottom=side) if framed else None,
        PatternFill("solid", fgColor="DDE6F0") if head else None,
    )
