"""Reports of periods and targets by the command line, from the first draft to a correction."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Antq = Callable[..., Any]


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".xlsx"])
def test_a_report_of_a_period_comes_out_as_a_draft(
    antq: Antq, filled: Path, tmp_path: Path, suffix: str
) -> None:
    out = tmp_path / f"report{suffix}"
    answer = antq("report", "--period", "2024-Q1", "--out", out, "--json", "--data", filled)
    assert answer.code == 0, answer.err
    assert answer.json == {
        "file": str(out),
        "period": "2024-Q1",
        "state": "draft",
        "edition": 1,
        "remarks": [],
    }
    assert out.stat().st_size > 1000


def test_from_a_draft_to_a_correction(antq: Antq, filled: Path) -> None:
    def run(*words: str) -> Any:
        answer = antq("reports", *words, "--json", "--data", filled)
        assert answer.code == 0, answer.err
        return answer.json

    assert run("start", "2024-Q1")["state"] == "draft"
    assert run("text", "2024-Q1", "--section", "cam-ket", "--text", "Đã ký.")["edition"] == 1
    assert run("sign", "2024-Q1", "--on", "16/03/2024")["signed_on"] == "2024-03-16"
    assert run("correct", "2024-Q1", "--reason", "Ghi thiếu")["edition"] == 2
    rows = {row["period"]: row for row in run("list", "--year", "2024")}
    assert (rows["2024-Q1"]["state"], rows["2024-Q1"]["signed_on"]) == ("correcting", "2024-03-16")
    assert rows["2024-Q2"]["overdue"]
    assert run("discard", "2024-Q1", "--reason", "Thôi")["id"]
    said = antq("reports", "list", "--year", "2024", "--data", filled).out
    assert "2024-Q1 · 15/12/2023 - 14/03/2024 · đã ký · 16/03/2024\n" in said
    assert "2024-Q2 · 15/03/2024 - 14/06/2024 · chưa viết · quá hạn\n" in said


def test_refusals_are_sentences(antq: Antq, filled: Path, tmp_path: Path) -> None:
    for words in (
        ("report", "--period", "2024-Q7", "--out", tmp_path / "a.pdf"),
        ("report", "--period", "2024", "--out", tmp_path / "a.odt"),
        ("report", "--period", "2090", "--out", tmp_path / "a.pdf"),
        ("reports", "sign", "2024-Q3"),
        ("targets", "add", "--period", "2024", "--figure", "share_signed", "--at-least", "120 %"),
        ("targets", "add", "--period", "2024", "--figure", "share_signed", "--at-least", "nhiều"),
    ):
        answer = antq(*words, "--data", filled)
        assert (answer.code, answer.out) == (2, ""), words
        assert answer.err.strip()
    assert list(tmp_path.glob("a.*")) == []


def test_targets_from_the_first_to_the_list(antq: Antq, filled: Path) -> None:
    def run(*words: str) -> Any:
        answer = antq("targets", *words, "--data", filled)
        assert answer.code == 0, answer.err
        return answer

    made = run("add", "--period", "2024-Q1", "--figure", "share_signed", "--at-least", "90 %", "--json").json
    (row,) = run("--json").json
    assert (row["id"], row["amount"], row["aim"], row["reached"]) == (made["id"], "50 %", "90 %", False)
    assert [one["name"] for one in row["missing"]] == ["Hà Thị Bé"]
    said = run("--year", "2024").out
    assert "Tỷ lệ hộ đã ký cam kết" in said
    assert "Còn thiếu (1): Hà Thị Bé" in said
    assert "Kỳ đã kết thúc ngày 14/03/2024." in said
    assert len(run("usual", "--json").json) == 4
    run("delete", made["id"], "--reason", "Đổi kế hoạch")
    assert len(run("--json").json) == 4


def test_what_is_not_there_is_said_with_what_is(antq: Antq, filled: Path, tmp_path: Path) -> None:
    refused = antq("reports", "sign", "2024-Q4", "--data", filled)
    assert (refused.code, "quý IV năm 2024" in refused.err, "chưa bắt đầu" in refused.err) == (2, True, True)
    antq("reports", "start", "2024-Q1", "--data", filled)
    refused = antq("reports", "text", "2024-Q1", "--section", "xxx", "--text", "…", "--data", filled)
    assert (refused.code, "cam-ket" in refused.err) == (2, True)
    away = tmp_path / "nowhere" / "deep" / "q1.pdf"
    refused = antq("report", "--period", "2024-Q1", "--out", away, "--data", filled)
    assert (refused.code, str(away.parent) in refused.err) == (2, True)
    assert not (tmp_path / "nowhere").exists()
    lost = antq("activities", "import", tmp_path / "none.xlsx", "--data", filled)
    assert "No such file" not in lost.err


def test_a_target_is_changed(antq: Antq, filled: Path) -> None:
    made = antq(
        "targets", "add", "--period", "2024", "--figure", "share_signed", "--at-least", "90 %", "--json",
        "--data", filled,
    ).json["id"]  # fmt: skip
    done = antq("targets", "change", made, "--at-least", "95 %", "--set-by", "Nghị quyết 5", "--data", filled)
    assert done.code == 0, done.err
    (row,) = antq("targets", "--json", "--data", filled).json
    assert (row["id"], row["aim"], row["set_by"]) == (made, "95 %", "Nghị quyết 5")
