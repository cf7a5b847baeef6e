"""What the tests of papers share: printing a sample, reading a PDF back, writing a small form."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from antq_desktop.documents.pdf import Rendered, render_form
from antq_desktop.runtime.resources import FORMS

MM = 72 / 25.4


@dataclass(frozen=True)
class Paper:
    """A printed PDF read back: texts of its pages, sizes, and where things stand, in millimetres from the top left."""

    path: Path
    rendered: Rendered
    texts: list[str]
    sizes: list[tuple[float, float]]
    #: Per page: (left, top, width, height) of every drawn rule or box.
    shapes: list[list[tuple[float, float, float, float]]]
    _boxes: list[Callable[[str], tuple[float, float, float, float]]]

    def box(self, text: str, page: int = 0) -> tuple[float, float, float, float]:
        """Return left, top, right, bottom of the first place where ``text`` stands on ``page``."""
        return self._boxes[page](text)


def read_back(path: Path, rendered: Rendered) -> Paper:
    document = pypdfium2.PdfDocument(path.read_bytes())
    texts, sizes, shapes, boxes = [], [], [], []
    for page in document:
        width, height = page.get_size()
        sizes.append((width / MM, height / MM))
        words = page.get_textpage()
        texts.append(words.get_text_range().replace("\r\n", "\n"))
        shapes.append(
            [
                (left / MM, (height - top) / MM, (right - left) / MM, (top - bottom) / MM)
                for left, bottom, right, top in (o.get_bounds() for o in page.get_objects() if o.type == 2)
            ]
        )
        boxes.append(_finder(page, words, height))
    return Paper(path, rendered, texts, sizes, shapes, boxes)


def _finder(page: Any, words: Any, height: float) -> Callable[[str], tuple[float, float, float, float]]:
    def find(text: str) -> tuple[float, float, float, float]:
        found = words.search(text, match_case=True).get_next()
        assert found is not None, f"«{text}» is not on the page {page}"
        signs = [words.get_charbox(number) for number in range(found[0], found[0] + found[1])]
        lefts, bottoms, rights, tops = zip(*signs, strict=True)
        return min(lefts) / MM, (height - max(tops)) / MM, max(rights) / MM, (height - min(bottoms)) / MM

    return find


def sample(form: str, **changes: object) -> dict[str, object]:
    """Return the first record of a form's sample with some fields changed."""
    records = json.loads((FORMS / form / "sample.json").read_text(encoding="utf-8"))
    return {**records[0], **changes}


@pytest.fixture
def printed(tmp_path: Path) -> Callable[..., Paper]:
    """Print records with a form and read the paper back."""

    def print_it(form: str, *records: Mapping[str, object], **options: Any) -> Paper:
        target = tmp_path / f"{form}.pdf"
        return read_back(target, render_form(form, records or [sample(form)], target, **options))

    return print_it


HEAD = """
title = "Thử"
subject = "Thử"
legal_basis = []
status = "reference"
in_force_from = 2026-01-01
draft_mark = "BẢN NHÁP"
"""


@pytest.fixture
def form_folder(tmp_path: Path) -> Callable[[str], Path]:
    """Write the form ``thu`` with the usual head and return the folder of forms."""

    def write(rest: str, head: str = HEAD) -> Path:
        folder = tmp_path / "forms"
        (folder / "thu").mkdir(parents=True, exist_ok=True)
        (folder / "thu" / "form.toml").write_text(head + rest, encoding="utf-8")
        return folder

    return write
