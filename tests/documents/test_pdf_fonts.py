"""Letters in the file: every one is found again by other readers, in NFC, however many a paper uses."""

import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from antq_desktop.documents.fonts import VIETNAMESE, serif
from antq_desktop.documents.pdf import render_form
from tests.documents.conftest import Paper, read_back, sample

Print = Callable[..., Paper]
FORM = (
    '[fields]\nx = { label = "x" }\n[[block]]\nkind = "paragraph"\ntext = "{x}"\nindent = 0\nalign = "left"\n'
)


@pytest.fixture
def write(form_folder: Callable[[str], Path], tmp_path: Path) -> Callable[[str], Paper]:
    folder = form_folder(FORM)

    def print_it(text: str) -> Paper:
        target = tmp_path / "out.pdf"
        return read_back(target, render_form("thu", [{"x": text}], target, folder=folder))

    return print_it


def words(paper: Paper) -> str:
    return " ".join(paper.texts[0].split())


def fonts(path: Path) -> dict[str, pikepdf.Object]:
    with pikepdf.open(path) as pdf:
        return {str(name): font.BaseFont for name, font in pdf.pages[0].obj.Resources.Font.items()}


def test_signs_that_end_a_string_in_the_file_are_letters_like_others(write: Callable[[str], Paper]) -> None:
    text = r"(a) b\ ((c \) d) \n %e <f> [g] /h"
    assert words(write(text)) == text


def test_more_letters_than_one_subset_holds(write: Callable[[str], Paper]) -> None:
    signs = sorted(sign for sign in VIETNAMESE | set("ŠšŽžĆćČčŁłŃńŐőŘřŚśŹźŻżΑΒΓΔΕΖΗΘ") if not sign.isascii())
    signs = [sign for sign in signs if sign in serif().letters]
    assert len(signs) > 150
    text = " ".join("".join(signs[at : at + 7]) for at in range(0, len(signs), 7))
    paper = write(text)
    assert words(paper) == text
    assert len(set(fonts(paper.path))) == 2
    assert len({str(name) for name in fonts(paper.path).values()}) == 2


def test_a_space_that_must_not_break_is_a_space_when_it_is_read(write: Callable[[str], Paper]) -> None:
    with pikepdf.open(write("Số\u00a012").path) as pdf:
        assert b"00a0" not in pdf.pages[0].obj.Resources.Font["/F0"].ToUnicode.read_bytes().lower()


def test_spaces_of_justified_lines_are_stretched_in_every_reader(printed: Print) -> None:
    paper = printed("periodic-report")
    left, _, right, _ = paper.box("Công an xã Kim Bôi báo cáo kết quả phong trào Toàn dân bảo vệ an ninh Tổ")
    assert right == pytest.approx(210 - 17, abs=0.6)
    assert left == pytest.approx(40, abs=0.6)


@pytest.mark.parametrize("name", ["certificate", "household-commitment", "periodic-report"])
def test_another_reader_finds_the_same_text_in_nfc(printed: Print, name: str) -> None:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is not on this machine")
    apart = {"signer": unicodedata.normalize("NFD", "Đặng Thị Thuỷ Tiên")} if "commitment" in name else {}
    paper = printed(name, sample(name, **apart))
    ran = subprocess.run([program, "-raw", str(paper.path), "-"], capture_output=True, check=True)
    text = ran.stdout.decode("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert sorted(text.split()) == sorted("\n".join(paper.texts).replace("\x02", "").split())
    assert ran.stderr == b""


def test_a_letter_that_a_fixed_text_lacks_is_shown_as_a_question_mark(
    form_folder: Callable[[str], Path], tmp_path: Path
) -> None:
    from tests.documents.conftest import HEAD

    folder = form_folder(FORM)
    (folder / "thu" / "form.toml").write_text(HEAD.replace("BẢN NHÁP", "NHÁP漢") + FORM, encoding="utf-8")
    target = tmp_path / "out.pdf"
    rendered = render_form("thu", [{"x": "Một"}], target, draft=True, folder=folder)
    assert "NHÁP?" in read_back(target, rendered).texts[0]
