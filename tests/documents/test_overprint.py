"""Printing over a bought blank: what it bears already is left out, the rest stands where it stood, moved by millimetres."""

from collections.abc import Callable
from pathlib import Path

import pytest

from antq_desktop.documents.pdf import Overprint, render_form
from tests.documents.conftest import Paper, read_back

Print = Callable[..., Paper]
FORM = """
[fields]
name = { label = "Tên", required = true }
[[block]]
kind = "frame"
style = "line"
preprinted = true
[[block]]
kind = "letterhead"
preprinted = true
state = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
motto = "Độc lập - Tự do - Hạnh phúc"
[[block]]
kind = "line"
text = "Tặng {name}"
above = 20
[[block]]
kind = "line"
preprinted = true
at = { x = 120, y = 200, width = 60 }
text = "Chủ tịch"
rule = 1.0
[[block]]
kind = "line"
at = { x = 120, y = 230, width = 60 }
text = "Người ký"
"""


@pytest.fixture
def over(form_folder: Callable[[str], Path], tmp_path: Path) -> Callable[..., Paper]:
    folder = form_folder(FORM)

    def print_it(overprint: Overprint | None = None, *, draft: bool = False) -> Paper:
        target = tmp_path / "out.pdf"
        made = render_form(
            "thu", [{"name": "Lò Thị Én"}], target, overprint=overprint, draft=draft, folder=folder
        )
        return read_back(target, made)

    return print_it


def test_what_the_blank_bears_is_left_out(over: Callable[..., Paper]) -> None:
    plain, paper = over(), over(Overprint())
    assert "CỘNG HÒA" in plain.texts[0]
    assert "Chủ tịch" in plain.texts[0]
    assert paper.texts[0].split("\n") == ["Tặng Lò Thị Én", "Người ký"]
    assert plain.shapes[0]
    assert paper.shapes[0] == []
    assert b"/Ground" not in paper.path.read_bytes()


def test_the_rest_stands_where_it_stood(over: Callable[..., Paper]) -> None:
    plain, paper = over(), over(Overprint())
    for text in ("Tặng Lò Thị Én", "Người ký"):
        assert paper.box(text) == pytest.approx(plain.box(text), abs=0.02)


@pytest.mark.parametrize(("dx", "dy"), [(2.5, 0.0), (0.0, 1.5), (-3.0, -4.25)])
def test_everything_is_moved_to_the_right_and_down(over: Callable[..., Paper], dx: float, dy: float) -> None:
    plain, paper = over(), over(Overprint(dx, dy))
    for text in ("Tặng Lò Thị Én", "Người ký"):
        moved = [a - b for a, b in zip(paper.box(text), plain.box(text), strict=True)]
        assert moved == pytest.approx([dx, dy, dx, dy], abs=0.02)
    assert paper.sizes == plain.sizes


def test_a_draft_over_a_blank_still_says_so(over: Callable[..., Paper]) -> None:
    assert "BẢN NHÁP" in over(Overprint(1, 1), draft=True).texts[0]
