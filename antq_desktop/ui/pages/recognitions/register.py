"""The register of numbers of a year: every certificate that was ever issued, also the withdrawn ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from antq_desktop.domain.recognition import number_text
from antq_desktop.domain.text import sort_key
from antq_desktop.runtime.language import _
from antq_desktop.services.recognitions import Recognitions
from antq_desktop.storage.queries.assessments import AssessmentRow
from antq_desktop.ui import format as written
from antq_desktop.ui.models.rows import Column, ListRows
from antq_desktop.ui.theme import State


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One number that was taken; ``id`` is that of its certificate."""

    id: str
    unit_id: str
    number: int
    unit_name: str
    decision_number: str
    issued_on: date
    withdrawn_on: date | None
    withdrawn_reason: str


def gather(recognitions: Recognitions, rows: Sequence[AssessmentRow]) -> list[RegisterRow]:
    """Return the certificates of the units in ``rows``; reads the database."""
    return [
        RegisterRow(
            kept.id,
            row.unit_id,
            kept.number,
            row.unit_name,
            row.decision_number or "",
            kept.issued_on,
            kept.withdrawn_on,
            kept.withdrawn_reason or "",
        )
        for row in rows
        if row.recognition_id is not None
        for kept in recognitions.certificates(row.recognition_id)
    ]


def columns() -> list[Column]:
    return [
        Column("number", _("Number"), lambda row: number_text(row.number), width=96, align="right"),
        Column("name", _("Residential area"), lambda row: row.unit_name, width=150, wide=True),
        Column("decision", _("Decision"), lambda row: row.decision_number, width=120),
        Column("issued", _("Issued on"), lambda row: written.day(row.issued_on), width=104),
        Column("state", _("State"), _word, width=200, state=_state),
        Column("reason", _("Why withdrawn"), lambda row: row.withdrawn_reason, width=200),
    ]


def source(rows: Sequence[RegisterRow]) -> ListRows:
    return ListRows(
        rows,
        sort_keys={
            "number": lambda row: row.number,
            "name": lambda row: sort_key(row.unit_name),
            "decision": lambda row: row.decision_number,
            "issued": lambda row: str(row.issued_on),
            "state": lambda row: str(row.withdrawn_on or ""),
            "reason": lambda row: row.withdrawn_reason,
        },
        search=lambda row: f"{row.unit_name} {number_text(row.number)}",
    )


def _word(row: RegisterRow) -> str:
    if row.withdrawn_on is None:
        return _("In force")
    return _("Withdrawn on {day}", day=written.day(row.withdrawn_on))


def _state(row: RegisterRow) -> State:
    return State.GOOD if row.withdrawn_on is None else State.BAD
