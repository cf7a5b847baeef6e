"""Where each unit of the commune is assessed once a year, with what the database knows filled in."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from antq_desktop.domain.assessment import SelfAssessment
from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.language import _, sentence
from antq_desktop.services.results import Written, remark
from antq_desktop.services.yearly.assessments import FiguresMoved
from antq_desktop.storage.queries.counting import BehindRow
from antq_desktop.ui import icons
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import RowsModel
from antq_desktop.ui.pages.assessments import deeds, opened, unit_rows
from antq_desktop.ui.pages.assessments.behind import BehindPanel
from antq_desktop.ui.pages.assessments.opened import Opened
from antq_desktop.ui.pages.assessments.side import Side
from antq_desktop.ui.pages.assessments.unit_rows import UnitLine, UnitRows
from antq_desktop.ui.pages.assessments.ways import Ways, place_on_board
from antq_desktop.ui.pages.filter_text import FilterText
from antq_desktop.ui.paper_desk import show_paper
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.choice import Choice
from antq_desktop.ui.widgets.page import Page
from antq_desktop.ui.widgets.table import Table

_SIDE_BY_SIDE = 760
_LIST_WIDTH = 440
_SIDE_WIDTH = 630


class AssessmentsPage(Page):
    """The units of the year at the left, the assessment of the chosen one beside them."""

    tables = frozenset(
        {
            "self_assessments",
            "recognitions",
            "certificates",
            "residential_areas",
            "listed_units",
            "official_wordings",
            "issued_catalogues",
            "occurrences",
            "year_steps",
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=_("Self-assessment"),
            sentence=_("Every unit is assessed once a year: met or not met, nothing between."),
            help_text=_(
                "Choose a unit and begin its assessment: what the data knows is filled in, the rest is answered item by item "
                "and kept at once. Enter goes on to the next field. A figure of the data can be changed by hand with a reason; "
                "both values stay in sight. Items marked as not compared have to be read in the official text first; where one "
                "of several items is enough, the others need no answer. The commune comes last: its figures follow from its units."
            ),
            parent=parent,
        )
        self._services = desk.services
        self._assessments = desk.services.assessments
        self._unit: UnitLine | None = None
        self._wanted = ""
        self._side = Side(desk, Ways(self._see_rows, self._go_to_board, self._go_to_text))
        self.sheet = self._side.sheet
        self.action = self.set_main_action(_("Begin the assessment"), self._next_step, icon="plus")
        self._make_filters()
        self._make_middle()
        self._behind = BehindPanel(desk)
        self.set_details(_("Rows behind the figure"), self._behind)
        self.on(Command.SAVE, self.sheet.settle)
        self.on(Command.EDIT, self.sheet.go_to_open)
        self.on(Command.PRINT, self._print)
        self.on(Command.LEAVE, self._step_back)
        self._follow(None)

    def refresh(self) -> None:
        year = self.year
        self.desk.run(lambda _progress: unit_rows.gather(self._services, year), self._show_units, owner=self)

    def begin(self) -> None:
        self.table.setFocus()

    def wanted(self, **what: object) -> None:
        """``unit_id`` (or ``area_id``) opens the assessment of one unit; ``unit_kind`` and ``standing`` narrow the list."""
        if "unit_kind" in what:
            self._kind.set_value(what["unit_kind"])
            self._model.ask(kind=what["unit_kind"] or None)
        if "standing" in what:
            self._standing.set_value(what["standing"])
            self._model.ask(standing=what["standing"] or None)
        unit_id = str(what.get("unit_id") or what.get("area_id") or "")
        if unit_id:
            self._wanted = unit_id
            self.make_stale()

    def first_of(self, kind: str) -> str:
        """Return the id of the first unit of a kind that is assessed, or nothing."""
        found = (line.key.id for line in self._units.all if line.key.kind == kind and line.row is not None)
        return next(found, "")

    def year_changed(self, year: int) -> None:
        self._wanted = self._unit.key.id if self._unit else ""
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
        self._kind = Choice(_("Kind of unit"), (("", _("All kinds of units")),))
        self._kind.picked.connect(lambda kind: self._model.ask(kind=kind or None))
        self._text = FilterText(_("Find a unit"), _("Part of a name…"))
        self._text.wanted.connect(lambda text: self._model.ask(text=text))
        self.add_filter("", self._kind)
        self.add_filter("", self._standing)
        self.add_filter("", self._text)
        begin_all = self.add_filter_action(_("Begin for all that are left"), self._begin_all, icon="plus")
        self._filter_parts = [self._kind, self._standing, self._text, begin_all]

    def _make_middle(self) -> None:
        self._units = UnitRows()
        self._model = RowsModel(unit_rows.columns(), self._units, sort="kind", key=lambda line: line.key.id)
        self.table = Table(self._model, "assessments", self.desk)
        self.table.setAccessibleName(_("Units of the year"))
        self.table.set_empty(
            _("No unit in this year"),
            _("Add the residential areas of the commune first; each is then assessed once a year."),
            (_("Go to the areas"), lambda: self.desk.go("households")),
        )
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(lambda _line: self.sheet.go_to_open())
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
        self._split_middle.setSizes([_LIST_WIDTH, _SIDE_WIDTH])
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

    def _show_units(self, lines: list[UnitLine]) -> None:
        wanted = self._wanted or (self._unit.key.id if self._unit else "")
        self._wanted = ""
        line = next((line for line in lines if line.key.id == wanted), None)
        if line is not None:
            self.table.choose_key(wanted)
        names = {line.key.kind: line.kind_name for line in lines}
        kinds = [(kind, names[kind]) for kind in unit_rows.KINDS if kind in names]
        self._kind.set_choices((("", _("All kinds of units")), *kinds))
        self._units = UnitRows(lines)
        self._model.set_source(self._units)
        self._open(line)

    def _choose(self, line: UnitLine | None) -> None:
        """Open another unit; one that only a filter took out of the list stays open."""
        if line is not None and (self._unit is None or line.key != self._unit.key):
            self.banner.clear()
            self.hide_details()
            self._open(line)

    def _open(self, line: UnitLine | None) -> None:
        self._follow(line)
        if line is None or line.assessment_id is None:
            return
        work = partial(opened.read, self._services, line, line.assessment_id, self.year)
        self.desk.run(lambda _progress: work(), self._show_opened, owner=self)

    def _show_opened(self, read: Opened) -> None:
        if self._unit is not None and self._unit.assessment_id == read.kept.id:
            self._side.show_assessment(read, self._unit.decision)

    def _follow(self, line: UnitLine | None) -> None:
        """Show which unit is chosen, and let the main button say the next step."""
        self._unit = line
        self._side.show_unit(line)
        self.action.setEnabled(line is not None and line.row is not None)
        word, icon = _("Begin the assessment"), "plus"
        if line is not None and line.assessment_id is not None:
            word, icon = (_("Print"), "print") if self._is_final else (_("Finish"), "forward")
        self.action.setText(word)
        self.action.setIcon(icons.icon(icon, "on_accent"))
        self._fit()

    @property
    def _is_final(self) -> bool:
        return self._unit is not None and self._unit.row is not None and self._unit.row.state == "final"

    def _step_back(self) -> None:
        """Close the rows behind a figure; in a narrow window go back to the list."""
        if self.table.isHidden() and not self._behind.isVisible():
            self._follow(None)
            self.table.clearSelection()
            self.table.setCurrentIndex(self._model.index(-1, -1))
            self.table.setFocus()
        self.hide_details()

    def _next_step(self) -> None:
        if self._unit is None or self._unit.assessment_id is None:
            self._begin()
        elif self._is_final:
            self._print()
        else:
            self.sheet.go_to_finish()
            self.sheet.bar.finish()

    def _begin(self) -> None:
        if self._unit is not None and self._unit.waits:
            key, year = self._unit.key, self.year
            self._change(lambda: self._assessments.start(key.id, year, key.kind))

    def _begin_all(self) -> None:
        """Begin what is left of the kind that the list is narrowed to, else of all."""
        kind = self._kind.value()
        waiting = [line.key for line in self._units.all if line.waits and kind in ("", line.key.kind)]
        if not waiting:
            self.banner.say(State.GOOD, _("Every unit of the year has its assessment already."))
            return
        work = partial(deeds.begin_all, self._assessments, waiting, self.year)
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
        if self._unit is not None and kept is not None and self._unit.assessment_id == kept.id:
            self.sheet.settle()
            show_paper(self, deeds.paper_of(kept, self._unit.name))

    def _go_to_board(self, item_id: str) -> None:
        row = self.sheet.rows.get(item_id)
        if self._unit is not None and row is not None:
            key = self._unit.key
            self.desk.go("yearly_board", unit_kind=key.kind, unit_id=key.id, **place_on_board(row.item))

    def _go_to_text(self, item_id: str) -> None:
        kept = self.sheet.assessment
        if kept is not None:
            self.desk.go("criteria", catalogue_id=kept.catalogue_id, item=item_id)

    def _see_rows(self, item_id: str) -> None:
        if self.sheet.assessment is None:
            return
        key = self.sheet.assessment.id
        self.desk.run(lambda _progress: self._assessments.behind(key, item_id), self._show_behind, owner=self)

    def _show_behind(self, rows: list[BehindRow]) -> None:
        self._behind.show_rows(rows)
        self.show_details()
        self._behind.table.setFocus()
