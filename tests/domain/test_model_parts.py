"""Sites and groups: what is wrong with one, what the counts follow from, and that nothing is closed over them."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from antq_desktop.domain.community_models import CommunityModel, ModelState
from antq_desktop.domain.model_parts import ModelPart, check_closing, check_part, counted, counts, overruled

TODAY = date(2026, 11, 20)
MODEL = CommunityModel(
    id="m", unit_code="04978", kind="k", name="M", sites=9, groups=8, members=77,
    launched_on=date(2024, 5, 1), state=ModelState.WORKING,
)  # fmt: skip
GROUP = ModelPart(
    id="g1",
    unit_code="04978",
    model_id="m",
    kind="group",
    name="Tổ 1",
    members=12,
    valid_from=date(2024, 6, 1),
)
SITE = replace(GROUP, id="s1", kind="site", name="Nhà văn hóa", members=30)
ENDED = replace(GROUP, id="g2", name="Tổ 2", valid_to=date(2025, 1, 1))


@pytest.mark.parametrize(
    ("parts", "sites", "groups", "members", "told"),
    [
        ([], 9, 8, 77, set()),
        ([SITE], 1, 8, 30, {"sites", "members"}),
        ([SITE, GROUP], 1, 1, 12, {"sites", "groups", "members"}),
        ([GROUP, ENDED], 9, 1, 12, {"groups", "members"}),
        ([ENDED], 9, 0, 0, {"groups", "members"}),
        ([SITE, ENDED], 1, 0, 30, {"sites", "groups", "members"}),
        ([GROUP, replace(GROUP, id="g3", members=None)], 9, 2, 77, {"groups"}),
    ],
)
def test_counts_follow_from_the_parts_that_go_on(
    parts: list[ModelPart], sites: int, groups: int, members: int, told: set[str]
) -> None:
    found = counts(MODEL, parts)
    assert (found.sites, found.groups, found.members, set(found.from_parts)) == (sites, groups, members, told)
    kept = counted(MODEL, parts)
    assert {finding.field for finding in overruled(MODEL, kept)} == {
        name for name in told if getattr(MODEL, name) != getattr(kept, name)
    }


@pytest.mark.parametrize(
    ("changes", "field", "code", "severity"),
    [
        ({"name": ""}, "name", "part-name-missing", "error"),
        ({"name": "TỔ 1", "id": "new"}, "name", "part-name-taken", "error"),
        ({"members": -1}, "members", "negative-count", "error"),
        ({"valid_from": date(2026, 11, 21)}, "valid_from", "day-in-future", "error"),
        ({"valid_to": date(2024, 5, 31)}, "valid_to", "part-ends-early", "error"),
        ({"valid_to": date(2026, 12, 1)}, "valid_to", "day-in-future", "error"),
        ({"valid_from": date(2024, 4, 30)}, "valid_from", "before-launch", "warning"),
    ],
)
def test_each_fault_has_its_code(changes: dict[str, Any], field: str, code: str, severity: str) -> None:
    assert check_part(GROUP, MODEL, [GROUP], TODAY) == ()
    (finding,) = check_part(replace(GROUP, **changes), MODEL, [GROUP], TODAY)
    assert (finding.field, finding.code, finding.severity) == (field, code, severity)
    assert finding.message.format(**finding.facts)


def test_a_name_is_free_again_in_another_area_and_after_the_end() -> None:
    assert check_part(replace(GROUP, id="new", area_id="a2"), MODEL, [GROUP], TODAY) == ()
    assert check_part(replace(GROUP, id="new", name="Tổ 2"), MODEL, [ENDED], TODAY) == ()
    assert check_part(replace(GROUP, id="new", kind="site"), MODEL, [GROUP], TODAY) == ()


def test_nothing_is_closed_over_a_part_that_goes_on() -> None:
    closed = replace(MODEL, state=ModelState.CLOSED, closed_on=date(2026, 6, 1), closed_reason="x")
    many = [replace(GROUP, id=f"g{n}", name=f"Tổ {n}") for n in range(5)]
    (why,) = check_closing(closed, many)
    assert (why.field, why.code, why.severity) == ("state", "closed-with-groups", "error")
    assert why.facts == {"count": 5, "names": "Tổ 0, Tổ 1, Tổ 2, …"}
    assert check_closing(closed, [replace(GROUP, valid_to=date(2026, 6, 2))]) != ()
    assert check_closing(closed, [replace(GROUP, valid_to=date(2026, 6, 1))]) == ()
    assert check_closing(MODEL, many) == ()
    (warned,) = check_closing(closed, [])
    assert (warned.field, warned.severity) == ("groups", "warning")
    assert [f.code for f in check_part(GROUP, closed, [], TODAY)] == ["part-of-closed-model"]
