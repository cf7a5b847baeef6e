"""The yearly rating: nine months by exact days, twenty per cent in whole numbers, the guideline as data."""

import tomllib
from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.catalogues import MalformedCatalogue
from antq_desktop.domain.member_ratings import (
    TooShortToRate,
    TopShare,
    check_top,
    demand_served,
    months_later,
    parse_team_ratings,
    top_share,
)
from antq_desktop.domain.periods import Period
from antq_desktop.domain.security_teams import TeamMember
from antq_desktop.runtime.catalogue_files import read_shipped
from antq_desktop.runtime.resources import RESOURCES

RATINGS = read_shipped("team-ratings", parse_team_ratings)
AFTER = date(2026, 11, 20)
MEMBER = TeamMember(
    id="m1", unit_code="04978", team_id="t1", name="Bùi Văn An", birth="1980", joined_on=date(2024, 7, 1)
)
COUNTS = st.integers(0, 3_000)


def can_be_rated(member: TeamMember, today: date = AFTER) -> bool:
    try:
        demand_served(member, 2026, RATINGS, today)
    except TooShortToRate:
        return False
    return True


def full_months(first: date, end: date) -> int:
    """Count the whole months from ``first`` up to ``end`` (not included), by the numbers of the calendar."""
    months = (end.year - first.year) * 12 + end.month - first.month
    return months - (end.day < min(first.day, monthrange(end.year, end.month)[1]))


def test_the_guideline_stands_in_the_catalogue() -> None:
    assert RATINGS.period(2026) == Period(date(2025, 11, 15), date(2026, 11, 14))
    assert len(RATINGS.ratings) == 4
    assert (RATINGS.least_months, RATINGS.top, RATINGS.of, RATINGS.percent) == (9, "xuat-sac", ("tot",), 20)
    assert next(iter(RATINGS.ratings)) == RATINGS.top


@pytest.mark.parametrize(
    ("joined", "left", "today", "rated"),
    [
        (date(2024, 7, 1), None, AFTER, True),
        (date(2026, 2, 15), None, AFTER, True),
        (date(2026, 2, 16), None, AFTER, False),
        (date(2024, 7, 1), date(2026, 8, 14), AFTER, True),
        (date(2024, 7, 1), date(2026, 8, 13), AFTER, False),
        (date(2024, 7, 1), None, date(2026, 8, 14), True),
        (date(2024, 7, 1), None, date(2026, 8, 13), False),
        (date(2024, 7, 1), date(2025, 1, 1), AFTER, False),
        (date(2026, 11, 15), None, AFTER, False),
    ],
)
def test_nobody_under_nine_months_is_rated(joined: date, left: date | None, today: date, rated: bool) -> None:
    assert can_be_rated(replace(MEMBER, joined_on=joined, left_on=left), today) is rated


@given(
    st.dates(date(2025, 1, 1), date(2026, 12, 31)),
    st.none() | st.integers(0, 700),
    st.dates(date(2025, 12, 1), date(2027, 6, 1)),
)
def test_nine_months_are_counted_within_the_period_up_to_today(
    joined: date, days: int | None, today: date
) -> None:
    left = joined + timedelta(days=days) if days is not None else None
    first = max(joined, date(2025, 11, 15))
    last = min(left or today, today, date(2026, 11, 14))
    served = first <= last and full_months(first, last + timedelta(days=1)) >= 9
    assert can_be_rated(replace(MEMBER, joined_on=joined, left_on=left), today) is served


def test_the_refusal_says_what_is_needed() -> None:
    with pytest.raises(TooShortToRate) as refused:
        demand_served(replace(MEMBER, joined_on=date(2026, 6, 1)), 2026, RATINGS, AFTER)
    assert refused.value.facts == {
        "name": "Bùi Văn An", "year": 2026, "least": 9, "first": "15/11/2025", "last": "14/11/2026",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2025, 5, 31), 9, date(2026, 2, 28)),
        (date(2023, 5, 31), 9, date(2024, 2, 29)),
        (date(2025, 12, 1), 1, date(2026, 1, 1)),
        (date(2025, 11, 15), 12, date(2026, 11, 15)),
        (date(2025, 11, 15), 0, date(2025, 11, 15)),
    ],
)
def test_months_later(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


@given(COUNTS, COUNTS)
def test_the_cap_is_exact(top: int, good: int) -> None:
    share = TopShare(top, good, RATINGS.percent)
    assert share.kept == (Fraction(top) <= Fraction(good) * Fraction(1, 5))
    assert TopShare(share.most, good, 20).kept
    assert not TopShare(share.most + 1, good, 20).kept
    assert [finding.severity for finding in check_top(share)] == ([] if share.kept else ["warning"])


@given(st.lists(st.sampled_from([*RATINGS.ratings])))
def test_only_those_rated_good_are_the_base(ratings: list[str]) -> None:
    share = top_share(ratings, RATINGS)
    assert (share.top, share.base) == (ratings.count("xuat-sac"), ratings.count("tot"))


def test_nobody_good_leaves_no_room_at_the_top() -> None:
    assert check_top(top_share([], RATINGS)) == ()
    (warning,) = check_top(top_share(["xuat-sac", "hoan-thanh"], RATINGS))
    assert warning.facts == {"top": 1, "base": 0, "most": 0, "percent": 20}
    assert check_top(top_share(["xuat-sac", *["tot"] * 5], RATINGS)) == ()
    assert check_top(top_share(["xuat-sac", *["tot"] * 4], RATINGS)) != ()


def _plain() -> dict[str, Any]:
    return tomllib.loads((RESOURCES / "catalogues" / "team-ratings.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("key", "value", "place"),
    [
        ("begins", "02-29", "begins"),
        ("begins", "13-01", "begins"),
        ("least_months", 13, "least_months"),
        ("cap", {"rating": "bay", "of": ["tot"], "at_most_percent": 20}, "cap.rating"),
        ("cap", {"rating": "tot", "of": [], "at_most_percent": 20}, "cap.of"),
        ("cap", {"rating": "tot", "of": ["bay"], "at_most_percent": 20}, "cap.of"),
        ("cap", {"rating": "tot", "of": ["tot"], "at_most_percent": 101}, "cap.at_most_percent"),
        ("cap", {"rating": "tot", "of": ["tot"], "at_most_percent": 20, "x": 1}, "cap.x"),
        ("x", 1, "x"),
    ],
)
def test_a_faulty_catalogue_names_its_place(key: str, value: object, place: str) -> None:
    with pytest.raises(MalformedCatalogue) as fault:
        parse_team_ratings({**_plain(), key: value}, "0")
    assert fault.value.facts["place"] == place
