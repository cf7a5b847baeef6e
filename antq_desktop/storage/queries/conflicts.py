"""What waits in this commune for a person to choose between versions."""

from collections.abc import Sequence

import sqlalchemy as sa

from antq_desktop.storage.tables import outbox, received_events, set_aside
from antq_desktop.storage.unit_of_work import Reading

_columns = set_aside.c
_OPEN = ("concurrent", "clash")


def open_count(work: Reading) -> int:
    """Return how many records wait."""
    records = (
        sa.select(_columns.entity, _columns.entity_id)
        .where(_columns.unit_code == work.unit_code, _columns.code.in_(_OPEN))
        .distinct()
        .subquery()
    )
    return int(work.connection.execute(sa.select(sa.func.count()).select_from(records)).scalar_one())


def is_open(work: Reading, entity: str, entity_id: str) -> bool:
    """Whether one record waits."""
    query = sa.select(_columns.seq).where(
        _columns.unit_code == work.unit_code,
        _columns.entity == entity,
        _columns.entity_id == entity_id,
        _columns.code.in_(_OPEN),
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
