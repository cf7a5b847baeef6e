"""Received changes by their place in the log: those that a restore of the laptop left behind, and those behind a number."""

import sqlalchemy as sa

from antq_desktop.domain.events import Event, decode
from antq_desktop.storage import lineage
from antq_desktop.storage.tables import received_events
from antq_desktop.storage.unit_of_work import Reading

_columns = received_events.c


def undone_events(work: Reading, unit_code: str, device_id: str, most: int) -> list[Event]:
    """Return the newest ``most`` that were received once and are part of the laptop's log no more, in its order."""
    return _newest(work, unit_code, device_id, sa.not_(_in_log(work, unit_code, device_id)), most)


def events_since(work: Reading, unit_code: str, device_id: str, seq: int, most: int) -> list[Event]:
    """Return the newest ``most`` of the laptop's log from number ``seq`` on, in its order."""
    place = sa.and_(_in_log(work, unit_code, device_id), _columns.seq >= seq)
    return _newest(work, unit_code, device_id, place, most)


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
