"""The changes of one record that laptops sent, each with its text: what a person needs who compares two of them."""

from dataclasses import dataclass

import sqlalchemy as sa

from antq_desktop.domain.events import Event, decode
from antq_desktop.storage.tables import received_events
from antq_desktop.storage.unit_of_work import Reading


@dataclass(frozen=True, slots=True)
class SentEvent:
    """An event and the laptop whose log it stands in."""

    device_id: str
    event: Event


def record_events(work: Reading, unit_code: str, entity: str, entity_id: str) -> list[SentEvent]:
    """Return every event of the record that was received, laptop by laptop in the order of their logs."""
    columns = received_events.c
    query = (
        sa.select(columns.device_id, columns.line)
        .where(columns.unit_code == unit_code, columns.entity == entity, columns.entity_id == entity_id)
        .order_by(columns.device_id, columns.epoch, columns.seq)
    )
    return [SentEvent(device_id, decode(line)) for device_id, line in work.connection.execute(query)]
