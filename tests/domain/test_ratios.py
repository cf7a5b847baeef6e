"""Shares are compared exactly: 69.99 % is not 70 %, and nothing of nothing is not 100 %."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.ratios import Ratio

wholes = st.integers(1, 10**12)


@given(wholes, st.data(), st.integers(0, 100))
def test_the_comparison_is_that_of_fractions(whole: int, data: st.DataObject, percent: int) -> None:
    part = data.draw(st.integers(0, whole))
    assert Ratio(part, whole).at_least(percent) == (Fraction(part, whole) >= Fraction(percent, 100))


@given(wholes, st.integers(1, 10**6), st.data())
def test_any_fraction_is_compared_exactly(whole: int, parts: int, data: st.DataObject) -> None:
    part, wanted = data.draw(st.integers(0, whole)), data.draw(st.integers(0, parts))
    assert Ratio(part, whole).at_least(wanted, parts) == (Fraction(part, whole) >= Fraction(wanted, parts))


@given(wholes, st.data())
def test_the_text_is_cut_and_never_says_more_than_there_is(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))
    shown = Fraction(Ratio(part, whole).percent_text.replace(",", "."))
    exact = Fraction(part * 100, whole)
    assert shown <= exact < shown + Fraction(1, 100)


@pytest.mark.parametrize(
    ("part", "whole", "holds"),
    [
        (6999, 10_000, False),
        (7000, 10_000, True),
        (69, 100, False),
        (7, 10, True),
        (0, 0, False),
        (2, 3, False),
    ],
)
def test_seventy_per_cent(part: int, whole: int, *, holds: bool) -> None:
    assert Ratio(part, whole).at_least(70) is holds


@pytest.mark.parametrize("percent", [0, 1, 70, 100])
def test_nothing_of_nothing_is_no_share(percent: int) -> None:
    assert not Ratio(0, 0).at_least(percent)
    assert Ratio(0, 0).percent_text == ""


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (6999, 10_000, "69,99"),
        (2, 3, "66,66"),
        (1, 1, "100"),
        (1, 2, "50"),
        (999_999, 1_000_000, "99,99"),
        (1, 8, "12,5"),
        (10, 100, "10"),
        (1, 1000, "0,1"),
        (1, 100_000, "0"),
    ],
)
def test_percent_text(part: int, whole: int, text: str) -> None:
    assert Ratio(part, whole).percent_text == text


@pytest.mark.parametrize(("part", "whole"), [(2, 1), (-1, 5), (0, -1)])
def test_more_than_the_whole_is_refused(part: int, whole: int) -> None:
    with pytest.raises(ValueError, match="no part"):
        Ratio(part, whole)
