"""Works out from all living events of one record what it may become, and why each event that does not stand does not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from antq_desktop.domain.events import Event, descends
from antq_desktop.domain.record_history import Head, causal, heads, merged
from antq_desktop.storage.event_states import Broken, is_tellable, state_of
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

    def reasons(self, needs: Sequence[Key] = ()) -> dict[Place, Reason]:
        """Return why each event that does not stand was set aside; ``needs``: records that it names and that are not here."""
        held = _version(self.states[self.at]) if self.at < len(self.states) else self.stands
        head = self.head.version if self.head else {}
        unseen = [told for told in self.good if not descends(held, told.event.version)]
        clashing = [told for told in unseen if descends(head, told.event.version)]
        rivals = [told for told in unseen if not descends(head, told.event.version)]
        found = dict(self.broken)
        for n, told in enumerate(clashing):
            facts = {"needs": [list(need) for need in needs]} if needs and not n else {}
            found[told.place] = Reason("after-set-aside" if n else "clash", facts)
        firsts: list[Event] = []
        for told in rivals:  # in causal order
            theirs = told.event.version
            if any(descends(theirs, first.version) for first in firsts):
                found[told.place] = Reason("after-set-aside")
            else:
                found[told.place] = Reason("concurrent", {"ours": dict(held), "theirs": dict(theirs)})
                firsts.append(told.event)
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
            if is_tellable(each.event.version):  # who has seen one that is not, cannot be told either
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
