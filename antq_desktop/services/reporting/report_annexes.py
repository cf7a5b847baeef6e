"""Gathers the lines of a report's annexes: residential areas, models, kinds of activity and assessed units, in words."""

from collections.abc import Mapping

from antq_desktop.domain.activities import ActivityCatalogue
from antq_desktop.domain.community_models import STATE_NAMES, CommunityModel, ModelState
from antq_desktop.domain.indicators import Amount, tally_of
from antq_desktop.domain.record_checks import written
from antq_desktop.domain.report_content import AreaFigures, KindFigures, ModelFigures, UnitResult
from antq_desktop.domain.territory import ResidentialArea, Succession, name_on
from antq_desktop.domain.text import sort_key
from antq_desktop.runtime.language import _
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.yearly.assessments import RESULT_NAMES
from antq_desktop.services.yearly.coverage import unit_rows
from antq_desktop.storage.queries import areas as area_queries
from antq_desktop.storage.queries import assessments as assessment_queries
from antq_desktop.storage.queries import commitments as commitment_queries
from antq_desktop.storage.queries import model_measures as queries
from antq_desktop.storage.queries.assessments import AssessmentRow
from antq_desktop.storage.queries.commitments import AreaStatus
from antq_desktop.storage.queries.scope import COMMUNE, RESIDENTIAL_AREA, Scope
from antq_desktop.storage.unit_of_work import Reading

#: What stands where nothing has been decided.
_NO_DECISION = "—"


def area_lines(work: Reading, scope: Scope) -> tuple[AreaFigures, ...]:
    """Return the areas at the end of the period, and any other where households live, so that the sums are whole.

    Models of the whole commune have a line of their own, so that the columns add up to the figures.
    """
    last = scope.days.last
    papers = {
        row.area_id: row
        for row in commitment_queries.status(
            work, commitment_queries.yearly_campaign_id(work, scope.year), last
        )
    }
    units = {
        row.unit_id: row.until(last)
        for row in assessment_queries.rows(work, scope.coverage)
        if row.unit_kind == RESIDENTIAL_AREA
    }
    models, activities = (
        queries.by_area(work, scope, measure) for measure in ("models_working", "activities")
    )
    known = {area.id: area for area in work.all(ResidentialArea)}
    successions = work.all(Succession)
    areas = tuple(
        _area_line(
            name_on(known[row.id], successions, last),
            papers.get(row.id),
            units.get(row.id),
            models.get(row.id, 0),
            activities.get(row.id, 0),
        )
        for row in area_queries.rows(work, None)
        if known[row.id].alive_on(last) or row.id in papers
    )
    commune = (models.get(None, 0), activities.get(None, 0))
    return (*areas, _commune_line(*commune)) if any(commune) else areas


def model_lines(work: Reading, scope: Scope) -> tuple[ModelFigures, ...]:
    """Return the models at work, and others that held activities within the period; each with what it adds to the figures."""
    held = queries.by_model(work, scope, "activities")
    sites, groups, members = (
        queries.by_model(work, scope, measure) for measure in ("model_sites", "model_groups", "model_members")
    )
    states = queries.model_states(work, scope)
    return tuple(
        ModelFigures(
            name=_model_name(model.name, ModelState(states[model.id])),
            sites=sites.get(model.id),
            groups=groups.get(model.id),
            members=members.get(model.id),
            activities=held.get(model.id, 0),
        )
        for model in sorted(work.all(CommunityModel), key=lambda m: (sort_key(m.name), m.id))
        if model.id in sites or model.id in held
    )


def kind_lines(amounts: Mapping[str, Amount], catalogue: ActivityCatalogue) -> tuple[KindFigures, ...]:
    """Return the kinds of which activities were held, in the catalogue's order; kinds and units named as it names them."""
    order = {kind: place for place, kind in enumerate(catalogue.kinds)}
    held, sums = tally_of(amounts, "activities"), tally_of(amounts, "quantities_by_kind")
    lines = []
    for kind_id in sorted(held, key=lambda kind: order.get(kind, len(order))):
        kind = catalogue.kinds.get(kind_id)
        units = (
            (key.removeprefix(f"{kind_id}/"), total)
            for key, total in sums.items()
            if key.startswith(f"{kind_id}/")
        )
        quantities = {
            catalogue.units[unit].name if unit in catalogue.units else unit: total for unit, total in units
        }
        lines.append(
            KindFigures(name=kind.name if kind else kind_id, activities=held[kind_id], quantities=quantities)
        )
    return tuple(lines)


def unit_lines(work: Reading, catalogues: Catalogues, scope: Scope) -> tuple[UnitResult, ...]:
    """Return the units below the commune that are assessed; of those that ended by then only the assessed ones."""
    last = scope.days.last
    rows = (row.until(last) for row in unit_rows(work, catalogues, scope.year, last))
    return tuple(
        UnitResult(name=row.unit_name, result=_result_text(row), decision=_decision_text(row))
        for row in rows
        if row.unit_kind != COMMUNE and (row.ended_on is None or row.id is not None)
    )


def _area_line(
    name: str, paper: AreaStatus | None, unit: AssessmentRow | None, models: int, activities: int
) -> AreaFigures:
    return AreaFigures(
        name=name,
        households=paper.living if paper else 0,
        people=paper.people if paper else 0,
        signed=paper.signed if paper else 0,
        absent=paper.absent if paper else 0,
        refused=paper.refused if paper else 0,
        models=models,
        activities=activities,
        result=_result_text(unit),
        decision=_decision_text(unit),
    )


def _commune_line(models: int, activities: int) -> AreaFigures:
    return AreaFigures(
        name=_("The whole commune (models of no single area)"),
        households=None,
        people=None,
        signed=None,
        absent=None,
        refused=None,
        models=models,
        activities=activities,
        result="",
        decision="",
    )


def _model_name(name: str, state: ModelState) -> str:
    """Return the name of a model, with its state when it is not at work."""
    return name if state is ModelState.WORKING else f"{name} ({_(STATE_NAMES[state])})"


def _result_text(row: AssessmentRow | None) -> str:
    """Return the result of a finished self-assessment in words."""
    if row is None or row.state != "final" or not row.result:
        return _("Not assessed yet")
    return _(RESULT_NAMES[row.result])


def _decision_text(row: AssessmentRow | None) -> str:
    """Return number and day of the decision that recognises the unit, while it stands."""
    if row is None or not row.recognised or row.decision_number is None or row.decision_date is None:
        return _NO_DECISION
    return _("{number} of {day}", number=row.decision_number, day=written(row.decision_date))
