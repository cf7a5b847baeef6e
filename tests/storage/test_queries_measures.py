"""Measures count the rows of one commune, one area, one period and nothing beside them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from antq_desktop.domain.activities import ModelActivity
from antq_desktop.domain.assessment import SelfAssessment
from antq_desktop.domain.commitments import Campaign, Commitment, CommitmentState
from antq_desktop.domain.community_models import CommunityModel, ModelState
from antq_desktop.domain.criteria import UnitKind
from antq_desktop.domain.households import Household
from antq_desktop.domain.indicators import Term
from antq_desktop.domain.measures import MEASURES, NOTHING
from antq_desktop.domain.model_lifecycle import ModelStep
from antq_desktop.domain.model_parts import ModelPart, PartKind
from antq_desktop.domain.periods import Period, assessment_period
from antq_desktop.domain.recognition import Certificate, Recognition
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.domain.units import UnitKey
from antq_desktop.storage.queries.behind import term_behind
from antq_desktop.storage.queries.commitments import status
from antq_desktop.storage.queries.measures import FINDERS, measures
from antq_desktop.storage.queries.model_measures import by_area, by_model, model_states
from antq_desktop.storage.queries.scope import Coverage, Scope, report_scope
from antq_desktop.storage.unit_of_work import Store

YEAR = Period(date(2025, 12, 15), date(2026, 12, 14))
KINDS: tuple[UnitKind, ...] = ("residential_area", "agency", "enterprise", "school", "commune")


def covers(year: int) -> Coverage:
    periods = {kind: assessment_period(kind, year) for kind in KINDS}
    return Coverage(year, periods, turning=frozenset({"cung-co", "tam-dung"}))


WHOLE = Scope(covers(2026), YEAR)
Make = Callable[..., Household]


def save(store: Store, *records: object) -> None:
    with store.writing("Bùi Văn An") as work:
        for record in records:
            work.save(record)  # type: ignore[type-var] # any record
        work.commit()


def counted(store: Store, scope: Scope) -> SimpleNamespace:
    with store.reading() as work:
        return SimpleNamespace(**measures(work, scope))


def campaign(year: int, kind: str = "yearly") -> Campaign:
    return Campaign(id=f"{kind}-{year}", unit_code="04978", year=year, kind=kind, name=kind)


def paper(home: str, of: Campaign, state: CommitmentState) -> Commitment:
    return Commitment(
        id=f"{home}-{of.id}",
        unit_code="04978",
        household_id=home,
        campaign_id=of.id,
        year=of.year,
        state=state,
        signed_on=date(2026, 3, 1) if state is CommitmentState.SIGNED else None,
    )


def model(key: str, **more: object) -> CommunityModel:
    plain = CommunityModel(id=key, unit_code="04978", kind="k", name=key, state=ModelState.WORKING, sites=1)
    return replace(plain, **more)  # type: ignore[arg-type]


def activity(key: str, of: str, on: date, **quantities: int) -> ModelActivity:
    return ModelActivity(
        id=key, unit_code="04978", model_id=of, kind=key[0], on=on, quantities=dict(quantities)
    )


def test_an_empty_workspace_counts_nothing(store: Store) -> None:
    assert counted(store, WHOLE) == SimpleNamespace(**NOTHING)


def test_only_signatures_of_the_yearly_campaign_of_the_year_count(store: Store, household: Make) -> None:
    yearly, thematic, last = campaign(2026), campaign(2026, "phao-no"), campaign(2025)
    homes = [household(f"h{number}") for number in range(4)]
    save(store, *homes, yearly, thematic, last)
    save(
        store,
        paper("h0", yearly, CommitmentState.SIGNED),
        paper("h1", yearly, CommitmentState.ISSUED),
        paper("h1", thematic, CommitmentState.SIGNED),
        paper("h2", last, CommitmentState.SIGNED),
        paper("h3", yearly, CommitmentState.MOVED_AWAY),
    )
    now = counted(store, WHOLE)
    assert (now.households_signed, now.households_living) == (1, 3)
    before = counted(store, replace(WHOLE, coverage=covers(2025)))
    assert (before.households_signed, before.households_living) == (1, 4)
    nobody_opened_it = counted(store, replace(WHOLE, coverage=covers(2024)))
    assert (nobody_opened_it.households_signed, nobody_opened_it.households_living) == (0, 4)


def test_a_signature_of_a_household_that_left_does_not_count(
    store: Store, area: ResidentialArea, household: Make
) -> None:
    yearly = campaign(2026)
    save(store, household("h0"), household("h1", residence="moved_away"), yearly)
    save(store, *(paper(home, yearly, CommitmentState.SIGNED) for home in ("h0", "h1")))
    assert counted(store, WHOLE).households_signed == counted(store, WHOLE).households_living == 1


@pytest.mark.parametrize(
    ("on", "counts"),
    [(date(2026, 2, 28), (3, 0, 0)), (date(2026, 4, 30), (3, 2, 1)), (date(2026, 5, 1), (2, 1, 1))],
)
def test_what_is_entered_later_leaves_earlier_periods_as_they_were(
    store: Store, household: Make, on: date, counts: tuple[int, int, int]
) -> None:
    yearly = campaign(2026)
    left = date(2026, 5, 1)
    save(
        store,
        household("h0"),
        household("h1", residence="moved_away", moved_on=left),
        household("h2"),
        yearly,
    )
    gone = replace(
        paper("h1", yearly, CommitmentState.SIGNED), state=CommitmentState.MOVED_AWAY, state_on=left
    )
    refusal = replace(paper("h2", yearly, CommitmentState.REFUSED), state_on=date(2026, 4, 1))
    save(store, paper("h0", yearly, CommitmentState.SIGNED), gone, refusal)
    found = counted(store, replace(WHOLE, days=Period(date(2025, 12, 15), on)))
    assert (found.households_living, found.households_signed, found.households_refused) == counts


@pytest.mark.parametrize(
    ("first", "last", "areas"),
    [
        (date(2026, 1, 1), None, 1),
        (date(2026, 12, 14), None, 1),
        (date(2026, 12, 15), None, 0),
        (date(2020, 1, 1), date(2026, 12, 13), 0),
        (date(2020, 1, 1), date(2026, 12, 14), 1),
    ],
)
def test_areas_are_those_at_the_end_of_the_period(
    store: Store, first: date, last: date | None, areas: int
) -> None:
    save(
        store,
        ResidentialArea(id="a", unit_code="04978", name="A", kind="xóm", valid_from=first, valid_to=last),
    )
    assert counted(store, WHOLE).areas == areas


def test_an_area_counts_its_own_models_and_what_they_did(store: Store, area: ResidentialArea) -> None:
    save(
        store,
        model("m1", area_id=area.id, sites=2, groups=3, members=40),
        model("m2", sites=5),
        model("m3", area_id=area.id, state=ModelState.CLOSED, sites=100),
        activity("họp-1", "m1", date(2025, 12, 15), buoi=1, nguoi=30),
        activity("họp-2", "m1", date(2026, 12, 14), buoi=2),
        activity("tuần-1", "m2", date(2026, 5, 1), ca=4),
        activity("họp-3", "m1", date(2025, 12, 14), buoi=100),
        activity("họp-4", "m1", date(2026, 12, 15), buoi=100),
    )
    whole = counted(store, WHOLE)
    assert (whole.models_working, whole.model_sites, whole.model_groups, whole.model_members) == (2, 7, 3, 40)
    assert (whole.activities, whole.quantities) == (
        {"h": 2, "t": 1},
        {"buoi": 3, "nguoi": 30, "ca": 4},
    )
    own = counted(store, replace(WHOLE, unit=UnitKey("residential_area", area.id)))
    assert (own.models_working, own.model_sites, own.activities) == (1, 2, {"h": 2})
    assert own.quantities == {"buoi": 3, "nguoi": 30}
    with store.reading() as work:
        assert by_area(work, WHOLE, "activities") == {area.id: 2, None: 1}
        assert by_model(work, WHOLE, "activities") == {"m1": 2, "m2": 1}
        assert by_area(work, WHOLE, "models_working") == {area.id: 1, None: 1}
        assert by_model(work, WHOLE, "model_sites") == {"m1": 2, "m2": 5}
        assert model_states(work, WHOLE) == {"m1": "working", "m2": "working", "m3": "closed"}
    assert whole.quantities_by_kind == {"h/buoi": 3, "h/nguoi": 30, "t/ca": 4}


def test_an_activity_without_quantities_is_an_activity(store: Store) -> None:
    save(store, model("m1"), activity("họp-1", "m1", date(2026, 5, 1)))
    whole = counted(store, WHOLE)
    assert (whole.activities, whole.quantities) == ({"h": 1}, {})


def test_rows_of_another_commune_are_never_counted(
    store: Store, area: ResidentialArea, household: Make
) -> None:
    """A receiving unit keeps many communes in the same tables."""
    yearly = campaign(2026)
    save(store, household("h1"), yearly, model("m1", area_id=area.id))
    save(store, paper("h1", yearly, CommitmentState.SIGNED), activity("họp", "m1", date(2026, 5, 1), buoi=1))
    own = counted(store, WHOLE)
    store.unit_code = "99999"
    assert counted(store, WHOLE) == SimpleNamespace(**NOTHING)
    save(
        store,
        replace(area, unit_code="99999", version={}),
        replace(household("h1"), unit_code="99999"),
        replace(yearly, unit_code="99999"),
        replace(model("m1", area_id=area.id), unit_code="99999"),
    )
    theirs = counted(store, WHOLE)
    assert (theirs.households_living, theirs.households_signed, theirs.models_working) == (1, 0, 1)
    store.unit_code = "04978"
    assert counted(store, WHOLE) == own


def test_behind_each_figure_stand_as_many_rows(store: Store, area: ResidentialArea, household: Make) -> None:
    yearly = campaign(2026)
    save(store, household("h1", "Lê Thị Em"), household("h2", "Bùi Văn Ánh"), yearly)
    save(store, paper("h1", yearly, CommitmentState.SIGNED), model("m1"), model("m2", area_id=area.id))
    whole = counted(store, WHOLE)
    with store.reading() as work:
        living = term_behind(work, WHOLE, Term("households_living"))
        signed = term_behind(work, WHOLE, Term("households_signed"))
        models = term_behind(work, WHOLE, Term("models_working"))
        elsewhere = term_behind(
            work, replace(WHOLE, unit=UnitKey("residential_area", "a2")), Term("households_living")
        )
    assert [row.name for row in living] == ["Bùi Văn Ánh", "Lê Thị Em"]
    assert sum(row.counted for row in living) == whole.households_living
    assert [(row.name, row.counted) for row in signed] == [("Bùi Văn Ánh", False), ("Lê Thị Em", True)]
    assert sum(row.counted for row in models) == whole.models_working
    assert elsewhere == []


def test_every_measure_is_counted_and_no_other() -> None:
    assert FINDERS.keys() == MEASURES.keys()


FIRST_QUARTER = report_scope(covers(2026), Period(date(2025, 12, 15), date(2026, 3, 14)))


def test_households_of_a_past_period_are_those_of_its_last_day(store: Store, household: Make) -> None:
    yearly = campaign(2026)
    homes = (
        household("h0"),
        household("h1", residence="moved_away", moved_on=date(2026, 3, 15)),
        household("h2", residence="moved_away", moved_on=date(2026, 3, 14)),
        household("h3", residence="moved_away"),
        household("h4"),
    )
    save(store, *homes, yearly)
    save(store, *(paper(home.id, yearly, CommitmentState.SIGNED) for home in homes[:4]))
    save(store, replace(paper("h4", yearly, CommitmentState.SIGNED), signed_on=date(2026, 3, 15)))
    then, now = counted(store, FIRST_QUARTER), counted(store, WHOLE)
    assert (then.households_living, then.households_signed) == (3, 2)
    assert (now.households_living, now.households_signed) == (2, 2)
    with store.reading() as work:
        (lines,) = status(work, yearly.id, FIRST_QUARTER.days.last)
    assert (lines.living, lines.signed) == (3, 2)


@pytest.mark.parametrize(
    ("facts", "works"),
    [
        ({}, True),
        ({"launched_on": date(2026, 3, 14)}, True),
        ({"launched_on": date(2026, 3, 15)}, False),
        ({"decision_date": date(2026, 3, 15)}, False),
        ({"decision_date": date(2026, 3, 1), "launched_on": date(2026, 4, 1)}, False),
        ({"state": ModelState.PAUSED, "launched_on": date(2020, 1, 1)}, False),
        (
            {"state": ModelState.CLOSED, "closed_on": date(2026, 3, 14), "launched_on": date(2020, 1, 1)},
            False,
        ),
        ({"state": ModelState.CLOSED, "closed_on": date(2026, 3, 15), "launched_on": date(2020, 1, 1)}, True),
        ({"state": ModelState.CLOSED, "closed_on": date(2026, 3, 15)}, False),
    ],
)
def test_a_model_of_a_past_period_is_told_by_its_days(
    store: Store, facts: dict[str, object], works: bool
) -> None:
    save(store, model("m1", **facts))
    assert counted(store, FIRST_QUARTER).models_working == works


def test_a_later_step_tells_what_state_it_found(store: Store) -> None:
    """A pause has no day in the record of the model; the step that paused it knows that it was at work before."""
    save(store, model("m1", state=ModelState.PAUSED), model("m2", launched_on=date(2020, 1, 1)))
    save(
        store,
        life_step("s1", "m1", "tam-dung", date(2026, 3, 15), ModelState.WORKING),
        life_step("s2", "m2", "cung-co", date(2026, 5, 1), ModelState.PAUSED),
        life_step("s3", "m2", "so-ket", date(2026, 4, 1), ModelState.WORKING),  # it changed nothing
    )
    with store.reading() as work:
        assert model_states(work, FIRST_QUARTER) == {"m1": "working", "m2": "paused"}
        assert by_model(work, FIRST_QUARTER, "models_working") == {"m1": 1}
        assert model_states(work, WHOLE) == {"m1": "paused", "m2": "working"}


def test_sites_groups_and_members_of_a_past_period_follow_from_the_parts(store: Store) -> None:
    save(store, model("m1", sites=9, groups=9, members=9), model("m2", sites=2, groups=1, members=20))
    save(
        store,
        part("p1", "site", date(2026, 1, 1), members=5),
        part("p2", "site", date(2026, 3, 15), members=7),
        part("p3", "group", date(2025, 1, 1), date(2026, 3, 15), members=11),
        part("p4", "group", date(2025, 1, 1), date(2026, 3, 13), members=100),
    )
    then, now = counted(store, FIRST_QUARTER), counted(store, WHOLE)
    assert (then.model_sites, then.model_groups, then.model_members) == (1 + 2, 1 + 1, 11 + 20)
    assert (now.model_sites, now.model_groups, now.model_members) == (2 + 2, 0 + 1, 5 + 7 + 20)
    save(store, part("p5", "site", date(2026, 1, 1)))
    assert counted(store, WHOLE).model_members == 9 + 20, (
        "a part that says nothing leaves what the model states"
    )


def test_what_units_got_as_far_as_counts_until_the_day_asked_about(
    store: Store, area: ResidentialArea
) -> None:
    done = SelfAssessment(
        id="s", unit_code="04978", unit_kind="residential_area", unit_id=area.id, year=2026, catalogue_id="c",
        catalogue_version="1", catalogue_sha256="0", result="met", state="final", assessed_on=date(2026, 11, 5),
    )  # fmt: skip
    decided = Recognition(
        id="r", unit_code="04978", assessment_id="s", unit_kind="residential_area", unit_id=area.id, unit_name="A",
        year=2026, decision_number="1", decision_date=date(2026, 11, 18), decided_by="U", signer="S", signer_post="P",
    )  # fmt: skip
    given = Certificate(
        id="g", unit_code="04978", recognition_id="r", year=2026, kind="residential_area", number=1,
        issued_on=date(2026, 11, 19), withdrawn_on=date(2026, 12, 20), withdrawn_reason="Sai tên",
    )  # fmt: skip
    save(store, done)
    save(store, decided)
    save(store, given)

    def so_far(last: date) -> tuple[int, int]:
        now = counted(store, report_scope(covers(2026), Period(date(2025, 12, 15), last)))
        return now.areas_met, now.units_recognised

    assert so_far(date(2026, 11, 4)) == (0, 0)
    assert so_far(date(2026, 11, 17)) == (1, 0)
    assert so_far(date(2026, 12, 14)) == (1, 1)
    assert so_far(date(2026, 12, 20)) == (1, 0)


def life_step(key: str, of: str, name: str, on: date, before: ModelState) -> ModelStep:
    return ModelStep(id=key, unit_code="04978", model_id=of, step=name, on=on, place=1, state_before=before)


def part(
    key: str, kind: PartKind, first: date, last: date | None = None, members: int | None = None
) -> ModelPart:
    return ModelPart(
        id=key, unit_code="04978", model_id="m1", kind=kind, name=key, members=members, valid_from=first, valid_to=last,
    )  # fmt: skip


def test_households_are_counted_from_indexes_without_reading_their_rows(
    store: Store, household: Make
) -> None:
    yearly = campaign(2026)
    homes = [household(f"h{n:03}") for n in range(300)]
    papers = [paper(home.id, yearly, CommitmentState.SIGNED) for home in homes]
    with store.writing("An") as work:
        work.save(yearly)
        work.save_all(homes)
        work.save_all(papers)
        work.commit()
    with store.engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("ANALYZE")  # as opening a workspace does where counts are missing
    asked: list[tuple[str, tuple[object, ...]]] = []

    @sa.event.listens_for(store.engine, "before_cursor_execute")
    def note(*told: object) -> None:
        asked.append((str(told[2]), told[3]))  # type: ignore[arg-type] # the statement and its values

    for name in ("households_living", "people_living", "households_signed", "households_absent"):
        asked.clear()
        with store.reading() as view:
            measures(view, WHOLE, [name])
        statement, values = asked[-1]
        with store.engine.connect() as connection:
            plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
        for table in ("households", "commitments"):
            assert any(f"{table} USING COVERING INDEX ix_{table}_counted" in step for step in plan), (
                name,
                plan,
            )
