"""Figures count the rows of one commune, one area, one period and nothing beside them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from antq_desktop.domain.activities import ModelActivity
from antq_desktop.domain.commitments import Campaign, Commitment, CommitmentState
from antq_desktop.domain.community_models import CommunityModel, ModelState
from antq_desktop.domain.criteria import UnitKind
from antq_desktop.domain.households import Household
from antq_desktop.domain.indicators import Figures
from antq_desktop.domain.periods import Period, assessment_period
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.domain.units import UnitKey
from antq_desktop.storage.queries import figures
from antq_desktop.storage.queries.behind import households_behind, models_behind
from antq_desktop.storage.queries.figures import KindCount
from antq_desktop.storage.queries.scope import Coverage, Scope
from antq_desktop.storage.unit_of_work import Store

YEAR = Period(date(2025, 12, 15), date(2026, 12, 14))
KINDS: tuple[UnitKind, ...] = ("residential_area", "agency", "enterprise", "school", "commune")


def covers(year: int) -> Coverage:
    return Coverage(year, {kind: assessment_period(kind, year) for kind in KINDS})


WHOLE = Scope(covers(2026), YEAR)
Make = Callable[..., Household]


def save(store: Store, *records: object) -> None:
    with store.writing("Bùi Văn An") as work:
        for record in records:
            work.save(record)  # type: ignore[type-var] # any record
        work.commit()


def counted(store: Store, scope: Scope) -> Figures:
    with store.reading() as work:
        return figures.figures(work, scope)


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
    assert counted(store, WHOLE) == Figures()


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
        assert figures.activities_by_kind(work, WHOLE) == [
            KindCount("h", 2, {"buoi": 3, "nguoi": 30}),
            KindCount("t", 1, {"ca": 4}),
        ]
        assert figures.activities_by_area(work, WHOLE) == {area.id: 2, None: 1}
        assert figures.activities_by_model(work, WHOLE) == {"m1": 2, "m2": 1}
        assert figures.models_by_area(work) == {area.id: 1, None: 1}
        assert figures.models_by_state(work) == {"working": 2, "closed": 1}


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
    assert counted(store, WHOLE) == Figures()
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
        living = households_behind(work, WHOLE, signed_only=False)
        signed = households_behind(work, WHOLE, signed_only=True)
        models = models_behind(work, WHOLE)
        elsewhere = households_behind(
            work, replace(WHOLE, unit=UnitKey("residential_area", "a2")), signed_only=False
        )
    assert [row.name for row in living] == ["Bùi Văn Ánh", "Lê Thị Em"]
    assert sum(row.counted for row in living) == whole.households_living
    assert [(row.name, row.counted) for row in signed] == [("Bùi Văn Ánh", False), ("Lê Thị Em", True)]
    assert sum(row.counted for row in models) == whole.models_working
    assert elsewhere == []
