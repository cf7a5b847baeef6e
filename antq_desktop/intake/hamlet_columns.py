"""Reads the residential area of each row: from its column, from the rows above where it is written once, from the address."""

import re

from antq_desktop.domain.text import clean
from antq_desktop.intake.cell_values import is_nothing
from antq_desktop.intake.hamlet_names import area_name, in_address
from antq_desktop.intake.sheet_text import SheetText
from antq_desktop.intake.table_finder import Table

_KIND = re.compile(
    r"(?:thôn|xóm|ấp|bản|buôn|khu phố|khu|tổ dân phố|tổ|khối phố|khối|khóm|tiểu khu|làng)", re.IGNORECASE
)
_NUMBER = re.compile(r"(?:số\s*)?\d{1,3}[A-Za-z]?", re.IGNORECASE)
#: A column that is filled at most this far is filled once for the rows beneath.
_SPARSE = 0.5


def areas_of_rows(text: SheetText, table: Table) -> dict[int, str | None]:
    """Return, by row (from 0), what each household's row says of its area; None where it says nothing."""
    rows = [line.row for line in table.lines.households]
    column, address = table.columns.get("hamlet"), table.columns.get("address")
    if column is None:
        return {row: None if address is None else in_address(text.spread_text(row, address)) for row in rows}
    found = {row: _area(text, row, column, table.headers.get(column, "")) for row in rows}
    filled = sum(name is not None for name in found.values())
    if rows and found[rows[0]] and filled <= _SPARSE * len(rows):
        last: str | None = None
        for row, name in found.items():
            found[row] = last = name or last
    return found


def _area(text: SheetText, row: int, column: int, header: str) -> str | None:
    read = text.name_text(row, column)
    if is_nothing(read):
        return None
    kind = clean(header)
    if _NUMBER.fullmatch(read) and _KIND.fullmatch(kind):
        return f"{kind.capitalize()} {read}"
    return read if read.startswith("#") else area_name(read)
