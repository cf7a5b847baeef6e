"""Counts the rows behind the figures of a commune or of one of its areas: dashboard, report and assessment ask only here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from antq_desktop.domain.commitments import CommitmentState
from antq_desktop.domain.community_models import ModelState
from antq_desktop.domain.indicators import Figures
from antq_desktop.domain.periods import Period
from antq_desktop.storage.queries.assessments import assessed, recognition_stands
from antq_desktop.storage.queries.commitments import living_here, status, with_papers
from antq_desktop.storage.tables import (
    campaigns,
    commitments,
    community_models,
    households,
    model_activities,
    residential_areas,
    self_assessments,
)
from antq_desktop.storage.unit_of_work import Reading

#: The item of the criteria for residential areas that asks for the day of registration (TT 124/2021/TT-BCA, Điều 4 khoản 1).
_REGISTRATION = '$."k1-dang-ky".value.date'


@dataclass(frozen=True, slots=True)
class Scope:
    """What figures are counted over: the papers and assessments of ``year``, the activities and areas of ``days``.

    ``area_id`` None is the whole commune. Households and models are counted as they stand today.
    """

    year: int
    days: Period
    area_id: str | None = None


@dataclass(frozen=True, slots=True)
class BehindRow:
    """One row behind a figure. ``counted`` tells whether it is in the part; ``on`` is the day that belongs to ``state``."""

    entity: str
    id: str
    name: str
    state: str
    on: date | None
    counted: bool


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
    papers = [
        row
        for row in status(work, yearly_campaign_id(work, scope.year))
        if scope.area_id in (None, row.area_id)
    ]
    areas = _areas(work, scope)
    models = _models(work, scope)
    kinds = activities_by_kind(work, scope)
    quantities: dict[str, int] = {}
    for kind in kinds:
        for unit, count in kind.quantities.items():
            quantities[unit] = quantities.get(unit, 0) + count
    return Figures(
        households_living=sum(row.living for row in papers),
        households_signed=sum(row.signed for row in papers),
        areas=areas[0],
        areas_registered=areas[1],
        areas_assessed=areas[2],
        areas_met=areas[3],
        areas_recognised=areas[4],
        models_working=models[0],
        model_sites=models[1],
        model_groups=models[2],
        model_members=models[3],
        activities={kind.kind: kind.activities for kind in kinds},
        quantities=quantities,
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


def households_behind(work: Reading, scope: Scope, *, signed_only: bool) -> list[BehindRow]:
    """Return the households living here by name; with ``signed_only`` those that signed are the counted ones."""
    home, paper = households.c, commitments.c
    query = (
        sa.select(home.id, home.head, paper.state, paper.signed_on)
        .select_from(with_papers(yearly_campaign_id(work, scope.year)))
        .where(living_here(work), *_of_area(home.area_id, scope))
        .order_by(home.head_key, home.id)
    )
    return [
        BehindRow(
            "households",
            key,
            head,
            state or CommitmentState.NOT_ISSUED.value,
            signed_on,
            counted=not signed_only or state == CommitmentState.SIGNED,
        )
        for key, head, state, signed_on in work.connection.execute(query)
    ]


def models_behind(work: Reading, scope: Scope) -> list[BehindRow]:
    """Return the models by name; the counted ones are at work."""
    model = community_models.c
    query = (
        sa.select(model.id, model.name, model.state, model.launched_on)
        .where(model.unit_code == work.unit_code, *_of_area(model.area_id, scope))
        .order_by(model.name_key, model.id)
    )
    return [
        BehindRow("community_models", key, name, state, launched_on, counted=state == ModelState.WORKING)
        for key, name, state, launched_on in work.connection.execute(query)
    ]


def _areas(work: Reading, scope: Scope) -> tuple[int, ...]:
    """Count the areas at the end of the period: all, registered, assessed, met, recognised."""
    area, kept = residential_areas.c, self_assessments.c
    final = kept.state == "final"
    query = (
        sa.select(
            sa.func.count(),
            sa.func.count().filter(sa.func.json_extract(kept.answers, _REGISTRATION).is_not(None)),
            sa.func.count().filter(final),
            sa.func.count().filter(final, kept.result == "met"),
            sa.func.count().filter(recognition_stands()),
        )
        .select_from(assessed(scope.year))
        .where(
            area.unit_code == work.unit_code,
            area.valid_from <= scope.days.last,
            sa.or_(area.valid_to.is_(None), area.valid_to >= scope.days.last),
            *_of_area(area.id, scope),
        )
    )
    return tuple(work.connection.execute(query).one())


def _models(work: Reading, scope: Scope) -> tuple[int, ...]:
    """Count the models at work: models, sites, groups, members."""
    model = community_models.c
    sums = [sa.func.coalesce(sa.func.sum(column), 0) for column in (model.sites, model.groups, model.members)]
    query = sa.select(sa.func.count(), *sums).where(
        model.unit_code == work.unit_code,
        model.state == ModelState.WORKING,
        *_of_area(model.area_id, scope),
    )
    return tuple(work.connection.execute(query).one())


def _activities_where(scope: Scope, work: Reading) -> list[sa.ColumnElement[bool]]:
    done, model = model_activities.c, community_models.c
    where = [done.unit_code == work.unit_code, done.on.between(scope.days.first, scope.days.last)]
    if scope.area_id is not None:
        of_area = sa.select(model.id).where(model.unit_code == work.unit_code, model.area_id == scope.area_id)
        where.append(done.model_id.in_(of_area))
    return where


def _counted(work: Reading, query: sa.Select[Any]) -> dict[Any, int]:
    return {key: count for key, count in work.connection.execute(query)}  # noqa: C416 - rows are no pairs to a type checker


def _of_area(column: sa.ColumnElement[str], scope: Scope) -> list[sa.ColumnElement[bool]]:
    return [] if scope.area_id is None else [column == scope.area_id]
