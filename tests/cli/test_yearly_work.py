"""The work of a year by the command line: papers recorded, models kept, an area assessed, recognised and printed."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from antq_desktop.bootstrap import open_workspace
from antq_desktop.domain.criteria import Item, parse
from antq_desktop.domain.rules import AtLeast, AtMost, Expected, Present, ShareAtLeast, Within
from antq_desktop.runtime.catalogue_files import read_shipped

Antq = Callable[..., Any]
PASSPHRASE = "cây đa bến nước 04978"


def answer_line(item: Item) -> str:
    match item.rule:
        case Expected():
            return f"{item.id} = {str(item.rule.yes).lower()}"
        case Within():
            return f'{item.id} = {{ value = 2024-02-05, evidence = "Sổ đăng ký" }}'
        case AtLeast(count) | AtMost(count):
            return f'{item.id} = {{ value = {count}, reason = "Theo sổ giấy" }}'
        case Present():
            return f'{item.id} = "12/QC"'
        case ShareAtLeast():
            return f'{item.id} = {{ value = "2/2", reason = "Theo sổ giấy" }}'


def write_answers(path: Path, catalogue: str = "tt124-2021-dieu4") -> Path:
    """Write a file in which every item of the criteria is answered as it must be."""
    items = read_shipped(catalogue, parse).items
    path.write_text("\n".join(answer_line(item) for item in items), encoding="utf-8")
    return path


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    return write_answers(tmp_path / "answers.toml")


@pytest.fixture
def certificate(antq: Antq, filled: Path, answers: Path) -> str:
    """Return the id of a certificate of Bản Lác."""
    assessed = antq(
        "assess", "ban lac", "--answers", answers, "--finish-on", "2024-11-05", "--json", "--data", filled
    )
    assert (assessed.code, assessed.json["result"]) == (0, "met"), assessed.err
    recognised = antq(
        "recognise", "Bản Lác", "--decision", "412/QĐ-UBND", "--on", "18/11/2024",
        "--signer", "Đinh Công Thắng", "--json", "--data", filled,
    )  # fmt: skip
    assert recognised.code == 1, recognised.err  # done, with what the recorded year lacks
    assert recognised.json["warnings"]
    assert all(doubt in recognised.err for doubt in recognised.json["warnings"])
    assert recognised.json["number"] == "01/GCN"
    return str(recognised.json["certificate"])


def household(antq: Antq, data: Path, name: str) -> str:
    return str(antq("households", "find", name, "--json", "--data", data).json[0]["id"])


def test_a_paper_is_recorded_and_counted(antq: Antq, filled: Path, tmp_path: Path) -> None:
    scan = tmp_path / "quet.pdf"
    scan.write_bytes(b"%PDF-1.7 scan")
    key = household(antq, filled, "ha thi be")
    done = antq(
        "commitments", "record", "--household", key, "--state", "signed", "--signed-on", "14/03/2024",
        "--signed-by", "Hà Văn Con", "--paper", scan, "--json", "--data", filled,
    )  # fmt: skip
    assert (done.code, done.json["state"], done.json["signed_by"]) == (0, "signed", "Hà Văn Con")
    assert len(done.json["paper"]) == 64
    status = antq("commitments", "status", "--json", "--data", filled)
    assert status.json == [
        {
            "area": "Bản Lác",
            "households": 2,
            "signed": 2,
            "issued": 0,
            "absent": 0,
            "refused": 0,
            "not_issued": 0,
            "share": "100",
        }
    ]
    assert antq("commitments", "status", "--data", filled).out == "Bản Lác: 2/2 (100 %)\n"


def test_a_paper_that_cannot_be_recorded(antq: Antq, filled: Path) -> None:
    key = household(antq, filled, "ha thi be")
    unknown = antq("commitments", "record", "--household", "x", "--state", "issued", "--data", filled)
    undated = antq("commitments", "record", "--household", key, "--state", "signed", "--data", filled)
    odd = antq("commitments", "record", "--household", key, "--state", "lost", "--data", filled)
    assert [answer.code for answer in (unknown, undated, odd)] == [2, 2, 2]
    assert all(answer.out == "" and answer.err.count("\n") == 1 for answer in (unknown, undated, odd))


def test_a_model_and_its_activities(antq: Antq, filled: Path) -> None:
    words = ["--name", "Camera an ninh", "--kind", "camera-an-ninh", "--launched-on", "01/03/2024"]
    model = antq("models", "add", *words, "--area", "ban lac", "--sites", 6, "--json", "--data", filled).json[
        "id"
    ]
    (listed,) = antq("models", "list", "--text", "camera", "--json", "--data", filled).json
    assert (listed["id"], listed["area_name"], listed["sites"]) == (model, "Bản Lác", 6)
    done = antq(
        "activities", "add", "--model", model, "--kind", "tuan-tra", "--on", "2024-05-02",
        "--count", "ca=2", "--json", "--data", filled,
    )  # fmt: skip
    assert done.code == 0, done.err
    (activity,) = antq("activities", "list", "--model", model, "--json", "--data", filled).json
    assert (activity["on"], activity["quantities"]) == ("2024-05-02", {"ca": 2})
    assert antq("activities", "list", "--from", "03/05/2024", "--json", "--data", filled).json == []
    wrong = antq(
        "activities", "add", "--model", model, "--kind", "tuan-tra", "--on", "2024-05-02", "--count", "hai"
    )
    assert wrong.code == 2
    assert "buoi=2" in wrong.err
    nowhere = antq("models", "add", *words, "--area", "không có", "--data", filled)
    assert (nowhere.code, nowhere.out) == (2, "")


def test_what_is_not_answered_is_a_finding(antq: Antq, filled: Path) -> None:
    answer = antq("assess", "Bản Lác", "--json", "--data", filled)
    assert (answer.code, answer.json["result"]) == (1, None)
    assert "k1-dang-ky" in answer.json["unanswered"]
    unknown = antq("assess", "Bản Lạc", "--json", "--data", filled)
    assert (unknown.code, unknown.out) == (2, "")


@pytest.mark.parametrize("text", ["k1-dang-ky =", "k1-dang-ky = { worth = 1 }", None])
def test_answers_that_cannot_be_read(antq: Antq, filled: Path, tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "answers.toml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    answer = antq("assess", "Bản Lác", "--answers", path, "--data", filled)
    assert (answer.code, answer.out) == (2, "")
    assert "answers.toml" in answer.err
    assert "Errno" not in answer.err
    assert "__init__" not in answer.err


def test_recognition_needs_an_assessment_and_comes_once(antq: Antq, filled: Path) -> None:
    words = ["recognise", "Bản Lác", "--decision", "412/QĐ-UBND", "--on", "18/11/2024", "--data", filled]
    early = antq(*words)
    assert (early.code, early.out) == (2, "")
    assert early.err == "«Bản Lác» chưa có bản tự đánh giá năm 2024. Tự đánh giá trước, rồi công nhận.\n"


def test_from_the_answers_to_the_printed_certificate(
    antq: Antq, filled: Path, certificate: str, tmp_path: Path
) -> None:
    again = antq("recognise", "Bản Lác", "--decision", "413/QĐ-UBND", "--on", "18/11/2024", "--data", filled)
    assert (again.code, again.out) == (2, "")
    out = tmp_path / "giay.pdf"
    printed = antq("print", "certificate", "--for", certificate, "--out", out, "--json", "--data", filled)
    assert (printed.code, printed.json) == (
        0,
        {"file": str(out), "pages": 1, "records": 1, "failed": 0, "remarks": []},
    )
    assert out.read_bytes().startswith(b"%PDF-")
    refused = antq("print", "certificate", "--for", "all", "--out", out, "--data", filled)
    assert (refused.code, refused.out) == (2, "")
    reprinted = antq(
        "print", "certificate", "--for", "all", "--out", out, "--reason", "Bản trước bị ướt", "--data", filled
    )
    assert (reprinted.code, reprinted.out) == (0, f"{out}: 1 trang.\n")
    figures = antq("figures", "--json", "--data", filled).json
    assert (figures["areas_recognised"], figures["share_signed"]) == (1, {"part": 1, "whole": 2})
    assert "Số khu dân cư được công nhận: 1" in antq("figures", "--data", filled).out


def test_figures_name_what_activities_counted(antq: Antq, filled: Path) -> None:
    words = ["--name", "Camera an ninh", "--kind", "camera-an-ninh", "--json", "--data", filled]
    model = antq("models", "add", *words).json["id"]
    assert "Hoạt động theo loại: 0" in antq("figures", "--data", filled).out
    patrol = ["--kind", "tuan-tra", "--on", "2024-05-02", "--count", "ca=2", "--count", "luot-nguoi=9"]
    assert antq("activities", "add", "--model", model, *patrol, "--data", filled).code == 0
    said = antq("figures", "--data", filled).out
    assert "Hoạt động theo loại: Tuần tra 1\n" in said
    assert "ca 2, lượt người 9" in said


def test_kinds_are_listed_as_they_are_typed(antq: Antq, filled: Path) -> None:
    assert "camera-an-ninh · Camera" in antq("models", "kinds", "--data", filled).out
    patrol = next(
        kind
        for kind in antq("activities", "kinds", "--json", "--data", filled).json
        if kind["id"] == "tuan-tra"
    )
    assert patrol == {"id": "tuan-tra", "name": "Tuần tra", "units": {"ca": "ca", "luot-nguoi": "lượt người"}}
    assert (
        "tuan-tra · Tuần tra · ca (ca), luot-nguoi (lượt người)\n"
        in antq("activities", "kinds", "--data", filled).out
    )


def test_a_draft_is_filled_anew_before_it_is_finished(antq: Antq, filled: Path, answers: Path) -> None:
    text = answers.read_text(encoding="utf-8")
    kept = "\n".join(line for line in text.splitlines() if '"2/2"' not in line)
    answers.write_text(kept, encoding="utf-8")
    words = ["assess", "Bản Lác", "--json", "--data", filled]
    assert antq(*words, "--answers", answers).json["result"] == "not_met"
    paper = ["--household", household(antq, filled, "ha thi be"), "--state", "signed"]
    antq("commitments", "record", *paper, "--signed-on", "14/03/2024", "--data", filled)
    moved = antq(*words, "--finish-on", "2024-11-05")
    assert (moved.code, moved.out) == (2, "")
    done = antq(*words, "--refresh", "--finish-on", "2024-11-05")
    assert (done.code, done.json["result"]) == (0, "met"), done.err


def test_what_is_missing_is_named(antq: Antq, filled: Path, answers: Path) -> None:
    antq("assess", "Bản Lác", "--answers", answers, "--finish-on", "2024-11-05", "--data", filled)
    nobody = antq("recognise", "Bản Lác", "--decision", " ", "--on", "18/11/2024", "--data", filled)
    assert (nobody.code, nobody.out) == (2, "")
    assert "Số quyết định: " in nobody.err
    assert "Người ký: " in nobody.err


def test_forms_of_households_and_of_an_assessment(antq: Antq, filled: Path, tmp_path: Path) -> None:
    key = antq("assess", "Bản Lác", "--json", "--data", filled).json["id"]
    draft = antq(
        "print", "self-assessment", "--for", key, "--out", tmp_path / "a.pdf", "--json", "--data", filled
    )
    assert (draft.code, draft.json["records"]) == (0, 1)
    every = antq(
        "print",
        "household-commitment",
        "--for",
        "all",
        "--out",
        tmp_path / "b.pdf",
        "--json",
        "--data",
        filled,
    )
    assert (every.code, every.json["pages"]) == (0, 2)
    both = tmp_path / "d.pdf"
    whole = antq("print", "household-commitment", "--all", "--out", both, "--json", "--data", filled)
    assert (whole.code, whole.json["pages"]) == (0, 2)
    for words in ([], ["--all", "--for", "x"]):
        wrong = antq("print", "household-commitment", *words, "--out", both, "--data", filled)
        assert (wrong.code, wrong.out) == (2, "")
        assert "--for" in wrong.err
        assert "argument" not in wrong.err
    one = household(antq, filled, "bui van an")
    single = antq(
        "print", "household-commitment", "--for", one, "--out", tmp_path / "c.pdf", "--json", "--data", filled
    )
    assert (single.code, single.json["pages"]) == (0, 1)


@pytest.mark.parametrize("form", ["household-commitment", "self-assessment", "certificate"])
def test_what_is_not_kept_is_not_printed(antq: Antq, filled: Path, tmp_path: Path, form: str) -> None:
    answer = antq("print", form, "--for", "x", "--out", tmp_path / "a.pdf", "--data", filled)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("Không có gì mang số «x»") or "«x»" in answer.err
    assert not (tmp_path / "a.pdf").exists()


def test_a_paper_that_cannot_be_written_is_the_machines_failure(
    antq: Antq, filled: Path, tmp_path: Path
) -> None:
    (tmp_path / "usb").write_bytes(b"")
    out = tmp_path / "usb" / "a.pdf"
    answer = antq("print", "household-commitment", "--for", "all", "--out", out, "--json", "--data", filled)
    assert (answer.code, answer.out) == (4, "")


def test_the_report_of_a_year(antq: Antq, filled: Path, tmp_path: Path) -> None:
    for suffix, begins in ((".pdf", b"%PDF-"), (".xlsx", b"PK"), (".docx", b"PK")):
        out = (tmp_path / "báo cáo").with_suffix(suffix)
        answer = antq("report", "--period", "2024", "--out", out, "--json", "--data", filled)
        assert (answer.code, answer.json["file"], answer.json["state"]) == (0, str(out), "draft")
        assert out.read_bytes().startswith(begins)
    for words in (["2024-Q5", "a.pdf"], ["2024", "a.odt"], ["năm nay", "a.pdf"]):
        refused = antq("report", "--period", words[0], "--out", tmp_path / words[1], "--data", filled)
        assert (refused.code, refused.out) == (2, "")


@pytest.fixture
def school(antq: Antq, filled: Path) -> str:
    """Return the folder of a commune that also lists a school, a primary school and an enterprise of another commune."""
    application = open_workspace(filled, PASSPHRASE)
    for kind, name, category, managed in (
        ("school", "THCS Kim Bôi", "trung-hoc-co-so", True),
        ("school", "Trường Tiểu học Kim Bôi", "tieu-hoc", True),
        ("enterprise", "May Sơn Thủy", "lon", False),
    ):
        application.units.add(kind, name, category, managed=managed, valid_from=date(2020, 1, 1))  # type: ignore[arg-type] # kinds as they are typed
    application.close()
    return "THCS Kim Bôi"


def test_a_unit_of_any_kind_is_assessed(antq: Antq, filled: Path, school: str, tmp_path: Path) -> None:
    at_end = ["--finish-on", "2024-11-17", "--json", "--data", filled]
    file = write_answers(tmp_path / "truong.toml", "tt124-2021-dieu7")
    done = antq("assess", "thcs kim boi", "--answers", file, *at_end)
    assert (done.code, done.json["result"]) == (0, "met"), done.err
    file = write_answers(tmp_path / "xa.toml", "tt124-2021-dieu5")
    done = antq("assess", "04978", "--kind", "commune", "--answers", file, *at_end)
    assert (done.code, done.json["result"]) == (0, "met"), done.err
    wrong = antq("assess", school, "--kind", "agency", "--data", filled)
    assert (wrong.code, wrong.out) == (2, "")


def test_units_that_the_circular_leaves_out_are_refused_with_the_reason(
    antq: Antq, filled: Path, school: str
) -> None:
    primary = antq("assess", "Trường Tiểu học Kim Bôi", "--data", filled)
    assert (primary.code, primary.out) == (2, "")
    assert "Điều 1 khoản 2" in primary.err
    foreign = antq("assess", "May Sơn Thủy", "--data", filled)
    assert (foreign.code, foreign.out) == (2, "")
    assert "Điều 10 khoản 1" in foreign.err


def test_many_units_are_recognised_by_one_command(
    antq: Antq, filled: Path, answers: Path, school: str, tmp_path: Path
) -> None:
    finish = ["--finish-on", "2024-11-17", "--data", filled]
    for unit, file in (
        ("Bản Lác", answers),
        (school, write_answers(tmp_path / "truong.toml", "tt124-2021-dieu7")),
        ("Xã Kim Bôi", write_answers(tmp_path / "xa.toml", "tt124-2021-dieu5")),
    ):
        assert antq("assess", unit, "--answers", file, *finish).code == 0
    words = ["recognise", "--decision", "412/QĐ-UBND", "--on", "18/11/2024", "--signer", "Đinh Công Thắng"]
    for named in ([], [school, "--all"]):
        wrong = antq(*words, *named, "--data", filled)
        assert (wrong.code, wrong.out) == (2, "")
        assert "--all" in wrong.err

    done = antq(*words, "--all", "--json", "--data", filled)
    assert done.code == 1, done.err
    assert done.err.count("Hồ sơ còn thiếu: ") == 3
    told = [(line["unit"], line["number"], line["why"]) for line in done.json["units"]]
    assert told == [("Bản Lác", "01/GCN", ""), (school, "02/GCN", ""), ("Xã Kim Bôi", None, "")]
    again = antq(*words, school, "Bản Lác", "--json", "--data", filled)
    assert again.code == 1
    assert all(line["number"] is None and "412/QĐ-UBND" in line["why"] for line in again.json["units"])
    none_left = antq(*words, "--all", "--json", "--data", filled)
    assert (none_left.code, none_left.json) == (0, {"units": []})


def test_a_unit_that_is_left_out_is_refused_with_the_reason_when_it_is_to_be_recognised(
    antq: Antq, filled: Path, school: str
) -> None:
    words = ["recognise", "Trường Tiểu học Kim Bôi", "--decision", "412/QĐ-UBND", "--on", "18/11/2024"]
    answer = antq(*words, "--data", filled)
    assert (answer.code, answer.out) == (2, "")
    assert "Điều 1 khoản 2" in answer.err
    assert "Tự đánh giá trước" not in answer.err


def test_remarks_on_an_assessment_are_said_beside_the_answer(antq: Antq, filled: Path, answers: Path) -> None:
    finish = ["assess", "Bản Lác", "--answers", answers, "--json", "--data", filled, "--finish-on"]
    early = antq(*finish, "2024-02-04")  # the register is of 05/02
    assert (early.code, early.out) == (2, "")
    assert "05/02/2024" in early.err
    done = antq(*finish, "2024-02-05")
    assert (done.code, done.json["result"]) == (1, "met")
    (doubt,) = done.json["warnings"]
    assert done.err == f"{doubt}\n"


def test_what_was_not_agreed_takes_a_reason(antq: Antq, filled: Path, answers: Path) -> None:
    antq("assess", "Bản Lác", "--answers", answers, "--finish-on", "2024-11-17", "--data", filled)
    application = open_workspace(filled, PASSPHRASE)
    (row,) = (each for each in application.year_board.rows(2024) if each.name == "Bản Lác")
    application.year_board.record(row.key, 2024, "meeting", date(2024, 11, 17), outcome="not_agreed")
    application.close()
    words = ["recognise", "Bản Lác", "--decision", "412/QĐ-UBND", "--on", "18/11/2024", "--data", filled]
    words += ["--signer", "Đinh Công Thắng"]
    refused = antq(*words)
    assert (refused.code, refused.out) == (2, "")
    assert "không nhất trí" in refused.err
    done = antq(*words, "--reason", "Họp lại ngày 18/11")
    assert done.code == 1
    assert "01/GCN" in done.out


@pytest.mark.parametrize("named", ["1", "01", "01/GCN", "1/gcn", "ban lac", "Bản Lác"])
def test_a_certificate_is_printed_by_its_number_or_its_unit(
    antq: Antq, filled: Path, certificate: str, tmp_path: Path, named: str
) -> None:
    assert certificate
    done = antq(
        "print", "certificate", "--for", named, "--out", tmp_path / "g.pdf", "--json", "--data", filled
    )
    assert (done.code, done.json["pages"], done.json["remarks"]) == (0, 1, []), done.err


@pytest.mark.parametrize("named", ["2", "01/KHÁC", "Bản khác"])
def test_a_certificate_that_is_not_there_is_not_found(
    antq: Antq, filled: Path, certificate: str, tmp_path: Path, named: str
) -> None:
    assert certificate
    answer = antq("print", "certificate", "--for", named, "--out", tmp_path / "g.pdf", "--data", filled)
    assert (answer.code, answer.out) == (2, "")
    assert named in answer.err


def test_all_certificates_leave_out_what_was_printed_before(
    antq: Antq, filled: Path, certificate: str, tmp_path: Path
) -> None:
    assert certificate
    words = ("print", "certificate", "--all", "--out", tmp_path / "g.pdf", "--data", filled)
    assert antq(*words).code == 0
    again = antq(*words)
    assert (again.code, again.out) == (2, "")
    assert "01/GCN" in again.err
    assert antq(*words, "--reason", "Bản trước bị nhòe").code == 0


def test_a_printer_without_an_offset_is_said(
    antq: Antq, filled: Path, certificate: str, tmp_path: Path
) -> None:
    words = ("print", "certificate", "--for", certificate, "--out", tmp_path / "g.pdf", "--data", filled)
    said = antq(*words, "--on-blank", "Canon").err
    assert "Chưa ghi độ lệch của máy in «Canon»" in said
    sheet = ("print", "overprint-test", "--for", "Canon", "--out", tmp_path / "t.pdf", "--data", filled)
    far = antq(*sheet, "--offset", "31", "0")
    assert (far.code, far.out) == (2, "")
    assert "30 mm" in far.err
    assert antq(*sheet, "--offset", "0", "-30").err == ""
    assert antq(*words, "--reason", "In lại", "--on-blank", "Canon").err == ""


def test_certificates_are_listed_and_withdrawn(antq: Antq, filled: Path, certificate: str) -> None:
    (row,) = antq("certificate", "list", "--json", "--data", filled).json
    assert (row["certificate_id"], row["number"], row["withdrawn_on"]) == (certificate, "01/GCN", None)
    words = ["certificate", "withdraw", "--on", "19/11/2024", "--reason", "In sai tên", "--data", filled]
    nobody = antq(*words, "07/GCN")
    assert (nobody.code, nobody.out) == (2, "")
    done = antq(*words, "ban lac", "--json")
    assert (done.code, done.json["certificate"]) == (0, certificate)
    again = antq(*words, "01/GCN")
    assert (again.code, again.out) == (2, "")
    assert "19/11/2024" in again.err
    assert "19/11/2024" in antq("certificate", "list", "--data", filled).out


def test_a_finished_assessment_is_opened_again_with_a_reason(antq: Antq, filled: Path, answers: Path) -> None:
    words = ["assess", "Bản Lác", "--data", filled]
    antq(*words, "--answers", answers, "--finish-on", "2024-11-17")
    assert antq(*words, "--answers", answers).code == 2
    assert antq(*words, "--reopen", " ").code == 2
    assert (
        antq(*words, "--reopen", "Ghi nhầm ngày", "--answers", answers, "--finish-on", "2024-11-18").code == 0
    )
