"""The changes of a laptop that a restore of its own left behind: received once, part of its log no more."""

import sqlalchemy as sa

from antq_desktop.domain.events import Event, decode
from antq_desktop.storage import lineage
from antq_desktop.storage.tables import received_events
from antq_desktop.storage.unit_of_work import Reading


def undone_events(work: Reading, unit_code: str, device_id: str, most: int) -> list[Event]:
    """Return the newest ``most`` of them in the order of the log."""
    columns = received_events.c
    living = [
        sa.and_(
            columns.epoch == span.epoch,
            columns.seq >= span.first,
            sa.true() if span.last is None else columns.seq <= span.last,
        )
        for span in lineage.of(work.connection, unit_code, device_id)
    ]
    query = (
        sa.select(columns.line)
        .where(
            columns.unit_code == unit_code,
            columns.device_id == device_id,
            sa.not_(sa.or_(sa.false(), *living)),
        )
        .order_by(columns.epoch.desc(), columns.seq.desc())
        .limit(most)
    )
    return [decode(line) for line in work.connection.execute(query).scalars()][::-1]
