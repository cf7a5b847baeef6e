"""The units that can be recognised and those that were, each with where it stands in words and icon."""

from collections.abc import Iterable, Mapping
from typing import Any

from antq_desktop.domain.recognition import number_text
from antq_desktop.domain.text import sort_key
from antq_desktop.runtime.language import _
from antq_desktop.storage.queries.assessments import AssessmentRow
from antq_desktop.ui import format as written
from antq_desktop.ui.models.rows import Asked, Column, ListRows
from antq_desktop.ui.theme import State

UNDECIDED, DECIDED, RECORDED = "undecided", "decided", "recorded"
ISSUED, WITHDRAWN = "issued", "withdrawn"
_STATES = {
    UNDECIDED: State.LOOK,
    DECIDED: State.LOOK,
    RECORDED: State.GOOD,
    ISSUED: State.GOOD,
    WITHDRAWN: State.BAD,
}


def is_commune(row: AssessmentRow) -> bool:
    """Tell whether ``row`` is the commune itself, which the level above recognises and gives the certificate."""
    return row.unit_kind == "commune"


def standing(row: AssessmentRow) -> str:
    """Return how far the recognition of a unit has come."""
    if row.recognition_id is None:
        return UNDECIDED
    if is_commune(row):
        return RECORDED
    if row.certificate_id is None:
        return DECIDED
    return ISSUED if row.withdrawn_on is None else WITHDRAWN


def standings() -> list[tuple[str, str]]:
    """Return every standing with what it is called."""
    return [
        (UNDECIDED, _("Waits for a decision")),
        (DECIDED, _("Waits for its certificate")),
        (ISSUED, _("Certificate issued")),
        (RECORDED, _("Recognised by the level above")),
        (WITHDRAWN, _("Certificate withdrawn")),
    ]


def number(row: AssessmentRow) -> str:
    """Return the number of the newest certificate as it is printed; nothing for none."""
    return "" if row.certificate_number is None else number_text(row.certificate_number)


def columns(kinds: Mapping[str, str]) -> list[Column]:
    """``kinds`` holds what each kind of unit is called; it may be filled later."""
    words = dict(standings())
    return [
        Column("name", _("Unit"), _name, width=150, wide=True),
        Column("kind", _("Kind"), lambda row: kinds.get(row.unit_kind, row.unit_kind), width=124),
        Column(
            "state",
            _("State"),
            lambda row: words[standing(row)],
            width=190,
            state=lambda row: _STATES[standing(row)],
        ),
        Column("decision", _("Decision"), lambda row: row.decision_number or "", width=112),
        Column("number", _("Certificate"), number, width=124, align="right"),
        Column("decided", _("Dated"), lambda row: written.day(row.decision_date), width=104),
        Column("issued", _("Issued on"), lambda row: written.day(row.issued_on), width=104, offered=True),
        Column(
            "assessed", _("Assessed on"), lambda row: written.day(row.assessed_on), width=112, offered=True
        ),
    ]


class UnitRows(ListRows):
    """The units in memory, narrowed by name, by ``kind`` and by ``standing``."""

    def __init__(self, rows: Iterable[AssessmentRow] = (), kinds: Iterable[str] = ()) -> None:
        self.all = tuple(rows)
        order = [standing for standing, _word in standings()]
        of_kinds = list(kinds)
        super().__init__(
            self.all,
            sort_keys={
                "name": lambda row: sort_key(row.unit_name),
                "kind": lambda row: (of_kinds.index(row.unit_kind), sort_key(row.unit_name)),
                "state": lambda row: order.index(standing(row)),
                "decision": lambda row: row.decision_number or "",
                "decided": lambda row: str(row.decision_date or ""),
                "number": lambda row: row.certificate_number or 0,
                "issued": lambda row: str(row.issued_on or ""),
                "assessed": lambda row: str(row.assessed_on or ""),
            },
            search=lambda row: f"{row.unit_name} {row.decision_number or ''} {number(row)}",
        )

    def _matching(self, asked: Asked) -> list[Any]:
        wanted, kind = asked.filters.get("standing"), asked.filters.get("kind")
        return [
            row
            for row in super()._matching(asked)
            if (wanted is None or standing(row) == wanted) and (kind is None or row.unit_kind == kind)
        ]


def _name(row: AssessmentRow) -> str:
    if row.ended_on is None:
        return row.unit_name
    return _("{name} (until {day})", name=row.unit_name, day=written.day(row.ended_on))
