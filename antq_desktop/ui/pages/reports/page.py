"""Where the officer writes the report of a period, signs it off, corrects it and gives it out as PDF, Word or workbook."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from operator import attrgetter
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from antq_desktop.domain.changes import Changes
from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.language import _, sentence
from antq_desktop.services.reporting.periodic_reports import PeriodicReports, ReportView
from antq_desktop.services.reporting.report_rows import ReportRow
from antq_desktop.storage.queries.counting import BehindRow
from antq_desktop.ui import dialogs, icons
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import RowsModel
from antq_desktop.ui.pages.list_export import to_workbook
from antq_desktop.ui.pages.panels import Panels
from antq_desktop.ui.pages.reports import report_paper, report_rows, report_work
from antq_desktop.ui.pages.reports.behind_panel import BehindPanel
from antq_desktop.ui.pages.reports.report_body import ReportBody
from antq_desktop.ui.pages.reports.report_side import ReportSide, remarks
from antq_desktop.ui.pages.said import say
from antq_desktop.ui.paper_desk import show_paper
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.flow import Flow
from antq_desktop.ui.widgets.page import Page
from antq_desktop.ui.widgets.table import Table

_ROOM_FOR_SIDE = 900


class ReportsPage(Page):
    """The periods of the year; the one that is opened takes the whole page, its closing and its state at the right."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=_("Reports"),
            sentence=_(
                "The reports of the year's periods: figures, wording, annexes, from draft to signature."
            ),
            help_text=_(
                "Enter opens a period, Ctrl+N begins its report, Esc leads back to the list. Every paragraph is written from the "
                "figures and can be typed anew in its place; what was written stays beside it. Ctrl+S keeps what is typed. "
                "A report that is signed off does not change any more; a correction is a new edition with a reason. "
                "Ctrl+P shows the paper, which is printed or saved as PDF, Word or Excel file."
            ),
            parent=parent,
        )
        self._period = ""
        self._edition = ""
        self._view: ReportView | None = None
        self._rows: list[ReportRow] = []
        self._fresh = True
        self._action = self.set_main_action(_("Write the report"), self._main, icon="edit")
        self._make_list()
        self._make_report()
        self._make_details()
        self.on(Command.SAVE, self.save)
        self.on(Command.PRINT, self.print_it)
        self.on(Command.LEAVE, self.back)

    def refresh(self) -> None:
        year, period, edition = self.year, self._period, self._edition
        service = self._service
        self.desk.run(
            lambda _progress: report_work.read(service, year, period, edition),
            self._show_read,
            self._lost,
            owner=self,
        )

    def changed(self, _changes: Changes) -> None:
        """Count anew whatever was changed: the figures of a draft come from every kind of record."""
        self.make_stale()

    def begin(self) -> None:
        if self._stack.currentWidget() is self.table:
            self.table.setFocus()

    def year_changed(self, year: int) -> None:
        self.back()
        super().year_changed(year)

    def wanted(self, **what: object) -> None:
        """``period`` opens the report of a period by its code, as 2026-Q1; without one the list is shown."""
        if what.get("period"):
            self.open(str(what["period"]))
        else:
            self.back()

    def open(self, period: str, edition: str = "") -> None:
        """Show the report of ``period``: the draft, else what is signed, else what a draft would say; or one ``edition``."""
        self.leave()
        self._fresh = period != self._period
        self._period, self._edition = period, edition
        self.banner.clear()
        self.make_stale()

    def back(self) -> None:
        """Show the list of the year; what was typed stays a draft."""
        self.leave()
        self.hide_details()
        self.banner.clear()
        self._period, self._edition, self._view = "", "", None
        self._stack.setCurrentWidget(self.table)
        self._fit_action()
        self._compare()
        self.table.setFocus()

    def write(self, period: str) -> None:
        """Begin the report of ``period`` and open it."""
        self._run(lambda: self._service.start(period), lambda _written: self.open(period))

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Keep the paragraphs and the closing that were typed; ``then`` goes on when all of it is safe."""
        view = self._view
        if view is None or not view.report.id or not view.draft:
            return
        texts = self.body.typed()
        closing = self.side.closing.values() if self.side.closing.edited else None
        if not texts and closing is None:
            if then is not None:
                then()
            return
        work = partial(report_work.keep, self._service, view.report.id, texts, closing)
        self._run(work, lambda _written: self._saved(texts, then))

    def sign(self) -> None:
        """Keep what is typed, ask once more, and sign the draft off."""
        self.save(self._look_again)

    def print_it(self) -> None:
        """Lay the paper of the report over the page, where it is printed or saved as PDF, Word file or workbook."""
        view, service = self._view, self._service
        if view is None:
            say(self, State.LOOK, _("Open a period first with Enter; Ctrl+P then shows its paper."))
        elif view.report.id and view.draft:
            self.save(lambda: show_paper(self, report_paper.paper(view, service)))
        else:
            show_paper(self, report_paper.paper(view, service))

    @property
    def _service(self) -> PeriodicReports:
        service: PeriodicReports = self.desk.services.periodic_reports
        return service

    def _make_list(self) -> None:
        self._model = RowsModel(report_rows.columns(), report_rows.source(()), key=attrgetter("period"))
        self.table = Table(self._model, "reports", self.desk)
        self.table.setAccessibleName(_("Reports of the year"))
        self.table.set_empty(
            _("No period of this year has begun"),
            _("Choose an earlier working year at the top, or come back when its first period begins."),
        )
        self.table.set_export(to_workbook(self.desk, _("Reports of the year")))
        self.table.opened.connect(lambda row: self.open(row.period))

    def _make_report(self) -> None:
        self.body = ReportBody(self.desk, self.see_behind)
        self._tools = QWidget()
        row = Flow(self._tools)
        row.addWidget(button(_("All periods"), self.back, icon="back"))
        self._open_side = button(_("State and closing"), self._show_side, icon="info")
        row.addWidget(self._open_side)
        self._name = label("", "strong")
        row.addWidget(self._name)
        opened = QWidget()
        column = QVBoxLayout(opened)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._tools)
        column.addWidget(self.body, 1)
        self._opened = opened
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(opened)
        self.set_body(self._stack)

    def _make_details(self) -> None:
        self.side = ReportSide(self.desk)
        self.side.corrected.connect(self._correct)
        self.side.discarded.connect(self._discard)
        self.side.numbered.connect(self._number)
        self.side.edition_asked.connect(lambda edition: self.open(self._period, edition))
        self.behind = BehindPanel(self.desk, self._show_side)
        self._panels = Panels(self.side, self.behind)
        self.set_details(_("Report"), self._panels)
        self._save = button(_("Save"), self.save, icon="save")
        self._sign = button(_("Sign off"), self.sign, icon="tick", kind="main")
        self.set_details_actions(self._sign, self._save)

    def _show_read(self, read: report_work.Read) -> None:
        chosen = self.table.current_row()
        self._model.set_source(report_rows.source(read.rows))
        if chosen is None:
            self.table.choose_key(report_rows.most_pressing(read.rows))
        self._rows = read.rows
        if not self._period:
            self._compare()
        view = read.view
        if view is None or view.report.period != self._period:
            return
        self._view = view
        self._name.setText(report_rows.capital(view.name))
        editable = view.draft and bool(view.report.id)
        self.body.show_report(view, editable=editable)
        self.side.show_report(view, read.editions)
        self._compare_beside(view)
        self._stack.setCurrentWidget(self._opened)
        self._fit_action()
        if self._fresh:
            self._fresh = False
            self.body.to_top()
            if self.width() >= _ROOM_FOR_SIDE:
                self._show_side()
        self._fit_side()

    def _compare(self) -> None:
        """Mark in the list what the records say otherwise now than the signed reports.

        Each period is counted anew in a job of its own, so that what is asked in the meantime goes first.
        """
        signed = [place for place, row in enumerate(self._rows) if row.signed_on]
        self._compare_rows(self._rows, signed)

    def _compare_rows(self, rows: list[ReportRow], places: Sequence[int]) -> None:
        if places and rows is self._rows:  # else the list was read anew in the meantime
            service, period = self._service, rows[places[0]].period
            self.desk.run(
                lambda _progress: len(service.differences(period)),
                partial(self._show_compared, rows, places),
                owner=self,
            )

    def _show_compared(self, rows: list[ReportRow], places: Sequence[int], differing: int) -> None:
        place, *others = places
        if differing != rows[place].differing and rows is self._rows:
            rows[place] = replace(rows[place], differing=differing)
            self._model.set_source(report_rows.source(rows))
        self._compare_rows(rows, others)

    def _compare_beside(self, view: ReportView) -> None:
        """Add to the remarks where the records left signed reports behind, one report a job."""
        if view.beside and view is self._view:  # else another one was opened or read in the meantime
            service = self._service
            self.desk.run(
                lambda _progress: service.compare(view), partial(self._show_beside, view), owner=self
            )

    def _show_beside(self, asked: ReportView, view: ReportView) -> None:
        if asked is self._view:
            self._view = view
            self.side.show_remarks(view)
            self._compare_beside(view)

    def _fit_side(self) -> None:
        view = self._view
        at_side = self._panels.current is self.side
        drafted = view is not None and view.draft and bool(view.report.id)
        self._save.setVisible(at_side and drafted)
        self._sign.setVisible(at_side and drafted)
        if view is not None and at_side:
            self.set_details_title(report_rows.capital(view.name))

    def _fit_action(self) -> None:
        """Let the main button begin a report, or show the paper of one that was begun."""
        begun = self._view is not None and bool(self._view.report.id)
        self._action.setText(_("Print, PDF, Word, Excel") if begun else _("Write the report"))
        self._action.setIcon(icons.icon("print" if begun else "edit", "on_accent"))

    def _main(self) -> None:
        if self._view is not None:
            if self._view.report.id:
                self.print_it()
            else:
                self.write(self._view.report.period)
            return
        row: ReportRow | None = self.table.current_row()
        if row is None:
            return
        if row.report_id:
            self.open(row.period)
        else:
            self.write(row.period)

    def _show_side(self) -> None:
        self._panels.show_only(self.side)
        self._fit_side()
        self.show_details()

    def see_behind(self, indicator: str) -> None:
        """Show by name what a figure was counted from, as the records are now."""
        view = self._view
        if view is None:
            return
        figures, period = self.desk.services.period_figures, view.report.period
        name = view.content.figures[indicator].name

        def shown(rows: Sequence[BehindRow]) -> None:
            self.behind.show_rows(rows, signed=not view.draft)
            self._panels.show_only(self.behind)
            self._fit_side()
            self.set_details_title(name)
            self.show_details()

        self.desk.run(lambda _progress: figures.behind(indicator, period), shown, self._refused, owner=self)

    def _saved(self, texts: Sequence[str] | dict[str, str], then: Callable[[], object] | None) -> None:
        for section in texts:
            self.body.sections[section].form.saved()
        self.side.closing.saved()
        self.desk.note(_("Saved."))
        if then is not None:
            then()

    def _look_again(self) -> None:
        """Ask before signing only when every signed report beside the draft is compared."""
        view, service = self._view, self._service
        if view is not None:
            report_id = view.report.id
            self._run(lambda: service.view(report_id), self._confirm)

    def _confirm(self, view: ReportView) -> None:
        text = _("Figures, wording and annexes of {period} are frozen as they stand.", period=view.name)
        said = remarks(view)
        if not view.report.number:
            said.append(_("The paper has no number yet; it can also be added after signing."))
        if said:
            text += "\n\n" + "\n".join(said)
        if dialogs.confirm(self, _("Sign the report off"), text, _("Sign off")):
            report_id = view.report.id
            self._run(lambda: self._service.sign_off(report_id), lambda _written: self._signed())

    def _signed(self) -> None:
        say(
            self,
            State.GOOD,
            _("The report is signed off. See its paper, print it or save it."),
            (_("See it on paper"), self.print_it),
        )

    def _number(self, number: str) -> None:
        view = self._view
        if view is not None:
            report_id = view.report.id
            self._run(
                lambda: self._service.put_number(report_id, number),
                lambda _written: self.desk.note(_("Saved.")),
            )

    def _correct(self, reason: str) -> None:
        view = self._view
        if view is not None:
            report_id, period = view.report.id, view.report.period
            self._run(lambda: self._service.correct(report_id, reason), lambda _written: self.open(period))

    def _discard(self, reason: str) -> None:
        view = self._view
        if view is not None:
            report_id = view.report.id
            self._run(lambda: self._service.discard(report_id, reason), lambda _changes: self.back())

    def _run(self, work: Callable[[], object], done: Callable[[Any], None]) -> None:
        self.desk.run(lambda _progress: work(), done, self._refused, owner=self)

    def _refused(self, failure: KnownFailure) -> None:
        say(self, State.BAD, sentence(failure))

    def _lost(self, failure: KnownFailure) -> None:
        """Go back to the list when what was opened is not there: discarded elsewhere, or its period has not begun."""
        self.back()
        self._refused(failure)
        self.make_stale()
