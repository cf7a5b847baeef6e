"""Lays a paper over the page that asked for it: looked at first, then printed, saved as PDF or as a Word file."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.documents.pdf import RecordResult, Rendered
from antq_desktop.domain.errors import Cancelled, KnownFailure
from antq_desktop.runtime.language import _, sentence
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.papers.printing import Printing, ReprintNeedsReason
from antq_desktop.ui import dialogs, icons, printing
from antq_desktop.ui.actions import Command
from antq_desktop.ui.jobs import Job
from antq_desktop.ui.models import result_lines
from antq_desktop.ui.pages.opened_file import open_file
from antq_desktop.ui.paper import Made, OnPaper, Paper, make_in_memory
from antq_desktop.ui.printing import NoPrinter, Offset, PrinterFailed
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import Banner
from antq_desktop.ui.widgets.buttons import button
from antq_desktop.ui.widgets.elided import Elided
from antq_desktop.ui.widgets.field import Field, FieldBox
from antq_desktop.ui.widgets.flow import Flow
from antq_desktop.ui.widgets.left_out import LeftOut
from antq_desktop.ui.widgets.page import Page
from antq_desktop.ui.widgets.paper_view import PaperView
from antq_desktop.ui.widgets.printer_offset import PrinterOffset

_LOW = 460


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
        self._saved: Path | None = None
        self._reason = ""
        self._again: Callable[[], None] = self.print_it
        self._looking: Job | None = None
        self.banner = Banner()
        self.left_out = LeftOut(page.desk)
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
        """Take the paper off the page; nothing of it stays, and what was still being made for a look is not made."""
        if self._looking is not None:
            self._looking.cancel()
        self._page.uncover()

    def print_it(self) -> None:
        """Ask for the printer and print; the journal knows of it, also when nothing came out."""
        try:
            printer = printing.new_printer()
        except NoPrinter as failure:
            self._refused(failure)
            note = partial(_note_failed, self._papers, self._paper.records, failure)
            self._desk.run(lambda _progress: note())
            return
        if dialogs.choose_printer(self, printer, self.view.pages):
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Print on a printer that was chosen already."""
        self._again = partial(self.print_on, printer)
        papers, paper, reason = self._papers, self._paper, self._reason

        def work(progress: Progress) -> tuple[int, Made]:
            made = make_in_memory(paper.make, papers, reason, paper.name, progress)
            offset = Offset(*papers.offset(printer.printerName())) if paper.on_blank else None
            try:
                sheets = printing.print_pages(made.content, paper.title, printer, progress, offset)
            except (PrinterFailed, Cancelled) as failure:
                _note_failed(papers, paper.records, failure)
                raise
            return sheets, made

        self._desk.run(work, self._printed, self._refused, title=_("Printing"), owner=self)

    def save_pdf(self) -> None:
        self._save((_("PDF file"), ("pdf",)))

    def save_word(self) -> None:
        self._save((_("Word file"), ("docx",)))

    def save_workbook(self) -> None:
        self._save((_("Spreadsheet"), ("xlsx",)))

    def save_as(self, path: Path) -> None:
        """Write the paper into ``path``, .pdf, .docx or .xlsx."""
        self._again = partial(self.save_as, path)
        work = partial(self._paper.make, self._papers, path, self._reason)
        done = partial(self._show_saved, path)
        self._desk.run(work, done, self._refused, title=_("Saving"), owner=self)

    @property
    def _papers(self) -> Printing:
        papers: Printing = self._desk.services.printing
        return papers

    def _look(self) -> None:
        if self._paper.first is not None:
            self._show(self._paper.first)
            return
        make, papers, name = self._paper.make, self._papers.looking(), self._paper.name
        work = partial(make_in_memory, make, papers, "", name)
        self._looking = self._desk.run(
            work, self._show, self._refused, title=_("Making the paper"), owner=self
        )

    def _show(self, made: Made) -> None:
        self._looking = None
        self.view.show_content(made.content, self._paper.name)
        self._tell("", made.results)

    def _tell(self, done: str, results: Sequence[RecordResult]) -> None:
        """Say what was done, and name the records that were left out or need a look."""
        lines = [result_lines.of_record(result) for result in results]
        failed = result_lines.failed(lines)
        told = failed or [line for line in lines if line.state is State.LOOK]
        self.left_out.show_lines([line for line in lines if line.state is not State.GOOD])
        if not told:
            if done:
                self.banner.say(State.GOOD, done)
            return
        if failed:
            done += "\n" + _("{count} of {all} are not on the paper:", count=len(failed), all=len(lines))
        way = (_("See each"), self.left_out.show) if len(lines) > 1 else None
        text = f"{done}\n{result_lines.named(told)}".strip()
        self.banner.say(State.BAD if failed else State.LOOK, text, way)

    def _save(self, kind: dialogs.Kind) -> None:
        path = dialogs.save_file(
            self, _("Where is the paper to go?"), f"{self._paper.name}.{kind[1][0]}", (kind,)
        )
        if path is not None:
            self.save_as(path)

    def _show_saved(self, path: Path, done: Rendered) -> None:
        self._saved = path
        self._reason = ""
        self.reason.hide()
        self._open_folder.show()
        self._open_file.show()
        self._tell(_("The paper lies in «{path}».", path=str(path)), done.results)

    def _printed(self, came: tuple[int, Made]) -> None:
        sheets, made = came
        self._reason = ""
        self.reason.hide()
        self._tell(_("{count} sheets went to the printer.", count=sheets), made.results)

    def _refused(self, failure: KnownFailure) -> None:
        self._looking = None
        if isinstance(failure, ReprintNeedsReason):
            self._ask_reason(failure)
        else:
            state = State.LOOK if isinstance(failure, Cancelled) else State.BAD
            self.banner.say(state, sentence(failure))

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
        if self._paper.workbook:
            row.addWidget(button(_("Save as a workbook"), self.save_workbook, icon="export"))
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
        column.addWidget(self.left_out)
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


def _note_failed(papers: Printing, records: Sequence[OnPaper], failure: KnownFailure) -> None:
    """Note what did not come out of the printer; what the papers refused themselves stands in the journal already."""
    for record in records:
        papers.print_failed(record.entity, record.id, record.form, failure.code)
