"""The teams with members, trainings and ratings, from the keyboard to the records."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from antq_desktop.domain.security_teams import SecurityTeam, TeamMember
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.services.application import Application
from antq_desktop.ui.actions import Command
from antq_desktop.ui.models.entry_lines import Standing
from antq_desktop.ui.pages.forces.page import ForcesPage

LONG_AGO = date(2024, 7, 1)


@pytest.fixture
def team(areas: list[ResidentialArea], commune: Application) -> SecurityTeam:
    new = SecurityTeam(
        id="", unit_code="", area_id=areas[0].id, name="Tổ ANTT xóm Bãi Chạo", valid_from=LONG_AGO
    )
    return commune.security_teams.save(new).record


@pytest.fixture
def members(team: SecurityTeam, commune: Application) -> list[TeamMember]:
    """Return a leader, a member above 70, and one who joined too late to be rated."""

    def kept(name: str, birth: str, joined: date, post: Any = "member") -> TeamMember:
        new = TeamMember(
            id="", unit_code="", team_id=team.id, name=name, birth=birth, joined_on=joined, post=post
        )
        return commune.security_teams.save_member(new).record

    return [
        kept("Bùi Văn An", "1980", LONG_AGO, "leader"),
        kept("Quách Công Bình", "1950-01-01", LONG_AGO),
        kept("Đinh Thị Cúc", "1990", date(2026, 9, 1)),
    ]


@pytest.fixture
def page(areas: list[ResidentialArea], opened: Any) -> ForcesPage:
    made: ForcesPage = opened(ForcesPage)
    return made


def idle(page: ForcesPage) -> None:
    page.desk.lane.wait_idle()


def test_an_area_without_a_team_gets_one(
    page: ForcesPage, areas: list[ResidentialArea], commune: Application, put: Any, names: Any
) -> None:
    assert page.table._note.isVisible()
    page.see("missing")
    assert names(page.missing) == ["Xóm Bãi Chạo", "Xóm Mớ Đá", "Xóm Vó Khang"]
    page.missing.opened.emit(areas[1])
    put(page.sides.team, name="Tổ ANTT xóm Mớ Đá", valid_from="1/7/2024")
    page.obey(Command.SAVE)
    idle(page)
    (row,) = commune.security_teams.rows(2026)
    assert (row.area_name, row.name) == ("Xóm Mớ Đá", "Tổ ANTT xóm Mớ Đá")
    assert names(page.missing) == ["Xóm Bãi Chạo", "Xóm Vó Khang"]
    assert page.chips.word("doubtful") == "1 cần xem lại"
    assert "0 thành viên" in page.sides.doubts.text()


def test_members_are_added_one_after_the_other(
    team: SecurityTeam, page: ForcesPage, commune: Application, put: Any
) -> None:
    page.wanted(team_id=team.id)
    idle(page)
    page.sides.add_member()
    put(page.sides.member, name="Bùi Văn An", birth="5/3/1980", post="leader", joined_on="1/7/2024")
    page.obey(Command.SAVE_AND_NEW)
    idle(page)
    assert page.sides.member.form.boxes["name"].typed() == ""
    put(page.sides.member, name="Lê Bé", birth="2011", joined_on="1/7/2026")
    page.obey(Command.SAVE)
    idle(page)
    assert page.sides.side is page.sides.member, "the list that was read anew leaves the member in sight"
    assert "18" in page.sides.member.form.boxes["birth"].said()
    rows = commune.security_teams.members(team.id)
    assert [(row.name, row.birth, row.post) for row in rows] == [
        ("Bùi Văn An", "1980-03-05", "leader"),
        ("Lê Bé", "2011", "member"),
    ]
    page.wanted(team_id=team.id)
    idle(page)
    assert [row.name for row in page.sides.members.rows] == ["Bùi Văn An", "Lê Bé"]


def test_a_member_above_70_is_remarked_on_until_a_proof_was_shown(
    members: list[TeamMember], page: ForcesPage, commune: Application, put: Any
) -> None:
    page.wanted(team_id=members[0].team_id)
    idle(page)
    assert [bool(row.remarks) for row in page.sides.members.rows] == [False, True, False]
    page.sides.members.opened.emit(members[1].id)
    idle(page)
    put(page.sides.member, health_proof="1")
    page.obey(Command.SAVE)
    idle(page)
    assert not any(row.remarks for row in page.sides.members.rows)
    assert commune.security_teams.member(members[1].id).health_proof


def test_a_team_in_use_is_not_removed(
    members: list[TeamMember], page: ForcesPage, commune: Application
) -> None:
    page.wanted(team_id=members[0].team_id)
    idle(page)
    page.sides.team.reason.box.set_value("Ghi nhầm")
    page.sides.team.reason.give()
    idle(page)
    assert "Xóm Bãi Chạo" in page.banner.text() or "xóm Bãi Chạo" in page.banner.text()
    assert len(commune.security_teams.rows(2026)) == 1


def test_a_training_is_recorded_for_a_team(
    members: list[TeamMember], page: ForcesPage, commune: Application, put: Any, names: Any
) -> None:
    page.see("trainings")
    page.obey(Command.NEW)
    put(page.sides.training, on="5/5/2026", title="Tuần tra ban đêm", attendees="2")
    page.obey(Command.SAVE)
    idle(page)
    (row,) = commune.team_trainings.rows(2026)
    assert (row.team_name, row.title, row.attendees) == ("Tổ ANTT xóm Bãi Chạo", "Tuần tra ban đêm", 2)
    assert names(page.trainings) == ["05/05/2026"]


def test_ratings_are_typed_line_by_line_and_the_cap_follows_at_once(
    members: list[TeamMember], page: ForcesPage, commune: Application
) -> None:
    page.make_stale()
    idle(page)
    page.see("ratings")
    view, lines = page.ratings.grid.view, page.ratings.grid.lines
    assert [lines.values(place)["name"] for place in range(lines.rowCount())] == [
        "Bùi Văn An",
        "Quách Công Bình",
        "Đinh Thị Cúc",
    ]
    assert [bool(lines.values(place)["refused"]) for place in range(3)] == [False, False, True]
    QTest.keyClick(view, Qt.Key.Key_1)
    assert page.ratings.live_share().top == 1, "before it is saved"
    assert "20 %" in page.ratings.share.text()
    assert not page.ratings.live_share().kept
    QTest.keyClick(view, Qt.Key.Key_Return)
    idle(page)
    assert commune.member_ratings.rows(2026)[0].rating == "xuat-sac"
    assert view.currentIndex().row() == 1, "the list that was read anew leaves the line where it was"
    QTest.keyClick(view, Qt.Key.Key_2)
    QTest.keyClick(view, Qt.Key.Key_Return)
    QTest.keyClick(view, Qt.Key.Key_2)
    QTest.keyClick(view, Qt.Key.Key_Return)
    idle(page)
    assert lines.standing(2) is Standing.FAULTY
    assert "Đinh Thị Cúc" in page.ratings.grid.said()
    assert [row.rating for row in commune.member_ratings.rows(2026)] == ["xuat-sac", "tot", None]
    assert page.chips.word("ratings") == "Xếp loại 2/3"


def test_a_rating_is_taken_back_with_a_reason_only(
    members: list[TeamMember], page: ForcesPage, commune: Application
) -> None:
    commune.member_ratings.rate(members[0].id, 2026, "tot")
    page.make_stale()
    idle(page)
    page.see("ratings")
    view = page.ratings.grid.view
    QTest.keyClick(view, Qt.Key.Key_Delete)
    QTest.keyClick(view, Qt.Key.Key_Return)
    idle(page)
    assert page.ratings.grid.lines.standing(0) is Standing.FAULTY
    assert commune.member_ratings.rows(2026)[0].rating == "tot"
    view.go_to(0)
    assert page.ratings.back.isEnabled()
    page.ratings.back.click()
    page.ratings.reason.box.set_value("Ghi nhầm người")
    page.ratings.reason.give()
    idle(page)
    assert commune.member_ratings.rows(2026)[0].rating is None
    assert not page.ratings.back.isEnabled()


def test_a_rating_is_typed_with_its_day(
    members: list[TeamMember], page: ForcesPage, commune: Application
) -> None:
    page.make_stale()
    idle(page)
    page.see("ratings")
    lines = page.ratings.grid.lines
    lines.put(0, "rated_on", date(2026, 1, 5))
    page.ratings.grid.view.setFocus()
    QTest.keyClick(page.ratings.grid.view, Qt.Key.Key_Return)
    idle(page)
    assert "mức xếp loại" in page.ratings.grid.said()
    lines.put(0, "rating", "tot")
    QTest.keyClick(page.ratings.grid.view, Qt.Key.Key_Return)
    idle(page)
    assert commune.member_ratings.rows(2026)[0].rated_on == date(2026, 1, 5)
