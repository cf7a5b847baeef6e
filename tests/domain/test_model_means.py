"""Money beside the norm, equipment, and kinds of models that a commune adds."""

from dataclasses import replace
from datetime import date

import pytest

from antq_desktop.domain.community_models import parse_models
from antq_desktop.domain.model_means import (
    ModelBudget,
    ModelEquipment,
    OwnModelKind,
    by_year,
    check_budget,
    check_equipment,
    check_own_kind,
    dotted,
    extended,
)

NORM = 20_000_000
BUDGET = ModelBudget(
    id="b", unit_code="04978", model_id="m", year=2026, source="Ngân sách xã", amount_vnd=NORM
)
CATALOGUE = parse_models(
    {
        "schema": 1, "kind": "model-kinds", "id": "x", "version": "1", "title": "t", "source": "s",
        "in_force_from": date(2022, 1, 1),
        "fields": [{"id": "chung", "name": "Tự quản chung"}],
        "blocks": [{"id": "kdc", "name": "Khu dân cư"}],
        "levels": [{"id": "xa", "name": "Xã"}],
        "kinds": [{"id": "keng", "name": "Tiếng kẻng an ninh", "field": "chung", "block": "kdc"}],
        "equipment": [{"id": "camera", "name": "Camera"}],
    },
    "ab",
)  # fmt: skip
OWN = OwnModelKind(id="o", unit_code="04978", name="Bếp lửa an ninh", field="chung", block="kdc")


def test_the_norm_is_exact_and_only_warns() -> None:
    assert check_budget(BUDGET, [BUDGET], NORM) == ()
    (above,) = check_budget(BUDGET, [replace(BUDGET, id="c", source="Xã hội hóa", amount_vnd=1)], NORM)
    assert (above.code, above.severity) == ("above-norm", "warning")
    assert above.facts == {"year": 2026, "total": "20.000.001", "norm": "20.000.000"}
    assert check_budget(BUDGET, [replace(BUDGET, id="c", year=2025)], NORM) == ()


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"year": 26}, "year"), ({"source": ""}, "source"), ({"amount_vnd": -1}, "amount_vnd")],
)
def test_an_amount_needs_a_year_a_source_and_no_minus(changes: dict[str, object], field: str) -> None:
    (finding,) = check_budget(replace(BUDGET, **changes), [], NORM)  # type: ignore[arg-type] # by name
    assert (finding.field, finding.severity) == (field, "error")


def test_years_add_up_the_latest_first_the_largest_source_first() -> None:
    other = replace(BUDGET, id="c", source="Xã hội hóa", amount_vnd=NORM + 1)
    old = replace(BUDGET, id="d", year=2025, amount_vnd=5)
    latest, earlier = by_year([old, BUDGET, other], NORM)
    assert (latest.year, latest.total_vnd, latest.over) == (2026, 2 * NORM + 1, True)
    assert [one.id for one in latest.sources] == ["c", "b"]
    assert (earlier.year, earlier.over, earlier.norm_vnd) == (2025, False, NORM)
    assert dotted(1_234_567) == "1.234.567"


def test_equipment_is_of_a_kind_and_never_below_nothing() -> None:
    line = ModelEquipment(id="e", unit_code="04978", model_id="m", kind="camera", count=0)
    assert check_equipment(line) == ()
    assert [f.field for f in check_equipment(replace(line, kind="", count=-1))] == ["kind", "count"]


def test_an_own_kind_stands_behind_the_shipped_ones_and_never_in_their_place() -> None:
    assert check_own_kind(OWN, CATALOGUE) == ()
    assert list(extended(CATALOGUE, [OWN]).kinds) == ["keng", "o"]
    assert extended(CATALOGUE, [replace(OWN, id="keng")]).kinds == CATALOGUE.kinds
    assert check_own_kind(OWN, extended(CATALOGUE, [OWN])) == (), "itself is no other one"
    for changes, field in (
        ({"name": ""}, "name"),
        ({"name": "TIENG KENG AN NINH"}, "name"),
        ({"field": "la"}, "field"),
        ({"block": "la"}, "block"),
    ):
        (finding,) = check_own_kind(replace(OWN, **changes), CATALOGUE)  # type: ignore[arg-type] # by name
        assert finding.field == field
