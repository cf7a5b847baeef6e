"""Reads back where each line of a printed paper stands; run as a module, it writes the golden files anew.

After a form was changed on purpose: ``python -m tests.documents.places``, then look at the pages and at what git shows.
"""

import ctypes
import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
import pypdfium2.raw as pdfium

from antq_desktop.documents.form_files import form_names
from antq_desktop.documents.pdf import render_form
from antq_desktop.runtime.resources import FORMS

GOLDEN = Path(__file__).parent / "golden"
_MM = 72 / 25.4
_NAME = 256
_GAP = 5 * _MM


def samples(form: str) -> list[dict[str, object]]:
    """Return the sample records of a form."""
    found: list[dict[str, object]] = json.loads((FORMS / form / "sample.json").read_text(encoding="utf-8"))
    return found


def places(path: Path) -> str:
    """Return a line for each stretch of text: page, millimetres from left and top to its base line, style, size, text."""
    document = pypdfium2.PdfDocument(path.read_bytes())
    lines = [f"{number} {line}" for number, page in enumerate(document, 1) for line in _page(page)]
    return "\n".join(lines) + "\n"


def _page(page: pypdfium2.PdfPage) -> Iterator[str]:
    words = page.get_textpage()
    height = page.get_height()
    start, text, right = "", "", 0.0
    for number in range(words.count_chars()):
        sign = chr(pdfium.FPDFText_GetUnicode(words.raw, number))
        left, _bottom, end, _top = words.get_charbox(number, loose=True)
        # Two columns on one height are two places, though a reader takes them as one line.
        if text and (sign in "\r\n" or (sign != " " and left - right > _GAP)):
            yield f"{start} {text.strip()}"
            start, text = "", ""
        # A space that the reader found between two words has no place of its own.
        if sign in "\r\n" or (sign == " " and not text):
            continue
        if not text:
            start = _start(words, number, height)
        if sign != " ":
            right = end
        text += sign
    if text:
        yield f"{start} {text.strip()}"


def _start(words: pypdfium2.PdfTextPage, number: int, height: float) -> str:
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(words.raw, number, x, y)
    name, flags = ctypes.create_string_buffer(_NAME), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(words.raw, number, name, _NAME, flags)
    size = pdfium.FPDFText_GetFontSize(words.raw, number)
    style = "".join(word[0] for word in ("Bold", "Italic") if word.encode() in name.value) or "R"
    return f"{x.value / _MM:6.1f} {(height - y.value) / _MM:6.1f} {style:2} {size:4.1f}"


def golden_of(form: str, folder: Path) -> tuple[str, str]:
    """Print the samples of a form and return what its two golden files must say: the text, and where it stands."""
    target = folder / f"{form}.pdf"
    render_form(form, samples(form), target)
    document = pypdfium2.PdfDocument(target.read_bytes())
    texts = [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]
    return "\n\f\n".join(texts) + "\n", places(target)


def main() -> None:
    """Write the golden files of every form."""
    with TemporaryDirectory() as folder:
        for form in form_names():
            text, where = golden_of(form, Path(folder))
            (GOLDEN / f"{form}.txt").write_text(text, encoding="utf-8")
            (GOLDEN / f"{form}.places.txt").write_text(where, encoding="utf-8")


if __name__ == "__main__":
    main()
