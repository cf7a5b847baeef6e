"""The printed file: same bytes, fonts inside, searchable text, one result per record, nothing half-written."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest

from antq_desktop.documents.form_files import FormMissing
from antq_desktop.documents.output import PaperNotWritten
from antq_desktop.documents.pdf import NothingToPrint, Rendered, render_form
from antq_desktop.documents.records import FieldMissing, FieldUnknown
from antq_desktop.domain.errors import Cancelled
from antq_desktop.runtime.progress import Progress
from tests.documents.conftest import Paper, sample

Print = Callable[..., Paper]
AT = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
LONG_NAME = "Nguyễn Phước Bảo Hoàng Thiên Ân " * 4
"""120 letters and more, as one may have to be printed."""


def test_the_same_input_gives_the_same_bytes(printed: Print) -> None:
    first = printed("certificate", created=AT).path.read_bytes()
    printed("periodic-report")
    assert printed("certificate", created=AT).path.read_bytes() == first
    later = printed("certificate", created=AT.replace(hour=9)).path.read_bytes()
    assert later != first


def test_the_file_says_what_it_is(printed: Print) -> None:
    path = printed("certificate", created=AT).path
    about = pypdfium2.PdfDocument(path.read_bytes()).get_metadata_dict()
    assert about["Title"] == "Giấy công nhận đạt tiêu chuẩn “An toàn về an ninh, trật tự”"
    assert about["Subject"].startswith("Công nhận đạt")
    assert about["CreationDate"] == "D:20261121083000+00'00'"
    assert b"/Lang (vi)" in path.read_bytes()


def test_fonts_are_embedded_as_subsets_and_no_other_is_named(printed: Print) -> None:
    content = printed("household-commitment").path.read_bytes()
    names = set(re.findall(rb"/BaseFont/([^/]+)", content))
    assert len(names) == 3
    assert all(re.fullmatch(rb"[A-Z]{6}\+[^/\s]+", name) for name in names)
    assert content.count(b"/FontFile2") == 3
    assert b"Helvetica" not in content
    assert len(content) < 120_000


def test_text_comes_out_in_nfc_even_when_it_went_in_apart(printed: Print) -> None:
    apart = unicodedata.normalize("NFD", "Đặng Thị Thuỷ Tiên")
    text = printed("household-commitment", sample("household-commitment", signer=apart)).texts[0]
    assert unicodedata.is_normalized("NFC", text)
    assert "Đặng Thị Thuỷ Tiên" in text


def test_many_records_are_one_file_with_a_result_each(printed: Print) -> None:
    told: list[tuple[int, int]] = []
    progress = Progress(lambda done, total, _: told.append((done, total)))
    records = [sample("household-commitment", signer=f"Hộ {number}") for number in range(1, 6)]
    paper = printed("household-commitment", *records, progress=progress)
    assert (paper.rendered.pages, paper.rendered.records) == (5, 5)
    assert [(r.number, r.first_page, r.pages) for r in paper.rendered.results] == [
        (n, n, 1) for n in range(1, 6)
    ]
    assert all(f"Hộ {number}" in text for number, text in enumerate(paper.texts, 1))
    assert told == [(n, 5) for n in range(1, 6)]


def test_a_bad_record_is_left_out_and_told(printed: Print) -> None:
    good = sample("household-commitment")
    bad, wrong = {**good, "area": ""}, {**good, "nane": "x"}
    rendered = printed("household-commitment", good, bad, wrong, good).rendered
    assert (rendered.pages, rendered.records) == (2, 2)
    assert [type(result.failure) for result in rendered.results] == [
        type(None),
        FieldMissing,
        FieldUnknown,
        type(None),
    ]
    assert [result.first_page for result in rendered.results] == [1, 0, 0, 2]


def test_when_no_record_can_be_printed_nothing_is_written(tmp_path: Path) -> None:
    target = tmp_path / "out.pdf"
    target.write_bytes(b"the former paper")
    with pytest.raises(FieldUnknown, match="«nane»"):
        render_form("certificate", [sample("certificate", nane="x")], target)
    with pytest.raises(NothingToPrint):
        render_form("certificate", [], target)
    with pytest.raises(FormMissing):
        render_form("certifikate", [sample("certificate")], target)
    assert target.read_bytes() == b"the former paper"
    assert list(tmp_path.iterdir()) == [target]


def test_cancelling_leaves_nothing(tmp_path: Path) -> None:
    progress = Progress()

    def records() -> Iterator[dict[str, object]]:
        yield sample("certificate")
        progress.cancel()
        yield sample("certificate")

    with pytest.raises(Cancelled):
        render_form("certificate", records(), tmp_path / "out.pdf", progress=progress)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(PaperNotWritten):
        render_form("certificate", [sample("certificate")], tmp_path / "file" / "out.pdf")


def test_a_missing_letter_is_shown_as_a_marked_box_and_told(printed: Print) -> None:
    whole = printed("household-commitment")
    boxes = len(whole.shapes[0])
    paper = printed("household-commitment", sample("household-commitment", signer="Lò 漢 Pản"))
    assert paper.rendered.missing_glyphs == ("漢",)
    assert paper.rendered.results[0].missing_glyphs == ("漢",)
    # Twice on the paper: in the line of the name and under the signature.
    assert len(paper.shapes[0]) == boxes + 2
    assert "LÒ ? PẢN" in paper.texts[0]


@pytest.mark.parametrize("form", ["household-commitment", "certificate", "enrolment-sheet"])
def test_a_draft_carries_its_mark(printed: Print, form: str) -> None:
    plain, draft = printed(form), printed(form, draft=True)
    assert "BẢN NHÁP" not in plain.texts[0]
    assert "BẢN NHÁP" in draft.texts[0]
    assert draft.rendered.pages == plain.rendered.pages


def test_page_numbers_stand_in_the_middle_of_the_top_margin_from_page_two(printed: Print) -> None:
    clauses = [{"number": str(n), "wording": f"Tiêu chí thứ {n}", "met": True} for n in range(1, 120)]
    paper = printed("self-assessment", sample("self-assessment", clauses=clauses))
    assert paper.rendered.pages >= 4
    assert not paper.texts[0].startswith("1\n")
    for number, text in enumerate(paper.texts[1:], 2):
        assert text.startswith(f"{number}\n")
    left, top, right, bottom = paper.box("2", 1)
    assert (left + right) / 2 == pytest.approx(30 + (210 - 30 - 17) / 2, abs=0.5)
    assert 5 < top < bottom < 15


def test_a_table_of_300_rows_repeats_its_head_and_loses_no_row(printed: Print) -> None:
    areas = [
        {"name": f"Khu dân cư số {n}", "households": n, "signed": n, "share": "100 %"} for n in range(1, 301)
    ]
    paper = printed("periodic-report", sample("periodic-report", areas=areas))
    text = "\n".join(paper.texts)
    assert [n for n in range(1, 301) if f"\n{n} Khu dân cư số {n} {n} {n} 100 %" not in text] == []
    with_rows = [page for page in paper.texts if "Khu dân cư số" in page]
    assert len(with_rows) >= 7
    assert all("TT Khu dân cư Số hộ Nhân" in page for page in with_rows)
    assert all(top + height < 297 - 19.5 for page in paper.shapes for _, top, _, height in page)


@pytest.mark.parametrize("amount", ["+81.800.000", "-14.400.000.000", "-999.999.999.999"])
def test_a_number_in_a_table_is_never_broken_inside(printed: Print, amount: str) -> None:
    figures = [dict(row) for row in sample("periodic-report")["figures"]]  # type: ignore[attr-defined]
    for name in ("now", "before", "before_change", "last_year", "last_year_change"):
        figures[-1][name] = amount
    paper = printed("periodic-report", sample("periodic-report", figures=figures))
    text = "\n".join(paper.texts)
    assert text.count(amount) == 5
    assert figures[-1]["name"].split()[0] in text


def test_a_row_taller_than_a_page_is_parted_and_closed(printed: Print) -> None:
    long = {"number": "1", "wording": "Một tiêu chí rất dài. " * 160, "met": False}
    paper = printed("self-assessment", sample("self-assessment", clauses=[long]))
    assert "\n".join(paper.texts).replace("\n", " ").count("tiêu chí rất dài") == 160
    for page in (0, 1):
        rules = [shape for shape in paper.shapes[page] if shape[2] > 150 and shape[3] < 1]
        uprights = [shape for shape in paper.shapes[page] if shape[3] > 5]
        foot = max(top + height for _, top, _, height in uprights)
        assert any(abs(top - foot) < 0.5 for _, top, _, _ in rules)


def test_a_name_of_120_letters_stays_whole_on_one_page(printed: Print) -> None:
    assert len(LONG_NAME.strip()) >= 120
    commitment = printed(
        "household-commitment", sample("household-commitment", signer=LONG_NAME, address=LONG_NAME)
    )
    assert commitment.rendered.pages == 1
    assert LONG_NAME.strip() in commitment.texts[0].replace("\n", " ")
    certificate = printed(
        "certificate", sample("certificate", recipient=LONG_NAME, recipient_place=LONG_NAME)
    )
    assert certificate.rendered.pages == 1
    text = certificate.texts[0].replace("\n", " ")
    assert text.count(LONG_NAME.strip()) == 2
    assert certificate.box("(Quyết định")[3] < certificate.box("Kim Bôi, ngày")[1]
    assert certificate.box("Khu dân cư Nguyễn")[0] > 20


def test_a_signature_is_never_parted_from_its_office(printed: Print) -> None:
    signed_on = set()
    for rows in range(14, 30):
        tasks = [{"wording": f"Nhiệm vụ {n}"} for n in range(rows)]
        paper = printed("periodic-report", sample("periodic-report", tasks=tasks))
        pages = [n for n, text in enumerate(paper.texts) if "TRƯỞNG CÔNG AN XÃ" in text]
        assert pages == [n for n, text in enumerate(paper.texts) if "Hà Quang Vinh" in text]
        assert "Trên đây là báo cáo" in paper.texts[pages[0]]
        signed_on.add(pages[0])
    assert len(signed_on) == 2


def test_a_report_without_remarks_has_lines_to_write_them_on(printed: Print) -> None:
    paper = printed("periodic-report", sample("periodic-report", remarks=[], tasks=[]))
    heading = paper.box("III. NHẬN XÉT", 1)[3]
    lines = [s for s in paper.shapes[1] if s[1] > heading and s[2] == pytest.approx(163, abs=1) and s[3] < 1]
    assert len(lines) == 4


def test_rendered_counts_every_page(printed: Print) -> None:
    rendered = printed("periodic-report", sample("periodic-report"), sample("periodic-report")).rendered
    assert isinstance(rendered, Rendered)
    assert rendered.pages == sum(result.pages for result in rendered.results) == 6
    assert [result.first_page for result in rendered.results] == [1, 4]
