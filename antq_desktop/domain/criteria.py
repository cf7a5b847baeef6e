"""A catalogue of criteria as data, and the rules by which one answer meets one item or not.

Law is never invented: an item whose official text was not seen (``press``, ``unknown``) can only ask whether the unit meets
that text, and is shown as not yet compared with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast, get_args

from antq_desktop.domain.catalogues import CatalogueHead, Table, read_head
from antq_desktop.domain.indicators import INDICATORS, Figures
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.rules import AtLeast, AtMost, Expected, Present, Rule, ShareAtLeast, Within
from antq_desktop.domain.wording import N_

UnitKind = Literal["residential_area", "commune", "agency", "enterprise", "school"]
Status = Literal["seen", "press", "inferred", "unknown"]
AnswerKind = Literal["yes_no", "count", "share", "date", "document"]
_LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to answer. ``legal_basis`` is what is cited; ``filled_by`` is the indicator that answers it, if any."""

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

    @property
    def compared(self) -> bool:
        """Whether the wording was compared with the official text; else it is marked as not compared."""
        return self.status == "seen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """Items of one clause; the clause is met when all of them are."""

    id: str
    legal_basis: str
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue(CatalogueHead):
    """The criteria for units of certain kinds; all clauses must be met."""

    unit_kinds: tuple[UnitKind, ...]
    clauses: tuple[Clause, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for clause in self.clauses for item in clause.items)

    def item(self, item_id: str) -> Item | None:
        return next((item for item in self.items if item.id == item_id), None)


def parse(plain: Mapping[str, Any], sha256: str) -> Catalogue:
    """Return the catalogue of criteria that ``plain`` (a read TOML document) holds. Raises MalformedCatalogue."""
    table = Table(plain)
    head = read_head(table, "criteria", sha256)
    unit_kinds = table.texts("unit_kinds")
    if not unit_kinds or not set(unit_kinds) <= set(get_args(UnitKind)):
        raise table.fault(N_("this word is not known here"), "unit_kinds")
    known: set[str] = set()
    clauses = tuple(_clause(row, known) for row in table.tables("clauses"))
    table.finish()
    return Catalogue(**head, unit_kinds=cast("tuple[UnitKind, ...]", unit_kinds), clauses=clauses)


def statuses(catalogue: Catalogue) -> dict[Status, int]:
    """Return how many items stand on each kind of ground, every status named."""
    return {status: sum(item.status == status for item in catalogue.items) for status in get_args(Status)}


def _clause(row: Table, known: set[str]) -> Clause:
    clause_id = _new_id(row, known)
    clause = Clause(
        id=clause_id,
        legal_basis=row.text("legal_basis"),
        title=row.text("title"),
        items=tuple(_item(inner, clause_id, known) for inner in row.tables("items")),
    )
    row.finish()
    return clause


def _item(row: Table, clause_id: str, known: set[str]) -> Item:
    answer = cast("AnswerKind", row.choice("answer", get_args(AnswerKind)))
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
        filled_by=row.text("filled_by", "") or None,
    )
    if item.status in {"press", "unknown"} and item.rule != Expected(yes=True):
        raise row.fault(
            N_("an item whose official text was not seen can only ask whether the unit meets it"), "rule"
        )
    if item.filled_by is not None and not _can_fill(item.filled_by, answer):
        raise row.fault(N_("no figure of this name answers such an item"), "filled_by")
    row.finish()
    return item


def _new_id(row: Table, known: set[str]) -> str:
    new = row.text("id")
    if new in known:
        raise row.fault(N_("this id is there twice"), "id")
    known.add(new)
    return new


def _can_fill(indicator_id: str, answer: AnswerKind) -> bool:
    indicator = INDICATORS.get(indicator_id)
    if indicator is None:
        return False
    return isinstance(indicator.amount(Figures()), {"count": int, "share": Ratio}.get(answer, type(None)))


def _rule(row: Table, answer: AnswerKind) -> Rule:
    rule: Rule
    match answer:
        case "yes_no":
            rule = Expected(yes=row.choice("expected", ("yes", "no")) == "yes")
        case "count" if row.has("at_most"):
            rule = AtMost(row.count("at_most"))
        case "count":
            rule = AtLeast(row.count("at_least"))
        case "share":
            rule = ShareAtLeast(row.count("at_least_percent", highest=100))
        case "date":
            rule = Within(_month_day(row, "first"), _month_day(row, "last"))
            if rule.last < rule.first:
                raise row.fault(N_("the last day lies before the first"), "last")
        case "document":
            rule = Present()
    row.finish()
    return rule


def _month_day(row: Table, key: str) -> tuple[int, int]:
    text = row.text(key)
    try:
        day = date.fromisoformat(f"{_LEAP_YEAR}-{text}")
    except ValueError as error:
        raise row.fault(N_("a month and day like 03-31 is expected"), key) from error
    return day.month, day.day
