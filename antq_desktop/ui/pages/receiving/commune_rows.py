"""The table of communes: how far each laptop was taken in, how long ago, and what is wrong."""

from antq_desktop.domain.text import sort_key
from antq_desktop.runtime.language import _
from antq_desktop.services.commune_rows import CommuneRow
from antq_desktop.ui import format as written
from antq_desktop.ui.models.rows import Column, ListRows
from antq_desktop.ui.theme import State

_STATES = {
    "alarm": State.BAD,
    "red": State.BAD,
    "held": State.LOOK,
    "amber": State.LOOK,
    "fresh": State.GOOD,
    "never": State.NONE,
}
_ORDER = list(_STATES)


def key(row: CommuneRow) -> tuple[str, str]:
    return row.unit_code, row.device_id


def word(row: CommuneRow) -> str:
    return {
        "alarm": _("Alarm: another history came"),
        "red": _("Nothing came for long"),
        "held": _("A bundle waits for another"),
        "amber": _("Nothing came lately"),
        "fresh": _("In order"),
        "never": _("Nothing came yet"),
    }[row.state]


def state(row: CommuneRow) -> State:
    return _STATES[row.state]


def columns() -> list[Column]:
    return [
        Column("name", _("Commune"), lambda row: row.unit_name, width=136, wide=True),
        Column("state", _("State"), word, width=184, state=state),
        Column("days", _("Days since"), _days, width=104, align="right"),
        Column("range", _("Last range"), _range, width=130, align="right"),
        Column(
            "aside",
            _("Set aside"),
            lambda row: written.number(row.set_aside) if row.set_aside else "",
            width=96,
            align="right",
        ),
        Column(
            "received", _("Taken in at"), lambda row: written.moment(row.received_at), width=144, offered=True
        ),
        Column(
            "seq",
            _("Up to change"),
            lambda row: written.number(row.last_seq),
            width=120,
            align="right",
            offered=True,
        ),
        Column("code", _("Code of the unit"), lambda row: row.unit_code, width=120, offered=True),
        Column("device", _("Machine"), lambda row: row.device_id, width=160, offered=True),
    ]


def source(rows: list[CommuneRow]) -> ListRows:
    return ListRows(
        rows,
        sort_keys={
            "name": lambda row: sort_key(row.unit_name),
            "state": lambda row: _ORDER.index(row.state),
            "days": lambda row: -1 if row.days_since is None else row.days_since,
            "range": lambda row: (row.epoch, row.range_to),
            "aside": lambda row: row.set_aside,
            "received": lambda row: row.received_at.isoformat() if row.received_at else "",
            "seq": lambda row: row.last_seq,
            "code": lambda row: row.unit_code,
            "device": lambda row: row.device_id,
        },
        search=lambda row: f"{row.unit_name} {row.unit_code}",
    )


def _days(row: CommuneRow) -> str:
    return "–" if row.days_since is None else written.number(row.days_since)


def _range(row: CommuneRow) -> str:
    return f"{written.number(row.range_from)} – {written.number(row.range_to)}" if row.range_to else "–"
