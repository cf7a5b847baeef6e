"""Pages reach the printer whole, in the order and as often as asked, moved where asked; trouble is said in a sentence."""

import json
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from antq_desktop.documents.pdf import render_form
from antq_desktop.documents.preview import PageImage, previewing
from antq_desktop.domain.errors import Cancelled
from antq_desktop.runtime.progress import Progress
from antq_desktop.runtime.resources import FORMS
from antq_desktop.ui.printing import NoPrinter, Offset, PrinterFailed, new_printer, print_pages

pytestmark = pytest.mark.usefixtures("qapp")


def sample(tmp_path: Path, form: str, count: int = 1) -> bytes:
    """Return the sample of a form as a PDF, its record ``count`` times."""
    records = json.loads((FORMS / form / "sample.json").read_text(encoding="utf-8"))[:1] * count
    out = tmp_path / "mau.pdf"
    render_form(form, records, out)
    return out.read_bytes()


def file_printer(out: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(out))
    printer.setResolution(150)
    return printer


def sizes(path: Path) -> list[tuple[int, int]]:
    with previewing(path) as shown:
        return [(round(shown.size(page)[0]), round(shown.size(page)[1])) for page in range(shown.pages)]


def page(path: Path) -> PageImage:
    with previewing(path) as shown:
        return shown.image(0, 100)


def dark_rows(image: PageImage) -> tuple[int, int]:
    """Return the first and the last row that holds something dark."""
    rows = [image.pixels[y * image.stride : y * image.stride + image.width * 4] for y in range(image.height)]
    dark = [y for y, row in enumerate(rows) if min(row[1::4]) < 100]
    return dark[0], dark[-1]


def test_every_page_is_printed_and_lies_as_in_the_paper(tmp_path: Path) -> None:
    content = sample(tmp_path, "household-commitment", 3)
    out = tmp_path / "in.pdf"
    assert print_pages(content, "Bản cam kết", file_printer(out), Progress()) == 3
    assert sizes(out) == [(210, 297)] * 3


def test_a_page_that_lies_broad_turns_the_paper(tmp_path: Path) -> None:
    out = tmp_path / "in.pdf"
    print_pages(sample(tmp_path, "certificate"), "Giấy", file_printer(out), Progress())
    assert sizes(out) == [(297, 210)]


def test_what_is_printed_looks_like_the_paper(tmp_path: Path) -> None:
    content = sample(tmp_path, "household-commitment")
    out = tmp_path / "in.pdf"
    print_pages(content, "Bản cam kết", file_printer(out), Progress())
    first, last = dark_rows(page(tmp_path / "mau.pdf"))
    printed_first, printed_last = dark_rows(page(out))
    assert abs(first - printed_first) <= 2
    assert abs(last - printed_last) <= 2


def test_an_offset_moves_everything_by_so_many_millimetres(tmp_path: Path) -> None:
    content = sample(tmp_path, "household-commitment")
    plain, moved = tmp_path / "a.pdf", tmp_path / "b.pdf"
    print_pages(content, "Giấy", file_printer(plain), Progress())
    print_pages(content, "Giấy", file_printer(moved), Progress(), Offset(right=0, down=10))
    assert abs(dark_rows(page(moved))[0] - dark_rows(page(plain))[0] - 100 * 10 / 25.4) <= 1.5


def test_only_the_pages_asked_for_are_printed(tmp_path: Path) -> None:
    printer = file_printer(tmp_path / "in.pdf")
    printer.setFromTo(2, 3)
    content = sample(tmp_path, "household-commitment", 4)
    assert print_pages(content, "Giấy", printer, Progress()) == 2
    assert len(sizes(tmp_path / "in.pdf")) == 2


def test_a_range_beside_the_paper_prints_all(tmp_path: Path) -> None:
    printer = file_printer(tmp_path / "in.pdf")
    printer.setFromTo(9, 12)
    assert print_pages(sample(tmp_path, "household-commitment", 2), "Giấy", printer, Progress()) == 2


def test_copies_that_the_driver_does_not_make_are_made_here(tmp_path: Path) -> None:
    printer = file_printer(tmp_path / "in.pdf")
    printer.setCopyCount(3)
    count = 1 if printer.supportsMultipleCopies() else 3
    content = sample(tmp_path, "household-commitment", 2)
    assert print_pages(content, "Giấy", printer, Progress()) == 2 * count


def test_a_print_can_be_stopped(tmp_path: Path) -> None:
    progress = Progress(lambda done, _total, _what: progress.cancel() if done == 1 else None)
    with pytest.raises(Cancelled):
        print_pages(
            sample(tmp_path, "household-commitment", 3), "Giấy", file_printer(tmp_path / "in.pdf"), progress
        )


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_does_not_begin_is_said(tmp_path: Path) -> None:
    printer = file_printer(tmp_path / "không có" / "in.pdf")
    with pytest.raises(PrinterFailed) as failed:
        print_pages(sample(tmp_path, "household-commitment"), "Giấy", printer, Progress())
    assert failed.value.facts["page"] == 1


def test_a_laptop_without_a_printer_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    with pytest.raises(NoPrinter):
        new_printer()


def test_what_is_printed_to_a_file_is_a_pdf(tmp_path: Path) -> None:
    out = tmp_path / "in.pdf"
    print_pages(sample(tmp_path, "handover-slip"), "Phiếu", file_printer(out), Progress())
    document = pypdfium2.PdfDocument(out.read_bytes())
    assert len(document) >= 1
    document.close()
