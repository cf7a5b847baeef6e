"""Which figure answers which criterion, and that nothing recorded answers nothing."""

from dataclasses import fields
from datetime import date

import pytest

from antq_desktop.domain.indicators import RELIED_ON
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.unit_facts import UNIT_FACTS, FactKind, Figures, kind_of, value_for

FIGURES = Figures(
    amounts={
        "share_signed": Ratio(9, 10),
        "share_units_recognised": Ratio(7, 10),
        "units": 10,
        "activities": {"x": 1},
    },
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
    share = value_for(
        "k4", "share_units_recognised", Figures(amounts={"share_units_recognised": Ratio(0, 0)})
    )
    assert isinstance(share, Ratio)
    assert not share.at_least(70)


@pytest.mark.parametrize(
    ("indicator", "kind"),
    [
        ("models_working", "count"),
        ("share_recognised", "share"),
        ("plan_day", "date"),
        ("occurrences", "by_item"),
        ("activities", "tally"),
        ("no_such_figure", None),
    ],
)
def test_each_says_what_it_gives(indicator: str, kind: FactKind | None) -> None:
    assert kind_of(indicator) == kind


def test_a_count_by_kind_answers_no_criterion() -> None:
    assert value_for("k4", "activities", FIGURES) is None


def test_a_fact_is_no_figure_of_a_report() -> None:
    assert not set(UNIT_FACTS) & set(RELIED_ON)
    assert all(fact.id == key and fact.name and fact.explanation for key, fact in UNIT_FACTS.items())


def test_everything_that_is_recorded_of_a_unit_is_a_fact() -> None:
    """A field of Figures that no fact reads would be read for nothing."""
    assert {field.name for field in fields(Figures)} - {"amounts"} == set(UNIT_FACTS)
