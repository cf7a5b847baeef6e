"""Reads an event as the state that it gives its record, or says which rule it breaks."""

import re

from antq_desktop.domain.events import Event, Version
from antq_desktop.storage.codec import WrongShape
from antq_desktop.storage.record_writing import Gone
from antq_desktop.storage.records import BY_ENTITY, Record, from_body

_MAX_DEVICES = 1_000
_MAX_WRITES = 2**53
_DEVICE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class Broken(Exception):
    """The event breaks the rule ``code``."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def state_of(event: Event, unit_code: str) -> Record | Gone:
    """Return what the event of a laptop of ``unit_code`` makes of its record. Raises Broken."""
    kind = BY_ENTITY.get(event.entity)
    if kind is None:
        raise Broken("unknown-entity")
    if not _is_tellable(event.version):
        raise Broken("wrong-shape", field="version")
    if event.op == "delete":
        return Gone(event.version)
    try:
        record: Record = from_body(kind, event.body, event.version)
    except WrongShape as error:
        raise Broken("wrong-shape", field=str(error)) from error
    if record.unit_code != unit_code or record.id != event.id:
        raise Broken("foreign-record")
    return record


def _is_tellable(version: Version) -> bool:
    """Whether an acknowledgement can repeat the vector; else one odd event would spoil every later one."""
    return 0 < len(version) <= _MAX_DEVICES and all(
        _DEVICE.fullmatch(device) and count < _MAX_WRITES for device, count in version.items()
    )
