"""Finds the table of activities on a sheet: its header in one to three rows, and which rows below are activities."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from antq_desktop.intake.activity_words import ActivityWords, Heading, plain
from antq_desktop.intake.row_kinds import header_key, is_closing, is_numbering, is_total
from antq_desktop.intake.sheet_text import SheetText
from antq_desktop.intake.workbook_parts import Value

_TALLEST = 3
_LAST_HEADER_ROW = 60
_SECTION = re.compile(r"(?:[\W\d]|[IVX]+\.)*mô hình\s*[:–-]?\s*(\S.*)", re.IGNORECASE)
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class ActivityTable:
    """Where a table stands. ``columns`` maps a field to its column (from 0), ``counts`` a column to the units it may mean.

    ``unread`` are the texts of headers that nobody understood.
    """

    sheet: int
    header_row: int
    height: int
    columns: Mapping[str, int]
    counts: Mapping[int, tuple[str, ...]]
    unread: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is an activity; ``model`` is what a line above names for the rows beneath it."""

    row: int
    model: str


def find_table(text: SheetText, sheet: int, words: ActivityWords) -> ActivityTable | None:
    """Return the first table with a day and a kind among its columns, None where there is none."""
    for row in range(min(text.height, _LAST_HEADER_ROW)):
        built = [_build(text, sheet, row, height, words) for height in _heights(text, row)]
        sound = [table for table in built if {"on", "kind"} <= table.columns.keys()]
        if sound:
            # The lowest header that names the most: a title above it adds nothing.
            return max(sound, key=lambda table: (len(table.columns) + len(table.counts), -table.height))
    return None


def rows_of(text: SheetText, table: ActivityTable) -> Iterator[Row]:
    """Yield the rows of activities; titles, totals, numbering, repeated headers and signatures are left out."""
    right = max((text.width(row) for row in range(text.height)), default=1) - 1
    first = table.header_row + table.height
    headers = {header_key(text, row, 0, right) for row in range(table.header_row, first)}
    model = ""
    for row in range(first, text.height):
        if any(text.is_uncounted(row, table.columns[name]) for name in ("on", "kind")):
            yield Row(row, model)
            continue
        filled = text.filled(row)
        texts = [text.text(row, column) for column in filled]
        if not filled or is_numbering(texts) or header_key(text, row, 0, right) in headers:
            continue
        if len(filled) == 1:
            section = _SECTION.fullmatch(texts[0])
            model = section[1] if section else model
            continue
        dated = _DIGIT.search(text.spread_text(row, table.columns["on"])) is not None
        if not dated and is_total(texts):
            continue
        if not dated and is_closing(texts):
            return
        yield Row(row, model)


def _heights(text: SheetText, row: int) -> Iterator[int]:
    for height in range(1, _TALLEST + 1):
        below = row + height - 1
        filled = text.filled(below)
        if not filled or any(_is_data(text.value(below, column)) for column in filled):
            return
        if height > 1 and is_numbering([text.text(below, column) for column in filled]):
            return
        yield height


def _is_data(value: Value) -> bool:
    return isinstance(value, datetime | int | float) or (
        isinstance(value, str) and re.search(r"\d[/.-]\d", value) is not None
    )


def _build(text: SheetText, sheet: int, row: int, height: int, words: ActivityWords) -> ActivityTable:
    columns: dict[str, int] = {}
    counts: dict[int, tuple[str, ...]] = {}
    unread: dict[int, str] = {}
    for column in range(max(text.width(r) for r in range(row, row + height))):
        parts = [text.spread_text(r, column) for r in range(row, row + height)]
        stack = [part for index, part in enumerate(parts) if part and part not in parts[:index]]
        if not stack or (height == 1 and text.origin(row, column)[1] != column):
            continue
        found = _meaning(stack, words)
        if found is None:
            unread[column] = " ".join(stack)
        elif found.field == "units":
            counts[column] = found.units
        else:
            columns.setdefault(found.field, column)
    return ActivityTable(sheet, row, height, columns, counts, unread)


def _meaning(stack: list[str], words: ActivityWords) -> Heading | None:
    """Return what the lowest header says, else the one above; «Số lượng» over «Buổi» is a count of meetings."""
    for part in reversed(stack):
        found = words.heading(part)
        if found is not None:
            return found
    return words.heading(plain(" ".join(stack)))
