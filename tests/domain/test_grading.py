"""Grading by points: nothing is graded before all points are known, and more points never grade lower."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.catalogues import MalformedCatalogue
from antq_desktop.domain.grading import PointsDoNotFit, UnknownPointGroup, grade, parse_grading


def part(part_id: str, **more: object) -> dict[str, Any]:
    return {"id": part_id, "name": part_id.upper(), "legal_basis": "b", "status": "seen", **more}


FULL: dict[str, Any] = {
    "schema": 1,
    "kind": "grading",
    "id": "x",
    "version": "1",
    "title": "t",
    "source": "s",
    "in_force_from": date(2022, 1, 20),
    "total": 100,
    "groups": [
        part("tt124", from_result=True, most=40, result_points={"met": 40, "not_met": 10}),
        part("models", most=35),
        part("other", most=25, status="unknown"),
    ],
    "bands": [part("best", at_least=90), part("good", at_least=70), part("weak", at_least=0)],
}


def changed(*changes: tuple[str, object]) -> dict[str, Any]:
    plain = deepcopy(FULL)
    for path, value in changes:
        *steps, last = path.split(".")
        inner: Any = plain
        for step in steps:
            inner = inner[int(step) if step.isdecimal() else step]
        if value is None:
            del inner[last]
        else:
            inner[last] = value
    return plain


CATALOGUE = parse_grading(FULL, "ab")


@pytest.mark.parametrize(
    ("models", "other", "result", "band"),
    [
        (35, 15, "met", "best"),
        (35, 14, "met", "good"),
        (35, 25, "not_met", "good"),
        (34, 25, "not_met", "weak"),
        (0, 0, "not_met", "weak"),
    ],
)
def test_points_fall_into_a_band(models: int, other: int, result: Any, band: str) -> None:
    graded = grade(CATALOGUE, {"models": models, "other": other}, result)
    assert graded is not None
    assert graded.id == band


def test_nothing_is_graded_while_something_is_open() -> None:
    assert grade(CATALOGUE, {"models": 35}, "met") is None
    assert grade(CATALOGUE, {"models": 35, "other": 25}, None) is None


@pytest.mark.parametrize(
    "changes",
    [
        [("bands.0.at_least", None), ("bands.1.at_least", None), ("bands.2.at_least", None)],
        [("groups.1.most", None)],
        [("groups.0.result_points", None)],
    ],
)
def test_nothing_is_graded_by_a_catalogue_that_lacks_points(changes: list[tuple[str, object]]) -> None:
    lacking = parse_grading(changed(*changes), "ab")
    assert CATALOGUE.complete
    assert not lacking.complete
    assert grade(lacking, {"models": 35, "other": 25}, "met") is None


@pytest.mark.parametrize("points", [-1, 36])
def test_points_out_of_bounds_are_refused(points: int) -> None:
    with pytest.raises(PointsDoNotFit, match=r"MODELS.*35"):
        grade(CATALOGUE, {"models": points}, "met")


@pytest.mark.parametrize("group", ["tt124", "nobody"])
def test_points_are_typed_only_for_groups_that_take_them(group: str) -> None:
    with pytest.raises(UnknownPointGroup, match=group):
        grade(CATALOGUE, {group: 1}, "met")


@given(st.integers(0, 35), st.integers(0, 25), st.data())
def test_fewer_points_or_a_worse_result_never_grade_higher(
    models: int, other: int, data: st.DataObject
) -> None:
    places = {band.id: at for at, band in enumerate(CATALOGUE.bands)}

    def place(models: int, other: int, result: Any) -> int:
        band = grade(CATALOGUE, {"models": models, "other": other}, result)
        assert band is not None
        return places[band.id]

    fewer = data.draw(st.integers(0, models)), data.draw(st.integers(0, other))
    assert place(*fewer, "met") >= place(models, other, "met")
    assert place(models, other, "not_met") >= place(models, other, "met")


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ([("total", 0)], "total"),
        ([("total", 99)], "total"),
        ([("groups.1.most", 36)], "total"),
        ([("groups.1.most", 0)], "groups[1].most"),
        ([("groups.1.from_result", "yes")], "groups[1].from_result"),
        ([("groups.1.result_points", {"met": 1, "not_met": 0})], "groups[1].result_points"),
        ([("groups.0.result_points", {"met": 41, "not_met": 0})], "groups[0].result_points"),
        ([("groups.0.result_points", {"met": 1, "not_met": 2})], "groups[0].result_points"),
        ([("groups.0.result_points", {"met": 1})], "groups[0].result_points.not_met"),
        ([("groups.1.status", "sure")], "groups[1].status"),
        ([("groups.1.id", "tt124")], "groups[1].id"),
        ([("bands.0.at_least", None)], "bands"),
        ([("bands.2.at_least", 1)], "bands"),
        ([("bands.0.at_least", 101)], "bands"),
        ([("bands.0.at_least", 70)], "bands"),
        ([("bands.0.colour", "red")], "bands[0].colour"),
        ([("bands", [])], "bands"),
    ],
)
def test_each_slip_is_named_by_its_place(changes: list[tuple[str, object]], place: str) -> None:
    with pytest.raises(MalformedCatalogue) as caught:
        parse_grading(changed(*changes), "ab")
    assert caught.value.facts["place"] == place


def test_each_group_and_band_says_how_sure_it_is() -> None:
    assert CATALOGUE.grounds == ("seen", "seen", "unknown", "seen", "seen", "seen")
