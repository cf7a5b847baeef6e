"""Where the officer follows every unit through the year, records its steps, and sees what is overdue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from antq_desktop.domain.units import UnitKey
from antq_desktop.domain.yearly_process import StepState
from antq_desktop.runtime.language import _
from antq_desktop.services.yearly.year_standing import BoardRow
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.filter_text import FilterText
from antq_desktop.ui.pages.list_export import to_workbook
from antq_desktop.ui.pages.panels import Panels
from antq_desktop.ui.pages.said import say
from antq_desktop.ui.pages.yearly_board import board_rows
from antq_desktop.ui.pages.yearly_board.batch_panel import BatchPanel
from antq_desktop.ui.pages.yearly_board.board_papers import BoardPapers
from antq_desktop.ui.pages.yearly_board.board_rows import ALL, OVERDUE, BoardRows
from antq_desktop.ui.pages.yearly_board.figures_line import FiguresLine
from antq_desktop.ui.pages.yearly_board.quiet_rows import QuietRows
from antq_desktop.ui.pages.yearly_board.unit_facts import UnitFacts, gather
from antq_desktop.ui.pages.yearly_board.unit_side import DOSSIER, OCCURRENCES, UnitSide
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.choice import Choice
from antq_desktop.ui.widgets.page import Page
from antq_desktop.ui.widgets.table import Table

#: In a narrower window the details cover the list, so there they open only when they are asked for.
_ROOM_FOR_BOTH = 760
_ROOM_FOR_FIGURES = 320
#: Where a step comes from that is not recorded on the board.
_PAGES = {
    "households_registered": "commitments",
    "self_assessment": "assessments",
    "decision": "recognitions",
    "certificate": "recognitions",
    "withdrawn": "recognitions",
}


@dataclass(frozen=True, slots=True)
class _Read:
    """What the page shows, all of one look at the database."""

    rows: list[BoardRow]
    kinds: Mapping[str, str]


class YearlyBoardPage(Page):
    """Every unit of the year in one list, the chosen one at the right."""

    tables = frozenset(
        {
            "year_steps",
            "occurrences",
            "listed_units",
            "residential_areas",
            "households",
            "campaigns",
            "commitments",
            "self_assessments",
            "recognitions",
            "certificates",
            "settings",
            "issued_catalogues",
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=_("The year"),
            sentence=_("Which steps every unit has taken, what comes next, and what is overdue."),
            help_text=_(
                "Choose a unit to see its steps at the right. F2 records the next one; Ctrl+Enter saves it and goes on to the one "
                "after. Choose several units (Shift or Ctrl) to record the same step for all of them. The figures above the list "
                "narrow it. Steps that follow from other pages lead there. Units that the circular leaves out stand in grey with "
                "the reason."
            ),
            parent=parent,
        )
        self._services = desk.services
        self._kinds: dict[str, str] = {}
        self._wanted: dict[str, object] = {}
        self._settling = False
        self.action = self.set_main_action(_("Record the next step"), self._next_step, icon="edit")
        self._make_filters()
        self._make_list()
        self._make_details()
        self.on(Command.SAVE, self._save)
        self.on(Command.SAVE_AND_NEW, partial(self._save, and_next=True))
        self.on(Command.EDIT, self._next_step)
        self.on(Command.PRINT, self._print)
        self.on(Command.LEAVE, self._step_back)
        self._follow()

    @property
    def chosen(self) -> list[BoardRow]:
        """The chosen units in the order of the list."""
        places = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [row for place in places if (row := self._model.row_at(place)) is not None]

    def refresh(self) -> None:
        services, year = self._services, self.year

        def work(_progress: object) -> _Read:
            scope = services.catalogues.scope
            return _Read(services.year_board.rows(year), {kind: u.name for kind, u in scope.units.items()})

        self.desk.run(work, self._show_read, owner=self)

    def begin(self) -> None:
        self.table.setFocus()

    def wanted(self, **what: object) -> None:
        """``unit_id`` opens a unit, at its ``part`` (steps, occurrences, dossier), ``step`` or ``item``; ``only`` filters."""
        if "only" in what:
            self._narrow(str(what["only"] or ALL))
        if "unit_id" in what:
            self._wanted = what
            self.make_stale()

    def year_changed(self, year: int) -> None:
        self.side.steps.close_form()
        super().year_changed(year)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the figures are a choice instead of a line of their own."""
        super().resizeEvent(event)
        roomy = self.height() >= _ROOM_FOR_FIGURES
        self.figures.setVisible(roomy)
        self._overdue.setVisible(roomy)
        self._low.setVisible(not roomy)

    def _make_filters(self) -> None:
        self._kind = Choice(_("Kind of unit"), (("", _("All kinds")),))
        self._kind.picked.connect(lambda kind: self._model.ask(kind=kind or None))
        self._text = FilterText(_("Find a unit"), _("Part of a name…"))
        self._text.wanted.connect(lambda text: self._model.ask(text=text))
        self._low = Choice(_("Figures of the year"))
        self._low.picked.connect(lambda only: self._narrow(str(only)))
        self._overdue = QCheckBox(_("Only units with overdue steps"))
        self._overdue.clicked.connect(lambda on: self._narrow(OVERDUE if on else ALL))
        for part in (self._kind, self._text, self._overdue, self._low):
            self.add_filter("", part)

    def _make_list(self) -> None:
        self.figures = FiguresLine()
        self.figures.asked.connect(self._narrow)
        self._model = QuietRows(
            board_rows.columns(self._kinds), BoardRows(), sort="kind", key=lambda row: row.key
        )
        self.table = Table(self._model, "yearly_board", self.desk)
        self.table.setAccessibleName(_("Units of the year"))
        self.table.set_empty(
            _("No unit in this year"),
            _("Add the residential areas of the commune, then its agencies, enterprises and schools."),
            (_("Go to the areas"), lambda: self.desk.go("households")),
        )
        self.table.set_export(to_workbook(self.desk, _("The year")))
        self.add_filter_action(_("Save the list"), self.table.export, icon="export", roomy_only=True)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._choose())
        self.table.opened.connect(lambda _row: self._open())
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.figures)
        column.addWidget(self.table, 1)
        self.set_body(body)

    def _make_details(self) -> None:
        self.side = UnitSide(self.desk, partial(say, self))
        self._papers = BoardPapers(self, partial(self._leave_for, "assessments"))
        self.side.steps.paper_asked.connect(lambda state: self._papers.show(state, self.chosen))
        self.side.steps.way_asked.connect(self._go_to)
        self.side.dossier.paper_asked.connect(lambda state: self._papers.show(state, self.chosen))
        self.side.occurrences.assessment_asked.connect(lambda: self._leave_for("assessments"))
        self.side.unit_asked.connect(self._go_to_unit)
        self.batch = BatchPanel(self.desk)
        self.batch.paper_asked.connect(self._papers.show)
        self._panels = Panels(self.side, self.batch)
        self.set_details("", self._panels)

    def _show_read(self, read: _Read) -> None:
        self._kinds.update(read.kinds)
        self._kind.set_choices((("", _("All kinds")), *read.kinds.items()))
        keys = {row.key for row in self.chosen}
        wanted = self._find_wanted(read.rows)
        if wanted is not None:
            keys = {wanted}
            self._show_all()
            self.table.choose_key(wanted)
        elif self._wanted:
            self._wanted = {}
            say(self, State.LOOK, _("This unit is not there in {year}. Choose another year.", year=self.year))
        self.figures.show_rows(read.rows)
        self._low.set_choices(self.figures.words())
        self._settling = True
        self._model.set_source(BoardRows(read.rows, read.kinds))
        if len(keys) > 1:
            self._choose_again(keys)
        self._settling = False
        self._follow(show=wanted is not None)

    def _find_wanted(self, rows: Sequence[BoardRow]) -> UnitKey | None:
        unit_id = self._wanted.get("unit_id")
        return next((row.key for row in rows if row.key.id == unit_id), None)

    def _show_all(self) -> None:
        """Take the filters off, so that the unit asked for is in the list."""
        self._kind.set_value("")
        self._text.clear()
        self._model.ask(text="", kind=None)
        self._narrow(ALL)

    def _choose_again(self, keys: set[UnitKey]) -> None:
        model = self.table.selectionModel()
        flags = model.SelectionFlag.Select | model.SelectionFlag.Rows
        for key in keys:
            place = self._model.place_of(key)
            if place is not None:
                model.select(self._model.index(place, 0), flags)

    def _narrow(self, only: str) -> None:
        self.figures.show_only(only)
        self._low.set_value(only)
        self._overdue.setChecked(only == OVERDUE)
        self._model.ask(only=only or None)

    def _choose(self) -> None:
        if not self._settling:
            self.banner.clear()
            self._follow(show=self.width() >= _ROOM_FOR_BOTH)

    def _open(self) -> None:
        """Go to the details of the chosen units."""
        self._follow(show=True)
        self._next_step()

    def _follow(self, *, show: bool = False) -> None:
        """Show the chosen units, and let the main button say what comes next."""
        rows = self.chosen
        one = rows[0] if len(rows) == 1 else None
        self.action.setEnabled(len(rows) > 1 or (one is not None and one.next is not None))
        self.action.setText(_next_word(rows))
        if not rows:
            self.hide_details()
            return
        if one is None:
            self.set_details_title(_("{count} units", count=len(rows)))
            self.batch.show_rows(rows)
            self._panels.show_only(self.batch)
        else:
            services, year = self._services, self.year
            self.desk.run(lambda _progress: gather(services, one, year), self._show_unit, owner=self)
        if show:
            self.show_details()

    def _show_unit(self, facts: UnitFacts) -> None:
        rows = self.chosen
        if [row.key for row in rows] != [facts.key] or facts.year != self.year:
            return
        self.set_details_title(facts.row.name)
        self._panels.show_only(self.side)
        self.side.show_unit(facts)
        if self._wanted.get("unit_id") == facts.key.id:
            wanted, self._wanted = self._wanted, {}
            self._show_wanted(wanted)

    def _show_wanted(self, wanted: Mapping[str, object]) -> None:
        if "item" in wanted:
            self.side.show_part(OCCURRENCES)
            self.side.occurrences.begin(str(wanted["item"]))
        elif "part" in wanted:
            self.side.show_part(str(wanted["part"]))
        elif "step" in wanted:
            self.side.open_step(str(wanted["step"]))
        elif "next" in wanted:
            self._next_step()

    def _next_step(self) -> None:
        """Record the next step of the chosen unit, or go where it is made; several units take one step together."""
        rows = self.chosen
        if len(rows) > 1:
            self.show_details()
            self.batch.focus_first()
        elif rows and rows[0].next is not None:
            self.show_details()
            facts = self.side.facts
            if facts is not None and facts.key == rows[0].key:
                self.side.open_step(rows[0].next.step.id)

    def _save(self, *, and_next: bool = False) -> None:
        if len(self.chosen) > 1:
            self.batch.save()
        elif self.side.part == OCCURRENCES:
            self.side.occurrences.save()
        else:
            self.side.steps.save(and_next=and_next)

    def _print(self) -> None:
        """Show the paper of the step in hand, else of the next one."""
        rows = self.chosen
        line = self.side.steps.opened
        state = line.state if line is not None else (rows[0].next if len(rows) == 1 else None)
        if state is not None:
            self._papers.show(state, rows)

    def _step_back(self) -> None:
        """Close the form of a step, then the details."""
        if not self.side.steps.close_form():
            self.hide_details()

    def _go_to(self, state: StepState) -> None:
        evidence = state.step.evidence
        if evidence in (OCCURRENCES, DOSSIER):
            self.side.show_part(evidence)
        else:
            self._leave_for(_PAGES[evidence])

    def _leave_for(self, page: str) -> None:
        if self.side.facts is not None:
            of_areas = page == "commitments"
            self.desk.go(page, **{"area_id" if of_areas else "unit_id": self.side.facts.key.id})

    def _go_to_unit(self) -> None:
        if self.side.facts is not None:
            self.desk.go("units", unit_id=self.side.facts.key.id)


def _next_word(rows: Sequence[BoardRow]) -> str:
    """Return what the main button does with these units."""
    if len(rows) > 1:
        return _("Record a step for all")
    elsewhere = rows and rows[0].next is not None and rows[0].next.step.evidence != "recorded"
    return _("Open the next step") if elsewhere else _("Record the next step")
