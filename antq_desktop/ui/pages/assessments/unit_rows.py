"""The units of a year as a short list: the name, and in words and icon where its assessment stands."""

from collections.abc import Iterable
from typing import Any

from antq_desktop.domain.text import sort_key
from antq_desktop.runtime.language import _
from antq_desktop.storage.queries.assessments import AssessmentRow
from antq_desktop.ui import format as written
from antq_desktop.ui.models.rows import Asked, Column, ListRows
from antq_desktop.ui.theme import State

NOT_BEGUN, OPEN, MET, NOT_MET = "not-begun", "open", "met", "not-met"


def standing(row: AssessmentRow) -> str:
    """Return where the assessment of a unit stands, as one word of the program."""
    if row.id is None:
        return NOT_BEGUN
    if row.state != "final":
        return OPEN
    return MET if row.result == "met" else NOT_MET


def standings() -> list[tuple[str, str]]:
    """Return every standing with what it is called."""
    return [
        (NOT_BEGUN, _("Not begun")),
        (OPEN, _("Being made")),
        (MET, _("Met")),
        (NOT_MET, _("Not met")),
    ]


def word(row: AssessmentRow) -> str:
    return dict(standings())[standing(row)]


def state(row: AssessmentRow) -> State:
    return {MET: State.GOOD, NOT_MET: State.BAD, OPEN: State.LOOK}.get(standing(row), State.NONE)


def columns() -> list[Column]:
    return [
        Column("name", _("Residential area"), _name, width=150, wide=True),
        Column("state", _("Standing"), word, width=136, state=state),
        Column("on", _("Assessed on"), lambda row: written.day(row.assessed_on), width=112, offered=True),
        Column("decision", _("Decision"), lambda row: row.decision_number or "", width=120, offered=True),
    ]


class UnitRows(ListRows):
    """The units in memory, narrowed by name and by ``standing``."""

    def __init__(self, rows: Iterable[AssessmentRow] = ()) -> None:
        self.all = tuple(rows)
        order = [standing for standing, _word in standings()]
        super().__init__(
            self.all,
            sort_keys={
                "name": lambda row: sort_key(row.unit_name),
                "state": lambda row: order.index(standing(row)),
                "on": lambda row: row.assessed_on.isoformat() if row.assessed_on else "",
                "decision": lambda row: row.decision_number or "",
            },
            search=lambda row: row.unit_name,
        )

    def _matching(self, asked: Asked) -> list[Any]:
        wanted = asked.filters.get("standing")
        return [row for row in super()._matching(asked) if wanted is None or standing(row) == wanted]


def _name(row: AssessmentRow) -> str:
    if row.ended_on is None:
        return row.unit_name
    return _("{name} (until {day})", name=row.unit_name, day=written.day(row.ended_on))
