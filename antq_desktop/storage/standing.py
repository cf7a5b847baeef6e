"""Says which records of a group stand and in which of their versions, where they need each other or cannot stand together.

The rule goes by what was told, never by when it came. Every record stands in its newest version that fits: what it names stands,
and no other record has its key. Of two with one key a newest version goes before an older one, then the smaller id; the
other waits for a person. A record that was deleted comes back, last of all, as long as one that stands names it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from antq_desktop.storage.neighbours import Claim, claims
from antq_desktop.storage.record_cases import Case
from antq_desktop.storage.record_writing import references
from antq_desktop.storage.records import KINDS, Record
from antq_desktop.storage.tombstones import Key

_ORDER = {kind.entity: place for place, kind in enumerate(KINDS)}


class Around(Protocol):
    """The records that stand in the tables."""

    def stands(self, key: Key) -> bool: ...
    def holder(self, claim: Claim) -> Key | None: ...
    def children(self, key: Key) -> Iterator[Key]: ...


def parents_first(key: Key) -> tuple[int, str]:
    """Return what sorts records so that each is behind those that it names."""
    return _ORDER.get(key[0], -1), key[1]


class Group:
    """Works one group out. ``placed``: what stands; ``wanted``: records outside that must be asked too, then all begins anew."""

    def __init__(self, cases: Mapping[Key, Case], around: Around) -> None:
        self._cases = cases
        self._around = around
        self._taken: dict[Claim, Key] = {}
        self._placing: list[Key] = []
        self._obstacles: dict[Key, list[tuple[str, Key]]] = {}
        self.placed: dict[Key, Record] = {}
        self.wanted: set[Key] = set()
        self._work_out()

    def why(self, key: Key) -> dict[str, Any]:
        """Return why newer versions of a record do not stand: what they need, or the record that has their key.

        Beside a ``rival``, ``older`` are the records that are in the way of its other versions.
        """
        found = self._obstacles.get(key, [])
        others = {other for _, other in found}
        rival = next((other for what, other in found if what == "rival"), None)
        if rival is None:
            return {"needs": [list(other) for other in sorted(others)]} if found else {}
        older = [list(other) for other in sorted(others - {rival})]
        return {"rival": list(rival), "older": older} if older else {"rival": list(rival)}

    def _work_out(self) -> None:
        ordered = sorted(self._cases, key=parents_first)
        by_kind: dict[str, list[Case]] = {}
        for key in ordered:
            by_kind.setdefault(key[0], []).append(self._cases[key])
        for cases in by_kind.values():
            kept = [case for case in cases if case.is_kept]
            late = [case for case in kept if not self._place(case, case.versions[:1])]
            for case in late:
                self._place(case, case.versions[1:])
        for key in ordered:  # what stands outside may hang on what does not stand here
            if key not in self.placed:
                self._hold(key)

    def _hold(self, key: Key) -> None:
        hanging = (child for child in self._around.children(key) if child not in self._cases)
        first = next(hanging, None)
        case = self._cases[key]
        if first and (case.is_kept or not self._place(case, case.versions)):
            self.wanted.update((first, *hanging))

    def _place(self, case: Case, versions: Sequence[Record]) -> bool:
        """Let the newest of ``versions`` stand that fits, with what it needs; return whether one does."""
        for state in versions:
            before = len(self._placing)
            obstacle = self._obstacle(state)
            if obstacle is None:
                self._put(case.key, state)
                return True
            self._obstacles.setdefault(case.key, []).append(obstacle)
            self._take_back(before)
        return False

    def _obstacle(self, state: Record) -> tuple[str, Key] | None:
        for claim in claims(state):
            holder = self._taken.get(claim)
            if holder is None:
                outside = self._around.holder(claim)
                if outside is not None and outside not in self._cases:
                    self.wanted.add(outside)
                    holder = outside
            if holder is not None:
                return "rival", holder
        for need in references(state):
            if not self._comes(need):
                return "needs", need
        return None

    def _comes(self, key: Key) -> bool:
        """Whether a record stands, or comes back because it is needed."""
        case = self._cases.get(key)
        if case is None:
            if self._around.stands(key):
                return True
            self.wanted.add(key)
            return False
        return key in self.placed or (not case.is_kept and self._place(case, case.versions))

    def _put(self, key: Key, state: Record) -> None:
        self.placed[key] = state
        self._placing.append(key)
        for claim in claims(state):
            self._taken[claim] = key

    def _take_back(self, length: int) -> None:
        """Undo what came back for a record that does not stand after all."""
        while len(self._placing) > length:
            state = self.placed.pop(self._placing.pop())
            for claim in claims(state):
                del self._taken[claim]
