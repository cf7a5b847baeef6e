"""What becomes of residential areas, their households and their names."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from antq_desktop.domain.community_models import CommunityModel, ModelState
from antq_desktop.domain.errors import NotFound
from antq_desktop.domain.festival import FestivalDay
from antq_desktop.domain.households import Household
from antq_desktop.domain.security_teams import SecurityTeam
from antq_desktop.domain.territory import (
    AreaNameMissing,
    AreaNameTaken,
    AreaNotAlive,
    AreaTwice,
    TooFewAreas,
)
from antq_desktop.services.application import Application
from antq_desktop.services.territory import AreaChangeAhead, HouseholdInTwoParts, HouseholdOfOtherArea
from antq_desktop.storage.queries.households import HouseholdFilter
from antq_desktop.storage.queries.journal import JournalFilter
from antq_desktop.storage.queries.window import Window

Settle = Callable[..., list[Household]]
BEGIN = date(2020, 1, 1)
MERGED = date(2026, 6, 1)


def test_areas_stand_in_vietnamese_order_with_who_lives_there(
    application: Application, settle: Settle
) -> None:
    names = ("Xóm Vẹ", "Xóm Đá", "Xóm Da", "Xóm Ăn", "Xóm An")
    ids = {name: application.territory.add(name, "xóm", BEGIN).record.id for name in names}
    settle(ids["Xóm Đá"], "Bùi Văn Ánh", "Quách Thị Bé", members=3)
    (gone,) = settle(ids["Xóm Đá"], "Đinh Công Cò", members=9)
    application.households.move_away_many([gone.id], date(2026, 1, 1))
    rows = application.territory.areas(date(2026, 7, 1))
    assert [row.name for row in rows] == ["Xóm An", "Xóm Ăn", "Xóm Da", "Xóm Đá", "Xóm Vẹ"]
    assert (rows[3].households, rows[3].people) == (2, 6)


def test_a_name_is_taken_whatever_its_capitals(application: Application) -> None:
    first = application.territory.add("  Xóm   Bãi ", "xóm", BEGIN)
    assert first.record.name == "Xóm Bãi"
    assert first.changes.touches("residential_areas")
    with pytest.raises(AreaNameTaken):
        application.territory.add("XÓM BÃI", "xóm", BEGIN)
    with pytest.raises(AreaNameMissing):
        application.territory.add("  ", "xóm", BEGIN)
    application.territory.add("Xóm Bái", "xóm", BEGIN)
    assert [row.name for row in application.territory.areas()] == ["Xóm Bãi", "Xóm Bái"]


def test_a_renamed_area_is_the_same_area_and_remembers_its_name(application: Application) -> None:
    area = application.territory.add("Xóm Bãi", "xóm", BEGIN).record
    renamed = application.territory.rename(area.id, "Xóm Mới", date(2026, 3, 1), "Nghị quyết 12").record
    assert (renamed.id, renamed.name, renamed.valid_from) == (area.id, "Xóm Mới", BEGIN)
    (succession,) = application.territory.history(area.id)
    assert (succession.kind, succession.old_name, succession.on, succession.note) == (
        "rename",
        "Xóm Bãi",
        date(2026, 3, 1),
        "Nghị quyết 12",
    )
    (line,) = application.journal.page(JournalFilter(entity_id=area.id, action="renamed"), Window())
    assert line.changes["name"] == ["Xóm Bãi", "Xóm Mới"]


def test_merging_ends_two_areas_and_moves_every_household(application: Application, settle: Settle) -> None:
    one, two = (application.territory.add(name, "xóm", BEGIN).record for name in ("Xóm Ao", "Xóm Vẹ"))
    homes = settle(one.id, "Bùi Văn Ánh") + settle(two.id, "Quách Thị Bé", "Đinh Công Cò")
    merged = application.territory.merge([one.id, two.id], "Xóm Ao", "xóm", MERGED).record

    assert [row.name for row in application.territory.areas(date(2026, 5, 31))] == ["Xóm Ao", "Xóm Vẹ"]
    (row,) = application.territory.areas(MERGED)
    assert (row.id, row.households, row.valid_from) == (merged.id, 3, MERGED)
    assert {application.households.get(home.id).area_id for home in homes} == {merged.id}
    assert {row.valid_to for row in application.territory.areas() if row.id != merged.id} == {
        date(2026, 5, 31)
    }
    assert [s.predecessor_id for s in application.territory.history(merged.id)] != []
    assert {s.predecessor_id for s in application.territory.history(merged.id)} == {one.id, two.id}
    assert [s.successor_id for s in application.territory.history(one.id)] == [merged.id]


def test_splitting_puts_each_household_into_its_part(application: Application, settle: Settle) -> None:
    area = application.territory.add("Xóm Lớn", "xóm", BEGIN).record
    first, second, third = settle(area.id, "Bùi Văn Ánh", "Quách Thị Bé", "Đinh Công Cò")
    parts = [("Xóm Lớn 1", []), ("Xóm Lớn 2", [second.id, third.id])]
    changes = application.territory.split(area.id, parts, MERGED)
    assert changes.touches("residential_areas", "households", "successions")
    by_id = {row.id: row.name for row in application.territory.areas(MERGED)}
    homes = [application.households.get(home.id) for home in (first, second, third)]
    assert [by_id[home.area_id] for home in homes] == ["Xóm Lớn 1", "Xóm Lớn 2", "Xóm Lớn 2"]
    assert application.households.count(HouseholdFilter(area_id=area.id)) == 0
    assert [s.kind for s in application.territory.history(area.id)] == ["split", "split"]


def test_a_refused_split_or_merge_leaves_everything(application: Application, settle: Settle) -> None:
    area = application.territory.add("Xóm Lớn", "xóm", BEGIN).record
    (home,) = settle(area.id, "Bùi Văn Ánh")
    before = application.territory.areas()
    with pytest.raises(HouseholdInTwoParts):
        application.territory.split(area.id, [("A", [home.id]), ("B", [home.id])], MERGED)
    with pytest.raises(TooFewAreas):
        application.territory.split(area.id, [("A", [])], MERGED)
    with pytest.raises(AreaNameTaken):
        application.territory.split(area.id, [("A", []), ("a", [])], MERGED)
    with pytest.raises(AreaTwice, match="Xóm Lớn"):
        application.territory.merge([area.id, area.id], "Xóm", "xóm", MERGED)
    with pytest.raises(AreaNotAlive):
        application.territory.rename(area.id, "Xóm Cũ", date(2019, 12, 31))
    with pytest.raises(NotFound):
        application.territory.merge([area.id, "no such area"], "Xóm", "xóm", MERGED)
    assert application.territory.areas() == before
    assert application.territory.history(area.id) == []


def test_a_change_that_is_only_tried_leaves_everything(application: Application, settle: Settle) -> None:
    one, two = (application.territory.add(name, "xóm", BEGIN).record for name in ("Xóm Ao", "Xóm Vẹ"))
    homes = settle(one.id, "Bùi Văn Ánh", "Quách Thị Bé")
    before, lines = application.territory.areas(), application.journal.count(JournalFilter())
    tried = application.territory.merge([one.id, two.id], "Xóm Mới", "xóm", MERGED, keep=False)
    parts = [("Xóm Ao 1", []), ("Xóm Ao 2", [homes[0].id])]
    assert (tried.record.name, bool(tried.changes)) == ("Xóm Mới", False)
    assert not application.territory.split(one.id, parts, MERGED, keep=False)
    assert application.territory.areas() == before
    assert application.households.get(homes[0].id) == homes[0]
    assert application.journal.count(JournalFilter()) == lines
    with pytest.raises(AreaNameTaken):
        application.territory.split(one.id, [("Xóm Vẹ", []), ("Xóm Ao 2", [])], MERGED, keep=False)


def test_a_household_of_elsewhere_is_no_part_of_a_split(application: Application, settle: Settle) -> None:
    area, other = (application.territory.add(name, "xóm", BEGIN).record for name in ("Xóm A", "Xóm B"))
    (stranger,) = settle(other.id, "Bùi Văn Ánh")
    with pytest.raises(HouseholdOfOtherArea, match="Xóm A"):
        application.territory.split(area.id, [("Xóm A1", []), ("Xóm A2", [stranger.id])], MERGED)
    assert application.households.get(stranger.id).area_id == other.id


def test_models_go_with_their_area(application: Application) -> None:
    one, two, three = (application.territory.add(f"Xóm {n}", "xóm", BEGIN).record for n in (1, 2, 3))
    kind = next(iter(application.catalogues.models.kinds))
    models = [
        application.community_models.save(
            CommunityModel(
                id="",
                unit_code="",
                area_id=area_id,
                kind=kind,
                name=f"Tiếng kẻng {n}",
                state=ModelState.WORKING,
                launched_on=BEGIN,
            )
        ).record
        for n, area_id in enumerate((one.id, two.id, three.id, None))
    ]
    merged = application.territory.merge([one.id, two.id], "Xóm mới", "xóm", MERGED).record
    application.territory.split(three.id, [("Xóm 3A", []), ("Xóm 3B", [])], MERGED)
    parts = {row.name: row.id for row in application.territory.areas(MERGED)}
    now = [application.community_models.get(model.id).area_id for model in models]
    assert now == [merged.id, merged.id, parts["Xóm 3A"], None]
    (line,) = application.journal.page(JournalFilter(entity_id=models[0].id, action="merged"), Window())
    eve = f"{MERGED - timedelta(days=1)}"
    assert line.changes == {"area_id": [one.id, merged.id], "past_areas": [None, {one.id: eve}]}


def test_no_area_changes_before_its_day(application: Application, settle: Settle) -> None:
    one, two = (application.territory.add(f"Xóm {n}", "xóm", BEGIN).record for n in (1, 2))
    settle(one.id, "Bùi Văn Ánh")
    today = application.session.today()
    tomorrow = today + timedelta(days=1)
    with pytest.raises(AreaChangeAhead):
        application.territory.merge([one.id, two.id], "Xóm mới", "xóm", tomorrow)
    with pytest.raises(AreaChangeAhead):
        application.territory.split(one.id, [("Xóm A", []), ("Xóm B", [])], tomorrow)
    with pytest.raises(AreaChangeAhead):
        application.territory.rename(one.id, "Xóm Mới", tomorrow)
    assert [(row.name, row.households) for row in application.territory.areas(today)] == [
        ("Xóm 1", 1),
        ("Xóm 2", 0),
    ]
    application.territory.merge([one.id, two.id], "Xóm mới", "xóm", today)
    assert [(row.name, row.households) for row in application.territory.areas(today)] == [("Xóm mới", 1)]


def test_teams_and_festivals_of_the_year_go_with_their_area(application: Application) -> None:
    one, two, three = (application.territory.add(f"Xóm {n}", "xóm", BEGIN).record for n in (1, 2, 3))
    teams = [
        application.security_teams.save(
            SecurityTeam(id="", unit_code="", area_id=area.id, name=f"Tổ {area.name}", valid_from=BEGIN, valid_to=ends)
        ).record
        for area, ends in ((one, None), (two, None), (two, MERGED - timedelta(days=1)), (three, None))
    ]  # fmt: skip
    days = [date(MERGED.year, 1, 5), date(MERGED.year - 1, 8, 5)]
    held, before = (
        application.festival.save(
            FestivalDay(id="", unit_code="", year=day.year, place="Sân đình", area_ids=(one.id, three.id), on=day)
        ).record
        for day in days
    )  # fmt: skip
    done = application.territory.merge([one.id, two.id], "Xóm mới", "xóm", MERGED)
    application.territory.split(three.id, [("Xóm 3A", []), ("Xóm 3B", [])], MERGED)
    parts = {row.name: row.id for row in application.territory.areas(MERGED)}
    now = [application.security_teams.get(team.id).area_id for team in teams]
    assert now == [done.record.id, done.record.id, two.id, parts["Xóm 3A"]]
    (doubt,) = done.warnings
    assert (doubt.code, doubt.facts["count"]) == ("several-teams", 2)
    followed = application.festival.get(held.id).area_ids
    assert followed == (one.id, three.id, done.record.id, parts["Xóm 3A"], parts["Xóm 3B"])
    assert application.festival.get(before.id).area_ids == before.area_ids
    rows = [row for row in application.festival.rows(MERGED.year) if row.id == held.id]
    assert [row.areas for row in rows] == [("Xóm 1", "Xóm 3")], "what it was called on the day"
    lines = application.journal.page(JournalFilter(entity_id=held.id, action="merged"), Window())
    assert [line.changes.keys() for line in lines] == [{"area_ids"}]
    figures = application.period_figures.amounts(str(MERGED.year))
    assert figures["areas_with_festival"] == 3
