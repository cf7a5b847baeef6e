"""The units that can be recognised and those that were, each with where it stands in words and icon."""

from collections.abc import Iterable
from typing import Any

from antq_desktop.domain.recognition import number_text
from antq_desktop.domain.text import sort_key
from antq_desktop.runtime.language import _
from antq_desktop.storage.queries.assessments import AssessmentRow
from antq_desktop.ui import format as written
from antq_desktop.ui.models.rows import Asked, Column, ListRows
from antq_desktop.ui.theme import State

UNDECIDED, DECIDED, ISSUED, WITHDRAWN = "undecided", "decided", "issued", "withdrawn"


def standing(row: AssessmentRow) -> str:
    """Return how far the recognition of a unit has come."""
    if row.recognition_id is None:
        return UNDECIDED
    if row.certificate_id is None:
        return DECIDED
    return ISSUED if row.withdrawn_on is None else WITHDRAWN


def standings() -> list[tuple[str, str]]:
    """Return every standing with what it is called."""
    return [
        (UNDECIDED, _("Waits for a decision")),
        (DECIDED, _("Waits for its certificate")),
        (ISSUED, _("Certificate issued")),
        (WITHDRAWN, _("Certificate withdrawn")),
    ]


def number(row: AssessmentRow) -> str:
    """Return the number of the newest certificate as it is printed; nothing for none."""
    return "" if row.certificate_number is None else number_text(row.certificate_number)


def columns() -> list[Column]:
    words = dict(standings())
    states = {ISSUED: State.GOOD, WITHDRAWN: State.BAD, UNDECIDED: State.LOOK, DECIDED: State.LOOK}
    return [
        Column("name", _("Residential area"), lambda row: row.unit_name, width=150, wide=True),
        Column(
            "state",
            _("Standing"),
            lambda row: words[standing(row)],
            width=196,
            state=lambda row: states[standing(row)],
        ),
        Column("decision", _("Decision"), lambda row: row.decision_number or "", width=120),
        Column("decided", _("Dated"), lambda row: written.day(row.decision_date), width=104),
        Column("number", _("Certificate"), number, width=104, align="right"),
        Column("issued", _("Issued on"), lambda row: written.day(row.issued_on), width=104, offered=True),
        Column(
            "assessed", _("Assessed on"), lambda row: written.day(row.assessed_on), width=112, offered=True
        ),
    ]


class UnitRows(ListRows):
    """The units in memory, narrowed by name and by ``standing``."""

    def __init__(self, rows: Iterable[AssessmentRow] = ()) -> None:
        order = [standing for standing, _word in standings()]
        super().__init__(
            tuple(rows),
            sort_keys={
                "name": lambda row: sort_key(row.unit_name),
                "state": lambda row: order.index(standing(row)),
                "decision": lambda row: row.decision_number or "",
                "decided": lambda row: str(row.decision_date or ""),
                "number": lambda row: row.certificate_number or 0,
                "issued": lambda row: str(row.issued_on or ""),
                "assessed": lambda row: str(row.assessed_on or ""),
            },
            search=lambda row: row.unit_name,
        )

    def _matching(self, asked: Asked) -> list[Any]:
        wanted = asked.filters.get("standing")
        return [row for row in super()._matching(asked) if wanted is None or standing(row) == wanted]
