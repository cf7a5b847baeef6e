"""Gathers everything that the report of one year says, as plain frozen data that paper and workbook are made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from antq_desktop.domain.activities import ActivityCatalogue
from antq_desktop.domain.community_models import STATE_NAMES, CommunityModel, ModelState
from antq_desktop.domain.indicators import Amount, count_of, share_of, tally_of
from antq_desktop.domain.periods import ReportingPeriod
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.territory import ResidentialArea, Succession, name_on
from antq_desktop.domain.text import sort_key
from antq_desktop.runtime.language import _
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.coverage import coverage, unit_rows
from antq_desktop.services.figures import amounts
from antq_desktop.services.settings import setting
from antq_desktop.storage.queries import areas as area_queries
from antq_desktop.storage.queries import assessments as assessment_queries
from antq_desktop.storage.queries import commitments as commitment_queries
from antq_desktop.storage.queries import model_measures as queries
from antq_desktop.storage.queries.assessments import AssessmentRow
from antq_desktop.storage.queries.commitments import AreaStatus
from antq_desktop.storage.queries.scope import COMMUNE, RESIDENTIAL_AREA, Scope, report_scope
from antq_desktop.storage.unit_of_work import Reading


@dataclass(frozen=True, slots=True)
class Heading:
    """Who reports to whom, from the settings."""

    parent: str
    agency: str
    agency_in_text: str
    place: str
    addressee: str
    signer_post: str
    signer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaLine:
    """One residential area. ``result`` is met, not_met or None; ``decision`` and ``certificate`` only while they stand."""

    name: str
    households: int
    people: int
    signed: int
    absent: int
    refused: int
    models: int
    activities: int
    result: str | None
    decision_number: str | None
    decision_date: date | None
    certificate: int | None

    @property
    def share(self) -> Ratio:
        return Ratio(self.signed, self.households)


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit below the commune, of any kind. ``result`` as in AreaLine; the decision only while it stands."""

    kind: str
    name: str
    result: str | None
    decision_number: str | None
    decision_date: date | None


@dataclass(frozen=True, slots=True)
class ModelLine:
    """One model; sites, groups and members are None for one that is not at work but held activities in the period."""

    name: str
    state: ModelState
    sites: int | None
    groups: int | None
    members: int | None
    activities: int


@dataclass(frozen=True, slots=True)
class KindLine:
    """The activities of one kind; ``quantities`` are (unit, sum), both named as the catalogue names them."""

    name: str
    activities: int
    quantities: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearlyReport:
    """Everything the report of one year says. ``commune_*`` are what models of the whole commune add to the areas' sums.

    ``amounts`` are the indicators by id.
    """

    period: ReportingPeriod
    made_on: date
    heading: Heading
    amounts: Mapping[str, Amount]
    areas: tuple[AreaLine, ...]
    units: tuple[UnitLine, ...]
    commune_models: int
    commune_activities: int
    models: tuple[ModelLine, ...]
    models_by_state: tuple[tuple[ModelState, int], ...]
    kinds: tuple[KindLine, ...]

    @property
    def activities(self) -> int:
        return count_of(self.amounts, "activity_count")

    @property
    def share_signed(self) -> Ratio:
        return share_of(self.amounts, "share_signed")


def gather(work: Reading, period: ReportingPeriod, made_on: date, catalogues: Catalogues) -> YearlyReport:
    """Return the report of ``period`` as things stood on its last day, as far as the workspace knows."""
    scope = report_scope(coverage(catalogues, period.year), period.days)
    counted = amounts(work, scope, catalogues)
    return YearlyReport(
        period=period,
        made_on=made_on,
        heading=heading(work),
        amounts=counted,
        areas=_areas(work, scope),
        units=_units(work, catalogues, scope),
        commune_models=queries.by_area(work, scope, "models_working").get(None, 0),
        commune_activities=queries.by_area(work, scope, "activities").get(None, 0),
        models=_models(work, scope),
        models_by_state=_states(work, scope),
        kinds=_kinds(counted, catalogues.activities),
    )


def heading(work: Reading) -> Heading:
    """Return who writes to whom, and who signs, as set."""
    commune: str = setting(work, "commune")["name"]
    police = _("Police of {commune}", commune=commune[:1].lower() + commune[1:])
    return Heading(
        parent=setting(work, "agency.parent"),
        agency=setting(work, "agency.name") or police,
        agency_in_text=police,
        place=setting(work, "place"),
        addressee=setting(work, "receiving_unit"),
        signer_post=setting(work, "signer_post"),
        signer=setting(work, "signer"),
    )


def _areas(work: Reading, scope: Scope) -> tuple[AreaLine, ...]:
    """Return the areas at the end of the period, and any other where households live, so that the sums are whole."""
    papers = {
        row.area_id: row
        for row in commitment_queries.status(
            work, commitment_queries.yearly_campaign_id(work, scope.year), scope.days.last
        )
    }
    units = {
        row.unit_id: row.until(scope.days.last)
        for row in assessment_queries.rows(work, scope.coverage)
        if row.unit_kind == RESIDENTIAL_AREA
    }
    models, activities = (
        queries.by_area(work, scope, measure) for measure in ("models_working", "activities")
    )
    known = {area.id: area for area in work.all(ResidentialArea)}
    successions = work.all(Succession)
    return tuple(
        _area_line(
            name_on(known[row.id], successions, scope.days.last),
            papers.get(row.id),
            units.get(row.id),
            models.get(row.id, 0),
            activities.get(row.id, 0),
        )
        for row in area_queries.rows(work, None)
        if known[row.id].alive_on(scope.days.last) or row.id in papers
    )


def _area_line(
    name: str, paper: AreaStatus | None, unit: AssessmentRow | None, models: int, activities: int
) -> AreaLine:
    stands = unit if unit is not None and unit.recognised else None
    return AreaLine(
        name=name,
        households=paper.living if paper else 0,
        people=paper.people if paper else 0,
        signed=paper.signed if paper else 0,
        absent=paper.absent if paper else 0,
        refused=paper.refused if paper else 0,
        models=models,
        activities=activities,
        result=unit.result if unit is not None and unit.state == "final" else None,
        decision_number=stands.decision_number if stands else None,
        decision_date=stands.decision_date if stands else None,
        certificate=stands.certificate_number if stands else None,
    )


def _units(work: Reading, catalogues: Catalogues, scope: Scope) -> tuple[UnitLine, ...]:
    """Return the units below the commune that are assessed; of those that ended within the year only the assessed ones."""
    return tuple(
        UnitLine(
            kind=row.unit_kind,
            name=row.unit_name,
            result=row.result if row.state == "final" else None,
            decision_number=row.decision_number if row.recognised else None,
            decision_date=row.decision_date if row.recognised else None,
        )
        for row in (row.until(scope.days.last) for row in unit_rows(work, catalogues, scope.year))
        if row.unit_kind != COMMUNE and (row.ended_on is None or row.id is not None)
    )


def _models(work: Reading, scope: Scope) -> tuple[ModelLine, ...]:
    """Return the models at work, and others that held activities within the period; each with what it adds to the figures."""
    held = queries.by_model(work, scope, "activities")
    sites, groups, members = (
        queries.by_model(work, scope, measure) for measure in ("model_sites", "model_groups", "model_members")
    )
    states = queries.model_states(work, scope)
    return tuple(
        ModelLine(
            name=model.name,
            state=ModelState(states[model.id]),
            sites=sites.get(model.id),
            groups=groups.get(model.id),
            members=members.get(model.id),
            activities=held.get(model.id, 0),
        )
        for model in sorted(work.all(CommunityModel), key=lambda m: (sort_key(m.name), m.id))
        if model.id in sites or model.id in held
    )


def _states(work: Reading, scope: Scope) -> tuple[tuple[ModelState, int], ...]:
    counts = queries.models_by_state(work, scope)
    return tuple((state, counts.get(state, 0)) for state in STATE_NAMES)


def _kinds(counted: Mapping[str, Amount], catalogue: ActivityCatalogue) -> tuple[KindLine, ...]:
    order = {kind: place for place, kind in enumerate(catalogue.kinds)}
    held, sums = tally_of(counted, "activities"), tally_of(counted, "quantities_by_kind")
    lines = []
    for kind_id in sorted(held, key=lambda kind: order.get(kind, len(order))):
        kind = catalogue.kinds.get(kind_id)
        units = (
            (key.removeprefix(f"{kind_id}/"), total)
            for key, total in sums.items()
            if key.startswith(f"{kind_id}/")
        )
        quantities = tuple(
            (catalogue.units[unit].name if unit in catalogue.units else unit, total) for unit, total in units
        )
        lines.append(KindLine(kind.name if kind else kind_id, held[kind_id], quantities))
    return tuple(lines)
