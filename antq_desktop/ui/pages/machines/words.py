"""How keys of laptops are written in the table and beside it."""

from collections.abc import Sequence

from antq_desktop.domain.text import sort_key
from antq_desktop.runtime.language import _
from antq_desktop.services.machines import MachineRow
from antq_desktop.services.mending_words import moment
from antq_desktop.ui import format as written
from antq_desktop.ui.models.rows import Column, ListRows
from antq_desktop.ui.theme import State

_SHORT = 8


def status(row: MachineRow) -> str:
    if row.status == "active":
        return _("In use")
    if row.revoked_from is None:
        return _("Withdrawn, nothing is believed")
    return _("Withdrawn from change {seq} on", seq=written.number(row.revoked_from))


def state(row: MachineRow) -> State:
    return State.GOOD if row.status == "active" else State.BAD


def columns() -> list[Column]:
    """Return the columns of the table; the key is told by its first signs."""
    return [
        Column("unit", _("Unit"), lambda row: row.unit_name, 200, wide=True),
        Column("code", _("Code"), _code, 130),
        Column("device", _("Machine"), lambda row: row.device_id[:_SHORT], 110),
        Column("key", _("Key"), lambda row: row.key_id[:_SHORT], 110),
        Column("status", _("Status"), status, 230, state=state),
        Column("last", _("Taken in up to change"), _last, 130, align="right"),
        Column("enrolled", _("Enrolled at"), lambda row: moment(row.enrolled_at), 140),
    ]


def source(rows: Sequence[MachineRow]) -> ListRows:
    keys = {
        "unit": lambda row: sort_key(row.unit_name),
        "code": lambda row: row.current_code,
        "device": lambda row: row.device_id,
        "key": lambda row: row.key_id,
        "status": lambda row: row.status,
        "last": lambda row: row.last_seq,
        "enrolled": lambda row: row.enrolled_at,
    }
    return ListRows(rows, keys, lambda row: f"{row.unit_name} {row.unit_code} {row.device_id} {row.key_id}")


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
        found += [(_("Withdrawn by"), row.withdrawn_by), (_("Why"), row.why)]
    return found


def _code(row: MachineRow) -> str:
    return row.unit_code if row.current_code == row.unit_code else f"{row.unit_code} → {row.current_code}"


def _last(row: MachineRow) -> str:
    return written.number(row.last_seq) if row.last_seq else "–"
