"""Tells people of events that were set aside and still are."""

from antq_desktop.services.taking_in import SetAsideEvent, reason_of
from antq_desktop.storage.receiving import SetAsideRow


def told(row: SetAsideRow, unit_name: str) -> SetAsideEvent:
    """Return what is on record of one event, with the sentence that says why."""
    return SetAsideEvent(
        row.unit_code,
        unit_name,
        row.device_id,
        row.epoch,
        row.seq,
        row.entity,
        row.entity_id,
        row.code,
        reason_of(row.code, row.facts),
        row.at,
    )
