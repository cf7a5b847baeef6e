"""The rows behind each figure, so that one step leads from a number to what was counted and what was not."""

from typing import Any

import sqlalchemy as sa

from antq_desktop.domain.indicators import IndicatorCatalogue, Term
from antq_desktop.domain.wording import N_
from antq_desktop.storage.queries.counting import BehindRow, listed
from antq_desktop.storage.queries.measures import FINDERS
from antq_desktop.storage.queries.scope import Scope
from antq_desktop.storage.queries.unit_measures import occurred, unit_of
from antq_desktop.storage.unit_of_work import Reading
from antq_desktop.storage.yearly_tables import occurrences, year_steps

#: What the states of units, steps, occurrences and events are called, as message ids; others stand in their domain.
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
    "with_model": N_("with a model"),
    "not_with_model": N_("without a model"),
    "with_festival": N_("with Ngày hội"),
    "not_with_festival": N_("without Ngày hội"),
    "with_team": N_("with a team"),
    "not_with_team": N_("without a team"),
    "held": N_("held"),
    "taken": N_("recorded"),
}
#: The facts of a unit that are told by a step of its year.
_STEPS = {
    "resolution_day": "resolution",
    "plan_day": "plan",
    "registration_day": "registration",
    "staff_told": "staff_told",
}


def behind(
    work: Reading, scope: Scope, catalogue: IndicatorCatalogue, name: str, item_id: str = ""
) -> list[BehindRow]:
    """Return the rows behind the indicator or the unit fact ``name``; none for one that is not known.

    ``item_id`` is the criterion, for a fact that is told by criterion. The amounts of the counted rows add up to the figure,
    or to the part where it is a share.
    """
    if name == "occurrences":
        return occurrences_behind(work, scope, item_id)
    if name in _STEPS:
        return steps_behind(work, scope, _STEPS[name])
    indicator = catalogue.indicators.get(name)
    terms = indicator.formula.terms if indicator is not None else ()
    return [row for term in terms for row in term_behind(work, scope, term)]


def term_behind(work: Reading, scope: Scope, term: Term) -> list[BehindRow]:
    """Return the rows of one measure, or of one entry of a tally."""
    return listed(work, FINDERS[term.measure](work, scope), term.key)


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
        sa.select(happened.id, happened.number, happened.on, happened["count"])
        .where(*occurred(work, scope), happened.item == item_id)
        .order_by(happened.on, happened.id)
    )
    return _taken(work, "occurrences", query)


def _taken(work: Reading, entity: str, query: "sa.Select[*tuple[Any, ...]]") -> list[BehindRow]:
    return [
        BehindRow(entity, key, number, "taken", on, counted=True, amount=next(iter(count), 1))
        for key, number, on, *count in work.connection.execute(query)
    ]
