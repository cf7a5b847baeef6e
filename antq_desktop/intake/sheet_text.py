"""A sheet as people read it: every cell in Unicode whatever its font, merged cells seen as one, numbers as typed."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from antq_desktop.domain.text import clean
from antq_desktop.intake.legacy_encodings import (
    Encoding,
    decode,
    encoding_of_cell,
    encoding_of_font,
    encoding_of_texts,
    with_capitals,
)
from antq_desktop.intake.syllables import marked_words
from antq_desktop.intake.workbook_parts import BLANK, Cell, Sheet, Value


class Read(NamedTuple):
    """One cell as read: text is clean Unicode, everything else as the file holds it."""

    value: Value
    encoding: Encoding = "unicode"
    uncounted: bool = False


_NOTHING = Read(None)


class SheetText:
    """The cells of one sheet, converted once. Rows and columns count from 0."""

    def __init__(self, sheet: Sheet, encoding: Encoding | None = None) -> None:
        """Read every cell as ``encoding``; None finds it cell by cell."""
        self.name = sheet.name
        self.hidden = sheet.hidden
        self.height = len(sheet.rows)
        fallback = encoding or encoding_of_texts(_fontless(sheet))
        self._rows = tuple(tuple(_read(cell, fallback, encoding) for cell in row) for row in sheet.rows)
        self._origins: dict[tuple[int, int], tuple[int, int]] = {}
        for top, left, bottom, right in sheet.merges:
            for row in range(top, min(bottom, self.height - 1) + 1):
                for column in range(left, min(right, left + 200) + 1):
                    self._origins[row, column] = (top, left)

    def width(self, row: int) -> int:
        return len(self._rows[row]) if 0 <= row < self.height else 0

    def value(self, row: int, column: int) -> Value:
        """Return what the cell itself holds; a cell covered by a merge holds nothing."""
        return self._at(row, column).value

    def text(self, row: int, column: int) -> str:
        return shown(self._at(row, column).value)

    def spread_value(self, row: int, column: int) -> Value:
        """Return what a reader sees at this place: a merged cell's value everywhere it covers."""
        return self.value(*self._origins.get((row, column), (row, column)))

    def spread_text(self, row: int, column: int) -> str:
        return shown(self.spread_value(row, column))

    def is_uncounted(self, row: int, column: int) -> bool:
        """Whether a formula stands at this place whose result the file does not hold."""
        return self._at(*self.origin(row, column)).uncounted

    def origin(self, row: int, column: int) -> tuple[int, int]:
        """Return the place whose cell covers this one; the place itself where nothing is merged."""
        return self._origins.get((row, column), (row, column))

    def name_text(self, row: int, column: int) -> str:
        """Return the text of a cell that holds a name, with the capitals its font could not draw."""
        read = self._at(*self.origin(row, column))
        text = shown(read.value)
        return with_capitals(text) if read.encoding == "tcvn3" else text

    def filled(self, row: int) -> list[int]:
        """Return the columns of ``row`` that hold something themselves."""
        cells = self._rows[row] if 0 <= row < self.height else ()
        return [column for column, read in enumerate(cells) if read.value not in (None, "")]

    def encodings(self, first: int, last: int) -> Counter[Encoding]:
        """Return how often each encoding was met from row ``first`` to ``last``, among cells that betray one."""
        return Counter(
            read.encoding
            for row in self._rows[first : last + 1]
            for read in row
            if isinstance(read.value, str) and marked_words(read.value)
        )

    def _at(self, row: int, column: int) -> Read:
        if 0 <= row < self.height and 0 <= column < len(self._rows[row]):
            return self._rows[row][column]
        return _NOTHING


def shown(value: Value) -> str:
    """Return a value as text: whole numbers without a point, days as dd/mm/yyyy."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return f"{value:%d/%m/}{value.year:04}"
    return str(value)


def _fontless(sheet: Sheet) -> Iterator[str]:
    for row in sheet.rows:
        for cell in row:
            if isinstance(cell.value, str) and encoding_of_font(cell.font) == "unicode":
                yield cell.value


def _read(cell: Cell, fallback: Encoding, forced: Encoding | None) -> Read:
    if not isinstance(cell.value, str):
        return Read(cell.value, uncounted=cell.uncounted) if cell is not BLANK else _NOTHING
    pieces = cell.runs or ((cell.value, cell.font),)
    used: Encoding = "unicode"
    texts = []
    for text, font in pieces:
        encoding = forced or encoding_of_cell(text, font, fallback)
        used = encoding if encoding != "unicode" else used
        texts.append(decode(text, encoding, font))
    return Read(clean("".join(texts)), used)
