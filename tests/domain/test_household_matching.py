"""Which household a row is: numbers first, folded names never alone, doubt left to the officer."""

import random
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.household_matching import Doubtful, Incoming, Match, New, Same, match
from antq_desktop.domain.households import Household

KEPT = Household(
    id="h1",
    unit_code="04978",
    area_id="lac",
    head="Đặng Công Kiên",
    birth="1956-03-04",
    citizen_id="087056714691",
    members=7,
    phone="0819067481",
)
ROW = Incoming(
    line=5,
    area_id="lac",
    head="Đặng Công Kiên",
    birth="1956-03-04",
    citizen_id="087056714691",
    members=7,
    phone="0819067481",
)
NUMBERLESS = replace(ROW, citizen_id=None)


def one(row: Incoming, *existing: Household) -> Match:
    (found,) = match([row], existing)
    return found


def saved(rows: Sequence[Incoming]) -> list[Household]:
    return [
        Household(
            id=f"h{row.line}",
            unit_code="04978",
            area_id=row.area_id,
            head=row.head,
            birth=row.birth,
            citizen_id=row.citizen_id,
            members=row.members,
            phone=row.phone,
            address=row.address,
        )
        for row in rows
    ]


def test_the_same_row_again_changes_nothing() -> None:
    assert one(ROW, KEPT) == Same(KEPT, {})
    assert one(NUMBERLESS, KEPT) == Same(KEPT, {})


def test_an_empty_commune_has_only_new_ones() -> None:
    assert one(ROW) == New()


@pytest.mark.parametrize(
    "change",
    [
        {"head": "ĐẶNG CÔNG KIỂN"},
        {"head": "Đặng Cồng Kiên"},
        {"head": "Đặg Công Kiên"},
        {"area_id": "phu"},
        {"birth": "1957-01-01"},
        {"members": 6},
    ],
)
def test_the_number_makes_it_the_same_and_the_sheet_says_what_changed(change: dict[str, Any]) -> None:
    assert one(replace(ROW, **change), KEPT) == Same(KEPT, change)


@pytest.mark.parametrize("head", ["Bùi Thị Lan", "Đặng Công Hùng", "Kiên"])
def test_the_number_with_quite_another_name_is_doubtful(head: str) -> None:
    found = one(replace(ROW, head=head), KEPT)
    assert isinstance(found, Doubtful)
    assert found.candidates == (KEPT,)
    assert found.facts == {"head": "Đặng Công Kiên"}


def test_what_the_sheet_does_not_say_stays() -> None:
    bare = Incoming(line=1, area_id="lac", head="Đặng Công Kiên", citizen_id="087056714691")
    assert one(bare, KEPT) == Same(KEPT, {})


def test_a_year_agrees_with_a_day_of_it_and_never_replaces_it() -> None:
    assert one(replace(NUMBERLESS, birth="1956"), KEPT) == Same(KEPT, {})
    year_only = replace(KEPT, birth="1956")
    assert one(NUMBERLESS, year_only) == Same(year_only, {"birth": "1956-03-04"})


def test_a_number_is_learnt_where_name_area_and_birth_agree() -> None:
    without = replace(KEPT, citizen_id=None)
    assert one(ROW, without) == Same(without, {"citizen_id": "087056714691"})


@pytest.mark.parametrize(
    ("row", "kept"),
    [
        (replace(NUMBERLESS, birth=None), KEPT),
        (NUMBERLESS, replace(KEPT, birth=None)),
        (replace(NUMBERLESS, birth="1970"), KEPT),
        (replace(ROW, citizen_id="087056714692"), KEPT),
        (replace(ROW, citizen_id="087056714692", birth=None), KEPT),
        (replace(ROW, birth="1970"), replace(KEPT, citizen_id=None)),
        (replace(NUMBERLESS, head="đặng công kiên", birth=None), KEPT),
    ],
)
def test_name_and_area_without_more_are_doubtful(row: Incoming, kept: Household) -> None:
    found = one(row, kept)
    assert isinstance(found, Doubtful)
    assert found.candidates == (kept,)


@pytest.mark.parametrize(
    "row",
    [
        replace(NUMBERLESS, area_id="phu"),
        replace(NUMBERLESS, area_id="phu", birth=None),
        replace(NUMBERLESS, head="Đặng Công Kiến Anh"),
        replace(ROW, citizen_id="087080000001", birth="1980"),  # another number and another birth: a namesake
    ],
)
def test_others_are_new(row: Incoming) -> None:
    assert one(row, KEPT) == New()


def test_two_households_alike_leave_the_choice_to_the_officer() -> None:
    twin = replace(KEPT, id="h2", citizen_id=None)
    found = one(NUMBERLESS, replace(KEPT, citizen_id=None), twin)
    assert isinstance(found, Doubtful)
    assert {household.id for household in found.candidates} == {"h1", "h2"}


def test_the_birth_picks_one_of_two_namesakes() -> None:
    namesake = replace(KEPT, id="h2", citizen_id=None, birth="1990-01-01")
    assert one(NUMBERLESS, namesake, KEPT) == Same(KEPT, {})


def test_one_household_is_one_row() -> None:
    first, second = match([NUMBERLESS, replace(ROW, line=9)], [KEPT])
    assert second == Same(KEPT, {})  # numbers are looked at first
    assert isinstance(first, Doubtful)
    assert first.facts == {"line": 9}


def test_a_new_row_twice_in_a_file_is_doubtful_the_second_time() -> None:
    found = match([NUMBERLESS, replace(NUMBERLESS, line=6), replace(ROW, line=7)], [])
    assert found[0] == New()
    assert all(isinstance(other, Doubtful) and other.facts == {"line": 5} for other in found[1:])


def test_namesakes_with_numbers_of_their_own_are_two_new_households() -> None:
    assert match([ROW, replace(ROW, line=6, citizen_id="087056000000")], []) == [New(), New()]
    assert match([NUMBERLESS, replace(NUMBERLESS, line=6, birth="1990")], []) == [New(), New()]


def test_a_row_that_says_word_for_word_what_is_kept_is_the_same_even_without_a_birth() -> None:
    bare = Incoming(line=3, area_id="lac", head="Bùi Thị Én")
    (kept,) = saved([bare])
    assert one(bare, kept) == Same(kept, {})


ROWS = st.lists(
    st.builds(
        Incoming,
        line=st.just(0),
        area_id=st.sampled_from(["lac", "phu"]),
        head=st.sampled_from(["Bùi Văn An", "bùi văn ân", "Bùi Văn Ba", "Đinh Thị Lan", "Đinh Thị Lán"]),
        birth=st.sampled_from([None, "1956", "1956-03-04", "1957-01-01"]),
        citizen_id=st.sampled_from([None, "087056714691", "087056714692", "087056714693"]),
        members=st.sampled_from([None, 3]),
    ),
    max_size=8,
).map(lambda rows: [replace(row, line=line) for line, row in enumerate(rows, start=2)])


@given(ROWS)
def test_what_was_taken_in_is_never_new_again_and_changes_nothing(rows: list[Incoming]) -> None:
    unique = {row.citizen_id or f"line {row.line}": row for row in rows}
    rows = list(unique.values())  # the reader of sheets has already faulted a number that stands there twice
    taken = [row for row, found in zip(rows, match(rows, []), strict=True) if isinstance(found, New)]
    again = match(rows, saved(taken))
    assert not any(isinstance(found, New) for found in again)
    for row, found in zip(rows, again, strict=True):
        if row in taken:
            assert isinstance(found, Same | Doubtful)
            if isinstance(found, Same):
                assert found.household.id == f"h{row.line}"
                assert found.changes == {}


@given(ROWS, ROWS)
def test_one_household_is_never_given_to_two_rows(rows: list[Incoming], kept: list[Incoming]) -> None:
    found = [one_.household.id for one_ in match(rows, saved(kept)) if isinstance(one_, Same)]
    assert len(set(found)) == len(found)


@given(ROWS, ROWS)
def test_a_name_alone_never_identifies(rows: list[Incoming], kept: list[Incoming]) -> None:
    bare = [replace(row, birth=None, citizen_id=None, members=9) for row in rows]
    assert not any(isinstance(found, Same) for found in match(bare, saved(kept)))


def test_nine_thousand_rows_against_nine_thousand_households_take_a_moment() -> None:
    chance = random.Random(7)
    rows = [
        Incoming(
            line=line,
            area_id=f"area{chance.randrange(40)}",
            head=f"{chance.choice(['Bùi', 'Đinh', 'Quách'])} {chance.choice(['Văn', 'Thị'])} {chance.choice('ABCDEGHIKLMN')}",
            birth=str(chance.randrange(1940, 2000)),
            citizen_id=f"{line:012d}" if line % 3 else None,
        )
        for line in range(9_000)
    ]
    kept = saved(rows)
    before = time.perf_counter()
    found = match(rows, kept)
    assert time.perf_counter() - before < 5
    assert all(isinstance(one_, Same) for row, one_ in zip(rows, found, strict=True) if row.citizen_id)
    assert not any(isinstance(one_, New) for one_ in found)
