"""Tells which received events of a laptop are part of its log: a restore goes on from a place and leaves what was behind it.

No table says where an epoch began; the hash of its first event proves it, for it covers the hash before.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from antq_desktop.domain.events import chain_hash
from antq_desktop.storage.tables import received_events

_columns = received_events.c


@dataclass(frozen=True, slots=True)
class Span:
    """Events ``first`` … ``last`` (None: all that are and come) of one epoch."""

    epoch: int
    first: int
    last: int | None

    def holds(self, epoch: int, seq: int) -> bool:
        return epoch == self.epoch and seq >= self.first and (self.last is None or seq <= self.last)


def of(connection: sa.Connection, unit_code: str, device_id: str) -> list[Span]:
    """Return the log as it goes on now, newest epoch first."""
    own = (_columns.unit_code == unit_code, _columns.device_id == device_id)
    epoch = connection.execute(sa.select(sa.func.max(_columns.epoch)).where(*own)).scalar_one()
    return [] if epoch is None else list(_back(connection, own, epoch, None))


def until(connection: sa.Connection, unit_code: str, device_id: str, epoch: int, seq: int) -> list[Span]:
    """Return the log as it was at the event (epoch, seq), newest epoch first."""
    own = (_columns.unit_code == unit_code, _columns.device_id == device_id)
    return list(_back(connection, own, epoch, seq))


def differing(one: Sequence[Span], other: Sequence[Span]) -> list[Span]:
    """Return what is part of only one of two logs of the same laptop."""
    found = []
    for epoch in sorted({span.epoch for span in (*one, *other)}):
        mine = next((span for span in one if span.epoch == epoch), None)
        theirs = next((span for span in other if span.epoch == epoch), None)
        if mine is None or theirs is None:
            found.append(mine or theirs or Span(epoch, 1, 0))
        elif mine.last != theirs.last:
            ends = [span.last for span in (mine, theirs) if span.last is not None]
            longer = None if len(ends) == 1 else max(ends)
            found.append(Span(epoch, min(ends) + 1, longer))
    return found


def keys_within(
    connection: sa.Connection, unit_code: str, device_id: str, spans: Iterable[Span]
) -> set[tuple[str, str]]:
    """Return (entity, id) of every record that the spans tell of."""
    found: set[tuple[str, str]] = set()
    for span in spans:
        query = sa.select(_columns.entity, _columns.entity_id).where(
            _columns.unit_code == unit_code,
            _columns.device_id == device_id,
            _columns.epoch == span.epoch,
            _columns.seq >= span.first,
        )
        if span.last is not None:
            query = query.where(_columns.seq <= span.last)
        found.update((entity, key) for entity, key in connection.execute(query.distinct()))
    return found


def _back(
    connection: sa.Connection, own: tuple[sa.ColumnElement[bool], ...], epoch: int, last: int | None
) -> Iterator[Span]:
    while True:
        query = (
            sa.select(_columns.seq, _columns.line, _columns.event_hash)
            .where(*own, _columns.epoch == epoch)
            .order_by(_columns.seq)
            .limit(1)
        )
        first = connection.execute(query).first()
        if first is None:
            return
        yield Span(epoch, first.seq, last)
        parent = connection.execute(
            sa.select(_columns.epoch, _columns.event_hash)
            .where(*own, _columns.epoch < epoch, _columns.seq == first.seq - 1)
            .order_by(_columns.epoch.desc())
        )
        proven = [row.epoch for row in parent if chain_hash(row.event_hash, first.line) == first.event_hash]
        if not proven:
            return
        epoch, last = proven[0], first.seq - 1
