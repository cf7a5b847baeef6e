"""What waits in a commune for a person to choose between versions."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from antq_desktop.storage.receiving import SetAsideRow
from antq_desktop.storage.tables import outbox, received_events, set_aside
from antq_desktop.storage.tombstones import Key
from antq_desktop.storage.unit_of_work import Reading

_columns = set_aside.c
#: What a person must settle: two versions of a record, or a record that cannot stand beside what is there.
OPEN = frozenset({"concurrent", "clash"})


def open_count(work: Reading, unit_code: str, codes: Collection[str] = OPEN) -> int:
    """Return how many records wait."""
    records = _open(unit_code, codes).subquery()
    return int(work.connection.execute(sa.select(sa.func.count()).select_from(records)).scalar_one())


def open_keys(work: Reading, unit_code: str, codes: Collection[str], most: int) -> list[Key]:
    """Return the first ``most`` records that wait, by kind and id."""
    query = _open(unit_code, codes).order_by(_columns.entity, _columns.entity_id).limit(most)
    return [(row.entity, row.entity_id) for row in work.connection.execute(query)]


def aside_of(work: Reading, unit_code: str, keys: Collection[Key]) -> dict[Key, list[SetAsideRow]]:
    """Return what is set aside of each of ``keys``, in the order of the logs; at most some hundred keys."""
    place = _columns.device_id, _columns.epoch, _columns.seq
    query = (
        sa.select(set_aside)
        .where(_columns.unit_code == unit_code, _columns.entity_id.in_([key for _, key in keys]))
        .order_by(*place)
    )
    found: dict[Key, list[SetAsideRow]] = {key: [] for key in keys}
    for each in work.connection.execute(query).mappings():
        row = SetAsideRow(**each)
        if (row.entity, row.entity_id) in found:
            found[row.entity, row.entity_id].append(row)
    return found


def _open(unit_code: str, codes: Collection[str]) -> sa.Select[tuple[str, str]]:
    where = _columns.unit_code == unit_code, _columns.code.in_(sorted(codes))
    return sa.select(_columns.entity, _columns.entity_id).where(*where).distinct()


def is_open(work: Reading, entity: str, entity_id: str) -> bool:
    """Whether one record waits."""
    query = sa.select(_columns.seq).where(
        _columns.unit_code == work.unit_code,
        _columns.entity == entity,
        _columns.entity_id == entity_id,
        _columns.code.in_(sorted(OPEN)),
    )
    return work.connection.execute(query.limit(1)).first() is not None


def clashing(work: Reading, entity: str) -> Sequence[bytes]:
    """Return the lines of events, of other laptops and of this one, that cannot stand beside what is there."""
    here = (_columns.unit_code == work.unit_code, _columns.entity == entity, _columns.code == "clash")
    there = received_events.c
    of_others = (
        sa.select(there.line)
        .join(
            set_aside,
            sa.and_(
                _columns.unit_code == there.unit_code,
                _columns.device_id == there.device_id,
                _columns.epoch == there.epoch,
                _columns.seq == there.seq,
            ),
        )
        .where(*here)
    )
    own = (
        sa.select(outbox.c.line)
        .join(set_aside, sa.and_(_columns.epoch == outbox.c.epoch, _columns.seq == outbox.c.seq))
        .where(*here, _columns.device_id == "")
    )
    return work.connection.execute(sa.union_all(of_others, own)).scalars().all()
