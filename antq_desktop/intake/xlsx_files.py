"""Reads .xlsx with openpyxl: values as Excel last computed them, fonts, merges; guarded against bombs and debris."""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.worksheet.worksheet import Worksheet

from antq_desktop.domain.wording import N_
from antq_desktop.intake.workbook_parts import (
    LARGEST_UNPACKED,
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

#: What openpyxl, zipfile and the XML reader raise over a file that is not what it says; each was met on cut files.
_DEBRIS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    SyntaxError,  # of an XML parser, whichever is there
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    NotImplementedError,
    RuntimeError,
    ArithmeticError,
    AssertionError,
    OSError,
)
_OTHER_KINDS = {
    "word/document.xml": N_("it is a Word document."),
    "ppt/presentation.xml": N_("it is a slide show."),
    "xl/workbook.bin": N_("it is a binary workbook (.xlsb)."),
    "content.xml": N_("it is a LibreOffice file."),
}
_ENCRYPTED = 0x1
#: A cell with a formula and no result, as programs write it that do not count. An empty text is a result.
_UNCOUNTED = re.compile(
    rb"<(?:\w+:)?c(?=[\s>])(?![^>]*\st=\"str\")[^>]*>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)"
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>|</(?:\w+:)?c>)"
)
_Place = tuple[int, int]


def read_xlsx(content: bytes, path: Path, progress: Progress) -> tuple[Sheet, ...]:
    """Return the sheets of the bytes of an .xlsx. Raises NoWorkbook, DamagedWorkbook, PasswordProtected, TooLarge."""
    _look_inside(content, path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells what it cannot keep on saving; nothing is saved here
        try:
            book = load_workbook(io.BytesIO(content), data_only=True, keep_links=False, rich_text=True)
            formulas = _formulas(content) if _is_uncounted(content) else {}
            return tuple(
                _sheet(sheet, path, progress, formulas.get(sheet.title, frozenset()))
                for sheet in book.worksheets
            )
        except _DEBRIS as error:
            raise DamagedWorkbook(file=path.name) from error


def _look_inside(content: bytes, path: Path) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise DamagedWorkbook(file=path.name) from error
    names = {entry.filename for entry in entries}
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise PasswordProtected(file=path.name)
    if "xl/workbook.xml" not in names:
        why = next(
            (why for name, why in _OTHER_KINDS.items() if name in names),
            N_("it is a packed file of another kind."),
        )
        raise NoWorkbook(file=path.name, why=why)
    # Pictures are never unpacked by the reader; what is declared bounds what zipfile will unpack.
    if (
        sum(entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels")))
        > LARGEST_UNPACKED
    ):
        raise TooLarge(file=path.name)


def _is_uncounted(content: bytes) -> bool:
    """Whether any formula stands there without its result."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith(".xml") and _UNCOUNTED.search(archive.read(name)):
                return True
    return False


def _formulas(content: bytes) -> dict[str, AbstractSet[_Place]]:
    """Return the places of formulas by the name of their sheet; only a second reading tells them."""
    book = load_workbook(io.BytesIO(content), keep_links=False)
    return {
        sheet.title: {place for place, cell in sheet._cells.items() if cell.data_type == "f"}  # noqa: SLF001 - as below
        for sheet in book.worksheets
    }


def _sheet(sheet: Worksheet, path: Path, progress: Progress, formulas: AbstractSet[_Place]) -> Sheet:
    cells: dict[_Place, Cell] = {
        (row - 1, column - 1): Cell(None, uncounted=True) for row, column in formulas if row <= MOST_ROWS
    }
    for (row, column), value, font in _filled(sheet):
        if row > MOST_ROWS:
            raise TooLarge(file=path.name)
        if not len(cells) % 5_000:
            progress.report(len(cells))
        cells[row - 1, column - 1] = _cell(value, font)
    ranges = sheet.merged_cells.ranges
    merges = tuple((m.min_row - 1, m.min_col - 1, m.max_row - 1, m.max_col - 1) for m in ranges)
    return Sheet(sheet.title, rows_of(cells), hidden=sheet.sheet_state != "visible", merges=merges)


def _filled(sheet: Worksheet) -> Iterator[tuple[_Place, object, str]]:
    # iter_rows would make a cell for every place of the rectangle: one stray cell in the last row, and it never ends.
    for place, cell in sheet._cells.items():  # noqa: SLF001 - the only sparse view there is
        value = cell.value
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        yield place, value, cell.font.name or "" if isinstance(value, str | CellRichText) else ""


def _cell(value: object, font: str) -> Cell:
    if isinstance(value, CellRichText):
        runs = tuple(
            (piece.text, piece.font.rFont or font) if isinstance(piece, TextBlock) else (str(piece), font)
            for piece in value
        )
        return Cell("".join(text for text, _font in runs), font, runs)
    return Cell(_value(value), font)


def _value(value: object) -> Value:
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, str | int | float | datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a day of a paper has no time zone
    return str(value)
