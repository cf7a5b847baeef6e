"""Turns a list of activities as a model keeps it into lines with counts, and says of each faulty line why.

Lines count from 1 as Excel shows them. Where a list lies on several sheets, ``line`` goes on counting from sheet to sheet,
so that it names one row; ``ActivitySheet.place`` gives back the sheet and its row.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from antq_desktop.domain.activities import ActivityCatalogue
from antq_desktop.domain.citizen_id import Doubt
from antq_desktop.domain.errors import BadInput
from antq_desktop.domain.text import fold
from antq_desktop.domain.wording import N_
from antq_desktop.intake import days
from antq_desktop.intake.activity_counts import in_units, with_units
from antq_desktop.intake.activity_table import ActivityTable, Row, find_table, rows_of
from antq_desktop.intake.activity_words import ActivityWords
from antq_desktop.intake.cell_values import Unfit, is_nothing, uncounted
from antq_desktop.intake.household_rows import Finding
from antq_desktop.intake.sheet_text import SheetText, shown
from antq_desktop.intake.workbook_parts import Value
from antq_desktop.intake.workbooks import open_workbook
from antq_desktop.runtime.progress import Progress

_REPORT_EVERY = 500
#: What of a line can be corrected before it is taken in.
CORRECTABLE = ("on", "kind", "model", "quantities")
_DAY_AND_MONTH = re.compile(r"\d{1,2}\s*[/.-]\s*\d{1,2}")
#: The columns that say how much was done.
_AMOUNTS = ("amount", "unit")
_SAME = frozenset({'"', "''", "”", "“", "〃", "nt", "-nt-", "nhu tren", "- nt -"})


class NoActivities(BadInput):
    code = "no-activities"
    sentence = N_(
        "No list of activities was found in «{file}»: columns for the day and for the kind of activity are needed. "
        "Check the file, or add these columns."
    )


@dataclass(frozen=True, slots=True)
class SheetActivity:
    """One activity as its row says it; ``kind`` and the units of ``quantities`` are ids, ``model`` and ``area`` words."""

    line: int
    model: str
    area: str
    kind: str
    on: date
    title: str
    place: str
    note: str
    quantities: dict[str, int]


@dataclass(frozen=True, slots=True)
class Part:
    """A sheet that was read, and how far its lines are shifted to stay one number a row."""

    sheet: str
    shift: int


@dataclass(frozen=True, slots=True)
class ActivitySheet:
    """All that was found in one file; faulty lines are not among the ``rows``."""

    path: Path
    sha256: str
    parts: tuple[Part, ...]
    rows: tuple[SheetActivity, ...]
    faults: tuple[Finding, ...]
    warnings: tuple[Finding, ...]

    def place(self, line: int) -> tuple[str, int]:
        """Return the sheet and the row in it (from 1) of ``line``."""
        part = next(part for part in reversed(self.parts) if part.shift < line)
        return part.sheet, line - part.shift


def read_activities(
    path: Path,
    catalogue: ActivityCatalogue,
    progress: Progress | None = None,
    corrections: Mapping[tuple[int, str], str] | None = None,
) -> ActivitySheet:
    """Read the activities of a spreadsheet. ``corrections`` stand in place of what a line says, by (line, field).

    Fields are those of CORRECTABLE; «quantities» are all counts of a line, as «2 buổi, 35 lượt người». Raises the failures of
    ``workbooks``, NoActivities and Cancelled.
    """
    progress = progress or Progress()
    workbook = open_workbook(path, progress)
    words = ActivityWords(catalogue)
    texts = [SheetText(sheet) for sheet in workbook.sheets]
    tables = [
        table
        for index, text in enumerate(texts)
        if not text.hidden and (table := find_table(text, index, words)) is not None
    ]
    if not tables:
        raise NoActivities(file=path.name)
    reader = _Reader(catalogue, words, corrections or {})
    parts = []
    shift = 0
    for table in tables:
        text = texts[table.sheet]
        parts.append(Part(text.name, shift))
        reader.begin(text, table, shift)
        for index, row in enumerate(rows_of(text, table)):
            if not index % _REPORT_EVERY:
                progress.report(row.row, text.height, path.name)
            reader.read(row)
        shift += text.height
    if not reader.rows and not reader.faults:
        raise NoActivities(file=path.name)
    return ActivitySheet(
        path,
        workbook.sha256,
        tuple(parts),
        tuple(reader.rows),
        tuple(sorted(reader.faults, key=lambda finding: finding.line)),
        tuple(sorted(reader.warnings, key=lambda finding: finding.line)),
    )


def _without_year(value: Value) -> Doubt | None:
    """Return what to say of «7/5»: the day is one, its year is missing, and a sheet of two years would not tell."""
    text = shown(value).strip() if not is_nothing(value) else ""
    if not _DAY_AND_MONTH.fullmatch(text):
        return None
    message = N_("«{text}» has no year. Write the day with its year, as 05/03/2026.")
    return Doubt("year-missing", message, {"text": text})


class _Reader:
    """Collects rows, faults and warnings over all tables of one file."""

    def __init__(
        self, catalogue: ActivityCatalogue, words: ActivityWords, corrections: Mapping[tuple[int, str], str]
    ) -> None:
        self.rows: list[SheetActivity] = []
        self.faults: list[Finding] = []
        self.warnings: list[Finding] = []
        self._catalogue = catalogue
        self._words = words
        self._corrections = corrections

    def begin(self, text: SheetText, table: ActivityTable, shift: int) -> None:
        """Turn to ``table``; its lines are shifted by ``shift``."""
        self._text, self._table, self._shift = text, table, shift
        self._above: dict[str, Value] = {}
        #: The fields whose last value is a correction.
        self._typed: set[str] = set()
        rows = [row.row for row in rows_of(text, table)]
        typed = [text.spread_value(row, table.columns["on"]) for row in rows]
        self._month_first = days.is_month_first([value for value in typed if isinstance(value, str)])
        header = table.header_row + table.height + shift
        if self._month_first:
            sentence = N_("The days of this column are read with the month first.")
            self._warn(header, "on", Doubt("month-first", sentence))
        for column, label in table.unread.items():
            if any(text.text(row, column) for row in rows):
                sentence = N_("The column «{column}» was not understood and not read.")
                self._warn(header, "row", Doubt("column-not-read", sentence, {"column": label}))

    def read(self, row: Row) -> None:
        """Read one row into an activity, or its faults."""
        line = row.row + 1 + self._shift
        before = len(self.faults)
        on = self._on(row.row, line)
        kind = self._kind(row.row, line)
        model = shown(self._spread(row.row, "model")) or row.model
        quantities = self._quantities(row.row, line, kind) if kind else {}
        lacking = self._uncounted(row.row)
        if lacking:
            # Nothing else that is missing in this row is a fault of its own.
            del self.faults[before:]
            for field, doubt in lacking.items():
                self._fault(line, field, doubt)
        if len(self.faults) > before or on is None or kind is None:
            return
        self.rows.append(
            SheetActivity(
                line=line,
                model=model,
                area=shown(self._spread(row.row, "area")),
                kind=kind,
                on=on,
                title=self._own(row.row, "title"),
                place=shown(self._spread(row.row, "place")),
                note=self._own(row.row, "note"),
                quantities=quantities,
            )
        )

    def _uncounted(self, row: int) -> dict[str, Doubt]:
        """Return the fields of a row that a formula without a result stands for, each with what to say."""
        columns = dict.fromkeys(self._table.counts, "quantities")
        for name, column in self._table.columns.items():
            columns[column] = "quantities" if name in _AMOUNTS else name if name in CORRECTABLE else "row"
        return {
            field: uncounted(row, column)
            for column, field in columns.items()
            if self._text.is_uncounted(row, column) and not self._corrected(row, field)
        }

    def _spread(self, row: int, field: str) -> Value:
        """Return what a reader sees in a column: a merged cell's value on all its rows, and the one above at «-nt-»."""
        corrected = self._corrected(row, field)
        if corrected:
            self._above[field] = corrected
            self._typed.add(field)
            return corrected
        if field not in self._table.columns:
            return None
        value = self._text.spread_value(row, self._table.columns[field])
        if fold(shown(value)) in _SAME:
            return self._above.get(field)
        self._above[field] = value
        self._typed.discard(field)
        return value

    def _corrected(self, row: int, field: str) -> str:
        return self._corrections.get((row + 1 + self._shift, field), "")

    def _own(self, row: int, field: str) -> str:
        column = self._table.columns.get(field)
        return "" if column is None else self._text.text(row, column)

    def _on(self, row: int, line: int) -> date | None:
        value = self._spread(row, "on")
        try:
            # Whatever the file does, a person types the day first.
            month_first = self._month_first and "on" not in self._typed
            day, doubt = days.signed(value, month_first=month_first)
        except Unfit as unfit:
            self._fault(line, "on", _without_year(value) or unfit.doubt)
            return None
        if day is None:
            text = shown(value)
            missing = Doubt("day-missing", N_("The day is missing."))
            unknown = Doubt("no-such-day", N_("There is no day «{text}»."), {"text": text})
            self._fault(line, "on", _without_year(value) or (unknown if doubt is not None else missing))
        return day

    def _kind(self, row: int, line: int) -> str | None:
        text = shown(self._spread(row, "kind"))
        found = self._words.kinds(text)
        if len(found) == 1:
            return found[0]
        if is_nothing(text):
            doubt = Doubt("kind-missing", N_("The kind of activity is missing."))
        elif found:
            names = ", ".join(self._catalogue.kinds[kind].name for kind in found)
            sentence = N_("«{text}» can mean several kinds of activity: {names}. Write one of them.")
            doubt = Doubt("kind-doubtful", sentence, {"text": text, "names": names})
        else:
            sentence = N_("«{text}» is no kind of activity of the catalogue.")
            doubt = Doubt("kind-unknown", sentence, {"text": text})
        self._fault(line, "kind", doubt)
        return None

    def _quantities(self, row: int, line: int, kind: str) -> dict[str, int]:
        found: dict[str, int] = {}
        for units, value in self._counts(row, line):
            try:
                numbers = in_units(value, units, kind, self._catalogue)
                for unit, number in numbers.items():
                    if found.get(unit, number) != number:
                        sentence = N_("«{unit}» stands there twice with different numbers.")
                        raise Unfit("count-twice", sentence, unit=self._catalogue.units[unit].name)  # noqa: TRY301 - one way out for every fault
            except Unfit as unfit:
                self._fault(line, "quantities", unfit.doubt)
            else:
                found |= numbers
        return found

    def _counts(self, row: int, line: int) -> list[tuple[tuple[str, ...], Value]]:
        """Return every count that a line tells, each with the units that it may be in."""
        typed = self._corrected(row, "quantities")
        if typed:
            return self._listed(typed, line)
        cells = [(units, self._text.value(row, column)) for column, units in self._table.counts.items()]
        return [*cells, *self._amounts(row, line)]

    def _amounts(self, row: int, line: int) -> list[tuple[tuple[str, ...], Value]]:
        """Return what stands under «Số lượng»: with a unit beside it, or «2 buổi, 35 lượt người», or a number alone."""
        column = self._table.columns.get("amount")
        value = self._text.value(row, column) if column is not None else None
        if is_nothing(value):
            return []
        named = shown(self._spread(row, "unit"))
        if named:
            return self._named([(named, value)], line)
        return self._listed(value, line) if isinstance(value, str) else [((), value)]

    def _listed(self, value: str, line: int) -> list[tuple[tuple[str, ...], Value]]:
        """Return the counts of «2 buổi, 35 lượt người», or a number alone."""
        pairs = with_units(value)
        return self._named(pairs, line) if pairs else [((), value)]

    def _named(self, pairs: Sequence[tuple[str, Value]], line: int) -> list[tuple[tuple[str, ...], Value]]:
        known = []
        for name, value in pairs:
            units = self._words.units(name)
            if units:
                known.append((units, value))
            else:
                sentence = N_("«{text}» is no unit of the catalogue.")
                self._fault(line, "quantities", Doubt("unit-unknown", sentence, {"text": name.strip()}))
        return known

    def _fault(self, line: int, name: str, doubt: Doubt) -> None:
        self.faults.append(Finding(line, name, doubt.code, doubt.sentence, doubt.facts))

    def _warn(self, line: int, name: str, doubt: Doubt) -> None:
        self.warnings.append(Finding(line, name, doubt.code, doubt.sentence, doubt.facts))
