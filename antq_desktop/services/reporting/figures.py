"""Works the indicators out over a scope: the one place that dashboard, targets, reports and assessments ask."""

from collections.abc import Mapping
from typing import Protocol, TypeVar

from antq_desktop.domain.indicators import RELIED_ON, Amount, Tally, evaluate, measured
from antq_desktop.domain.unit_facts import Figures
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.storage.queries.measures import measures
from antq_desktop.storage.queries.scope import Scope
from antq_desktop.storage.queries.unit_measures import records
from antq_desktop.storage.unit_of_work import Reading

K = TypeVar("K", bound=str)
#: Measures whose keys are units of counting.
_IN_UNITS = frozenset({"quantities", "festival_handed_in"})


def amounts(work: Reading, scope: Scope, catalogues: Catalogues) -> dict[str, Amount]:
    """Return every indicator over ``scope`` by its id, in the catalogue's order."""
    return evaluate(catalogues.indicators, measures(work, scope))


def figures(work: Reading, scope: Scope, catalogues: Catalogues) -> Figures:
    """Return what the database knows for the assessment of the unit of ``scope``; only figures that criteria can ask for."""
    known = records(work, scope)
    asked = measured(catalogues.indicators, RELIED_ON)
    return Figures(
        amounts=evaluate(catalogues.indicators, measures(work, scope, asked), RELIED_ON),
        resolution_day=known.days.get("resolution"),
        plan_day=known.days.get("plan"),
        registration_day=known.days.get("registration"),
        staff_told=known.staff_told,
        occurrences=known.occurrences,
    )


def tally_names(catalogues: Catalogues) -> dict[str, dict[str, str]]:
    """Return what the keys of each tally are called, Vietnamese, by the id of the indicator.

    Keys that a catalogue no longer has are left out; they are shown as they are.
    """
    activities = catalogues.activities
    kinds, units = activities.kinds, activities.units
    by_measure: dict[str, dict[str, str]] = {
        "thematic_signed": _names(catalogues.campaigns.kinds),
        "units_by_kind": _names(catalogues.scope.units),
        "units_recognised_by_kind": _names(catalogues.scope.units),
        "models_by_rating": {
            key: name
            for scale in catalogues.ratings.scales.values()
            for key, name in _names(scale.ratings).items()
        },
        "activities": _names(kinds),
        "quantities": _names(units),
        "quantities_by_kind": {
            f"{kind.id}/{unit}": f"{kind.name}, {units[unit].name}"
            for kind in kinds.values()
            for unit in kind.units
        },
        "festival_handed_in": _names(units),
        "outreach_campaigns": _names(catalogues.outreach.kinds),
        "members_by_rating": _names(catalogues.team_ratings.ratings),
        "awards": _names(catalogues.awards.kinds),
    }
    return {
        indicator.id: by_measure[indicator.formula.term.measure]
        for indicator in catalogues.indicators.indicators.values()
        if isinstance(indicator.formula, Tally)
    }


def quantity_tallies(catalogues: Catalogues) -> frozenset[str]:
    """Return the ids of the indicators whose keys are units of counting, such as viên or kg."""
    return frozenset(
        indicator.id
        for indicator in catalogues.indicators.indicators.values()
        if isinstance(indicator.formula, Tally) and indicator.formula.term.measure in _IN_UNITS
    )


class _Named(Protocol):
    @property
    def name(self) -> str: ...


def _names(entries: Mapping[K, _Named]) -> dict[str, str]:
    return {key: entry.name for key, entry in entries.items()}
