"""Works out from all living events of one record what it may become, and why each event that does not stand does not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from antq_desktop.domain.events import Event, Version, descends
from antq_desktop.domain.record_history import Head, causal, foremost, heads
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


@dataclass(frozen=True, slots=True)
class Case:
    """One record. ``versions``: what it may stand as, newest first; ``is_kept``: whether the newest event keeps it.

    Where it does not, or a restore undid all (then ``undone`` says where it was told), it stands only as long as others hang on it.
    """

    key: Key
    head: Head | None
    good: list[Told]
    broken: dict[Place, Reason]
    versions: list[Record]
    is_kept: bool
    undone: Told | None = None

    @property
    def gone(self) -> Gone:
        """What it is where nothing of it may stand."""
        return Gone(self.head.version if self.head and not self.is_kept else {})

    def reasons(self, held: Version, why: dict[str, Any]) -> dict[Place, Reason]:
        """Return why each event that does not stand was set aside where ``held`` stands; ``why`` no later version does."""
        head = self.head.version if self.head else {}
        unseen = [told for told in self.good if not descends(held, told.event.version)]
        clashing = [told for told in unseen if descends(head, told.event.version)]
        rivals = [told for told in unseen if not descends(head, told.event.version)]
        found = dict(self.broken)
        if self.undone and descends(held, self.undone.event.version):
            found[self.undone.place] = Reason("still-needed", why)
        for n, told in enumerate(clashing):
            found[told.place] = Reason("after-set-aside") if n else Reason("clash", why)
        firsts: list[Event] = []
        for told in rivals:  # in causal order
            theirs = told.event.version
            if any(descends(theirs, first.version) for first in firsts):
                found[told.place] = Reason("after-set-aside")
            else:
                found[told.place] = Reason("concurrent", {"ours": dict(held), "theirs": dict(theirs)})
                firsts.append(told.event)
        return found


def case_of(key: Key, told: Iterable[Told], undone: Iterable[Told], unit_code: str) -> Case:
    """Return the case of a record whose events are ``told``; ``undone``: those that a restore took back."""
    good, broken, states = _sorted_out(_ordered(told), unit_code)
    head = _chosen(heads(each.event for each in good), good)
    versions: list[Record] = []
    for each, state in zip(reversed(good), reversed(states), strict=True):
        if head is None or isinstance(state, Gone):
            continue
        if each.event is head.event:
            versions.insert(0, _under(state, head.version))
        elif descends(head.version, each.event.version):
            versions.append(state)
    if head is not None and versions:
        return Case(key, head, good, broken, versions, head.event.op == "put")
    lost, _, lost_states = _sorted_out(_ordered(undone), unit_code)
    told_last, last = next(
        (
            (each, state)
            for each, state in zip(reversed(lost), reversed(lost_states), strict=True)
            if not isinstance(state, Gone)
        ),
        (None, None),
    )
    return Case(key, head, good, broken, [last] if last else [], is_kept=False, undone=told_last)


def _ordered(told: Iterable[Told]) -> list[Told]:
    return sorted(told, key=lambda each: causal(each.event))


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


def _chosen(found: list[Head], good: Sequence[Told]) -> Head | None:
    """Return the head that stands: the foremost, on a laptop among those that go on from what it wrote itself.

    So nothing that a person entered there changes without knowing of it.
    """
    own = max((told for told in good if not told.place[0]), key=lambda told: told.place, default=None)
    mine = [head for head in found if own and descends(head.version, own.event.version)]
    return foremost(mine or found)


def _under(state: Record, version: dict[str, int]) -> Record:
    changed: Record = replace(state, version=version)  # type: ignore[type-var] # every record is a dataclass
    return changed
