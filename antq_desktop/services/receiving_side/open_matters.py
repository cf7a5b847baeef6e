"""What a person must look at in what a commune sent: changes set aside, undone, or of a key that was withdrawn since."""

from collections.abc import Iterator
from dataclasses import dataclass

from antq_desktop.domain.events import Event
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _
from antq_desktop.services.journal import name_in, name_of
from antq_desktop.services.papers.paper_records import TABLE_NAMES
from antq_desktop.services.receiving_side.set_aside_events import reason_of
from antq_desktop.storage import receiving as kept
from antq_desktop.storage.queries.laptops import LaptopRow
from antq_desktop.storage.queries.record_events import record_events
from antq_desktop.storage.queries.undone import doubted_count, doubted_events, undone_count, undone_events
from antq_desktop.storage.receiving import SetAsideRow
from antq_desktop.storage.unit_of_work import Reading

#: So many changes of one laptop are told that were set aside (the first), undone, or doubted (the newest); the rest is counted.
MOST = 200
UNDONE, DOUBTED = "undone", "doubted"
#: What is told of and asks nothing of anybody here.
TOLD = frozenset({UNDONE})

_TURNS = {
    "concurrent": N_(
        "The commune decides on its laptop, page «Conflicts»; the decision comes with its next bundle."
    ),
    "clash": N_(
        "The commune decides on its laptop, page «Conflicts», or corrects the record; it comes with its next bundle."
    ),
    "still-needed": N_("The commune decides: it enters the record anew, or what belongs to it elsewhere."),
    "wrong-shape": N_("Ask the commune to open the record, save it anew and send again."),
    "foreign-record": N_("Ask the commune to enter the record as its own; this one is never taken."),
    "unknown-entity": N_("It is this unit's turn: update the program here."),
    "after-set-aside": N_("It is settled together with the earlier change."),
    UNDONE: N_("Ask the commune to enter anew what is still true; nothing is to be done here."),
    DOUBTED: N_(
        "Look at the record with the commune; what is wrong it corrects on a laptop that is believed."
    ),
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
    """Yield what was set aside of these laptops, then what is told of without a decision, laptop by laptop."""
    for laptop in laptops:
        yield from set_aside(work, laptop, MOST)
        yield from told(work, laptop)


def set_aside(work: Reading, laptop: LaptopRow, most: int) -> Iterator[OpenMatter]:
    """Yield the first ``most`` that were set aside of a laptop."""
    own = Reading(work.connection, laptop.unit_code)
    for row in kept.aside(work, laptop.unit_code, most, laptop.device_id) if laptop.set_aside else []:
        yield _matter(
            laptop, row, row.code, _called(own, row.entity, row.entity_id), reason_of(row.code, row.facts)
        )


def told_counts(work: Reading, laptop: LaptopRow) -> tuple[int, int]:
    """Return how many changes of a laptop were undone, and how many are doubted."""
    place = laptop.unit_code, laptop.device_id
    return undone_count(work, *place) if laptop.epoch > 1 else 0, doubted_count(work, *place)


def more(work: Reading, laptops: list[LaptopRow]) -> int:
    """Return how many changes there are beyond those that ``open_matters`` tells."""
    counts = (count for each in laptops for count in (each.set_aside, *told_counts(work, each)))
    return sum(max(0, count - MOST) for count in counts)


def told(work: Reading, laptop: LaptopRow) -> Iterator[OpenMatter]:
    """Yield the newest changes that a restore of the laptop undid, then those that no key of it vouches for any more."""
    own = Reading(work.connection, laptop.unit_code)
    place = laptop.unit_code, laptop.device_id
    for event in undone_events(work, *place, MOST) if laptop.epoch > 1 else []:
        reason = _("A restore of the laptop undid this change.")
        yield _matter(laptop, event, UNDONE, _called(own, event.entity, event.id), reason)
    for event in doubted_events(work, *place, MOST):
        reason = _("It came under a key that was withdrawn since; it had been taken in before that.")
        yield _matter(laptop, event, DOUBTED, _called(own, event.entity, event.id), reason)


def _matter(laptop: LaptopRow, change: SetAsideRow | Event, code: str, name: str, reason: str) -> OpenMatter:
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


def _called(own: Reading, entity: str, entity_id: str) -> str:
    """Return what a record is called, by the last of its changes that names it where it does not stand."""
    name = name_of(own, entity, entity_id)
    if name:
        return name
    events = record_events(own, own.unit_code, entity, entity_id)
    return next(
        (called for sent in reversed(events) if (called := name_in(own, entity, sent.event.body))), ""
    )
