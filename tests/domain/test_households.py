"""What is wrong or odd about one household."""

from dataclasses import replace
from datetime import date

import pytest

from antq_desktop.domain.households import Household, check_household, is_birth

TODAY = date(2026, 3, 20)
GOOD = Household(
    id="h",
    unit_code="04978",
    area_id="a",
    head="Đặng Công Kiên",
    birth="1956-03-04",
    citizen_id="087056714691",
    members=7,
    phone="0819067481",
)


def test_a_household_as_papers_know_it_is_fine() -> None:
    assert check_household(GOOD, TODAY) == ()
    bare = Household(id="h", unit_code="04978", area_id="a", head="Bùi Thị Én")
    assert check_household(bare, TODAY) == ()
    moved = replace(GOOD, residence="moved_away", moved_on=TODAY)
    assert check_household(moved, TODAY) == ()


@pytest.mark.parametrize(
    ("changes", "code", "severity"),
    [
        ({"head": "  "}, "head-missing", "error"),
        ({"area_id": ""}, "area-missing", "error"),
        ({"birth": "1956-02-30"}, "birth-unreadable", "error"),
        ({"birth": "04/03/1956"}, "birth-unreadable", "error"),
        ({"birth": "19560304"}, "birth-unreadable", "error"),
        ({"birth": "2026-03-21"}, "birth-in-future", "error"),
        ({"birth": "2027"}, "birth-in-future", "error"),
        ({"birth": "1899"}, "birth-long-ago", "warning"),
        ({"birth": "2012"}, "head-young", "warning"),
        ({"members": 0}, "members-too-few", "error"),
        ({"members": -3}, "members-too-few", "error"),
        ({"members": 31}, "members-many", "warning"),
        ({"phone": "12345"}, "phone-odd", "warning"),
        ({"moved_on": TODAY}, "moved-but-living", "error"),
        ({"residence": "moved_away"}, "moved-when", "warning"),
        ({"residence": "moved_away", "moved_on": date(2026, 3, 21)}, "moved-in-future", "error"),
    ],
)
def test_each_fault_has_its_code(changes: dict[str, object], code: str, severity: str) -> None:
    (finding,) = check_household(replace(GOOD, **changes), TODAY)  # type: ignore[arg-type]
    assert (finding.code, finding.severity) == (code, severity)
    assert finding.field in {*changes, "moved_on"}
    assert finding.message.format(**finding.facts)


@pytest.mark.parametrize(
    ("changes"),
    [{"birth": "2011"}, {"birth": "1900"}, {"members": 1}, {"members": 30}, {"phone": "02183871234"}],
)
def test_the_edges_are_fine(changes: dict[str, object]) -> None:
    assert check_household(replace(GOOD, **changes), TODAY) == ()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("1956", True),
        ("1956-03-04", True),
        ("2024-02-29", True),
        ("2023-02-29", False),
        ("0000", False),
        ("１９５６", False),
        ("2026-W01-1", False),
        ("", False),
    ],
)
def test_is_birth(text: str, *, holds: bool) -> None:
    assert is_birth(text) is holds
