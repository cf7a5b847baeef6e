"""What one line of the entry grid means: which state a household's paper gets, on which day, signed by whom."""

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


@dataclass(frozen=True, slots=True)
class Typed:
    """A line as it was meant, with what it leaves out filled in."""

    state: CommitmentState
    signed_on: date | None
    signed_by: str | None


def columns() -> list[EntryColumn]:
    choices = tuple((state, _(STATE_NAMES[state])) for state in _OFFERED)
    return [
        EntryColumn("head", _("Head of household"), width=152),
        EntryColumn("birth", _("Born"), width=100),
        EntryColumn("state", _("Paper"), kind="choice", choices=choices, width=116, states=_TINTS),
        EntryColumn("on", _("Signed on"), kind="date", width=104),
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
            "on": row.signed_on,
            "by": row.signed_by,
            **_scan(row.paper_sha256),
        },
    )


def kept(paper: Commitment) -> dict[str, object]:
    """Return the cells as they are once ``paper`` was kept."""
    state = None if paper.state is CommitmentState.NOT_ISSUED else paper.state
    return {
        "state": state,
        "on": paper.signed_on,
        "by": paper.signed_by,
        **_scan(paper.paper_sha256),
    }


def typed(values: dict[str, Any], usual_day: date | None) -> Typed:
    """Read a line. A day or a name alone means signed; signed without a day means the day typed last."""
    state = values.get("state")
    on = values.get("on")
    if state is None:
        state = CommitmentState.SIGNED if on or values.get("by") else CommitmentState.NOT_ISSUED
    if state is not CommitmentState.SIGNED:
        return Typed(state, None, None)
    return Typed(state, on or usual_day, values.get("by"))


def lacks_day(values: dict[str, Any], usual_day: date | None) -> bool:
    meant = typed(values, usual_day)
    return meant.state is CommitmentState.SIGNED and meant.signed_on is None


def fault(values: dict[str, Any], usual_day: date | None) -> str:
    """Return the sentence that keeps a line from being saved, or nothing."""
    if lacks_day(values, usual_day):
        return _("On which day was it signed? Type it once, as 5/3; the next lines take it over.")
    return ""


def _scan(sha256: str | None) -> dict[str, str]:
    """Return the word in the column of scans, and beside it, in no column, which scan it is."""
    return {"scan": _("yes") if sha256 else "", "sha256": sha256 or ""}
