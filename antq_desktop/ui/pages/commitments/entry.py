"""What one line of the entry grid means: which state a household's paper gets, on which day, signed by whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from antq_desktop.domain.commitments import STATE_NAMES, Commitment, CommitmentState
from antq_desktop.runtime.language import _
from antq_desktop.storage.queries.commitments import EntryRow
from antq_desktop.ui.models.entry_lines import EntryColumn, Line
from antq_desktop.ui.pages import births
from antq_desktop.ui.theme import State

#: In the order of their digits: what is usual first.
_OFFERED = (
    CommitmentState.SIGNED,
    CommitmentState.ISSUED,
    CommitmentState.ABSENT,
    CommitmentState.REFUSED,
    CommitmentState.MOVED_AWAY,
    CommitmentState.NOT_ISSUED,
)
_TINTS: dict[object, State] = {
    CommitmentState.SIGNED: State.GOOD,
    CommitmentState.ABSENT: State.LOOK,
    CommitmentState.REFUSED: State.LOOK,
}
#: The cells of day and name, each with where the line keeps what the signature says.
_SIGNATURE = {"on": "signed_on", "by": "signed_by"}


@dataclass(frozen=True, slots=True)
class Typed:
    """A line as it was meant, with what it leaves out filled in."""

    state: CommitmentState
    signed_on: date | None = None
    signed_by: str | None = None
    state_on: date | None = None


def columns() -> list[EntryColumn]:
    choices = tuple((state, _(STATE_NAMES[state])) for state in _OFFERED)
    return [
        EntryColumn("head", _("Head of household"), width=152),
        EntryColumn("birth", _("Born"), width=100),
        EntryColumn("state", _("Paper"), kind="choice", choices=choices, width=116, states=_TINTS),
        EntryColumn("on", _("Day"), kind="date", width=104),
        EntryColumn("by", _("Signed by"), kind="text", width=138),
        EntryColumn("scan", _("Scan"), width=72),
    ]


def line_key(household_id: str, campaign_id: str) -> str:
    """Return the key of a line; it names the campaign too, so that a draft never lands in another one."""
    return f"{household_id} {campaign_id}"


def household_of(key: str) -> str:
    return key.partition(" ")[0]


def line(row: EntryRow, campaign_id: str) -> Line:
    """Return the line of one household; a paper that was not issued yet leaves its cells empty."""
    state = None if row.state is CommitmentState.NOT_ISSUED else row.state
    return Line(
        line_key(row.household_id, campaign_id),
        {
            "head": row.head,
            "birth": births.shown(row.birth),
            "state": state,
            **_days(row),
            **_scan(row.paper_sha256),
        },
    )


def kept(paper: Commitment) -> dict[str, object]:
    """Return the cells as they are once ``paper`` was kept."""
    state = None if paper.state is CommitmentState.NOT_ISSUED else paper.state
    return {
        "state": state,
        **_days(paper),
        **_scan(paper.paper_sha256),
    }


def following(values: Mapping[str, Any], safe: Mapping[str, Any]) -> dict[str, object]:
    """Return day and name as they go with the state just chosen; what was typed in these cells stays.

    A household that moved away shows the day on which it left; back at signed, it has its former signature again.
    """
    state = values.get("state")
    if state == safe.get("state"):
        wanted = {cell: safe.get(cell) for cell in _SIGNATURE}
    elif state is CommitmentState.SIGNED:
        wanted = {cell: safe.get(former) for cell, former in _SIGNATURE.items()}
    else:
        wanted = dict.fromkeys(_SIGNATURE)
    laid = {cell: (None, safe.get(cell), safe.get(former)) for cell, former in _SIGNATURE.items()}
    return {cell: value for cell, value in wanted.items() if values.get(cell) in laid[cell]}


def typed(values: dict[str, Any], usual_day: date | None) -> Typed:
    """Read a line. A day or a name alone means signed; signed without a day means the day typed last.

    Beside another state the day is the one since when it holds.
    """
    state = values.get("state")
    on = values.get("on")
    if state is None:
        state = CommitmentState.SIGNED if on or values.get("by") else CommitmentState.NOT_ISSUED
    if state is not CommitmentState.SIGNED:
        return Typed(state, state_on=on)
    return Typed(state, on or usual_day, values.get("by"))


def lacks_day(values: dict[str, Any], usual_day: date | None) -> bool:
    meant = typed(values, usual_day)
    return meant.state is CommitmentState.SIGNED and meant.signed_on is None


def fault(values: dict[str, Any], usual_day: date | None) -> str:
    """Return the sentence that keeps a line from being saved, or nothing."""
    if lacks_day(values, usual_day):
        return _("On which day was it signed? Type it once, as 5/3; the next lines take it over.")
    state = values.get("state")
    if state is CommitmentState.NOT_ISSUED and (values.get("on") or values.get("by")):
        return _("A paper that was not issued has no day and no name. Clear them, or choose another state.")
    if state not in (None, CommitmentState.SIGNED) and values.get("by"):
        return _("Only a signed paper names who signed it. Clear the name, or choose «signed».")
    return ""


def _days(paper: EntryRow | Commitment) -> dict[str, object]:
    """Return the cells of day and name; beside them, in no column, the signature that was given."""
    former = {"signed_on": paper.signed_on, "signed_by": paper.signed_by}
    if paper.state is CommitmentState.SIGNED:
        return {"on": paper.signed_on, "by": paper.signed_by, **former}
    return {"on": paper.state_on, "by": None, **former}


def _scan(sha256: str | None) -> dict[str, str]:
    """Return the word in the column of scans, and beside it, in no column, which scan it is."""
    return {"scan": _("yes") if sha256 else "", "sha256": sha256 or ""}
