"""Counts everything that figures are built from; dashboard, targets, reports and assessments ask only here."""

from collections.abc import Collection

from antq_desktop.domain.measures import Measures
from antq_desktop.storage.queries import (
    household_measures,
    model_measures,
    unit_measures,
    year_measures,
)
from antq_desktop.storage.queries.counting import Finder, count
from antq_desktop.storage.queries.scope import Scope
from antq_desktop.storage.unit_of_work import Reading

#: How the rows of each measure of domain.measures are found.
FINDERS: dict[str, Finder] = {
    **household_measures.FINDERS,
    **unit_measures.FINDERS,
    **model_measures.FINDERS,
    **year_measures.FINDERS,
}


def measures(work: Reading, scope: Scope, only: Collection[str] | None = None) -> Measures:
    """Return every measure of domain.measures over ``scope``, or ``only`` some; 0 or empty where there is nothing."""
    return {
        measure: count(work, find(work, scope))
        for measure, find in FINDERS.items()
        if only is None or measure in only
    }
