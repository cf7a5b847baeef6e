"""Activities: within the life of their model, counted in the units of their kind."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from antq_desktop.domain.activities import ModelActivity, check_activity, parse_activities, recorded_twice
from antq_desktop.domain.catalogues import MalformedCatalogue
from antq_desktop.domain.community_models import CommunityModel, ModelState

TODAY = date(2026, 3, 20)
PLAIN: dict[str, Any] = {
    "schema": 1,
    "kind": "activity-kinds",
    "id": "x",
    "version": "1",
    "title": "t",
    "source": "s",
    "in_force_from": date(2022, 1, 1),
    "units": [
        {"id": "ca", "name": "ca"},
        {"id": "luot", "name": "lượt người"},
        {"id": "kg", "name": "kg pháo"},
        {"id": "dem", "name": "ca đêm", "part_of": "ca"},
    ],
    "kinds": [{"id": "tuan-tra", "name": "Tuần tra", "units": ["ca", "luot", "dem"]}],
}
CATALOGUE = parse_activities(PLAIN, "ab")
MODEL = CommunityModel(
    id="m", unit_code="04978", kind="k", name="M", launched_on=date(2024, 2, 1), state=ModelState.WORKING
)
CLOSED = replace(MODEL, state=ModelState.CLOSED, closed_on=date(2026, 1, 31), closed_reason="x")
GOOD = ModelActivity(
    id="a",
    unit_code="04978",
    model_id="m",
    kind="tuan-tra",
    on=date(2026, 3, 1),
    quantities={"ca": 2, "luot": 10},
)


def test_an_activity_of_a_working_model_is_fine() -> None:
    assert check_activity(GOOD, MODEL, CATALOGUE, TODAY) == ()
    assert check_activity(replace(GOOD, quantities={"ca": 2, "dem": 2}), MODEL, CATALOGUE, TODAY) == ()
    assert check_activity(replace(GOOD, quantities={"ca": 100_000}), MODEL, CATALOGUE, TODAY) == ()
    assert check_activity(replace(GOOD, on=date(2026, 1, 31)), CLOSED, CATALOGUE, TODAY) == ()
    assert check_activity(replace(GOOD, on=date(2024, 2, 1)), MODEL, CATALOGUE, TODAY) == ()
    assert (
        check_activity(replace(GOOD, on=date(1999, 1, 1)), replace(MODEL, launched_on=None), CATALOGUE, TODAY)
        == ()
    )


@pytest.mark.parametrize(
    ("changes", "model", "field", "code", "severity"),
    [
        ({"on": date(2026, 3, 21)}, MODEL, "on", "day-in-future", "error"),
        ({"on": date(2026, 2, 1)}, CLOSED, "on", "after-closing", "error"),
        ({"on": date(2024, 1, 31)}, MODEL, "on", "before-launch", "warning"),
        ({"kind": "la"}, MODEL, "kind", "activity-kind-unknown", "error"),
        ({"quantities": {"ca": 1, "kg": 1}}, MODEL, "quantities.kg", "unit-not-of-kind", "error"),
        ({"quantities": {"ca": 1, "la": 1}}, MODEL, "quantities.la", "unit-not-of-kind", "error"),
        ({"quantities": {"ca": -1}}, MODEL, "quantities.ca", "negative-count", "error"),
        ({"quantities": {"ca": 2, "dem": 3}}, MODEL, "quantities.dem", "part-above-whole", "warning"),
        ({"quantities": {"dem": 1}}, MODEL, "quantities.dem", "part-above-whole", "warning"),
        ({"quantities": {"ca": 100_001}}, MODEL, "quantities.ca", "unusual-count", "warning"),
        ({"quantities": {}}, MODEL, "quantities", "nothing-counted", "warning"),
        ({"quantities": {"ca": 0}}, MODEL, "quantities", "nothing-counted", "warning"),
    ],
)
def test_each_fault_has_its_code(
    changes: dict[str, Any], model: CommunityModel, field: str, code: str, severity: str
) -> None:
    (finding,) = check_activity(replace(GOOD, **changes), model, CATALOGUE, TODAY)
    assert (finding.field, finding.code, finding.severity) == (field, code, severity)
    assert finding.message.format(**finding.facts)


def test_without_a_launch_the_decision_is_the_beginning() -> None:
    model = replace(MODEL, launched_on=None, decision_date=date(2024, 1, 5))
    (finding,) = check_activity(replace(GOOD, on=date(2024, 1, 4)), model, CATALOGUE, TODAY)
    assert finding.facts == {"day": "05/01/2024"}


@pytest.mark.parametrize(
    ("key", "value", "place"),
    [
        ("kinds", [{"id": "a", "name": "A", "units": ["la"]}], "kinds[0].units"),
        ("kinds", [{"id": "a", "name": "A", "units": []}], "kinds[0].units"),
        ("kinds", [{"id": "a", "name": "A"}], "kinds[0].units"),
        ("kinds", [{"id": "a", "name": "A", "units": ["ca", "ca"]}], "kinds[0].units"),
        ("units", [{"id": "ca", "name": "ca", "part_of": "la"}], "units"),
        ("units", [{"id": "ca", "name": "ca"}, {"id": "ca", "name": "Ca"}], "units[1].id"),
    ],
)
def test_a_faulty_catalogue_is_named_by_its_place(key: str, value: object, place: str) -> None:
    with pytest.raises(MalformedCatalogue) as caught:
        parse_activities({**PLAIN, key: value}, "ab")
    assert caught.value.facts["place"] == place


def test_the_same_deed_twice_and_one_of_a_proposed_model_are_remarked_on() -> None:
    twin = replace(GOOD, id="b", quantities={"ca": 2, "luot": 10, "dem": 0}, note="sổ khác")
    assert [finding.code for finding in recorded_twice(GOOD, [GOOD, twin])] == ["recorded-twice"]
    others = [
        GOOD,
        replace(twin, model_id="n"),
        replace(twin, quantities={"ca": 3}),
        replace(twin, quantities={"ca": 2, "luot": 11}),
        replace(twin, on=date(2026, 3, 2)),
        replace(twin, title="Đợt hai"),
    ]
    assert list(recorded_twice(GOOD, others)) == []
    for less in ({"ca": 2}, {}):
        (said,) = recorded_twice(GOOD, [replace(twin, quantities=less)])
        assert said.severity == "warning", "what was read before with a column fewer is the same deed"
        assert list(recorded_twice(replace(twin, quantities=less), [GOOD])) == [said]
    proposed = replace(MODEL, state=ModelState.PROPOSED, launched_on=None)
    (finding,) = check_activity(GOOD, proposed, CATALOGUE, TODAY)
    assert (finding.code, finding.severity) == ("model-proposed", "warning")
