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
    # Not sorted by the database: it would go through all events of the unit in their order instead of using the record's index.
    query = sa.select(columns.device_id, columns.line).where(
        columns.unit_code == unit_code, columns.entity == entity, columns.entity_id == entity_id
    )
    found = [SentEvent(device_id, decode(line)) for device_id, line in work.connection.execute(query)]
    return sorted(found, key=_place)


def own_events(work: Reading, entity: str, entity_id: str) -> list[SentEvent]:
    """Return every event of the record that this laptop wrote itself, in the order of its log."""
    columns = outbox.c
    query = sa.select(columns.line).where(columns.entity_id == entity_id, columns.entity == entity)
    device_id = work.local("device_id", "")
    found = [
        SentEvent(device_id, decode(line), is_own=True) for line in work.connection.execute(query).scalars()
    ]
    return sorted(found, key=_place)


def _place(sent: SentEvent) -> tuple[str, int, int]:
    return sent.device_id, sent.event.epoch, sent.event.seq
