"""Every unit that is assessed in a year, of whatever kind, beside its self-assessment, decision and certificate."""

from datetime import date
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from antq_desktop.domain.criteria import UnitKind
from antq_desktop.domain.periods import Period
from antq_desktop.domain.units import UnitKey
from antq_desktop.storage.queries.scope import COMMUNE, RESIDENTIAL_AREA, Coverage
from antq_desktop.storage.register_tables import (
    certificates,
    recognitions,
    residential_areas,
    self_assessments,
    settings,
)
from antq_desktop.storage.unit_of_work import Reading
from antq_desktop.storage.yearly_tables import listed_units, year_steps

#: The order in which kinds are listed; the commune comes last, since it follows from its units.
_ORDER: tuple[UnitKind, ...] = (RESIDENTIAL_AREA, "agency", "enterprise", "school", COMMUNE)
#: The item of the criteria for residential areas that asks for the day of registration (TT 124/2021/TT-BCA, Điều 4 khoản 1).
_REGISTRATION_DAY = ("k1-dang-ky", "value", "date")
#: So many questions are kept put together: a few years, as the commune and as the whole of its units see them.
_AT_HAND = 16


def covered(work: Reading, coverage: Coverage) -> sa.Subquery:
    """Return the units alive within the period of their kind, each with the ``first`` and ``last`` day of that period.

    Columns: unit_code, kind, place (the order of kinds), id, name, name_key, valid_from, valid_to, first, last.
    """
    return _covered(work.unit_code, tuple(coverage.periods.items()), coverage.excluded)


@lru_cache(maxsize=_AT_HAND)
def _covered(
    unit_code: str, days: tuple[tuple[UnitKind, Period], ...], excluded: frozenset[tuple[str, str]]
) -> sa.Subquery:
    """Put the question together; it holds no answer. To do so anew for each figure takes longer than to ask it."""
    periods = dict(days)
    parts = [_areas(unit_code, periods[RESIDENTIAL_AREA])]
    parts += [
        _listed(unit_code, kind, periods[kind], [category for other, category in excluded if other == kind])
        for kind in _ORDER
        if kind not in (RESIDENTIAL_AREA, COMMUNE)
    ]
    parts.append(_commune(unit_code, periods[COMMUNE]))
    unit = sa.union_all(*parts).subquery()
    within = (unit.c.valid_from.is_(None)) | (unit.c.valid_from <= unit.c.last)
    still = (unit.c.valid_to.is_(None)) | (unit.c.valid_to >= unit.c.first)
    return sa.select(unit).where(within, still).subquery("covered")


def of_unit(units: sa.Subquery, key: UnitKey) -> sa.ColumnElement[bool]:
    """Return what picks the one unit ``key`` among the lines of ``covered``."""
    return sa.and_(units.c.kind == key.kind, units.c.id == key.id)


def alive_at_end(units: sa.Subquery, until: date | None = None) -> sa.ColumnElement[bool]:
    """Return when a line of ``covered`` stands for a unit on the last day of its period, or on ``until`` if that is earlier."""
    still = sa.or_(units.c.valid_to.is_(None), units.c.valid_to >= units.c.last)
    if until is None:
        return still
    return sa.and_(sa.or_(still, units.c.valid_to >= until), begun_by(units, until))


def begun_by(units: sa.Subquery, until: date) -> sa.ColumnElement[bool]:
    """Return when the unit of a line of ``covered`` existed by ``until``; the commune always did."""
    return sa.or_(units.c.valid_from.is_(None), units.c.valid_from <= until)


@lru_cache(maxsize=_AT_HAND)
def assessed(units: sa.FromClause, year: int) -> sa.Join:
    """Return every line of ``units`` beside its assessment, newest recognition and newest certificate of ``year``, or nothing.

    ``units`` has the columns unit_code, kind and id.
    """
    unit, kept, decided, paper = units.c, self_assessments.c, recognitions.c, certificates.c
    other, rival = certificates.alias(), recognitions.alias()

    def highest_number(of: "sa.FromClause") -> "sa.ScalarSelect[int]":
        numbers = sa.select(sa.func.max(other.c.number))
        return numbers.where(
            other.c.unit_code == of.c.unit_code, other.c.recognition_id == of.c.id
        ).scalar_subquery()

    # A second decision comes only once the certificates of the first are withdrawn: the newest has none yet or the highest.
    newest_decision = (
        sa.select(rival.c.id)
        .where(rival.c.unit_code == kept.unit_code, rival.c.assessment_id == kept.id)
        .order_by(highest_number(rival).desc().nulls_first(), rival.c.decision_date.desc(), rival.c.id)
        .limit(1)
        .correlate(self_assessments)
        .scalar_subquery()
    )
    return (
        units.outerjoin(
            self_assessments,
            sa.and_(
                kept.unit_code == unit.unit_code,
                kept.unit_kind == unit.kind,
                kept.unit_id == unit.id,
                kept.year == year,
            ),
        )
        .outerjoin(
            recognitions,
            sa.and_(decided.unit_code == kept.unit_code, decided.id == newest_decision),
        )
        .outerjoin(
            certificates,
            sa.and_(
                paper.unit_code == decided.unit_code,
                paper.recognition_id == decided.id,
                paper.number == highest_number(recognitions),
            ),
        )
    )


def recognition_stands(until: date | None = None) -> sa.ColumnElement[bool]:
    """Return when a line of ``assessed`` counts as recognised: decided, and the newest certificate not withdrawn.

    With ``until`` as it stood at the end of that day.
    """
    decided, withdrawn = recognitions.c, certificates.c.withdrawn_on
    if until is None:
        return sa.and_(decided.id.is_not(None), withdrawn.is_(None))
    return sa.and_(decided.decision_date <= until, sa.or_(withdrawn.is_(None), withdrawn > until))


def registered_on(units: sa.FromClause, year: int) -> sa.ColumnElement[str | None]:
    """Return the day (ISO text) on which a line of ``assessed`` was registered: its step, else the answer of an area; or null."""
    step = year_steps.c
    recorded = (
        sa.select(sa.cast(step.on, sa.Text))
        .where(
            step.unit_code == units.c.unit_code,
            step.unit_kind == units.c.kind,
            step.unit_id == units.c.id,
            step.year == year,
            step.step == "registration",
        )
        .correlate(units)
        .scalar_subquery()
    )
    return sa.func.coalesce(recorded, self_assessments.c.answers[_REGISTRATION_DAY].as_string())


def areas_alone(work: Reading) -> sa.Subquery:
    """Return all residential areas as lines of units: unit_code, kind, id, name, name_key, valid_from, valid_to."""
    return _areas_alone(work.unit_code)


@lru_cache(maxsize=_AT_HAND)
def _areas_alone(unit_code: str) -> sa.Subquery:
    area = residential_areas.c
    columns = (area.unit_code, area.id, area.name, area.name_key, area.valid_from, area.valid_to)
    return (
        sa.select(*columns, sa.literal(RESIDENTIAL_AREA).label("kind"))
        .where(area.unit_code == unit_code)
        .subquery("areas")
    )


def _areas(unit_code: str, days: Period) -> "sa.Select[*tuple[Any, ...]]":
    area = residential_areas.c
    return sa.select(
        area.unit_code,
        *_kind(RESIDENTIAL_AREA),
        area.id,
        area.name,
        area.name_key,
        area.valid_from,
        area.valid_to,
        *_period(days),
    ).where(area.unit_code == unit_code)


def _listed(
    unit_code: str, kind: UnitKind, days: Period, left_out: list[str]
) -> "sa.Select[*tuple[Any, ...]]":
    unit = listed_units.c
    return sa.select(
        unit.unit_code,
        *_kind(kind),
        unit.id,
        unit.name,
        unit.name_key,
        unit.valid_from,
        unit.valid_to,
        *_period(days),
    ).where(
        unit.unit_code == unit_code,
        unit.kind == kind,
        unit.managed,
        unit.category.not_in(left_out),
    )


def _commune(unit_code: str, days: Period) -> "sa.Select[*tuple[Any, ...]]":
    kept = (
        sa.select(settings.c.value["name"].as_string())
        .where(settings.c.unit_code == unit_code, settings.c.id == "commune")
        .scalar_subquery()
    )
    name = sa.func.coalesce(kept, "")
    return sa.select(
        sa.literal(unit_code),
        *_kind(COMMUNE),
        sa.literal(unit_code),
        name,
        name,
        sa.null(),
        sa.null(),
        *_period(days),
    )


def _kind(kind: UnitKind) -> "tuple[sa.Label[Any], ...]":
    return sa.literal(kind).label("kind"), sa.literal(_ORDER.index(kind)).label("place")


def _period(period: Period) -> "tuple[sa.Label[Any], ...]":
    return (
        sa.literal(period.first, sa.Date).label("first"),
        sa.literal(period.last, sa.Date).label("last"),
    )
