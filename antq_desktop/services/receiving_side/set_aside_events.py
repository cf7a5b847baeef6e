"""Tells people of events that were set aside, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _
from antq_desktop.services.papers.paper_records import TABLE_NAMES
from antq_desktop.storage.receiving import SetAsideRow

#: Why an event was set aside, for people.
SET_ASIDE = {
    "unknown-entity": N_("This program does not know this kind of record."),
    "wrong-shape": N_("The record does not have the fields it must have ({field})."),
    "foreign-record": N_("The record belongs to another unit."),
    "clash": N_("The record stands twice, or it belongs to something that is not there."),
    "still-needed": N_(
        "A restore took this record back, but other records belong to it ({what}); it stays as long as they do."
    ),
    "concurrent": N_("Two laptops changed this record without knowing of each other; a person must decide."),
    "after-set-aside": N_("An earlier change of the same record was set aside."),
}
#: The same of what clashes, by what is in its way.
_CLASHES = {
    "child": N_(
        "It was deleted, but other records still belong to it ({what}); it stays until a person decides."
    ),
    "rival": N_(
        "Another record has the same number or the same place ({what}); this one waits for a person."
    ),
    "needs": N_("It belongs to a record that is not here ({what})."),
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


def reason_of(code: str, facts: Mapping[str, Any]) -> str:
    """Return the sentence that says why an event was set aside."""
    sentence = SET_ASIDE[code]
    if code == "clash":
        sentence = next((text for way, text in _CLASHES.items() if way in facts), sentence)
    return _(sentence, **{**facts, "what": _others(facts)})


def _others(facts: Mapping[str, Any]) -> str:
    """Return in words what kinds of records the facts of a clash speak of."""
    named = [facts[way] for way in ("child", "rival") if way in facts] or facts.get("needs", [])
    kinds = dict.fromkeys(TABLE_NAMES.get(entity, entity) for entity, _key in named)
    return ", ".join(_(kind) for kind in kinds)
