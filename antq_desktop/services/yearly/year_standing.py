"""Works out where every unit stands in its assessed year, from what was recorded and what the workspace knows already."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from antq_desktop.domain.assessment import SelfAssessment, moved
from antq_desktop.domain.criteria import Catalogue, UnitKind
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.recognition import Recognition, number_text
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.domain.unit_facts import Figures
from antq_desktop.domain.units import Unit, UnitKey
from antq_desktop.domain.wording import N_
from antq_desktop.domain.yearly_process import Derived, State, StepState, next_step, standing
from antq_desktop.domain.yearly_steps import YearStep
from antq_desktop.runtime.language import _
from antq_desktop.services.catalogues import Catalogues, CriteriaNotHere
from antq_desktop.services.settings import setting
from antq_desktop.services.yearly.assessments import MOVED, RESULT_NAMES
from antq_desktop.services.yearly.coverage import coverage, unit_rows
from antq_desktop.services.yearly.units import alive_within, excluded_why
from antq_desktop.storage.queries import year_board as queries
from antq_desktop.storage.queries.assessments import AssessmentRow
from antq_desktop.storage.queries.scope import COMMUNE, scope_of
from antq_desktop.storage.queries.unit_measures import records
from antq_desktop.storage.queries.year_board import Happened, Registered
from antq_desktop.storage.unit_of_work import Reading

#: What the states of a step are called, as message ids.
STATE_NAMES: dict[State, str] = {
    "done": N_("done"),
    "due": N_("due"),
    "overdue": N_("overdue"),
    "open": N_("still to come"),
    "not_needed": N_("not needed"),
}
#: The steps that only a unit which meets the criteria goes on to: nobody else can be recognised (Điều 8 khoản 1, Điều 10).
_TOWARDS_RECOGNITION = frozenset(
    {
        "nomination_list",
        "submission_letter",
        "dossier",
        "submitted",
        "appraised",
        "decision",
        "certificate",
    }
)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One unit in one year. One that is not assessed says why in ``excluded_why`` and has no steps.

    ``ended_on`` is the last day of a unit that was gone before its period ended; nothing more is asked of it.
    """

    key: UnitKey
    name: str
    ended_on: date | None
    excluded_why: str | None
    steps: tuple[StepState, ...]

    @property
    def next(self) -> StepState | None:
        """The first step that is still to be taken."""
        return next_step(self.steps)

    @property
    def overdue(self) -> int:
        """How many steps are overdue."""
        return sum(state.state == "overdue" for state in self.steps)


@dataclass(frozen=True, slots=True)
class _Known:
    """What the workspace holds of all units of a year, read once."""

    steps: Mapping[UnitKey, list[YearStep]]
    units: Mapping[str, Unit]
    areas: Mapping[str, ResidentialArea]
    decisions: Mapping[str, Recognition]
    households: Mapping[str, Registered]
    happened: Mapping[tuple[str, str], Happened]
    assessments: Mapping[str, SelfAssessment]
    criteria: Mapping[str, Catalogue]


def state_name(state: StepState) -> str:
    """Return the state of a step as a word: taken too late, decided against and open all year have words of their own."""
    if state.late:
        return _("done late")
    if state.outcome == "not_agreed":
        return _("conditions not met yet") if state.step.id == "appraised" else _("no agreement")
    if state.step.evidence == "occurrences" and state.state == "open":
        return _("recorded all year")
    return _(STATE_NAMES[state.state])


def board(work: Reading, catalogues: Catalogues, year: int, today: date) -> list[BoardRow]:
    """Return every unit of the year with its steps, as unit_rows lists them; those that are not assessed stand last."""
    process, scope = catalogues.process, catalogues.scope
    deadlines: dict[str, str] = setting(work, "deadlines")
    listed = alive_within(work, scope, year)
    finished = work.all(SelfAssessment, year=year, state="final")
    known = _Known(
        steps=_by_unit(work.all(YearStep, year=year)),
        units={unit.id: unit for unit in listed},
        areas={area.id: area for area in work.all(ResidentialArea)},
        decisions={decision.id: decision for decision in work.all(Recognition, year=year)},
        households=queries.households_registered(work, year),
        happened=queries.occurrences_by_unit(work, coverage(catalogues, year)),
        assessments={kept.id: kept for kept in finished},
        criteria=_criteria(catalogues, finished),
    )
    rows = []
    for row in unit_rows(work, catalogues, year):
        key = UnitKey(cast("UnitKind", row.unit_kind), row.unit_id)
        unit = known.units.get(key.id)
        states = standing(
            process,
            key.kind,
            year,
            known.steps.get(key, []),
            _derived(row, known),
            today=today,
            has_party=unit is None or unit.has_party,
            deadlines=deadlines,
        )
        asked = _asked(states, row, _begun(key, known))
        if _has_moved(work, catalogues, row, known):
            asked = _to_look_at(asked)
        rows.append(BoardRow(key, row.unit_name, row.ended_on, None, asked))
    return rows + [
        BoardRow(UnitKey(unit.kind, unit.id), unit.name, None, why, ())
        for unit in listed
        if (why := excluded_why(scope, unit)) is not None
    ]


def _by_unit(steps: Iterable[YearStep]) -> dict[UnitKey, list[YearStep]]:
    found: dict[UnitKey, list[YearStep]] = {}
    for step in steps:
        found.setdefault(UnitKey(cast("UnitKind", step.unit_kind), step.unit_id), []).append(step)
    return found


def _derived(row: AssessmentRow, known: _Known) -> dict[str, Derived]:
    """Return by the name of the evidence what is known of steps that nobody records."""
    final = row.state == "final"
    result = _(RESULT_NAMES[row.result]) if final and row.result else ""
    facts = {
        "self_assessment": Derived(done=final, on=row.assessed_on, detail=result),
        "decision": Derived(done=False),
        "certificate": Derived(done=False),
        "withdrawn": Derived(
            done=row.withdrawn_on is not None, on=row.withdrawn_on, detail=row.withdrawn_reason or ""
        ),
    }
    happened = known.happened.get((row.unit_kind, row.unit_id))
    # Never done: something can be recorded at any time, and silence is no statement that nothing happened.
    facts["occurrences"] = Derived(
        done=False,
        on=happened.last_on if happened else None,
        detail=_("{count} occurrences", count=happened.count) if happened else "",
    )
    if row.unit_kind == "residential_area":
        facts["households_registered"] = _households(known.households.get(row.unit_id))
    if row.recognition_id is not None:
        decision = known.decisions[row.recognition_id]
        facts["decision"] = Derived(
            done=True, on=decision.decision_date, number=decision.decision_number, by=decision.decided_by
        )
    if row.certificate_number is not None:
        facts["certificate"] = Derived(
            done=True, on=row.issued_on, number=number_text(row.certificate_number)
        )
    return facts


def _households(registered: Registered | None) -> Derived:
    """Return how far the households of an area have registered; an area where nobody lives is never through."""
    if registered is None:
        return Derived(done=False)
    share = Ratio(registered.signed, registered.living)
    return Derived(
        done=share.at_least(100), on=registered.last_on, detail=f"{registered.signed}/{registered.living}"
    )


def _criteria(catalogues: Catalogues, finished: Iterable[SelfAssessment]) -> dict[str, Catalogue]:
    """Return by their hash the criteria that assessments were made with, each read once; those not on this machine are left out."""
    found = {}
    for sha256, (catalogue, version) in {
        kept.catalogue_sha256: (kept.catalogue_id, kept.catalogue_version) for kept in finished
    }.items():
        with suppress(CriteriaNotHere):
            found[sha256] = catalogues.of(catalogue, version, sha256)
    return found


def _has_moved(work: Reading, catalogues: Catalogues, row: AssessmentRow, known: _Known) -> bool:
    """Tell whether the records of a unit say something else by now than its finished assessment was made with."""
    kept = known.assessments.get(row.id or "")
    catalogue = known.criteria.get(kept.catalogue_sha256) if kept else None
    if kept is None or catalogue is None:
        return False
    key = UnitKey(cast("UnitKind", row.unit_kind), row.unit_id)
    if key.kind == COMMUNE:
        # What happens in its areas counts against it too.
        happened = records(work, scope_of(coverage(catalogues, row.year), key)).occurrences
    else:
        found = known.happened.get((key.kind, key.id))
        happened = found.counts if found else {}
    taken = {step.step: step for step in known.steps.get(key, [])}
    days = {step_id: step.on for step_id, step in taken.items()}
    told = taken.get("staff_told")
    staff = (
        Ratio(told.part, told.whole) if told and told.part is not None and told.whole is not None else None
    )
    now = Figures(
        resolution_day=days.get("resolution"),
        plan_day=days.get("plan"),
        registration_day=days.get("registration"),
        staff_told=staff,
        occurrences=happened,
    )
    return bool(moved(catalogue, kept.answers, now, recorded=True))


def _to_look_at(states: Iterable[StepState]) -> tuple[StepState, ...]:
    """Return the steps with the self-assessment as the next one again."""
    return tuple(
        replace(state, state="due", detail=" · ".join(part for part in (state.detail, _(MOVED)) if part))
        if state.step.evidence == "self_assessment"
        else state
        for state in states
    )


def _begun(key: UnitKey, known: _Known) -> date | None:
    found = known.areas.get(key.id) if key.kind == "residential_area" else known.units.get(key.id)
    return found.valid_from if found is not None else None


def _asked(states: Iterable[StepState], row: AssessmentRow, begun: date | None) -> tuple[StepState, ...]:
    """Return the steps with those that cannot be asked of this unit any more, or not by then, told apart."""
    missed = row.state == "final" and row.result == "not_met"
    asked = []
    for state in states:
        gone = row.ended_on is not None or (missed and state.step.id in _TOWARDS_RECOGNITION)
        if state.state != "done" and gone:
            asked.append(replace(state, state="not_needed"))
        elif state.state == "overdue" and begun and state.deadline and state.deadline < begun:
            asked.append(replace(state, state="open"))
        else:
            asked.append(state)
    return tuple(asked)
