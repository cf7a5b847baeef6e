"""Which figure answers which criterion, and that nothing recorded answers nothing."""

from dataclasses import fields
from datetime import date

import pytest

from antq_desktop.domain.indicators import INDICATORS, Figures, IndicatorKind, amount
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.unit_facts import UNIT_FACTS, kind_of, value_for

FIGURES = Figures(
    households_living=10,
    households_signed=9,
    units=10,
    units_registered=10,
    units_recognised=7,
    resolution_day=date(2026, 1, 5),
    plan_day=date(2026, 1, 20),
    registration_day=date(2026, 2, 10),
    staff_told=Ratio(38, 40),
    occurrences={"k3-1": 2, "k3-2": 0},
)


@pytest.mark.parametrize(
    ("indicator", "value"),
    [
        ("share_signed", Ratio(9, 10)),
        ("share_units_registered", Ratio(10, 10)),
        ("share_units_recognised", Ratio(7, 10)),
        ("units", 10),
        ("resolution_day", date(2026, 1, 5)),
        ("plan_day", date(2026, 1, 20)),
        ("registration_day", date(2026, 2, 10)),
        ("staff_told", Ratio(38, 40)),
        ("occurrences", 2),
    ],
)
def test_each_answers_with_its_own_figure(indicator: str, value: object) -> None:
    assert value_for("k3-1", indicator, FIGURES) == value


def test_occurrences_answer_only_the_criterion_they_were_recorded_against() -> None:
    assert value_for("k3-2", "occurrences", FIGURES) == 0
    assert value_for("k3-3", "occurrences", FIGURES) is None


@pytest.mark.parametrize("fact", list(UNIT_FACTS))
def test_nothing_recorded_says_nothing(fact: str) -> None:
    assert value_for("k3-1", fact, Figures()) is None


def test_no_unit_at_all_is_not_all_of_them() -> None:
    share = value_for("k4", "share_units_recognised", Figures())
    assert isinstance(share, Ratio)
    assert not share.at_least(70)


@pytest.mark.parametrize(
    ("indicator", "kind"),
    [
        ("models_working", "count"),
        ("share_recognised", "share"),
        ("plan_day", "date"),
        ("occurrences", "by_item"),
        ("activities", "by_kind"),
        ("quantities", "by_unit"),
        ("no_such_figure", None),
    ],
)
def test_each_says_what_it_gives(indicator: str, kind: IndicatorKind | None) -> None:
    assert kind_of(indicator) == kind


def test_what_an_indicator_gives_is_of_its_kind() -> None:
    types = {"count": int, "share": Ratio, "by_kind": dict, "by_unit": dict}
    for one in INDICATORS.values():
        assert isinstance(amount(one.id, Figures(activities={"x": 1})), types[one.kind]), one.id


def test_a_fact_is_no_figure_of_a_report() -> None:
    assert not set(UNIT_FACTS) & set(INDICATORS)
    assert all(fact.id == key and fact.name and fact.explanation for key, fact in UNIT_FACTS.items())


def test_every_figure_is_read_by_something() -> None:
    """A field of Figures that no indicator or fact reads would be counted for nothing."""
    known = {*INDICATORS, *UNIT_FACTS}
    assert {field.name for field in fields(Figures)} <= known
