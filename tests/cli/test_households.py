"""Lists by the command line: the dry run's contract, the import's results, and files that are no lists."""

import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from xlwt import CompoundDoc

Antq = Callable[..., Any]
SAMPLES = Path(__file__).parents[2] / "resources" / "samples"
FIELDS = ("line", "head", "birth", "citizen_id", "hamlet", "members", "phone", "signed")


@pytest.mark.parametrize(
    "name", ["thon-ban-lac.xls", "xom-muong-voi.csv", "dong-hoa-sim-trong.xlsx", "khu-nam-thuong.xls"]
)
def test_a_dry_run_says_what_a_sample_holds(antq: Antq, name: str) -> None:
    truth = json.loads((SAMPLES / "truth.json").read_text(encoding="utf-8"))[name]
    answer = antq("households", "import", SAMPLES / name, "--dry-run", "--json")
    said = answer.json
    assert answer.code == (1 if truth["faults"] else 0)
    assert list(said) == ["file", "encoding", "rows", "faults", "warnings"]
    assert (said["file"], said["encoding"], said["rows"]) == (
        str(SAMPLES / name),
        truth["encoding"],
        truth["rows"],
    )
    assert [{"line": f["line"], "field": f["field"]} for f in said["faults"]] == truth["faults"]


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("ho-dan-unicode.xlsx", "unicode"),
        ("ho-dan-tcvn3.xls", "tcvn3"),
        ("ho-dan-vni.xls", "vni"),
        ("ho-dan-nfd.csv", "unicode"),
    ],
)
def test_a_dry_run_says_what_the_communes_files_hold(
    antq: Antq, shared_folder: Path, name: str, encoding: str
) -> None:
    folder = shared_folder / "data" / "spreadsheets"
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    faults = truth.get(f"{name}:faults", [])
    answer = antq("households", "import", folder / name, "--dry-run", "--json")
    said = answer.json
    assert (answer.code, said["encoding"]) == (1 if faults else 0, encoding)
    assert all(tuple(row) == FIELDS for row in said["rows"])
    assert [{field: row[field] for field in FIELDS[1:]} for row in said["rows"]] == truth[name]
    assert [(f["line"], f["field"]) for f in said["faults"]] == [(f["line"], f["field"]) for f in faults]
    assert all(set(f) == {"line", "field", "why"} for f in (*said["faults"], *said["warnings"]))
    assert all(f["why"] and "{" not in f["why"] for f in (*said["faults"], *said["warnings"]))


def test_a_dry_run_for_people_is_vietnamese(antq: Antq, tmp_path: Path) -> None:
    path = tmp_path / "ds.csv"
    path.write_text(
        "STT,Họ tên,Ngày sinh,Thôn\n1,Bùi Văn An,31/02/1980,Lác\n2,Hà Thị Bé,1975,Lác\n", encoding="utf-8"
    )
    answer = antq("households", "import", path, "--dry-run")
    assert (answer.code, answer.err) == (1, "")
    first, *findings = answer.out.splitlines()
    assert first.startswith(f"ds.csv: 1 hộ, 1 lỗi, {len(findings) - 1} ")
    assert [finding[:8] for finding in findings] == ["Dòng 1: ", "Dòng 2: "]


def test_an_import_tells_what_became_of_each_row(antq: Antq, data: Path, households: Path) -> None:
    first = antq("households", "import", households, "--json", "--data", data)
    said = first.json
    assert (first.code, said["added"], said["unchanged"]) == (0, 2, 0)
    assert said["rows"] == [{"line": 2, "result": "new", "why": ""}, {"line": 3, "result": "new", "why": ""}]
    again = antq("households", "import", households, "--json", "--data", data)
    assert (again.code, again.json["unchanged"], again.json["run"]) == (0, 2, None)
    plain = antq("households", "import", households, "--data", data)
    assert plain.out.splitlines()[-1] == "Tệp không có gì mới; không có gì thay đổi."


def test_doubts_and_faults_are_exit_1_with_their_reason(antq: Antq, filled: Path, tmp_path: Path) -> None:
    path = tmp_path / "b.csv"
    head = (tmp_path / "danh-sach.csv").read_text(encoding="utf-8").splitlines()[0]
    soon = date.today().year + 1
    rows = ["1,Bùi Văn An,,,Bản Lác,6,,", f"2,Lê Thị Cúc,1990,,Bản Lác,2,,31/12/{soon}"]
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    answer = antq("households", "import", path, "--json", "--data", filled)
    assert (answer.code, answer.json["doubtful"], answer.json["faults"]) == (1, 1, 1)
    assert [row["why"] for row in answer.json["rows"]] == [
        "Trùng tên trong cùng khu dân cư; thiếu ngày sinh nên chưa phân biệt được.",
        f"Ngày ký 31/12/{soon} chưa đến.",
    ]
    again = antq("households", "import", path, "--data", filled)
    assert "Dòng 2: Trùng tên trong cùng khu dân cư; thiếu ngày sinh nên chưa phân biệt được.\n" in again.out


@pytest.mark.parametrize(
    ("switches", "results"),
    [
        ([], ["changed", "new"]),
        (["--update", "--append"], ["changed", "new"]),
        (["--update"], ["changed", "left_out"]),
        (["--append"], ["left_out", "new"]),
    ],
)
def test_update_and_append_are_two_switches(
    antq: Antq, filled: Path, tmp_path: Path, switches: list[str], results: list[str]
) -> None:
    path = tmp_path / "b.csv"
    head, an, _be = (tmp_path / "danh-sach.csv").read_text(encoding="utf-8").splitlines()
    path.write_text(
        "\n".join([head, an.replace(",4,", ",7,"), "2,Lê Cúc,1990,,Bản Lác,2,,"]), encoding="utf-8"
    )
    answer = antq("households", "import", path, "--json", "--data", filled, *switches)
    assert [row["result"] for row in answer.json["rows"]] == results


def test_households_are_found_without_tone_marks(antq: Antq, filled: Path) -> None:
    answer = antq("households", "find", "ha thi be", "--json", "--data", filled)
    (row,) = answer.json
    assert (row["head"], row["area_name"], row["commitment_state"]) == ("Hà Thị Bé", "Bản Lác", None)
    assert antq("households", "find", "025080000001", "--data", filled).out.startswith(
        "Bùi Văn An · 12/03/1980"
    )
    assert antq("households", "find", "không ai", "--json", "--data", filled).json == []


def empty_workbook() -> bytes:
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    return stream.getvalue()


def locked_workbook() -> bytes:
    """Return what Excel makes of a workbook with a password: an OLE file that holds the sealed package."""
    stream = io.BytesIO()
    CompoundDoc.XlsDoc().save(stream, bytes(8_000))
    names = ["Workbook\0".encode("utf-16-le"), "EncryptedPackage\0".encode("utf-16-le")]
    raw = stream.getvalue()
    at = raw.index(names[0])
    entry = names[1].ljust(64, b"\0") + len(names[1]).to_bytes(2, "little")
    return raw[:at] + entry + raw[at + len(entry) :]


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (b"%PDF-1.7\n" + bytes(range(256)) * 8, 2, "«f.xlsx»"),
        (locked_workbook(), 2, "mật khẩu"),
        (empty_workbook(), 2, "«f.xlsx»"),
        (b"", 2, "«f.xlsx»"),
        (b"PK\x03\x04 cut off", 2, "«f.xlsx»"),
        ("Ghi chú,Số tiền\ntiền điện,20\n".encode(), 2, "«f.xlsx»"),
        (None, 4, "«f.xlsx»"),
    ],
)
@pytest.mark.parametrize("dry", [True, False])
def test_a_file_that_is_no_list_is_one_sentence(
    antq: Antq, data: Path, tmp_path: Path, *, content: bytes | None, code: int, said: str, dry: bool
) -> None:
    path = tmp_path / "f.xlsx"
    if content is not None:
        path.write_bytes(content)
    answer = antq("households", "import", path, "--json", "--data", data, *(["--dry-run"] if dry else []))
    assert (answer.code, answer.out) == (code, "")
    assert said in answer.err
    assert answer.err.count("\n") == 1
    assert antq("households", "find", "", "--json", "--data", data).json == []


def test_a_day_of_birth_is_written_as_people_do(antq: Antq, filled: Path) -> None:
    assert "Bùi Văn An · 12/03/1980 · " in antq("households", "find", "bui van an", "--data", filled).out


def test_a_household_is_added_shown_and_changed(antq: Antq, filled: Path) -> None:
    added = antq(
        "households", "add", "--head", "  Lê  Văn Cả ", "--area", "ban lac", "--birth", "5/3/1970", "--members", 5,
        "--citizen-id", "025070000009", "--json", "--data", filled,
    )  # fmt: skip
    assert (added.code, added.err) == (0, "")
    key = added.json["id"]
    changed = antq("households", "change", key, "--members", 6, "--note", "Nhà mới", "--data", filled)
    assert (changed.code, changed.err) == (0, "")
    shown = antq("households", "show", key, "--json", "--data", filled).json
    assert {name: shown[name] for name in ("head", "birth", "members", "note", "phone", "residence")} == {
        "head": "Lê Văn Cả", "birth": "1970-03-05", "members": 6, "note": "Nhà mới", "phone": None, "residence": "living",
    }  # fmt: skip
    assert antq("households", "show", key, "--data", filled).out.splitlines() == [
        "Khu dân cư: Bản Lác",
        "Chủ hộ: Lê Văn Cả",
        "Ngày sinh: 05/03/1970",
        "Số định danh: 025070000009",
        "Thành viên: 6",
        "Cư trú: đang cư trú",
        "Ghi chú: Nhà mới",
    ]
    assert antq("households", "change", key, "--note", "", "--data", filled).code == 0
    assert antq("households", "show", key, "--json", "--data", filled).json["note"] == ""


def test_households_that_moved_away_keep_their_day_and_their_papers(antq: Antq, filled: Path) -> None:
    keys = {row["head"]: row["id"] for row in antq("households", "list", "--json", "--data", filled).json}
    an, be = keys["Bùi Văn An"], keys["Hà Thị Bé"]
    first = antq("households", "moved", be, "--on", "01/02/2024", "--json", "--data", filled)
    assert first.json == {"moved": [be], "on": "2024-02-01"}
    both = antq("households", "moved", an, be, an, "--on", "01/03/2024", "--data", filled)
    assert (both.code, both.out) == (0, "Ghi 1 hộ là đã chuyển đi ngày 01/03/2024.\n")
    again = antq("households", "moved", an, "--on", "02/03/2024", "--data", filled)
    assert (again.code, again.out) == (0, "Các hộ đã chọn đều đã chuyển đi từ trước.\n")
    listed = ("households", "list", "--json", "--data", filled)
    assert antq(*listed).json == []
    gone = antq(*listed, "--residence", "moved_away").json
    assert [(row["head"], row["commitment_state"]) for row in gone] == [
        ("Bùi Văn An", "signed"),
        ("Hà Thị Bé", None),
    ]
    days = [antq("households", "show", key, "--json", "--data", filled).json["moved_on"] for key in (an, be)]
    assert days == ["2024-03-01", "2024-02-01"]
    assert antq("households", "change", be, "--residence", "living", "--data", filled).code == 0
    assert [row["head"] for row in antq(*listed, "--area", "ban lac").json] == ["Hà Thị Bé"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["add", "--head", " ", "--area", "ban lac"], "Chủ hộ: Hộ chưa có tên chủ hộ."),
        (["add", "--head", "Lê Ba", "--area", "nowhere"], "Không có khu dân cư nào tên là «nowhere»."),
        (["add", "--head", "Lê Ba"], "còn thiếu --area"),
        (["add", "--head", "Lê Ba", "--area", "ban lac", "--birth", "31/02/1980"], "«31/02/1980» không phải ngày"),
        (["add", "--head", "Lê Ba", "--area", "ban lac", "--birth", "xưa"], "Ngày sinh: «xưa»"),
        (["add", "--head", "Lê Ba", "--area", "ban lac", "--members", "0"], "Thành viên: Một hộ có ít nhất một người"),
        (["change", "la", "--head", "Lê Ba"], "«la»"),
        (["show", "la"], "«la»"),
        (["delete", "la", "--reason", "Nhập hai lần"], "«la»"),
        (["delete", "AN"], "còn thiếu --reason"),
        (["delete", "AN", "--reason", " "], "Cần ghi lý do."),
        (["moved", "AN", "la", "--on", "01/03/2024"], "«la»"),
        (["moved", "AN", "--on", "01/03/2990"], "Ngày chuyển đi chưa đến."),
        (["change", "AN", "--moved-on", "01/03/2024"], "Hộ đang cư trú thì không có ngày chuyển đi."),
    ],
)  # fmt: skip
def test_a_household_that_cannot_be_is_one_sentence_and_changes_nothing(
    antq: Antq, filled: Path, words: list[str], said: str
) -> None:
    listed = ("households", "list", "--residence", "all", "--json", "--data", filled)
    before = antq(*listed).json
    key = next(row["id"] for row in before if row["head"] == "Bùi Văn An")
    refused = antq("households", *(key if word == "AN" else word for word in words), "--data", filled)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.count("\n") == 1
    assert said in refused.err
    assert antq(*listed).json == before


def test_a_household_entered_by_mistake_is_removed_with_a_reason(antq: Antq, filled: Path) -> None:
    keys = {row["head"]: row["id"] for row in antq("households", "list", "--json", "--data", filled).json}
    an, be = keys["Bùi Văn An"], keys["Hà Thị Bé"]
    gone = antq("households", "delete", be, "--reason", "Nhập hai lần", "--json", "--data", filled)
    assert (gone.code, gone.json) == (0, {"id": be})
    again = antq("households", "delete", be, "--reason", "Nhập hai lần", "--data", filled)
    assert (again.code, again.out) == (2, "")
    signed = antq("households", "delete", an, "--reason", "Nhập hai lần", "--data", filled)
    assert (signed.code, signed.out) == (2, "")
    assert "đang ghi là «đã ký»" in signed.err
    listed = antq("households", "list", "--residence", "all", "--json", "--data", filled).json
    assert [row["id"] for row in listed] == [an]


def test_an_odd_citizen_id_is_told_and_kept(antq: Antq, filled: Path) -> None:
    done = antq(
        "households", "add", "--head", "Lê Ba", "--area", "ban lac", "--citizen-id", "123", "--data", filled
    )
    assert (done.code, done.err) == (0, "Số định danh có 12 chữ số, số CMND cũ có 9. Kiểm tra lại.\n")
