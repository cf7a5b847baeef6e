"""The shipped forms: golden text, and the measures of Nghị định 30/2020/NĐ-CP in millimetres."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from antq_desktop.documents.form_files import form_names, load_form
from antq_desktop.documents.preview import previewing
from tests.documents.conftest import Paper, sample
from tests.documents.places import GOLDEN, golden_of, samples

Print = Callable[..., Paper]
SHIPPED = (
    "appraisal-slip",
    "certificate",
    "consolidated-report",
    "enrolment-sheet",
    "handover-slip",
    "household-commitment",
    "meeting-minutes",
    "nomination-list",
    "overprint-test",
    "periodic-report",
    "person-report",
    "recognition-decision",
    "recovery-key",
    "result-report",
    "sealing-recovery",
    "self-assessment",
    "submission-letter",
    "unit-registration",
)
#: Forms whose text runs between the margins of the decree: no frame, nothing at a place of its own.
OFFICE = tuple(name for name in SHIPPED if name not in {"certificate", "overprint-test"})
LANDSCAPE = {"certificate", "nomination-list", "overprint-test"}


def test_the_shipped_forms_are_these() -> None:
    assert form_names() == SHIPPED


@pytest.mark.parametrize("name", SHIPPED)
def test_each_form_says_how_sure_it_is(name: str) -> None:
    form = load_form(name)
    assert form.status == "reference"
    assert form.legal_basis
    assert form.title
    assert form.draft_mark == "BẢN NHÁP"


@pytest.mark.parametrize("name", SHIPPED)
def test_golden_text_and_places(tmp_path: Path, name: str) -> None:
    """Each line of each sample stands where it stood, to a tenth of a millimetre, in its style and size."""
    text, where = golden_of(name, tmp_path)
    assert text == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
    assert where == (GOLDEN / f"{name}.places.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SHIPPED)
def test_every_sample_is_printed_and_lacks_no_letter(printed: Print, name: str) -> None:
    rendered = printed(name, *samples(name)).rendered
    assert rendered.missing_glyphs == ()
    assert [result.failure for result in rendered.results] == [None] * len(samples(name))


@pytest.mark.parametrize("name", SHIPPED)
def test_the_paper_is_a4(printed: Print, name: str) -> None:
    expected = (297, 210) if name in LANDSCAPE else (210, 297)
    for size in printed(name).sizes:
        assert size == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize("name", OFFICE)
def test_nothing_stands_outside_the_margins(printed: Print, name: str) -> None:
    paper, page = printed(name, *samples(name)), load_form(name).page
    document = pypdfium2.PdfDocument(paper.path.read_bytes())
    for sheet in document:
        words = sheet.get_textpage()
        for number in range(words.count_chars()):
            left, _, right, _ = (edge * 25.4 / 72 for edge in words.get_charbox(number))
            if right > left:
                assert left > page.margins.left - 0.6
                assert right < page.paper[0] - page.margins.right + 0.6


@pytest.mark.parametrize("name", OFFICE)
def test_margins_lie_within_the_decree(name: str) -> None:
    margins = load_form(name).page.margins
    assert 20 <= margins.top <= 25
    assert 20 <= margins.bottom <= 25
    assert 30 <= margins.left <= 35
    assert 15 <= margins.right <= 20


@pytest.mark.parametrize("name", [name for name in SHIPPED if name != "overprint-test"])
def test_the_rule_below_the_motto_is_as_long_as_the_motto(printed: Print, name: str) -> None:
    paper = printed(name)
    left, _, right, bottom = paper.box("Độc lập - Tự do - Hạnh phúc")
    rules = [s for s in paper.shapes[0] if s[3] < 1 and s[2] > 40 and 0 < s[1] + s[3] / 2 - bottom < 3]
    assert len(rules) == 1
    assert rules[0][0] == pytest.approx(left, abs=0.6)
    assert rules[0][2] == pytest.approx(right - left, abs=1.0)


@pytest.mark.parametrize(
    ("name", "agency"),
    [
        ("periodic-report", "CÔNG AN XÃ KIM BÔI"),
        ("submission-letter", "CÔNG AN XÃ KIM BÔI"),
        ("nomination-list", "CÔNG AN XÃ KIM BÔI"),
        ("unit-registration", "XÓM BÃI CHẠO"),
    ],
)
def test_the_rule_below_the_agency_is_a_third_to_a_half_and_centred(
    printed: Print, name: str, agency: str
) -> None:
    paper = printed(name)
    left, _, right, bottom = paper.box(agency)
    near = [
        s for s in paper.shapes[0] if s[3] < 1 and left < s[0] < right and 0 < s[1] + s[3] / 2 - bottom < 3.5
    ]
    assert len(near) == 1
    assert 1 / 3 <= near[0][2] / (right - left) <= 1 / 2
    assert near[0][0] + near[0][2] / 2 == pytest.approx((left + right) / 2, abs=0.3)


def test_number_and_date_stand_on_one_height(printed: Print) -> None:
    paper = printed("periodic-report")
    assert paper.box("Số: 24")[3] == pytest.approx(paper.box("Kim Bôi, ngày 16")[3], abs=1.2)
    assert paper.box("Số: 24")[2] < paper.box("Kim Bôi, ngày 16")[0]


def test_running_text_is_justified_with_its_first_line_at_one_centimetre(printed: Print) -> None:
    paper = printed("periodic-report")
    line = paper.box("Công an xã Kim Bôi báo cáo kết quả phong trào Toàn dân bảo vệ an ninh Tổ")
    assert line[0] == pytest.approx(40, abs=0.3)
    assert line[2] == pytest.approx(210 - 17, abs=0.5)


def test_the_commitment_is_one_page_even_when_empty(printed: Print) -> None:
    paper = printed("household-commitment", *samples("household-commitment"))
    assert [result.pages for result in paper.rendered.results] == [1, 1]
    assert "không đính kèm ảnh" in paper.texts[0].lower()
    assert "chưa đối chiếu văn bản gốc" in paper.texts[0]
    assert "Ngày ...... tháng ...... năm 2026" in paper.texts[1]


def test_a_campaign_brings_its_own_pledges(printed: Print) -> None:
    pledges = [
        {"wording": "Không mua bán, tàng trữ, sử dụng pháo nổ."},
        {"wording": "Giao nộp pháo đang cất giữ."},
    ]
    changed = sample("household-commitment", campaign="Cam kết không sử dụng pháo trái phép", pledges=pledges)
    text = printed("household-commitment", changed).texts[0]
    assert "Cam kết không sử dụng pháo trái phép\nnăm 2026" in text
    assert "1. Không mua bán, tàng trữ, sử dụng pháo nổ.\n2. Giao nộp pháo đang cất giữ." in text
    assert "quy ước của khu dân cư" not in text


def test_boxes_of_the_assessment_are_ticked_in_the_right_column(printed: Print) -> None:
    def ticked(met: bool | None) -> list[int]:
        clauses = [{"number": "1", "wording": "Tiêu chí", "met": met}]
        paper = printed("self-assessment", sample("self-assessment", clauses=clauses, passed=None))
        small = sorted(s for s in paper.shapes[0] if s[0] > 150 and 2.5 < s[2] < 4 and 2.5 < s[3] < 4)
        # A box is a square; the tick inside is wider than high.
        boxes = [s for s in small if s[2] == pytest.approx(s[3], abs=0.01)]
        ticks = [s for s in small if s not in boxes]
        assert len(boxes) == 2
        return [n for n, box in enumerate(boxes) for tick in ticks if box[0] < tick[0] < box[0] + box[2]]

    assert ticked(True) == [0]
    assert ticked(False) == [1]
    assert ticked(None) == []


def test_an_assessment_without_unseen_clauses_has_no_note(printed: Print) -> None:
    text = printed("self-assessment", sample("self-assessment", unseen=None, reasons=[], passed=True)).texts[
        -1
    ]
    assert "Lý do chưa đạt" not in text
    assert "người đánh giá đối chiếu" not in text


@pytest.mark.parametrize("name", ["certificate", "enrolment-sheet"])
@pytest.mark.parametrize("draft", [False, True])
def test_the_qr_code_reads_back_from_the_printed_page(printed: Print, name: str, draft: bool) -> None:
    content = "ANTQ1|04978|Xã Kim Bôi|" + "x9Kp" * 40
    paper = printed(name, sample(name, qr=content), draft=draft)
    with previewing(paper.path) as preview:
        image = preview.image(0, 200)
    pixels = memoryview(image.pixels).cast("B", (image.height, image.stride // 4, 4))
    grey = bytes(pixels[row, column, 1] for row in range(image.height) for column in range(image.width))
    view = memoryview(grey).cast("B", (image.height, image.width))
    assert [code.text for code in zxingcpp.read_barcodes(view)] == [content]


def test_a_certificate_without_a_code_has_no_caption(printed: Print) -> None:
    text = printed("certificate", sample("certificate", qr=None)).texts[0]
    assert "Mã kiểm tra Giấy công nhận" not in text


def test_the_certificate_signature_is_right_and_the_code_left(printed: Print) -> None:
    paper = printed("certificate")
    assert paper.box("CHỦ TỊCH")[0] > 297 / 2
    assert paper.box("Mã kiểm tra Giấy công nhận")[2] < 297 / 3
    title = paper.box("GIẤY CÔNG NHẬN")
    assert (title[0] + title[2]) / 2 == pytest.approx(297 / 2, abs=0.5)
