"""Counts units by how far they are in their year, and reads what is recorded of the one unit that is assessed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.units import UnitKey
from antq_desktop.storage.queries.scope import COMMUNE, RESIDENTIAL_AREA, Scope
from antq_desktop.storage.queries.units import (
    alive_at_end,
    areas_alone,
    assessed,
    covered,
    of_unit,
    recognition_stands,
    registered_on,
)
from antq_desktop.storage.tables import (
    self_assessments,
)
from antq_desktop.storage.unit_of_work import Reading
from antq_desktop.storage.yearly_tables import occurrences, year_steps


@dataclass(frozen=True, slots=True)
class UnitCounts:
    """How many units there are, and how many of them got that far."""

    all: int
    registered: int
    assessed: int
    met: int
    recognised: int


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What is recorded of one unit: days by step, staff told of the rules, occurrences by criterion."""

    days: Mapping[str, date] = field(default_factory=dict)
    staff_told: Ratio | None = None
    occurrences: Mapping[str, int] = field(default_factory=dict)


def areas(work: Reading, scope: Scope) -> UnitCounts:
    """Count the residential areas that exist on the last day of ``scope.days``."""
    lines, where = area_lines(work, scope)
    return _counts(work, lines, scope.year, where)


def units(work: Reading, scope: Scope) -> UnitCounts:
    """Count the units below the commune, of all kinds together, that exist on the last day of the period of their kind."""
    lines, where = unit_lines(work, scope)
    return _counts(work, lines, scope.year, where)


def area_lines(work: Reading, scope: Scope) -> tuple[sa.Subquery, list[sa.ColumnElement[bool]]]:
    """Return the lines that ``areas`` counts, and what picks them."""
    lines = areas_alone(work)
    last = scope.days.last
    alive = (lines.c.valid_from <= last, sa.or_(lines.c.valid_to.is_(None), lines.c.valid_to >= last))
    return lines, [*alive, *scope.of_area(lines.c.id)]


def unit_lines(work: Reading, scope: Scope) -> tuple[sa.Subquery, list[sa.ColumnElement[bool]]]:
    """Return the lines that ``units`` counts, and what picks them."""
    lines = covered(work, scope.coverage)
    where = [lines.c.kind != COMMUNE, alive_at_end(lines)]
    if scope.unit is not None and not scope.whole:
        where.append(of_unit(lines, scope.unit))
    return lines, where


def facts(work: Reading, scope: Scope) -> UnitFacts:
    """Return what is recorded of the unit of ``scope``; for the whole commune, of the commune itself."""
    key = unit_of(work, scope)
    step = year_steps.c
    query = sa.select(step.step, step.on, step.part, step.whole).where(
        step.unit_code == work.unit_code,
        step.unit_kind == key.kind,
        step.unit_id == key.id,
        step.year == scope.year,
    )
    steps = {row.step: row for row in work.connection.execute(query)}
    told = steps.get("staff_told")
    happened = occurrences.c
    sums = (
        sa.select(happened.item, sa.func.sum(happened["count"]))
        .where(*occurred(work, scope))
        .group_by(happened.item)
        .order_by(happened.item)
    )
    return UnitFacts(
        days={name: row.on for name, row in steps.items()},
        staff_told=Ratio(told.part, told.whole) if told and told.whole is not None else None,
        occurrences={item: count for item, count in work.connection.execute(sums)},  # noqa: C416 - as in figures
    )


def unit_of(work: Reading, scope: Scope) -> UnitKey:
    """Return the unit whose own records belong to ``scope``."""
    return scope.unit or UnitKey(COMMUNE, work.unit_code)


def occurred(work: Reading, scope: Scope) -> list[sa.ColumnElement[bool]]:
    """Return what picks the occurrences at the unit of ``scope`` within its days.

    What happens in a residential area happens in the commune too, under the same criterion (Điều 5 khoản 2 cites Điều 4).
    """
    happened = occurrences.c
    where = [
        happened.unit_code == work.unit_code,
        happened.on.between(scope.days.first, scope.days.last),
    ]
    if scope.whole:
        return [*where, happened.unit_kind.in_((RESIDENTIAL_AREA, COMMUNE))]
    key = unit_of(work, scope)
    return [*where, happened.unit_kind == key.kind, happened.unit_id == key.id]


def _counts(work: Reading, lines: sa.Subquery, year: int, where: list[sa.ColumnElement[bool]]) -> UnitCounts:
    kept = self_assessments.c
    final = kept.state == "final"
    query: sa.Select[*tuple[Any, ...]] = (
        sa.select(
            sa.func.count(),
            sa.func.count().filter(registered_on(lines, year).is_not(None)),
            sa.func.count().filter(final),
            sa.func.count().filter(final, kept.result == "met"),
            sa.func.count().filter(recognition_stands()),
        )
        .select_from(assessed(lines, year))
        .where(*where)
    )
    return UnitCounts(*work.connection.execute(query).one())
