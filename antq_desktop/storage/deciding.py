"""Brings a record that laptops changed at once to what a person decided: under a version that has seen all of them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from antq_desktop.domain.events import next_version
from antq_desktop.storage import settling
from antq_desktop.storage.failures import Clash
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.outbox import Change
from antq_desktop.storage.record_writing import Gone, RecordWriter
from antq_desktop.storage.records import Record, to_body
from antq_desktop.storage.settling import Settling
from antq_desktop.storage.tombstones import Key
from antq_desktop.storage.unit_of_work import Writing


def decide(
    work: Writing, key: Key, record: Record | None, reason: str, lines: Sequence[dict[str, Any]]
) -> dict[str, int]:
    """Let ``record`` stand under ``key``, or nothing when it is None; return the version of the decision.

    Whoever takes the event in sees that it knows all versions. ``lines`` are the changes of the journal, one a version
    that was not taken. Raises Clash when another record is in the way.
    """
    entity, record_id = key
    seen = settling.seen(work, work.unit_code, entity, record_id)
    version = next_version(seen, work.writer)
    writer = RecordWriter(work, work.unit_code)
    writer.versions({key})  # it remembers which of them were deleted
    state = Gone(version) if record is None else _under(record, version)
    if not writer.write({key: state}):
        raise Clash
    if isinstance(state, Gone):
        change = Change(entity, record_id, version, seen, "delete", {"reason": reason})
    else:
        change = Change(entity, record_id, version, seen, "put", to_body(state))
    work.tell([Deed("decided", entity, record_id, line, reason) for line in lines], [change], entity)
    settling.forget(work, work.unit_code, entity, record_id)
    # What clashed with the version that is no longer in use may fit now.
    Settling(work, work.unit_code, writer).try_again()
    return version


def _under(record: Record, version: dict[str, int]) -> Record:
    changed: Record = replace(record, version=version)  # type: ignore[type-var] # every record is a dataclass
    return changed
