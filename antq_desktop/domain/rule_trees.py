"""How parts of a catalogue hold together: all of them, none of what must not happen, or at least so many.

Three values, as in Kleene's logic: what is unanswered decides nothing until it must. Every tree is monotonic: a part that
stands worse never lets the whole stand better.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from antq_desktop.domain.catalogues import Table
from antq_desktop.domain.wording import N_

Verdict = Literal["met", "not_met", "unanswered"]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part must be met."""

    of: tuple[str, ...]

    def verdict(self, verdicts: Mapping[str, Verdict]) -> Verdict:
        return _at_least(len(self.of), self.of, verdicts)


@dataclass(frozen=True, slots=True)
class NoneOf:
    """None of these may happen. Each part is an item that is met when it did not happen, so this too asks all to be met."""

    of: tuple[str, ...]

    def verdict(self, verdicts: Mapping[str, Verdict]) -> Verdict:
        return _at_least(len(self.of), self.of, verdicts)


@dataclass(frozen=True, slots=True)
class SomeOf:
    """At least ``count`` of the parts must be met."""

    count: int
    of: tuple[str, ...]

    def verdict(self, verdicts: Mapping[str, Verdict]) -> Verdict:
        return _at_least(self.count, self.of, verdicts)


Tree = AllOf | NoneOf | SomeOf


def read_tree(table: Table) -> Tree:
    """Return the tree of a ``holds`` table: all_of, none_of, or at_least with of. Raises MalformedCatalogue."""
    tree: Tree
    if table.has("at_least"):
        of = _parts(table, "of")
        tree = SomeOf(table.count("at_least", highest=len(of), lowest=1), of)
    elif table.has("none_of"):
        tree = NoneOf(_parts(table, "none_of"))
    else:
        tree = AllOf(_parts(table, "all_of"))
    table.finish()
    return tree


def first_cycle(trees: Mapping[str, Tree]) -> tuple[str, ...]:
    """Return the ids along a circle, the first one again at its end, such as (a, b, a); empty where there is none.

    Ids without a tree of their own are leaves.
    """
    done: set[str] = set()
    for start in trees:
        # Walked without recursion: a catalogue may nest as deep as its size allows.
        path, inner = {start: None}, [iter(trees[start].of)]
        while inner:
            part = next(inner[-1], None)
            if part is None:
                inner.pop()
                done.add(path.popitem()[0])
            elif part in path:
                way = list(path)
                return (*way[way.index(part) :], part)
            elif part in trees and part not in done:
                path[part] = None
                inner.append(iter(trees[part].of))
    return ()


def in_order(trees: Mapping[str, Tree], root: str) -> Iterator[str]:
    """Yield the ids of the trees below ``root`` and ``root`` itself, each after all its parts and once; no circle may be there."""
    seen = {root}
    path, inner = [root], [iter(trees[root].of)]
    while inner:
        part = next(inner[-1], None)
        if part is None:
            inner.pop()
            yield path.pop()
        elif part in trees and part not in seen:
            seen.add(part)
            path.append(part)
            inner.append(iter(trees[part].of))


def needed(trees: Mapping[str, Tree], root: str, verdicts: Mapping[str, Verdict]) -> frozenset[str]:
    """Return the ids, trees and leaves, that the verdict on ``root`` still waits for: below what is met nothing is needed."""
    wanted: set[str] = set()
    waiting = [root]
    while waiting:
        part = waiting.pop()
        if part in wanted or verdicts[part] == "met":
            continue
        wanted.add(part)
        if part in trees:
            waiting.extend(trees[part].of)
    return frozenset(wanted)


def reached(trees: Mapping[str, Tree], root: str) -> frozenset[str]:
    """Return every id that ``root`` depends on, itself included."""
    known: set[str] = set()
    waiting = [root]
    while waiting:
        part = waiting.pop()
        if part not in known:
            known.add(part)
            waiting.extend(trees[part].of if part in trees else ())
    return frozenset(known)


def _parts(table: Table, key: str) -> tuple[str, ...]:
    parts = table.texts(key)
    if not parts:
        raise table.fault(N_("a rule that names nothing decides nothing"), key)
    return parts


def _at_least(count: int, parts: tuple[str, ...], verdicts: Mapping[str, Verdict]) -> Verdict:
    met = sum(verdicts[part] == "met" for part in parts)
    not_met = sum(verdicts[part] == "not_met" for part in parts)
    if met >= count:
        return "met"
    return "not_met" if len(parts) - not_met < count else "unanswered"
