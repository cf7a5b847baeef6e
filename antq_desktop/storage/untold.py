"""Finds records that stand otherwise than the own log says, and tells them anew, so that the log says again what stands."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

import sqlalchemy as sa

from antq_desktop.domain.events import next_version
from antq_desktop.domain.record_history import merged
from antq_desktop.storage import outbox as log
from antq_desktop.storage.outbox import Change
from antq_desktop.storage.records import BY_ENTITY, KINDS, Kind, to_body, to_record, version_text
from antq_desktop.storage.tables import outbox, received_events
from antq_desktop.storage.tombstones import Key
from antq_desktop.storage.unit_of_work import Writing

_REASON = {"reason": "no longer in the tables"}


@dataclass(slots=True)
class _Told:
    version: dict[str, int]
    op: str


def tell(work: Writing, writer: str, epoch: int) -> int:
    """Tell every record of this laptop's unit that differs from the log; return how many did.

    Records of which another laptop told too are left alone: there the log of one laptop does not say what is to stand.
    """
    columns = received_events.c
    by_others = sa.select(columns.entity, columns.entity_id).where(columns.unit_code == work.unit_code)
    others = {(entity, key) for entity, key in work.connection.execute(by_others.distinct())}
    told = {key: said for key, said in _told(work).items() if key not in others}
    changes = [
        change
        for kind in KINDS
        for change in _differing(work, kind, told, writer)
        if (change.entity, change.id) not in others
    ]
    for change in changes:
        if change.op == "put":
            table = BY_ENTITY[change.entity].table
            where = (table.c.unit_code == work.unit_code, table.c.id == change.id)
            version = version_text(change.version)
            work.connection.execute(sa.update(table).where(*where).values(version=version))
    log.append(work.connection, epoch, work.at_text, work.user, changes)
    work.touch(*{change.entity for change in changes})
    return len(changes)


def _told(work: Writing) -> dict[Key, _Told]:
    columns = outbox.c
    query = sa.select(columns.entity, columns.entity_id, columns.version, columns.op)
    found: dict[Key, _Told] = {}
    for entity, key, version, op in work.connection.execute(query.order_by(columns.epoch, columns.seq)):
        before = found.get((entity, key))
        now = json.loads(version)
        found[entity, key] = _Told(merged([before.version, now]) if before else now, op)
    return found


def _differing(work: Writing, kind: Kind, told: dict[Key, _Told], writer: str) -> Iterator[Change]:
    here: set[str] = set()
    query = sa.select(kind.table).where(kind.table.c.unit_code == work.unit_code).order_by(kind.table.c.id)
    for row in work.connection.execute(query).mappings().all():
        here.add(row["id"])
        said = told.get((kind.entity, row["id"]), _Told({}, "delete"))
        stands = json.loads(row["version"])
        if said.op == "put" and said.version == stands:
            continue
        known = merged([said.version, stands])
        record = replace(to_record(kind, dict(row)), version=next_version(known, writer))
        yield Change(kind.entity, record.id, record.version, known, "put", to_body(record))
    for (entity, key), said in sorted(told.items()):
        if entity == kind.entity and said.op == "put" and key not in here:
            version = next_version(said.version, writer)
            yield Change(entity, key, version, said.version, "delete", _REASON)
