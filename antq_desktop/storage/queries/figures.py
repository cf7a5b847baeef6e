"""Counts the rows behind the figures of a commune or of one of its areas: dashboard, report and assessment ask only here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from antq_desktop.domain.community_models import ModelState
from antq_desktop.domain.indicators import Figures
from antq_desktop.domain.units import UnitKey
from antq_desktop.storage.queries import unit_figures
from antq_desktop.storage.queries.commitments import status
from antq_desktop.storage.queries.scope import RESIDENTIAL_AREA, Scope
from antq_desktop.storage.tables import campaigns, community_models, model_activities
from antq_desktop.storage.unit_of_work import Reading


@dataclass(frozen=True, slots=True)
class KindCount:
    """The activities of one kind within a period; ``quantities`` sums each unit apart."""

    kind: str
    activities: int
    quantities: Mapping[str, int]


def yearly_campaign_id(work: Reading, year: int) -> str:
    """Return the id of the yearly campaign of ``year``; empty while nobody has opened it, which no paper bears."""
    where = (campaigns.c.unit_code == work.unit_code, campaigns.c.year == year, campaigns.c.kind == "yearly")
    query = sa.select(campaigns.c.id).where(*where).order_by(campaigns.c.id).limit(1)
    return work.connection.execute(query).scalar_one_or_none() or ""


def figures(work: Reading, scope: Scope) -> Figures:
    """Return the counts of ``scope`` as domain.indicators defines them."""
    living, signed = _households(work, scope)
    areas = unit_figures.areas(work, scope)
    units = unit_figures.units(work, scope)
    facts = unit_figures.facts(work, scope)
    models = _models(work, scope)
    kinds = activities_by_kind(work, scope)
    quantities: dict[str, int] = {}
    for kind in kinds:
        for unit, count in kind.quantities.items():
            quantities[unit] = quantities.get(unit, 0) + count
    return Figures(
        households_living=living,
        households_signed=signed,
        areas=areas.all,
        areas_registered=areas.registered,
        areas_assessed=areas.assessed,
        areas_met=areas.met,
        areas_recognised=areas.recognised,
        models_working=models[0],
        model_sites=models[1],
        model_groups=models[2],
        model_members=models[3],
        activities={kind.kind: kind.activities for kind in kinds},
        quantities=quantities,
        units=units.all,
        units_registered=units.registered,
        units_recognised=units.recognised,
        resolution_day=facts.days.get("resolution"),
        plan_day=facts.days.get("plan"),
        registration_day=facts.days.get("registration"),
        staff_told=facts.staff_told,
        occurrences=facts.occurrences,
    )


def activities_by_kind(work: Reading, scope: Scope) -> list[KindCount]:
    """Return the activities within the days of ``scope``, one line for each kind, in order of the kinds' ids."""
    done = model_activities.c
    where = _activities_where(scope, work)
    counts = sa.select(done.kind, sa.func.count()).where(*where).group_by(done.kind).order_by(done.kind)
    entry = sa.func.json_each(done.quantities).table_valued("key", "value")
    sums = (
        sa.select(done.kind, entry.c.key, sa.func.sum(entry.c.value))
        .select_from(model_activities.join(entry, sa.true()))
        .where(*where)
        .group_by(done.kind, entry.c.key)
        .order_by(done.kind, entry.c.key)
    )
    quantities: dict[str, dict[str, int]] = {}
    for kind, unit, count in work.connection.execute(sums):
        quantities.setdefault(kind, {})[unit] = count
    return [
        KindCount(kind, count, quantities.get(kind, {})) for kind, count in work.connection.execute(counts)
    ]


def activities_by_model(work: Reading, scope: Scope) -> dict[str, int]:
    """Return how many activities each model held within the days of ``scope``; a model without any is left out."""
    done = model_activities.c
    query = (
        sa.select(done.model_id, sa.func.count())
        .where(*_activities_where(scope, work))
        .group_by(done.model_id)
    )
    return _counted(work, query)


def models_by_state(work: Reading) -> dict[str, int]:
    """Return how many models stand in each state; a state without any is left out."""
    model = community_models.c
    query = (
        sa.select(model.state, sa.func.count()).where(model.unit_code == work.unit_code).group_by(model.state)
    )
    return _counted(work, query)


def models_by_area(work: Reading) -> dict[str | None, int]:
    """Return how many working models each area has; None stands for those of the whole commune."""
    model = community_models.c
    where = (model.unit_code == work.unit_code, model.state == ModelState.WORKING)
    query = sa.select(model.area_id, sa.func.count()).where(*where).group_by(model.area_id)
    return _counted(work, query)


def activities_by_area(work: Reading, scope: Scope) -> dict[str | None, int]:
    """Return how many activities the models of each area held; None stands for models of the whole commune."""
    model, done = community_models.c, model_activities.c
    joined = model_activities.join(
        community_models, sa.and_(model.unit_code == done.unit_code, model.id == done.model_id)
    )
    query = (
        sa.select(model.area_id, sa.func.count())
        .select_from(joined)
        .where(*_activities_where(scope, work))
        .group_by(model.area_id)
    )
    return _counted(work, query)


def _households(work: Reading, scope: Scope) -> tuple[int, int]:
    """Count the households living there: all, and those that signed."""
    papers = [
        row
        for row in status(work, yearly_campaign_id(work, scope.year))
        if scope.whole or scope.unit == UnitKey(RESIDENTIAL_AREA, row.area_id)
    ]
    return sum(row.living for row in papers), sum(row.signed for row in papers)


def _models(work: Reading, scope: Scope) -> tuple[int, ...]:
    """Count the models at work: models, sites, groups, members."""
    model = community_models.c
    sums = [sa.func.coalesce(sa.func.sum(column), 0) for column in (model.sites, model.groups, model.members)]
    query = sa.select(sa.func.count(), *sums).where(
        model.unit_code == work.unit_code,
        model.state == ModelState.WORKING,
        *scope.of_area(model.area_id),
    )
    return tuple(work.connection.execute(query).one())


def _activities_where(scope: Scope, work: Reading) -> list[sa.ColumnElement[bool]]:
    done, model = model_activities.c, community_models.c
    where = [done.unit_code == work.unit_code, done.on.between(scope.days.first, scope.days.last)]
    if not scope.whole:
        of_area = sa.select(model.id).where(model.unit_code == work.unit_code, *scope.of_area(model.area_id))
        where.append(done.model_id.in_(of_area))
    return where


def _counted(work: Reading, query: sa.Select[Any]) -> dict[Any, int]:
    return {key: count for key, count in work.connection.execute(query)}  # noqa: C416 - rows are no pairs to a type checker
