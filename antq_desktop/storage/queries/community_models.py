"""Models and their activities as flat rows for lists."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from antq_desktop.domain.text import fold
from antq_desktop.storage.queries.window import Window
from antq_desktop.storage.register_tables import community_models, model_activities, residential_areas
from antq_desktop.storage.tables import search_rows
from antq_desktop.storage.unit_of_work import Reading


@dataclass(frozen=True, slots=True)
class ModelFilter:
    """Which models: of an area, in a state, with these words."""

    area_id: str | None = None
    state: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class ModelRow:
    """One model; ``area_name`` is None for one of the whole commune."""

    id: str
    name: str
    kind: str
    area_name: str | None
    state: str
    sites: int
    groups: int
    members: int
    activities: int
    last_activity_on: date | None


@dataclass(frozen=True, slots=True)
class ActivityFilter:
    """Which activities: of a model, from ``first`` to ``last`` (both included), of a kind, with all words of ``text``.

    Words stand in title, place, note, or in name and leader of the model; tone marks and capitals make no difference.
    """

    model_id: str | None = None
    first: date | None = None
    last: date | None = None
    kind: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One activity; ``quantities`` maps unit ids to counts."""

    id: str
    model_id: str
    model_name: str
    kind: str
    on: date
    title: str
    place: str
    quantities: dict[str, int]
    note: str


_done = (
    sa.select(
        model_activities.c.unit_code,
        model_activities.c.model_id,
        sa.func.count().label("activities"),
        sa.func.max(model_activities.c.on).label("last"),
    )
    .group_by(model_activities.c.unit_code, model_activities.c.model_id)
    .subquery()
)
_activities = sa.func.coalesce(_done.c.activities, 0)
_MODEL_SORTS: dict[str, tuple[sa.ColumnElement[Any], ...]] = {
    "name": (community_models.c.name_key,),
    "kind": (community_models.c.kind, community_models.c.name_key),
    "area_name": (residential_areas.c.name_key, community_models.c.name_key),
    "state": (community_models.c.state, community_models.c.name_key),
    "sites": (community_models.c.sites,),
    "groups": (community_models.c.groups,),
    "members": (community_models.c.members,),
    "activities": (_activities,),
    "last_activity_on": (_done.c.last,),
}
_ACTIVITY_SORTS: dict[str, tuple[sa.ColumnElement[Any], ...]] = {
    "on": (model_activities.c.on,),
    "model_name": (community_models.c.name_key, model_activities.c.on),
    "kind": (model_activities.c.kind, model_activities.c.on),
    "title": (model_activities.c.title,),
    "place": (model_activities.c.place,),
}


def count_models(work: Reading, which: ModelFilter) -> int:
    query = sa.select(sa.func.count()).select_from(community_models).where(*_models_where(work, which))
    return int(work.connection.execute(query).scalar_one())


def page_models(work: Reading, which: ModelFilter, window: Window) -> list[ModelRow]:
    """Return the models of ``window``, by name unless it says otherwise."""
    model, area = community_models.c, residential_areas.c
    query: sa.Select[*tuple[Any, ...]] = (
        sa.select(
            model.id,
            model.name,
            model.kind,
            area.name,
            model.state,
            model.sites,
            model.groups,
            model.members,
            _activities,
            _done.c.last,
        )
        .outerjoin_from(
            community_models,
            residential_areas,
            sa.and_(area.unit_code == model.unit_code, area.id == model.area_id),
        )
        .outerjoin(_done, sa.and_(_done.c.unit_code == model.unit_code, _done.c.model_id == model.id))
        .where(*_models_where(work, which))
        .order_by(*_order(_MODEL_SORTS[window.sort or "name"], window), model.id)
        .offset(window.offset)
        .limit(window.limit)
    )
    return [ModelRow(*row) for row in work.connection.execute(query)]


def count_activities(work: Reading, which: ActivityFilter) -> int:
    query = sa.select(sa.func.count()).select_from(model_activities).where(*_activities_where(work, which))
    return int(work.connection.execute(query).scalar_one())


def page_activities(work: Reading, which: ActivityFilter, window: Window) -> list[ActivityRow]:
    """Return the activities of ``window``, by day unless it says otherwise."""
    done, model = model_activities.c, community_models.c
    query: sa.Select[*tuple[Any, ...]] = (
        sa.select(
            done.id,
            done.model_id,
            model.name,
            done.kind,
            done.on,
            done.title,
            done.place,
            done.quantities,
            done.note,
        )
        .join_from(
            model_activities,
            community_models,
            sa.and_(model.unit_code == done.unit_code, model.id == done.model_id),
        )
        .where(*_activities_where(work, which))
        .order_by(*_order(_ACTIVITY_SORTS[window.sort or "on"], window), done.id)
        .offset(window.offset)
        .limit(window.limit)
    )
    return [ActivityRow(*row) for row in work.connection.execute(query)]


def _order(columns: tuple[sa.ColumnElement[Any], ...], window: Window) -> list[sa.ColumnElement[Any]]:
    return [column.desc() if window.descending else column.asc() for column in columns]


def _models_where(work: Reading, which: ModelFilter) -> list[sa.ColumnElement[bool]]:
    model = community_models.c
    where: list[sa.ColumnElement[bool]] = [model.unit_code == work.unit_code]
    if which.area_id is not None:
        where.append(model.area_id == which.area_id)
    if which.state is not None:
        where.append(model.state == which.state)
    return where + [
        model.folded.contains(word, autoescape=True) for word in fold(which.text).split(" ") if word
    ]


def _activities_where(work: Reading, which: ActivityFilter) -> list[sa.ColumnElement[bool]]:
    done = model_activities.c
    where: list[sa.ColumnElement[bool]] = [done.unit_code == work.unit_code]
    if which.model_id is not None:
        where.append(done.model_id == which.model_id)
    if which.first is not None:
        where.append(done.on >= which.first)
    if which.last is not None:
        where.append(done.on <= which.last)
    if which.kind is not None:
        where.append(done.kind == which.kind)
    return [*where, *(_says(word) for word in fold(which.text).split(" ") if word)]


def _says(word: str) -> sa.ColumnElement[bool]:
    """Return when an activity, by the folded texts that the search keeps of it, or its model has a word."""
    done, found, model = model_activities.c, search_rows.c, community_models.c
    in_its_words = (
        sa.select(found.id)
        .where(
            found.unit_code == done.unit_code,
            found.entity == model_activities.name,
            found.id == done.id,
            (found.title + " " + found.others).contains(word, autoescape=True),
        )
        .correlate(model_activities)
        .exists()
    )
    of_model = sa.select(model.id).where(
        model.unit_code == done.unit_code, model.folded.contains(word, autoescape=True)
    )
    return sa.or_(in_its_words, done.model_id.in_(of_model.correlate(model_activities)))
