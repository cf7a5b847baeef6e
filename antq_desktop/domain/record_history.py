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
    """Return the events that no other has seen, one for each group of equals, in causal order.

    The cost grows with the events times those that did not know of each other: for a plain chain, with its length.
    """
    ordered = sorted(events, key=causal)
    known = _known(ordered, _deeds(ordered))
    # Whoever has seen another knows more in sum than it, or knows the same: then the last speaks for all.
    widest = sorted(range(len(ordered)), key=lambda place: (sum(known[place].values()), place), reverse=True)
    found: list[int] = []
    for place in widest:
        if not any(descends(known[head], ordered[place].version) for head in found):
            found.append(place)
    return [Head(ordered[place], known[place]) for place in sorted(found)]


def foremost(found: Sequence[Head]) -> Head | None:
    """Return the head that stands until a person decides, the same one everywhere; None where there is none.

    One that keeps the record goes before a deletion. Then the laptop whose name is the first counts, by how much of it was
    seen: whoever goes on from what stands never loses its place to what it did not know of.
    """
    names = sorted({device for head in found for device in head.version})
    return max(
        found,
        key=lambda head: (head.event.op == "put", [head.version.get(device, 0) for device in names]),
        default=None,
    )


def _deeds(ordered: Sequence[Event]) -> list[int]:
    """Return a number for what each event did: equal numbers for the same change of the same state."""
    numbers: dict[_Deed, int] = {}
    deeds: list[int] = []
    of_version: dict[tuple[tuple[str, int], ...], list[int]] = {}
    for place, event in enumerate(ordered):
        newest = of_version.get(_named(event.base_version)) or _newest(ordered, place)
        # A state that is not among the events is known by its version alone.
        base = "" if newest else sorted(event.base_version.items())
        what = f"{_text(event)} {base}"
        deed = (frozenset(deeds[other] for other in newest), what)
        deeds.append(numbers.setdefault(deed, len(numbers)))
        of_version.setdefault(_named(event.version), []).append(place)
    return deeds


def _newest(ordered: Sequence[Event], place: int) -> list[int]:
    """Return the places before ``place`` that its base has seen and none of which has seen another."""
    base = ordered[place].base_version
    found: list[int] = []
    for other in range(place - 1, -1, -1):  # whoever has seen another stands behind it
        version = ordered[other].version
        if descends(base, version) and not any(descends(ordered[later].version, version) for later in found):
            found.append(other)
    return found


def _named(version: Version) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((device, count) for device, count in version.items() if count))


def _known(ordered: Sequence[Event], deeds: Sequence[int]) -> list[dict[str, int]]:
    """Return for each event what it has seen, where whoever saw an event has seen its equals too."""
    known = [dict(event.version) for event in ordered]
    groups: dict[int, list[int]] = {}
    for place, deed in enumerate(deeds):
        groups.setdefault(deed, []).append(place)
    equals = [group for group in groups.values() if len(group) > 1]
    changed = bool(equals)
    while changed:
        changed = False
        for place in range(len(known)):
            for group in equals:
                version = known[place]
                if any(descends(version, ordered[other].version) for other in group) and not all(
                    descends(version, known[other]) for other in group
                ):
                    known[place] = merged([version, *(known[other] for other in group)])
                    changed = True
    return known


def _text(event: Event) -> str:
    if event.op == "delete" or event.entity in _NAMED_BY_CONTENT:
        return event.op  # gone is gone, whatever the reason
    return json.dumps(event.body, sort_keys=True)
