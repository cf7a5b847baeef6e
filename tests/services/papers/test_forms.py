"""An office changes the wording of its papers: what it typed is printed, what cannot be printed is refused, and it can go back."""

import difflib
import re
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import docx
import pytest

from antq_desktop.documents.form_blocks import KINDS, Cell, Column, Cross, Signer
from antq_desktop.documents.form_files import FormBroken, FormMissing, form_names, form_of
from antq_desktop.documents.preview import previewing
from antq_desktop.documents.records import FieldMissing
from antq_desktop.domain.errors import NotFound
from antq_desktop.domain.households import Household
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.runtime.resources import FORMS
from antq_desktop.services.application import Application
from antq_desktop.services.papers import form_texts, forms
from antq_desktop.services.papers.forms import shipped_source
from antq_desktop.services.results import Invalid, ReasonMissing
from antq_desktop.storage.queries.journal import JournalFilter
from antq_desktop.storage.queries.window import Window

COMMITMENT = "household-commitment"
TITLE = "block.1.text"


def text_of(path: Path) -> str:
    """Return the words of a PDF, joined by single spaces."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path.read_bytes())
    words = []
    for page in document:
        text = page.get_textpage()
        words.append(text.get_text_range())
        text.close()
        page.close()
    document.close()
    return " ".join(" ".join(words).split())


def swapped(old: str, new: str, name: str = COMMITMENT) -> str:
    """Return the shipped form file with one piece of it replaced."""
    source = shipped_source(name)
    assert old in source
    return source.replace(old, new, 1)


@pytest.mark.parametrize("name", form_names())
def test_each_form_names_its_texts_once_and_in_words(name: str) -> None:
    source = shipped_source(name)
    form = form_of(name, source)
    texts = form_texts.texts(form, source, form, source)
    assert len({text.path for text in texts}) == len(texts) > 10
    assert [text for text in texts if text.shipped != text.text] == []
    assert [text for text in texts if not text.group or not text.label or "{n}" in text.label] == []
    assert {"page.margins.left", "page.size", "draft_mark"} <= {text.path for text in texts}


@pytest.mark.parametrize("name", form_names())
def test_writing_every_text_back_changes_nothing_but_defaults(application: Application, name: str) -> None:
    texts = {text.path: text.text for text in application.forms.texts(name)}
    changed = application.forms.changed_source(name, texts)
    assert form_of(name, changed) == form_of(name, shipped_source(name))
    lines = difflib.ndiff(shipped_source(name).splitlines(), changed.splitlines())
    assert [line for line in lines if line.startswith("-")] == []


def test_every_shipped_form_is_listed_as_shipped(application: Application) -> None:
    rows = application.forms.names()
    assert [row.name for row in rows] == list(form_names())
    assert [row for row in rows if row.own or row.fault or not row.title] == []


def test_a_changed_text_is_printed_and_the_file_keeps_its_comments(
    application: Application, tmp_path: Path
) -> None:
    written = application.forms.change(COMMITMENT, {TITLE: "BẢN CAM KẾT XÃ KIM BÔI"})
    assert written.warnings == ()
    changed = written.record.text.splitlines()
    different = [
        line for line in difflib.ndiff(shipped_source(COMMITMENT).splitlines(), changed) if line[0] in "-+"
    ]
    assert different == ['- text = "BẢN ĐĂNG KÝ, CAM KẾT"', '+ text = "BẢN CAM KẾT XÃ KIM BÔI"']
    application.forms.sample(COMMITMENT, tmp_path / "mau.pdf")
    assert "BẢN CAM KẾT XÃ KIM BÔI" in text_of(tmp_path / "mau.pdf")
    row = next(row for row in application.forms.names() if row.name == COMMITMENT)
    assert row.own
    shown = next(text for text in application.forms.texts(COMMITMENT) if text.path == TITLE)
    assert (shown.text, shown.shipped) == ("BẢN CAM KẾT XÃ KIM BÔI", "BẢN ĐĂNG KÝ, CAM KẾT")


def test_margins_and_sizes_are_typed_as_people_write_numbers(application: Application) -> None:
    application.forms.change(COMMITMENT, {"page.margins.left": "32,5", "page.size": "13"})
    made = form_of(COMMITMENT, application.forms.source(COMMITMENT))
    assert (made.page.margins.left, made.page.size) == (32.5, 13.0)
    assert "left = 32.5" in application.forms.source(COMMITMENT)


def test_a_margin_that_the_file_leaves_out_can_be_set(application: Application) -> None:
    bare = swapped("margins = { top = 20, bottom = 20, left = 30, right = 17 }\n", "", "periodic-report")
    application.forms.put_source("periodic-report", bare)
    application.forms.change("periodic-report", {"page.margins.top": "25"})
    assert form_of("periodic-report", application.forms.source("periodic-report")).page.margins.top == 25


@pytest.mark.parametrize("typed", ["hai mươi", "", "nan", "1.2.3"])
def test_a_measure_that_is_no_number_says_which(application: Application, typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        application.forms.change(COMMITMENT, {"page.margins.left": typed})
    assert refused.value.findings[0].field == "page.margins.left"
    assert not application.forms.own_source(COMMITMENT)


@pytest.mark.parametrize("path", ["block.99.text", "block.1.nothing", "sai"])
def test_a_place_that_is_not_there_is_said(application: Application, path: str) -> None:
    with pytest.raises(NotFound):
        application.forms.change(COMMITMENT, {path: "chữ"})


def test_a_form_that_does_not_exist_is_said(application: Application) -> None:
    for work in (application.forms.source, application.forms.texts):
        with pytest.raises(FormMissing):
            work("khong-co")
    with pytest.raises(FormMissing):
        application.forms.put_source("khong-co", shipped_source(COMMITMENT))


def test_an_unknown_field_is_refused_with_its_line(application: Application) -> None:
    source = swapped('text = "BẢN ĐĂNG KÝ, CAM KẾT"', 'text = "BẢN CAM KẾT {nguoi_ky}"')
    with pytest.raises(FormBroken) as refused:
        application.forms.put_source(COMMITMENT, source)
    starts = [number for number, line in enumerate(source.splitlines(), 1) if line == "[[block]]"]
    assert refused.value.facts["line"] == starts[1]
    assert "nguoi_ky" in str(refused.value.facts["key"])
    assert not application.forms.own_source(COMMITMENT)


def test_a_field_that_the_program_never_fills_is_refused_with_its_line(application: Application) -> None:
    source = swapped("[fields]\n", '[fields]\nchi_huy = { label = "Chỉ huy" }\n')
    with pytest.raises(FormBroken) as refused:
        application.forms.put_source(COMMITMENT, source)
    assert refused.value.facts["key"] == "chi_huy"
    assert source.splitlines()[int(str(refused.value.facts["line"])) - 1].startswith("chi_huy")


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("left", "170", "margins"),
        ("left", "-5", "left"),
        ("top", "nan", "top"),
        ("size", "1", "size"),
        ("size", "900", "size"),
    ],
)
def test_a_measure_that_cannot_be_printed_is_refused(
    application: Application, key: str, value: str, told: str
) -> None:
    source = re.sub(rf"\b{key} = [\d.]+", f"{key} = {value}", shipped_source(COMMITMENT), count=1)
    with pytest.raises(FormBroken) as refused:
        application.forms.put_source(COMMITMENT, source)
    assert refused.value.facts["key"] == told
    assert not application.forms.own_source(COMMITMENT)


def test_every_part_of_the_form_language_has_words() -> None:
    """A kind of block that is added has to be named for people too."""
    named = {kind for kind in KINDS if kind in form_texts._BLOCKS}
    assert named == set(KINDS)
    unnamed = {
        f"{kind.__name__}.{field.name}"
        for kind in (*KINDS.values(), Cell, Column, Signer, Cross)
        for field in fields(kind)
        if "Template" in str(field.type) and field.name not in form_texts._PARTS
    }
    assert unnamed == set()


@pytest.mark.parametrize("junk", ["", "không phải tệp mẫu", "a = " + "[" * 5000, "x" * 300_000, "\x00"])
def test_what_is_no_form_file_is_refused(application: Application, junk: str) -> None:
    with pytest.raises(FormBroken):
        application.forms.put_source(COMMITMENT, junk)
    assert not application.forms.own_source(COMMITMENT)


def test_a_field_made_needed_that_the_sample_lacks_is_refused(application: Application) -> None:
    source = swapped(
        'campaign = { label = "Chuyên đề của đợt ký" }', 'campaign = { label = "Chuyên đề", required = true }'
    )
    with pytest.raises(FieldMissing):
        application.forms.put_source(COMMITMENT, source)


def test_a_file_of_another_system_is_taken_as_it_would_be_written_here(application: Application) -> None:
    application.forms.put_source(COMMITMENT, "\ufeff" + shipped_source(COMMITMENT).replace("\n", "\r\n"))
    assert application.forms.source(COMMITMENT) == shipped_source(COMMITMENT)


def test_letters_that_the_face_lacks_are_a_warning(application: Application) -> None:
    written = application.forms.change(COMMITMENT, {TITLE: "BẢN CAM KẾT 漢"})
    assert [finding.facts["letters"] for finding in written.warnings] == ["漢"]


def test_going_back_asks_why_and_keeps_what_was_there_in_the_journal(
    application: Application, tmp_path: Path
) -> None:
    application.forms.change(COMMITMENT, {TITLE: "BẢN CAM KẾT"})
    with pytest.raises(ReasonMissing):
        application.forms.back_to_shipped(COMMITMENT, " ")
    assert application.forms.own_source(COMMITMENT)
    assert application.forms.back_to_shipped(COMMITMENT, "Tỉnh đã có mẫu chung").touches("own_forms")
    assert application.forms.source(COMMITMENT) == shipped_source(COMMITMENT)
    assert not any(row.own for row in application.forms.names())
    line = application.journal.page(JournalFilter("own_forms", COMMITMENT), Window())[0]
    assert line.note == "Tỉnh đã có mẫu chung"
    assert "BẢN CAM KẾT" in line.changes["text"][0]
    application.forms.change(COMMITMENT, {TITLE: "BẢN CAM KẾT MỚI"})
    assert "BẢN CAM KẾT MỚI" in application.forms.source(COMMITMENT)


def test_going_back_from_a_shipped_form_changes_nothing(application: Application) -> None:
    assert not application.forms.back_to_shipped(COMMITMENT, "Thử")


def test_texts_keep_their_shipped_partner_when_a_block_was_put_between(application: Application) -> None:
    extra = '[[block]]\nkind = "space"\nheight = 5\n\n[[block]]\nkind = "title"\n'
    application.forms.put_source(COMMITMENT, swapped('[[block]]\nkind = "title"\n', extra))
    texts = {text.path: text for text in application.forms.texts(COMMITMENT)}
    assert texts["block.2.text"].shipped == "BẢN ĐĂNG KÝ, CAM KẾT"
    assert texts["block.1.height"].shipped is None


def test_a_trial_is_printed_and_not_kept(application: Application, tmp_path: Path) -> None:
    application.forms.sample(COMMITMENT, tmp_path / "thu.pdf", {TITLE: "CHỈ XEM THỬ"})
    assert "CHỈ XEM THỬ" in text_of(tmp_path / "thu.pdf")
    assert not application.forms.own_source(COMMITMENT)


def test_an_own_form_lets_in_data_that_it_does_not_know_yet(application: Application) -> None:
    """A newer program brings more data than a form made before it; that must not stop the print."""
    older = "\n".join(
        line for line in shipped_source(COMMITMENT).splitlines() if not line.startswith("campaign =")
    )
    for text in ("when", "unless"):
        older = older.replace(f'{text} = "campaign"', f'{text} = "pledges"')
    older = older.replace("{campaign}", "")
    application.forms.put_source(COMMITMENT, older)
    with application.forms._store.reading() as work:
        assert "campaign" in application.forms.form(work, COMMITMENT).fields


def before_people() -> str:
    """Return the form of the periodic report as it was shipped before the areas had a column for people."""
    older = re.sub(
        r"^people = .*\n|^ *\{ head = \"Nhân khẩu\".*\n",
        "",
        shipped_source("periodic-report"),
        flags=re.MULTILINE,
    )
    return older.replace(' "{people}",', "", 1)


def test_an_own_form_made_before_a_column_was_added_goes_on_printing_without_it(
    application: Application, area: ResidentialArea, settle: Callable[..., list[Household]], tmp_path: Path
) -> None:
    settle(area.id, "Bùi Văn Ánh", "Quách Thị Bé")
    older = before_people()
    assert "people" not in older
    assert "Nhân khẩu" not in older
    application.forms.put_source("periodic-report", older)
    title = next(
        text
        for text in application.forms.texts("periodic-report")
        if text.text == "<b>1. Theo khu dân cư</b>"
    )
    application.forms.change("periodic-report", {title.path: "<b>Các khu dân cư</b>"})
    view = application.periodic_reports.view_of("2026")
    pdf, word = tmp_path / "bao-cao.pdf", tmp_path / "bao-cao.docx"
    for out in (pdf, word):
        application.printing.periodic_report(view, out)
    assert "Các khu dân cư TT Khu dân cư Số hộ Đã ký" in text_of(pdf)
    heads = [[cell.text for cell in table.rows[0].cells] for table in docx.Document(str(word)).tables]
    (areas,) = [head for head in heads if "Số hộ" in head]
    assert areas[:4] == ["TT", "Khu dân cư", "Số hộ", "Đã ký"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('text = "{people}"', 'text = "{women}"'),
        (
            'people = { label = "Nhân khẩu"',
            'women = { label = "Nữ", kind = "number" }\npeople = { label = "Nhân khẩu"',
        ),
    ],
)
def test_a_column_of_which_the_program_knows_nothing_is_refused_when_the_form_is_saved(
    application: Application, old: str, new: str
) -> None:
    with pytest.raises(FormBroken) as refused:
        application.forms.put_source("periodic-report", swapped(old, new, "periodic-report"))
    assert "women" in str(refused.value)
    assert not application.forms.own_source("periodic-report")


def test_an_own_form_that_cannot_be_read_any_more_says_so(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    application.forms.change(COMMITMENT, {TITLE: "BẢN CAM KẾT"})

    def refuse(name: str, source: str) -> None:
        raise FormBroken(form=name, line=3, key="size", why="")

    monkeypatch.setattr(forms, "_read", refuse)
    row = next(row for row in application.forms.names() if row.name == COMMITMENT)
    assert row.fault is not None
    assert row.title == form_of(COMMITMENT, shipped_source(COMMITMENT)).title


def test_the_sample_is_a_whole_page(application: Application, tmp_path: Path) -> None:
    for name in form_names():
        application.forms.sample(name, tmp_path / f"{name}.pdf")
        with previewing(tmp_path / f"{name}.pdf") as shown:
            assert shown.pages >= 1
    assert FORMS.is_dir()


def test_papers_of_the_workspace_are_printed_with_the_own_form(
    application: Application, tmp_path: Path
) -> None:
    application.forms.change("recovery-key", {"block.2.text": "KHÓA CỦA XÃ KIM BÔI"})
    application.printing.recovery_sheet("ABCD-EFGH-JKLM-NPQR", tmp_path / "khoa.pdf")
    assert "KHÓA CỦA XÃ KIM BÔI" in text_of(tmp_path / "khoa.pdf")
