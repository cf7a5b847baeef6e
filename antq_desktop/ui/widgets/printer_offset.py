"""Says for one printer how far it has to move what is printed on a bought blank, and prints the sheet that shows it."""

from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import Signal
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.documents.pdf import Overprint
from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.language import _
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.papers.certificate_papers import FURTHEST_MM
from antq_desktop.services.papers.printing import Printing
from antq_desktop.ui import printing
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.printing import NoPrinter
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.choice import Choice
from antq_desktop.ui.widgets.field import Field, FieldBox
from antq_desktop.ui.widgets.flow import Flow

_NUMBER_WIDTH = 150
_NAME_WIDTH = 220


class PrinterOffset(QWidget):
    """``failed`` carries why the test sheet was not printed, ``kept`` the name of the printer."""

    failed = Signal(object)
    kept = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._which = FieldBox(Field("printer", _("Printer"), kind="choice"), desk.year)
        self._which.setFixedWidth(_NAME_WIDTH)
        self._which.edited.connect(self._read)
        self.right = self._box("right", _("To the right (mm)"))
        self.down = self._box("down", _("Down (mm)"))
        self.right.entered.connect(self.down.input.setFocus)
        self.down.entered.connect(self.keep)
        places, deeds = QWidget(), QWidget()
        fields, buttons = Flow(places), Flow(deeds)
        for box in (self._which, self.right, self.down):
            fields.addWidget(box)
        buttons.addWidget(button(_("Keep for this printer"), self.keep, icon="save"))
        buttons.addWidget(button(_("Print the test sheet"), self.print_test, icon="print"))
        said = _(
            "Print the test sheet on white paper, measure how far the crosses are off, then type how far to move the print; a minus moves it to the left or up."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (label(said, "hint", wrap=True), places, deeds):
            column.addWidget(part)

    @property
    def printer(self) -> Choice:
        chosen = self._which.input
        assert isinstance(chosen, Choice)  # noqa: S101 - it is made as one
        return chosen

    def begin(self) -> None:
        """Offer the printers there are, the usual one first."""
        usual = QPrinterInfo.defaultPrinterName()
        names = sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != usual, name))
        self.printer.set_choices([(name, name) for name in names])
        if names:
            self._read()
        else:
            self.failed.emit(NoPrinter())

    def keep(self) -> None:
        """Keep what was typed for the chosen printer; does nothing where it is no number."""
        offset, name = self._typed(), self.printer.value()
        if offset is None or not isinstance(name, str):
            return
        papers: Printing = self._desk.services.printing
        self._desk.run(
            lambda _progress: papers.keep_offset(name, offset.dx_mm, offset.dy_mm),
            lambda _none: self.kept.emit(name),
            owner=self,
        )

    def print_test(self) -> None:
        """Print the crosses on the chosen printer, moved by what is typed."""
        name = self.printer.value()
        if isinstance(name, str):
            printer = QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)
            self.print_test_on(printer, name)

    def print_test_on(self, printer: QPrinter, name: str) -> None:
        offset = self._typed()
        if offset is None:
            return
        papers: Printing = self._desk.services.printing

        def work(progress: Progress) -> int:
            with TemporaryDirectory() as folder:
                sheet = Path(folder) / "test.pdf"
                papers.overprint_test(sheet, offset, name)
                return printing.print_pages(sheet.read_bytes(), name, printer, progress)

        self._desk.run(work, lambda _count: None, self._fail, title=_("Printing"), owner=self)

    def _fail(self, failure: KnownFailure) -> None:
        self.failed.emit(failure)

    def _read(self) -> None:
        name = self.printer.value()
        papers: Printing = self._desk.services.printing
        self._desk.run(lambda _progress: papers.offset(str(name)), self._show, owner=self)

    def _show(self, offset: tuple[float, float]) -> None:
        for box, value in zip((self.right, self.down), offset, strict=True):
            box.set_value(f"{value:g}".replace(".", ","))

    def _typed(self) -> Overprint | None:
        """Return what was typed, or None after the fault was said under its field."""
        if not (self.right.look_again() and self.down.look_again()):
            return None
        right, down = (_number(box.typed()) or 0.0 for box in (self.right, self.down))
        return Overprint(right, down)

    def _box(self, name: str, words: str) -> FieldBox:
        made = FieldBox(Field(name, words, check=_fault), self._desk.year)
        made.setFixedWidth(_NUMBER_WIDTH)
        return made


def _fault(typed: str) -> str:
    number = _number(typed)
    if number is None:
        return _("«{text}» is no number. Type figures, such as 13,5.", text=typed)
    if abs(number) > FURTHEST_MM:
        return _(
            "More than {most} mm is too far. Look how the paper lies in the printer.", most=int(FURTHEST_MM)
        )
    return ""


def _number(typed: str) -> float | None:
    """Return -2,5 as a number, None for anything else."""
    plain = typed.replace("−", "-").replace(",", ".", 1)
    bare = plain.removeprefix("-").replace(".", "", 1)
    return float(plain) if bare.isdecimal() and bare.isascii() else None
