"""Reads .xls with xlrd: values, fonts (also several in one cell), merges; and knows what else an OLE file can be."""

import io
import struct
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import xlrd
from xlrd.compdoc import CompDocError

from antq_desktop.domain.wording import N_
from antq_desktop.intake.workbook_parts import (
    MOST_ROWS,
    Cell,
    DamagedWorkbook,
    NoWorkbook,
    PasswordProtected,
    Sheet,
    TooLarge,
    Value,
    rows_of,
)
from antq_desktop.runtime.progress import Progress

#: What xlrd raises over a file that is cut or bent; each was met on cut files.
_DEBRIS = (
    xlrd.XLRDError,
    CompDocError,
    struct.error,
    AssertionError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    NotImplementedError,
    RuntimeError,
    ArithmeticError,
    EOFError,
    MemoryError,
)

_OTHER_KINDS = {
    "WordDocument": N_("it is a Word document."),
    "PowerPoint Document": N_("it is a slide show."),
}


def read_xls(content: bytes, path: Path, progress: Progress) -> tuple[Sheet, ...]:
    """Return the sheets of the bytes of an .xls. Raises NoWorkbook, DamagedWorkbook, PasswordProtected, TooLarge."""
    if _holds(content, "EncryptedPackage"):
        raise PasswordProtected(file=path.name)
    for stream, why in _OTHER_KINDS.items():
        if _holds(content, stream):
            raise NoWorkbook(file=path.name, why=why)
    try:
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        )
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise PasswordProtected(file=path.name) from error
        raise DamagedWorkbook(file=path.name) from error
    except _DEBRIS as error:
        raise DamagedWorkbook(file=path.name) from error
    try:
        return tuple(_sheet(book, sheet, path, progress) for sheet in book.sheets())
    except _DEBRIS as error:
        raise DamagedWorkbook(file=path.name) from error


def _holds(content: bytes, stream: str) -> bool:
    """Whether the OLE file has a stream of this name (a zero ends it in the directory)."""
    return (stream + "\0").encode("utf-16-le") in content


def _sheet(book: Any, sheet: Any, path: Path, progress: Progress) -> Sheet:  # noqa: ANN401 - xlrd has no types
    if sheet.nrows > MOST_ROWS:
        raise TooLarge(file=path.name)
    cells: dict[tuple[int, int], Cell] = {}
    for row in range(sheet.nrows):
        if not row % 1_000:
            progress.report(row, sheet.nrows)
        for column, raw in enumerate(sheet.row(row)):
            cell = _cell(book, sheet, row, column, raw)
            if cell is not None:
                cells[row, column] = cell
    merges = tuple((top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells)
    return Sheet(sheet.name, rows_of(cells), hidden=bool(sheet.visibility), merges=merges)


def _cell(book: Any, sheet: Any, row: int, column: int, raw: Any) -> Cell | None:  # noqa: ANN401 - xlrd has no types
    kind, value = raw.ctype, raw.value
    if kind == xlrd.XL_CELL_TEXT:
        if not value.strip():
            return None
        font = book.font_list[book.xf_list[raw.xf_index].font_index].name
        runs = tuple(_runs(book, value, font, sheet.rich_text_runlist_map.get((row, column), ())))
        return Cell(value, font, runs)
    if kind == xlrd.XL_CELL_NUMBER:
        return Cell(int(value) if value.is_integer() else value)
    others: dict[int, Value] = {
        xlrd.XL_CELL_DATE: _date(book, value) if kind == xlrd.XL_CELL_DATE else None,
        xlrd.XL_CELL_BOOLEAN: str(bool(value)),
        xlrd.XL_CELL_ERROR: str(xlrd.error_text_from_code.get(value, "#N/A"))
        if kind == xlrd.XL_CELL_ERROR
        else None,
    }
    return Cell(others[kind]) if kind in others else None


def _date(book: Any, serial: float) -> datetime | float:  # noqa: ANN401 - xlrd has no types
    try:
        return datetime.fromisoformat(xlrd.xldate_as_datetime(serial, book.datemode).isoformat())
    except (ValueError, OverflowError, xlrd.XLDateError):
        return serial


def _runs(book: Any, text: str, font: str, starts: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - xlrd has no types
    """Cut ``text`` where its font changes; nothing where it never does."""
    if not starts:
        return
    edges = [(0, font), *((at, book.font_list[index].name) for at, index in starts), (len(text), "")]
    for (begin, name), (end, _name) in pairwise(edges):
        if text[begin:end]:
            yield text[begin:end], name
