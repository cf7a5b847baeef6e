"""Tells from all events of one record which of them stand for it: one when each knew the others, several when people must decide.

The answer depends on the set of events, never on the order in which sticks brought them. Two laptops that made the same
change of the same state are not at odds: their events count as one.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from antq_desktop.domain.events import Event, Version, descends

#: What these records say follows from their id (the SHA-256 of a file); two of one id never differ in what counts.
_NAMED_BY_CONTENT = frozenset({"attachments"})
#: What an event did to which state; the same for two laptops that did the same.
_Deed = tuple[frozenset[int], str]


@dataclass(frozen=True, slots=True)
class Head:
    """An event that no other knows of. ``version``: all that it and its equals have seen."""

    event: Event
    version: dict[str, int]


def merged(versions: Iterable[Version]) -> dict[str, int]:
    """Return the least version that descends from all ``versions``."""
    found: dict[str, int] = {}
    for version in versions:
        for device, count in version.items():
            found[device] = max(count, found.get(device, 0))
    return found


def causal(event: Event) -> tuple[object, ...]:
    """Return the key that sorts events so that each stands behind those that it knows, the same way everywhere."""
    version, base = sorted(event.version.items()), sorted(event.base_version.items())
    return sum(event.version.values()), version, base, _text(event)


def heads(events: Iterable[Event]) -> list[Head]:
    """Return the events that no other has seen, one for each group of equals, in causal order."""
    ordered = sorted(events, key=causal)
    known = _known(ordered, _deeds(ordered))
    found: list[Head] = []
    for place, event in enumerate(ordered):
        seen_by = [other for other, version in enumerate(known) if descends(version, event.version)]
        # Equals know each other; the last of them speaks for all.
        if all(descends(known[place], ordered[other].version) and other <= place for other in seen_by):
            found.append(Head(event, known[place]))
    return found


def _deeds(ordered: Sequence[Event]) -> list[int]:
    """Return a number for what each event did: equal numbers for the same change of the same state."""
    numbers: dict[_Deed, int] = {}
    deeds: list[int] = []
    for place, event in enumerate(ordered):
        before = [other for other in range(place) if descends(event.base_version, ordered[other].version)]
        newest = [
            other
            for other in before
            if not any(
                other != later and descends(ordered[later].version, ordered[other].version)
                for later in before
            )
        ]
        # A state that is not among the events is known by its version alone.
        base = "" if newest else sorted(event.base_version.items())
        what = f"{_text(event)} {base}"
        deed = (frozenset(deeds[other] for other in newest), what)
        deeds.append(numbers.setdefault(deed, len(numbers)))
    return deeds


def _known(ordered: Sequence[Event], deeds: Sequence[int]) -> list[dict[str, int]]:
    """Return for each event what it has seen, where whoever saw an event has seen its equals too."""
    known = [dict(event.version) for event in ordered]
    equals: dict[int, list[int]] = {}
    for place, deed in enumerate(deeds):
        equals.setdefault(deed, []).append(place)
    if len(equals) == len(ordered):
        return known
    changed = True
    while changed:
        changed = False
        for place, version in enumerate(known):
            seen = [other for other, event in enumerate(ordered) if descends(version, event.version)]
            wider = merged(known[equal] for other in seen for equal in equals[deeds[other]])
            if not descends(version, wider):
                known[place] = merged([version, wider])
                changed = True
    return known


def _text(event: Event) -> str:
    if event.op == "delete" or event.entity in _NAMED_BY_CONTENT:
        return event.op  # gone is gone, whatever the reason
    return json.dumps(event.body, sort_keys=True)
