"""The upper level's commands say which laptop, which record, why and whose turn it is, and count what lay in a folder."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from antq_desktop.bootstrap import open_workspace
from antq_desktop.cli.received import verdict_lines
from antq_desktop.services.receiving_side.taking_in import BundleVerdict
from tests.cli.conftest import PASSPHRASE
from tests.cli.test_machines import enrol
from tests.cli.test_machines import upper as upper  # noqa: PLC0414 - a fixture of the other module

if TYPE_CHECKING:
    from tests.cli.conftest import Antq


def test_two_laptops_are_told_apart_and_a_conflict_says_whose_turn_it_is(
    antq: "Antq", upper: Path, filled: Path, tmp_path: Path
) -> None:
    stick, second = tmp_path / "usb", tmp_path / "second"
    shutil.copytree(filled, second, ignore=shutil.ignore_patterns("*.lock"))
    assert antq("workspace", "mend", "--as", "cloned", "--reason", "máy thứ hai", "--data", second).code == 0
    enrol(antq, upper, second, stick)
    for data, signer in ((filled, "Hà Quang Vinh"), (second, "Lò Văn Inh")):
        application = open_workspace(data, PASSPHRASE)
        application.settings.put("signer", signer)
        application.close()
        sent = antq("send", "--to", stick, "--json", "--data", data).json["path"]
        taken = antq("receiving", "receive", sent, "--data", upper)
    assert taken.code == 1
    assert "antq receiving matters" in taken.out

    told = antq("receiving", "status", "--data", upper)
    assert told.code == 1
    assert all(f"Xã Kim Bôi (04978), máy {number}, đăng ký ngày " in told.out for number in (1, 2))
    matters = antq("receiving", "matters", "--unit", "04978", "--data", upper)
    assert matters.code == 1
    assert "Hai máy cùng sửa" in matters.out
    assert "Xã quyết định trên máy của xã" in matters.out
    assert "antq receiving matters" in antq("conflicts", "list", "--data", upper).out


def test_a_folder_is_summed_up_and_a_request_in_it_is_named(
    antq: "Antq", upper: Path, filled: Path, tmp_path: Path
) -> None:
    stick, ack = tmp_path / "usb", tmp_path / "ack"
    ack.mkdir()
    request = antq("enrol", "request", "--out", stick, "--new-keys", "--json", "--data", filled).json["file"]
    answer = antq("receiving", "ack", "--unit", "04978", "--to", ack, "--json", "--data", upper).json["file"]
    shutil.copy(answer, stick)
    told = antq("receiving", "receive", stick, "--data", upper)
    assert told.code == 1
    count = len(list(stick.rglob("*.antq")))
    assert told.out.splitlines()[-1].startswith(f"{count} tệp: 0 mới, 1 đã có, 0 đang chờ, 0 bị từ chối, ")
    assert f"{Path(request).name}: không nhận ở đây, là tệp đăng ký máy" in told.out
    kinds = antq("receiving", "receive", stick, "--json", "--data", upper).json["passed_over"]
    assert {"enrol", "ack"} <= {each["kind"] for each in kinds}

    alone = antq("receiving", "receive", request, "--data", upper)
    assert alone.code == 3
    assert "Đây là tệp đăng ký máy của đơn vị 04978" in alone.out
    wrong_side = antq("ack", answer, "--data", upper)
    assert (wrong_side.code, "Đây là đơn vị nhận" in wrong_side.err) == (3, True)
    missing = antq("ack", ack / "khong-co.antq", "--data", filled)
    assert (missing.code, "Không có tệp" in missing.err) == (2, True)


@pytest.mark.parametrize("command", [("receive",), ("status",)])
def test_own_data_that_was_taken_back_is_said_each_time(
    antq: "Antq", upper: Path, filled: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    before = tmp_path / "before"
    shutil.copytree(upper, before)
    assert antq("receiving", "ack", "--unit", "04978", "--to", tmp_path / "usb", "--data", upper).code == 0
    for path in upper.glob("antq.db*"):
        path.unlink()
    for path in before.glob("antq.db*"):
        shutil.copy(path, upper)
    more = list((tmp_path / "usb").glob("goi-*.antq") or []) if command == ("receive",) else []
    told = antq("receiving", *command, *more[:1], "--data", upper)
    assert told.code == 1
    assert "antq workspace mend --as restored" in told.out


def test_what_was_rolled_back_is_listed_by_record(
    antq: "Antq", upper: Path, filled: Path, tmp_path: Path
) -> None:
    stick, before = tmp_path / "usb", tmp_path / "before"
    shutil.copytree(filled, before)
    application = open_workspace(filled, PASSPHRASE)
    application.settings.put("signer", "Hà Quang Vinh")
    application.close()
    sent = antq("send", "--to", stick, "--json", "--data", filled).json
    assert antq("receiving", "receive", sent["path"], "--data", upper).code == 0
    assert antq("receiving", "matters", "--data", upper).code == 0
    for path in filled.glob("antq.db*"):
        path.unlink()
    for path in before.glob("antq.db*"):
        shutil.copy(path, filled)
    assert antq("workspace", "mend", "--as", "restored", "--reason", "lấy lại", "--data", filled).code == 0
    again = antq("send", "--to", stick, "--json", "--data", filled).json
    told = antq("receiving", "receive", *again["earlier"], again["path"], "--data", upper)
    assert (told.code, "Bị lùi về trước: thay đổi" in told.out) == (1, True)
    listed = antq("receiving", "matters", "--data", upper)
    assert listed.code == 0
    assert f"thay đổi số {sent['seq_to']}, Cài đặt" in listed.out
    assert "bị lùi về trước khi máy của xã khôi phục" in listed.out


def test_a_merged_commune_and_a_replaced_key_are_named(
    antq: "Antq", upper: Path, filled: Path, tmp_path: Path
) -> None:
    enrol(antq, upper, filled, tmp_path / "usb", "--new-keys")
    assert antq("receiving", "merge", "04978", "05014", "--reason", "sắp xếp", "--data", upper).code == 0
    told = antq("receiving", "machines", "--data", upper).out
    assert "đã có khóa mới thay, còn được tin đến khi thu hồi" in told
    assert "Xã Kim Bôi (04978), nay thuộc " in told
    assert "Xã Kim Bôi (04978), nay thuộc " in antq("receiving", "status", "--data", upper).out


def test_a_period_that_runs_on_accuses_nobody(antq: "Antq", upper: Path) -> None:
    year = datetime.now(UTC).year + 1
    told = antq("receiving", "report", "--period", str(year), "--data", upper)
    assert told.code == 0
    assert "Kỳ báo cáo kéo dài đến" in told.out
    assert "Chưa gửi đến hết kỳ" not in told.out


def test_what_is_damaged_stands_last_behind_the_files_of_a_key_that_was_withdrawn_here() -> None:
    verdicts = [
        BundleVerdict(code, "", "", "", verdict, code, "Câu.", 0, 0, 0)
        for verdict, code in (
            ("refused", "payload-damaged"),
            ("taken", "all-new"),
            ("refused", "key-revoked"),
        )
    ]
    lines = verdict_lines(verdicts, {}, {})
    assert [line.split(":")[0] for line in lines[:3]] == ["all-new", "key-revoked", "payload-damaged"]
