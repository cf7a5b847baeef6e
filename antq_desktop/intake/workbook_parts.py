"""What a spreadsheet comes down to, whatever its format: cells with their fonts, sheets, and how a file can fail."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from antq_desktop.domain.errors import BadInput, MachineFailed
from antq_desktop.domain.wording import N_

#: What a workbook may hold once unpacked; a commune's list of 20,000 people takes about a tenth.
LARGEST_UNPACKED = 128 * 1024 * 1024
MOST_ROWS = 100_000

Value = str | int | float | datetime | None


class FileUnreadable(MachineFailed):
    code = "file-unreadable"
    sentence = N_(
        "The file «{file}» cannot be read. Check that it is still there and open in no other program, then try again."
    )


class NoWorkbook(BadInput):
    code = "no-workbook"
    sentence = N_(
        "«{file}» is no list that can be read: {why} Open it in Excel, save it as .xlsx and choose that file."
    )


class DamagedWorkbook(BadInput):
    code = "damaged-workbook"
    sentence = N_(
        "The file «{file}» is damaged. Open it in Excel, save it as a new .xlsx and choose that file."
    )


class PasswordProtected(BadInput):
    code = "password-protected"
    sentence = N_(
        "The file «{file}» is locked with a password. Remove the password in Excel, save it and choose it again."
    )


class EmptyWorkbook(BadInput):
    code = "empty-workbook"
    sentence = N_("The file «{file}» holds nothing. Choose the file that has the list.")


class TooLarge(BadInput):
    code = "file-too-large"
    sentence = N_(
        "The file «{file}» is too large for a list of households. Copy only the list to a new file."
    )


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its value, the name of its font ("" unknown) and, where one cell mixes fonts, (text, font) pieces.

    ``uncounted`` is that of a formula whose result the file does not hold; it has no value.
    """

    value: Value
    font: str = ""
    runs: tuple[tuple[str, str], ...] = ()
    uncounted: bool = False


BLANK = Cell(None)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. Rows and columns count from 0 here; a row ends at its last filled cell.

    ``merges`` are (first row, first column, last row, last column), all inclusive.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    hidden: bool = False
    merges: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file's sheets that hold anything, and the SHA-256 (hex) of its bytes."""

    path: Path
    sha256: str
    kind: str
    sheets: tuple[Sheet, ...]


def rows_of(cells: Mapping[tuple[int, int], Cell]) -> tuple[tuple[Cell, ...], ...]:
    """Return rows from cells by (row, column); a lone far cell costs its own row only."""
    widths: dict[int, int] = {}
    for row, column in cells:
        widths[row] = max(widths.get(row, 0), column + 1)
    last = max(widths, default=-1)
    return tuple(
        tuple(cells.get((row, column), BLANK) for column in range(widths.get(row, 0)))
        for row in range(last + 1)
    )
