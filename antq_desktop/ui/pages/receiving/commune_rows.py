"""The table of communes: how far each laptop was taken in, how long ago, and what is wrong."""

from collections.abc import Sequence
from datetime import date

from antq_desktop.domain.text import sort_key
from antq_desktop.exchange.names import laptop_mark
from antq_desktop.runtime.language import _
from antq_desktop.services.receiving_side.commune_rows import CommuneRow, laptop_words
from antq_desktop.ui import format as written
from antq_desktop.ui.models.rows import Column, ListRows
from antq_desktop.ui.theme import State

_STATES = {
    "alarm": State.BAD,
    "red": State.BAD,
    "held": State.LOOK,
    "aside": State.LOOK,
    "amber": State.LOOK,
    "never": State.LOOK,
    "fresh": State.GOOD,
    "withdrawn": State.NONE,
}
_ORDER = list(_STATES)


def key(row: CommuneRow) -> tuple[str, str]:
    return row.unit_code, row.device_id


def unit(row: CommuneRow) -> str:
    """Return what the unit is called by now, with its earlier name where it was merged."""
    if not row.is_merged:
        return row.unit_name
    return _("{name} (before: {old})", name=row.current_name, old=row.unit_name)


def code(row: CommuneRow) -> str:
    """Return the code that the unit goes under, with its earlier one where it was merged."""
    if not row.is_merged:
        return row.unit_code
    return _("{name} (before: {old})", name=row.current_code, old=row.unit_code)


def name(row: CommuneRow) -> str:
    """Return what the unit is called, and which of its laptops it is where there are several."""
    return unit(row) + laptop_words([row]).get((row.unit_code, row.device_id), "")


def word(row: CommuneRow) -> str:
    return {
        "alarm": _("Alarm: another history came"),
        "red": _("Nothing came for long"),
        "held": _("A bundle waits"),
        "aside": _("Changes were set aside"),
        "amber": _("Nothing came lately"),
        "never": _("Nothing came yet"),
        "fresh": _("In order"),
        "withdrawn": _("Withdrawn"),
    }[row.state]


def state(row: CommuneRow) -> State:
    return _STATES[row.state]


def columns() -> list[Column]:
    return [
        Column("name", _("Commune"), name, width=150, wide=True),
        Column("code", _("Code"), lambda row: row.current_code, width=68),
        Column("state", _("State"), word, width=192, state=state),
        Column("days", _("Days since"), _days, width=100, state=_days_state, spare=True),
        Column("held", _("Waits for"), waiting_text, width=104, spare=True),
        Column("aside", _("Set aside"), lambda row: _count(row.set_aside), 78, "right", spare=True),
        Column("conflicts", _("Conflicts"), lambda row: _count(row.conflicts), 84, "right", spare=True),
        Column("received", _("Last bundle"), lambda row: written.day(_on(row)) or "–", 100, spare=True),
        Column("range", _("Last range"), range_text, 110, "right", spare=True),
        Column("as_of", _("Figures of"), lambda row: written.moment(row.as_of), width=144, offered=True),
        Column(
            "seq", _("Up to change"), lambda row: written.number(row.last_seq), 120, "right", offered=True
        ),
        Column("device", _("Machine"), lambda row: laptop_mark(row.device_id), width=120, offered=True),
    ]


def source(rows: Sequence[CommuneRow], *, to_do: bool) -> ListRows:
    """Return the rows, or with ``to_do`` only those that need a look."""
    return ListRows(
        [row for row in rows if row.has_to_do] if to_do else rows,
        sort_keys={
            "name": lambda row: (sort_key(unit(row)), row.number),
            "state": lambda row: (_ORDER.index(row.state), sort_key(unit(row))),
            "days": lambda row: -1 if row.days_since is None else row.days_since,
            "range": lambda row: (row.epoch, row.range_to),
            "held": lambda row: row.held,
            "aside": lambda row: row.set_aside,
            "conflicts": lambda row: row.conflicts,
            "received": lambda row: row.received_at.isoformat() if row.received_at else "",
            "as_of": lambda row: row.as_of.isoformat() if row.as_of else "",
            "seq": lambda row: row.last_seq,
            "code": lambda row: row.current_code,
            "device": lambda row: laptop_mark(row.device_id),
        },
        search=lambda row: f"{unit(row)} {code(row)} {row.device_id}",
    )


def range_text(row: CommuneRow) -> str:
    """Return the range of changes that the last bundle brought."""
    return f"{written.number(row.range_from)} – {written.number(row.range_to)}" if row.range_to else "–"


def waiting_text(row: CommuneRow) -> str:
    """Return what the bundles wait for that are held; nothing where none is."""
    if not row.held:
        return ""
    if not row.missing_to:
        return _("{count} bundles", count=row.held)
    return f"{written.number(row.missing_from)} – {written.number(row.missing_to)}"


def _count(number: int) -> str:
    return written.number(number) if number else ""


def _days(row: CommuneRow) -> str:
    return "–" if row.days_since is None else written.number(row.days_since)


def _days_state(row: CommuneRow) -> State:
    """Return the alarm of the days alone: a bundle that waits says nothing of how long nothing came."""
    return state(row) if row.state in {"red", "amber"} else State.NONE


def _on(row: CommuneRow) -> date | None:
    return row.received_at.astimezone().date() if row.received_at else None
