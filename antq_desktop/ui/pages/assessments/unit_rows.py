"""The units of a year as a list: name and kind, and in words and icon where the assessment of each stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from antq_desktop.domain.criteria import UnitKind
from antq_desktop.domain.periods import Period
from antq_desktop.domain.text import sort_key
from antq_desktop.domain.units import UnitKey
from antq_desktop.runtime.language import _
from antq_desktop.services.application import Application
from antq_desktop.storage.queries.assessments import AssessmentRow
from antq_desktop.ui import format as written
from antq_desktop.ui.models.rows import Asked, Column, ListRows
from antq_desktop.ui.theme import State

NOT_BEGUN, OPEN, MET, NOT_MET, LEFT_OUT = "not-begun", "open", "met", "not-met", "left-out"
#: The kinds in the order of the list: the commune last, for its figures follow from the others.
KINDS: tuple[UnitKind, ...] = ("residential_area", "agency", "enterprise", "school", "commune")


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit of the year. ``row`` is None for one that is not assessed here; ``left_out`` then says why.

    ``period`` are the days that its assessment looks at.
    """

    key: UnitKey
    name: str
    kind_name: str
    ended_on: date | None
    period: Period
    row: AssessmentRow | None
    left_out: str = ""

    @property
    def assessment_id(self) -> str | None:
        return self.row.id if self.row is not None else None

    @property
    def decision(self) -> str:
        return (self.row.decision_number if self.row is not None else None) or ""

    @property
    def waits(self) -> bool:
        """Whether its assessment can be begun."""
        return self.row is not None and self.row.id is None


def gather(services: Application, year: int) -> list[UnitLine]:
    """Return every unit of ``year``: those that are assessed, and those that the circular leaves out, with the reason."""
    kinds = services.catalogues.scope.units
    lines = []
    for row in services.assessments.rows(year):
        kind = cast("UnitKind", row.unit_kind)
        lines.append(
            UnitLine(
                UnitKey(kind, row.unit_id),
                row.unit_name,
                kinds[kind].name,
                row.ended_on,
                kinds[kind].period.of(year),
                row,
            )
        )
    for unit in services.units.rows(year):
        if unit.excluded_why is not None:
            scope = kinds[unit.kind]
            key = UnitKey(unit.kind, unit.id)
            lines.append(
                UnitLine(key, unit.name, scope.name, None, scope.period.of(year), None, unit.excluded_why)
            )
    return lines


def standing(line: UnitLine) -> str:
    """Return where the assessment of a unit stands, as one word of the program."""
    if line.row is None:
        return LEFT_OUT
    if line.row.id is None:
        return NOT_BEGUN
    if line.row.state != "final":
        return OPEN
    return MET if line.row.result == "met" else NOT_MET


def standings() -> list[tuple[str, str]]:
    """Return every standing with what it is called."""
    return [
        (NOT_BEGUN, _("Not begun")),
        (OPEN, _("Being made")),
        (MET, _("Met")),
        (NOT_MET, _("Not met")),
        (LEFT_OUT, _("Not assessed here")),
    ]


def word(line: UnitLine) -> str:
    return dict(standings())[standing(line)]


def state(line: UnitLine) -> State:
    return {MET: State.GOOD, NOT_MET: State.BAD, OPEN: State.LOOK}.get(standing(line), State.NONE)


def columns() -> list[Column]:
    return [
        Column("name", _("Unit"), _name, width=180, wide=True),
        Column("kind", _("Kind of unit"), lambda line: line.kind_name, width=116),
        Column("state", _("Standing"), word, width=128, state=state),
        Column("on", _("Assessed on"), _assessed_on, width=112, offered=True),
        Column("decision", _("Decision"), lambda line: line.decision, width=120, offered=True),
    ]


class UnitRows(ListRows):
    """The units in memory, narrowed by name, by ``kind`` and by ``standing``."""

    def __init__(self, lines: Iterable[UnitLine] = ()) -> None:
        self.all = tuple(lines)
        order = [standing for standing, _word in standings()]
        super().__init__(
            self.all,
            sort_keys={
                "name": lambda line: sort_key(line.name),
                "kind": lambda line: (KINDS.index(line.key.kind), sort_key(line.name)),
                "state": lambda line: (order.index(standing(line)), sort_key(line.name)),
                "on": lambda line: str((line.row and line.row.assessed_on) or ""),
                "decision": lambda line: line.decision,
            },
            search=lambda line: line.name,
        )

    def _matching(self, asked: Asked) -> list[Any]:
        kind, wanted = asked.filters.get("kind"), asked.filters.get("standing")
        return [
            line
            for line in super()._matching(asked)
            if kind in (None, line.key.kind) and wanted in (None, standing(line))
        ]


def _name(line: UnitLine) -> str:
    if line.ended_on is None:
        return line.name
    return _("{name} (until {day})", name=line.name, day=written.day(line.ended_on))


def _assessed_on(line: UnitLine) -> str:
    return written.day(line.row.assessed_on if line.row is not None else None)
