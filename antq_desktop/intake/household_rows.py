"""Reads the fields of each household's row, says what is wrong and what is doubtful, and knows who came before."""

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass

from antq_desktop.domain.citizen_id import Doubt, Sex, check
from antq_desktop.domain.text import clean, fold, proper_name
from antq_desktop.domain.wording import N_
from antq_desktop.intake import cell_values as values
from antq_desktop.intake import days
from antq_desktop.intake.cell_values import Unfit
from antq_desktop.intake.days import Day
from antq_desktop.intake.hamlet_columns import areas_of_rows
from antq_desktop.intake.hamlet_names import area_name
from antq_desktop.intake.row_kinds import Line
from antq_desktop.intake.sheet_text import SheetText, shown
from antq_desktop.intake.table_finder import Table
from antq_desktop.intake.workbook_parts import Value
from antq_desktop.runtime.language import _

_BIRTH_BY_SEX: dict[str, Sex] = {"birth_male": "male", "birth_female": "female"}
_FIELDS = ("head", "citizen_id", "birth", "hamlet", "members", "phone", "signed", "address")
#: What a column is part of, where it has a name of its own.
_PARTS = {
    "given_name": "head",
    "cmnd": "citizen_id",
    **dict.fromkeys(("birth_day", "birth_month", "birth_year", *_BIRTH_BY_SEX), "birth"),
}
_ORDINAL = re.compile(r"^\d{1,5}\s*[.)]\s*(?=\D)")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One household as its row says. ``birth`` is "YYYY-MM-DD" or "YYYY", ``signed`` "YYYY-MM-DD"; None: not said."""

    line: int
    head: str
    birth: str | None
    citizen_id: str | None
    hamlet: str | None
    members: int | None
    phone: str | None
    signed: str | None
    address: str | None


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault or a doubt: where, the field ("row": the whole row), a stable code, and a message id with its facts."""

    line: int
    field: str
    code: str
    sentence: str
    facts: Mapping[str, object] = dataclasses.field(default_factory=dict)

    @property
    def why(self) -> str:
        """The sentence in the language of the moment."""
        return _(self.sentence, **self.facts)


@dataclass(frozen=True, slots=True)
class _Place:
    """A line, and what Excel calls it."""

    line: int
    sheet: str
    row: int


class FieldReader:
    """Collects rows, faults and warnings over all tables of one file."""

    def __init__(self, corrections: Mapping[tuple[int, str], str], hamlet: str | None) -> None:
        self.rows: list[SheetRow] = []
        self.faults: list[Finding] = []
        self.warnings: list[Finding] = []
        self._corrections = corrections
        self._given_hamlet = clean(hamlet) if hamlet else None
        self._seen: dict[str, _Place] = {}

    def begin(self, text: SheetText, table: Table, shift: int) -> None:
        """Turn to ``table``; its lines are shifted by ``shift``."""
        self._text, self._table, self._shift = text, table, shift
        self._hamlets = areas_of_rows(text, table)
        self._month_first = {name: self._is_month_first(name) for name in ("birth", "signed")}
        header = table.header_line + shift
        for name in (name for name, turned in self._month_first.items() if turned):
            self._warn(
                header,
                name,
                Doubt("month-first", N_("The days of this column are read with the month first.")),
            )
        self._counts_members = any(line.followers for line in table.lines.households)
        if not self._says_areas():
            sentence = N_("The list names no residential area; choose one for it.")
            self._warn(header, "hamlet", Doubt("hamlet-nowhere", sentence))
        if "citizen_id" not in table.columns:
            self._warn(
                header,
                "citizen_id",
                Doubt("citizen-ids-nowhere", N_("The list has no column of citizen ids.")),
            )
        for row in table.lines.left_out:
            self._warn(
                row + 1 + shift,
                "row",
                Doubt("row-left-out", N_("This line has a name and nothing else; it was left out.")),
            )

    def read(self, index: int) -> None:
        """Read the household at ``index`` of the table into rows, or its faults."""
        line = self._table.lines.households[index]
        number = line.row + 1 + self._shift
        before = len(self.faults)
        head = self._head(line, number)
        citizen_id = self._citizen_id(line, number)
        born, sex = self._birth(line, number, citizen_id)
        hamlet = self._hamlet(line, number)
        members = self._members(line, number)
        phone = self._phone(line, number)
        signed = self._signed(line, number)
        if citizen_id is not None:
            self._refuse_repeated(citizen_id, line, number)
        lacking = self._uncounted(line, number)
        if lacking:
            # Nothing else that is missing in this row is a fault of its own.
            del self.faults[before:]
            for name, doubt in lacking.items():
                self._fault(number, name, doubt)
        if len(self.faults) > before:
            return
        birth = str(born) if born else None
        if citizen_id is None and "citizen_id" in self._table.columns:
            self._warn(number, "citizen_id", Doubt("citizen-id-missing", N_("The citizen id is missing.")))
        for doubt in check(citizen_id, birth, sex) if citizen_id else ():
            self._warn(number, "citizen_id", doubt)
        address = clean(shown(self._value(line, number, "address"))) or None
        self.rows.append(SheetRow(number, head, birth, citizen_id, hamlet, members, phone, signed, address))

    def warn_of_unread(self, tables: list[Table]) -> None:
        """Say which other tables with households stand in the file and were not read."""
        here = self._table.header_line
        for table in tables:
            if table.size and "head" in table.columns:
                facts = {"sheet": table.sheet_name, "line": table.header_line, "count": table.size}
                sentence = N_(
                    "The sheet «{sheet}» has another list of {count} rows (line {line}) that was not read."
                )
                self._warn(here, "table", Doubt("table-not-read", sentence, facts))

    def _refuse_repeated(self, citizen_id: str, line: Line, number: int) -> None:
        here = _Place(number, self._table.sheet_name, line.row + 1)
        first = self._seen.setdefault(citizen_id, here)
        if first is here:
            return
        sentence = N_("The same citizen id stands in line {row} already.")
        if first.sheet != here.sheet:
            sentence = N_("The same citizen id stands in line {row} of the sheet «{sheet}» already.")
        self._fault(
            number, "row", Doubt("repeated-household", sentence, {"row": first.row, "sheet": first.sheet})
        )

    def _uncounted(self, line: Line, number: int) -> dict[str, Doubt]:
        """Return the fields of a household that a formula without a result stands for, each with what to say."""
        found = {}
        for name, column in self._table.columns.items():
            field = _PARTS.get(name, name)
            asked = field in _FIELDS and (number, field) not in self._corrections
            if asked and self._text.is_uncounted(line.row, column):
                found[field] = values.uncounted(line.row, column)
        return found

    def _value(self, line: Line, number: int, name: str) -> Value:
        if (number, name) in self._corrections:
            return clean(self._corrections[number, name])
        column = self._table.columns.get(name)
        return None if column is None else self._text.value(line.row, column)

    def _head(self, line: Line, number: int) -> str:
        if (number, "head") in self._corrections:
            name = clean(self._corrections[number, "head"])
        else:
            parts = [self._table.columns[n] for n in ("head", "given_name") if n in self._table.columns]
            name = clean(" ".join(self._text.name_text(line.row, column) for column in parts))
        name = proper_name(_ORDINAL.sub("", name))
        if not name:
            self._fault(
                number, "head", Doubt("head-missing", N_("The name of the head of the household is missing."))
            )
        elif not re.search(r"[^\W\d_]", name) or name.startswith("#"):
            self._fault(number, "head", Doubt("head-no-name", N_("«{text}» is no name."), {"text": name}))
        return name

    def _citizen_id(self, line: Line, number: int) -> str | None:
        try:
            found = values.citizen_id(self._value(line, number, "citizen_id"))
            return found or values.citizen_id(self._value(line, number, "cmnd"))
        except Unfit as unfit:
            self._fault(number, "citizen_id", unfit.doubt)
            return None

    def _birth(self, line: Line, number: int, citizen_id: str | None) -> tuple[Day | None, Sex | None]:
        sex = self._sex(line, number)
        try:
            if "birth_year" in self._table.columns and (number, "birth") not in self._corrections:
                day, month, year = (
                    self._value(line, number, f"birth_{part}") for part in ("day", "month", "year")
                )
                return days.from_parts(day, month, year), sex
            value = self._value(line, number, "birth")
            if value is None:
                for name, meant in _BIRTH_BY_SEX.items():
                    if not values.is_nothing(self._value(line, number, name)):
                        value, sex = self._value(line, number, name), meant
            born, doubt = days.birth(value, citizen_id, month_first=self._month_first["birth"])
        except Unfit as unfit:
            self._fault(number, "birth", unfit.doubt)
            return None, sex
        if doubt is not None:
            self._warn(number, "birth", doubt)
        return born, sex

    def _sex(self, line: Line, number: int) -> Sex | None:
        said = fold(shown(self._value(line, number, "sex")))
        if said in ("nam", "nu"):
            return "male" if said == "nam" else "female"
        marks = [
            name for name in ("sex_male", "sex_female") if shown(self._value(line, number, name)).strip()
        ]
        if len(marks) != 1:
            return None
        return "male" if marks[0] == "sex_male" else "female"

    def _members(self, line: Line, number: int) -> int | None:
        try:
            count = values.members(self._value(line, number, "members"))
        except Unfit as unfit:
            self._fault(number, "members", unfit.doubt)
            return None
        return line.followers + 1 if count is None and self._counts_members else count

    def _phone(self, line: Line, number: int) -> str | None:
        try:
            found, doubt = values.phone(self._value(line, number, "phone"))
        except Unfit as unfit:
            self._fault(number, "phone", unfit.doubt)
            return None
        if doubt is not None:
            self._warn(number, "phone", doubt)
        return found

    def _signed(self, line: Line, number: int) -> str | None:
        try:
            day, doubt = days.signed(
                self._value(line, number, "signed"), month_first=self._month_first["signed"]
            )
        except Unfit as unfit:
            self._fault(number, "signed", unfit.doubt)
            return None
        if doubt is not None:
            self._warn(number, "signed", doubt)
        return day.isoformat() if day else None

    def _hamlet(self, line: Line, number: int) -> str | None:
        if (number, "hamlet") in self._corrections:
            found: str | None = area_name(self._corrections[number, "hamlet"])
        else:
            found = self._hamlets[line.row] or line.hamlet or self._table.hamlet or self._given_hamlet
        try:
            values.refuse_formula_error(found)
        except Unfit as unfit:
            self._fault(number, "hamlet", unfit.doubt)
        if not found and "hamlet" in self._table.columns:
            self._fault(number, "hamlet", Doubt("hamlet-missing", N_("The residential area is missing.")))
        return found or None

    def _says_areas(self) -> bool:
        """Whether the column, a line between the rows, the title or somebody names an area at all."""
        table = self._table
        named = self._given_hamlet or table.hamlet or "hamlet" in table.columns
        return bool(named) or any(line.hamlet or self._hamlets[line.row] for line in table.lines.households)

    def _is_month_first(self, name: str) -> bool:
        column = self._table.columns.get(name)
        if column is None:
            return False
        return days.is_month_first(
            [
                self._text.text(line.row, column)
                for line in self._table.lines.households
                if isinstance(self._text.value(line.row, column), str)
            ]
        )

    def _fault(self, line: int, name: str, doubt: Doubt) -> None:
        self.faults.append(Finding(line, name, doubt.code, doubt.sentence, doubt.facts))

    def _warn(self, line: int, name: str, doubt: Doubt) -> None:
        self.warnings.append(Finding(line, name, doubt.code, doubt.sentence, doubt.facts))
