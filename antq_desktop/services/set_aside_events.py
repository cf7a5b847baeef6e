"""Tells people of events that were set aside, and why."""

from dataclasses import dataclass

from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _
from antq_desktop.storage.receiving import SetAsideRow

#: Why an event was set aside, for people.
SET_ASIDE = {
    "unknown-entity": N_("This program does not know this kind of record."),
    "wrong-shape": N_("The record does not have the fields it must have ({field})."),
    "foreign-record": N_("The record belongs to another unit."),
    "clash": N_("The record stands twice, or it belongs to something that is not there."),
    "concurrent": N_("Two laptops changed this record without knowing of each other; a person must decide."),
    "after-set-aside": N_("An earlier change of the same record was set aside."),
}


@dataclass(frozen=True, slots=True)
class SetAsideEvent:
    """An event that was not applied; ``reason`` is a sentence to show."""

    unit_code: str
    unit_name: str
    device_id: str
    epoch: int
    seq: int
    entity: str
    entity_id: str
    code: str
    reason: str
    at: str


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


def reason_of(code: str, facts: dict[str, object]) -> str:
    """Return the sentence that says why an event was set aside."""
    return _(SET_ASIDE[code], **facts)
