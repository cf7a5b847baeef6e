"""Indicators: one definition for each figure."""

from dataclasses import fields, replace

import pytest

from antq_desktop.domain.indicators import INDICATORS, Amount, Figures, amount
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.unit_facts import UNIT_FACTS

FIGURES = Figures(
    households_living=412,
    households_signed=398,
    areas=5,
    areas_registered=5,
    areas_assessed=4,
    areas_met=3,
    areas_recognised=2,
    models_working=6,
    model_sites=11,
    model_groups=24,
    model_members=130,
    activities={"tuan-tra": 14, "sinh-hoat": 3},
    quantities={"ca": 28, "luot-nguoi": 190},
    units=20,
    units_registered=20,
    units_recognised=14,
)


@pytest.mark.parametrize(
    ("indicator", "value"),
    [
        ("households_living", 412),
        ("households_signed", 398),
        ("share_signed", Ratio(398, 412)),
        ("areas", 5),
        ("areas_registered", 5),
        ("areas_assessed", 4),
        ("areas_met", 3),
        ("areas_recognised", 2),
        ("share_recognised", Ratio(2, 5)),
        ("models_working", 6),
        ("model_sites", 11),
        ("model_groups", 24),
        ("model_members", 130),
        ("activities", {"tuan-tra": 14, "sinh-hoat": 3}),
        ("quantities", {"ca": 28, "luot-nguoi": 190}),
        ("units", 20),
        ("units_registered", 20),
        ("units_recognised", 14),
        ("share_units_registered", Ratio(20, 20)),
        ("share_units_recognised", Ratio(14, 20)),
    ],
)
def test_each_indicator_takes_its_own_figure(indicator: str, value: Amount) -> None:
    assert amount(indicator, FIGURES) == value


def test_every_counted_figure_has_an_indicator_that_moves_with_it() -> None:
    """A count that no indicator reads would be counted for nothing; what is known of one unit has test_unit_facts."""
    whole = Figures(households_living=9, areas=9, units=9)
    zero = {one: amount(one, whole) for one in INDICATORS}
    for field in fields(Figures):
        if field.name in UNIT_FACTS:
            continue
        value = {"x": 1} if field.name in {"activities", "quantities"} else 3
        moved = replace(whole, **{field.name: value})  # type: ignore[arg-type]
        assert any(amount(one, moved) != zero[one] for one in INDICATORS), field.name


def test_an_empty_commune_has_figures_too() -> None:
    empty = Figures()
    assert all(amount(one, empty) in (0, Ratio(0, 0), {}) for one in INDICATORS)


def test_each_says_how_it_is_counted() -> None:
    assert all(one.id == key and one.name and one.explanation for key, one in INDICATORS.items())
