"""The Word file: every text of the PDF, the same bytes, one result per record, nothing half-written, and what Word checks."""

import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn

from antq_desktop.documents.form_blocks import KINDS, Rulers
from antq_desktop.documents.form_files import FormMissing, form_names, load_form
from antq_desktop.documents.letter_blocks import WRITERS
from antq_desktop.documents.letter_out import WrittenLetter, write_letter
from antq_desktop.documents.output import PaperNotWritten
from antq_desktop.documents.pdf import NothingToPrint, render_form
from antq_desktop.documents.records import FieldMissing, FieldUnknown
from antq_desktop.domain.errors import Cancelled
from antq_desktop.runtime.progress import Progress
from antq_desktop.runtime.resources import FORMS
from tests.documents.conftest import sample

AT = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
_NOT_LETTERS = re.compile("[☐☑\ufffe\ufeff]")
#: The order in which the schema (ISO/IEC 29500-1) lists the children that this program writes; Word mends nothing else.
_ORDERS = {
    "w:pPr": "keepNext pageBreakBefore framePr pBdr tabs spacing ind jc outlineLvl rPr sectPr",
    "w:rPr": "rFonts b bCs i iCs noProof color sz szCs lang",
    "w:tblPr": "tblpPr tblOverlap tblW tblInd tblLayout tblCellMar",
    "w:tcPr": "tcW vMerge tcBorders tcMar vAlign",
    "w:sectPr": "headerReference footerReference type pgSz pgMar pgBorders pgNumType titlePg",
    "w:tc": "tcPr tbl p",
}


def records_of(form: str) -> list[dict[str, object]]:
    return list(json.loads((FORMS / form / "sample.json").read_text(encoding="utf-8")))


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Write records with a form and return the file."""

    def write(form: str, *records: dict[str, object], **options: Any) -> Path:
        target = tmp_path / f"{form}.docx"
        write_letter(form, records or [sample(form)], target, **options)
        return target

    return write


def roots(path: Path) -> Iterator[Any]:
    """Yield the text of a file, its heads and its footers as elements."""
    document = docx.Document(str(path))
    yield document.element
    for relation in document.part.rels.values():
        if relation.reltype.endswith(("/header", "/footer")):
            yield relation.target_part.element


def text_of(path: Path) -> str:
    """Return all words of a Word file with single spaces between them."""
    words = []
    for root in roots(path):
        for paragraph in root.iter(qn("w:p")):
            parts = (qn("w:t"), qn("w:tab"), qn("w:br"))
            words.append("".join(one.text or " " for one in paragraph.iter(*parts)))
    return plain(" ".join(words))


def plain(text: str) -> str:
    return " ".join(_NOT_LETTERS.sub(" ", text).split())


def test_every_kind_of_block_has_a_writer() -> None:
    assert set(WRITERS) == set(KINDS.values())


@pytest.mark.parametrize("name", form_names())
def test_every_form_says_in_word_what_it_says_in_the_pdf(tmp_path: Path, name: str) -> None:
    form = load_form(name)
    # Rulers measure a printer; only the PDF has them.
    form = replace(form, blocks=tuple(block for block in form.blocks if not isinstance(block, Rulers)))
    records = records_of(name)
    rendered = render_form(form, records, tmp_path / "a.pdf", draft=True)
    letter = write_letter(form, records, tmp_path / "a.docx", draft=True)
    assert letter.records == rendered.records == len(records)
    assert [result.failure for result in letter.results] == [None] * len(records)
    # Without spaces: reading a PDF back, it is a guess where some stand.
    found = text_of(tmp_path / "a.docx").replace(" ", "")
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(tmp_path / "a.pdf")]
    mark = set(form.draft_mark.split())
    lines = [plain(line) for page in pages for line in page.splitlines()]
    missing = [line for line in lines if line.replace(" ", "") not in found and not set(line.split()) <= mark]
    assert missing == []
    assert sum(len(line) for line in lines) > 200 or name == "overprint-test"


@pytest.mark.parametrize("name", form_names())
def test_the_parts_of_every_element_stand_in_the_order_that_word_asks_for(tmp_path: Path, name: str) -> None:
    write_letter(name, records_of(name), tmp_path / "a.docx", draft=True)
    for root in roots(tmp_path / "a.docx"):
        for tag, order in _ORDERS.items():
            ranks = {qn(f"w:{child}"): rank for rank, child in enumerate(order.split())}
            for element in root.iter(qn(tag)):
                found = [ranks[child.tag] for child in element]
                assert tag == "w:tc" or found == sorted(found)
                assert found
        for cell in root.iter(qn("w:tc")):
            assert cell[-1].tag == qn("w:p")
        for one, other in pairwise(root.find(qn("w:body")) if root.tag == qn("w:document") else ()):
            # Word makes one table of two that touch.
            assert not one.tag == other.tag == qn("w:tbl")


def test_every_name_of_a_part_is_reached_and_nothing_foreign_is_left(written: Callable[..., Path]) -> None:
    with zipfile.ZipFile(written("certificate", created=AT)) as packed:
        assert set(packed.namelist()) == {
            "[Content_Types].xml",
            "_rels/.rels",
            "docProps/core.xml",
            "word/_rels/document.xml.rels",
            "word/document.xml",
            "word/_rels/header1.xml.rels",
            "word/header1.xml",
            "word/media/image1.png",
            "word/media/image2.png",
            "word/settings.xml",
            "word/styles.xml",
        }
        assert {info.date_time for info in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_same_input_gives_the_same_bytes(written: Callable[..., Path]) -> None:
    first = written("certificate", created=AT).read_bytes()
    assert written("certificate", created=AT).read_bytes() == first
    assert written("certificate", created=AT.replace(hour=9)).read_bytes() != first


def test_the_file_says_what_it_is_and_names_no_author(written: Callable[..., Path]) -> None:
    about = docx.Document(str(written("certificate", created=AT))).core_properties
    assert about.title == "Giấy công nhận đạt tiêu chuẩn “An toàn về an ninh, trật tự”"
    assert (about.author, about.last_modified_by, about.comments) == ("", "", "")
    assert about.language == "vi-VN"
    assert about.created is not None
    assert about.created.replace(tzinfo=UTC) == AT


def test_letters_are_times_new_roman_and_vietnamese(written: Callable[..., Path]) -> None:
    styles = docx.Document(str(written("periodic-report"))).styles.element
    letters = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    assert set(letters.find(qn("w:rFonts")).values()) == {"Times New Roman"}
    assert len(letters.find(qn("w:rFonts")).values()) == 4
    assert letters.find(qn("w:lang")).get(qn("w:val")) == "vi-VN"


def test_a_bad_record_is_left_out_and_told(tmp_path: Path) -> None:
    good = sample("household-commitment")
    bad, wrong = {**good, "area": ""}, {**good, "nane": "x"}
    told: list[tuple[int, int]] = []
    letter = write_letter(
        "household-commitment",
        [good, bad, wrong, good],
        tmp_path / "a.docx",
        progress=Progress(lambda done, total, _: told.append((done, total))),
    )
    assert letter.records == 2
    assert [type(result.failure) for result in letter.results] == [
        type(None),
        FieldMissing,
        FieldUnknown,
        type(None),
    ]
    assert [result.number for result in letter.results] == [1, 2, 3, 4]
    assert told == [(n, 4) for n in range(1, 5)]
    assert len(docx.Document(str(tmp_path / "a.docx")).sections) == 2


def test_when_no_record_can_be_written_the_former_file_stays(tmp_path: Path) -> None:
    target = tmp_path / "out.docx"
    target.write_bytes(b"the former paper")
    with pytest.raises(FieldUnknown, match="«nane»"):
        write_letter("certificate", [sample("certificate", nane="x")], target)
    with pytest.raises(NothingToPrint):
        write_letter("certificate", [], target)
    with pytest.raises(FormMissing):
        write_letter("certifikate", [sample("certificate")], target)
    assert target.read_bytes() == b"the former paper"
    assert list(tmp_path.iterdir()) == [target]


def test_cancelling_leaves_nothing(tmp_path: Path) -> None:
    progress = Progress()

    def records() -> Iterator[dict[str, object]]:
        yield sample("certificate")
        progress.cancel()
        yield sample("certificate")

    with pytest.raises(Cancelled):
        write_letter("certificate", records(), tmp_path / "out.docx", progress=progress)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(PaperNotWritten):
        write_letter("certificate", [sample("certificate")], tmp_path / "file" / "out.docx")


def test_a_letter_that_our_face_lacks_is_left_to_word(tmp_path: Path) -> None:
    target = tmp_path / "a.docx"
    record = sample("household-commitment", signer="Hmôb ᥖᥭᥰ 龍", address="x\uffff\ue000y")
    letter: WrittenLetter = write_letter("household-commitment", [record], target)
    assert "HMÔB ᥖᥭᥰ 龍" in text_of(target)
    # What no file can hold, and a private sign that is not ours, show as the sign for an unknown letter.
    assert "x\ufffd\ufffdy" in text_of(target)
    assert letter.missing_glyphs == letter.results[0].missing_glyphs == ("\uffff",)


@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice, which breaks the pages, is not here"
)
def test_a_word_processor_needs_as_many_pages_as_the_pdf(tmp_path: Path) -> None:
    pages = {}
    for name in form_names():
        pages[name] = render_form(name, records_of(name), tmp_path / "paper.pdf").pages
        write_letter(name, records_of(name), tmp_path / f"{name}.docx")
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(tmp_path / "out")]
    files = [str(tmp_path / f"{name}.docx") for name in pages]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=240)
    shown = {name: len(pypdfium2.PdfDocument(tmp_path / "out" / f"{name}.pdf")) for name in pages}
    assert shown == pages
