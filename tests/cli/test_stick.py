"""The stick by the command line, both sides: enrol, seal, take in, acknowledge; and the whole of it in the demo."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from antq_desktop.runtime.resources import RESOURCES

if TYPE_CHECKING:
    from tests.postgres_server import Server

Antq = Callable[..., Any]


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "usb"
    folder.mkdir()
    return folder


@pytest.fixture
def enrolled(antq: Antq, filled: Path, upper: Path, stick: Path) -> Path:
    """Return the stick after both sides know each other."""
    request = antq("enrol", "request", "--out", stick / "enrol.antq", "--json", "--data", filled).json
    wrong = "00000-00000" if not request["check_number"].startswith("00000") else "11111-11111"
    refused = antq("receiving", "enrol", request["file"], "--check-number", wrong, "--data", upper)
    assert (refused.code, refused.out) in {(2, ""), (3, "")}
    trust = antq(
        "receiving", "enrol", request["file"], "--check-number", request["check_number"], "--to", stick, "--json",
        "--data", upper,
    )  # fmt: skip
    assert (trust.code, trust.json["unit"]) == (0, "04978"), trust.err
    taken = antq("ack", trust.json["trust"], "--json", "--data", filled)
    assert taken.code == 0, taken.err
    return stick


def test_a_receiving_unit_is_made_and_tells_its_keys_once(antq: Antq, tmp_path: Path) -> None:
    folder = tmp_path / "upper"
    made = antq("receiving", "init", "--name", "Công an tỉnh Phú Thọ", "--json", "--data", folder)
    assert (made.code, made.json) == (0, {"data": str(folder)})
    assert made.err.count("chỉ hiện lần này") == 2
    assert antq("receiving", "status", "--json", "--data", folder).json["communes"] == []


def test_the_way_of_a_bundle_there_and_back(antq: Antq, filled: Path, upper: Path, enrolled: Path) -> None:
    sent = antq("send", "--to", enrolled, "--slip", enrolled / "slip.pdf", "--json", "--data", filled)
    assert sent.code == 0, sent.err
    assert (sent.json["seq_from"], sent.json["count"]) == (1, sent.json["seq_to"])
    assert (enrolled / "slip.pdf").read_bytes().startswith(b"%PDF-")

    label = antq("bundle", "inspect", sent.json["path"], "--json")
    assert (label.code, label.json["sha256"]) == (0, sent.json["sha256"])

    received = antq("receiving", "receive", sent.json["path"], "--json", "--data", upper)
    (verdict,) = received.json["bundles"]
    assert list(verdict) == [
        "file", "bundle_id", "verdict", "code", "seq_from", "seq_to", "new_events", "set_aside_count", "set_aside",
    ]  # fmt: skip
    assert (received.code, verdict["verdict"], verdict["bundle_id"]) == (0, "taken", sent.json["bundle_id"])
    assert (verdict["new_events"], verdict["set_aside"]) == (sent.json["count"], [])
    again = antq("receiving", "receive", sent.json["path"], "--json", "--data", upper)
    assert [(one["verdict"], one["new_events"]) for one in again.json["bundles"]] == [("known", 0)]

    status = antq("receiving", "status", "--json", "--data", upper)
    (commune,) = status.json["communes"]
    assert (status.code, commune["unit_code"], commune["last_seq"]) == (0, "04978", sent.json["seq_to"])
    acknowledged = antq("receiving", "ack", "--unit", "04978", "--to", enrolled, "--json", "--data", upper)
    taken = antq("ack", acknowledged.json["file"], "--json", "--data", filled)
    assert (taken.code, taken.json["last_seq"], taken.json["waiting"]) == (0, sent.json["seq_to"], 0)


def test_sending_everything_says_that_it_waits_again(
    antq: Antq, filled: Path, upper: Path, enrolled: Path
) -> None:
    first = antq("send", "--to", enrolled, "--json", "--data", filled).json
    antq("receiving", "receive", first["path"], "--data", upper)
    answer = antq("receiving", "ack", "--unit", "04978", "--to", enrolled, "--json", "--data", upper)
    assert antq("ack", answer.json["file"], "--data", filled).code == 0
    told = antq("send", "--all", "--to", enrolled, "--data", filled)
    assert "Toàn bộ được tính là chưa xác nhận" in told.out
    assert "chưa xác nhận" not in antq("send", "--to", enrolled, "--data", filled).out


def test_a_catalogue_goes_down_and_is_told(
    antq: Antq, filled: Path, upper: Path, enrolled: Path, tmp_path: Path
) -> None:
    shipped = (RESOURCES / "catalogues" / "tt124-2021-dieu4.toml").read_text(encoding="utf-8")
    file = tmp_path / "tiêu chí.toml"
    file.write_text(shipped.replace('version = "2"', 'version = "2-tinh"', 1), encoding="utf-8")
    group = ("receiving", "catalogue")
    checked = antq(*group, "check", file, "--json", "--data", upper)
    assert (checked.code, checked.json["kind"], checked.json["is_issued"]) == (0, "criteria", False)
    assert antq(*group, "--data", upper).code == 2
    assert antq(*group, "--to", enrolled, "--data", upper).code == 2
    issued = antq(*group, "issue", file, "--json", "--data", upper)
    assert (issued.code, issued.json["sha256"]) == (0, checked.json["sha256"])
    assert antq(*group, "issue", file, "--data", upper).code == 1
    assert antq(*group, "list", "--json", "--data", upper).json == {"catalogues": [issued.json]}
    written = antq(*group, "--to", enrolled, "--json", "--data", upper)
    (path,) = written.json["files"]
    taken = antq("ack", path, "--json", "--data", filled)
    assert (taken.code, taken.json["kind"], taken.json["code"]) == (0, "catalogue", "catalogues-taken")
    assert len(taken.json["catalogues"]) == 1
    assert antq("ack", path, "--json", "--data", filled).json["code"] == "catalogues-known"
    faulty = tmp_path / "hỏng.toml"
    faulty.write_text(shipped.replace("schema = 1", "schema = x", 1), encoding="utf-8")
    refused = antq(*group, "issue", faulty, "--data", upper)
    assert (refused.code, refused.out, "dòng 4" in refused.err) == (2, "", True)


def test_a_bundle_with_a_turned_bit_is_refused(antq: Antq, filled: Path, upper: Path, enrolled: Path) -> None:
    path = Path(antq("send", "--to", enrolled, "--json", "--data", filled).json["path"])
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    received = antq("receiving", "receive", path, "--json", "--data", upper)
    assert received.code == 3
    assert [one["verdict"] for one in received.json["bundles"]] == ["refused"]


def test_before_both_know_each_other_nothing_is_sealed(antq: Antq, filled: Path, stick: Path) -> None:
    answer = antq("send", "--to", stick, "--json", "--data", filled)
    assert (answer.code, answer.out) in {(2, ""), (3, "")}
    assert answer.err.count("\n") == 1
    assert list(stick.iterdir()) == []


def test_files_that_are_no_sealed_files(antq: Antq, filled: Path, upper: Path, stick: Path) -> None:
    (stick / "thu.txt").write_text("không phải gói", encoding="utf-8")
    inspected = antq("bundle", "inspect", stick / "thu.txt", "--json")
    assert inspected.code in {2, 3}
    assert inspected.out == ""
    taken = antq("ack", stick / "thu.txt", "--json", "--data", filled)
    assert taken.code in {2, 3}
    received = antq("receiving", "receive", stick / "thu.txt", "--json", "--data", upper)
    assert received.code in {2, 3}
    assert [one["verdict"] for one in received.json["bundles"]] == ["refused"]


def test_a_receiving_unit_on_a_server(antq: Antq, postgres: "Server", tmp_path: Path) -> None:
    folder, address = tmp_path / "upper", postgres.make_database()
    init = ("receiving", "init", "--name", "Công an tỉnh Phú Thọ", "--database")
    made = antq(*init, address, "--json", "--data", folder)
    assert (made.code, made.json) == (0, {"data": str(folder)}), made.err
    there = {path.name for path in folder.iterdir()}
    assert ({"antq.key", "antq.server"} <= there, "antq.db" in there) == (True, False)
    assert address not in (folder / "antq.server").read_text("ascii")
    for words in (("find", "hoa"), ("backup", "--to", tmp_path)):
        said = antq(*words, "--data", folder)
        assert (said.code, "máy chủ" in said.err) == (2, True)
    assert antq("receiving", "status", "--json", "--data", folder).json == {
        "in_doubt": False,
        "communes": [],
    }
    backup = antq("backup", "--to", tmp_path, "--data", folder)
    assert (backup.code, "pg_dump" in backup.err) == (2, True)
    again = antq(*init, address, "--data", tmp_path / "other")
    assert (again.code, "đã chứa dữ liệu" in again.err) == (2, True)
    assert not any(path.is_file() for path in (tmp_path / "other").iterdir() if path.name != "antq.lock")
    assert antq("receiving", "status", "--json", "--data", folder).code == 0


def test_a_database_that_is_none_leaves_nothing_behind(antq: Antq, tmp_path: Path) -> None:
    folder = tmp_path / "upper"
    for address, code in (
        ("mysql://antq:geheim@server/antq", 2),
        (f"postgresql+psycopg://antq@/antq?host={tmp_path}", 4),
    ):
        made = antq("receiving", "init", "--name", "X", "--database", address, "--data", folder)
        assert (made.code, made.out, "geheim" in made.err) == (code, "", False)
        assert [path.name for path in folder.iterdir()] == ["antq.lock"]


def test_the_demo_makes_all_it_names(antq: Antq, tmp_path: Path) -> None:
    out = tmp_path / "demo"
    answer = antq("demo", "--out", out, "--json")
    assert answer.code == 0, answer.err
    made = answer.json
    paths = (
        "commune_data", "receiving_data", "enrol_request", "trust", "bundle", "ack", "commitment_pdf",
        "assessment_pdf", "certificate_pdf", "report_pdf", "report_xlsx",
    )  # fmt: skip
    assert [name for name in paths if not Path(made[name]).exists()] == []
    assert made["households"] >= 400
    assert 0 < made["commitments_signed"] < made["households"]
    # Residential areas, an agency, a school and the commune; the primary school is left out.
    assert made["units_assessed"] >= 4
    assert 3 <= made["units_recognised"] < made["units_assessed"]
    assert made["commune_result"] == "not_met"  # fewer than 70 of a hundred units are recognised
    assert made["undelivered"] == 0
    assert made["seconds"] < 60

    for side in ("commune_data", "receiving_data"):
        checked = antq(
            "certificate", "verify", "--file", made["certificate_pdf"], "--json", "--data", made[side]
        )
        assert checked.code == 0, checked.err
        assert {each["state"] for each in checked.json["certificates"]} == {"valid"}
    told = antq("certificate", "verify", "ANTQ1:ABC", "--data", made["commune_data"])
    assert (told.code, told.out.count("\n")) == (3, 1)

    refused = antq("demo", "--out", out, "--json")
    assert (refused.code, refused.out) == (2, "")
    assert "--force" in refused.err


def test_forcing_the_demo_never_empties_a_strangers_folder(antq: Antq, tmp_path: Path) -> None:
    (tmp_path / "ảnh gia đình").mkdir()
    (tmp_path / "stick").mkdir()
    answer = antq("demo", "--out", tmp_path, "--force")
    assert (answer.code, answer.out) == (2, "")
    assert "ảnh gia đình" in answer.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["stick", "ảnh gia đình"]


def test_smoke(antq: Antq) -> None:
    answer = antq("smoke", "--json")
    assert answer.code == 0
    assert json.loads(answer.out)["certificate_pages"] == 1
