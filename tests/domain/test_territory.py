"""Residential areas: names are unique among those alive, and history stays readable."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.territory import (
    AreaNameMissing,
    AreaNameTaken,
    AreaNotAlive,
    AreaTwice,
    OtherCommune,
    ResidentialArea,
    TooFewAreas,
    check_new,
    name_on,
    plan_merge,
    plan_rename,
    plan_split,
)

BEGIN, ON = date(2020, 1, 1), date(2026, 7, 1)
EVE = date(2026, 6, 30)


def area(
    key: str, name: str, *, unit: str = "04978", begin: date = BEGIN, end: date | None = None
) -> ResidentialArea:
    return ResidentialArea(id=key, unit_code=unit, name=name, kind="xóm", valid_from=begin, valid_to=end)


def ids() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"new{next(numbers)}"


LAC, PHU, MO = area("l", "Bản Lác"), area("p", "Xóm Phú"), area("m", "Xóm Mớ")
ALL = [LAC, PHU, MO]


def test_merging_ends_the_old_and_begins_one_new() -> None:
    plan = plan_merge([LAC, PHU], " Xóm  Lác Phú ", "xóm", ON, ALL, new_id=ids(), note="Nghị quyết 12")
    (new,) = plan.opened
    assert (new.name, new.kind, new.valid_from, new.valid_to, new.unit_code) == (
        "Xóm Lác Phú",
        "xóm",
        ON,
        None,
        "04978",
    )
    assert [(old.id, old.valid_to) for old in plan.changed] == [("l", EVE), ("p", EVE)]
    assert [(s.predecessor_id, s.successor_id, s.kind, s.on, s.note) for s in plan.successions] == [
        ("l", new.id, "merge", ON, "Nghị quyết 12"),
        ("p", new.id, "merge", ON, "Nghị quyết 12"),
    ]
    assert len({new.id, *(s.id for s in plan.successions)}) == 3


def test_splitting_ends_one_and_begins_several() -> None:
    plan = plan_split(LAC, [("Lác Trên", "xóm"), ("Lác Dưới", "xóm")], ON, ALL, new_id=ids())
    assert [old.valid_to for old in plan.changed] == [EVE]
    assert [new.name for new in plan.opened] == ["Lác Trên", "Lác Dưới"]
    assert {(s.predecessor_id, s.successor_id) for s in plan.successions} == {
        ("l", new.id) for new in plan.opened
    }


def test_the_new_one_may_bear_the_name_of_one_that_ends() -> None:
    assert plan_merge([LAC, PHU], "Bản Lác", "bản", ON, ALL, new_id=ids()).opened[0].name == "Bản Lác"
    assert (
        plan_split(LAC, [("Bản Lác", "bản"), ("Lác Mới", "bản")], ON, ALL, new_id=ids()).opened[0].name
        == "Bản Lác"
    )


@pytest.mark.parametrize("name", ["Xóm Mớ", "XÓM MỚ", "xóm mớ", "Xóm  Mớ"])
def test_a_name_of_an_area_that_lives_on_is_taken(name: str) -> None:
    with pytest.raises(AreaNameTaken):
        plan_merge([LAC, PHU], name, "xóm", ON, ALL, new_id=ids())
    with pytest.raises(AreaNameTaken):
        plan_split(LAC, [(name, "xóm"), ("Khác", "xóm")], ON, ALL, new_id=ids())
    with pytest.raises(AreaNameTaken):
        plan_rename(LAC, name, ON, ALL, new_id=ids())
    with pytest.raises(AreaNameTaken):
        check_new(area("x", name, begin=ON), ALL)


def test_a_tone_makes_another_name_and_its_place_does_not() -> None:
    check_new(area("x", "Xóm Mở", begin=ON), ALL)
    hoa = area("h", "Thôn Đồng Hoà")
    with pytest.raises(AreaNameTaken):
        check_new(area("x", "Thôn Đồng Hòa", begin=ON), [hoa])


def test_the_parts_of_a_split_have_names_of_their_own() -> None:
    with pytest.raises(AreaNameTaken):
        plan_split(LAC, [("Lác Trên", "xóm"), ("LÁC  TRÊN", "xóm")], ON, ALL, new_id=ids())


def test_the_name_of_an_area_that_ended_before_is_free() -> None:
    gone = area("g", "Xóm Cũ", end=EVE)
    check_new(area("x", "Xóm Cũ", begin=ON), [gone])
    with pytest.raises(AreaNameTaken):
        check_new(area("x", "Xóm Cũ", begin=EVE), [gone])


def test_a_name_that_is_taken_later_on_is_taken() -> None:
    with pytest.raises(AreaNameTaken):
        check_new(area("x", "Xóm Sau", begin=ON), [area("s", "Xóm Sau", begin=ON + timedelta(days=30))])


def test_an_area_does_not_stand_in_its_own_way() -> None:
    check_new(LAC, ALL)
    assert plan_rename(LAC, "BẢN LÁC", ON, ALL, new_id=ids()).changed[0].name == "BẢN LÁC"


@pytest.mark.parametrize("name", ["", "  ", "\u200b"])
def test_a_name_is_needed(name: str) -> None:
    with pytest.raises(AreaNameMissing):
        check_new(area("x", name), [])
    with pytest.raises(AreaNameMissing):
        plan_merge([LAC, PHU], name, "xóm", ON, ALL, new_id=ids())


def test_it_takes_two() -> None:
    for few in ([], [LAC]):
        with pytest.raises(TooFewAreas):
            plan_merge(few, "Mới", "xóm", ON, ALL, new_id=ids())
    for twice in ([LAC, LAC], [LAC, PHU, LAC]):
        with pytest.raises(AreaTwice, match="Bản Lác"):
            plan_merge(twice, "Mới", "xóm", ON, ALL, new_id=ids())
    with pytest.raises(TooFewAreas):
        plan_split(LAC, [("Mới", "xóm")], ON, ALL, new_id=ids())


def test_areas_of_two_communes_never_merge() -> None:
    with pytest.raises(OtherCommune, match="Xa"):
        plan_merge([LAC, area("o", "Xa", unit="04990")], "Mới", "xóm", ON, ALL, new_id=ids())


@pytest.mark.parametrize("on", [BEGIN, BEGIN - timedelta(days=1)])
def test_an_area_must_have_lived_a_day_before_it_ends(on: date) -> None:
    with pytest.raises(AreaNotAlive, match="Bản Lác"):
        plan_merge([LAC, PHU], "Mới", "xóm", on, ALL, new_id=ids())
    assert (
        plan_merge([LAC, PHU], "Mới", "xóm", BEGIN + timedelta(days=1), ALL, new_id=ids()).changed[0].valid_to
        == BEGIN
    )


def test_an_area_that_ended_cannot_end_again() -> None:
    gone = area("g", "Cũ", end=date(2024, 12, 31))
    with pytest.raises(AreaNotAlive, match="30/06/2026"):
        plan_split(gone, [("A", "xóm"), ("B", "xóm")], ON, ALL, new_id=ids())
    with pytest.raises(AreaNotAlive):
        plan_rename(gone, "Mới", ON, ALL, new_id=ids())


def test_old_names_are_read_by_their_day() -> None:
    first = plan_rename(LAC, "Bản Hai", date(2022, 1, 1), [LAC], new_id=ids())
    second = plan_rename(first.changed[0], "Bản Ba", date(2024, 1, 1), [LAC], new_id=ids())
    now, history = second.changed[0], [*second.successions, *first.successions]
    assert first.successions[0].predecessor_id == first.successions[0].successor_id == "l"
    assert [name_on(now, history, date(year, 1, 1)) for year in (2021, 2022, 2023, 2024, 2026)] == [
        "Bản Lác",
        "Bản Hai",
        "Bản Hai",
        "Bản Ba",
        "Bản Ba",
    ]
    assert name_on(PHU, history, date(2021, 1, 1)) == "Xóm Phú"


@given(st.integers(2, 6), st.integers(1, 3000))
def test_on_any_day_exactly_the_old_or_the_new_are_alive(areas: int, after: int) -> None:
    old = [area(str(n), f"Tổ {n}") for n in range(areas)]
    on = BEGIN + timedelta(days=after)
    plan = plan_merge(old, "Tổ 1", "tổ dân phố", on, old, new_id=ids())
    for day in (BEGIN, on - timedelta(days=1), on, on + timedelta(days=999)):
        alive = [one.id for one in (*plan.changed, *plan.opened) if one.alive_on(day)]
        assert alive == ([plan.opened[0].id] if day >= on else [one.id for one in old])
