"""Where each unit of the commune is assessed once a year, with what the database knows filled in."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from antq_desktop.domain.assessment import SelfAssessment
from antq_desktop.domain.changes import Changes
from antq_desktop.domain.criteria import Catalogue, UnitKind
from antq_desktop.domain.errors import Cancelled, KnownFailure
from antq_desktop.runtime.language import _, sentence
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.assessments import FiguresMoved
from antq_desktop.services.results import Written, remark
from antq_desktop.storage.queries.assessments import AssessmentRow
from antq_desktop.storage.queries.behind import BehindRow
from antq_desktop.ui import icons
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import RowsModel
from antq_desktop.ui.pages.assessments import unit_rows
from antq_desktop.ui.pages.assessments.behind import BehindPanel
from antq_desktop.ui.pages.assessments.side import Side
from antq_desktop.ui.pages.assessments.unit_rows import UnitRows
from antq_desktop.ui.pages.filter_text import FilterText
from antq_desktop.ui.pages.opened_file import ask_for_pdf, say_where
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.choice import Choice
from antq_desktop.ui.widgets.page import Page
from antq_desktop.ui.widgets.table import Table

_SIDE_BY_SIDE = 760
_LIST_WIDTH = 300


@dataclass(frozen=True, slots=True)
class _Opened:
    kept: SelfAssessment
    catalogue: Catalogue


class AssessmentsPage(Page):
    """The units of the year at the left, the assessment of the chosen one beside them."""

    tables = frozenset({"self_assessments", "recognitions", "certificates", "residential_areas"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=_("Self-assessment"),
            sentence=_("Each residential area is assessed once a year: met or not met, nothing between."),
            help_text=_(
                "Choose an area and begin its assessment: what the data knows is filled in, the rest is answered item by item "
                "and kept at once. Enter goes on to the next field. A figure of the data can be changed by hand with a reason; "
                "both values stay in sight. Items marked as not compared have to be read in the official text first."
            ),
            parent=parent,
        )
        self._assessments = desk.services.assessments
        self._unit: AssessmentRow | None = None
        self._wanted = ""
        self._side = Side(desk, self._see_rows)
        self.sheet = self._side.sheet
        self.action = self.set_main_action(_("Begin the assessment"), self._next_step, icon="plus")
        self._make_filters()
        self._make_middle()
        self._behind = BehindPanel(desk)
        self.set_details(_("Rows behind the figure"), self._behind)
        self.on(Command.SAVE, self.sheet.settle)
        self.on(Command.PRINT, self._print)
        self.on(Command.LEAVE, self._step_back)
        self._follow(None)

    def refresh(self) -> None:
        year = self.year
        self.desk.run(lambda _progress: self._assessments.rows(year), self._show_units, owner=self)

    def wanted(self, **what: object) -> None:
        """``area_id`` opens the assessment of one area; ``standing`` narrows the list."""
        if "standing" in what:
            self._standing.set_value(what["standing"])
            self._model.ask(standing=what["standing"] or None)
        if "area_id" in what:
            self._wanted = str(what["area_id"])
            self.make_stale()

    def year_changed(self, year: int) -> None:
        self._wanted = self._unit.unit_id if self._unit else ""
        self._follow(None)
        super().year_changed(year)

    def leave(self) -> None:
        self.sheet.settle()
        super().leave()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _make_filters(self) -> None:
        self._standing = Choice(_("Standing"), (("", _("All standings")), *unit_rows.standings()))
        self._standing.picked.connect(lambda word: self._model.ask(standing=word or None))
        self._text = FilterText(_("Find an area"), _("Part of a name…"))
        self._text.wanted.connect(lambda text: self._model.ask(text=text))
        self.add_filter("", self._standing)
        self.add_filter("", self._text)
        begin_all = self.add_filter_action(_("Begin all that are left"), self._begin_all, icon="plus")
        self._filter_parts = [self._standing, self._text, begin_all]

    def _make_middle(self) -> None:
        self._units = UnitRows()
        self._model = RowsModel(unit_rows.columns(), self._units, sort="name", key=lambda row: row.unit_id)
        self.table = Table(self._model, "assessments", self.desk)
        self.table.setAccessibleName(_("Residential areas of the year"))
        self.table.set_empty(
            _("No residential area in this year"),
            _("Add the residential areas of the commune first; each is then assessed once a year."),
            (_("Go to the areas"), lambda: self.desk.go("households")),
        )
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(lambda _row: self.sheet.go_to_open())
        self._side.begin_asked.connect(self._begin)
        self._side.back_asked.connect(self._step_back)
        self.sheet.bar.finish_asked.connect(self._finish)
        self.sheet.bar.reopen_asked.connect(self._reopen)
        self.sheet.bar.refill_asked.connect(self._refill)
        self.sheet.bar.print_asked.connect(self._print)
        self._split_middle = QSplitter(Qt.Orientation.Horizontal)
        self._split_middle.setChildrenCollapsible(False)
        self._split_middle.setHandleWidth(24)
        self._split_middle.addWidget(self.table)
        self._split_middle.addWidget(self._side)
        self._split_middle.setStretchFactor(1, 1)
        self._split_middle.setSizes([_LIST_WIDTH, 2 * _LIST_WIDTH])
        self.set_body(self._split_middle)

    def _fit(self) -> None:
        """Show list and form beside each other where there is room, else one of them."""
        both = self._split_middle.width() >= _SIDE_BY_SIDE
        chosen = self._unit is not None
        self.table.setVisible(both or not chosen)
        self._side.setVisible(both or chosen)
        self._side.offer_back(shown=chosen and not both)
        for part in self._filter_parts:
            part.setVisible(both or not chosen)

    def _show_units(self, rows: list[AssessmentRow]) -> None:
        wanted = self._wanted or (self._unit.unit_id if self._unit else "")
        self._wanted = ""
        row = next((row for row in rows if row.unit_id == wanted), None)
        if row is not None:
            self.table.choose_key(wanted)
        self._units = UnitRows(rows)
        self._model.set_source(self._units)
        self._open(row)

    def _choose(self, row: AssessmentRow | None) -> None:
        """Open another unit; one that only a filter took out of the list stays open."""
        if row is not None and (self._unit is None or row.unit_id != self._unit.unit_id):
            self.banner.clear()
            self.hide_details()
            self._open(row)

    def _open(self, row: AssessmentRow | None) -> None:
        self._follow(row)
        if row is None or row.id is None:
            return
        key = row.id
        self.desk.run(
            lambda _progress: _Opened(self._assessments.get(key), self._assessments.catalogue(key)),
            self._show_opened,
            owner=self,
        )

    def _show_opened(self, opened: _Opened) -> None:
        if self._unit is not None and self._unit.id == opened.kept.id:
            self._side.show_assessment(opened.kept, opened.catalogue, self._unit.decision_number or "")

    def _follow(self, row: AssessmentRow | None) -> None:
        """Show which unit is chosen, and let the main button say the next step."""
        self._unit = row
        self._side.show_unit(row)
        self.action.setEnabled(row is not None)
        word, icon = _("Begin the assessment"), "plus"
        if row is not None and row.id is not None:
            word, icon = (_("Print"), "print") if row.state == "final" else (_("Finish"), "forward")
        self.action.setText(word)
        self.action.setIcon(icons.icon(icon, "on_accent"))
        self._fit()

    def _step_back(self) -> None:
        """Close the rows behind a figure; in a narrow window go back to the list."""
        if self.table.isHidden() and not self._behind.isVisible():
            self._follow(None)
            self.table.clearSelection()
            self.table.setCurrentIndex(self._model.index(-1, -1))
            self.table.setFocus()
        self.hide_details()

    def _next_step(self) -> None:
        if self._unit is None or self._unit.id is None:
            self._begin()
        elif self._unit.state == "final":
            self._print()
        else:
            self.sheet.go_to_finish()
            self.sheet.bar.finish()

    def _begin(self) -> None:
        if self._unit is not None:
            unit, year = self._unit, self.year
            kind = cast("UnitKind", unit.unit_kind)
            self._change(lambda: self._assessments.start(unit.unit_id, year, kind))

    def _begin_all(self) -> None:
        waiting = [
            (row.unit_id, cast("UnitKind", row.unit_kind)) for row in self._units.all if row.id is None
        ]
        if not waiting:
            self.banner.say(State.GOOD, _("Every area of the year has its assessment already."))
            return
        year = self.year

        def work(progress: Progress) -> Changes:
            changes = Changes()
            with suppress(Cancelled):  # those that were begun before the stop stay begun
                for done, (unit_id, kind) in enumerate(waiting):
                    progress.report(done, len(waiting))
                    changes |= self._assessments.start(unit_id, year, kind).changes
            return changes

        self.desk.run(work, title=_("Beginning assessments"), owner=self)

    def _finish(self, day: date) -> None:
        self.sheet.settle()
        kept = self.sheet.assessment
        if kept is None:
            return
        if self.sheet.open_items:
            self.banner.say(
                State.LOOK,
                _(
                    "{count} items still need an answer. Answer them, then finish.",
                    count=len(self.sheet.open_items),
                ),
                (_("Go to the next"), self.sheet.go_to_open),
            )
            return
        self._change(lambda: self._assessments.finalise(kept.id, day))

    def _reopen(self, reason: str) -> None:
        if self.sheet.assessment is not None:
            key = self.sheet.assessment.id
            self._change(lambda: self._assessments.reopen(key, reason))

    def _refill(self) -> None:
        if self.sheet.assessment is not None:
            self.sheet.settle()
            key = self.sheet.assessment.id
            self._change(lambda: self._assessments.refresh(key))

    def _change(self, deed: Callable[[], Written[SelfAssessment]]) -> None:
        self.desk.run(lambda _progress: deed(), self._changed, self._refused, owner=self)

    def _changed(self, result: Written[SelfAssessment]) -> None:
        """Say the remarks; what was written comes back by itself as the page is told of it."""
        self.banner.clear()
        if result.warnings:
            self.banner.say(State.LOOK, " ".join(remark(finding) for finding in result.warnings))
        self.desk.note(_("Saved."))

    def _refused(self, failure: KnownFailure) -> None:
        again = (_("Fill in anew"), self._refill) if isinstance(failure, FiguresMoved) else None
        self.banner.say(State.LOOK if again else State.BAD, sentence(failure), again)

    def _print(self) -> None:
        kept = self.sheet.assessment
        if self._unit is None or self._unit.id is None or kept is None:
            return
        path = ask_for_pdf(self, _("assessment-{year}-{name}", year=kept.year, name=self._unit.unit_name))
        if path is None:
            return
        printing = self.desk.services.printing
        self.desk.run(
            lambda _progress: printing.assessment(kept.id, path),
            lambda _result: say_where(self, path),
            self._refused,
            title=_("Printing the assessment"),
            owner=self,
        )

    def _see_rows(self, item_id: str) -> None:
        if self.sheet.assessment is None:
            return
        key = self.sheet.assessment.id
        self.desk.run(lambda _progress: self._assessments.behind(key, item_id), self._show_behind, owner=self)

    def _show_behind(self, rows: list[BehindRow]) -> None:
        self._behind.show_rows(rows)
        self.show_details()
        self._behind.table.setFocus()
