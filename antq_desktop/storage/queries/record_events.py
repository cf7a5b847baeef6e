"""The changes of one record that laptops sent, each with its text: what a person needs who compares two of them."""

from dataclasses import dataclass

import sqlalchemy as sa

from antq_desktop.domain.events import Event, decode
from antq_desktop.storage.tables import outbox, received_events
from antq_desktop.storage.unit_of_work import Reading


@dataclass(frozen=True, slots=True)
class SentEvent:
    """An event and the laptop whose log it stands in."""

    device_id: str
    event: Event
    is_own: bool = False

    @property
    def log(self) -> str:
        """The name of its log where events are set aside: nothing for the own one."""
        return "" if self.is_own else self.device_id


def record_events(work: Reading, unit_code: str, entity: str, entity_id: str) -> list[SentEvent]:
    """Return every event of the record that was received, laptop by laptop in the order of their logs."""
    columns = received_events.c
    query = (
        sa.select(columns.device_id, columns.line)
        .where(columns.unit_code == unit_code, columns.entity == entity, columns.entity_id == entity_id)
        .order_by(columns.device_id, columns.epoch, columns.seq)
    )
    return [SentEvent(device_id, decode(line)) for device_id, line in work.connection.execute(query)]


def own_events(work: Reading, entity: str, entity_id: str) -> list[SentEvent]:
    """Return every event of the record that this laptop wrote itself, in the order of its log."""
    columns = outbox.c
    query = (
        sa.select(columns.line)
        .where(columns.entity_id == entity_id, columns.entity == entity)
        .order_by(columns.epoch, columns.seq)
    )
    device_id = work.local("device_id", "")
    return [
        SentEvent(device_id, decode(line), is_own=True) for line in work.connection.execute(query).scalars()
    ]
