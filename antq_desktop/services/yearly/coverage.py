"""Says which units an assessed year takes in, as the catalogue of scope has it, and lists them under the names they bore."""

from dataclasses import replace
from datetime import date

from antq_desktop.domain.territory import ResidentialArea, Succession, name_on
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.storage.queries import assessments as queries
from antq_desktop.storage.queries.assessments import AssessmentRow
from antq_desktop.storage.queries.scope import RESIDENTIAL_AREA, Coverage
from antq_desktop.storage.unit_of_work import Reading


def coverage(catalogues: Catalogues, year: int) -> Coverage:
    """Return which units are assessed in ``year`` and which steps turn a model's life (TT 124/2021/TT-BCA, Điều 1 khoản 2 and Điều 8 khoản 2)."""
    units = catalogues.scope.units
    return Coverage(
        year,
        {kind: unit.period.of(year) for kind, unit in units.items()},
        frozenset(
            (kind, category.id)
            for kind, unit in units.items()
            for category in unit.categories.values()
            if category.excluded
        ),
        turning=frozenset(
            step.id for step in catalogues.lifecycle.steps.values() if step.leads_to is not None
        ),
    )


def unit_rows(
    work: Reading, catalogues: Catalogues, year: int, until: date | None = None
) -> list[AssessmentRow]:
    """Return the units of an assessed year, areas under the name that they bore when their period ended.

    With ``until`` as they were on that day, if it is earlier.
    """
    covered = coverage(catalogues, year)
    areas = {area.id: area for area in work.all(ResidentialArea)}
    successions = work.all(Succession)
    last = min(covered.periods[RESIDENTIAL_AREA].last, until or date.max)
    return [
        replace(row, unit_name=name_on(areas[row.unit_id], successions, last))
        if row.unit_kind == RESIDENTIAL_AREA
        else row
        for row in queries.rows(work, covered, until)
    ]
