"""Brings the events of another laptop into the record tables: in bulk when all is well, record by record when it is not.

An event that breaks a rule is set aside with its reason, and with it every later event of the same record; the rest
goes on. Nothing here decides between two people: what did not know of the other is set aside for a person.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from antq_desktop.domain.events import Event, descends
from antq_desktop.storage import bulk, lineage
from antq_desktop.storage.event_states import Broken, state_of
from antq_desktop.storage.lineage import Span
from antq_desktop.storage.postgres import is_server
from antq_desktop.storage.record_writing import Gone, RecordWriter
from antq_desktop.storage.records import BY_ENTITY, Record
from antq_desktop.storage.settling import Settling
from antq_desktop.storage.tables import attachment_chunks, received_events, set_aside
from antq_desktop.storage.tombstones import Key
from antq_desktop.storage.unit_of_work import Writing

_PIECE = 256 * 1024
_REBUILT = 2_000
#: How many of the events that were set aside are named; all of them are on record.
_NAMED = 100


@dataclass(frozen=True, slots=True)
class Arrival:
    """An event with the exact bytes of its line and its hash in the chain."""

    event: Event
    line: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class SetAside:
    """An event that was not applied; ``code`` and ``facts`` say why."""

    device_id: str
    epoch: int
    seq: int
    entity: str
    entity_id: str
    code: str
    facts: dict[str, Any] = field(default_factory=dict)


class Applier:
    """Takes the events of one laptop inside one transaction, in order, in batches of any size; ``finish`` ends it."""

    def __init__(self, work: Writing, unit_code: str, device_id: str, *, hopeful: bool = False) -> None:
        """Prepare. ``hopeful``: believe that nothing clashes, much faster; where it does, ``take`` raises Clashed."""
        self._connection = work.connection
        self._unit_code = unit_code
        self._device_id = device_id
        self._writer = RecordWriter(work, unit_code)
        self._hopeful = hopeful
        self._settling = Settling(work, unit_code, self._writer)
        self._unsettled: set[Key] = set()
        self.touched: set[str] = set()

    @property
    def set_aside(self) -> list[SetAside]:
        """What was set aside since the beginning and still is, in the order of the log: the first 100."""
        fresh = self._settling.fresh
        places = nsmallest(_NAMED, fresh, key=lambda place: (place[1], place[2], place[0]))
        columns = set_aside.c
        place = sa.tuple_(columns.device_id, columns.epoch, columns.seq)
        query = (
            sa.select(*place.clauses, columns.entity, columns.entity_id, columns.code, columns.facts)
            .where(columns.unit_code == self._unit_code, place.in_(places))
            .order_by(columns.epoch, columns.seq, columns.device_id)
        )
        return [SetAside(**row) for row in self._connection.execute(query).mappings()] if places else []

    @property
    def set_aside_count(self) -> int:
        """How many events were set aside since the beginning and still are."""
        return len(self._settling.fresh)

    @property
    def healed(self) -> int:
        """How many events that were set aside at the beginning are no longer."""
        return len(self._settling.healed)

    def roll_back(self, new_epoch: int, epoch: int, seq: int) -> None:
        """Undo what a restore of this laptop lost: its log goes on in ``new_epoch`` from the event (epoch, seq)."""
        before = lineage.of(self._connection, self._unit_code, self._device_id)
        kept = lineage.until(self._connection, self._unit_code, self._device_id, epoch, seq)
        self._settling.goes_on_from(self._device_id, [Span(new_epoch, seq + 1, None), *kept])
        undone = lineage.differing(before, kept)
        keys = lineage.keys_within(self._connection, self._unit_code, self._device_id, undone)
        self._settling.settle(keys)
        self.touched.update(entity for entity, _ in keys if entity in BY_ENTITY)

    def take(self, arrivals: Sequence[Arrival]) -> None:
        """Keep the lines and apply the events."""
        if not arrivals:
            return
        self._keep_lines(arrivals)
        events = [arrival.event for arrival in arrivals]
        keys = {(event.entity, event.id) for event in events}
        self.touched.update({entity for entity, _ in keys} & BY_ENTITY.keys())
        self._unsettled.update(self._settling.aside(keys))
        self._apply(arrivals, keys, self._writer.versions(keys))
        self._settling.settle(self._unsettled)
        self._unsettled.clear()

    def finish(self) -> None:
        """Try again what was set aside for want of something that came since. Call it once, behind the last batch."""
        if self.touched:
            self._settling.try_again()

    def rebuild(self) -> None:
        """Bring every record of the unit to what its events say, whatever the tables hold."""
        keys = self._settling.all_keys()
        for _ in range(2):  # what others still point at goes the second time
            for start in range(0, len(keys), _REBUILT):
                self._settling.settle(keys[start : start + _REBUILT])
        self.touched.update(entity for entity, _ in keys if entity in BY_ENTITY)

    def _apply(
        self, arrivals: Sequence[Arrival], keys: set[Key], versions: dict[Key, dict[str, int]]
    ) -> None:
        """Apply the events at once; when something clashes, leave all of them to settling."""
        new = keys - versions.keys()
        states = self._states(arrivals, versions)
        if self._hopeful:
            self._writer.write_or_fail(states, new)
        elif not self._writer.write(states):
            self._unsettled.update(states)

    def _states(
        self, arrivals: Sequence[Arrival], versions: dict[Key, dict[str, int]]
    ) -> dict[Key, Record | Gone]:
        """Return the last state of each record; bring ``versions`` up to date; leave to settling what is not plain."""
        states: dict[Key, Record | Gone] = {}
        for arrival in arrivals:
            event = arrival.event
            key = (event.entity, event.id)
            if key in self._unsettled:
                continue
            known = versions.get(key)
            if known and not descends(event.version, known):
                if not descends(known, event.version):
                    self._unsettled.add(key)
                continue
            try:
                states[key] = state_of(event, self._unit_code, arrival.line)
            except Broken:
                self._unsettled.add(key)
                continue
            versions[key] = event.version
        return states

    def _keep_lines(self, arrivals: Sequence[Arrival]) -> None:
        bulk.execute(
            self._connection,
            received_events.name,
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


def keep_file(work: Writing, sha256: str, chunks: Iterable[bytes]) -> bool:
    """Keep the bytes of an attachment unless they are here; return whether they were new.

    Two receivers may be handed one file by two communes at once: whoever comes second waits for the first, then leaves it.
    """
    dialect = postgresql if is_server(work.connection) else sqlite
    table = attachment_chunks
    statement = dialect.insert(table).on_conflict_do_nothing().returning(table.c.n)
    for n, piece in enumerate(_pieces(chunks)):
        new = work.connection.execute(statement, {"sha256": sha256, "n": n, "content": piece})
        if new.first() is None:
            return False
    return True


def _pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield ``chunks`` as pieces of one size but for the last, at least one."""
    held = bytearray()
    is_first = True
    for chunk in chunks:
        held += chunk
        while len(held) >= _PIECE:
            yield bytes(held[:_PIECE])
            del held[:_PIECE]
            is_first = False
    if held or is_first:
        yield bytes(held)
