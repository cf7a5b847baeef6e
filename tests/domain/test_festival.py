"""Ngày hội at one site: the usual days warn, what cannot be is refused."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.activities import parse_activities
from antq_desktop.domain.festival import (
    HANDING_IN,
    FestivalDay,
    check_festival,
    double_remarks,
    hand_in_units,
)
from antq_desktop.domain.findings import errors
from antq_desktop.runtime.catalogue_files import read_shipped

ACTIVITIES = read_shipped("activity-kinds", parse_activities)
AREAS = {"a1": "Xóm Bãi", "a2": "Thôn Nội"}
TODAY = date(2026, 11, 20)
HELD = FestivalDay(
    id="f1",
    unit_code="04978",
    year=2026,
    place="Nhà văn hóa xóm Bãi",
    area_ids=("a1", "a2"),
    on=date(2026, 8, 16),
    with_festivities=True,
    attendance=220,
    gifts=10,
    gift_value_vnd=5_000_000,
    handed_in={"khau": 2},
)


def codes(festival: FestivalDay, today: date = TODAY) -> list[str]:
    return [finding.code for finding in check_festival(festival, ACTIVITIES, AREAS, today)]


def test_a_sound_festival_draws_no_remark() -> None:
    assert codes(HELD) == []
    assert HANDING_IN in ACTIVITIES.kinds
    assert "khau" in hand_in_units(ACTIVITIES)


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"place": "nhà văn hoá XÓM BÃI"}, ["same-site"]),
        ({"on": date(2026, 8, 17)}, ["area-held-it"]),
        ({"on": date(2026, 8, 17), "area_ids": ("a3",)}, []),
        ({"place": "Sân bóng", "area_ids": ("a3",)}, []),
        ({"year": 2025}, []),
    ],
)
def test_a_site_or_an_area_that_is_counted_twice_is_told(fields: dict[str, object], codes: list[str]) -> None:
    other = replace(HELD, id="f2", **fields)  # type: ignore[arg-type] # fields of its class
    assert [finding.code for finding in double_remarks(HELD, [HELD, other])] == codes


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_any_day_outside_the_first_of_july_to_the_nineteenth_of_august_is_a_warning(day: date) -> None:
    found = check_festival(replace(HELD, on=day), ACTIVITIES, AREAS, date(2027, 1, 1))
    outside = not (7, 1) <= (day.month, day.day) <= (8, 19)
    assert [finding.code for finding in found] == ["outside-festival"] * outside
    assert errors(found) == ()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"place": " "}, "place-missing"),
        ({"area_ids": ("a1", "a9")}, "area-unknown"),
        ({"area_ids": ("a1", "a2", "a1")}, "area-twice"),
        ({"on": date(2025, 8, 16)}, "other-year"),
        ({"attendance": -1}, "negative-count"),
        ({"gift_value_vnd": -1}, "negative-count"),
        ({"handed_in": {"khau": -2}}, "negative-count"),
        ({"handed_in": {"buoi": 1}}, "unit-not-of-kind"),
    ],
)
def test_what_cannot_be_is_refused(fields: dict[str, object], code: str) -> None:
    found = check_festival(replace(HELD, **fields), ACTIVITIES, AREAS, TODAY)  # type: ignore[arg-type]
    assert [finding.code for finding in errors(found)] == [code]


def test_an_area_that_is_named_twice_is_said_by_its_name() -> None:
    (found,) = check_festival(replace(HELD, area_ids=("a2", "a1", "a2")), ACTIVITIES, AREAS, TODAY)
    assert found.facts == {"name": "Thôn Nội", "times": 2}


def test_a_day_that_has_not_come_is_refused() -> None:
    assert codes(HELD, HELD.on - timedelta(days=1)) == ["day-in-future"]


def test_nobody_there_and_no_part_held_are_warnings() -> None:
    empty = replace(HELD, attendance=0, with_ceremony=False, with_festivities=False)
    assert codes(empty) == ["no-part-held", "nobody-there"]
    assert errors(check_festival(empty, ACTIVITIES, AREAS, TODAY)) == ()
