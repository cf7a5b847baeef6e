"""Invents the self-managed models: their lives, sites and groups, ratings, money and what they did month by month."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from antq_desktop.domain.activities import ActivityKind, ModelActivity
from antq_desktop.domain.community_models import CommunityModel, ModelRating, ModelState
from antq_desktop.domain.model_lifecycle import ModelStep, after
from antq_desktop.domain.model_means import ModelBudget
from antq_desktop.domain.model_parts import ModelPart, PartKind, counted
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.services.generating.draw import Draw
from antq_desktop.services.generating.plan import Batches, Plan

_AREAS_PER_MODEL = 0.8
_WITH_PARTS = 0.4
#: A site or group is never smaller.
_LEAST_OF_A_PART, _MOST_OF_A_PART = 3, 15
#: What may become of a model: it goes on, is paused, is closed, or is only proposed.
_FATES, _FATE_WEIGHTS = ("works", "paused", "closed", "proposed"), (84, 5, 6, 5)
_RATING_WEIGHTS = (70, 22, 5, 3)
_ACTIVITY_CHANCE = 0.55
_DAYS_FROM_DECISION_TO_LAUNCH = 20


@dataclass(frozen=True, slots=True)
class _Life:
    """One model as it stands when the story ends, with everything of it."""

    model: CommunityModel
    steps: list[ModelStep]
    parts: list[ModelPart]
    works_from: date | None
    works_to: date


def models(plan: Plan, areas: list[ResidentialArea]) -> Batches:
    """Tell the models with all that belongs to them."""
    draw = plan.draw("models")
    lives = [_life(plan, draw, area) for area in _homes_of(draw, areas)]
    yield [life.model for life in lives]
    yield [step for life in lives for step in life.steps]
    yield [part for life in lives for part in life.parts]
    yield [rating for life in lives for rating in _ratings(plan, draw, life)]
    yield [budget for life in lives for budget in _budgets(plan, draw, life)]
    doing = plan.draw("activities")
    for life in lives:
        yield list(_activities(plan, doing, life))


def _homes_of(draw: Draw, areas: list[ResidentialArea]) -> list[ResidentialArea | None]:
    """Return the area of each model; one in twelve belongs to the whole commune."""
    count = max(3, round(len(areas) * _AREAS_PER_MODEL))
    return [None if place % 12 == 0 else draw.one(areas) for place in range(count)]


def _life(plan: Plan, draw: Draw, area: ResidentialArea | None) -> _Life:
    kinds = plan.catalogues.models
    kind = draw.one([*kinds.kinds.values()])
    leader = draw.person(1955, 1992)
    level, post, partner = (
        draw.one([*kinds.levels]),
        draw.one(draw.words.leader_posts),
        draw.one(draw.words.partners),
    )
    sites, groups, members = draw.count(1, 6), draw.count(0, 8), draw.count(9, 90)
    most = members // _LEAST_OF_A_PART
    model = CommunityModel(
        id=draw.id(),
        unit_code=plan.unit_code,
        area_id=area.id if area else None,
        kind=kind.id,
        name=f"{kind.name} {area.name}" if area else f"{kind.name} toàn xã",
        field=kind.field,
        block=kind.block,
        level=level,
        leader=leader.name,
        leader_post=post,
        lead_unit=partner,
        sites=min(sites, most),
        groups=min(groups, most),
        members=members,
    )
    first, last = date(plan.years[0] - 4, 2, 1), date(plan.years[-1], 6, 30)
    fate = draw.weighted(_FATES, _FATE_WEIGHTS)
    decided, number = draw.day(first, last), draw.count(10, 400)
    launched = decided + timedelta(days=draw.count(2, _DAYS_FROM_DECISION_TO_LAUNCH))
    ended = draw.day(
        min(max(launched, plan.before), date(plan.years[-1], 11, 1)), date(plan.years[-1], 11, 30)
    )
    wanted = [("khao-sat", decided - timedelta(days=40), f"{number - 8}/KH-CAX", "")]
    if fate != "proposed":
        wanted += [("quyet-dinh", decided, f"{number}/QĐ-UBND", ""), ("ra-mat", launched, "", "")]
    if fate == "paused":
        wanted.append(("tam-dung", ended, "", draw.one(draw.words.pausing_reasons)))
    elif fate == "closed":
        wanted.append(("thanh-loai", ended, f"{number + 5}/QĐ-UBND", draw.one(draw.words.closing_reasons)))
    steps: list[ModelStep] = []
    for name, on, paper, why in wanted:
        step = ModelStep(
            id=draw.id(), unit_code=plan.unit_code, model_id=model.id, step=name, on=on, number=paper, reason=why,
            place=len(steps) + 1, state_before=model.state,
        )  # fmt: skip
        if plan.told(on):
            steps.append(step)
            model = after(model, step, plan.catalogues.lifecycle)
    began = model.launched_on
    stops = ended if fate in ("paused", "closed") and model.state is not ModelState.WORKING else plan.until
    parts = _parts(plan, draw, model, began) if began is not None and draw.chance(_WITH_PARTS) else []
    if model.closed_on is not None:
        parts = [replace(part, valid_to=max(model.closed_on, part.valid_from)) for part in parts]
    if parts and all(part.kind == "site" for part in parts):
        model = replace(model, groups=0)
    return _Life(counted(model, parts), steps, parts, began, stops)


def _parts(plan: Plan, draw: Draw, model: CommunityModel, began: date) -> list[ModelPart]:
    sites, groups = draw.count(1, 4), draw.count(0, 6)
    kinds: list[tuple[PartKind, str, int]] = [
        ("site", "Điểm", min(sites, groups or sites)),
        ("group", "Tổ", groups),
    ]
    parts = []
    for kind, word, count in kinds:
        for number in range(1, count + 1):
            leader, first = (
                draw.person(1955, 1995),
                began if number == 1 else draw.day(began, max(began, plan.until)),
            )
            parts.append(
                ModelPart(
                    id=draw.id(), unit_code=plan.unit_code, model_id=model.id, kind=kind, name=f"{word} số {number}",
                    area_id=model.area_id, leader=leader.name, leader_post=f"{word} trưởng" if kind == "group" else "",
                    members=draw.count(_LEAST_OF_A_PART, _MOST_OF_A_PART), valid_from=first,
                )
            )  # fmt: skip
    return parts


def _ratings(plan: Plan, draw: Draw, life: _Life) -> Iterator[ModelRating]:
    ratings = [*plan.catalogues.ratings.scales["tot-trung-binh-yeu"].ratings]
    for year in (plan.years[0] - 1, *plan.years):
        key, rating, on = draw.id(), draw.weighted(ratings, _RATING_WEIGHTS), date(year, 12, 5)
        if life.works_from is not None and life.works_from < on <= life.works_to and plan.told(on):
            yield ModelRating(
                id=key, unit_code=plan.unit_code, model_id=life.model.id, year=year, rating=rating, rated_on=on
            )  # fmt: skip


def _budgets(plan: Plan, draw: Draw, life: _Life) -> Iterator[ModelBudget]:
    for year in plan.years:
        key, millions, given = draw.id(), draw.count(2, 22), draw.chance(0.6)
        if given and life.works_from is not None and life.works_from.year <= year <= life.works_to.year:
            yield ModelBudget(
                id=key, unit_code=plan.unit_code, model_id=life.model.id, year=year, source="Ngân sách xã",
                amount_vnd=millions * 1_000_000,
            )  # fmt: skip


def _activities(plan: Plan, draw: Draw, life: _Life) -> Iterator[ModelActivity]:
    """Tell what a model did, month by month, while it was at work."""
    kinds = [*plan.catalogues.activities.kinds.values()]
    for year in plan.years:
        for month in range(1, 13):
            kind, on = draw.one(kinds), date(year, month, draw.count(1, 28))
            key, quantities, happens = draw.id(), _quantities(draw, kind), draw.chance(_ACTIVITY_CHANCE)
            works = life.works_from is not None and life.works_from <= on <= life.works_to
            if happens and works and plan.told(on):
                yield ModelActivity(
                    id=key, unit_code=plan.unit_code, model_id=life.model.id, kind=kind.id, on=on, title=kind.name,
                    quantities=quantities,
                )  # fmt: skip


def _quantities(draw: Draw, kind: ActivityKind) -> dict[str, int]:
    """Return a small count of the first unit and falling or rising ones of the others; a part never above its whole."""
    first = draw.count(1, 4)
    many = {"luot-nguoi": (12, 90), "nguoi": (5, 60), "ho": (10, 80), "to-roi": (20, 200)}
    return {
        unit: first if place == 0 else draw.count(*many[unit]) if unit in many else draw.count(0, first)
        for place, unit in enumerate(kind.units)
    }
