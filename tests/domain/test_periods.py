"""Periods: the cut-offs of TT 124 Điều 8 khoản 2 and of reports."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.criteria import UnitKind
from antq_desktop.domain.periods import (
    CutOff,
    UnknownPeriod,
    WrongCutOff,
    assessment_period,
    reporting_period,
)

cut_offs = st.builds(CutOff, st.integers(1, 28), st.integers(0, 3))
years = st.integers(2001, 2098)


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("2026-Q1", date(2025, 12, 15), date(2026, 3, 14)),
        ("2026-Q2", date(2026, 3, 15), date(2026, 6, 14)),
        ("2026-Q3", date(2026, 6, 15), date(2026, 9, 14)),
        ("2026-Q4", date(2026, 9, 15), date(2026, 12, 14)),
        ("2026-H1", date(2025, 12, 15), date(2026, 6, 14)),
        ("2026-H2", date(2026, 6, 15), date(2026, 12, 14)),
        ("2026-9M", date(2025, 12, 15), date(2026, 9, 14)),
        ("2026", date(2025, 12, 15), date(2026, 12, 14)),
        (" 2026-q1 ", date(2025, 12, 15), date(2026, 3, 14)),
    ],
)
def test_the_cut_offs_of_state_reports(code: str, first: date, last: date) -> None:
    period = reporting_period(code)
    assert (period.days.first, period.days.last) == (first, last)
    assert period.code == code.strip().upper()
    assert period.year == 2026


def test_other_cut_offs_are_a_setting() -> None:
    calendar = reporting_period("2026-Q4", CutOff(1, 0)).days
    assert (calendar.first, calendar.last) == (date(2026, 10, 1), date(2026, 12, 31))
    november = reporting_period("2026", CutOff(16, 2)).days
    assert (november.first, november.last) == (date(2025, 11, 16), date(2026, 11, 15))


@given(years, cut_offs)
def test_quarters_lie_side_by_side_and_fill_the_year(year: int, cut_off: CutOff) -> None:
    quarters = [reporting_period(f"{year}-Q{n}", cut_off).days for n in range(1, 5)]
    whole = reporting_period(str(year), cut_off).days
    for one, other in pairwise(quarters):
        assert other.first == one.last + timedelta(days=1)
    assert (quarters[0].first, quarters[-1].last) == (whole.first, whole.last)
    assert reporting_period(f"{year}-H1", cut_off).days.last == quarters[1].last
    assert reporting_period(f"{year}-9M", cut_off).days.last == quarters[2].last
    assert reporting_period(str(year + 1), cut_off).days.first == whole.last + timedelta(days=1)


@pytest.mark.parametrize("text", ["", "26", "2026-Q5", "2026Q1", "Q1-2026", "2026-H3", "1999", "2026-", "2026-Q1-Q2", "quý 1", "２０２６"])  # fmt: skip
def test_what_is_no_period_says_what_would_be(text: str) -> None:
    with pytest.raises(UnknownPeriod, match="2026-Q1"):
        reporting_period(text)


@pytest.mark.parametrize(("day", "months"), [(0, 1), (29, 1), (15, 4), (15, -1)])
def test_a_cut_off_that_not_every_month_has_is_refused(day: int, months: int) -> None:
    with pytest.raises(WrongCutOff):
        CutOff(day, months)


@pytest.mark.parametrize(
    ("kind", "first", "last"),
    [
        ("residential_area", date(2025, 11, 1), date(2026, 10, 31)),
        ("commune", date(2025, 11, 16), date(2026, 11, 15)),
        ("agency", date(2025, 11, 16), date(2026, 11, 15)),
        ("enterprise", date(2025, 11, 16), date(2026, 11, 15)),
        ("school", date(2025, 11, 16), date(2026, 11, 15)),
    ],
)
def test_assessment_periods(kind: UnitKind, first: date, last: date) -> None:
    period = assessment_period(kind, 2026)
    assert (period.first, period.last) == (first, last)
    assert period.holds(first)
    assert period.holds(last)
    assert not period.holds(first - timedelta(days=1))
    assert not period.holds(last + timedelta(days=1))
