"""What a server of the upper level does without a window: whole folders in, status, all answers out, the report."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Antq = Callable[..., Any]


@pytest.fixture
def brought(antq: Antq, filled: Path, upper: Path, tmp_path: Path) -> Path:
    """Return a folder with a bundle deep inside, a damaged one, and files of other kinds."""
    folder = tmp_path / "mang-ve"
    (folder / "xa" / "kim-boi").mkdir(parents=True)
    request = antq("enrol", "request", "--out", folder / "enrol.antq", "--json", "--data", filled).json
    trust = antq(
        "receiving", "enrol", request["file"], "--check-number", request["check_number"], "--to", folder, "--json",
        "--data", upper,
    )  # fmt: skip
    assert antq("ack", trust.json["trust"], "--json", "--data", filled).code == 0
    sent = antq("send", "--to", folder / "xa" / "kim-boi", "--json", "--data", filled)
    assert sent.code == 0, sent.err
    (folder / "hong.ANTQ").write_bytes(b"x" * 90)
    (folder / "doc-toi.txt").write_text("x")
    return folder


def test_a_folder_is_taken_in_whatever_else_lies_there(antq: Antq, upper: Path, brought: Path) -> None:
    taken = antq("receiving", "receive", brought, "--json", "--data", upper)
    assert taken.code == 3
    verdicts = {each["file"]: each["verdict"] for each in taken.json["bundles"]}
    assert sorted(verdicts.values()) == ["refused", "taken"]
    assert verdicts["hong.ANTQ"] == "refused"
    again = antq(
        "receiving", "receive", brought / "xa", brought / "xa" / "kim-boi", "--json", "--data", upper
    )
    assert [each["verdict"] for each in again.json["bundles"]] == ["known"]


def test_an_empty_folder_is_said_by_its_name(antq: Antq, upper: Path, tmp_path: Path) -> None:
    empty = tmp_path / "trong"
    empty.mkdir()
    refused = antq("receiving", "receive", empty, "--data", upper)
    assert (refused.code, str(empty) in refused.err) == (2, True)


def test_status_and_answers_for_all(antq: Antq, upper: Path, brought: Path, filled: Path) -> None:
    waiting = antq("receiving", "status", "--json", "--data", upper).json["communes"]
    assert [(row["state"], row["as_of"], row["held"]) for row in waiting] == [("never", None, 0)]
    antq("receiving", "receive", brought, "--data", upper)
    status = antq("receiving", "status", "--json", "--data", upper)
    (row,) = status.json["communes"]
    assert (status.code, row["state"], row["missing_to"], row["conflicts"]) == (0, "fresh", 0, 0)
    assert row["as_of"] is not None
    answered = antq("receiving", "ack", "--all", "--to", brought, "--json", "--data", upper)
    (file,) = answered.json["files"]
    assert antq("ack", file, "--json", "--data", filled).json["waiting"] == 0
    neither = antq("receiving", "ack", "--to", brought, "--data", upper)
    assert neither.code == 2


@pytest.mark.parametrize("suffix", ["pdf", "docx", "xlsx"])
def test_the_consolidated_report(antq: Antq, upper: Path, brought: Path, tmp_path: Path, suffix: str) -> None:
    antq("receiving", "receive", brought, "--data", upper)
    out = tmp_path / f"tong-hop.{suffix}"
    made = antq("receiving", "report", "--period", "2024", "--out", out, "--json", "--data", upper)
    assert made.code == 0, made.err
    assert out.stat().st_size > 5_000
    document = made.json
    assert document["total"]["households_living"] == 2
    assert document["total"]["share_signed"] == {"part": 1, "whole": 2}
    (commune,) = document["communes"]
    assert (commune["unit"], commune["complete"], commune["signed"]) == ("04978", True, None)
    assert commune["figures"] == document["total"]
    assert (document["behind"], document["file"]) == ([], str(out))


def test_the_report_in_words_names_who_is_behind(antq: Antq, upper: Path, brought: Path) -> None:
    told = antq("receiving", "report", "--period", "2024", "--data", upper)
    assert told.code == 1
    assert "Số hộ đang cư trú: 0" in told.out
    assert "Chưa gửi đến hết kỳ: Xã Kim Bôi" in told.out
    wrong = antq("receiving", "report", "--period", "2024-X", "--data", upper)
    assert wrong.code == 2
