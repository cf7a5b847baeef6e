"""Paints the pages of a finished PDF on a printer, at the printer's own resolution, moved where a bought blank asks for it."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from antq_desktop.documents.preview import PageImage, Preview, previewing_content
from antq_desktop.domain.errors import MachineFailed
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _
from antq_desktop.runtime.progress import Progress

#: Finer than this no eye sees it, and a page would not fit into the memory of a small laptop's printer driver.
_FINEST = 600
_ROWS_OF_A_BAND = 512
_INCH = 25.4


class NoPrinter(MachineFailed):
    """No printer is set up on this laptop."""

    code = "no-printer"
    sentence = N_(
        "No printer is set up on this laptop, so nothing was printed. Connect one in the settings of the system, or save "
        "the paper as PDF and print it elsewhere."
    )


class PrinterFailed(MachineFailed):
    """The printer did not take the pages."""

    code = "printer-failed"
    sentence = N_(
        "The printer «{printer}» did not take page {page}. Look whether it is switched on and has paper, then print again."
    )


@dataclass(frozen=True, slots=True)
class Offset:
    """How far everything is moved on the paper: millimetres to the right and down."""

    right: float = 0.0
    down: float = 0.0


def new_printer() -> QPrinter:
    """Return the printer of the system, set to paint from edge to edge. Raises NoPrinter."""
    if not QPrinterInfo.availablePrinterNames():
        raise NoPrinter
    return QPrinter(QPrinter.PrinterMode.HighResolution)


def print_pages(
    content: bytes, name: str, printer: QPrinter, progress: Progress, offset: Offset | None = None
) -> int:
    """Paint the pages that were asked for in the print dialog; return how many sheets that were.

    May run outside the window's thread. Raises PrinterFailed, NotAPdf, Cancelled; a stopped print is taken back.
    """
    printer.setDocName(name)
    printer.setFullPage(True)
    with previewing_content(content, name) as shown:
        pages = list(_asked(printer, shown.pages))
        _set_up(printer, shown, pages[0])
        painter = QPainter()
        if not painter.begin(printer):
            raise PrinterFailed(printer=printer.printerName(), page=1)
        try:
            for count, page in enumerate(pages):
                progress.report(count, len(pages), _("Printing page {page}", page=page + 1))
                if count:
                    _next_page(printer, shown, page)
                _paint(painter, printer, shown, page, offset or Offset())
        except BaseException:
            printer.abort()
            raise
        finally:
            painter.end()
    if printer.printerState() == QPrinter.PrinterState.Error:
        raise PrinterFailed(printer=printer.printerName(), page=pages[-1] + 1)
    return len(pages)


def _asked(printer: QPrinter, pages: int) -> Iterator[int]:
    """Yield the pages (from 0) in the order and as often as the dialog says; what the driver repeats itself comes once."""
    first, last = max(printer.fromPage(), 1), min(printer.toPage() or pages, pages)
    order = list(range(first - 1, last)) or list(range(pages))
    if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst:
        order.reverse()
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    if printer.collateCopies():
        yield from order * copies
    else:
        for page in order:
            yield from [page] * copies


def _set_up(printer: QPrinter, shown: Preview, page: int) -> None:
    """Turn the paper as the page lies."""
    width, height = shown.size(page)
    upright = width <= height
    size = QSizeF(min(width, height), max(width, height))
    printer.setPageSize(QPageSize(size, QPageSize.Unit.Millimeter))
    printer.setPageOrientation(
        QPageLayout.Orientation.Portrait if upright else QPageLayout.Orientation.Landscape
    )


def _next_page(printer: QPrinter, shown: Preview, page: int) -> None:
    _set_up(printer, shown, page)
    if not printer.newPage():
        raise PrinterFailed(printer=printer.printerName(), page=page + 1)


def _paint(painter: QPainter, printer: QPrinter, shown: Preview, page: int, offset: Offset) -> None:
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    fine = min(printer.resolution(), _FINEST)
    grain = printer.resolution() / fine
    left, top = (mm / _INCH * printer.resolution() for mm in (offset.right, offset.down))
    for band in shown.bands(page, fine, _ROWS_OF_A_BAND):
        painter.drawImage(QRectF(left, top, band.width * grain, band.height * grain), picture(band))
        top += band.height * grain


def picture(page: PageImage) -> QImage:
    """Return a page or band as an image that holds its own pixels."""
    drawn = QImage(page.pixels, page.width, page.height, page.stride, QImage.Format.Format_RGB32)
    return drawn.copy()
