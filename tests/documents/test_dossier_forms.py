"""The papers of the dossier under strain: lists of 300 units, names of 120 letters, letters that no face has, blanks."""

from collections.abc import Callable

import pytest

from antq_desktop.documents.form_blocks import Frame, Letterhead, Title
from antq_desktop.documents.form_files import load_form
from antq_desktop.documents.pdf import Overprint
from tests.documents.conftest import Paper, sample

Print = Callable[..., Paper]
LONG = "Công ty Trách nhiệm hữu hạn một thành viên Khai thác công trình thủy lợi và dịch vụ nông nghiệp tổng hợp huyện Kim Bôi cũ"


def units(count: int) -> list[dict[str, object]]:
    return [
        {"name": f"Xóm Số {number}", "kind": "Khu dân cư", "address": "Xã Kim Bôi"}
        for number in range(1, count + 1)
    ]


@pytest.mark.parametrize(
    ("form", "counts_again"), [("nomination-list", False), ("recognition-decision", True)]
)
def test_a_list_of_300_units_runs_over_numbered_pages_with_its_head_on_each(
    printed: Print, form: str, counts_again: bool
) -> None:
    paper = printed(form, sample(form, units=units(300), count=300))
    text = "\n".join(paper.texts)
    for number in (1, 150, 300):
        assert f"{number} Xóm Số {number} Khu dân cư Xã Kim Bôi" in text
    assert "Danh sách có 300 đơn vị" in text
    # The decision takes one page; its list counts from 1 again and shows no number on its first page.
    first = 1 if counts_again else 0
    pages = paper.texts[first:]
    assert len(pages) > 8
    assert all("Tên đơn vị" in page for page in pages)
    width = paper.sizes[0][0]
    for number, page in enumerate(pages[1:], 2):
        assert page.startswith(f"{number}\n")
        left, top, right, bottom = paper.box(str(number), first + number - 1)
        margins = load_form(form).page.margins
        assert (left + right) / 2 == pytest.approx((width + margins.left - margins.right) / 2, abs=0.3)
        assert 5 < top < bottom < margins.top
    assert not pages[0][:1].isdigit()


def test_nobody_signs_on_a_page_of_its_own(printed: Print) -> None:
    for count in range(14, 24):
        last = printed("nomination-list", sample("nomination-list", units=units(count), count=count)).texts[
            -1
        ]
        assert f"Danh sách có {count} đơn vị" in last
        assert "Trung tá Hà Quang Vinh" in last


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ("unit-registration", "unit"),
        ("meeting-minutes", "unit"),
        ("result-report", "unit"),
        ("self-assessment", "unit"),
        ("appraisal-slip", "unit"),
        ("submission-letter", "only_unit"),
        ("recognition-decision", "only_unit"),
        ("certificate", "recipient"),
    ],
)
def test_a_name_of_120_letters_is_written_out(printed: Print, form: str, field: str) -> None:
    assert len(LONG) >= 120
    paper = printed(form, sample(form, **{field: LONG}))
    assert LONG in " ".join(" ".join(paper.texts).split())


def test_a_long_name_moves_nothing_that_a_blank_bears(printed: Print) -> None:
    short, long = printed("certificate"), printed("certificate", sample("certificate", recipient=LONG))
    assert len(long.texts) == 1
    for fixed in ("CỘNG HÒA", "Độc lập", "GIẤY CÔNG NHẬN", "CHỦ TỊCH", "Số: 07/GCN"):
        assert long.box(fixed) == pytest.approx(short.box(fixed), abs=0.05)
    # It ends above the place of the signature.
    assert long.box("(Quyết định số")[3] < long.box("Kim Bôi, ngày 18")[1]


def test_a_letter_that_no_face_has_is_shown_and_told(printed: Print) -> None:
    paper = printed("unit-registration", sample("unit-registration", unit="Xóm 丐 Chạo"))
    assert paper.rendered.missing_glyphs == ("丐",)
    plain = printed("unit-registration", sample("unit-registration", unit="Xóm  Chạo"))
    # The box stands where the letter would.
    assert len(paper.shapes[0]) > len(plain.shapes[0])


def test_what_a_blank_bears_is_marked_on_the_certificate() -> None:
    borne = [type(block) for block in load_form("certificate").blocks if block.preprinted]
    assert borne == [Frame, Letterhead, Title]
    assert all(
        block.at is not None
        for block in load_form("certificate").blocks
        if isinstance(block, Letterhead | Title)
    )


def test_over_a_blank_the_rest_moves_by_the_offset_and_stays_else(printed: Print) -> None:
    whole = printed("certificate")
    moved = printed("certificate", overprint=Overprint(2.5, -1.5))
    assert "GIẤY CÔNG NHẬN" not in moved.texts[0]
    assert "CỘNG HÒA" not in moved.texts[0]
    for text in ("Khu dân cư Xóm Bãi Chạo", "CHỦ TỊCH", "Số: 07/GCN"):
        left, top, right, bottom = whole.box(text)
        assert moved.box(text) == pytest.approx((left + 2.5, top - 1.5, right + 2.5, bottom - 1.5), abs=0.05)


def test_the_crosses_of_the_test_sheet_stand_to_the_tenth_of_a_millimetre(printed: Print) -> None:
    paper = printed("overprint-test", overprint=Overprint(1.0, 2.0))
    arms = [shape for shape in paper.shapes[0] if max(shape[2], shape[3]) == pytest.approx(20, abs=0.3)]
    middles = {(round(left + width / 2, 1), round(top + height / 2, 1)) for left, top, width, height in arms}
    assert middles == {(41.0, 42.0), (241.0, 42.0), (41.0, 172.0), (241.0, 172.0)}


def test_an_empty_assessment_ticks_nothing(printed: Print) -> None:
    clauses = [{"number": "1", "wording": "Khoản 1"}]
    paper = printed("meeting-minutes", sample("meeting-minutes", clauses=clauses, agreed=None))
    boxes = [s for s in paper.shapes[0] if 2.5 < s[2] < 4 and 2.5 < s[3] < 4]
    assert len(boxes) == 4
    assert all(s[2] == pytest.approx(s[3], abs=0.01) for s in boxes)
