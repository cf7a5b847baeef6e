"""Finds the tables of a file: where each begins, what its columns hold, which one lists the households.

The choice by default: the table with the most rows and known columns on a visible sheet. Tables with the same columns,
on further visible sheets or beside it, belong to the same list (one sheet a hamlet) and are read together, unless they
repeat people who were already met: then they are an older copy and are only offered.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from antq_desktop.intake import columns as content
from antq_desktop.intake.hamlet_names import heading, in_title
from antq_desktop.intake.header_rows import Header, header_at
from antq_desktop.intake.header_words import IGNORED, is_family_part, is_given_name
from antq_desktop.intake.row_kinds import Lines, Region, Span, header_key, household_lines
from antq_desktop.intake.sheet_text import SheetText
from antq_desktop.intake.workbook_parts import Value

_SAMPLE = 300
_CONTENT_FIELDS = {"head", "citizen_id", "birth", "hamlet", "members", "phone", "signed"}
_BIRTHS = ("birth", "birth_year", "birth_male", "birth_female")
_TITLE_ROWS = 12
_TITLE_CELLS = 3


@dataclass(frozen=True, slots=True)
class Table:
    """One table. ``header_line`` counts from 1 (0: there is none); columns count from 0.

    ``columns`` maps a field to its column, ``headers`` a column to its text. ``hamlet`` is what the title, the sheet's or
    the file's name says of all rows. ``households`` are its rows.
    """

    sheet: int
    sheet_name: str
    hidden: bool
    header_line: int
    columns: Mapping[str, int]
    headers: Mapping[int, str]
    hamlet: str | None
    lines: Lines

    @property
    def size(self) -> int:
        return len(self.lines.households)

    @property
    def known(self) -> frozenset[str]:
        """The fields of a household that its columns fill."""
        births = {"birth"} if any(field in self.columns for field in _BIRTHS) else set()
        return frozenset((_CONTENT_FIELDS & self.columns.keys()) | births)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a table is looked for: the sheet's text, its place in the file, the file's name without its ending."""

    text: SheetText
    sheet: int
    file_stem: str


def find_tables(source: Source) -> list[Table]:
    """Return the tables of one sheet in the order in which they stand."""
    text = source.text
    tables: list[Table] = []
    headers = list(_headers(text))
    for index, header in enumerate(headers):
        if not header.names_households:
            continue
        last = headers[index + 1].row - 1 if index + 1 < len(headers) else text.height - 1
        for left, right in _blocks(header, text):
            tables.append(_table(source, header, Region(header.row + header.height, last, left, right)))
    if not any(table.size for table in tables):
        bare = _without_header(source)
        tables.extend([bare] if bare is not None else [])
    return tables


def table_at(source: Source, header_line: int, columns: Mapping[str, int] | None) -> Table:
    """Return the table whose header somebody pointed at (0: no header), with the columns somebody named."""
    text = source.text
    header = (header_at(text, header_line - 1, sure=True) if header_line else None) or Header(-1, 1, {}, {})
    first = header.row + header.height
    last = next((other.row - 1 for other in _headers(text) if other.row >= first), text.height - 1)
    return _table(source, header, Region(first, last, 0, _widest(text)), columns)


def _headers(text: SheetText) -> Iterator[Header]:
    """Yield the headers of a sheet; one that is printed again on a further page belongs to the first."""
    row = 0
    current: Header | None = None
    while row < text.height:
        header = header_at(text, row)
        if header is None:
            row += 1
            continue
        if current is None or not _is_again(text, header, current):
            current = header
            yield header
        row += header.height


def _is_again(text: SheetText, header: Header, first: Header) -> bool:
    """Whether a header is the first one again: the same words, or the same meanings in the same columns."""
    right = _widest(text)
    if header_key(text, header.row, 0, right) == header_key(text, first.row, 0, right):
        return True
    return {c: m.field for c, m in header.meanings.items()} == {c: m.field for c, m in first.meanings.items()}


def _blocks(header: Header, text: SheetText) -> list[tuple[int, int]]:
    """Cut a header into tables that stand side by side: each begins where the first column's header comes again."""
    known = sorted(header.meanings)
    first = header.meanings[known[0]].field
    heads = [column for column in known if header.meanings[column].field == "head"]
    starts = [column for column in known if header.meanings[column].field == first]
    if len(starts) < 2 or len(heads) != len(starts) or first == IGNORED:  # noqa: PLR2004 - side by side means two
        return [(0, _widest(text))]
    edges = [0, *starts[1:], _widest(text) + 1]
    return [(a, b - 1) for a, b in pairwise(edges)]


def _table(source: Source, header: Header, region: Region, named: Mapping[str, int] | None = None) -> Table:
    text = source.text
    rows = range(max(header.row, 0), header.row + header.height)
    keys = frozenset(header_key(text, row, region.left, region.right) for row in rows)
    found = dict(named) if named is not None else _columns(text, header, region)
    lines = household_lines(text, Span(region.first, region.last, region.left, region.right, found, keys))
    labels = {
        column: label for column, label in header.texts.items() if region.left <= column <= region.right
    }
    top = header.row if header.row >= 0 else region.first
    hamlet = _hamlet_above(text, top) or heading(text.name) or heading(source.file_stem)
    return Table(source.sheet, text.name, text.hidden, header.row + 1, found, labels, hamlet, lines)


def _columns(text: SheetText, header: Header, region: Region) -> dict[str, int]:
    """Return field → column: by the words of the headers, the surest first, then by what the columns hold."""
    found: dict[str, int] = {}
    inside = range(region.left, region.right + 1)
    held = _sample(text, [column for column in header.meanings if column in inside], region)
    for column, known in sorted(header.meanings.items(), key=lambda item: (-item[1].weight, item[0])):
        if column in held and known.field != IGNORED and not content.contradicts(known.field, held[column]):
            found.setdefault(known.field, column)
    if "citizen_id" not in found and "cmnd" in found:
        found["citizen_id"] = found.pop("cmnd")
    sample = _sample(text, [column for column in inside if column not in header.meanings], region)
    missing = (
        _CONTENT_FIELDS - found.keys() - ({"birth"} if any(name in found for name in _BIRTHS) else set())
    )
    found.update(content.guessed(sample, missing))
    _find_given_name(header, found, sample)
    return found


def _find_given_name(header: Header, found: dict[str, int], sample: Mapping[int, list[Value]]) -> None:
    """Names in two columns: «Họ và tên đệm | Tên», or one header over both."""
    head = found.get("head")
    if head is None or "given_name" in found:
        return
    label, beside = header.texts.get(head, ""), header.texts.get(head + 1, "")
    if is_given_name(beside):
        found["given_name"] = head + 1
    elif is_given_name(label) and is_family_part(header.texts.get(head - 1, "")):
        found["head"], found["given_name"] = head - 1, head
    elif beside in ("", label) and head + 1 not in found.values():
        words = [value for value in sample.get(head + 1, []) if value not in (None, "")]
        if words and all(isinstance(word, str) and word.isalpha() for word in words):
            found["given_name"] = head + 1


def _sample(text: SheetText, columns: list[int], region: Region) -> dict[int, list[Value]]:
    rows = [row for row in range(region.first, region.last + 1) if len(text.filled(row)) > 2][:_SAMPLE]  # noqa: PLR2004
    return {column: [text.value(row, column) for row in rows] for column in columns}


def _without_header(source: Source) -> Table | None:
    """Return the table of a sheet that has rows of people but no header."""
    text = source.text
    first = next((row for row in range(text.height) if _is_person_row(text, row)), None)
    if first is None:
        return None
    table = _table(source, Header(-1, 1, {}, {}), Region(first, text.height - 1, 0, _widest(text)))
    return table if table.size and "head" in table.columns and len(table.known) > 1 else None


def _is_person_row(text: SheetText, row: int) -> bool:
    values = [text.value(row, column) for column in text.filled(row)]
    return any(map(content.is_person, values)) and any(
        content.is_number(v) or content.is_day(v) or content.is_year(v) or content.is_phone(v) for v in values
    )


def _hamlet_above(text: SheetText, row: int) -> str | None:
    """Return the area that the lines above a table name, the nearest first."""
    for above in range(row - 1, max(row - _TITLE_ROWS, -1), -1):
        if len(text.filled(above)) > _TITLE_CELLS:
            return None  # the rows of another table
        for column in text.filled(above):
            label = text.text(above, column)
            beside = text.text(above, column + 1)
            named = in_title(f"{label} {beside}") if label.endswith(":") and beside else in_title(label)
            if named is not None:
                return named
    return None


def _widest(text: SheetText) -> int:
    return max((text.width(row) for row in range(text.height)), default=1) - 1
