"""Turns a village's list into households: the one door through which spreadsheets come in.

Lines count from 1 as Excel shows them. Where a list lies on several sheets, ``line`` goes on counting from sheet to sheet,
so that it names one row; ``HouseholdSheet.place`` gives back the sheet and its row.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from antq_desktop.domain.errors import BadInput
from antq_desktop.domain.wording import N_
from antq_desktop.intake.household_rows import FieldReader, Finding, SheetRow
from antq_desktop.intake.legacy_encodings import ENCODINGS, Encoding
from antq_desktop.intake.sheet_text import SheetText
from antq_desktop.intake.table_finder import Source, Table, find_tables, table_at
from antq_desktop.intake.workbook_parts import Workbook
from antq_desktop.intake.workbooks import open_workbook
from antq_desktop.runtime.progress import Progress

_PREVIEW = 8
#: A table that repeats more of its people than this is an older copy of another one.
_OLD_COPY = 0.5
_REPORT_EVERY = 500


class NoTable(BadInput):
    code = "no-table"
    sentence = N_(
        "No list of households was found in «{file}»: a column of names with a number, a birth or an area beside it is needed."
        " Check the file, or say where the list stands."
    )


class NoSuchSheet(BadInput):
    code = "no-such-sheet"
    sentence = N_("The file «{file}» has no sheet «{sheet}». Choose one of its sheets.")


@dataclass(frozen=True, slots=True)
class TableChoice:
    """What somebody decided instead of the finder; None leaves it to the finder.

    ``header_line`` counts from 1 within its sheet, 0 says that there is no header. ``columns`` maps each field to its column
    (from 0) and replaces all that was found. ``hamlet`` holds for rows that name none.
    """

    sheet: str | None = None
    header_line: int | None = None
    columns: Mapping[str, int] | None = None
    encoding: Encoding | None = None
    hamlet: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A table that was read, and how far its lines are shifted to stay one number a row."""

    table: Table
    shift: int


@dataclass(frozen=True, slots=True)
class HouseholdSheet:
    """All that was found in one file. ``tables`` are all that stand in it, ``parts`` those that were read."""

    path: Path
    sha256: str
    encoding: Encoding
    tables: tuple[Table, ...]
    parts: tuple[Part, ...]
    preview: tuple[tuple[str, ...], ...]
    rows: tuple[SheetRow, ...]
    faults: tuple[Finding, ...]
    warnings: tuple[Finding, ...]

    @property
    def chosen(self) -> Table:
        """The table that was read; of a list on several sheets the first."""
        return self.parts[0].table

    def place(self, line: int) -> tuple[str, int]:
        """Return the sheet and the row in it (from 1) of ``line``."""
        part = next(part for part in reversed(self.parts) if part.shift < line or part.shift == 0)
        return part.table.sheet_name, line - part.shift


def read_households(
    path: Path,
    *,
    choice: TableChoice | None = None,
    corrections: Mapping[tuple[int, str], str] | None = None,
    progress: Progress | None = None,
) -> HouseholdSheet:
    """Read the households of a spreadsheet. ``corrections`` replace the text of a field by (line, field).

    Raises the failures of ``workbooks``, NoTable, NoSuchSheet and Cancelled. Faulty rows are set aside, never raised.
    """
    choice = choice or TableChoice()
    progress = progress or Progress()
    workbook = open_workbook(path, progress)
    texts = [SheetText(sheet, choice.encoding) for sheet in workbook.sheets]
    sources = [Source(text, index, path.stem) for index, text in enumerate(texts)]
    tables = [table for source in sources for table in find_tables(source)]
    parts = _shifted(_chosen(workbook, texts, tables, choice), texts)
    reader = FieldReader(corrections or {}, choice.hamlet)
    done, total = 0, sum(part.table.size for part in parts)
    for part in parts:
        reader.begin(texts[part.table.sheet], part.table, part.shift)
        for index in range(part.table.size):
            if not (done + index) % _REPORT_EVERY:
                progress.report(done + index, total, path.name)
            reader.read(index)
        done += part.table.size
    reader.warn_of_unread([table for table in tables if table not in [part.table for part in parts]])
    progress.report(total, total, path.name)
    first = parts[0].table
    return HouseholdSheet(
        path=path,
        sha256=workbook.sha256,
        encoding=_encoding(texts, parts, choice),
        tables=tuple(tables),
        parts=tuple(parts),
        preview=_preview(texts[first.sheet], first),
        rows=tuple(reader.rows),
        faults=tuple(sorted(reader.faults, key=lambda finding: finding.line)),
        warnings=tuple(sorted(reader.warnings, key=lambda finding: finding.line)),
    )


def as_json(sheet: HouseholdSheet) -> dict[str, Any]:
    """Return what ``households import --dry-run --json`` prints. A list on several sheets names the sheet of each line."""

    def place(line: int) -> dict[str, Any]:
        name, row = sheet.place(line)
        return {"line": row} | ({"sheet": name} if len(sheet.parts) > 1 else {})

    def finding(found: Finding) -> dict[str, Any]:
        return place(found.line) | {"field": found.field, "why": found.why}

    return {
        "file": str(sheet.path),
        "encoding": sheet.encoding,
        "rows": [
            place(row.line)
            | {
                "head": row.head,
                "birth": row.birth,
                "citizen_id": row.citizen_id,
                "hamlet": row.hamlet,
                "members": row.members,
                "phone": row.phone,
                "signed": row.signed,
            }
            for row in sheet.rows
        ],
        "faults": [finding(found) for found in sheet.faults],
        "warnings": [finding(found) for found in sheet.warnings],
    }


def _chosen(
    workbook: Workbook, texts: list[SheetText], tables: list[Table], choice: TableChoice
) -> list[Table]:
    file = workbook.path.name
    index = None
    if choice.sheet is not None:
        index = next((i for i, text in enumerate(texts) if text.name == choice.sheet), None)
        if index is None:
            raise NoSuchSheet(file=file, sheet=choice.sheet)
    if choice.header_line is None:
        offered = [table for table in tables if index is None or table.sheet == index]
        best = max(offered, key=_fitness, default=None)
        if choice.columns is None:
            if best is None or not best.size or "head" not in best.columns:
                raise NoTable(file=file)
            return [best] if index is not None else _same_list(best, tables, texts)
        index = best.sheet if best is not None and index is None else index
        header_line = best.header_line if best is not None else 0
    else:
        header_line = choice.header_line
    table = table_at(Source(texts[index or 0], index or 0, workbook.path.stem), header_line, choice.columns)
    if not table.size or "head" not in table.columns:
        raise NoTable(file=file)
    return [table]


def _fitness(table: Table) -> tuple[bool, bool, int]:
    return "head" in table.columns, not table.hidden, table.size * (1 + len(table.known))


def _same_list(best: Table, tables: list[Table], texts: list[SheetText]) -> list[Table]:
    """Return the tables that make up one list with ``best``, in the order in which they stand."""
    alike = [t for t in tables if t.size and t.hidden == best.hidden and (t is best or _alike(t, best))]
    kept = [best]
    people = _people(texts, best)
    for table in alike:
        own = _people(texts, table)
        if table is not best and len(own & people) <= _OLD_COPY * len(own):
            kept.append(table)
            people |= own
    return [table for table in alike if table in kept]


def _alike(table: Table, best: Table) -> bool:
    return "head" in table.columns and table.known == best.known and len(table.known) > 1


def _people(texts: list[SheetText], table: Table) -> set[str]:
    text = texts[table.sheet]
    fields = [table.columns[f] for f in ("citizen_id", "head") if f in table.columns]
    return {" ".join(text.text(line.row, column) for column in fields) for line in table.lines.households}


def _shifted(tables: list[Table], texts: list[SheetText]) -> list[Part]:
    parts: list[Part] = []
    shift = 0
    for table in tables:
        parts.append(Part(table, shift))
        shift += texts[table.sheet].height
    return parts


def _encoding(texts: list[SheetText], parts: list[Part], choice: TableChoice) -> Encoding:
    if choice.encoding is not None:
        return choice.encoding
    counts = dict.fromkeys(ENCODINGS, 0)
    for part in parts:
        first = max(part.table.header_line - 1, 0)
        last = part.table.lines.households[-1].row
        for encoding, count in texts[part.table.sheet].encodings(first, last).items():
            counts[encoding] += count
    return max(ENCODINGS, key=lambda encoding: counts[encoding])


def _preview(text: SheetText, table: Table) -> tuple[tuple[str, ...], ...]:
    rows = [line.row for line in table.lines.households[:_PREVIEW]]
    width = max(text.width(row) for row in rows)
    return tuple(tuple(text.text(row, column) for column in range(width)) for row in rows)
