"""Units, steps and occurrences by the command line: what is recorded shows on the board, what is left out says why."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Antq = Callable[..., Any]


@pytest.fixture
def school(antq: Antq, filled: Path) -> str:
    """Return the id of a school in the commune of Bản Lác."""
    done = antq(
        "units", "add", "--kind", "school", "--name", "THCS Mai Châu", "--category", "trung-hoc-co-so",
        "--from", "01/09/2020", "--json", "--data", filled,
    )  # fmt: skip
    assert (done.code, done.err) == (0, "")
    return str(done.json["id"])


def states(board: dict[str, Any]) -> dict[str, str]:
    return {step["step"]: step["state"] for step in board["steps"]}


def test_units_are_added_listed_and_closed(antq: Antq, filled: Path, school: str) -> None:
    (listed,) = antq("units", "list", "--json", "--data", filled).json
    assert (listed["id"], listed["name"], listed["excluded_why"]) == (school, "THCS Mai Châu", None)
    assert antq("units", "list", "--data", filled).out == (
        f"THCS Mai Châu · Trường trung học cơ sở · {school}\n"
    )
    closed = antq(
        "units",
        "close",
        "thcs mai chau",
        "--on",
        "30/06/2024",
        "--reason",
        "Sáp nhập",
        "--json",
        "--data",
        filled,
    )
    assert closed.json == {"id": school, "valid_to": "2024-06-30"}
    assert antq("units", "list", "--year", 2025, "--json", "--data", filled).json == []


def test_a_unit_left_out_is_listed_and_cannot_be_registered(antq: Antq, filled: Path) -> None:
    added = antq(
        "units",
        "add",
        "--kind",
        "enterprise",
        "--name",
        "Tạp hóa Bình",
        "--category",
        "sieu-nho",
        "--data",
        filled,
    )
    assert added.code == 0
    assert "Điều 1 khoản 2" in added.err
    refused = antq(
        "steps", "record", "tap hoa binh", "--step", "registration", "--on", "05/02/2024", "--data", filled
    )
    assert (refused.code, refused.out) == (2, "")
    assert "Điều 1 khoản 2" in refused.err
    last = antq("board", "--json", "--data", filled).json[-1]
    assert (last["name"], last["steps"], last["next"]) == ("Tạp hóa Bình", [], None)
    assert "Điều 1 khoản 2" in last["excluded_why"]


def test_the_categories_say_what_is_left_out(antq: Antq, filled: Path) -> None:
    found = {(each["kind"], each["id"]): each["excluded"] for each in
             antq("units", "categories", "--json", "--data", filled).json}  # fmt: skip
    assert (found["enterprise", "nho"], found["school", "trung-hoc-co-so"]) == (True, False)
    assert (
        "Doanh nghiệp nhỏ · không thuộc đối tượng đánh giá"
        in antq("units", "categories", "--data", filled).out
    )


def test_steps_show_on_the_board(antq: Antq, filled: Path) -> None:
    before = antq("board", "Bản Lác", "--json", "--data", filled).json
    assert (before["next"], states(before)["resolution"]) == ("resolution", "overdue")
    done = antq(
        "steps", "record", "ban lac", "--step", "resolution", "--on", "10/01/2024", "--number", "03-NQ/CB",
        "--json", "--data", filled,
    )  # fmt: skip
    assert (done.code, done.json["next"], done.json["overdue"]) == (0, "registration", before["overdue"] - 1)
    assert (
        "Nghị quyết của chi bộ · đã xong · 10/01/2024 · 03-NQ/CB"
        in antq("board", "Bản Lác", "--data", filled).out
    )
    back = antq(
        "steps",
        "take-back",
        "ban lac",
        "--step",
        "resolution",
        "--reason",
        "Ghi nhầm",
        "--json",
        "--data",
        filled,
    )
    assert states(back.json)["resolution"] == "overdue"
    again = antq("steps", "take-back", "ban lac", "--step", "resolution", "--reason", "x", "--data", filled)
    assert (again.code, again.out) == (2, "")


def test_the_board_names_every_kind_and_what_comes_next(antq: Antq, filled: Path, school: str) -> None:
    whole = antq("board", "--json", "--data", filled).json
    assert [row["kind"] for row in whole] == ["residential_area", "school", "commune"]
    (only,) = antq("board", "--kind", "school", "--json", "--data", filled).json
    assert only["id"] == school
    assert "THCS Mai Châu · tiếp theo: " in antq("board", "--data", filled).out


def test_a_step_that_counts_takes_a_part_of_a_whole(antq: Antq, filled: Path) -> None:
    antq(
        "units", "add", "--kind", "agency", "--name", "Đảng ủy xã", "--category", "co-quan", "--data", filled
    )
    words = ["steps", "record", "dang uy xa", "--step", "staff_told", "--on", "01/03/2024", "--data", filled]
    assert antq(*words, "--count", "ba mươi").code == 2
    missing = antq(*words)
    assert (missing.code, missing.out) == (2, "")
    (told,) = [
        step
        for step in antq(*words, "--count", "38/40", "--json").json["steps"]
        if step["step"] == "staff_told"
    ]
    assert (told["state"], told["detail"]) == ("overdue", "38/40")


def test_an_occurrence_is_recorded_and_listed(antq: Antq, filled: Path) -> None:
    done = antq(
        "occurrences", "record", "ban lac", "--item", "k3-1", "--on", "04/05/2024", "--count", 2,
        "--number", "12/BB", "--json", "--data", filled,
    )  # fmt: skip
    assert (done.code, done.json["count"]) == (0, 2)
    assert antq("occurrences", "list", "ban lac", "--json", "--data", filled).json == [done.json]
    wrong = antq("occurrences", "record", "ban lac", "--item", "k9", "--on", "04/05/2024", "--data", filled)
    assert (wrong.code, wrong.out) == (2, "")
    assert antq("occurrences", "list", "ban lac", "--year", 2023, "--json", "--data", filled).json == []


def test_a_unit_that_nobody_knows(antq: Antq, filled: Path) -> None:
    for words in (
        ["board", "x"],
        ["occurrences", "list", "x"],
        ["units", "close", "x", "--on", "01/01/2024", "--reason", "y"],
    ):
        answer = antq(*words, "--data", filled)
        assert (answer.code, answer.out) == (2, "")
