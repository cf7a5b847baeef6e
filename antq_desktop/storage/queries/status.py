"""What the status line shows: what waits for its acknowledgement, and since when."""

from dataclasses import dataclass

import sqlalchemy as sa

from antq_desktop.storage.tables import outbox
from antq_desktop.storage.unit_of_work import Reading


@dataclass(frozen=True, slots=True)
class Waiting:
    """Events behind the last acknowledged one; ``oldest_at`` is an ISO time in UTC or None."""

    count: int
    oldest_at: str | None


def waiting(work: Reading) -> Waiting:
    """Return what no acknowledgement covers yet."""
    acknowledged = work.local("acknowledged", {"epoch": 0, "seq": 0})
    later = sa.or_(
        outbox.c.epoch > acknowledged["epoch"],
        sa.and_(outbox.c.epoch == acknowledged["epoch"], outbox.c.seq > acknowledged["seq"]),
    )
    row = work.connection.execute(sa.select(sa.func.count(), sa.func.min(outbox.c.at)).where(later)).one()
    return Waiting(row[0], row[1])
