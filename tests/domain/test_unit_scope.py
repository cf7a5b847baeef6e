"""Scope: whom the circular takes in, when, and the reason that leaves one out."""

from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from antq_desktop.domain.catalogues import MalformedCatalogue
from antq_desktop.domain.unit_scope import (
    UnitExcluded,
    UnitNotManaged,
    demand_taken_in,
    left_out,
    parse_scope,
)
from antq_desktop.domain.units import Unit

PERIOD = {
    "first": "11-16",
    "first_year": -1,
    "last": "11-15",
    "last_year": 0,
    "legal_basis": "Điều 8",
    "status": "seen",
}


def unit_plain(kind: str, **more: object) -> dict[str, Any]:
    return {
        "id": kind,
        "name": kind,
        "legal_basis": "Điều 1",
        "status": "seen",
        "criteria": f"c-{kind}",
        "period": dict(PERIOD),
        "recognition": {"setting": "s", "legal_basis": "Điều 10", "status": "unknown"},
        **more,
    }


PLAIN: dict[str, Any] = {
    "schema": 1,
    "kind": "scope",
    "id": "x",
    "version": "1",
    "title": "t",
    "source": "s",
    "in_force_from": date(2022, 2, 10),
    "units": [
        unit_plain("residential_area"),
        unit_plain("commune"),
        unit_plain("agency"),
        unit_plain(
            "enterprise",
            categories=[
                {"id": "vua", "name": "Vừa", "legal_basis": "b", "status": "inferred"},
                {"id": "nho", "name": "Nhỏ", "excluded": True, "legal_basis": "Điều 1 khoản 2", "status": "seen"},
            ],
        ),
        unit_plain("school"),
    ],
}  # fmt: skip
SCOPE = parse_scope(PLAIN, "ab")
UNIT = Unit(
    id="u",
    unit_code="04978",
    kind="enterprise",
    name="Công ty A",
    category="vua",
    valid_from=date(2024, 1, 1),
)


def test_a_scope_is_read() -> None:
    enterprise = SCOPE.units["enterprise"]
    assert list(SCOPE.units) == ["residential_area", "commune", "agency", "enterprise", "school"]
    assert (enterprise.criteria, enterprise.recogniser, enterprise.recogniser_basis) == (
        "c-enterprise",
        "s",
        "Điều 10",
    )
    assert {key: one.excluded for key, one in enterprise.categories.items()} == {"vua": False, "nho": True}
    period = enterprise.period.of(2026)
    assert (period.first, period.last) == (date(2025, 11, 16), date(2026, 11, 15))
    assert (SCOPE.grounds.count("seen"), SCOPE.grounds.count("unknown")) == (11, 5)


def test_a_unit_of_an_excluded_category_is_left_out_with_the_reason() -> None:
    assert left_out(SCOPE, UNIT) is None
    demand_taken_in(SCOPE, UNIT)
    small = replace(UNIT, category="nho")
    why = left_out(SCOPE, small)
    assert why is not None
    assert why.message.format(**why.facts) == "Not assessed: Nhỏ are left out (Điều 1 khoản 2)."
    with pytest.raises(UnitExcluded, match=r"Công ty A.*Nhỏ.*Điều 1 khoản 2"):
        demand_taken_in(SCOPE, small)


def test_a_unit_that_the_commune_does_not_manage_is_not_its_to_recognise() -> None:
    with pytest.raises(UnitNotManaged, match=r"Công ty A.*Điều 10"):
        demand_taken_in(SCOPE, replace(UNIT, managed=False))
    # What the circular leaves out is said first: the other reason would send the officer to the wrong place.
    with pytest.raises(UnitExcluded):
        demand_taken_in(SCOPE, replace(UNIT, category="nho", managed=False))


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        ("units.0.id", "village", "units[0].id"),
        ("units.1.id", "residential_area", "units[1].id"),
        ("units.3.colour", "red", "units[3].colour"),
        ("units.3.criteria", "", "units[3].criteria"),
        ("units.3.period.first", "11-31", "units[3].period.first"),
        ("units.3.period.first", "02-29", "units[3].period.first"),
        ("units.3.period.last", "2-1", "units[3].period.last"),
        ("units.3.period.first_year", -2, "units[3].period.first_year"),
        ("units.3.period.first_year", 0, "units[3].period.last"),
        ("units.3.period.weeks", 3, "units[3].period.weeks"),
        ("units.3.recognition.status", "sure", "units[3].recognition.status"),
        ("units.3.recognition.by", "x", "units[3].recognition.by"),
        ("units.3.categories", [], "units[3].categories"),
        ("units.3.categories.0.excluded", "no", "units[3].categories[0].excluded"),
        ("units.3.categories.1.id", "vua", "units[3].categories[1].id"),
        ("units.3.categories.1.status", "sure", "units[3].categories[1].status"),
    ],
)
def test_each_slip_is_named_by_its_place(path: str, value: object, place: str) -> None:
    plain = deepcopy(PLAIN)
    *steps, last = path.split(".")
    inner: Any = plain
    for step in steps:
        inner = inner[int(step) if step.isdecimal() else step]
    inner[last] = value
    with pytest.raises(MalformedCatalogue) as caught:
        parse_scope(plain, "ab")
    assert caught.value.facts["place"] == place


def test_no_kind_of_unit_may_be_missing() -> None:
    with pytest.raises(MalformedCatalogue, match="every kind of unit"):
        parse_scope({**PLAIN, "units": PLAIN["units"][:-1]}, "ab")
