"""Teams, members, trainings and yearly ratings in a real workspace."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from antq_desktop.domain.errors import NotFound
from antq_desktop.domain.member_ratings import TooShortToRate, TopShare
from antq_desktop.domain.security_teams import Post, SecurityTeam, TeamMember, TeamTraining
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.services.application import Application
from antq_desktop.services.movement.security_teams import MemberInUse, TeamInUse
from antq_desktop.services.results import Invalid, ReasonMissing
from antq_desktop.storage.queries.journal import JournalFilter
from antq_desktop.storage.queries.window import Window

if TYPE_CHECKING:
    from tests.services.conftest import Clock

Join = Callable[..., TeamMember]


@pytest.fixture
def team(application: Application, area: ResidentialArea) -> SecurityTeam:
    new = SecurityTeam(
        id="",
        unit_code="",
        area_id=area.id,
        name="Tổ xóm Bãi",
        decision_number="12/QĐ-UBND",
        decision_date=date(2024, 6, 28),
        valid_from=date(2024, 7, 1),
    )
    return application.security_teams.save(new).record


@pytest.fixture
def join(application: Application, team: SecurityTeam) -> Join:
    def joined(
        name: str, post: Post = "member", on: date = date(2024, 7, 1), birth: str = "1980-03-12"
    ) -> TeamMember:
        new = TeamMember(
            id="", unit_code="", team_id=team.id, name=name, birth=birth, post=post, joined_on=on
        )
        return application.security_teams.save_member(new).record

    return joined


def test_a_team_says_who_leads_who_serves_and_what_is_odd(
    application: Application, team: SecurityTeam, join: Join
) -> None:
    (row,) = application.security_teams.rows()
    assert (row.area_name, row.leader, row.members, row.trainings) == ("Xóm Bãi Chạo", "", 0, 0)
    assert row.remarks == (
        "Tổ có 0 thành viên; thường từ 3 người trở lên.",
        "Mỗi tổ có một tổ trưởng, ở đây có 0.",
    )
    join("Bùi Văn  An", "leader")
    join("Hà Thị Bé")
    gone = join("Đinh Văn Cò", "deputy")
    application.security_teams.save_member(replace(gone, left_on=date(2025, 5, 1)))
    training = TeamTraining(
        id="", unit_code="", team_id=team.id, on=date(2026, 5, 5), title="Võ thuật", attendees=2
    )
    application.team_trainings.save(training)
    (row,) = application.security_teams.rows()
    assert (row.leader, row.members, row.trainings) == ("Bùi Văn An", 2, 1)
    assert row.remarks == ("Tổ có 2 thành viên; thường từ 3 người trở lên.",)
    (before,) = application.security_teams.rows(2024)
    assert (before.members, before.trainings, before.remarks) == (3, 0, ())
    assert application.security_teams.rows(2023) == []


def test_members_come_by_team_who_serves_first_then_by_post_and_name(
    application: Application, team: SecurityTeam, join: Join
) -> None:
    for name, post in (("Bùi Thị Yên", "member"), ("Hà Văn Ba", "member"), ("Lê Thị Dung", "deputy")):
        join(name, post)
    gone = join("Đinh Văn Cò", "leader")
    application.security_teams.save_member(replace(gone, left_on=date(2025, 5, 1)))
    join("Quách Văn Em", "leader", birth="1950")
    rows = application.security_teams.members(team.id)
    assert [(row.name, row.post_name) for row in rows] == [
        ("Quách Văn Em", "tổ trưởng"),
        ("Lê Thị Dung", "tổ phó"),
        ("Hà Văn Ba", "tổ viên"),
        ("Bùi Thị Yên", "tổ viên"),
        ("Đinh Văn Cò", "tổ trưởng"),
    ]
    assert (rows[0].age, rows[2].age, rows[4].age) == ("75–76", "46", "45")
    assert rows[0].remarks == ("Thành viên đã 75 tuổi; trên 70 tuổi phải có giấy chứng nhận sức khỏe.",)
    assert application.security_teams.members() == rows


def test_a_member_who_turns_seventy_one_is_remarked_on_without_being_saved_again(
    application: Application, join: Join, clock: "Clock"
) -> None:
    join("Bùi Văn An", birth="1955-12-01")
    assert application.security_teams.members()[0].remarks == ()
    clock.at = datetime(2026, 12, 2, 5, 0, tzinfo=UTC)
    assert len(application.security_teams.members()[0].remarks) == 1


def test_a_team_says_what_is_odd_about_who_serves_in_it(application: Application, join: Join) -> None:
    join("Bùi Văn An", "leader")
    join("Lê Thị Dung", birth="2008-05-01")
    gone = join("Quách Văn Em", birth="1950-01-01")
    (row,) = application.security_teams.rows()
    assert row.remarks == (
        "Lê Thị Dung: Thành viên 16 tuổi khi tham gia; phải từ đủ 18 tuổi.",
        "Quách Văn Em: Thành viên đã 76 tuổi; trên 70 tuổi phải có giấy chứng nhận sức khỏe.",
    )
    application.security_teams.save_member(replace(gone, left_on=date(2025, 12, 31)))
    (row,) = application.security_teams.rows()
    assert [said.partition(":")[0] for said in row.remarks] == [
        "Tổ có 2 thành viên; thường từ 3 người trở lên.",
        "Lê Thị Dung",
    ]
    (before,) = application.security_teams.rows(2025)
    assert "Quách Văn Em: Thành viên đã 75 tuổi" in before.remarks[-1]


def test_the_warnings_of_a_new_member_tell_of_the_team_too(
    application: Application, team: SecurityTeam
) -> None:
    young = TeamMember(
        id="", unit_code="", team_id=team.id, name="An", birth="2010-01-01", joined_on=date(2026, 1, 1)
    )
    written = application.security_teams.save_member(young)
    assert [w.code for w in written.warnings] == ["member-too-young", "too-few-members", "not-one-leader"]
    with pytest.raises(Invalid):
        application.security_teams.save_member(replace(young, birth="hôm qua"))
    with pytest.raises(NotFound):
        application.security_teams.save_member(replace(young, team_id="nowhere"))
    assert len(application.security_teams.members()) == 1


def test_a_team_needs_an_area_and_one_area_one_team(application: Application, team: SecurityTeam) -> None:
    with pytest.raises(NotFound):
        application.security_teams.save(replace(team, id="", version={}, area_id="nowhere"))
    second = application.security_teams.save(replace(team, id="", version={}, name="Tổ hai"))
    assert "second-team" in [warning.code for warning in second.warnings]


def test_areas_without_a_team_are_named(application: Application, team: SecurityTeam) -> None:
    application.territory.add("Xóm Ao", "xóm", date(2020, 1, 1))
    assert [area.name for area in application.security_teams.areas_without()] == ["Xóm Ao"]
    assert len(application.security_teams.areas_without(date(2024, 6, 30))) == 2


def test_only_what_nothing_hangs_on_is_removed(
    application: Application, team: SecurityTeam, join: Join
) -> None:
    member = join("Bùi Văn An")
    with pytest.raises(TeamInUse):
        application.security_teams.delete(team.id, "Gõ nhầm")
    application.member_ratings.rate(member.id, 2026, "tot")
    with pytest.raises(MemberInUse):
        application.security_teams.delete_member(member.id, "Gõ nhầm")
    application.member_ratings.take_back(member.id, 2026, "Gõ nhầm")
    with pytest.raises(ReasonMissing):
        application.security_teams.delete_member(member.id, "")
    application.security_teams.delete_member(member.id, "Gõ nhầm")
    application.security_teams.delete(team.id, "Gõ nhầm")
    assert application.security_teams.rows() == []


def test_trainings_are_kept_and_dated_within_the_life_of_the_team(
    application: Application, team: SecurityTeam
) -> None:
    new = TeamTraining(
        id="", unit_code="", team_id=team.id, on=date(2026, 5, 5), title="Võ  thuật", attendees=0
    )
    first = application.team_trainings.save(new).record
    application.team_trainings.save(replace(new, on=date(2026, 6, 6), title="Chữa cháy"))
    assert [(row.title, row.team_name) for row in application.team_trainings.rows()] == [
        ("Chữa cháy", "Tổ xóm Bãi"),
        ("Võ thuật", "Tổ xóm Bãi"),
    ]
    assert application.team_trainings.rows(2025) == application.team_trainings.rows(2026, "x") == []
    with pytest.raises(Invalid):
        application.team_trainings.save(replace(new, on=date(2024, 1, 1)))
    application.team_trainings.delete(first.id, "Gõ nhầm")
    assert len(application.team_trainings.rows(2026, team.id)) == 1


def test_a_later_rating_takes_the_place_of_the_first_and_the_journal_keeps_both(
    application: Application, join: Join
) -> None:
    member = join("Bùi Văn An")
    first = application.member_ratings.rate(member.id, 2026, "tot").record
    second = application.member_ratings.rate(member.id, 2026, "hoan-thanh").record
    assert (first.id, second.rating) == (second.id, "hoan-thanh")
    told = application.journal.page(JournalFilter(entity_id=first.id), Window(limit=9))
    assert [line.changes["rating"] for line in told] == [["tot", "hoan-thanh"], [None, "tot"]]
    assert application.journal.names([("member_ratings", first.id)]) == {
        ("member_ratings", first.id): "Bùi Văn An"
    }
    assert [row.rating_name for row in application.member_ratings.rows()] == ["Hoàn thành nhiệm vụ"]
    with pytest.raises(Invalid):
        application.member_ratings.rate(member.id, 2026, "bay")
    with pytest.raises(NotFound):
        application.member_ratings.take_back(member.id, 2025, "Nhầm năm")


def test_whoever_served_too_short_is_listed_with_the_reason_and_cannot_be_rated(
    application: Application, join: Join
) -> None:
    join("Bùi Văn An")
    late = join("Hà Thị Bé", on=date(2026, 2, 16))
    gone = join("Lê Văn Cò")
    application.security_teams.save_member(replace(gone, left_on=date(2025, 11, 14)))
    rows = application.member_ratings.rows()
    assert [(row.name, row.refused is None) for row in rows] == [("Bùi Văn An", True), ("Hà Thị Bé", False)]
    assert "đủ 9 tháng trong kỳ từ 15/11/2025 đến 14/11/2026" in (rows[1].refused or "")
    with pytest.raises(TooShortToRate):
        application.member_ratings.rate(late.id, 2026, "tot")
    assert application.member_ratings.top() == TopShare(0, 0, 20)
    assert [row.name for row in application.member_ratings.rows(2025)] == ["Bùi Văn An", "Lê Văn Cò"]


def test_more_than_a_fifth_at_the_top_is_a_warning(application: Application, join: Join) -> None:
    members = [join(f"Bùi Văn {letter}") for letter in "ABCDEFG"]
    rate = application.member_ratings.rate
    for member in members[:4]:
        rate(member.id, 2026, "tot")
    (warning,) = rate(members[5].id, 2026, "xuat-sac").warnings
    assert warning.facts == {"top": 1, "base": 4, "most": 0, "percent": 20}
    assert rate(members[4].id, 2026, "tot").warnings == ()
    assert application.member_ratings.top() == TopShare(1, 5, 20)
    (warning,) = rate(members[6].id, 2026, "xuat-sac").warnings
    assert warning.facts["most"] == 1
    assert application.member_ratings.top(2025).kept


def test_a_member_is_rated_on_a_day_and_a_shorter_report_counts_up_to_its_end(
    application: Application, join: Join
) -> None:
    member = join("Bùi Văn An")
    with pytest.raises(Invalid):
        application.member_ratings.rate(member.id, 2026, "tot", date(2031, 1, 1))
    application.member_ratings.rate(member.id, 2026, "tot", application.session.today())
    (row,) = application.member_ratings.rows(2026)
    assert row.rated_on == application.session.today()
    application.member_ratings.rate(member.id, 2026, "tot")
    count = application.period_figures.amounts
    assert [count(code)["members_by_rating"] for code in ("2026-Q4", "2026")] == [{}, {"tot": 1}]


def test_a_report_says_when_more_stand_at_the_top_than_may_and_how_sure_that_is(
    application: Application, join: Join
) -> None:
    members = [join(f"Bùi Văn {letter}") for letter in "ABCDEFG"]
    today = application.session.today()

    def said(period: str) -> str:
        view = application.periodic_reports.view_of(period)
        remarked = any(finding.code == "too-many-at-top" for finding in view.warnings)
        text = next(one.wording for one in view.content.sections if one.id == "luc-luong")
        assert remarked == ("vượt 20 %" in text)
        return text

    for member in members[:5]:
        application.member_ratings.rate(member.id, 2026, "tot", today)
    application.member_ratings.rate(members[5].id, 2026, "xuat-sac", today)
    assert "vượt" not in said("2026"), "one of five is what may be"
    application.member_ratings.rate(members[6].id, 2026, "xuat-sac", today)
    over = said("2026")
    assert "là 2 người, vượt 20 % của 5 người" in over
    assert "nhiều nhất 1 người" in over
    assert "chưa đối chiếu văn bản gốc" in over
    assert "vượt" not in said("2026-Q1"), "nobody was rated by then"
