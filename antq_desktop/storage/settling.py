"""Settles records that the plain way cannot take, from all living events of them, whoever wrote these.

What stands follows from the set of events, not from the order in which they came; only of two records that cannot stand
beside each other the first stays. An event that does not stand is set aside with its reason: it broke a rule, it clashes
with what is there, or it did not know of what stands.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

from antq_desktop.domain.events import decode
from antq_desktop.domain.record_history import merged
from antq_desktop.storage import lineage
from antq_desktop.storage.event_states import is_tellable
from antq_desktop.storage.lineage import Span
from antq_desktop.storage.record_cases import Case, Place, Reason, Told, case_of
from antq_desktop.storage.record_writing import REFERENCES, RecordWriter, references
from antq_desktop.storage.records import KINDS
from antq_desktop.storage.tables import outbox, received_events, set_aside
from antq_desktop.storage.tombstones import Key
from antq_desktop.storage.unit_of_work import Reading, Writing

#: How many of its newest events a laptop may bring to the question; older ones are known to these.
_NEWEST = 400
_CHUNK = 500
_ORDER = {kind.entity: place for place, kind in enumerate(KINDS)}


class Settling:
    """Settles records of one unit inside one transaction and keeps its rows of ``set_aside``."""

    def __init__(self, work: Writing, unit_code: str, writer: RecordWriter) -> None:
        self._work = work
        self._connection = work.connection
        self._unit_code = unit_code
        self._writer = writer
        self._logs: dict[str, Sequence[Span]] = {}
        self.before = _kept(work, unit_code)
        self.now = {key: dict(reasons) for key, reasons in self.before.items()}

    def goes_on_from(self, device_id: str, log: Sequence[Span]) -> None:
        """Say what the log of a laptop consists of from now on."""
        self._logs[device_id] = log

    def settle(self, keys: Iterable[Key]) -> None:
        """Bring records to what their living events say, and note which events do not stand."""
        ordered = sorted(set(keys), key=_parents_first)
        if not ordered:
            return
        standing = self._writer.versions(set(ordered))
        told = self._told(ordered)
        cases = [case_of(key, told.get(key, ()), standing.get(key, {}), self._unit_code) for key in ordered]
        open_cases = [case for case in cases if case.at]
        self._at_once(self._fitting(open_cases))
        self._each(open_cases)
        missing = self._missing(open_cases)
        for case in cases:
            self._note(case.key, case.reasons(_needs(case, missing)))

    def all_keys(self) -> list[Key]:
        """Return every record of the unit that an event tells of or that stands in a table, parents first."""
        columns = received_events.c
        told = sa.select(columns.entity, columns.entity_id).where(columns.unit_code == self._unit_code)
        found = {(entity, key) for entity, key in self._connection.execute(told.distinct())}
        for kind in KINDS:
            ids = sa.select(kind.table.c.id).where(kind.table.c.unit_code == self._unit_code)
            found.update((kind.entity, key) for key in self._connection.execute(ids).scalars())
        return sorted(found, key=_parents_first)

    def try_again(self) -> None:
        """Settle what clashed with something and may be helped by what came since, as long as more comes of it."""
        everything = self._unit_code == self._work.unit_code  # people write there too, past the writer
        while True:
            moved = {entity for entity, _ in self._writer.drain()}
            clashing = {key: found for key, found in self.now.items() if _is_clash(found)}
            needs = {key: _needs_of(found) for key, found in clashing.items()}
            missing = self._writer.missing({need for each in needs.values() for need in each})
            helped = [
                key
                for key, each in needs.items()
                if (each - missing if each else everything or moved & _neighbours(key[0]))
            ]
            if not helped:
                return
            everything = False
            self.settle(helped)

    def _fitting(self, cases: list[Case]) -> list[Case]:
        """Return the cases whose best state names only what is here or comes with them."""
        missing = self._missing(cases)
        fitting = []
        for case in cases:  # parents first
            if missing.isdisjoint(references(case.states[0])):
                fitting.append(case)
                missing.discard(case.key)
        return fitting

    def _at_once(self, cases: list[Case]) -> None:
        """Bring all records to their best state; when something clashes, half by half, so that only what clashes is left."""
        if self._writer.write({case.key: case.states[0] for case in cases}):
            for case in cases:
                case.at = 0
        elif len(cases) > 1:
            half = len(cases) // 2
            self._at_once(cases[:half])
            self._at_once(cases[half:])

    def _each(self, cases: list[Case]) -> None:
        """Bring each record as far as it goes, as long as one more of them moves."""
        moved = True
        while moved:
            moved = False
            missing = self._missing(cases)
            for case in cases:
                for n, state in enumerate(case.states[: case.at]):
                    if missing.isdisjoint(references(state)) and self._writer.write({case.key: state}):
                        case.at, moved = n, True
                        break

    def _missing(self, cases: list[Case]) -> set[Key]:
        """Return what the states that are still open name and that is not here."""
        return self._writer.missing(
            {need for case in cases for state in case.states[: case.at] for need in references(state)}
        )

    def _told(self, keys: Sequence[Key]) -> dict[Key, list[Told]]:
        """Return the newest living events of each record, of each laptop apart."""
        found = self._own(keys)
        by_entity: dict[str, list[str]] = {}
        for entity, key in keys:
            by_entity.setdefault(entity, []).append(key)
        counts: Counter[tuple[Key, str]] = Counter()
        for entity, ids in by_entity.items():
            for start in range(0, len(ids), _CHUNK):
                for row in self._connection.execute(
                    told_of(self._unit_code, entity, ids[start : start + _CHUNK])
                ):
                    record = (entity, row.entity_id)
                    place = (row.device_id, row.epoch, row.seq)
                    # What a restore undid does not count, so that it pushes nothing out.
                    if counts[record, row.device_id] < _NEWEST and self._is_living(*place):
                        counts[record, row.device_id] += 1
                        found.setdefault(record, []).append(Told(place, decode(row.line)))
        return found

    def _is_living(self, device_id: str, epoch: int, seq: int) -> bool:
        return any(span.holds(epoch, seq) for span in self._log(device_id))

    def _own(self, keys: Sequence[Key]) -> dict[Key, list[Told]]:
        """Return what this laptop itself wrote of these records, when it belongs to the unit."""
        found: dict[Key, list[Told]] = {}
        if self._unit_code != self._work.unit_code:
            return found
        ids = sorted({key for _, key in keys})
        for start in range(0, len(ids), _CHUNK):
            query = sa.select(
                outbox.c.entity, outbox.c.entity_id, outbox.c.epoch, outbox.c.seq, outbox.c.line
            )
            chunk = query.where(outbox.c.entity_id.in_(ids[start : start + _CHUNK]))
            for row in self._connection.execute(chunk.order_by(outbox.c.epoch.desc(), outbox.c.seq.desc())):
                own = found.setdefault((row.entity, row.entity_id), [])
                if len(own) < _NEWEST:
                    own.append(Told(("", row.epoch, row.seq), decode(row.line)))
        return found

    def _log(self, device_id: str) -> Sequence[Span]:
        if device_id not in self._logs:
            self._logs[device_id] = lineage.of(self._connection, self._unit_code, device_id)
        return self._logs[device_id]

    def _note(self, key: Key, reasons: dict[Place, Reason]) -> None:
        """Bring the rows of ``set_aside`` of one record to ``reasons``."""
        now = self.now.pop(key, {})
        if reasons:
            self.now[key] = reasons
        gone = [place for place, reason in now.items() if reasons.get(place) != reason]
        new = {place: reason for place, reason in reasons.items() if now.get(place) != reason}
        columns = set_aside.c
        if gone:
            self._connection.execute(
                sa.delete(set_aside).where(
                    columns.unit_code == self._unit_code,
                    columns.device_id == sa.bindparam("_device"),
                    columns.epoch == sa.bindparam("_epoch"),
                    columns.seq == sa.bindparam("_seq"),
                ),
                [dict(zip(("_device", "_epoch", "_seq"), place, strict=True)) for place in gone],
            )
        if new:
            self._connection.execute(
                sa.insert(set_aside), [self._row(key, place, reason) for place, reason in new.items()]
            )

    def _row(self, key: Key, place: Place, reason: Reason) -> dict[str, object]:
        return {
            "unit_code": self._unit_code,
            "device_id": place[0],
            "epoch": place[1],
            "seq": place[2],
            "entity": key[0],
            "entity_id": key[1],
            "code": reason.code,
            "facts": reason.facts,
            "at": self._work.at_text,
        }


def told_of(unit_code: str, entity: str, ids: Sequence[str]) -> "sa.Select[Any]":
    """Return the query for the received events of records, the newest of each laptop first."""
    columns = received_events.c
    return (
        sa.select(columns.entity_id, columns.device_id, columns.epoch, columns.seq, columns.line)
        .where(columns.unit_code == unit_code, columns.entity == entity, columns.entity_id.in_(ids))
        .order_by(columns.entity_id, columns.device_id, columns.epoch.desc(), columns.seq.desc())
    )


def seen(work: Writing, unit_code: str, entity: str, entity_id: str) -> dict[str, int]:
    """Return a version that has seen what stands of a record and every event that was set aside for it: a decision's base."""
    writer = RecordWriter(work, unit_code)
    standing = writer.versions({(entity, entity_id)}).get((entity, entity_id), {})
    columns = received_events.c
    query = sa.select(columns.line).join(
        set_aside,
        sa.and_(
            set_aside.c.unit_code == columns.unit_code,
            set_aside.c.device_id == columns.device_id,
            set_aside.c.epoch == columns.epoch,
            set_aside.c.seq == columns.seq,
        ),
    )
    where = (
        set_aside.c.unit_code == unit_code,
        set_aside.c.entity == entity,
        set_aside.c.entity_id == entity_id,
    )
    lines = work.connection.execute(query.where(*where)).scalars()
    told = (decode(line).version for line in lines)
    return merged([standing, *(version for version in told if is_tellable(version))])


def forget(work: Writing, unit_code: str, entity: str, entity_id: str) -> None:
    """Forget what was set aside for a record: a decision has seen it all."""
    columns = set_aside.c
    work.connection.execute(
        sa.delete(set_aside).where(
            columns.unit_code == unit_code, columns.entity == entity, columns.entity_id == entity_id
        )
    )
    work.touch("set_aside")


def _kept(work: Reading, unit_code: str) -> dict[Key, dict[Place, Reason]]:
    columns = set_aside.c
    query = sa.select(set_aside).where(columns.unit_code == unit_code)
    found: dict[Key, dict[Place, Reason]] = {}
    for row in work.connection.execute(query.order_by(columns.device_id, columns.epoch, columns.seq)):
        reason = Reason(row.code, row.facts)
        found.setdefault((row.entity, row.entity_id), {})[row.device_id, row.epoch, row.seq] = reason
    return found


def _parents_first(key: Key) -> tuple[int, str]:
    return _ORDER.get(key[0], -1), key[1]


def _is_clash(reasons: dict[Place, Reason]) -> bool:
    return any(reason.code == "clash" for reason in reasons.values())


def _needs(case: Case, missing: set[Key]) -> list[Key]:
    """Return what is missing for each state that the record did not reach; nothing when one of them failed otherwise."""
    lacking = [
        next((need for need in references(state) if need in missing), None)
        for state in case.states[: case.at]
    ]
    return sorted({need for need in lacking if need}) if all(lacking) else []


def _needs_of(reasons: dict[Place, Reason]) -> set[Key]:
    return {(need[0], need[1]) for reason in reasons.values() for need in reason.facts.get("needs", ())}


@cache
def _neighbours(entity: str) -> frozenset[str]:
    """Return the kinds of records that may stand in the way of one of ``entity``."""
    named = {table for _, table in REFERENCES.get(entity, ())}
    naming = {other for other, found in REFERENCES.items() if any(table == entity for _, table in found)}
    return frozenset({entity, *named, *naming})
