"""Settles records that the plain way cannot take, from all living events of them, whoever wrote these.

What stands follows from the set of events, not from the order in which they came; ``standing`` has the rule where records
need each other or cannot stand together. An event that does not stand is set aside with its reason: it broke a rule, it
clashes with what is there, or it did not know of what stands.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from sys import intern
from typing import Any

import sqlalchemy as sa

from antq_desktop.domain.events import decode
from antq_desktop.domain.record_history import merged
from antq_desktop.storage import bulk, lineage, neighbours, own_aside, tombstones, waiting_records
from antq_desktop.storage.event_states import is_tellable
from antq_desktop.storage.lineage import Span
from antq_desktop.storage.neighbours import CROWDED, Tables, kinds_around
from antq_desktop.storage.record_cases import Case, Place, Reason, Told, case_of
from antq_desktop.storage.record_writing import Gone, RecordWriter
from antq_desktop.storage.records import KINDS, Record
from antq_desktop.storage.standing import Group, parents_first
from antq_desktop.storage.tables import outbox, received_events, set_aside
from antq_desktop.storage.tombstones import Key
from antq_desktop.storage.unit_of_work import Writing
from antq_desktop.storage.waiting_records import CLASHES, is_any

#: How many of its newest events a laptop may bring to the question; older ones are known to these.
_NEWEST = 400
#: The same of events that a restore undid: what others hang on comes back as it was last.
_UNDONE = 8
_CHUNK = 500
#: So many events that clash are looked at again at a time.
_AT_ONCE = 2_000


class Settling:
    """Settles records of one unit inside one transaction and keeps its rows of ``set_aside``, in the table alone.

    ``fresh`` are the places of events that are set aside now and were not before, ``healed`` those of which the opposite holds.
    """

    def __init__(self, work: Writing, unit_code: str, writer: RecordWriter) -> None:
        self._work = work
        self._connection = work.connection
        self._unit_code = unit_code
        self._writer = writer
        self._logs: dict[str, Sequence[Span]] = {}
        self._any = is_any(work, unit_code)
        self.fresh: set[Place] = set()
        self.healed: set[Place] = set()

    def goes_on_from(self, device_id: str, log: Sequence[Span]) -> None:
        """Say what the log of a laptop consists of from now on."""
        self._logs[device_id] = log

    def settle(self, keys: Iterable[Key]) -> None:
        """Bring records to what their living events say, and others with them whose place depends on that.

        It notes which events do not stand.
        """
        cases: dict[Key, Case] = {}
        around = Tables(self._connection, self._unit_code)
        wanted = set(keys)
        while wanted:
            new = self._cases(sorted(wanted, key=parents_first))
            around.look_at(new, [case.versions[0] for case in new.values() if case.versions])
            cases.update(new)
            group = Group(cases, around)
            wanted = group.wanted
        if cases:
            self._bring(cases, group, around)

    def aside(self, keys: Collection[Key]) -> dict[Key, dict[Place, Reason]]:
        """Return which events of these records are set aside, and why."""
        found: dict[Key, dict[Place, Reason]] = {}
        if not self._any:
            return found
        by_entity: dict[str, list[str]] = {}
        for entity, key in sorted(keys):
            by_entity.setdefault(entity, []).append(key)
        for entity, ids in by_entity.items():
            for start in range(0, len(ids), _CHUNK):
                for query in _aside_of(
                    self._connection, self._unit_code, entity, ids[start : start + _CHUNK]
                ):
                    for row in self._connection.execute(query):
                        place = (row.device_id, row.epoch, row.seq)
                        found.setdefault((entity, row.entity_id), {})[place] = Reason(row.code, row.facts)
        return found

    def all_keys(self) -> list[Key]:
        """Return every record of the unit that an event tells of or that stands in a table, parents first."""
        columns = received_events.c
        told = sa.select(columns.entity, columns.entity_id).where(columns.unit_code == self._unit_code)
        found = {(entity, key) for entity, key in self._connection.execute(told.distinct())}
        for kind in KINDS:
            ids = sa.select(kind.table.c.id).where(kind.table.c.unit_code == self._unit_code)
            found.update((kind.entity, key) for key in self._connection.execute(ids).scalars())
        return sorted(found, key=parents_first)

    def try_again(self) -> None:
        """Settle what clashed with something and may be helped by what came since, as long as more comes of it."""
        self._try_again(everything=self._unit_code == self._work.unit_code)

    def settle_around(self, saved: AbstractSet[Key]) -> set[str]:
        """Settle what clashed with records that a person ``saved``, or waited for them; return the kinds that were written."""
        waiting = waiting_records.waiting_for(self._connection, self._unit_code, saved)
        self.settle(waiting)
        return self._try_again(everything=False) if waiting else set()

    def _try_again(self, *, everything: bool) -> set[str]:
        moved, goes_on = self._writer.drain(), True
        written = set(moved)
        while goes_on:
            goes_on = False
            for clashing in self._clashing():
                if helped := self._helped(clashing, moved, everything=everything):
                    self.settle(helped)
                    goes_on = True
            moved, everything = self._writer.drain(), False
            written |= moved
            goes_on = goes_on and bool(moved)
        return written

    def _clashing(self) -> Iterator[dict[Key, dict[Place, Reason]]]:
        """Yield what may be settled by what happens to others, some of it at a time, each record whole."""
        columns = set_aside.c
        place = sa.tuple_(columns.device_id, columns.epoch, columns.seq)
        query = (
            sa.select(*place.clauses, columns.entity, columns.entity_id)
            .where(columns.unit_code == self._unit_code, columns.code.in_(sorted(CLASHES)))
            .order_by(*place.clauses)
            .limit(_AT_ONCE)
        )
        rows = self._connection.execute(query).all() if self._any else []
        while rows:
            last = rows[-1]
            yield self.aside({(row.entity, row.entity_id) for row in rows})
            behind = place > sa.tuple_(last.device_id, last.epoch, last.seq)
            rows = self._connection.execute(query.where(behind)).all() if len(rows) == _AT_ONCE else []

    def _helped(
        self, clashing: dict[Key, dict[Place, Reason]], moved: set[str], *, everything: bool
    ) -> list[Key]:
        """Return what clashes and may be helped where records of the kinds ``moved`` were written."""
        needs = {key: _needs_of(found) for key, found in clashing.items() if _is_clash(found)}
        # What came and was deleted at once comes back where it is needed.
        here = self._writer.versions({need for each in needs.values() for need in each}).keys()
        return [
            key
            for key, each in needs.items()
            if (each & here if each else everything or moved & kinds_around(key[0]))
        ]

    def _cases(self, keys: Sequence[Key]) -> dict[Key, Case]:
        living, undone = self._told(keys)
        return {key: case_of(key, living.get(key, ()), undone.get(key, ()), self._unit_code) for key in keys}

    def _bring(self, cases: dict[Key, Case], group: Group, around: Tables) -> None:
        """Write what stands and what does not, as far as it is not so already, and note why."""
        before = self._writer.versions(set(cases))
        states = {key: group.placed.get(key) or case.gone for key, case in cases.items()}
        never = [key for key, state in states.items() if not state.version and not around.stands(key)]
        tombstones.forget(self._connection, self._unit_code, [key for key in never if before.get(key)])
        failed = self._write(
            [
                (key, state)
                for key, state in states.items()
                if before.get(key, {}) != state.version or isinstance(state, Gone) == around.stands(key)
                if key not in never
            ]
        )
        noted = self.aside(cases)
        for key in sorted(cases, key=parents_first):
            held = before.get(key, {}) if key in failed else states[key].version
            reasons = cases[key].reasons(held, self._why(cases[key], group))
            self._note(key, noted.get(key, {}), reasons)

    def _why(self, case: Case, group: Group) -> dict[str, Any]:
        if case.key in group.placed and not case.is_kept:
            child = next(neighbours.children(self._connection, self._unit_code, case.key), None)
            return {"child": list(child)} if child else {}
        return group.why(case.key)

    def _write(self, states: list[tuple[Key, Record | Gone]]) -> set[Key]:
        """Write what records are to be; where the tables refuse, half by half. Returns what they refused."""
        if self._writer.write(dict(states)) or self._writer.write(dict(states), anew=CROWDED):
            return set()
        if len(states) == 1:
            return {states[0][0]}
        half = len(states) // 2
        return self._write(states[:half]) | self._write(states[half:])

    def _told(self, keys: Sequence[Key]) -> tuple[dict[Key, list[Told]], dict[Key, list[Told]]]:
        """Return the newest living events of each record, of each laptop apart, and the newest that a restore undid."""
        living, undone = self._own(keys), dict[Key, list[Told]]()
        by_entity: dict[str, list[str]] = {}
        for entity, key in keys:
            by_entity.setdefault(entity, []).append(key)
        counts: Counter[tuple[Key, str, bool]] = Counter()
        for entity, ids in by_entity.items():
            for start in range(0, len(ids), _CHUNK):
                for row in self._connection.execute(
                    told_of(self._unit_code, entity, ids[start : start + _CHUNK])
                ):
                    record = (entity, row.entity_id)
                    place = (row.device_id, row.epoch, row.seq)
                    lives = self._is_living(*place)
                    counted = record, row.device_id, lives
                    # What a restore undid does not count, so that it pushes nothing out.
                    if counts[counted] < (_NEWEST if lives else _UNDONE):
                        counts[counted] += 1
                        (living if lives else undone).setdefault(record, []).append(
                            Told(place, decode(row.line))
                        )
        return living, undone

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

    def _note(self, key: Key, now: dict[Place, Reason], reasons: dict[Place, Reason]) -> None:
        """Bring the rows of ``set_aside`` of one record from ``now`` to ``reasons``."""
        self._any = self._any or bool(reasons)
        for place in reasons.keys() - now.keys():
            if place in self.healed:
                self.healed.remove(place)
            else:
                self.fresh.add((intern(place[0]), *place[1:]))
        for place in now.keys() - reasons.keys():
            if place in self.fresh:
                self.fresh.remove(place)
            else:
                self.healed.add(place)
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
    own = own_aside.versions(work.connection, unit_code, entity, [entity_id])
    return merged([standing, *own.values(), *(version for version in told if is_tellable(version))])


def forget(work: Writing, unit_code: str, entity: str, entity_id: str) -> None:
    """Forget what was set aside for a record: a decision has seen it all."""
    columns = set_aside.c
    work.connection.execute(
        sa.delete(set_aside).where(
            columns.unit_code == unit_code, columns.entity == entity, columns.entity_id == entity_id
        )
    )
    work.touch("set_aside")


def settle_own_anew(work: Writing) -> None:
    """Settle again what this laptop wrote and what does not stand; call it when its events got other places in the log."""
    columns = set_aside.c
    own = columns.unit_code == work.unit_code, columns.device_id == ""
    keys = [
        (entity, key)
        for entity, key in work.connection.execute(
            sa.select(columns.entity, columns.entity_id).where(*own).distinct()
        )
    ]
    if keys:
        work.connection.execute(sa.delete(set_aside).where(*own))
        Settling(work, work.unit_code, RecordWriter(work, work.unit_code)).settle(keys)
        work.touch("set_aside", *{entity for entity, _ in keys})


def settle_saved(work: Writing, saved: AbstractSet[Key]) -> None:
    """Settle what waited for records that a person has ``saved`` here; where nothing is set aside it costs one look."""
    if is_any(work, work.unit_code):
        settling = Settling(work, work.unit_code, RecordWriter(work, work.unit_code))
        written = settling.settle_around(saved)
        if settling.healed or settling.fresh or written:
            work.touch("set_aside", *written)


def _aside_of(
    connection: sa.Connection, unit_code: str, entity: str, ids: Sequence[str]
) -> Iterator["sa.Select[Any]"]:
    """Yield the queries for what is set aside of records, of other laptops and of this one, each by its index."""
    told, kept = received_events.c, set_aside.c
    place = sa.and_(
        kept.unit_code == unit_code,
        # Not told the database as equal columns: it would begin with everything that the unit has set aside.
        kept.device_id == sa.func.coalesce(told.device_id, ""),
        kept.epoch == told.epoch,
        kept.seq == told.seq,
    )
    what = sa.select(kept.entity_id, kept.device_id, kept.epoch, kept.seq, kept.code, kept.facts)
    of_others = what.select_from(sa.join(received_events, set_aside, place))
    yield of_others.where(
        told.unit_code == unit_code, told.entity == entity, bulk.among(connection, told.entity_id, ids)
    )
    yield what.where(
        kept.unit_code == unit_code,
        kept.device_id == "",
        kept.entity == entity,
        bulk.among(connection, kept.entity_id, ids),
    )


def _is_clash(reasons: dict[Place, Reason]) -> bool:
    return any(reason.code in CLASHES for reason in reasons.values())


def _needs_of(reasons: dict[Place, Reason]) -> set[Key]:
    return {(need[0], need[1]) for reason in reasons.values() for need in reason.facts.get("needs", ())}
