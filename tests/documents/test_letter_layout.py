"""The layout of the Word file: measures of the form, rules, tables, lines of fields, sections, frames and pictures."""

import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from antq_desktop.documents.fonts import BOLD, serif
from antq_desktop.documents.form_blocks import Signatures
from antq_desktop.documents.form_files import load_form
from antq_desktop.documents.letter_out import write_letter
from antq_desktop.documents.qr_reading import codes_in
from tests.documents.conftest import sample

Write = Callable[..., Document]
TWIP = 1 / 56.6929
"""Millimetres."""

SMALL = """
[fields]
name = { label = "Tên" }
short = { label = "Ngắn" }
[fields.lines]
label = "Dòng"
kind = "rows"
[fields.lines.fields]
text = { label = "Nội dung" }
heavy = { label = "Đậm", kind = "flag" }
"""


@pytest.fixture
def written(tmp_path: Path) -> Write:
    def write(form: str, *records: dict[str, object], **options: Any) -> Document:
        target = tmp_path / "out.docx"
        write_letter(form, records or [sample(form)], target, **options)
        return docx.Document(str(target))

    return write


@pytest.fixture
def small(written: Write, form_folder: Callable[[str], Path]) -> Write:
    """Write records with a form of the given blocks."""

    def write(blocks: str, *records: dict[str, object], page: str = "", **options: Any) -> Document:
        return written("thu", *(records or ({},)), folder=form_folder(page + SMALL + blocks), **options)

    return write


def value(element: Any, path: str, name: str = "val") -> str:
    found = part(element, path)
    return "" if found is None else str(found.get(qn(f"w:{name}")))


def part(element: Any, path: str) -> Any:
    """Return the element at ``path`` below ``element``; the library's own types know few of them."""
    return element.find("/".join(qn(f"w:{name}") for name in path.split("/")))


def millimetres(element: Any, name: str) -> float:
    return float(element.get(qn(f"w:{name}"))) * TWIP


def paragraph(document: Document, beginning: str) -> Any:
    """Return the first paragraph, in tables too, whose text begins so."""
    for one in document.element.iter(qn("w:p")):
        if "".join(part.text or "" for part in one.iter(qn("w:t"))).startswith(beginning):
            return one
    raise AssertionError(beginning)


def test_paper_and_margins_are_those_of_the_form(written: Write) -> None:
    section = written("periodic-report").sections[0]._sectPr
    paper = [millimetres(part(section, "pgSz"), side) for side in ("w", "h")]
    assert paper == [pytest.approx(210, abs=0.1), pytest.approx(297, abs=0.1)]
    margins = [millimetres(part(section, "pgMar"), side) for side in ("left", "right", "top", "bottom")]
    assert margins == [pytest.approx(side, abs=0.1) for side in (30, 17, 20, 20)]
    wide = part(written("certificate").sections[0]._sectPr, "pgSz")
    assert millimetres(wide, "w") == pytest.approx(297, abs=0.1)
    assert wide.get(qn("w:orient")) == "landscape"


def test_running_text_has_the_measures_of_the_decree(written: Write) -> None:
    text = paragraph(written("periodic-report"), "Trên đây là báo cáo")
    assert value(text, "pPr/jc") == "both"
    assert float(value(text, "pPr/ind", "firstLine")) * TWIP == pytest.approx(10, abs=0.1)
    assert value(text, "pPr/spacing", "before") == "120"
    # A single line of Times New Roman is 1.149 times its size; the form asks for 1.15.
    assert value(text, "pPr/spacing", "line") == "240"
    assert value(text, "r/rPr/sz") == "28"


def test_agency_and_state_stand_side_by_side_with_rules_of_the_right_length(written: Write) -> None:
    head = written("periodic-report").tables[0]
    left, right = head.rows[0].cells
    assert [one.text for one in left.paragraphs] == ["CÔNG AN TỈNH PHÚ THỌ", "CÔNG AN XÃ KIM BÔI", ""]
    assert [one.text for one in right.paragraphs] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "",
    ]
    motto = serif().width(BOLD, "Độc lập - Tự do - Hạnh phúc") * 13.5
    room = (210 - 30 - 17 - 64) * 72 / 25.4
    rule = right.paragraphs[2]._p
    assert value(rule, "pPr/pBdr/top") == "single"
    sides = [float(value(rule, "pPr/ind", side)) / 20 for side in ("left", "right")]
    assert room - sum(sides) == pytest.approx(motto, abs=0.2)
    assert head.rows[1].cells[0].text == "Số: 24/BC-CAX"
    assert all(run.italic for run in head.rows[1].cells[1].paragraphs[0].runs)


def test_a_heading_breaks_where_the_pdf_breaks_it(small: Write) -> None:
    text = "Kết quả xây dựng mô hình tự quản, cam kết của hộ gia đình và công nhận đạt tiêu chuẩn năm nay"
    document = small(f'[[block]]\nkind = "subtitle"\ntext = "{text}"')
    sides = float(value(paragraph(document, "Kết quả"), "pPr/ind", "left")) / 20
    place = 163 * 72 / 25.4 - 2 * sides
    width = serif().width(BOLD, text) * 14
    assert width / 2 < place < width * 0.6


def test_a_line_of_fields_ends_in_dots_and_gives_each_its_place(small: Write) -> None:
    blocks = """
[[block]]
kind = "fields"
lines = [[{ label = "Họ tên:", text = "{name}" }, { label = "Số:", text = "{short}" }]]
"""
    line = paragraph(small(blocks, {"name": "Bùi Thị Hường", "short": "7"}), "Họ tên")
    stops = [one for one in line.iter(qn("w:tab")) if one.get(qn("w:pos"))]
    assert [millimetres(one, "pos") for one in stops] == [
        pytest.approx(x, abs=0.1) for x in (80.5, 82.5, 163)
    ]
    kinds = [(one.get(qn("w:val")), one.get(qn("w:leader"))) for one in stops]
    assert kinds == [("right", "dot"), ("left", "none"), ("right", "dot")]
    assert len(list(line.iter(qn("w:tab")))) == len(stops) + 3


def test_a_field_that_does_not_fit_its_part_of_the_line_wraps_within_it(small: Write) -> None:
    blocks = """
[[block]]
kind = "fields"
lines = [[{ label = "Họ tên:", text = "{name}" }, { label = "Số:", text = "{short}" }]]
"""
    document = small(blocks, {"name": "Nguyễn Phước Bảo Hoàng Thiên Ân " * 3, "short": "7"})
    (table,) = document.tables
    assert [cell.text.strip()[:6] for cell in table.rows[0].cells] == ["Họ tên", "Số: 7"]


TABLE = """
[[block]]
kind = "table"
rows = "lines"
bold_when = "heavy"
foot = ["", "Cộng", ""]
columns = [
    { head = "TT", text = "{n}", width = 11, align = "center" },
    { head = "Nội dung", text = "{text}\\n<i>{name}</i>" },
    { head = "Đạt", text = "{heavy:box}", width = 20, plain = true },
]
"""


def test_a_table_repeats_its_head_and_keeps_its_rows_whole(small: Write) -> None:
    rows = [{"text": "Một", "heavy": True}, {"text": "dài " * 500, "heavy": False}, {"text": "Ba"}]
    (table,) = small(TABLE, {"lines": rows}).tables
    rules = [[child.tag.split("}")[1] for child in row._tr.trPr] for row in table.rows]
    # A row that is taller than 14 lines may be parted.
    assert rules == [["cantSplit", "tblHeader"], ["cantSplit"], [], ["cantSplit"], ["cantSplit"]]
    widths = [millimetres(one, "w") for one in table._tbl.tblGrid]
    assert widths == [pytest.approx(width, abs=0.1) for width in (11, 132, 20)]
    assert [cell.text for cell in table.rows[1].cells] == ["1", "Một", "☑"]
    assert [cell.text for cell in table.rows[4].cells] == ["", "Cộng", ""]
    assert table.rows[1].cells[1].paragraphs[0].runs[0].bold
    assert not table.rows[3].cells[1].paragraphs[0].runs[0].bold
    # The head stays with the first row and the last row with the foot.
    keeps = [row.cells[1].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
    assert keeps == [True, None, None, True, None]


AMOUNTS = """
[[block]]
kind = "table"
rows = "lines"
size = 11
columns = [{ head = "Nội dung", text = "Chi" }, { head = "Số tiền", text = "{text}", width = 20, align = "right" }]
"""


def test_a_column_takes_the_room_that_its_longest_number_needs(small: Write) -> None:
    tables = [
        small(AMOUNTS, {"lines": [{"text": text}]}).tables[0]
        for text in ("1.000", "-14.400.000.000", "9" * 120)
    ]
    (_, usual), (_, wider), (_, hopeless) = (
        [millimetres(one, "w") for one in table._tbl.tblGrid] for table in tables
    )
    assert usual == hopeless == pytest.approx(20, abs=0.1)
    assert 25 < wider < 35


def test_letters_get_smaller_where_no_column_has_room_for_a_number(small: Write) -> None:
    blocks = AMOUNTS.replace('text = "Chi" }', 'text = "{text}", width = 143 }')
    table = small(blocks, {"lines": [{"text": "-14.400.000"}]}).tables[0]
    size = table.rows[1].cells[1].paragraphs[0].runs[0].font.size
    assert size is not None
    assert Pt(8) <= size < Pt(11)


def test_a_text_that_leads_to_a_table_stays_with_it(small: Write) -> None:
    for keep, expected in (("true", True), ("false", None)):
        lead = f'[[block]]\nkind = "paragraph"\ntext = "Như sau:"\nkeep = {keep}\n'
        lead_in, free, *_ = small(lead + TABLE, {"lines": [{"text": "Một"}]}).paragraphs
        assert (lead_in.text, free.text) == ("Như sau:", "")
        assert lead_in.paragraph_format.keep_with_next is expected
        assert free.paragraph_format.keep_with_next is expected


SIGNED = '[[block]]\nkind = "signatures"\n[[block.columns]]\nrole = ["NGƯỜI KÝ"]\n'


def test_nobody_signs_on_a_page_of_its_own(small: Write) -> None:
    text = '[[block]]\nkind = "paragraph"\ntext = "Đã thống nhất."\n'
    former, free, _ = small(text + SIGNED).paragraphs
    assert former.paragraph_format.keep_with_next
    assert free.paragraph_format.keep_with_next
    table, _ = small(TABLE + SIGNED, {"lines": [{"text": "Một"}]}).tables
    keeps = [row.cells[1].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
    assert keeps == [True, True, True]


def test_boxes_are_signs_of_a_face_that_has_them(small: Write) -> None:
    (table,) = small(TABLE, {"lines": [{"text": "Một", "heavy": False}]}).tables
    (run,) = table.rows[1].cells[2].paragraphs[0].runs
    assert (run.text, run.font.name) == ("☐", "Segoe UI Symbol")


def test_signatures_stay_on_one_page_beside_the_recipients(written: Write) -> None:
    tables = written("periodic-report").tables
    table = next(each for each in tables if each.cell(0, 0).text.startswith("Nơi nhận"))
    assert [row.cells[1].text for row in table.rows] == ["TRƯỞNG CÔNG AN XÃ", "", "Trung tá Hà Quang Vinh"]
    assert table.rows[0].cells[0].text.startswith("Nơi nhận:\n- Như trên")
    assert [value(row._tr[1], "tcPr/vMerge") for row in table.rows] == ["restart", "continue", "continue"]
    assert all(value(row._tr, "trPr/cantSplit") for row in table.rows)
    kept = [one.paragraph_format.keep_with_next for row in table.rows[:2] for one in row.cells[1].paragraphs]
    assert set(kept) == {True}
    (block,) = (one for one in load_form("periodic-report").blocks if isinstance(one, Signatures))
    assert table.rows[1].height == pytest.approx(Mm(block.room), abs=700)


def test_pages_are_numbered_at_the_top_from_the_second_on_in_every_record(written: Write) -> None:
    document = written("self-assessment", sample("self-assessment"), sample("self-assessment"))
    assert len(document.sections) == 2
    for section in document.sections:
        assert section.different_first_page_header_footer
        assert value(section._sectPr, "pgNumType", "start") == "1"
        assert [one.alignment for one in section.header.paragraphs] == [1]
        assert "PAGE" in "".join(one.text or "" for one in section.header._element.iter(qn("w:instrText")))
        assert list(section.first_page_header._element.iter(qn("w:instrText"))) == []


def test_an_annex_counts_its_pages_from_one(small: Write) -> None:
    blocks = """
[[block]]
kind = "line"
text = "Một"
[[block]]
kind = "page_break"
[[block]]
kind = "line"
text = "Hai"
[[block]]
kind = "page_break"
annex = true
[[block]]
kind = "line"
text = "Ba"
above = 9
"""
    document = small(blocks)
    assert [value(one._sectPr, "pgNumType", "start") for one in document.sections] == ["1", "1"]
    breaks = [one.paragraph_format.page_break_before for one in document.paragraphs]
    assert breaks == [None, True, None, None, None, None]
    # Nothing is left free at the head of a page.
    assert value(paragraph(document, "Ba"), "pPr/spacing", "before") == "0"


def test_footers_come_again_only_where_they_change(written: Write) -> None:
    one, other = sample("self-assessment"), sample("self-assessment", catalogue="Bộ khác")
    document = written("self-assessment", one, one, other)
    linked = [section.footer.is_linked_to_previous for section in document.sections]
    assert linked == [False, True, False]
    assert document.sections[2].footer.paragraphs[0].text.endswith("Bộ khác")
    assert document.sections[2].first_page_footer.paragraphs[0].text.endswith("Bộ khác")
    assert document.sections[0].first_page_header.is_linked_to_previous is False
    assert document.sections[1].first_page_header.is_linked_to_previous is True


def test_a_draft_bears_its_mark_on_every_page(written: Write) -> None:
    textpath = "{urn:schemas-microsoft-com:vml}textpath"
    for draft, expected in ((True, ["BẢN NHÁP"]), (False, [])):
        section = written("periodic-report", draft=draft).sections[0]
        for head in (section.header, section.first_page_header):
            marks = [one.get("string") for one in head._element.iter(textpath)]
            assert [mark for mark in marks if mark] == expected


def test_a_code_is_a_sharp_picture_that_reads_back(tmp_path: Path, written: Write) -> None:
    content = "ANTQ1|04978|Xã Kim Bôi|" + "x9Kp" * 40
    document = written("enrolment-sheet", sample("enrolment-sheet", qr=content))
    (shape,) = document.inline_shapes
    assert (shape.width, shape.height) == (pytest.approx(Mm(42), abs=700), pytest.approx(Mm(42), abs=700))
    with zipfile.ZipFile(tmp_path / "out.docx") as packed:
        (tmp_path / "code.png").write_bytes(packed.read("word/media/image1.png"))
    assert codes_in(tmp_path / "code.png") == [content]
    (about,) = document.element.iter(qn("wp:docPr"))
    assert about.get("descr") == "Mã QR ghi lại các mã trên phiếu này"


def test_blocks_with_a_place_of_their_own_stand_there(small: Write) -> None:
    blocks = """
[[block]]
kind = "line"
text = "Chỗ riêng"
at = { x = 40, y = 50, width = 60 }
[[block]]
kind = "signatures"
at = { x = 120, y = 200, width = 70 }
[[block.columns]]
role = ["NGƯỜI KÝ"]
[[block]]
kind = "line"
text = "Trong dòng"
"""
    document = small(blocks)
    place = part(paragraph(document, "Chỗ riêng"), "pPr/framePr")
    assert [millimetres(place, name) for name in "xyw"] == [pytest.approx(x, abs=0.1) for x in (40, 50, 60)]
    (table,) = document.tables
    place = part(table._tbl, "tblPr/tblpPr")
    assert place.get(qn("w:vertAnchor")) == place.get(qn("w:horzAnchor")) == "page"
    where = [millimetres(place, name) for name in ("tblpX", "tblpY")]
    assert where == [pytest.approx(120, abs=0.1), pytest.approx(200, abs=0.1)]
    assert part(paragraph(document, "Trong dòng"), "pPr/framePr") is None


def test_lists_are_counted_as_an_office_counts(small: Write) -> None:
    blocks = '[[block]]\nkind = "list"\nmarker = "a)"\neach = "lines"\ntext = "{text}"'
    document = small(blocks, {"lines": [{"text": f"mục {n}"} for n in range(6)]})
    written_out = [one.text for one in document.paragraphs if one.text]
    assert written_out == ["a) mục 0", "b) mục 1", "c) mục 2", "d) mục 3", "đ) mục 4", "e) mục 5"]


def test_long_records_of_one_page_forms_are_made_smaller(written: Write) -> None:
    def size(**changes: object) -> float:
        document = written("household-commitment", sample("household-commitment", **changes))
        found = paragraph(document, "Sau khi được tuyên truyền")
        return float(value(found, "r/rPr/sz")) / 2

    assert size() == 13.5
    assert 0.8 * 13.5 - 0.5 <= size(address="Số 14, đường Bờ Suối, " * 30) < 13.0


def test_empty_lines_and_outer_spaces_are_left_out(small: Write) -> None:
    blocks = '[[block]]\nkind = "paragraph"\ntext = " {short} Đủ\\n<i>{name}</i>\\n<b>{short}</b> hai"'
    (text,) = [one.text for one in small(blocks).paragraphs if one.text]
    assert text == "Đủ\nhai"


def test_a_plain_frame_is_the_border_of_the_page(written: Write) -> None:
    borders = part(written("recovery-key").sections[0]._sectPr, "pgBorders")
    assert borders.get(qn("w:offsetFrom")) == "page"
    assert {int(edge.get(qn("w:space"))) for edge in borders} == {26}
    assert part(written("periodic-report").sections[0]._sectPr, "pgBorders") is None


def test_a_woven_frame_is_a_picture_behind_each_page(tmp_path: Path, written: Write) -> None:
    section = written("certificate", sample("certificate"), sample("certificate")).sections[1]
    assert part(section._sectPr, "pgBorders") is None
    (anchor,) = section.header._element.iter(qn("wp:anchor"))
    assert anchor.get("behindDoc") == "1"
    (extent,) = anchor.iter(qn("wp:extent"))
    assert int(extent.get("cx")) == pytest.approx(Mm(297), abs=700)
    assert int(extent.get("cy")) == pytest.approx(Mm(210), abs=700)
    with zipfile.ZipFile(tmp_path / "out.docx") as packed:
        (picture,) = [
            content
            for name in packed.namelist()
            if "media" in name and len(content := packed.read(name)) > 50_000
        ]
    # Width, height, eight bits a sample, colours.
    assert struct.unpack(">IIBB", picture[16:26]) == (2339, 1654, 8, 2)


def test_free_height_and_groups_have_their_height(small: Write) -> None:
    blocks = """
[[block]]
kind = "line"
text = "Một"
[[block]]
kind = "space"
height = 10
[[block]]
kind = "groups"
text = "AB12-CD34 EF56"
columns = 2
size = 20
"""
    document = small(blocks)
    heights = [one.paragraph_format.line_spacing for one in document.paragraphs]
    assert heights[1] == pytest.approx(Mm(10), abs=700)
    (grid,) = document.tables
    assert [[cell.text for cell in row.cells] for row in grid.rows] == [["AB12", "CD34"], ["EF56", ""]]
    assert [row.height for row in grid.rows] == [Pt(38), Pt(38)]
    ruled = [cell._tc.tcPr.find(qn("w:tcBorders")) is not None for row in grid.rows for cell in row.cells]
    assert ruled == [True, True, True, False]


def test_texts_are_never_read_as_markup(tmp_path: Path, written: Write) -> None:
    document = written("household-commitment", sample("household-commitment", signer='A & <b> "x"'))
    assert 'A & <b> "x"' in "\n".join(
        cell.text for table in document.tables for row in table.rows for cell in row.cells
    )
    with zipfile.ZipFile(tmp_path / "out.docx") as packed:
        content = packed.read("word/document.xml").decode()
    assert re.search(r"A &amp; &lt;b&gt;", content)
