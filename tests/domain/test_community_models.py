"""Models: what is wrong or odd about one, and the catalogues of their kinds and ratings."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from antq_desktop.domain.catalogues import MalformedCatalogue
from antq_desktop.domain.community_models import (
    STATE_NAMES,
    CommunityModel,
    ModelState,
    check_model,
    parse_models,
    parse_ratings,
    same_name,
)

TODAY = date(2026, 3, 20)
HEAD: dict[str, Any] = {
    "schema": 1,
    "id": "x",
    "version": "1",
    "title": "t",
    "source": "s",
    "in_force_from": date(2022, 1, 1),
}
PLAIN: dict[str, Any] = {
    **HEAD,
    "kind": "model-kinds",
    "fields": [{"id": "chung", "name": "Tự quản chung"}],
    "blocks": [{"id": "kdc", "name": "Khu dân cư"}],
    "levels": [{"id": "xa", "name": "Xã"}],
    "kinds": [{"id": "keng", "name": "Tiếng kẻng an ninh", "field": "chung", "block": "kdc"}],
}
CATALOGUE = parse_models(PLAIN, "ab")
GOOD = CommunityModel(
    id="m",
    unit_code="04978",
    kind="keng",
    name="Tiếng kẻng an ninh",
    field="chung",
    block="kdc",
    level="xa",
    decision_number="12/QĐ-UBND",
    decision_date=date(2024, 1, 5),
    launched_on=date(2024, 2, 1),
    sites=2,
    groups=4,
    members=60,
    budget_vnd=20_000_000,
    state=ModelState.WORKING,
)


def test_a_model_at_work_is_fine() -> None:
    assert check_model(GOOD, CATALOGUE, TODAY) == ()
    closed = replace(GOOD, state=ModelState.CLOSED, closed_on=TODAY, closed_reason="Sáp nhập xóm")
    assert check_model(closed, CATALOGUE, TODAY) == ()
    assert (
        check_model(CommunityModel(id="m", unit_code="04978", kind="keng", name="Mới"), CATALOGUE, TODAY)
        == ()
    )


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"name": " "}, {("name", "model-name-missing")}),
        ({"kind": ""}, {("kind", "model-word-unknown")}),
        ({"kind": "la", "field": "la", "block": "la", "level": "la"}, {(n, "model-word-unknown") for n in ("kind", "field", "block", "level")}),
        ({"sites": -1, "budget_vnd": -5}, {("sites", "negative-count"), ("budget_vnd", "negative-count")}),
        ({"groups": -1, "members": -1}, {("groups", "negative-count"), ("members", "negative-count")}),
        ({"decision_number": ""}, {("decision_number", "model-without-decision")}),
        ({"launched_on": date(2024, 1, 4)}, {("launched_on", "launched-before-decision")}),
        ({"closed_on": TODAY}, {("closed_on", "closed-when")}),
        ({"state": ModelState.CLOSED}, {("closed_on", "closed-when"), ("closed_reason", "closed-why")}),
        ({"state": ModelState.CLOSED, "closed_on": date(2024, 1, 31), "closed_reason": "x"}, {("closed_on", "closed-before-launch")}),
        ({"launched_on": date(2026, 3, 21)}, {("launched_on", "works-before-launch")}),
        ({"launched_on": date(2026, 3, 21), "state": ModelState.PROPOSED}, set()),
        ({"decision_date": date(2026, 3, 21), "launched_on": None}, {("decision_date", "day-in-future")}),
    ],
)  # fmt: skip
def test_each_fault_has_its_code(changes: dict[str, Any], codes: set[tuple[str, str]]) -> None:
    findings = check_model(replace(GOOD, **changes), CATALOGUE, TODAY)
    assert {(finding.field, finding.code) for finding in findings} == codes


def test_what_practice_allows_only_warns() -> None:
    findings = check_model(replace(GOOD, decision_number="", launched_on=date(2024, 1, 4)), CATALOGUE, TODAY)
    assert {finding.severity for finding in findings} == {"warning"}


def test_every_state_has_a_name() -> None:
    assert list(STATE_NAMES) == list(ModelState)


@pytest.mark.parametrize(
    ("key", "value", "place"),
    [
        ("kinds", [{"id": "keng", "name": "K", "field": "la", "block": "kdc"}], "kinds[0].field"),
        ("kinds", [{"id": "keng", "name": "K", "field": "chung", "block": "la"}], "kinds[0].block"),
        ("levels", [], "levels"),
        ("fields", [{"id": "chung"}], "fields[0].name"),
    ],
)
def test_a_faulty_catalogue_of_kinds_is_named_by_its_place(key: str, value: object, place: str) -> None:
    with pytest.raises(MalformedCatalogue) as caught:
        parse_models({**PLAIN, key: value}, "ab")
    assert caught.value.facts["place"] == place


def test_rating_scales_keep_their_order() -> None:
    ratings = [{"id": "tot", "name": "Tốt"}, {"id": "yeu", "name": "Yếu"}]
    plain = {**HEAD, "kind": "rating-scales", "scales": [{"id": "a", "name": "A", "ratings": ratings}]}
    assert list(parse_ratings(plain, "ab").scales["a"].ratings) == ["tot", "yeu"]
    with pytest.raises(MalformedCatalogue) as caught:
        parse_ratings(
            {**plain, "scales": [{"id": "a", "name": "A", "ratings": [*ratings, ratings[0]]}]}, "ab"
        )
    assert caught.value.facts["place"] == "scales[0].ratings[2].id"


def test_two_models_of_one_name_in_one_area_are_remarked_on() -> None:
    model = CommunityModel(id="m", unit_code="04978", kind="k", name="Tổ tự quản", area_id="a")
    twin = replace(model, id="n", name="tổ tự quản")
    assert [finding.code for finding in same_name(model, [model, twin])] == ["same-name"]
    closed = replace(twin, state=ModelState.CLOSED)
    others = [model, closed, replace(twin, area_id="b"), replace(twin, name="Tổ khác")]
    assert list(same_name(model, others)) == []
    assert list(same_name(replace(model, state=ModelState.CLOSED), [twin])) == []
