"""Indicators: one definition for each figure, read strictly, worked out exactly."""

import copy
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from antq_desktop.domain.catalogues import MalformedCatalogue
from antq_desktop.domain.indicators import (
    RELIED_ON,
    count_of,
    evaluate,
    parse_indicators,
    tally_of,
)
from antq_desktop.domain.measures import MEASURES, NOTHING
from antq_desktop.domain.ratios import Ratio

FORMULAS: dict[str, dict[str, Any]] = {
    "count": {"measure": "areas"},
    "share": {"share": {"part": "areas_met", "whole": "areas"}},
    "tally": {"tally": "activities"},
}


def entry(key: str, **more: Any) -> dict[str, Any]:
    plain = {"id": key, "name": key, "unit": "hộ", "source": "Điều 4", "explanation": "Đếm hộ."}
    return {**plain, **more}


def plain() -> dict[str, Any]:
    """Return the smallest catalogue that holds what the program relies on, and a few more."""
    indicators = [entry(key, **copy.deepcopy(FORMULAS[kind])) for key, kind in RELIED_ON.items()]
    more = [
        entry("all_papers", sum=["households_signed", "thematic_signed", "quantities[buoi]"]),
        entry("patrols", measure="quantities_by_kind[tuan-tra/ca]"),
        entry("by_unit", tally="quantities"),
        entry("met", share={"part": "areas_met", "whole": "areas"}),
    ]
    return {
        "schema": 1,
        "kind": "indicators",
        "id": "indicators",
        "version": "1",
        "title": "Chỉ tiêu",
        "source": "Thông tư",
        "in_force_from": date(2022, 1, 1),
        "indicators": [*indicators, *more],
    }


CATALOGUE = parse_indicators(plain(), "0" * 64)
MEASURED = {
    **NOTHING,
    "households_signed": 5,
    "thematic_signed": {"phao": 7, "pccc": 1},
    "quantities": {"buoi": 20, "ca": 300},
    "quantities_by_kind": {"tuan-tra/ca": 300, "sinh-hoat/buoi": 20},
    "areas": 3,
    "areas_met": 2,
}


@pytest.mark.parametrize(
    ("indicator", "value"),
    [
        ("all_papers", 5 + 8 + 20),
        ("patrols", 300),
        ("by_unit", {"buoi": 20, "ca": 300}),
        ("met", Ratio(2, 3)),
    ],
)
def test_each_formula_gives_what_it_says(indicator: str, value: object) -> None:
    assert evaluate(CATALOGUE, MEASURED)[indicator] == value


def test_nothing_counted_is_nothing_and_no_share() -> None:
    amounts = evaluate(CATALOGUE, NOTHING)
    assert (amounts["all_papers"], amounts["met"], amounts["by_unit"]) == (0, Ratio(0, 0), {})


def test_a_measure_that_was_not_counted_is_a_mistake_and_no_zero() -> None:
    with pytest.raises(KeyError):
        evaluate(CATALOGUE, {key: value for key, value in NOTHING.items() if key != "areas"})


def test_a_figure_is_asked_for_as_what_it_is() -> None:
    amounts = evaluate(CATALOGUE, MEASURED)
    assert (count_of(amounts, "patrols"), amounts["met"]) == (300, Ratio(2, 3))
    assert tally_of(amounts, "by_unit") == {"buoi": 20, "ca": 300}
    for ask, other in ((count_of, "met"), (count_of, "by_unit"), (tally_of, "patrols"), (tally_of, "met")):
        with pytest.raises(TypeError):
            ask(amounts, other)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda p: p["indicators"][0].pop("measure"), "indicators[0]"),
        (lambda p: p["indicators"][0].update(sum=["areas"]), "indicators[0]"),
        (lambda p: p["indicators"][0].update(measure="aeras"), "indicators[0].measure"),
        (lambda p: p["indicators"][0].update(measure="areas[x]"), "indicators[0].measure"),
        (lambda p: p["indicators"][0].update(measure="activities"), "indicators[0].measure"),
        (lambda p: p["indicators"][0].update(extra=1), "indicators[0].extra"),
        (lambda p: p["indicators"][0].pop("unit"), "indicators[0].unit"),
        (lambda p: p["indicators"][-1]["share"].update(part="units"), "indicators[24].share.part"),
        (lambda p: p["indicators"][-1]["share"].update(whole="units"), "indicators[24].share.part"),
        (lambda p: p["indicators"][-1]["share"].update(note="x"), "indicators[24].share.note"),
        (lambda p: p["indicators"][-2].update(tally="areas"), "indicators[23].tally"),
        (lambda p: p["indicators"][-2].update(tally="quantities[buoi]"), "indicators[23].tally"),
        (lambda p: p["indicators"][-4].update(sum=[]), "indicators[21].sum"),
        (lambda p: p["indicators"].pop(0), "households_living"),
        (lambda p: p["indicators"][0].update(tally="activities") or p["indicators"][0].pop("measure"), "households_living"),
        (lambda p: p["indicators"].append(entry("met", measure="areas")), "indicators[25].id"),
        (lambda p: p.update(kind="criteria"), "kind"),
    ],
)  # fmt: skip
def test_a_slip_of_the_pen_is_refused_with_its_place(
    change: Callable[[dict[str, Any]], object], place: str
) -> None:
    faulty = plain()
    change(faulty)
    with pytest.raises(MalformedCatalogue) as failure:
        parse_indicators(faulty, "0" * 64)
    assert failure.value.facts["place"] == place


def test_a_part_is_counted_among_a_whole_that_is_counted_too() -> None:
    for measure in MEASURES.values():
        assert not measure.part_of or MEASURES[measure.part_of].shape == measure.shape == "count"
