"""Puts the items of a clause into the order of its rules: an item of a group stands within its group, each item once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from antq_desktop.domain.assessment import Outcome, Reason
from antq_desktop.domain.criteria import ROOT, Catalogue, Clause, Group, Item
from antq_desktop.domain.rule_trees import Verdict, in_order
from antq_desktop.runtime.language import _
from antq_desktop.ui.theme import State


@dataclass(frozen=True, slots=True)
class Joined:
    """A group with what of it is shown in this clause; ``elsewhere`` names the parts that stand in other places."""

    group: Group
    parts: tuple["Part", ...]
    elsewhere: tuple[str, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item within, also those of inner groups."""
        return tuple(_items(self.parts))


Part = Item | Joined


def arranged(catalogue: Catalogue, clause: Clause) -> tuple[Part, ...]:
    """Return every item of ``clause`` once, those that a rule of the clause joins within their group."""
    own = {item.id: item for item in clause.items}
    groups = {group.id: group for group in catalogue.groups}
    shown: set[str] = set()

    def parts_of(ids: tuple[str, ...]) -> tuple[tuple[Part, ...], tuple[str, ...]]:
        parts: list[Part] = []
        elsewhere: list[str] = []
        for part_id in ids:
            if part_id in shown or not (part_id in own or part_id in groups):
                elsewhere.append(_name_of(catalogue, part_id))
                continue
            shown.add(part_id)
            if part_id in own:
                parts.append(own[part_id])
                continue
            group = groups[part_id]
            inner, outside = parts_of(group.holds.of)
            if inner:
                parts.append(Joined(group, inner, outside))
        return tuple(parts), tuple(elsewhere)

    ruled, _elsewhere = parts_of(clause.holds.of)
    # A rule above the clauses may take an item by itself; it is still asked where it stands.
    return ruled + tuple(item for item in clause.items if item.id not in shown)


def verdicts(catalogue: Catalogue, outcome: Outcome) -> dict[str, Verdict]:
    """Return how each group and clause stands, by its id."""
    known: dict[str, Verdict] = {
        reason.item: "unanswered" if reason.verdict == "not_needed" else reason.verdict
        for reason in outcome.reasons
    }
    for part in in_order(catalogue.trees, ROOT):
        known[part] = catalogue.trees[part].verdict(known)
    return known | {clause.clause: clause.verdict for clause in outcome.clauses}


def standing(verdict: Verdict, reasons: Mapping[str, Reason], items: tuple[Item, ...]) -> tuple[State, str]:
    """Return how a group or clause is shown: its state, and a word where the usual one of the state does not fit."""
    if verdict == "met":
        return State.GOOD, ""
    if all(reasons[item.id].verdict in ("met", "not_needed") for item in items):
        return State.NONE, _("Not needed")
    return (State.BAD, "") if verdict == "not_met" else (State.NONE, _("Not complete"))


def _items(parts: tuple[Part, ...]) -> Iterator[Item]:
    for part in parts:
        if isinstance(part, Joined):
            yield from _items(part.parts)
        else:
            yield part


def _name_of(catalogue: Catalogue, part_id: str) -> str:
    item = catalogue.item(part_id)
    if item is not None:
        return item.wording
    parts: tuple[Group | Clause, ...] = (*catalogue.groups, *catalogue.clauses)
    return next(part.title for part in parts if part.id == part_id)
