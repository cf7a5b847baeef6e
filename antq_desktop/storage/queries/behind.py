"""The rows behind each figure, so that one step leads from a number to what was counted and what was not."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import sqlalchemy as sa

from antq_desktop.domain.commitments import CommitmentState
from antq_desktop.domain.community_models import ModelState
from antq_desktop.domain.wording import N_
from antq_desktop.storage.queries.commitments import living_here, with_papers
from antq_desktop.storage.queries.figures import yearly_campaign_id
from antq_desktop.storage.queries.scope import COMMUNE, RESIDENTIAL_AREA, Scope
from antq_desktop.storage.queries.unit_figures import area_lines, occurred, unit_lines, unit_of
from antq_desktop.storage.queries.units import assessed, recognition_stands, registered_on
from antq_desktop.storage.tables import (
    commitments,
    community_models,
    households,
    recognitions,
    self_assessments,
)
from antq_desktop.storage.unit_of_work import Reading
from antq_desktop.storage.yearly_tables import occurrences, year_steps

HowFar = Literal["exists", "registered", "assessed", "met", "recognised"]

#: What the states of units, steps and occurrences are called, as message ids; those of others stand in their domain.
STATE_NAMES = {
    "exists": N_("listed"),
    "registered": N_("registered"),
    "not_registered": N_("not registered"),
    "assessed": N_("assessed"),
    "not_assessed": N_("not assessed"),
    "met": N_("met"),
    "not_met": N_("not met"),
    "recognised": N_("recognised for the year"),
    "not_recognised": N_("not recognised"),
    "taken": N_("recorded"),
}
_STEPS = {
    "resolution_day": "resolution",
    "plan_day": "plan",
    "registration_day": "registration",
    "staff_told": "staff_told",
}
#: The figures of households, and whether they count only those that signed.
_HOUSEHOLDS = {"households_living": False, "households_signed": True, "share_signed": True}
_MODELS = frozenset({"models_working", "model_sites", "model_groups", "model_members"})
#: The figures of units: how far a counted one is, and whether only residential areas are meant.
_UNITS: dict[str, tuple[HowFar, bool]] = {
    "areas": ("exists", True),
    "areas_registered": ("registered", True),
    "areas_assessed": ("assessed", True),
    "areas_met": ("met", True),
    "areas_recognised": ("recognised", True),
    "share_recognised": ("recognised", True),
    "units": ("exists", False),
    "units_registered": ("registered", False),
    "share_units_registered": ("registered", False),
    "units_recognised": ("recognised", False),
    "share_units_recognised": ("recognised", False),
}


@dataclass(frozen=True, slots=True)
class BehindRow:
    """One row behind a figure. ``counted`` tells whether it is in the part; ``on`` is the day that belongs to ``state``.

    ``name`` is the number of the document for a step or an occurrence.
    """

    entity: str
    id: str
    name: str
    state: str
    on: date | None
    counted: bool


def behind(work: Reading, scope: Scope, indicator_id: str, item_id: str = "") -> list[BehindRow]:
    """Return the rows behind a figure or fact of domain.indicators; none for one that no rows stand behind.

    ``item_id`` is the criterion, for a fact that is told by criterion.
    """
    if indicator_id == "occurrences":
        return occurrences_behind(work, scope, item_id)
    if indicator_id in _STEPS:
        return steps_behind(work, scope, _STEPS[indicator_id])
    if indicator_id in _HOUSEHOLDS:
        return households_behind(work, scope, signed_only=_HOUSEHOLDS[indicator_id])
    if indicator_id in _MODELS:
        return models_behind(work, scope)
    if indicator_id in _UNITS:
        how_far, areas_only = _UNITS[indicator_id]
        return units_behind(work, scope, how_far, areas_only=areas_only)
    return []


def households_behind(work: Reading, scope: Scope, *, signed_only: bool) -> list[BehindRow]:
    """Return the households living here by name; with ``signed_only`` those that signed are the counted ones."""
    home, paper = households.c, commitments.c
    query = (
        sa.select(home.id, home.head, paper.state, paper.signed_on)
        .select_from(with_papers(yearly_campaign_id(work, scope.year)))
        .where(living_here(work), *scope.of_area(home.area_id))
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
        .where(model.unit_code == work.unit_code, *scope.of_area(model.area_id))
        .order_by(model.name_key, model.id)
    )
    return [
        BehindRow("community_models", key, name, state, launched_on, counted=state == ModelState.WORKING)
        for key, name, state, launched_on in work.connection.execute(query)
    ]


def units_behind(
    work: Reading, scope: Scope, how_far: HowFar, *, areas_only: bool = False
) -> list[BehindRow]:
    """Return the units by kind and name; those that are not ``how_far`` along do not count."""
    lines, where = area_lines(work, scope) if areas_only else unit_lines(work, scope)
    kept, decided = self_assessments.c, recognitions.c
    final = kept.state == "final"
    conditions: dict[HowFar, tuple[Any, Any]] = {
        "exists": (sa.true(), lines.c.valid_from),
        "registered": (registered_on(lines, scope.year).is_not(None), registered_on(lines, scope.year)),
        "assessed": (final, kept.assessed_on),
        "met": (sa.and_(final, kept.result == "met"), kept.assessed_on),
        "recognised": (recognition_stands(), decided.decision_date),
    }
    counted, on = conditions[how_far]
    order = [lines.c.name_key, lines.c.id] if areas_only else [lines.c.place, lines.c.name_key, lines.c.id]
    query = (
        sa.select(lines.c.kind, lines.c.id, lines.c.name, sa.func.coalesce(counted, sa.false()), on)
        .select_from(assessed(lines, scope.year))
        .where(*where)
        .order_by(*order)
    )
    return [
        BehindRow(
            _entity(kind),
            key,
            name,
            how_far if holds else f"not_{how_far}",
            date.fromisoformat(day) if isinstance(day, str) else day,
            counted=bool(holds),
        )
        for kind, key, name, holds, day in work.connection.execute(query)
    ]


def steps_behind(work: Reading, scope: Scope, step_id: str) -> list[BehindRow]:
    """Return the step of the unit, if it was taken; ``name`` is the number of its document."""
    key, step = unit_of(work, scope), year_steps.c
    query = sa.select(step.id, step.number, step.on).where(
        step.unit_code == work.unit_code,
        step.unit_kind == key.kind,
        step.unit_id == key.id,
        step.year == scope.year,
        step.step == step_id,
    )
    return _taken(work, "year_steps", query)


def occurrences_behind(work: Reading, scope: Scope, item_id: str) -> list[BehindRow]:
    """Return what was recorded against the criterion, by day; ``name`` is the number of the document."""
    happened = occurrences.c
    query = (
        sa.select(happened.id, happened.number, happened.on)
        .where(*occurred(work, scope), happened.item == item_id)
        .order_by(happened.on, happened.id)
    )
    return _taken(work, "occurrences", query)


def _entity(kind: str) -> str:
    """Return the table in which a unit of this kind is kept; the commune is a setting."""
    return (
        "residential_areas" if kind == RESIDENTIAL_AREA else "settings" if kind == COMMUNE else "listed_units"
    )


def _taken(work: Reading, entity: str, query: "sa.Select[*tuple[Any, ...]]") -> list[BehindRow]:
    return [
        BehindRow(entity, key, number, "taken", on, counted=True)
        for key, number, on in work.connection.execute(query)
    ]
