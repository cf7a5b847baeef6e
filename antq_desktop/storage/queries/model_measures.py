"""The measures of models and of what they did, as of the last day of the period wherever the records tell."""

from typing import Any, Literal

import sqlalchemy as sa

from antq_desktop.domain.community_models import ModelState
from antq_desktop.domain.model_parts import PartKind
from antq_desktop.storage.model_tables import model_parts, model_steps
from antq_desktop.storage.queries.counting import Finder, Rows, count_by
from antq_desktop.storage.queries.json_parts import counts
from antq_desktop.storage.queries.scope import Scope
from antq_desktop.storage.register_tables import community_models, model_activities, model_ratings
from antq_desktop.storage.unit_of_work import Reading

_model = community_models.c
#: When a model began, as far as it is known.
_began = sa.func.coalesce(_model.launched_on, _model.decision_date)
#: Every activity beside its model.
_of_models = model_activities.join(
    community_models,
    sa.and_(_model.unit_code == model_activities.c.unit_code, _model.id == model_activities.c.model_id),
)


def state_at(scope: Scope) -> sa.ColumnElement[str]:
    """Return the state that a model was in at the end of the last day of ``scope``.

    The first step taken later that changed the state tells what state it found (as domain.model_lifecycle.state_on). Where no
    such step is recorded, the days of launch and closing tell; a model at work without any day is believed to have worked always, a closed one without a beginning never.
    """
    last, step = scope.days.last, model_steps.c
    found = (
        sa.select(step.state_before)
        .where(step.unit_code == _model.unit_code, step.model_id == _model.id, step.on > last)
        .where(step.step.in_(scope.coverage.turning))
        .order_by(step.on, step.place)
        .limit(1)
        .correlate(community_models)
        .scalar_subquery()
    )
    working, proposed = sa.literal(ModelState.WORKING.value), sa.literal(ModelState.PROPOSED.value)
    return sa.case(
        (found.is_not(None), found),
        (sa.and_(_model.state == ModelState.WORKING, _began > last), proposed),
        (
            sa.and_(_model.state == ModelState.CLOSED, _model.closed_on > last),
            sa.case((_began <= last, working), else_=proposed),
        ),
        else_=_model.state,
    )


def works_at(scope: Scope) -> sa.ColumnElement[bool]:
    """Return when a model was at work at the end of the last day of ``scope``."""
    return state_at(scope) == ModelState.WORKING.value


def _models(work: Reading, scope: Scope, counted: sa.ColumnElement[bool], **more: Any) -> Rows:  # noqa: ANN401 - fields of Rows
    """Find the models of the scope; ``counted`` picks those that count."""
    fields: dict[str, Any] = {
        "entity": "community_models",
        "source": community_models,
        "id": _model.id,
        "name": _model.name,
        "on": _model.launched_on,
        "state": state_at(scope),
        "where": (_model.unit_code == work.unit_code, *scope.lies_in(work, community_models)),
        "area": scope.area_of(work, community_models),
        "counted": counted,
        "order": (_model.name_key,),
    }
    return Rows(**fields | more)


def _working(work: Reading, scope: Scope) -> Rows:
    return _models(work, scope, works_at(scope))


def _begun(work: Reading, scope: Scope) -> Rows:
    within = _began.between(scope.days.first, scope.days.last)
    return _models(work, scope, sa.and_(_model.state != ModelState.PROPOSED, within), on=_began)


def _closed(work: Reading, scope: Scope) -> Rows:
    within = _model.closed_on.between(scope.days.first, scope.days.last)
    return _models(work, scope, sa.func.coalesce(within, sa.false()), on=_model.closed_on)


def _parts(kind: PartKind) -> Finder:
    stated = (
        sa.func.coalesce(_model.typed_sites, _model.sites)
        if kind == "site"
        else sa.func.coalesce(_model.typed_groups, _model.groups)
    )

    def find(work: Reading, scope: Scope) -> Rows:
        amount = sa.case((_has(kind, scope), _going_on(scope, sa.func.count(), kind)), else_=stated)
        return _models(work, scope, works_at(scope), amount=amount)

    return find


def _members(work: Reading, scope: Scope) -> Rows:
    """Find the members: those of the groups going on, else of the sites, else as the model states them (domain.model_parts).

    Until the first part begins, what was typed holds.
    """
    typed = sa.func.coalesce(_model.typed_members, _model.members)
    groups, sites = (_going_on(scope, sa.func.count(), kind) for kind in ("group", "site"))
    people = {kind: _going_on(scope, _told(), kind) for kind in ("group", "site")}
    amount = sa.case(
        (~_has(None, scope), typed),
        (groups > 0, sa.func.coalesce(people["group"], typed)),
        (sites > 0, sa.func.coalesce(people["site"], typed)),
        else_=0,
    )
    return _models(work, scope, works_at(scope), amount=amount)


def _told() -> sa.ColumnElement[Any]:
    """Return the sum of members, null where a part does not say how many it has."""
    members = model_parts.c.members
    return sa.case((sa.func.count() == sa.func.count(members), sa.func.sum(members)))


def _has(kind: PartKind | None, scope: Scope) -> sa.ColumnElement[bool]:
    """Return when a model had parts recorded by the last day of ``scope``, be they over by then."""
    part = model_parts.c
    query = sa.select(part.id).where(
        part.unit_code == _model.unit_code, part.model_id == _model.id, part.valid_from <= scope.days.last
    )
    return (query if kind is None else query.where(part.kind == kind)).correlate(community_models).exists()


def _going_on(scope: Scope, what: sa.ColumnElement[Any], kind: Literal["site", "group"]) -> Any:  # noqa: ANN401 - a scalar subquery of any type
    """Return ``what`` over the parts of a model that went on at the end of the last day of ``scope``."""
    part, last = model_parts.c, scope.days.last
    return (
        sa.select(what)
        .where(
            part.unit_code == _model.unit_code,
            part.model_id == _model.id,
            part.kind == kind,
            part.valid_from <= last,
            sa.or_(part.valid_to.is_(None), part.valid_to >= last),
        )
        .correlate(community_models)
        .scalar_subquery()
    )


def _rated(work: Reading, scope: Scope) -> Rows:
    rating = model_ratings.c
    source = community_models.join(
        model_ratings, sa.and_(rating.unit_code == _model.unit_code, rating.model_id == _model.id)
    )
    return _models(
        work,
        scope,
        # A model that is only proposed, or that began later, has done nothing that could be rated.
        sa.and_(scope.rated(rating.year, rating.rated_on), state_at(scope) != ModelState.PROPOSED.value),
        source=source,
        kind=rating.rating,
        on=rating.rated_on,
    )


def _activities(work: Reading, scope: Scope, **more: Any) -> Rows:  # noqa: ANN401 - fields of Rows
    done = model_activities.c
    fields: dict[str, Any] = {
        "entity": "model_activities",
        "source": _of_models,
        "id": done.id,
        "name": _model.name,
        "on": done.on,
        "state": sa.literal("held"),
        "where": (
            done.unit_code == work.unit_code,
            done.on.between(scope.days.first, scope.days.last),
            *scope.lies_in(work, community_models),
        ),
        "area": scope.area_of(work, community_models),
        "counted": sa.true(),
        "kind": done.kind,
        "order": (done.on,),
    }
    return Rows(**fields | more)


def _quantities(*, by_kind: bool) -> Finder:
    done = model_activities.c

    def find(work: Reading, scope: Scope) -> Rows:
        entry, number = counts(done.quantities)
        return _activities(
            work,
            scope,
            source=_of_models.join(entry, sa.true()),
            kind=done.kind + "/" + entry.c.key if by_kind else entry.c.key,
            amount=number,
        )

    return find


FINDERS: dict[str, Finder] = {
    "models_working": _working,
    "models_begun": _begun,
    "models_closed": _closed,
    "model_sites": _parts("site"),
    "model_groups": _parts("group"),
    "model_members": _members,
    "models_by_rating": _rated,
    "activities": _activities,
    "quantities": _quantities(by_kind=False),
    "quantities_by_kind": _quantities(by_kind=True),
}


def by_model(work: Reading, scope: Scope, measure: str) -> dict[str, int]:
    """Return what each model adds to a measure of this module; one that adds no line is left out."""
    return count_by(work, FINDERS[measure](work, scope), _model.id)


def by_area(work: Reading, scope: Scope, measure: str) -> dict[str | None, int]:
    """Return what the models of each area add to a measure of this module; None stands for those of the whole commune."""
    return count_by(work, FINDERS[measure](work, scope), scope.area_of(work, community_models))


def model_states(work: Reading, scope: Scope) -> dict[str, str]:
    """Return the state of each model on the last day of ``scope``, by its id."""
    query = sa.select(_model.id, state_at(scope)).where(_model.unit_code == work.unit_code)
    return {key: state for key, state in work.connection.execute(query)}  # noqa: C416 - rows are no pairs to a type checker
