"""Each form comes out by the command line: for one, for all, as PDF and as Word."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Antq = Callable[..., Any]
UNIT_FORMS = ["unit-registration", "meeting-minutes", "result-report", "appraisal-slip", "self-assessment"]


@pytest.fixture
def assessed(antq: Antq, filled: Path) -> Path:
    """Return the workspace with a draft of an assessment."""
    assert antq("assess", "Bản Lác", "--json", "--data", filled).code == 1  # much is still open
    return filled


@pytest.mark.parametrize("form", [*UNIT_FORMS, "submission-letter", "nomination-list"])
def test_a_paper_of_a_unit_by_its_name(antq: Antq, assessed: Path, tmp_path: Path, form: str) -> None:
    for suffix, begins, pages in ((".pdf", b"%PDF-", 1), (".docx", b"PK", 0)):
        out = tmp_path / f"a{suffix}"
        done = antq("print", form, "--for", "ban lac", "--out", out, "--json", "--data", assessed)
        assert (done.code, done.json["records"], done.json["failed"]) == (0, 1, 0), done.err
        assert done.json["pages"] >= pages
        assert out.read_bytes().startswith(begins)
    told = antq("print", form, "--for", "ban lac", "--out", out, "--data", assessed)
    assert told.out == f"{out}: 1 giấy.\n"


@pytest.mark.parametrize("form", UNIT_FORMS)
def test_papers_of_all_units_of_a_kind(antq: Antq, assessed: Path, tmp_path: Path, form: str) -> None:
    words = ("--all", "--kind", "residential_area", "--out", tmp_path / "a.pdf", "--json", "--data", assessed)
    done = antq("print", form, *words)
    assert done.code == 0
    assert done.json["records"] >= 1


@pytest.mark.parametrize("form", ["submission-letter", "nomination-list", "recognition-decision"])
def test_where_nobody_is_put_forward_nothing_is_printed(
    antq: Antq, assessed: Path, tmp_path: Path, form: str
) -> None:
    answer = antq("print", form, "--all", "--out", tmp_path / "a.pdf", "--data", assessed)
    assert (answer.code, answer.out) == (2, "")
    assert not (tmp_path / "a.pdf").exists()


def test_that_nothing_waits_for_a_decision_is_said(antq: Antq, assessed: Path, tmp_path: Path) -> None:
    words = ("print", "recognition-decision", "--for", "all", "--out", tmp_path / "a.pdf", "--data", assessed)
    assert "Không có đơn vị nào chờ quyết định công nhận năm 2024" in antq(*words).err


def test_letters_that_no_font_has_are_named_with_their_unit(
    antq: Antq, assessed: Path, tmp_path: Path
) -> None:
    added = antq(
        "units", "add", "--kind", "agency", "--name", "Trạm 漢", "--category", "co-quan",
        "--from", "01/09/2020", "--data", assessed,
    )  # fmt: skip
    assert added.code == 0, added.err
    words = ("print", "meeting-minutes", "--for", "Trạm 漢", "--out", tmp_path / "a.pdf", "--data", assessed)
    done = antq(*words)
    assert done.code == 1
    assert "Trạm 漢: Phông chữ thiếu các chữ 漢" in done.err


def test_a_decision_that_was_not_recorded_is_not_found(antq: Antq, assessed: Path, tmp_path: Path) -> None:
    answer = antq(
        "print", "recognition-decision", "--for", "9/QĐ", "--out", tmp_path / "a.pdf", "--data", assessed
    )
    assert (answer.code, answer.out) == (2, "")
    assert "9/QĐ" in answer.err


def test_a_draft_of_a_certificate(antq: Antq, assessed: Path, tmp_path: Path) -> None:
    words = ("print", "certificate", "--for", "Bản Lác", "--draft", "--out", tmp_path / "a.pdf")
    done = antq(*words, "--json", "--data", assessed)
    assert (done.code, done.json["pages"]) == (0, 1)


def test_the_offset_of_a_printer_is_kept_with_its_test_sheet(
    antq: Antq, assessed: Path, tmp_path: Path
) -> None:
    words = (
        "print",
        "overprint-test",
        "--for",
        "Canon LBP2900",
        "--out",
        tmp_path / "a.pdf",
        "--data",
        assessed,
    )
    assert antq(*words, "--offset", "1.5", "-2").code == 0
    moved = (tmp_path / "a.pdf").read_bytes()
    assert antq(*words).code == 0
    assert len((tmp_path / "a.pdf").read_bytes()) == len(moved)
    refused = antq("print", "overprint-test", "--all", "--out", tmp_path / "b.pdf", "--data", assessed)
    assert (refused.code, refused.out) == (2, "")


def test_another_kind_of_file_is_refused(antq: Antq, assessed: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.odt"
    answer = antq("print", "unit-registration", "--for", "Bản Lác", "--out", out, "--data", assessed)
    assert (answer.code, answer.out) == (2, "")
    assert ".pdf, .docx" in answer.err
    assert not out.exists()
