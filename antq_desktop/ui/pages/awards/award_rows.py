"""The awards of a year as a table shows them."""

from collections.abc import Iterable

from antq_desktop.domain.awards import AwardState
from antq_desktop.domain.text import name_key, sort_key
from antq_desktop.runtime.language import _
from antq_desktop.services.movement.awards import AwardRow
from antq_desktop.ui import format as written
from antq_desktop.ui.models.rows import Column
from antq_desktop.ui.pages.community_models.model_form import capital
from antq_desktop.ui.pages.narrowed_rows import NarrowedRows
from antq_desktop.ui.theme import State

_STATES = {
    AwardState.DECIDED: State.GOOD,
    AwardState.PROPOSED: State.LOOK,
    AwardState.DECLINED: State.NONE,
}
_ORDER = tuple(_STATES)


def columns() -> list[Column]:
    return [
        Column("recipient", _("Collective or person"), lambda row: row.recipient, width=170, wide=True),
        Column("kind", _("Award form"), lambda row: row.kind_name, width=150),
        Column("authority", _("Awarded by"), lambda row: row.authority_name, 150, wide=True, spare=True),
        Column(
            "state",
            _("State"),
            lambda row: capital(row.state_name),
            width=160,
            state=lambda row: _STATES[row.state],
        ),
        Column("decision_number", _("Decision number"), lambda row: row.decision_number, 128, spare=True),
        Column(
            "decision_date",
            _("Date of the decision"),
            lambda row: written.day(row.decision_date),
            136,
            spare=True,
        ),
        Column(
            "certificate",
            _("No. of the certificate given"),
            lambda row: row.certificate_number,
            112,
            spare=True,
        ),
        Column(
            "recipient_kind", _("Given to"), lambda row: capital(row.recipient_kind_name), 96, offered=True
        ),
        Column("place", _("Place of work or living"), lambda row: row.recipient_place, 170, offered=True),
        Column("merit", _("Merit"), lambda row: row.merit, 200, offered=True),
        Column("proposal", _("Number of the proposal"), lambda row: row.proposal_number, 128, offered=True),
        Column(
            "proposed_on",
            _("Day of the proposal"),
            lambda row: written.day(row.proposed_on),
            112,
            offered=True,
        ),
        Column("paper", _("File"), lambda row: _("yes") if row.paper_sha256 else "", 64, offered=True),
    ]


def source(rows: Iterable[AwardRow]) -> NarrowedRows:
    """Return the awards, which come in the order of the certificate list; other orders by column."""
    return NarrowedRows(
        rows,
        sort_keys={
            "recipient": lambda row: (row.recipient_kind != "collective", name_key(row.recipient)),
            "recipient_kind": lambda row: row.recipient_kind,
            "kind": lambda row: sort_key(row.kind_name),
            "authority": lambda row: sort_key(row.authority_name),
            "state": lambda row: _ORDER.index(row.state),
            "decision_date": lambda row: (row.decision_date is None, row.decision_date),
            "certificate": lambda row: sort_key(row.certificate_number),
            "place": lambda row: sort_key(row.recipient_place),
            "merit": lambda row: sort_key(row.merit),
            "proposal": lambda row: sort_key(row.proposal_number),
            "proposed_on": lambda row: (row.proposed_on is None, row.proposed_on),
            "paper": lambda row: row.paper_sha256 is None,
        },
        search=lambda row: (
            f"{row.recipient} {row.recipient_place} {row.decision_number} {row.certificate_number}"
        ),
        fits={
            "state": lambda row, wanted: row.state == wanted,
            "kind": lambda row, wanted: row.kind == wanted,
        },
    )
