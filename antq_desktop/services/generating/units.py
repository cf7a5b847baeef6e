"""Invents the listed units and the yearly round of every unit: steps, occurrences, assessment, decision, certificate."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from antq_desktop.domain.assessment import Answer, SelfAssessment, filled, finished, worked_out
from antq_desktop.domain.criteria import Catalogue, Item, UnitKind
from antq_desktop.domain.indicators import Amount
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.recognition import Certificate, Recognition
from antq_desktop.domain.rules import AtLeast, AtMost, Expected, Present, ShareAtLeast, Value, Within
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.domain.unit_facts import Figures
from antq_desktop.domain.units import ListedKind, Unit, UnitKey
from antq_desktop.domain.yearly_steps import Occurrence, YearStep
from antq_desktop.services.generating.draw import Draw
from antq_desktop.services.generating.plan import Batches, Plan
from antq_desktop.services.yearly.assessments import assessment_id
from antq_desktop.services.yearly.decisions import decision_id
from antq_desktop.services.yearly.number_register import SERIES
from antq_desktop.services.yearly.year_board import step_id

_OCCURRING, _STAFF = 0.04, 40
#: When each step that is recorded by hand is usually taken: first and last month and day. Others are left out.
_WINDOWS = {
    "resolution": ((1, 5), (1, 25)),
    "plan": ((1, 26), (2, 10)),
    "registration": ((2, 11), (3, 15)),
    "staff_told": ((3, 1), (3, 20)),
    "meeting": ((11, 1), (11, 8)),
    "result_report": ((11, 9), (11, 10)),
    "nomination_list": ((11, 11), (11, 12)),
    "submission_letter": ((11, 11), (11, 12)),
    "submitted": ((11, 13), (11, 14)),
}
_DECIDED, _ISSUED = (11, 19), (11, 20)


@dataclass(frozen=True, slots=True)
class _Assessed:
    """One unit below the commune, as the yearly round knows it."""

    key: UnitKey
    name: str
    has_party: bool


def units(plan: Plan, areas: list[ResidentialArea], shares: dict[tuple[str, int], Ratio]) -> Batches:
    """Tell the listed units and every year of all units below the commune; ``shares`` are the areas' households that signed."""
    draw = plan.draw("units")
    listed = list(_listed(plan, draw, len(areas)))
    yield listed
    excluded = {
        (kind, category.id)
        for kind, scope in plan.catalogues.scope.units.items()
        for category in scope.categories.values()
        if category.excluded
    }
    below = [_Assessed(UnitKey("residential_area", area.id), area.name, has_party=True) for area in areas]
    below += [
        _Assessed(UnitKey(unit.kind, unit.id), unit.name, unit.has_party)
        for unit in listed
        if (unit.kind, unit.category) not in excluded
    ]
    for year in plan.years:
        yield from _year(plan, draw, below, shares, year)


def _listed(plan: Plan, draw: Draw, areas: int) -> Iterator[Unit]:
    words = draw.words
    more = 1 + areas // 60
    kinds: tuple[tuple[ListedKind, str, list[str]], ...] = (
        ("agency", "co-quan", words.agencies),
        ("enterprise", "vua", words.enterprises),
        ("school", "trung-hoc-co-so", words.schools),
        ("school", "tieu-hoc", words.small_schools),
    )
    for kind, category, names in kinds:
        for turn in range(1, more + 1):
            for name in names:
                yield Unit(
                    id=draw.id(), unit_code=plan.unit_code, kind=kind, name=f"{name} {turn}" if turn > 1 else name,
                    category=category, has_party=draw.chance(0.7), valid_from=date(2015, 1, 1),
                )  # fmt: skip


def _year(
    plan: Plan, draw: Draw, below: list[_Assessed], shares: dict[tuple[str, int], Ratio], year: int
) -> Batches:
    commune = _Assessed(UnitKey("commune", plan.unit_code), "", has_party=True)
    steps = {unit.key: list(_steps(plan, draw, unit, year)) for unit in [*below, commune]}
    yield [step for taken in steps.values() for step in taken]
    made, happened = [], []
    for unit in below:
        occurrence = _occurrence(plan, draw, unit, year)
        happened += [occurrence] if occurrence else []
        figures = _figures(steps[unit.key], occurrence, shares.get((unit.key.id, year)))
        made.append(_assessment(plan, draw, unit, year, figures))
    yield happened
    assessments = [one for one in made if one is not None]
    yield assessments
    decided = date(year, *_DECIDED)
    if not plan.told(decided):
        return
    names = {unit.key.id: unit.name for unit in below}
    recognitions = [
        Recognition(
            id=decision_id(one.id, 0), unit_code=plan.unit_code, assessment_id=one.id, unit_kind=one.unit_kind,
            unit_id=one.unit_id, unit_name=names[one.unit_id], year=year, decision_number=f"{400 + year % 100}/QĐ-UBND",
            decision_date=decided, decided_by="Chủ tịch Ủy ban nhân dân xã", signer="Đinh Công Thắng", signer_post="CHỦ TỊCH",
        )
        for one in assessments
        if one.result == "met"
    ]  # fmt: skip
    yield recognitions
    issued = date(year, *_ISSUED)
    if plan.told(issued):
        yield [
            Certificate(
                id=draw.id(), unit_code=plan.unit_code, recognition_id=decision.id, year=year, kind=SERIES, number=number,
                issued_on=issued,
            )
            for number, decision in enumerate(recognitions, 1)
        ]  # fmt: skip


def _steps(plan: Plan, draw: Draw, unit: _Assessed, year: int) -> Iterator[YearStep]:
    for step in plan.catalogues.process.steps:
        window = _WINDOWS.get(step.id)
        if window is None or unit.key.kind not in step.unit_kinds:
            continue
        on, number, staff = (
            draw.day(*(date(year, *day) for day in window)),
            draw.count(1, 60),
            draw.count(8, _STAFF),
        )
        if (step.need == "with_party" and not unit.has_party) or not plan.told(on):
            continue
        yield YearStep(
            id=step_id(plan.unit_code, unit.key, year, step.id),
            unit_code=plan.unit_code,
            unit_kind=unit.key.kind,
            unit_id=unit.key.id,
            year=year,
            step=step.id,
            on=on,
            number=f"{number:02d}" if "number" in step.asks else "",
            part=staff if "count" in step.asks else None,
            whole=staff if "count" in step.asks else None,
        )


def _occurrence(plan: Plan, draw: Draw, unit: _Assessed, year: int) -> Occurrence | None:
    """Return what happened against a criterion in the assessed period, rarely something."""
    catalogue = plan.catalogues.criteria_for(unit.key.kind, year)
    against = [item.id for item in catalogue.items if item.filled_by == "occurrences"]
    on, key, number, happens = (
        draw.day(date(year, 1, 1), date(year, 10, 31)),
        draw.id(),
        draw.count(1, 90),
        draw.chance(_OCCURRING),
    )
    if not (happens and against and plan.told(on)):
        return None
    return Occurrence(
        id=key, unit_code=plan.unit_code, unit_kind=unit.key.kind, unit_id=unit.key.id, item=draw.one(against), on=on, count=1,
        number=f"{number:02d}/BB",
    )  # fmt: skip


def _figures(steps: list[YearStep], occurrence: Occurrence | None, signed: Ratio | None) -> Figures:
    """Return what the database will know of the unit, as services.figures reads it."""
    taken = {step.step: step for step in steps}
    told = taken.get("staff_told")
    amounts: dict[str, Amount] = {"share_signed": signed or Ratio(0, 0)}
    return Figures(
        amounts=amounts,
        resolution_day=taken["resolution"].on if "resolution" in taken else None,
        plan_day=taken["plan"].on if "plan" in taken else None,
        registration_day=taken["registration"].on if "registration" in taken else None,
        staff_told=Ratio(told.part or 0, told.whole or 0) if told else None,
        occurrences={occurrence.item: occurrence.count} if occurrence else {},
    )


def _assessment(
    plan: Plan, draw: Draw, unit: _Assessed, year: int, figures: Figures
) -> SelfAssessment | None:
    kind: UnitKind = unit.key.kind
    on = date(year, 11, draw.count(2, 8) if kind == "residential_area" else draw.count(16, 18))
    if not plan.told(on):
        return None
    catalogue = plan.catalogues.criteria_for(kind, year)
    draft = SelfAssessment(
        id=assessment_id(plan.unit_code, unit.key, year),
        unit_code=plan.unit_code,
        unit_kind=kind,
        unit_id=unit.key.id,
        year=year,
        catalogue_id=catalogue.id,
        catalogue_version=catalogue.version,
        catalogue_sha256=catalogue.sha256,
    )
    return finished(worked_out(draft, catalogue, _answers(catalogue, figures, year)), catalogue, on)


def _answers(catalogue: Catalogue, figures: Figures, year: int) -> dict[str, Answer]:
    """Return the answers of the database, and the best of an officer where it has none."""
    known = filled(catalogue, figures)
    return {
        item.id: known.get(item.id) or Answer(best_answer(item, year), evidence=f"02/{year}")
        for item in catalogue.items
    }


def best_answer(item: Item, year: int) -> Value:
    """Return an answer that meets ``item`` in the assessed ``year``."""
    match item.rule:
        case Expected(yes):
            return yes
        case AtLeast(count) | AtMost(count):
            return count
        case ShareAtLeast():
            return Ratio(1, 1)
        case Within(first):
            return date(year, *first)
        case Present():
            return f"02/{year}"
