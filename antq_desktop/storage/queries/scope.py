"""What is counted and listed: the units that an assessed year takes in, and the part of the commune that is meant."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from antq_desktop.domain.criteria import UnitKind
from antq_desktop.domain.periods import Period
from antq_desktop.domain.units import UnitKey
from antq_desktop.storage.queries.areas_then import area_on, may_lie_in
from antq_desktop.storage.unit_of_work import Reading

#: From the first to the last day of a year, leap or not.
_YEAR = 364
RESIDENTIAL_AREA: UnitKind = "residential_area"
COMMUNE: UnitKind = "commune"


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which units are assessed in ``year``: those alive within the period of their kind (TT 124/2021/TT-BCA, Điều 8 khoản 2).

    ``excluded`` names the (kind, category) pairs of listed units that Điều 1 khoản 2 leaves out. ``turning`` are the steps of
    the lifecycle that change the state of a model.
    """

    year: int
    periods: Mapping[UnitKind, Period]
    excluded: frozenset[tuple[str, str]] = frozenset()
    turning: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Scope:
    """What figures are counted over: the papers and assessments of a year, what happened within ``days``.

    ``unit`` None, or the commune, is the whole commune. Households, models and areas are those of the last day of ``days``.
    What units got as far as counts when it happened until ``until``; None: however late, since an assessment is held, and its
    units are recognised, when its period is over.
    """

    coverage: Coverage
    days: Period
    unit: UnitKey | None = None
    until: date | None = None

    @property
    def year(self) -> int:
        return self.coverage.year

    @property
    def whole_year(self) -> bool:
        """Whether the days run through a year; what is known by its year alone counts then, and in no shorter period."""
        return (self.days.last - self.days.first).days >= _YEAR

    @property
    def whole(self) -> bool:
        """Whether the whole commune is meant."""
        return self.unit is None or self.unit.kind == COMMUNE

    def of_area(self, column: sa.ColumnElement[Any]) -> list[sa.ColumnElement[bool]]:
        """Return what keeps to the one area; nothing that lies in an area belongs to an agency, enterprise or school."""
        if self.unit is None or self.whole:
            return []
        return [column == self.unit.id] if self.unit.kind == RESIDENTIAL_AREA else [sa.false()]

    def lies_in(self, work: Reading, of: sa.Table) -> list[sa.ColumnElement[bool]]:
        """Return what keeps to the lines of ``of`` that belonged to the one area on the last day."""
        if self.unit is None or self.whole or self.unit.kind != RESIDENTIAL_AREA:
            return self.of_area(of.c.area_id)
        may = may_lie_in(work, of, self.unit.id, self.days.last)
        return [may, *self.of_area(self.area_of(work, of))]

    def area_of(self, work: Reading, of: sa.Table) -> sa.ColumnElement[str]:
        """Return the area to which a line of ``of`` belonged on the last day."""
        return area_on(work, of, self.days.last)

    def rated(self, year: sa.Column[Any], day: sa.Column[Any]) -> sa.ColumnElement[bool]:
        """Return what picks ratings: those of the year, given until the last day that counts as far as their day is known."""
        unknown = sa.true() if self.whole_year else sa.false()
        in_time = sa.true() if self.until is None else day <= self.until
        return sa.and_(year == self.year, sa.case((day.is_(None), unknown), else_=in_time))

    @property
    def of_commune(self) -> list[sa.ColumnElement[bool]]:
        """What keeps records of the whole commune, which belong to no area, out of the figures of a part of it."""
        return [] if self.whole else [sa.false()]


def report_scope(coverage: Coverage, days: Period) -> Scope:
    """Return what a report on the whole commune is counted over: everything as it stood on the last of ``days``."""
    return Scope(coverage, days, until=days.last)


def scope_of(coverage: Coverage, unit: UnitKey) -> Scope:
    """Return what the figures of one unit's assessment are counted over."""
    return Scope(coverage, coverage.periods[unit.kind], unit)
