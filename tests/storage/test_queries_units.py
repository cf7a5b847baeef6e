"""Figures of units: registered, recognised, one common denominator; and what is recorded of the unit that is assessed."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from antq_desktop.domain.assessment import Answer, SelfAssessment
from antq_desktop.domain.criteria import UnitKind
from antq_desktop.domain.indicators import parse_indicators
from antq_desktop.domain.periods import assessment_period
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.recognition import Certificate, Recognition
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.domain.units import Unit, UnitKey
from antq_desktop.domain.yearly_steps import Occurrence, YearStep
from antq_desktop.runtime.catalogue_files import read_shipped
from antq_desktop.storage.queries.behind import STATE_NAMES, behind
from antq_desktop.storage.queries.counting import BehindRow
from antq_desktop.storage.queries.measures import measures
from antq_desktop.storage.queries.scope import Coverage, Scope, scope_of
from antq_desktop.storage.queries.unit_measures import records
from antq_desktop.storage.unit_of_work import Store

UNIT = "04978"
KINDS: tuple[UnitKind, ...] = ("residential_area", "agency", "enterprise", "school", "commune")
COVERAGE = Coverage(
    2026, {kind: assessment_period(kind, 2026) for kind in KINDS}, frozenset({("enterprise", "small")})
)
COMMUNE = scope_of(COVERAGE, UnitKey("commune", UNIT))
SCHOOL = UnitKey("school", "u1")
INDICATORS = read_shipped("indicators", parse_indicators)


def save(store: Store, *records: object) -> None:
    with store.writing("Bùi Văn An") as work:
        for record in records:
            work.save(record)  # type: ignore[type-var] # any record
        work.commit()


def counted(store: Store, scope: Scope = COMMUNE) -> SimpleNamespace:
    """Return every measure, and what is recorded of the unit of the scope."""
    with store.reading() as work:
        known = records(work, scope)
        return SimpleNamespace(
            **measures(work, scope),
            days=known.days,
            staff_told=known.staff_told,
            occurrences=known.occurrences,
        )


def rows_behind(store: Store, indicator: str, scope: Scope = COMMUNE, item: str = "") -> list[BehindRow]:
    with store.reading() as work:
        return behind(work, scope, INDICATORS, indicator, item)


def school(key: str = "u1", **more: object) -> Unit:
    plain = Unit(id=key, unit_code=UNIT, kind="school", name=key, category="c", valid_from=date(2020, 1, 1))
    return replace(plain, **more)  # type: ignore[arg-type]


def step(
    name: str, of: UnitKey = SCHOOL, on: date = date(2026, 2, 3), year: int = 2026, **more: object
) -> YearStep:
    plain = YearStep(
        id=f"{of.id}-{year}-{name}",
        unit_code=UNIT,
        unit_kind=of.kind,
        unit_id=of.id,
        year=year,
        step=name,
        on=on,
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def occurrence(key: str, item: str, on: date, count: int = 1, of: UnitKey = SCHOOL) -> Occurrence:
    return Occurrence(
        id=key,
        unit_code=UNIT,
        unit_kind=of.kind,
        unit_id=of.id,
        item=item,
        on=on,
        count=count,
        number=f"{key}/BB",
    )


def assessment(of: UnitKey, **more: object) -> SelfAssessment:
    plain = SelfAssessment(
        id=f"s-{of.id}",
        unit_code=UNIT,
        unit_kind=of.kind,
        unit_id=of.id,
        year=2026,
        catalogue_id="c",
        catalogue_version="1",
        catalogue_sha256="0" * 64,
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def recognised(of: SelfAssessment) -> Recognition:
    return Recognition(
        id=f"r-{of.unit_id}",
        unit_code=UNIT,
        assessment_id=of.id,
        unit_kind=of.unit_kind,
        unit_id=of.unit_id,
        unit_name="…",
        year=2026,
        decision_number="412/QĐ-UBND",
        decision_date=date(2026, 11, 18),
        decided_by="UBND",
        signer="A",
        signer_post="B",
    )


def test_a_commune_without_units_has_no_share_at_all(store: Store) -> None:
    now = counted(store)
    assert (now.units, now.units_registered) == (0, 0)
    assert rows_behind(store, "share_units_registered") == []


def test_areas_and_listed_units_stand_under_one_denominator(store: Store, area: ResidentialArea) -> None:
    left_out = [
        school("small", kind="enterprise", category="small"),
        school("other", managed=False),
        school("ended", valid_to=date(2026, 11, 14)),
        school("begins", valid_from=date(2026, 11, 16)),
    ]
    old = assessment(UnitKey("residential_area", area.id), answers={"k1-dang-ky": Answer(date(2026, 2, 10))})
    save(store, school("u1"), school("u2", kind="agency"), *left_out, old)
    save(store, step("registration"), step("registration", UnitKey("school", "other")))
    done = assessment(SCHOOL, state="final", result="met")
    save(store, done)
    save(store, recognised(done))
    now = counted(store)
    assert (now.units, now.units_registered, now.units_recognised) == (3, 2, 1)
    assert (now.units_registered, now.units) == (2, 3)
    registered = rows_behind(store, "units_registered")
    assert [(row.entity, row.id, row.counted, row.state, row.on) for row in registered] == [
        ("residential_areas", area.id, True, "registered", date(2026, 2, 10)),
        ("listed_units", "u2", False, "not_registered", None),
        ("listed_units", "u1", True, "registered", date(2026, 2, 3)),
    ]
    stands = rows_behind(store, "share_units_recognised")
    assert [(row.id, row.counted, row.on) for row in stands if row.counted] == [
        ("u1", True, date(2026, 11, 18))
    ]


def test_a_step_of_another_year_or_kind_registers_nobody(store: Store, area: ResidentialArea) -> None:
    save(
        store,
        school(),
        step("registration", year=2025),
        step("plan"),
        step("registration", UnitKey("agency", "u1")),
        step("registration", UnitKey("school", area.id)),
    )
    assert counted(store).units_registered == counted(store).areas_registered == 0


def test_an_area_is_registered_by_its_step_or_by_its_old_answer(store: Store, area: ResidentialArea) -> None:
    key = UnitKey("residential_area", area.id)
    save(store, step("registration", key, on=date(2026, 1, 9)))
    assert counted(store).areas_registered == 1
    save(store, assessment(key, answers={"k1-dang-ky": Answer(date(2026, 2, 10))}))
    assert counted(store).areas_registered == 1
    (row,) = rows_behind(store, "areas_registered")
    assert row.on == date(2026, 1, 9)  # the record comes before what was once answered


def test_a_withdrawn_certificate_no_longer_counts(store: Store) -> None:
    save(store, school())
    done = assessment(SCHOOL, state="final", result="met")
    save(store, done)
    save(store, recognised(done))
    paper = Certificate(
        id="c1",
        unit_code=UNIT,
        recognition_id="r-u1",
        year=2026,
        kind="recognition",
        number=1,
        issued_on=date(2026, 11, 19),
    )
    save(store, replace(paper, withdrawn_on=date(2026, 12, 1), withdrawn_reason="…"))
    assert counted(store).units_recognised == 0
    assert [row.state for row in rows_behind(store, "units_recognised")] == ["not_recognised"]


def test_days_and_shares_come_from_the_steps_of_the_one_unit(store: Store) -> None:
    other = UnitKey("school", "u2")
    save(
        store,
        school("u1"),
        school("u2"),
        step("resolution", on=date(2026, 1, 5), number="3-NQ/CB"),
        step("plan", on=date(2026, 1, 20)),
        step("registration", on=date(2026, 2, 1)),
        step("staff_told", part=38, whole=40),
        step("resolution", other, on=date(2026, 3, 9)),
        step("staff_told", other),
    )
    now = counted(store, scope_of(COVERAGE, SCHOOL))
    assert [now.days[name] for name in ("resolution", "plan", "registration")] == [
        date(2026, 1, 5),
        date(2026, 1, 20),
        date(2026, 2, 1),
    ]
    assert now.staff_told == Ratio(38, 40)
    assert (now.units, now.units_registered) == (1, 1)
    theirs = counted(store, scope_of(COVERAGE, other))
    assert (theirs.days["resolution"], "plan" in theirs.days, theirs.staff_told) == (
        date(2026, 3, 9),
        False,
        None,
    )
    assert counted(store).days == {}  # the commune's own resolution is not a school's
    (row,) = rows_behind(store, "resolution_day", scope_of(COVERAGE, SCHOOL))
    assert (row.entity, row.name, row.on, row.counted) == ("year_steps", "3-NQ/CB", date(2026, 1, 5), True)


def test_occurrences_are_summed_by_criterion_within_the_period(store: Store) -> None:
    save(
        store,
        school(),
        occurrence("o1", "k3-1", date(2025, 11, 16), 2),
        occurrence("o2", "k3-1", date(2026, 11, 15)),
        occurrence("o3", "k3-2", date(2026, 5, 1), 4),
        occurrence("o4", "k3-1", date(2025, 11, 15), 100),
        occurrence("o5", "k3-1", date(2026, 11, 16), 100),
        occurrence("o6", "k3-1", date(2026, 5, 1), 100, UnitKey("agency", "u1")),
    )
    scope = scope_of(COVERAGE, SCHOOL)
    assert counted(store, scope).occurrences == {"k3-1": 3, "k3-2": 4}
    assert [row.name for row in rows_behind(store, "occurrences", scope, "k3-1")] == ["o1/BB", "o2/BB"]
    assert rows_behind(store, "occurrences", scope, "k3-9") == []


def test_what_happens_in_an_area_counts_against_the_commune_too(store: Store, area: ResidentialArea) -> None:
    """Điều 5 khoản 2 asks of the commune what Điều 4 asks of its areas; a school has criteria of its own."""
    save(
        store,
        school(),
        occurrence("o1", "k3-1", date(2026, 5, 1), 2, UnitKey("residential_area", area.id)),
        occurrence("o2", "k3-1", date(2026, 5, 2), 1, UnitKey("commune", UNIT)),
        occurrence("o3", "k3-1", date(2026, 5, 3), 100),
    )
    assert counted(store).occurrences == {"k3-1": 3}
    assert [row.id for row in rows_behind(store, "occurrences", item="k3-1")] == ["o1", "o2"]
    own = scope_of(COVERAGE, UnitKey("residential_area", area.id))
    assert counted(store, own).occurrences == {"k3-1": 2}


def test_a_school_has_neither_households_nor_models(store: Store, area: ResidentialArea) -> None:
    scope = scope_of(COVERAGE, UnitKey("school", area.id))
    assert counted(store, scope).areas == 0
    assert rows_behind(store, "households_living", scope) == rows_behind(store, "models_working", scope) == []


@pytest.mark.parametrize("indicator", ["areas", "areas_registered", "areas_assessed", "areas_met", "areas_recognised",
                                       "units", "units_registered", "units_recognised"])  # fmt: skip
def test_as_many_rows_count_as_the_figure_says(store: Store, area: ResidentialArea, indicator: str) -> None:
    key = UnitKey("residential_area", area.id)
    done = assessment(key, state="final", result="met", assessed_on=date(2026, 11, 5))
    save(store, school(), done, assessment(SCHOOL, state="final", result="not_met"))
    save(store, recognised(done), step("registration", key))
    shown = rows_behind(store, indicator)
    assert sum(row.counted for row in shown) == getattr(counted(store), indicator)
    assert {row.state for row in shown} <= set(STATE_NAMES)
