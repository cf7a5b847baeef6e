"""Settles records that the plain way cannot take, from all living events of them, whoever wrote these.

What stands follows from the set of events, not from the order in which they came. An event that does not stand is set
aside with its reason: it broke a rule, it clashes with what is there, or it did not know of what stands.
"""

from collections.abc import Iterable, Iterator, Sequence

import sqlalchemy as sa

from antq_desktop.domain.events import decode
from antq_desktop.domain.record_history import merged
from antq_desktop.storage import lineage
from antq_desktop.storage.lineage import Span
from antq_desktop.storage.record_cases import Case, Place, Reason, Told, case_of
from antq_desktop.storage.record_writing import RecordWriter
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
        own = self._own(ordered)
        cases = [
            case_of(key, [*self._received(key), *own.get(key, ())], standing.get(key, {}), self._unit_code)
            for key in ordered
        ]
        open_cases = [case for case in cases if case.at]
        if self._writer.write({case.key: case.states[0] for case in open_cases}):
            for case in open_cases:
                case.at = 0
        else:
            self._each(open_cases)
        for case in cases:
            self._note(case.key, case.reasons())

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
        """Settle what clashed with something, as long as that helps: what was missing may have come since."""
        while clashing := [key for key, reasons in self.now.items() if _is_clash(reasons)]:
            before = self._count(clashing)
            self.settle(clashing)
            if self._count(clashing) >= before:
                return

    def _count(self, keys: list[Key]) -> int:
        return sum(len(self.now.get(key, ())) for key in keys)

    def _each(self, cases: list[Case]) -> None:
        """Bring each record as far as it goes, as long as one more of them moves."""
        moved = True
        while moved:
            moved = False
            for case in [case for case in cases if case.at]:
                for n, state in enumerate(case.states[: case.at]):
                    if self._writer.write({case.key: state}):
                        case.at, moved = n, True
                        break

    def _received(self, key: Key) -> list[Told]:
        columns = received_events.c
        found: list[Told] = []
        for device_id in self._devices():
            query = (
                sa.select(columns.epoch, columns.seq, columns.line)
                .where(
                    columns.unit_code == self._unit_code,
                    columns.entity == key[0],
                    columns.entity_id == key[1],
                    columns.device_id == device_id,
                )
                .order_by(columns.epoch.desc(), columns.seq.desc())
                .limit(_NEWEST)
            )
            log = self._log(device_id)
            found += [
                Told((device_id, row.epoch, row.seq), decode(row.line))
                for row in self._connection.execute(query)
                if any(span.holds(row.epoch, row.seq) for span in log)
            ]
        return found

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
            for row in self._connection.execute(
                query.where(outbox.c.entity_id.in_(ids[start : start + _CHUNK]))
            ):
                told = Told(("", row.epoch, row.seq), decode(row.line))
                found.setdefault((row.entity, row.entity_id), []).append(told)
        return found

    def _devices(self) -> Iterator[str]:
        columns = received_events.c
        last = ""
        while True:
            query = sa.select(sa.func.min(columns.device_id)).where(
                columns.unit_code == self._unit_code, columns.device_id > last
            )
            found: str | None = self._connection.execute(query).scalar_one()
            if found is None:
                return
            yield (last := found)

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
    return merged([standing, *(decode(line).version for line in lines)])


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
