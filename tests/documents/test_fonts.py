"""The face must have every Vietnamese letter in four styles, or the officer is told before anything is printed."""

import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
import reportlab

from antq_desktop.documents.fonts import BOLD, VIETNAMESE, NoVietnameseFont, Serif, find_serif, serif


@pytest.fixture(scope="module")
def face() -> Serif:
    return serif()


def copy_as(
    face: Serif, folder: Path, names: tuple[str, ...], sources: tuple[int, ...] = (0, 1, 2, 3)
) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, source in zip(names, sources, strict=True):
        (folder / name).write_bytes(face.files[source].read_bytes())
    return folder


TINOS = ("Tinos-Regular.ttf", "Tinos-Bold.ttf", "Tinos-Italic.ttf", "Tinos-BoldItalic.ttf")
TIMES = ("times.ttf", "timesbd.ttf", "timesi.ttf", "timesbi.ttf")
LIBERATION = tuple(name.replace("Tinos", "LiberationSerif") for name in TINOS)


def test_vietnamese_counts_each_vowel_with_each_tone() -> None:
    vowels = {sign for sign in VIETNAMESE if unicodedata.normalize("NFD", sign)[0] in "aeiouyAEIOUY"}
    assert len(vowels) == 2 * 12 * 6
    assert all(unicodedata.is_normalized("NFC", sign) for sign in VIETNAMESE)
    assert {"đ", "Đ", "ữ", "Ặ"} <= VIETNAMESE


def test_the_face_of_this_machine_has_all_letters_and_four_names(face: Serif) -> None:
    assert face.letters >= VIETNAMESE
    assert len(set(face.names)) == 4
    assert face.width(BOLD, "Kim Bôi") > face.width(0, "Kim Bôi") > 0


def test_the_width_is_that_of_times(face: Serif) -> None:
    assert face.width(0, " ") == pytest.approx(0.25, abs=0.001)
    assert face.width(0, "ộ") == pytest.approx(0.5, abs=0.001)


def test_no_face_is_a_sentence_with_a_next_step(tmp_path: Path) -> None:
    with pytest.raises(NoVietnameseFont, match="Install Times New Roman"):
        find_serif([tmp_path])


def test_times_goes_before_its_stand_ins(face: Serif, tmp_path: Path) -> None:
    copy_as(face, tmp_path / "a", TINOS)
    copy_as(face, tmp_path / "b", TIMES)
    assert find_serif([tmp_path]).files[0].name == "times.ttf"


def test_a_face_without_one_style_is_passed_over(face: Serif, tmp_path: Path) -> None:
    copy_as(face, tmp_path / "a", TIMES[:3], (0, 1, 2))
    copy_as(face, tmp_path / "b", TINOS)
    assert find_serif([tmp_path]).files[0].name == "Tinos-Regular.ttf"


def test_a_face_without_vietnamese_is_passed_over(face: Serif, tmp_path: Path) -> None:
    bare = Path(reportlab.__file__).parent / "fonts"
    folder = tmp_path / "a"
    folder.mkdir()
    for name, source in zip(LIBERATION, ("Vera", "VeraBd", "VeraIt", "VeraBI"), strict=True):
        (folder / name).write_bytes((bare / f"{source}.ttf").read_bytes())
    with pytest.raises(NoVietnameseFont):
        find_serif([tmp_path])
    copy_as(face, tmp_path / "b", LIBERATION)
    assert find_serif([tmp_path]).files[0].parent.name == "b"


def test_two_styles_with_one_postscript_name_are_refused(face: Serif, tmp_path: Path) -> None:
    copy_as(face, tmp_path, TIMES, (0, 0, 2, 3))
    with pytest.raises(NoVietnameseFont):
        find_serif([tmp_path])


def test_a_damaged_font_file_is_passed_over(face: Serif, tmp_path: Path) -> None:
    copy_as(face, tmp_path / "a", TIMES)
    (tmp_path / "a" / "timesbd.ttf").write_bytes(b"no font at all")
    with pytest.raises(NoVietnameseFont):
        find_serif([tmp_path])


def test_importing_the_floor_loads_no_drawing_library() -> None:
    program = (
        "import sys, antq_desktop.documents.pdf, antq_desktop.documents.preview, antq_desktop.documents.spreadsheet_out\n"
        "print(sorted(m for m in ('reportlab', 'zxingcpp', 'openpyxl', 'pypdfium2') if m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
