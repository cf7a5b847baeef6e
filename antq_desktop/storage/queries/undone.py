"""Received changes that a person must look at: those that a restore of the laptop left behind, and those of a withdrawn key."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from antq_desktop.domain.events import Event, decode
from antq_desktop.storage import lineage
from antq_desktop.storage.tables import devices, received_bundles, received_events
from antq_desktop.storage.unit_of_work import Reading

_columns = received_events.c
#: Verdicts on bundles whose changes are here.
_HERE = ("taken", "known")


def undone_events(work: Reading, unit_code: str, device_id: str, most: int) -> list[Event]:
    """Return the newest ``most`` that were received once and are part of the laptop's log no more, in its order."""
    return _newest(work, unit_code, device_id, sa.not_(_in_log(work, unit_code, device_id)), most)


def undone_count(work: Reading, unit_code: str, device_id: str) -> int:
    """Return how many ``undone_events`` there are."""
    return _count(work, unit_code, device_id, sa.not_(_in_log(work, unit_code, device_id)))


def doubted_events(work: Reading, unit_code: str, device_id: str, most: int) -> list[Event]:
    """Return the newest ``most`` of the laptop's log that no key vouches for any more, in its order.

    A key vouches for what came in a bundle that it signed, one that was withdrawn only for what lies before the number given.
    """
    which = _doubted(work, unit_code, device_id)
    return [] if which is None else _newest(work, unit_code, device_id, which, most)


def doubted_count(work: Reading, unit_code: str, device_id: str) -> int:
    """Return how many ``doubted_events`` there are."""
    which = _doubted(work, unit_code, device_id)
    return 0 if which is None else _count(work, unit_code, device_id, which)


def _doubted(work: Reading, unit_code: str, device_id: str) -> sa.ColumnElement[bool] | None:
    keys = _keys(work, unit_code, device_id)
    withdrawn = [key.revoked_from or 1 for key in keys if key.status == "revoked"]
    if not withdrawn:
        return None
    bundle = received_bundles.c
    believed = [
        sa.and_(
            bundle.key_id == key.key_id,
            sa.true() if key.status == "active" else _columns.seq < key.revoked_from,
        )
        for key in keys
        if key.status == "active" or key.revoked_from is not None
    ]
    vouched = sa.exists().where(
        bundle.unit_code == unit_code,
        bundle.device_id == device_id,
        bundle.epoch == _columns.epoch,
        bundle.verdict.in_(_HERE),
        _columns.seq.between(bundle.seq_from, bundle.seq_to),
        sa.or_(sa.false(), *believed),
    )
    return sa.and_(_in_log(work, unit_code, device_id), _columns.seq >= min(withdrawn), sa.not_(vouched))


def _keys(work: Reading, unit_code: str, device_id: str) -> Sequence[Any]:
    key = devices.c
    query = sa.select(key.key_id, key.status, key.revoked_from)
    return work.connection.execute(query.where(key.unit_code == unit_code, key.device_id == device_id)).all()


def _in_log(work: Reading, unit_code: str, device_id: str) -> sa.ColumnElement[bool]:
    living = [
        sa.and_(
            _columns.epoch == span.epoch,
            _columns.seq >= span.first,
            sa.true() if span.last is None else _columns.seq <= span.last,
        )
        for span in lineage.of(work.connection, unit_code, device_id)
    ]
    return sa.or_(sa.false(), *living)


def _count(work: Reading, unit_code: str, device_id: str, which: sa.ColumnElement[bool]) -> int:
    of_laptop = _columns.unit_code == unit_code, _columns.device_id == device_id
    query = sa.select(sa.func.count()).select_from(received_events).where(*of_laptop, which)
    return int(work.connection.execute(query).scalar_one())


def _newest(
    work: Reading, unit_code: str, device_id: str, which: sa.ColumnElement[bool], most: int
) -> list[Event]:
    query = (
        sa.select(_columns.line)
        .where(_columns.unit_code == unit_code, _columns.device_id == device_id, which)
        .order_by(_columns.epoch.desc(), _columns.seq.desc())
        .limit(most)
    )
    return [decode(line) for line in work.connection.execute(query).scalars()][::-1]
