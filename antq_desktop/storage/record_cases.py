"""Works out from all living events of one record what it may become, and why each event that does not stand does not."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from antq_desktop.domain.events import Event, descends
from antq_desktop.domain.record_history import Head, causal, heads, merged
from antq_desktop.storage.event_states import Broken, state_of
from antq_desktop.storage.record_writing import Gone
from antq_desktop.storage.records import Record
from antq_desktop.storage.tombstones import Key

#: Laptop, epoch, number.
Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Told:
    """An event of one record, with the place where it stands in the chain of a laptop."""

    place: Place
    event: Event


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an event was set aside."""

    code: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Case:
    """One record. ``states``: what it may become, best first; ``at``: which of them it did, their number: none of them."""

    key: Key
    stands: dict[str, int]
    head: Head | None
    good: list[Told]
    broken: dict[Place, Reason]
    states: list[Record | Gone]
    at: int

    def reasons(self) -> dict[Place, Reason]:
        """Return why each event that does not stand was set aside."""
        held = _version(self.states[self.at]) if self.at < len(self.states) else self.stands
        head = self.head.version if self.head else {}
        unseen = [told for told in self.good if not descends(held, told.event.version)]
        clashing = [told for told in unseen if descends(head, told.event.version)]
        rivals = [told for told in unseen if not descends(head, told.event.version)]
        found = dict(self.broken)
        for n, told in enumerate(clashing):
            found[told.place] = Reason("after-set-aside" if n else "clash")
        for told in rivals:
            theirs = told.event.version
            follows = any(other is not told and descends(theirs, other.event.version) for other in rivals)
            facts = {"ours": dict(held), "theirs": dict(theirs)}
            found[told.place] = Reason("after-set-aside") if follows else Reason("concurrent", facts)
        return found


def case_of(key: Key, told: Iterable[Told], stands: dict[str, int], unit_code: str) -> Case:
    """Return the case of a record whose events are ``told`` and of which the version ``stands`` is in the tables."""
    ordered = sorted(told, key=lambda each: causal(each.event))
    good, broken, states = _sorted_out(ordered, unit_code)
    head = _chosen(heads(each.event for each in good), stands)
    living = descends(merged(each.event.version for each in good), stands)
    may: list[Record | Gone] = []
    if head is not None and not (living and head.version == stands):
        for each, state in zip(reversed(good), reversed(states), strict=True):
            version = each.event.version
            if each.event is head.event:
                may.insert(0, _under(state, head.version))
            elif descends(head.version, version) and not (living and descends(stands, version)):
                may.append(state)
    if not living:
        may.append(Gone({}))  # no event that is left made what stands
    return Case(key, stands, head, good, broken, may, len(may))


def _sorted_out(
    ordered: list[Told], unit_code: str
) -> tuple[list[Told], dict[Place, Reason], list[Record | Gone]]:
    """Return the events that may stand, the reasons of the others, and the state that each of the first gives."""
    good: list[Told] = []
    states: list[Record | Gone] = []
    broken: dict[Place, Reason] = {}
    spoilt: list[Event] = []
    for each in ordered:
        try:
            if any(descends(each.event.version, bad.version) for bad in spoilt):
                broken[each.place] = Reason("after-set-aside")
                continue
            state = state_of(each.event, unit_code)
        except Broken as error:
            broken[each.place] = Reason(error.code, error.facts)
            spoilt.append(each.event)
            continue
        good.append(each)
        states.append(state)
    return good, broken, states


def _chosen(found: list[Head], stands: dict[str, int]) -> Head | None:
    """Return the head that goes on from what stands, so that nothing a person sees changes without knowing of it."""
    return next((head for head in found if descends(head.version, stands)), found[0] if found else None)


def _under(state: Record | Gone, version: dict[str, int]) -> Record | Gone:
    changed: Record | Gone = replace(state, version=version)  # type: ignore[type-var]
    return changed


def _version(state: Record | Gone) -> dict[str, int]:
    return state.version
