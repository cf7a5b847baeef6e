"""How keys of laptops are written in the table and beside it."""

from collections.abc import Sequence

from antq_desktop.domain.text import sort_key
from antq_desktop.exchange.names import laptop_mark
from antq_desktop.runtime.language import _
from antq_desktop.services.receiving_side.machines import MachineRow
from antq_desktop.services.recovery.mending_words import moment
from antq_desktop.ui import format as written
from antq_desktop.ui.models.rows import Column, ListRows
from antq_desktop.ui.theme import State

_SHORT = 8


def status(row: MachineRow) -> str:
    if row.status == "active":
        return _("Replaced, believed until it is withdrawn") if row.is_replaced else _("In use")
    if row.revoked_from is None:
        return _("Withdrawn, nothing is believed")
    return _("Withdrawn from change {seq} on", seq=written.number(row.revoked_from))


def state(row: MachineRow) -> State:
    if row.status == "active":
        return State.LOOK if row.is_replaced else State.GOOD
    return State.BAD


def unit(row: MachineRow) -> str:
    """Return what the unit is called by now, with its earlier name where it was merged."""
    if row.current_code == row.unit_code:
        return row.unit_name
    return _("{name} (before: {old})", name=row.current_name, old=row.unit_name)


def columns() -> list[Column]:
    """Return the columns of the table; the key is told by its first signs."""
    return [
        Column("unit", _("Unit"), unit, 170, wide=True),
        Column("code", _("Code"), _code, 130),
        Column("status", _("Status"), status, 250, state=state),
        Column("device", _("Machine"), lambda row: laptop_mark(row.device_id), 90, spare=True),
        Column("last", _("Up to change"), _last, 120, align="right", spare=True),
        Column("enrolled", _("Enrolled at"), lambda row: moment(row.enrolled_at), 140, spare=True),
        Column("key", _("Key"), lambda row: row.key_id[:_SHORT], 100, spare=True),
    ]


def source(rows: Sequence[MachineRow]) -> ListRows:
    keys = {
        "unit": lambda row: sort_key(unit(row)),
        "code": lambda row: row.current_code,
        "device": lambda row: row.device_id,
        "key": lambda row: row.key_id,
        "status": lambda row: row.status,
        "last": lambda row: row.last_seq,
        "enrolled": lambda row: row.enrolled_at,
    }
    return ListRows(rows, keys, lambda row: f"{unit(row)} {_code(row)} {row.device_id} {row.key_id}")


def withdrawal(row: MachineRow) -> str:
    """Return from which change on a key is not believed, since when, by whom and why."""
    return _(
        "{status}: {at}, {user}. {why}",
        status=status(row),
        at=moment(row.withdrawn_at),
        user=row.withdrawn_by,
        why=row.why,
    )


def facts(row: MachineRow) -> list[tuple[str, str]]:
    """Return what is known of one key."""
    found = [
        (_("Status"), status(row)),
        (_("Code of the unit"), _code(row)),
        (_("Machine"), row.device_id),
        (_("Key"), row.key_id),
        (_("Enrolled at"), moment(row.enrolled_at)),
        (_("Taken in up to change"), _last(row)),
    ]
    if row.status != "active":
        found += [
            (_("Withdrawn by"), row.withdrawn_by),
            (_("Withdrawn at"), moment(row.withdrawn_at)),
            (_("Why"), row.why),
        ]
    return found


def _code(row: MachineRow) -> str:
    return row.unit_code if row.current_code == row.unit_code else f"{row.unit_code} → {row.current_code}"


def _last(row: MachineRow) -> str:
    return written.number(row.last_seq) if row.last_seq else "–"
