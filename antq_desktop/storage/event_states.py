"""Reads an event as the state that it gives its record, or says which rule it breaks."""

import json
import re
from collections.abc import Mapping
from typing import Any

from antq_desktop.domain.events import Event, Version
from antq_desktop.storage.codec import WrongShape
from antq_desktop.storage.record_writing import Gone
from antq_desktop.storage.records import BY_ENTITY, Record, from_body

_NESTED = (dict, list)
#: The one way in which JSON writes the sign NUL.
_NUL = b"\\u0000"
#: Laptops, counted anew after each restore, that may have written one record; what names more is set aside.
_MAX_DEVICES = 64
_MAX_WRITES = 2**53
_DEVICE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class Broken(Exception):
    """The event breaks the rule ``code``."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def state_of(event: Event, unit_code: str, line: bytes = _NUL) -> Record | Gone:
    """Return what the event of a laptop of ``unit_code`` makes of its record; ``line``: its own, where it is at hand. Raises Broken."""
    kind = BY_ENTITY.get(event.entity)
    if kind is None:
        raise Broken("unknown-entity")
    if not is_tellable(event.version) or len(event.base_version) > _MAX_DEVICES:
        raise Broken("wrong-shape", field="version")
    if event.op == "delete":
        return Gone(event.version)
    if _NUL in line and (odd := _field_with_nul(event.body)):
        raise Broken("wrong-shape", field=odd)
    try:
        record: Record = from_body(kind, event.body, event.version)
    except WrongShape as error:
        raise Broken("wrong-shape", field=str(error)) from error
    if record.unit_code != unit_code or record.id != event.id:
        raise Broken("foreign-record")
    return record


def _field_with_nul(body: Mapping[str, Any]) -> str:
    """Return the first field whose text holds the sign NUL, which a server cannot keep; else nothing."""
    for name, value in body.items():
        if type(value) is str:
            found = "\0" in value
        else:
            found = type(value) in _NESTED and "\\u0000" in json.dumps(value)
        if found:
            return name
    return ""


def is_tellable(version: Version) -> bool:
    """Whether an acknowledgement can repeat the vector, and comparing it costs next to nothing; else one odd event spoils much."""
    return 0 < len(version) <= _MAX_DEVICES and all(
        _DEVICE.fullmatch(device) and count < _MAX_WRITES for device, count in version.items()
    )
