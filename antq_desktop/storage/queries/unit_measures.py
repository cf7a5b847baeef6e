"""The measures of areas and units, by how far they are in their year, and what is recorded of the one unit assessed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

import sqlalchemy as sa

from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.units import UnitKey
from antq_desktop.storage.queries.counting import Finder, Rows
from antq_desktop.storage.queries.json_parts import elements
from antq_desktop.storage.queries.model_measures import works_at
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
from antq_desktop.storage.register_tables import community_models, recognitions, self_assessments
from antq_desktop.storage.rest_of_year_tables import festival_days, security_teams
from antq_desktop.storage.unit_of_work import Reading
from antq_desktop.storage.yearly_tables import occurrences, year_steps

HowFar = Literal[
    "exists",
    "registered",
    "assessed",
    "met",
    "recognised",
    "with_model",
    "with_festival",
    "with_team",
]


@dataclass(frozen=True, slots=True)
class UnitRecords:
    """What is recorded of one unit: days by step, staff told of the rules, occurrences by criterion."""

    days: Mapping[str, date] = field(default_factory=dict)
    staff_told: Ratio | None = None
    occurrences: Mapping[str, int] = field(default_factory=dict)


def _areas(how_far: HowFar) -> Finder:
    """Return what finds the residential areas that exist on the last day of the period."""

    def find(work: Reading, scope: Scope) -> Rows:
        lines, last = areas_alone(work), scope.days.last
        alive = (lines.c.valid_from <= last, sa.or_(lines.c.valid_to.is_(None), lines.c.valid_to >= last))
        return _lines(work, lines, scope, how_far, (*alive, *scope.of_area(lines.c.id)), (lines.c.name_key,))

    return find


def _units(how_far: HowFar, *, by_kind: bool = False) -> Finder:
    """Return what finds the units below the commune, of all kinds, that exist when the period of their kind ends.

    A report that is written to an earlier day takes those that exist on that day.
    """

    def find(work: Reading, scope: Scope) -> Rows:
        lines = covered(work, scope.coverage)
        where = [lines.c.kind != COMMUNE, alive_at_end(lines, scope.until)]
        if scope.unit is not None and not scope.whole:
            where.append(of_unit(lines, scope.unit))
        order = (lines.c.place, lines.c.name_key)
        return _lines(
            work, lines, scope, how_far, tuple(where), order, kind=lines.c.kind if by_kind else None
        )

    return find


def _lines(  # noqa: PLR0917 - the parts of one query
    work: Reading,
    lines: sa.Subquery,
    scope: Scope,
    how_far: HowFar,
    where: tuple[sa.ColumnElement[bool], ...],
    order: tuple[sa.ColumnElement[Any], ...],
    kind: sa.ColumnElement[str] | None = None,
) -> Rows:
    counted, on = _so_far(work, lines, scope, how_far)
    kept_as = sa.case((lines.c.kind == RESIDENTIAL_AREA, "residential_areas"), else_="listed_units")
    return Rows(
        entity=kept_as,
        source=assessed(lines, scope.year),
        id=lines.c.id,
        name=lines.c.name,
        on=on,
        state=sa.case((counted, how_far), else_=f"not_{how_far}"),
        where=where,
        counted=counted,
        kind=kind,
        order=order,
    )


def _so_far(
    work: Reading, lines: sa.Subquery, scope: Scope, how_far: HowFar
) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[Any]]:
    """Return when a line is that far, and the day that belongs to it."""
    kept, until = self_assessments.c, scope.until
    registered = registered_on(lines, scope.year)
    final: sa.ColumnElement[bool] = kept.state == "final"
    in_time: sa.ColumnElement[bool] = registered.is_not(None)
    if until is not None:
        final = sa.and_(final, kept.assessed_on <= until)
        in_time = registered <= until.isoformat()
    # Each is put together only when it is asked for: that takes longer than to answer it.
    conditions: dict[HowFar, Callable[[], tuple[Any, Any]]] = {
        "exists": lambda: (sa.true(), lines.c.valid_from),
        "registered": lambda: (in_time, registered),
        "assessed": lambda: (final, kept.assessed_on),
        "met": lambda: (sa.and_(final, kept.result == "met"), kept.assessed_on),
        "recognised": lambda: (recognition_stands(until), recognitions.c.decision_date),
        "with_model": lambda: (_has_model(work, lines, scope), sa.null()),
        "with_festival": lambda: (_has_festival(lines, scope), sa.null()),
        "with_team": lambda: (_has_team(work, lines, scope), sa.null()),
    }
    return conditions[how_far]()


def _has_model(work: Reading, lines: sa.Subquery, scope: Scope) -> sa.ColumnElement[bool]:
    model = community_models.c
    own = (model.unit_code == lines.c.unit_code, scope.area_of(work, community_models) == lines.c.id)
    return sa.select(model.id).where(*own, works_at(scope)).correlate(lines).exists()


def _has_festival(lines: sa.Subquery, scope: Scope) -> sa.ColumnElement[bool]:
    festival, days = festival_days.c, scope.days
    area = elements(festival.area_ids)
    return (
        sa.select(festival.id)
        .select_from(festival_days.join(area, sa.true()))
        .where(
            festival.unit_code == lines.c.unit_code,
            area.c.value == lines.c.id,
            festival.on.between(days.first, days.last),
        )
        .correlate(lines)
        .exists()
    )


def _has_team(work: Reading, lines: sa.Subquery, scope: Scope) -> sa.ColumnElement[bool]:
    team, last = security_teams.c, scope.days.last
    return (
        sa.select(team.id)
        .where(
            team.unit_code == lines.c.unit_code,
            scope.area_of(work, security_teams) == lines.c.id,
            team.valid_from <= last,
            sa.or_(team.valid_to.is_(None), team.valid_to >= last),
        )
        .correlate(lines)
        .exists()
    )


def records(work: Reading, scope: Scope) -> UnitRecords:
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
    return UnitRecords(
        days={name: row.on for name, row in steps.items()},
        staff_told=Ratio(told.part, told.whole) if told and told.whole is not None else None,
        occurrences={item: count for item, count in work.connection.execute(sums)},  # noqa: C416 - rows are no pairs to a type checker
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


FINDERS: dict[str, Finder] = {
    "areas": _areas("exists"),
    "areas_registered": _areas("registered"),
    "areas_assessed": _areas("assessed"),
    "areas_met": _areas("met"),
    "areas_recognised": _areas("recognised"),
    "areas_with_model": _areas("with_model"),
    "areas_with_festival": _areas("with_festival"),
    "areas_with_team": _areas("with_team"),
    "units": _units("exists"),
    "units_registered": _units("registered"),
    "units_recognised": _units("recognised"),
    "units_by_kind": _units("exists", by_kind=True),
    "units_recognised_by_kind": _units("recognised", by_kind=True),
}
