"""A workspace by the command line: made, backed up, taken back, checked, and asked about a person."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from antq_desktop.bootstrap import open_workspace

Antq = Callable[..., Any]
PASSPHRASE = "cây đa bến nước 04978"


def test_a_commune_is_made_with_its_names_and_a_recovery_key(antq: Antq, tmp_path: Path) -> None:
    folder = tmp_path / "mới"
    answer = antq(
        "init", "--commune", "04978", "--year", "2024", "--officer", "Bùi Văn An", "--json", "--data", folder
    )
    assert (answer.code, answer.json) == (0, {"data": str(folder)})
    assert answer.err.startswith("Khóa khôi phục, chỉ hiện lần này; chép lại và cất kỹ: ")
    application = open_workspace(folder, PASSPHRASE)
    try:
        assert application.session.user == "Bùi Văn An"
        settings = application.settings.all()
    finally:
        application.close()
    assert (settings["commune"]["name"], settings["working_year"]) == ("Xã Kim Bôi", 2024)
    assert (settings["agency.name"], settings["place"]) == ("CÔNG AN XÃ KIM BÔI", "Kim Bôi")
    assert settings["signer_post"] == "TRƯỞNG CÔNG AN XÃ"

    again = antq("init", "--commune", "04978", "--data", folder)
    assert (again.code, again.out) == (2, "")
    assert "đã có dữ liệu" in again.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--commune", "99999"], "99999"),
        (["--commune", "04978", "--year", "1999"], "1999"),
    ],
)
def test_what_cannot_be_made_leaves_nothing(antq: Antq, tmp_path: Path, words: list[str], said: str) -> None:
    answer = antq("init", *words, "--data", tmp_path / "mới")
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
    assert not (tmp_path / "mới" / "antq.key").exists()


def test_a_short_passphrase_is_refused(antq: Antq, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTQ_PASSPHRASE", "ngắn")
    answer = antq("init", "--commune", "04978", "--data", tmp_path / "mới")
    assert (answer.code, answer.out) == (2, "")


def test_a_backup_is_taken_back_elsewhere(antq: Antq, filled: Path, tmp_path: Path) -> None:
    made = antq("backup", "--to", tmp_path / "usb", "--json", "--data", filled)
    file = Path(made.json["file"])
    assert (made.code, file.parent) == (0, tmp_path / "usb")
    back = antq("restore", file, "--json", "--data", tmp_path / "back")
    assert (back.code, back.json) == (0, {"data": str(tmp_path / "back")})
    assert len(antq("households", "find", "", "--json", "--data", tmp_path / "back").json) == 2
    assert antq("restore", file, "--data", filled).code == 2


def test_backups_that_cannot_be(antq: Antq, filled: Path, tmp_path: Path) -> None:
    (tmp_path / "usb").write_bytes(b"a file in the way")
    answer = antq("backup", "--to", tmp_path / "usb", "--json", "--data", filled)
    assert (answer.code, answer.out) == (4, "")
    assert answer.err.count("\n") == 1
    for name in ("không có", "usb"):
        wrong = antq("restore", tmp_path / name, "--data", tmp_path / "back")
        assert (wrong.code, wrong.out) == (2, "")
        assert f"«{name}» không phải bản sao lưu" in wrong.err
    assert not (tmp_path / "back" / "antq.key").exists()


def test_check_says_whether_a_log_was_changed_by_hand(antq: Antq, filled: Path) -> None:
    whole = antq("check", "--json", "--data", filled)
    assert (whole.code, whole.json["journal"], whole.json["outbox"]) == (0, None, None)
    by_catalogue = whole.json["catalogues"]
    assert by_catalogue["tt124-2021-dieu7"] == {"seen": 0, "press": 5, "inferred": 0, "unknown": 1}
    assert len(by_catalogue) == 7
    assert whole.json["criteria"] == {
        status: sum(counts[status] for counts in by_catalogue.values())
        for status in ("seen", "press", "inferred", "unknown")
    }
    assert "tt124-2021-dieu7: đã thấy văn bản 0 (0 %), " in antq("check", "--data", filled).out

    application = open_workspace(filled, PASSPHRASE)
    try:
        with application.intake._store.writing("x") as work:
            work.connection.exec_driver_sql("DROP TRIGGER journal_no_update")
            work.connection.exec_driver_sql("UPDATE journal SET user = 'kẻ khác' WHERE id = 3")
            work.commit()
    finally:
        application.close()
    broken = antq("check", "--json", "--data", filled)
    assert (broken.code, broken.json["journal"]) == (1, 3)
    assert "dòng nhật ký 3" in antq("check", "--data", filled).out


def test_all_that_is_held_on_a_person(antq: Antq, filled: Path) -> None:
    answer = antq("person", "find", "--citizen-id", "025080000001", "--json", "--data", filled)
    said = answer.json
    assert (answer.code, said["citizen_id"]) == (0, "025080000001")
    assert [(home["head"], home["phone"]) for home in said["households"]] == [("Bùi Văn An", "0912345678")]
    assert said["commitments"] == [{"year": 2024, "state": "signed", "signed_on": "2024-02-05"}]
    assert [(row["row"]["head"], row["result"]) for row in said["imported"]] == [("Bùi Văn An", "new")]
    assert {line["action"] for line in said["journal"]} == {"imported"}
    nobody = antq("person", "find", "--citizen-id", "000000000000", "--json", "--data", filled)
    assert (nobody.code, nobody.json["households"]) == (0, [])
