"""What was recorded against a criterion is said beside its answer, and a step that did not agree says so."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

Antq = Callable[..., Any]


def test_what_was_recorded_stands_beside_the_answer_and_asks_for_a_reason(
    antq: Antq, filled: Path, tmp_path: Path
) -> None:
    happened = ["--item", "k3-7", "--on", "2024-05-04", "--count", "2", "--number", "12/BB"]
    assert antq("occurrences", "record", "Bản Lác", *happened, "--data", filled).code == 0
    assess = ["assess", "Bản Lác", "--data", filled]
    assert "k3-7: Đã ghi 2 vụ trong kỳ\n" in antq(*assess).out
    told = {line["item"]: line["occurrences"] for line in antq(*assess, "--json").json["reasons"]}
    assert (told["k3-7"], told["k3-con-lai"]) == (2, 0)

    answers = tmp_path / "tra-loi.toml"
    answers.write_text("k3-7 = true\n", encoding="utf-8")
    refused = antq(*assess, "--answers", answers)
    assert refused.code == 2
    assert "Đã ghi 2 vụ" in refused.err
    answers.write_text('[k3-7]\nvalue = true\nreason = "Đã xử lý xong"\n', encoding="utf-8")
    assert antq(*assess, "--answers", answers).err == ""


def test_a_step_that_did_not_agree_or_came_late_says_so(antq: Antq, filled: Path) -> None:
    words = ["steps", "record", "Bản Lác", "--data", filled]
    assert antq(*words, "--step", "meeting", "--on", "2024-11-10", "--outcome", "not_agreed").code == 0
    antq(*words, "--step", "registration", "--on", "2024-05-02")
    said = antq("board", "Bản Lác", "--data", filled).out.splitlines()
    assert any(line.startswith("meeting · ") and "không thống nhất" in line for line in said)
    assert any(line.startswith("registration · ") and "xong sau hạn" in line for line in said)
