"""Brings the events of another laptop into the record tables, fast when all is well, one by one when something is not.

An event that breaks a rule is set aside with its reason, and with it every later event of the same record; the rest
goes on. Nothing here decides between two people: what did not know of the other is set aside for a person.
"""

import json
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from antq_desktop.domain.events import Event, Version, descends
from antq_desktop.storage.codec import WrongShape
from antq_desktop.storage.records import BY_ENTITY, KINDS, Kind, Record, from_body, to_row
from antq_desktop.storage.tables import attachment_chunks, received_events, set_aside
from antq_desktop.storage.unit_of_work import Writing

_CHUNK = 500
_PIECE = 256 * 1024
_MAX_DEVICES = 1_000
_MAX_WRITES = 2**53
_DEVICE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
Key = tuple[str, str]
#: Records as they are to stand here; None for one that is to go.
Records = dict[Key, Record | None]


@dataclass(frozen=True, slots=True)
class Arrival:
    """An event with the exact bytes of its line and its hash in the chain."""

    event: Event
    line: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class SetAside:
    """An event that was not applied; ``code`` and ``facts`` say why."""

    epoch: int
    seq: int
    entity: str
    entity_id: str
    code: str
    facts: dict[str, Any] = field(default_factory=dict)


class _Broken(Exception):
    """The event breaks the rule ``code``."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class Applier:
    """Takes the events of one laptop inside one transaction, in order, in batches of any size."""

    def __init__(self, work: Writing, unit_code: str, device_id: str) -> None:
        self._work = work
        self._connection = work.connection
        self._unit_code = unit_code
        self._device_id = device_id
        self._spoiled = self._kept_aside()
        self.set_aside: list[SetAside] = []
        self.touched: set[str] = set()

    def take(self, arrivals: Sequence[Arrival]) -> None:
        """Keep the lines and apply the events."""
        if not arrivals:
            return
        self._keep_lines(arrivals)
        events = [arrival.event for arrival in arrivals]
        self.touched.update(event.entity for event in events if event.entity in BY_ENTITY)
        versions = self._versions({(event.entity, event.id) for event in events})
        spoiled, before = set(self._spoiled), len(self.set_aside)
        if not self._try(self._final_records(events, dict(versions))):
            self._spoiled = spoiled
            del self.set_aside[before:]
            self._one_by_one(events, versions)
        self._keep_set_aside(self.set_aside[before:])

    def put_back(self, lines: dict[Key, Event | None]) -> None:
        """Set records to what an earlier event said, or remove them; what others still point at stays."""
        self._spoiled = self._kept_aside()  # what was set aside behind that place is forgotten by now
        records: Records = {}
        for key, event in lines.items():
            with suppress(_Broken):  # an event that was set aside when it came is no state to go back to
                records[key] = None if event is None else self._record(event)
        if not self._try(records):
            for key, record in records.items():
                self._try({key: record})
        self.touched.update(entity for entity, _ in records)

    def _kept_aside(self) -> set[Key]:
        columns = set_aside.c
        query = sa.select(columns.entity, columns.entity_id).where(columns.unit_code == self._unit_code)
        return {(entity, key) for entity, key in self._connection.execute(query)}

    def _one_by_one(self, events: Sequence[Event], versions: dict[Key, dict[str, int]]) -> None:
        for event in events:
            key = (event.entity, event.id)
            known = versions.get(key)
            records = self._final_records([event], versions)
            if records and not self._try(records):
                self._put_aside(event, "clash")
                versions.pop(key, None)
                if known is not None:
                    versions[key] = known

    def _try(self, records: Records) -> bool:
        """Write all of ``records`` or, when one clashes with what is there, none."""
        try:
            with self._connection.begin_nested():
                self._write(records)
        except sa.exc.IntegrityError:
            return False
        for (entity, key), record in records.items():
            if record is None:
                self._work.search.drop(entity, self._unit_code, key)
            else:
                self._work.search.put([record])
        return True

    def _final_records(self, events: Sequence[Event], versions: dict[Key, dict[str, int]]) -> Records:
        """Return the last state of each record, None for a deleted one; bring ``versions`` up to date."""
        records: Records = {}
        for event in events:
            key = (event.entity, event.id)
            known = versions.get(key, {})
            try:
                if key in self._spoiled:
                    raise _Broken("after-set-aside")  # noqa: TRY301 - one way out for every rule
                record = self._record(event)
                if not descends(event.version, known):
                    if descends(known, event.version):
                        continue
                    raise _Broken("concurrent", theirs=event.version, ours=known)  # noqa: TRY301 - as above
            except _Broken as broken:
                self._put_aside(event, broken.code, broken.facts)
                continue
            records[key] = record
            versions[key] = event.version
        return records

    def _record(self, event: Event) -> Record | None:
        kind = BY_ENTITY.get(event.entity)
        if kind is None:
            raise _Broken("unknown-entity")
        if not _is_tellable(event.version):
            raise _Broken("wrong-shape", field="version")
        if event.op == "delete":
            return None
        try:
            record: Record = from_body(kind, event.body, event.version)
        except WrongShape as error:
            raise _Broken("wrong-shape", field=str(error)) from error
        if record.unit_code != self._unit_code or record.id != event.id:
            raise _Broken("foreign-record")
        return record

    def _put_aside(self, event: Event, code: str, facts: dict[str, Any] | None = None) -> None:
        self._spoiled.add((event.entity, event.id))
        self.set_aside.append(SetAside(event.epoch, event.seq, event.entity, event.id, code, facts or {}))

    def _write(self, records: Records) -> None:
        # Parents before children, and the other way round to remove; sorted, so that two receivers never wait in a ring.
        by_entity: dict[str, list[tuple[str, Record | None]]] = {}
        for entity, key in sorted(records):
            by_entity.setdefault(entity, []).append((key, records[entity, key]))
        for kind in KINDS:
            put = [to_row(kind, record) for _, record in by_entity.get(kind.entity, ()) if record is not None]
            if put:
                self._connection.execute(self._upsert(kind), put)
        for kind in reversed(KINDS):
            gone = [{"_id": key} for key, record in by_entity.get(kind.entity, ()) if record is None]
            if gone:
                columns = kind.table.c
                where = (columns.unit_code == self._unit_code, columns.id == sa.bindparam("_id"))
                self._connection.execute(sa.delete(kind.table).where(*where), gone)

    def _upsert(self, kind: Kind) -> sa.Executable:
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        statement = dialect.insert(kind.table)
        keys = [column.name for column in kind.table.primary_key]
        changed = {
            column.name: statement.excluded[column.name] for column in kind.table.c if column.name not in keys
        }
        upsert: sa.Executable = statement.on_conflict_do_update(index_elements=keys, set_=changed)
        return upsert

    def _versions(self, keys: set[Key]) -> dict[Key, dict[str, int]]:
        found: dict[Key, dict[str, int]] = {}
        for kind in KINDS:
            ids = [key for entity, key in keys if entity == kind.entity]
            columns = kind.table.c
            for start in range(0, len(ids), _CHUNK):
                query = sa.select(columns.id, columns.version).where(
                    columns.unit_code == self._unit_code, columns.id.in_(ids[start : start + _CHUNK])
                )
                for key, version in self._connection.execute(query):
                    found[kind.entity, key] = json.loads(version)
        return found

    def _keep_lines(self, arrivals: Sequence[Arrival]) -> None:
        self._connection.execute(
            sa.insert(received_events),
            [
                {
                    "unit_code": self._unit_code,
                    "device_id": self._device_id,
                    "epoch": arrival.event.epoch,
                    "seq": arrival.event.seq,
                    "event_hash": arrival.hash,
                    "entity": arrival.event.entity,
                    "entity_id": arrival.event.id,
                    "line": arrival.line,
                }
                for arrival in arrivals
            ],
        )

    def _keep_set_aside(self, aside: Sequence[SetAside]) -> None:
        if aside:
            self._connection.execute(
                sa.insert(set_aside),
                [
                    {name: getattr(each, name) for name in SetAside.__slots__}
                    | {"unit_code": self._unit_code, "device_id": self._device_id, "at": self._work.at_text}
                    for each in aside
                ],
            )


def _is_tellable(version: Version) -> bool:
    """Whether an acknowledgement can repeat the vector; else one odd event would spoil every later one."""
    return len(version) <= _MAX_DEVICES and all(
        _DEVICE.fullmatch(device) and count < _MAX_WRITES for device, count in version.items()
    )


def keep_file(work: Writing, sha256: str, chunks: Iterable[bytes]) -> bool:
    """Keep the bytes of an attachment unless they are here; return whether they were new."""
    table = attachment_chunks
    here = sa.select(table.c.n).where(table.c.sha256 == sha256).limit(1)
    if work.connection.execute(here).first() is not None:
        return False
    n = 0
    held = bytearray()
    for chunk in chunks:
        held += chunk
        while len(held) >= _PIECE:
            work.connection.execute(sa.insert(table).values(sha256=sha256, n=n, content=bytes(held[:_PIECE])))
            del held[:_PIECE]
            n += 1
    if held or n == 0:
        work.connection.execute(sa.insert(table).values(sha256=sha256, n=n, content=bytes(held)))
    return True
