"""The list of households as a table shows it: its columns, and where its rows come from."""

from collections.abc import Sequence
from dataclasses import dataclass

from antq_desktop.domain.commitments import STATE_NAMES, CommitmentState
from antq_desktop.runtime.language import _
from antq_desktop.services.households import Households
from antq_desktop.storage.queries.households import HouseholdFilter, HouseholdRow
from antq_desktop.storage.queries.window import Window
from antq_desktop.ui import format as written
from antq_desktop.ui.models.rows import Asked, Column
from antq_desktop.ui.pages import births
from antq_desktop.ui.theme import State

#: The value of the filter that shows households whether they live here or not.
EVERYBODY = "everybody"


@dataclass(frozen=True, slots=True)
class HouseholdSource:
    """Windows of the household list. Without a filter it shows those that live here."""

    households: Households

    def count(self, asked: Asked) -> int:
        return self.households.count(_which(asked))

    def fetch(self, asked: Asked, offset: int, limit: int) -> Sequence[HouseholdRow]:
        return self.households.page(_which(asked), Window(asked.sort, asked.descending, offset, limit))


def columns() -> list[Column]:
    return [
        Column("head", _("Head of household"), lambda row: row.head, 144, wide=True),
        Column("birth", _("Born"), lambda row: births.shown(row.birth), 100),
        Column("area_name", _("Residential area"), lambda row: row.area_name, 124),
        Column("commitment_state", _("Paper of the year"), _paper, 120, state=_paper_state),
        Column("members", _("Persons"), lambda row: written.number(row.members), 100, "right"),
        Column("phone", _("Phone"), lambda row: row.phone or "", 112, offered=True),
        Column("citizen_id", _("Citizen id"), lambda row: row.citizen_id or "", 128, offered=True),
        Column("address", _("Address"), lambda row: row.address or "", 160, offered=True, sortable=False),
        Column("signed_on", _("Signed on"), lambda row: written.day(row.signed_on), 112, offered=True),
        Column("residence", _("Residence"), _residence, 128, state=_residence_state, offered=True),
    ]


def _which(asked: Asked) -> HouseholdFilter:
    residence = asked.filters.get("residence", "living")
    return HouseholdFilter(
        area_id=asked.filters.get("area_id"),
        residence=None if residence == EVERYBODY else residence,
        text=asked.text,
    )


def paper_word(state: str | None) -> str:
    """Return what the state of a paper is called; a household without a paper has none issued."""
    return _(STATE_NAMES[CommitmentState(state or CommitmentState.NOT_ISSUED)])


def _paper(row: HouseholdRow) -> str:
    return paper_word(row.commitment_state)


def _paper_state(row: HouseholdRow) -> State:
    if row.commitment_state == CommitmentState.SIGNED:
        return State.GOOD
    return (
        State.LOOK
        if row.commitment_state in (CommitmentState.REFUSED, CommitmentState.ABSENT)
        else State.NONE
    )


def _residence(row: HouseholdRow) -> str:
    return _("moved away") if row.residence == "moved_away" else _("lives here")


def _residence_state(row: HouseholdRow) -> State:
    return State.LOOK if row.residence == "moved_away" else State.NONE
