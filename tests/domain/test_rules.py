"""Each rule: which answers are of its kind, where its edge lies, and that worse never stands better."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.rules import AtLeast, AtMost, Expected, Present, Rule, ShareAtLeast, Value, Within

QUARTER = Within((1, 1), (3, 31))
OF_EACH_KIND: list[Value] = [True, 3, Ratio(1, 2), date(2026, 2, 1), "12/NQ"]


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        (Expected(yes=True), bool),
        (Expected(yes=False), bool),
        (AtLeast(1), int),
        (AtMost(1), int),
        (ShareAtLeast(70), Ratio),
        (QUARTER, date),
        (Present(), str),
    ],
)
def test_a_rule_judges_only_its_own_kind(rule: Rule, kind: type) -> None:
    assert [type(value) for value in OF_EACH_KIND if rule.judge(value, 2026) is not None] == [kind]
    assert rule.judge(None, 2026) is None


@pytest.mark.parametrize(
    ("rule", "value", "holds", "sentence"),
    [
        (Expected(yes=True), True, True, "Holds."),
        (Expected(yes=True), False, False, "Does not hold."),
        (Expected(yes=False), True, False, "It happened."),
        (Expected(yes=False), False, True, "It did not happen."),
        (AtLeast(1), 1, True, "1; at least 1 needed."),
        (AtLeast(1), 0, False, "0; at least 1 needed."),
        (AtMost(0), 0, True, "0; at most 0 allowed."),
        (AtMost(0), 1, False, "1; at most 0 allowed."),
        (ShareAtLeast(70), Ratio(6999, 10_000), False, "6999 of 10000 (69,99 %); at least 70 % needed."),
        (ShareAtLeast(70), Ratio(7, 10), True, "7 of 10 (70 %); at least 70 % needed."),
        (ShareAtLeast(2, 3), Ratio(2, 3), True, "2 of 3 (66,66 %); at least 2/3 of them needed."),
        (
            ShareAtLeast(2, 3),
            Ratio(6666, 10_000),
            False,
            "6666 of 10000 (66,66 %); at least 2/3 of them needed.",
        ),
        (ShareAtLeast(100), Ratio(0, 0), False, "0 of 0: there is nothing to take a share of."),
        (QUARTER, date(2026, 1, 1), True, "01/01/2026; from 01/01/2026 to 31/03/2026 needed."),
        (QUARTER, date(2026, 3, 31), True, "31/03/2026; from 01/01/2026 to 31/03/2026 needed."),
        (QUARTER, date(2026, 4, 1), False, "01/04/2026; from 01/01/2026 to 31/03/2026 needed."),
        (QUARTER, date(2025, 2, 1), False, "01/02/2025; from 01/01/2026 to 31/03/2026 needed."),
        (
            Within((2, 1), (2, 29)),
            date(2026, 2, 28),
            True,
            "28/02/2026; from 01/02/2026 to 29/02/2026 needed.",
        ),
        (Present(), "12/NQ", True, "Document: 12/NQ."),
        (Present(), " ", False, "Document:  ."),
    ],
)
def test_the_edges(rule: Rule, value: Value, sentence: str, *, holds: bool) -> None:
    judgement = rule.judge(value, 2026)
    assert judgement is not None
    assert judgement.holds is holds
    assert judgement.message.format(**judgement.facts) == sentence


@pytest.mark.parametrize("rule", [AtLeast(1), AtMost(1)])
def test_a_negative_count_is_no_count(rule: Rule) -> None:
    assert rule.judge(-1, 2026) is None


counts = st.integers(0, 10**6)


def holds(rule: Rule, value: Value) -> bool:
    judgement = rule.judge(value, 2026)
    assert judgement is not None
    return judgement.holds


@given(counts, counts, counts)
def test_counts_are_monotonic(bound: int, one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert holds(AtLeast(bound), low) <= holds(AtLeast(bound), high)
    assert holds(AtMost(bound), high) <= holds(AtMost(bound), low)


@given(st.integers(0, 100), counts, st.data())
def test_shares_are_monotonic(percent: int, whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))
    worse = data.draw(st.integers(0, part))
    more = data.draw(st.integers(whole, whole * 2 + 1))
    rule = ShareAtLeast(percent)
    assert holds(rule, Ratio(worse, whole)) <= holds(rule, Ratio(part, whole))
    if whole:
        assert holds(rule, Ratio(part, more)) <= holds(rule, Ratio(part, whole))


@given(st.dates(date(2025, 1, 1), date(2027, 12, 31)), st.dates(date(2025, 1, 1), date(2027, 12, 31)))
def test_a_day_further_outside_stands_no_better(one: date, other: date) -> None:
    middle = date(2026, 2, 14)
    near, far = sorted((one, other), key=lambda day: (abs(day - middle), day))
    if (near >= middle) == (far >= middle):
        assert holds(QUARTER, far) <= holds(QUARTER, near)
