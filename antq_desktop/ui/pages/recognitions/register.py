"""The register of numbers of a year: every certificate that was ever issued, also the withdrawn ones."""

from collections.abc import Iterable, Mapping
from typing import Any

from antq_desktop.domain.text import sort_key
from antq_desktop.runtime.language import _
from antq_desktop.storage.queries.register import RegisterRow
from antq_desktop.ui import format as written
from antq_desktop.ui.models.rows import Asked, Column, ListRows
from antq_desktop.ui.theme import State


def columns(kinds: Mapping[str, str]) -> list[Column]:
    """``kinds`` holds what each kind of unit is called; it may be filled later."""
    return [
        Column("number", _("Number"), lambda row: row.number_text, width=84, align="right"),
        Column("name", _("Unit"), lambda row: row.unit_name, width=130, wide=True),
        Column("kind", _("Kind"), lambda row: kinds.get(row.unit_kind, row.unit_kind), width=124),
        Column("decision", _("Decision"), lambda row: row.decision_number, width=108),
        Column("decided", _("Dated"), lambda row: written.day(row.decision_date), width=100),
        Column("issued", _("Issued on"), lambda row: written.day(row.issued_on), width=100),
        Column("printed", _("Times printed"), lambda row: written.number(row.printed), 92, "right"),
        Column("state", _("State"), _word, width=212, state=_state),
        Column("reason", _("Why withdrawn"), lambda row: row.withdrawn_reason or "", width=140),
    ]


class RegisterRows(ListRows):
    """The certificates in memory, narrowed by name or number and by ``kind``."""

    def __init__(self, rows: Iterable[RegisterRow] = (), kinds: Iterable[str] = ()) -> None:
        of_kinds = list(kinds)
        super().__init__(
            tuple(rows),
            sort_keys={
                "number": lambda row: row.number,
                "name": lambda row: sort_key(row.unit_name),
                "kind": lambda row: (of_kinds.index(row.unit_kind), row.number),
                "decision": lambda row: row.decision_number,
                "decided": lambda row: row.decision_date,
                "issued": lambda row: row.issued_on,
                "printed": lambda row: row.printed,
                "state": lambda row: str(row.withdrawn_on or ""),
                "reason": lambda row: row.withdrawn_reason or "",
            },
            search=lambda row: f"{row.unit_name} {row.number_text} {row.decision_number}",
        )

    def _matching(self, asked: Asked) -> list[Any]:
        kind = asked.filters.get("kind")
        return [row for row in super()._matching(asked) if kind is None or row.unit_kind == kind]


def _word(row: RegisterRow) -> str:
    if row.withdrawn_on is None:
        return _("In force")
    return _("Withdrawn on {day}", day=written.day(row.withdrawn_on))


def _state(row: RegisterRow) -> State:
    return State.GOOD if row.withdrawn_on is None else State.BAD
