"""Whom TT 124/2021/TT-BCA takes in, as data: kinds of units, what leaves one out, its period, its criteria, who recognises it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast, get_args

from antq_desktop.domain.catalogues import CatalogueHead, Table, read_entries, read_head
from antq_desktop.domain.criteria import Status, UnitKind
from antq_desktop.domain.errors import BadInput
from antq_desktop.domain.findings import Finding
from antq_desktop.domain.periods import Period
from antq_desktop.domain.units import Unit
from antq_desktop.domain.wording import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """One size of enterprise, level of school or sort of agency; ``excluded`` ones are not assessed."""

    id: str
    name: str
    excluded: bool
    legal_basis: str
    status: Status
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodRule:
    """The assessed days of a year: (month, day) from the year before it to the year itself, both included."""

    first: tuple[int, int]
    last: tuple[int, int]
    first_year: int
    last_year: int
    legal_basis: str
    status: Status

    def of(self, year: int) -> Period:
        return Period(date(year + self.first_year, *self.first), date(year + self.last_year, *self.last))


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitScope:
    """One kind of unit. ``criteria`` is the id of its catalogue of criteria.

    ``recogniser`` names the setting that says which body recognises it, on the ground of ``recogniser_basis``.
    """

    kind: UnitKind
    name: str
    legal_basis: str
    status: Status
    criteria: str
    period: PeriodRule
    recogniser: str
    recogniser_basis: str
    recogniser_status: Status
    categories: Mapping[str, Category]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeCatalogue(CatalogueHead):
    """Every kind of unit, in the order in which lists show them."""

    units: Mapping[UnitKind, UnitScope]

    @property
    def grounds(self) -> tuple[Status, ...]:
        """How sure each statement is: who is assessed, when, who recognises, and each category."""
        return tuple(
            status
            for unit in self.units.values()
            for status in (
                unit.status,
                unit.period.status,
                unit.recogniser_status,
                *(category.status for category in unit.categories.values()),
            )
        )


class UnitExcluded(BadInput):
    code = "unit-excluded"
    sentence = N_(
        "«{name}» is not assessed: {category} are left out ({basis}). It cannot be registered. If its kind is wrong, correct it in the list of units."
    )


class UnitNotManaged(BadInput):
    code = "unit-not-managed"
    sentence = N_(
        "«{name}» is not managed by the commune, nor is the commune authorised to ({basis}). It cannot be registered here. If that is wrong, correct it in the list of units."
    )


def parse_scope(plain: Mapping[str, Any], sha256: str) -> ScopeCatalogue:
    """Return the catalogue of scope in ``plain`` (a read TOML document). Raises MalformedCatalogue."""
    table = Table(plain)
    head = read_head(table, "scope", sha256)
    units = read_entries(table, "units", _unit)
    for kind in get_args(UnitKind):
        if kind not in units:
            raise table.fault(N_("every kind of unit must stand here"), "units")
    table.finish()
    return ScopeCatalogue(**head, units=cast("Mapping[UnitKind, UnitScope]", units))


def left_out(scope: ScopeCatalogue, unit: Unit) -> Finding | None:
    """Return why ``unit`` is not assessed by the commune, None when it is.

    Source: TT 124/2021/TT-BCA, Điều 1 khoản 2 (categories) and Điều 10 khoản 1 (units that the commune manages).
    """
    kind = scope.units[unit.kind]
    category = kind.categories.get(unit.category)
    if category is not None and category.excluded:
        message = N_("Not assessed: {category} are left out ({basis}).")
        facts = {"category": category.name, "basis": category.legal_basis}
        return Finding("category", UnitExcluded.code, message, facts)
    if not unit.managed:
        message = N_("Not managed by the commune, nor is the commune authorised to ({basis}).")
        return Finding("managed", UnitNotManaged.code, message, {"basis": kind.recogniser_basis})
    return None


def demand_taken_in(scope: ScopeCatalogue, unit: Unit) -> None:
    """Raise UnitExcluded or UnitNotManaged for a unit that cannot be registered."""
    why = left_out(scope, unit)
    if why is not None:
        failure = UnitExcluded if why.code == UnitExcluded.code else UnitNotManaged
        raise failure(name=unit.name, **why.facts)


def _unit(row: Table, kind: str, name: str) -> UnitScope:
    if kind not in get_args(UnitKind):
        raise row.fault(N_("this word is not known here"), "id")
    period = row.table("period")
    recogniser = row.table("recognition")
    unit = UnitScope(
        kind=cast("UnitKind", kind),
        name=name,
        legal_basis=row.text("legal_basis"),
        status=_status(row),
        criteria=row.text("criteria"),
        period=_period(period),
        recogniser=recogniser.text("setting"),
        recogniser_basis=recogniser.text("legal_basis"),
        recogniser_status=_status(recogniser),
        categories=read_entries(row, "categories", _category) if row.has("categories") else {},
    )
    recogniser.finish()
    return unit


def _period(row: Table) -> PeriodRule:
    rule = PeriodRule(
        first=row.month_day("first"),
        last=row.month_day("last"),
        first_year=row.count("first_year", highest=0, lowest=-1),
        last_year=row.count("last_year", highest=1, lowest=0),
        legal_basis=row.text("legal_basis"),
        status=_status(row),
    )
    if (2, 29) in (rule.first, rule.last):
        raise row.fault(N_("not every year has this day"), "first" if rule.first == (2, 29) else "last")
    if (rule.last_year, *rule.last) < (rule.first_year, *rule.first):
        raise row.fault(N_("the last day lies before the first"), "last")
    row.finish()
    return rule


def _category(row: Table, category_id: str, name: str) -> Category:
    return Category(
        id=category_id,
        name=name,
        excluded=row.flag("excluded"),
        legal_basis=row.text("legal_basis"),
        status=_status(row),
        note=row.text("note", ""),
    )


def _status(row: Table) -> Status:
    return cast("Status", row.choice("status", get_args(Status)))
