"""What the status line shows: what waits for its acknowledgement, and since when."""

from dataclasses import dataclass

import sqlalchemy as sa

from antq_desktop.storage.outbox import head
from antq_desktop.storage.tables import outbox
from antq_desktop.storage.unit_of_work import Reading


@dataclass(frozen=True, slots=True)
class Waiting:
    """Events behind the last acknowledged one; ``oldest_at`` is an ISO time in UTC or None."""

    count: int
    oldest_at: str | None


def waiting(work: Reading) -> Waiting:
    """Return what no acknowledgement covers yet; costs the same for ten events and for a million."""
    # Numbers run on without gaps, also over epochs, so a difference is a count.
    acknowledged = work.local("acknowledged", {"epoch": 0, "seq": 0})["seq"]
    end = head(work.connection, work.local("epoch", 1))
    oldest = (
        sa.select(outbox.c.at)
        .where(outbox.c.seq > acknowledged)
        .order_by(outbox.c.epoch, outbox.c.seq)
        .limit(1)
    )
    return Waiting(max(0, end.seq - acknowledged), work.connection.execute(oldest).scalar_one_or_none())
