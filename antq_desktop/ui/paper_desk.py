"""Lays a paper over the page that asked for it: looked at first, then printed, saved as PDF or as a Word file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.language import _, sentence
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.printing import Printing, ReprintNeedsReason
from antq_desktop.ui import dialogs, icons, printing
from antq_desktop.ui.actions import Command
from antq_desktop.ui.pages.opened_file import open_file
from antq_desktop.ui.printing import NoPrinter, Offset
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import Banner
from antq_desktop.ui.widgets.buttons import button
from antq_desktop.ui.widgets.elided import Elided
from antq_desktop.ui.widgets.field import Field, FieldBox
from antq_desktop.ui.widgets.flow import Flow
from antq_desktop.ui.widgets.page import Page
from antq_desktop.ui.widgets.paper_view import PaperView
from antq_desktop.ui.widgets.printer_offset import PrinterOffset

_LOW = 460
#: Writes the paper into a file, .pdf or .docx by its ending, with these papers and this reason of a reprint (or "");
#: runs on the lane.
Make = Callable[[Printing, Path, str], object]


@dataclass(frozen=True, slots=True)
class OnPaper:
    """Which record stands on a paper, as the journal names it, and the form it is printed with."""

    entity: str
    id: str
    form: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that can be made. ``name`` is offered as the name of its file, without an ending.

    ``word`` offers a Word file too. ``on_blank`` is for bought blanks: the print is moved by what is kept for the printer,
    and a Word file, which knows no such places, is not offered.
    """

    name: str
    title: str
    make: Make
    records: Sequence[OnPaper] = ()
    word: bool = True
    on_blank: bool = False


def show_paper(page: Page, paper: Paper) -> "PaperDesk":
    """Lay ``paper`` over ``page``; Esc takes it off again."""
    shown = PaperDesk(page, paper)
    shown.show()
    return shown


class PaperDesk(QWidget):
    """A paper is drawn into the memory to be looked at; a file is only left behind where one is saved."""

    def __init__(self, page: Page, paper: Paper) -> None:
        super().__init__(page)
        self._page = page
        self._desk = page.desk
        self._paper = paper
        self._content = b""
        self._saved: Path | None = None
        self._reason = ""
        self._again: Callable[[], None] = self.print_it
        self.banner = Banner()
        self.view = PaperView(page.desk)
        self.reason = FieldBox(Field("reason", _("Why it is printed again"), required=True), page.desk.year)
        self.reason.hide()
        self.reason.entered.connect(self._go_on_with_reason)
        self.offset = PrinterOffset(page.desk)
        self.offset.hide()
        self.offset.failed.connect(self._refused)
        self.offset.kept.connect(self._say_kept)
        self._lay_out()
        action = QAction(icons.icon("print", "on_accent"), _("Print"), self)
        action.triggered.connect(lambda: self.print_it())  # noqa: PLW0108 - Qt would hand its checked flag over
        page.lay_over(
            self,
            action,
            {Command.PRINT: self.print_it, Command.SAVE: self.save_pdf, Command.LEAVE: self.close_it},
        )
        self._look()

    @property
    def saved(self) -> Path | None:
        """The file that was saved last."""
        return self._saved

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.view.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def close_it(self) -> None:
        """Take the paper off the page; nothing of it stays."""
        self._page.uncover()

    def print_it(self) -> None:
        """Ask for the printer and print; the journal knows of it, also when nothing came out."""
        try:
            printer = printing.new_printer()
        except NoPrinter as failure:
            self._not_printed(failure)
            return
        if dialogs.choose_printer(self, printer, self.view.pages):
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Print on a printer that was chosen already."""
        self._again = partial(self.print_on, printer)
        papers, make, reason = self._papers, self._paper.make, self._reason

        def work(progress: Progress) -> int:
            content = _made(make, papers, reason, self._paper.name)
            offset = Offset(*papers.offset(printer.printerName())) if self._paper.on_blank else None
            return printing.print_pages(content, self._paper.title, printer, progress, offset)

        self._desk.run(work, self._printed, self._not_printed, title=_("Printing"), owner=self)

    def save_pdf(self) -> None:
        self._save((_("PDF file"), ("pdf",)))

    def save_word(self) -> None:
        self._save((_("Word file"), ("docx",)))

    def save_as(self, path: Path) -> None:
        """Write the paper into ``path``, .pdf or .docx."""
        self._again = partial(self.save_as, path)
        work = partial(self._paper.make, self._papers, path, self._reason)
        self._desk.run(
            lambda _progress: work(),
            lambda _done: self._show_saved(path),
            self._refused,
            title=_("Saving"),
            owner=self,
        )

    @property
    def _papers(self) -> Printing:
        papers: Printing = self._desk.services.printing
        return papers

    def _look(self) -> None:
        make, papers, name = self._paper.make, self._papers, self._paper.name
        self._desk.run(
            lambda _progress: _made(make, papers.looking(), "", name), self._show, self._refused, owner=self
        )

    def _show(self, content: bytes) -> None:
        self._content = content
        self.view.show_content(content, self._paper.name)

    def _save(self, kind: dialogs.Kind) -> None:
        path = dialogs.save_file(
            self, _("Where is the paper to go?"), f"{self._paper.name}.{kind[1][0]}", (kind,)
        )
        if path is not None:
            self.save_as(path)

    def _show_saved(self, path: Path) -> None:
        self._saved = path
        self._reason = ""
        self.reason.hide()
        self._open_folder.show()
        self._open_file.show()
        self.banner.say(State.GOOD, _("The paper lies in «{path}».", path=str(path)))

    def _printed(self, sheets: int) -> None:
        self._reason = ""
        self.reason.hide()
        self.banner.say(State.GOOD, _("{count} sheets went to the printer.", count=sheets))

    def _refused(self, failure: KnownFailure) -> None:
        if isinstance(failure, ReprintNeedsReason):
            self._ask_reason(failure)
        else:
            self.banner.say(State.BAD, sentence(failure))

    def _not_printed(self, failure: KnownFailure) -> None:
        """Say why nothing came out; what the papers refused themselves stands in the journal already."""
        self._refused(failure)
        if isinstance(failure, NoPrinter | printing.PrinterFailed):
            papers, records = self._papers, tuple(self._paper.records)

            def note(_progress: object) -> None:
                for record in records:
                    papers.print_failed(record.entity, record.id, record.form, failure.code)

            self._desk.run(note)

    def _ask_reason(self, failure: KnownFailure) -> None:
        self.reason.show()
        self.reason.say_fault(sentence(failure))
        self.reason.input.setFocus()

    def _go_on_with_reason(self) -> None:
        if self.reason.look_again():
            self._reason = self.reason.typed()
            self._again()

    def _lay_out(self) -> None:
        self._open_folder = button(_("Open the folder"), self._show_folder, icon="open")
        self._open_file = button(_("Open with another program"), self._show_file, icon="file")
        for made in (self._open_folder, self._open_file):
            made.hide()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(button(_("Go back"), self.close_it, icon="back"))
        title = Elided("section")
        title.setText(self._paper.title)
        head.addWidget(title)
        head.addStretch()
        tools = QWidget()
        row = Flow(tools)
        row.addWidget(button(_("Save as PDF"), self.save_pdf, icon="save"))
        if self._paper.word and not self._paper.on_blank:
            row.addWidget(button(_("Save as Word"), self.save_word, icon="save"))
        if self._paper.on_blank:
            row.addWidget(button(_("Place on the blank…"), self._show_offset, icon="settings"))
        row.addWidget(self._open_file)
        row.addWidget(self._open_folder)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(tools)
        column.addWidget(self.banner)
        column.addWidget(self.offset)
        column.addWidget(self.reason)
        column.addWidget(self.view, 1)

    def _show_offset(self) -> None:
        self.offset.setVisible(self.offset.isHidden())
        self._make_room()
        if self.offset.isVisible():
            self.offset.begin()

    def _make_room(self) -> None:
        """In a low window the place on the blank takes the room of the paper while it is set."""
        self.view.setVisible(self.offset.isHidden() or self.height() >= _LOW)

    def _say_kept(self, printer: str) -> None:
        self.banner.say(State.GOOD, _("Kept for the printer «{printer}».", printer=printer))

    def _show_folder(self) -> None:
        if self._saved is not None:
            open_file(self._saved.parent)

    def _show_file(self) -> None:
        if self._saved is not None:
            open_file(self._saved)


def _made(make: Make, papers: Printing, reason: str, name: str) -> bytes:
    """Return the paper as a PDF in memory; the file it goes through is gone when this returns."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.pdf"
        make(papers, path, reason)
        return path.read_bytes()
