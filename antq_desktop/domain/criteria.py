"""A catalogue of criteria as data, and the rules by which one answer meets one item or not.

Law is never invented: an item whose official text was not seen (``press``, ``unknown``) can only ask whether the unit meets
that text, and is shown as not yet compared with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

from antq_desktop.domain.catalogues import CatalogueHead, Table, read_head
from antq_desktop.domain.rule_trees import (
    AllOf,
    NoneOf,
    SomeOf,
    Tree,
    first_cycle,
    in_order,
    reached,
    read_tree,
)
from antq_desktop.domain.rules import AtLeast, AtMost, Expected, Present, Rule, ShareAtLeast, Within
from antq_desktop.domain.unit_facts import kind_of
from antq_desktop.domain.wording import N_

UnitKind = Literal["residential_area", "commune", "agency", "enterprise", "school"]
Status = Literal["seen", "press", "inferred", "unknown"]
AnswerKind = Literal["yes_no", "count", "share", "date", "document"]
#: Who set a clause: the circular, or the province beside it (TT 124/2021/TT-BCA, Điều 8 khoản 1).
Origin = Literal["circular", "province"]
#: The id of the whole catalogue among its rule trees; no item, group or clause can bear it.
ROOT = ""
_UNSEEN = {"press", "unknown"}
#: Which answers each kind of figure can give.
_ANSWERED_BY = {"count": "count", "share": "share", "date": "date", "by_item": "count"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to answer. ``legal_basis`` is what is cited; ``filled_by`` is the indicator that answers it, if any.

    ``counted``: occurrences (day, count, document number) are recorded against it, whether they answer it or are evidence.
    """

    id: str
    clause: str
    legal_basis: str
    status: Status
    wording: str
    answer: AnswerKind
    rule: Rule
    evidence: str
    note: str
    filled_by: str | None
    counted: bool

    @property
    def compared(self) -> bool:
        """Whether the wording was compared with the official text; else it is marked as not compared."""
        return self.status == "seen"

    @property
    def never(self) -> bool:
        """Whether it asks that something did not happen."""
        return self.rule in (Expected(yes=False), AtMost(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Items, groups or clauses that a rule joins, such as «a resolution, or there is no party organisation»."""

    id: str
    legal_basis: str
    title: str
    holds: Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """Items of one clause; ``holds`` says when the clause is met (all of its items, where the file says nothing)."""

    id: str
    legal_basis: str
    title: str
    origin: Origin
    items: tuple[Item, ...]
    holds: Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue(CatalogueHead):
    """The criteria for units of certain kinds; ``holds`` says when the result is met (all clauses, usually)."""

    unit_kinds: tuple[UnitKind, ...]
    clauses: tuple[Clause, ...]
    groups: tuple[Group, ...]
    holds: Tree

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for clause in self.clauses for item in clause.items)

    def item(self, item_id: str) -> Item | None:
        return next((item for item in self.items if item.id == item_id), None)

    @property
    def trees(self) -> dict[str, Tree]:
        """The rule of each group and clause by its id, and that of the whole under ROOT."""
        parts: tuple[Group | Clause, ...] = (*self.groups, *self.clauses)
        return {part.id: part.holds for part in parts} | {ROOT: self.holds}

    @property
    def grounds(self) -> tuple[Status, ...]:
        """How sure each item is."""
        return tuple(item.status for item in self.items)


def parse(plain: Mapping[str, Any], sha256: str) -> Catalogue:
    """Return the catalogue of criteria that ``plain`` (a read TOML document) holds. Raises MalformedCatalogue."""
    table = Table(plain)
    head = read_head(table, "criteria", sha256)
    unit_kinds = table.texts("unit_kinds")
    if not unit_kinds or not set(unit_kinds) <= set(get_args(UnitKind)):
        raise table.fault(N_("this word is not known here"), "unit_kinds")
    known: set[str] = set()
    rows = table.tables("clauses")
    clauses = tuple(_clause(row, known) for row in rows)
    group_rows = table.tables("groups") if table.has("groups") else []
    groups = tuple(_group(row, known) for row in group_rows)
    holds = (
        read_tree(table.table("holds"))
        if table.has("holds")
        else AllOf(tuple(clause.id for clause in clauses))
    )
    table.finish()
    catalogue = Catalogue(
        **head,
        unit_kinds=cast("tuple[UnitKind, ...]", unit_kinds),
        clauses=clauses,
        groups=groups,
        holds=holds,
    )
    places = {ROOT: table} | {group.id: row for group, row in zip(groups, group_rows, strict=True)}
    places |= {clause.id: row for clause, row in zip(clauses, rows, strict=True)}
    _check_trees(catalogue, places)
    return catalogue


def _clause(row: Table, known: set[str]) -> Clause:
    clause_id = _new_id(row, known)
    items = tuple(_item(inner, clause_id, known) for inner in row.tables("items"))
    clause = Clause(
        id=clause_id,
        legal_basis=row.text("legal_basis"),
        title=row.text("title"),
        origin=cast("Origin", row.choice("origin", get_args(Origin), "circular")),
        items=items,
        holds=read_tree(row.table("holds")) if row.has("holds") else AllOf(tuple(item.id for item in items)),
    )
    row.finish()
    return clause


def _group(row: Table, known: set[str]) -> Group:
    group = Group(
        id=_new_id(row, known),
        legal_basis=row.text("legal_basis"),
        title=row.text("title"),
        holds=read_tree(row.table("holds")),
    )
    row.finish()
    return group


def _check_trees(catalogue: Catalogue, places: Mapping[str, Table]) -> None:
    """Refuse rules that name what is not there, run in a circle, choose among unseen law or leave something out."""
    trees = catalogue.trees
    items = {item.id: item for item in catalogue.items}
    for part_id, tree in trees.items():
        _check_parts(places[part_id], tree, items, trees)
    cycle = first_cycle(trees)
    if cycle:
        raise places[cycle[0]].fault(N_("the rules run in a circle"), "holds")
    unseen = {item.id: item.status in _UNSEEN for item in catalogue.items}
    for part_id in in_order(trees, ROOT):
        unseen[part_id] = any(unseen[part] for part in trees[part_id].of)
        if isinstance(trees[part_id], SomeOf) and unseen[part_id]:
            why = N_("at_least cannot choose among items whose official text was not seen")
            raise places[part_id].fault(why, "holds")
    _check_used(catalogue, places)


def _check_parts(place: Table, tree: Tree, items: Mapping[str, Item], trees: Mapping[str, Tree]) -> None:
    for part in tree.of:
        if part not in items and part not in trees:
            raise place.fault(N_("the rule names something that is not there"), "holds")
        if isinstance(tree, NoneOf) and not (part in items and items[part].never):
            why = N_("none_of may only name items that ask that something did not happen")
            raise place.fault(why, "holds")


def _check_used(catalogue: Catalogue, places: Mapping[str, Table]) -> None:
    used = reached(catalogue.trees, ROOT)
    why = N_("no rule names this, so it would decide nothing")
    for part_id in catalogue.trees:
        if part_id not in used:
            raise places[part_id].fault(why, "id")
    for clause in catalogue.clauses:
        for index, item in enumerate(clause.items):
            if item.id not in used:
                raise places[clause.id].fault(why, f"items[{index}].id")


def _item(row: Table, clause_id: str, known: set[str]) -> Item:
    answer = cast("AnswerKind", row.choice("answer", get_args(AnswerKind)))
    filled_by = row.text("filled_by", "") or None
    item = Item(
        id=_new_id(row, known),
        clause=clause_id,
        legal_basis=row.text("legal_basis"),
        status=cast("Status", row.choice("status", get_args(Status))),
        wording=row.text("wording"),
        answer=answer,
        rule=_rule(row.table("rule"), answer),
        evidence=row.text("evidence", ""),
        note=row.text("note", ""),
        filled_by=filled_by,
        counted=row.flag("counted") or (filled_by is not None and kind_of(filled_by) == "by_item"),
    )
    if item.status in _UNSEEN and item.rule != Expected(yes=True):
        raise row.fault(
            N_("an item whose official text was not seen can only ask whether the unit meets it"), "rule"
        )
    if filled_by is not None and _ANSWERED_BY.get(kind_of(filled_by) or "") != answer:
        raise row.fault(N_("no figure of this name answers such an item"), "filled_by")
    row.finish()
    return item


def _new_id(row: Table, known: set[str]) -> str:
    new = row.text("id")
    if new in known:
        raise row.fault(N_("this id is there twice"), "id")
    known.add(new)
    return new


def _rule(row: Table, answer: AnswerKind) -> Rule:
    rule: Rule
    match answer:
        case "yes_no":
            rule = Expected(yes=row.choice("expected", ("yes", "no")) == "yes")
        case "count" if row.has("at_most"):
            rule = AtMost(row.count("at_most"))
        case "count":
            rule = AtLeast(row.count("at_least"))
        case "share" if row.has("at_least_part"):
            whole = row.count("of_whole", lowest=1)
            rule = ShareAtLeast(row.count("at_least_part", highest=whole), whole)
        case "share":
            rule = ShareAtLeast(row.count("at_least_percent", highest=100))
        case "date":
            rule = Within(row.month_day("first"), row.month_day("last"))
            if rule.last < rule.first:
                raise row.fault(N_("the last day lies before the first"), "last")
        case "document":
            rule = Present()
    row.finish()
    return rule
