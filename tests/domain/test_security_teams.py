"""Teams, members and trainings: 18 to 70 as a warning by exact days, three members, one leader."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.findings import errors
from antq_desktop.domain.security_teams import (
    SecurityTeam,
    TeamMember,
    TeamTraining,
    ages,
    check_line_up,
    check_member,
    check_team,
    check_training,
)

TODAY = date(2026, 11, 20)
TEAM = SecurityTeam(
    id="t1",
    unit_code="04978",
    area_id="a1",
    name="Tổ bảo vệ ANTT xóm Bãi",
    decision_number="12/QĐ-UBND",
    decision_date=date(2024, 6, 28),
    valid_from=date(2024, 7, 1),
)
MEMBER = TeamMember(
    id="m1",
    unit_code="04978",
    team_id="t1",
    name="Bùi Văn An",
    birth="1980-03-12",
    joined_on=date(2024, 7, 1),
)
TRIO = [MEMBER, replace(MEMBER, id="m2", post="deputy"), replace(MEMBER, id="m3", post="leader")]
BIRTHS = st.dates(date(1930, 1, 1), date(2015, 12, 31))
DAYS = st.dates(date(2024, 7, 1), date(2030, 12, 31))


def birthdays(born: date, day: date) -> int:
    """Count the birthdays up to ``day`` one by one; 29/02 falls on 01/03 where the year has none."""
    count = 0
    for year in range(born.year + 1, day.year + 1):
        leap = (born.month, born.day) == (2, 29) and not (year % 4 == 0 and (year % 100 or year % 400 == 0))
        count += (date(year, 3, 1) if leap else date(year, born.month, born.day)) <= day
    return count


def codes(member: TeamMember, today: date = TODAY) -> list[str]:
    return [finding.code for finding in check_member(member, TEAM, today)]


@given(BIRTHS, DAYS)
def test_age_is_the_count_of_birthdays(born: date, day: date) -> None:
    age = birthdays(born, day)
    assert ages(born.isoformat(), day) == (age, age)


@given(st.integers(1930, 2015), DAYS)
def test_a_year_of_birth_gives_the_youngest_and_the_oldest_that_it_can_mean(year: int, day: date) -> None:
    possible = {birthdays(date(year, 1, 1) + timedelta(days=n), day) for n in range(365)}
    assert ages(str(year), day) == (min(possible), max(possible))


@given(BIRTHS, DAYS, DAYS, st.booleans(), st.booleans())
def test_eighteen_to_seventy_is_a_warning_on_exact_days(
    born: date, one: date, other: date, proof: bool, gone: bool
) -> None:
    joined, last = min(one, other), max(one, other)
    member = replace(
        MEMBER, birth=born.isoformat(), joined_on=joined, left_on=last if gone else None, health_proof=proof
    )
    found = check_member(member, TEAM, last)
    expected = ["member-too-young"] * (birthdays(born, joined) < 18)
    expected += ["member-too-old"] * (not proof and birthdays(born, last) > 70)
    assert [finding.code for finding in found] == expected
    assert errors(found) == ()


@pytest.mark.parametrize(
    ("birth", "joined", "found"),
    [
        ("2008-11-20", date(2026, 11, 20), []),
        ("2008-11-21", date(2026, 11, 20), ["member-too-young"]),
        ("1955-11-21", date(2024, 7, 1), []),
        ("1955-11-20", date(2024, 7, 1), ["member-too-old"]),
        ("2008", date(2026, 11, 20), ["age-unsure"]),
        ("2009", date(2026, 11, 20), ["member-too-young"]),
        ("1955", date(2024, 7, 1), ["age-unsure"]),
        ("1954", date(2024, 7, 1), ["member-too-old"]),
        ("1956", date(2024, 7, 1), []),
    ],
)
def test_the_first_and_the_last_day(birth: str, joined: date, found: list[str]) -> None:
    assert codes(replace(MEMBER, birth=birth, joined_on=joined)) == found


def test_a_proof_of_health_lets_the_old_serve_and_not_the_young() -> None:
    assert codes(replace(MEMBER, birth="1940", health_proof=True)) == []
    assert codes(replace(MEMBER, birth="2010", health_proof=True)) == ["member-too-young"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"name": ""}, "member-name-missing"),
        ({"birth": ""}, "birth-unreadable"),
        ({"birth": "1980-02-30"}, "birth-unreadable"),
        ({"birth": "2027"}, "birth-in-future"),
        ({"joined_on": date(2026, 11, 21)}, "day-in-future"),
        ({"left_on": date(2024, 6, 30)}, "ends-before-it-begins"),
    ],
)
def test_what_a_member_cannot_be(fields: dict[str, object], code: str) -> None:
    found = errors(check_member(replace(MEMBER, **fields), TEAM, TODAY))  # type: ignore[arg-type]
    assert [finding.code for finding in found] == [code]


def test_a_member_outside_the_life_of_the_team_is_a_warning() -> None:
    assert codes(replace(MEMBER, joined_on=date(2024, 6, 30))) == ["joined-before-team"]
    ended = replace(TEAM, valid_to=date(2025, 1, 1))
    late = replace(MEMBER, left_on=date(2025, 1, 2))
    assert [finding.code for finding in check_member(late, ended, TODAY)] == ["after-team"]


@pytest.mark.parametrize(
    ("members", "found"),
    [
        (TRIO, []),
        (TRIO[1:], ["too-few-members"]),
        (TRIO[:2], ["too-few-members", "not-one-leader"]),
        ([*TRIO, replace(MEMBER, id="m4", post="leader")], ["not-one-leader"]),
        ([*TRIO[:2], replace(TRIO[2], left_on=date(2025, 1, 1))], ["too-few-members", "not-one-leader"]),
    ],
)
def test_a_team_has_three_members_and_one_leader(members: list[TeamMember], found: list[str]) -> None:
    assert [finding.code for finding in check_line_up(TEAM, members, TODAY)] == found


def test_a_team_that_is_over_only_asks_for_the_days_of_leaving() -> None:
    ended = replace(TEAM, valid_to=date(2026, 1, 1))
    (warning,) = check_line_up(ended, TRIO, TODAY)
    assert (warning.code, warning.facts, warning.severity) == (
        "members-of-ended-team",
        {"count": 3},
        "warning",
    )
    assert check_line_up(ended, [replace(m, left_on=ended.valid_to) for m in TRIO], TODAY) == ()


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, []),
        ({"name": ""}, ["team-name-missing"]),
        ({"valid_to": date(2024, 6, 1)}, ["ends-before-it-begins", "members-of-ended-team"]),
        ({"decision_number": ""}, ["decision-incomplete"]),
        ({"decision_date": date(2026, 12, 1)}, ["day-in-future"]),
    ],
)
def test_what_is_odd_about_a_team(fields: dict[str, object], found: list[str]) -> None:
    remarks = check_team(replace(TEAM, **fields), [], TRIO, TODAY)  # type: ignore[arg-type]
    assert [finding.code for finding in remarks] == found


def test_one_area_has_one_team_at_a_time() -> None:
    other = replace(TEAM, id="t2", valid_from=date(2026, 1, 1))
    assert [f.code for f in check_team(TEAM, [TEAM, other], TRIO, TODAY)] == ["second-team"]
    before = replace(other, valid_from=date(2020, 1, 1), valid_to=date(2024, 6, 30))
    assert check_team(TEAM, [TEAM, before, replace(other, area_id="a2")], TRIO, TODAY) == ()


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, []),
        ({"title": ""}, ["training-title-missing"]),
        ({"attendees": -1}, ["negative-count"]),
        ({"attendees": 4}, ["more-than-members"]),
        ({"on": date(2024, 6, 30)}, ["outside-team"]),
        ({"on": date(2026, 12, 30)}, ["day-in-future"]),
    ],
)
def test_what_is_odd_about_a_training(fields: dict[str, object], found: list[str]) -> None:
    training = TeamTraining(
        id="x1", unit_code="04978", team_id="t1", on=date(2026, 5, 5), title="Võ thuật", attendees=3
    )
    remarks = check_training(replace(training, **fields), TEAM, TRIO, TODAY)  # type: ignore[arg-type]
    assert [finding.code for finding in remarks] == found
