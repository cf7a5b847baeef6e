"""What a person must look at in what a commune sent: changes that were set aside or undone, which record, and whose turn it is."""

from collections.abc import Iterator
from dataclasses import dataclass

from antq_desktop.domain.events import Event
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _
from antq_desktop.services.journal import name_in, name_of
from antq_desktop.services.paper_records import TABLE_NAMES
from antq_desktop.services.set_aside_events import reason_of
from antq_desktop.storage import receiving as kept
from antq_desktop.storage.queries.laptops import LaptopRow
from antq_desktop.storage.queries.record_events import record_events
from antq_desktop.storage.queries.undone import undone_events
from antq_desktop.storage.receiving import SetAsideRow
from antq_desktop.storage.unit_of_work import Reading

#: So many undone changes of one laptop are told, the newest.
MOST = 200
UNDONE = "undone"

_TURNS = {
    "concurrent": N_(
        "The commune decides on its laptop, page «Conflicts»; the decision comes with its next bundle."
    ),
    "clash": N_("Ask the commune to correct the record; what it corrects comes with its next bundle."),
    "wrong-shape": N_("Ask the commune to open the record, save it anew and send again."),
    "foreign-record": N_("Ask the commune to enter the record as its own; this one is never taken."),
    "unknown-entity": N_("It is this unit's turn: update the program here."),
    "after-set-aside": N_("It is settled together with the earlier change."),
    UNDONE: N_("Ask the commune to enter anew what is still true; nothing is to be done here."),
}


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """One change. ``kind`` and ``name`` say which record in words, ``turn`` what is to be done next and by whom."""

    unit_code: str
    unit_name: str
    device_id: str
    epoch: int
    seq: int
    entity: str
    entity_id: str
    kind: str
    name: str
    code: str
    reason: str
    turn: str


def open_matters(work: Reading, laptops: list[LaptopRow]) -> Iterator[OpenMatter]:
    """Yield what was set aside of these laptops, then what restores of them left behind, laptop by laptop."""
    for laptop in laptops:
        own = Reading(work.connection, laptop.unit_code)
        for row in kept.aside(work, laptop.unit_code) if laptop.set_aside else []:
            if row.device_id == laptop.device_id:
                yield _matter(laptop, row, _called(own, row), reason_of(row.code, row.facts))
        if laptop.epoch > 1:
            for event in undone_events(work, laptop.unit_code, laptop.device_id, MOST):
                name = name_of(own, event.entity, event.id) or name_in(own, event.entity, event.body)
                yield _matter(laptop, event, name, _("A restore of the laptop undid this change."))


def _matter(laptop: LaptopRow, change: SetAsideRow | Event, name: str, reason: str) -> OpenMatter:
    code = UNDONE if isinstance(change, Event) else change.code
    return OpenMatter(
        unit_code=laptop.unit_code,
        unit_name=laptop.unit_name,
        device_id=laptop.device_id,
        epoch=change.epoch,
        seq=change.seq,
        entity=change.entity,
        entity_id=change.id if isinstance(change, Event) else change.entity_id,
        kind=_(TABLE_NAMES.get(change.entity, change.entity)),
        name=name,
        code=code,
        reason=reason,
        turn=_(_TURNS[code]),
    )


def _called(own: Reading, row: SetAsideRow) -> str:
    """Return what the record is called, by the change itself where it does not stand."""
    name = name_of(own, row.entity, row.entity_id)
    if name:
        return name
    events = record_events(own, row.unit_code, row.entity, row.entity_id)
    return next(
        (called for sent in reversed(events) if (called := name_in(own, row.entity, sent.event.body))), ""
    )
