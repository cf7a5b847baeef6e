"""The upper level's laptops and keys by command alone, and a lost laptop rebuilt from its hand-back."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Antq


@pytest.fixture
def upper(antq: "Antq", filled: Path, upper: Path, tmp_path: Path) -> Path:
    """Return a receiving unit that has enrolled the commune and taken its data in."""
    stick = tmp_path / "usb"
    stick.mkdir()
    enrol(antq, upper, filled, stick)
    sent = antq("send", "--to", stick, "--json", "--data", filled).json["path"]
    assert antq("receiving", "receive", sent, "--data", upper).code == 0
    return upper


def enrol(antq: "Antq", upper: Path, laptop: Path, stick: Path, *more: str) -> None:
    asked = antq("enrol", "request", "--out", stick, *more, "--json", "--data", laptop).json
    made = antq(
        "receiving",
        "enrol",
        asked["file"],
        "--check-number",
        asked["check_number"],
        "--json",
        "--data",
        upper,
    )
    assert antq("ack", made.json["trust"], "--data", laptop).code == 0


def test_keys_are_seen_and_withdrawn_with_a_reason(
    antq: "Antq", upper: Path, filled: Path, tmp_path: Path
) -> None:
    enrol(antq, upper, filled, tmp_path / "usb", "--new-keys")
    rows = antq("receiving", "machines", "--json", "--data", upper).json["machines"]
    assert [row["status"] for row in rows] == ["active", "active"]
    device, key = rows[0]["device_id"], rows[0]["key_id"]
    wrong = antq(
        "receiving",
        "revoke",
        "--unit",
        "04978",
        "--device",
        device,
        "--from-seq",
        "x",
        "--reason",
        "mất",
        "--data",
        upper,
    )
    assert wrong.code == 2
    one = antq(
        "receiving", "revoke", "--unit", "04978", "--device", device, "--key", key, "--from-seq", "2",
        "--reason", "thay khóa", "--json", "--data", upper,
    )  # fmt: skip
    assert (one.code, one.json["keys"]) == (1, 1)
    assert "đã thu hồi từ thay đổi số 2, lúc " in antq("receiving", "machines", "--data", upper).out
    assert one.json["taken_since"] > 0
    every = antq(
        "receiving", "revoke", "--unit", "04978", "--device", device, "--from-seq", "all",
        "--reason", "mất máy", "--data", upper,
    )  # fmt: skip
    assert every.code == 1
    every_seen = rows[0]["last_seq"]
    listed = antq("receiving", "machines", "--data", upper)
    assert listed.out.count("đã thu hồi") == 2
    status = antq("receiving", "status", "--data", upper).out
    assert "Xã Kim Bôi (04978): đã thu hồi, lúc " in status
    assert "mất máy" in status
    matters = antq("receiving", "matters", "--data", upper)
    assert (matters.code, "đã được nhận trước khi thu hồi" in matters.out) == (1, True)
    assert f"{every_seen} thay đổi từ đó trở đi đã nhận: antq receiving matters --unit 04978" in status
    again = antq(
        "receiving", "revoke", "--unit", "04978", "--device", device, "--from-seq", "all",
        "--reason", "mất máy", "--data", upper,
    )  # fmt: skip
    assert again.code == 2


def test_own_keys_are_made_anew_and_communes_merged(antq: "Antq", upper: Path) -> None:
    recovery = antq("receiving", "recovery-key", "--reason", "mất tờ in", "--json", "--data", upper)
    assert recovery.json["identity"].startswith("AGE-SECRET-KEY-1")
    assert antq("receiving", "root-key", "--reason", "theo kế hoạch", "--data", upper).code == 0
    assert antq("receiving", "merge", "04978", "05014", "--reason", "sắp xếp", "--data", upper).code == 0
    rows = antq("receiving", "machines", "--json", "--data", upper).json["machines"]
    assert {row["current_code"] for row in rows} == {"05014"}
    for whom in (("--unit", "04978"), ("--all",)):
        answer = antq("receiving", "ack", *whom, "--to", upper.parent / "usb", "--data", upper)
        assert f"nay thuộc {rows[0]['current_name']} (05014)" in answer.out
    assert antq("receiving", "merge", "04978", "05014", "--reason", "sắp xếp", "--data", upper).code == 2


def test_a_lost_laptop_is_rebuilt_by_commands(
    antq: "Antq", upper: Path, filled: Path, tmp_path: Path
) -> None:
    before = antq("households", "find", "", "--json", "--data", filled).json
    shutil.rmtree(filled)
    new = tmp_path / "new"
    assert antq("init", "--commune", "04978", "--year", "2024", "--data", new).code == 0
    enrol(antq, upper, new, tmp_path / "usb")
    made = antq(
        "receiving", "hand-back", "--unit", "04978", "--to", tmp_path / "usb", "--json", "--data", upper
    )
    assert (made.code, made.json["laptops"]) == (0, 1)
    done = antq("rebuild", *made.json["files"], "--json", "--data", new)
    assert (done.code, done.json["is_equal"], done.json["events"]) == (0, True, made.json["events"])
    assert antq("households", "find", "", "--json", "--data", new).json == before
    assert antq("rebuild", *made.json["files"], "--data", new).code == 2


def test_bundles_open_with_the_recovery_key(antq: "Antq", upper: Path, filled: Path, tmp_path: Path) -> None:
    key = antq("receiving", "recovery-key", "--reason", "in lại", "--json", "--data", upper).json["identity"]
    file = antq(
        "receiving", "ack", "--unit", "04978", "--to", tmp_path / "usb", "--json", "--data", upper
    ).json
    assert antq("ack", file["file"], "--data", filled).code == 0
    assert antq("workspace", "mend", "--as", "cloned", "--reason", "thử", "--data", filled).code == 0
    enrol(antq, upper, filled, tmp_path / "usb")
    antq("households", "import", "--help")
    sheet = tmp_path / "khoa.txt"
    sheet.write_text(f"{key}\n", encoding="utf-8")
    sent = antq("send", "--to", tmp_path / "usb", "--json", "--data", filled).json["path"]
    taken = antq("receiving", "recover", "--identity-file", sheet, sent, "--json", "--data", upper)
    assert (taken.code, taken.json["bundles"][0]["verdict"]) == (0, "taken")
    sheet.write_text("không phải khóa", encoding="utf-8")
    assert antq("receiving", "recover", "--identity-file", sheet, sent, "--data", upper).code == 2
