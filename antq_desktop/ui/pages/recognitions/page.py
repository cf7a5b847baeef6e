"""Where units that meet the criteria are recognised, and their certificates are numbered, printed and withdrawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QStackedWidget, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.storage.queries.assessments import AssessmentRow
from antq_desktop.storage.queries.register import RegisterRow
from antq_desktop.ui import icons
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import ListRows, RowsModel
from antq_desktop.ui.pages.filter_text import FilterText
from antq_desktop.ui.pages.list_export import to_workbook
from antq_desktop.ui.pages.recognitions import decision_form, deeds, register, results, unit_rows
from antq_desktop.ui.pages.recognitions.certifying import Certifying
from antq_desktop.ui.pages.recognitions.deeds import Batch
from antq_desktop.ui.pages.recognitions.register import RegisterRows
from antq_desktop.ui.pages.recognitions.results import Line
from antq_desktop.ui.pages.recognitions.unit_rows import DECIDED, ISSUED, UNDECIDED, UnitRows, standing
from antq_desktop.ui.pages.recognitions.unit_side import UnitSide
from antq_desktop.ui.pages.said import say
from antq_desktop.ui.paper_desk import show_paper
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.choice import Choice
from antq_desktop.ui.widgets.page import Page
from antq_desktop.ui.widgets.table import Table

#: In a narrower window the details cover the list, so there they open only when they are asked for.
_ROOM_FOR_BOTH = 760
_UNITS, _REGISTER, _RESULTS = "units", "register", "results"


@dataclass(frozen=True, slots=True)
class _Read:
    """What the page shows; all of one look at the database."""

    rows: list[AssessmentRow]
    register: list[RegisterRow]
    kinds: Mapping[str, str]


class RecognitionsPage(Page):
    """The units that met the criteria; one decision can be entered for several of them at once."""

    tables = frozenset(
        {
            "self_assessments",
            "recognitions",
            "certificates",
            "residential_areas",
            "listed_units",
            "settings",
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=_("Recognition"),
            sentence=_(
                "The units that met the criteria: the decision, the number of the certificate, the papers."
            ),
            help_text=_(
                "Choose one or several units (Shift or Ctrl, Ctrl+A for all), enter the decision once for all of them, then take "
                "their numbers and print. A number that was taken is never used again, also after a withdrawal. Printing a "
                "certificate a second time asks why. What became of each unit stands under «Results»."
            ),
            parent=parent,
        )
        self._services = desk.services
        self._kinds: dict[str, str] = {}
        self._printed: dict[str, int] = {}
        self._wanted = ""
        self.action = self.set_main_action(_("Enter the decision"), self._next_step, icon="edit")
        self._make_filters()
        self._make_tables()
        self._make_details()
        self.on(Command.SAVE, self._save)
        self.on(Command.EDIT, self._edit)
        self.on(Command.PRINT, self.certifying.go_on)
        self.on(Command.LEAVE, self.hide_details)
        self._follow()

    def refresh(self) -> None:
        year, services = self.year, self._services

        def work(_progress: object) -> _Read:
            kinds = {kind: unit.name for kind, unit in services.catalogues.scope.units.items()}
            return _Read(services.recognitions.rows(year), services.recognitions.register(year), kinds)

        self.desk.run(work, self._show_read, owner=self)

    def year_changed(self, year: int) -> None:
        self._show_results(())
        super().year_changed(year)

    def wanted(self, **what: object) -> None:
        """``unit_id`` (or ``area_id``) chooses one unit; ``standing`` and ``unit_kind`` narrow the list."""
        unit = str(what.get("unit_id") or what.get("area_id") or "")
        narrowed = {"standing": what.get("standing"), "kind": what.get("unit_kind") if not unit else None}
        self._view.set_value(_UNITS)
        self._change_view(_UNITS)
        self._text.clear()
        self._model.ask(text="")
        for name, choice in (("standing", self._standing), ("kind", self._kind)):
            if unit or name in what or narrowed[name]:
                choice.set_value(narrowed[name] or "")
                self._narrow(name, narrowed[name])
        if unit:
            self._wanted = unit
            self.make_stale()

    @property
    def chosen(self) -> list[AssessmentRow]:
        """The chosen units in the order of the list; none while another list is in sight."""
        if self._stack.currentWidget() is not self.table:
            return []
        places = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [row for place in places if (row := self._model.row_at(place)) is not None]

    def _make_filters(self) -> None:
        self._view = Choice(_("View"))
        self._view.picked.connect(self._change_view)
        self._kind = Choice(_("Kind of unit"), (("", _("All kinds")),))
        self._kind.picked.connect(partial(self._narrow, "kind"))
        self._standing = Choice(_("Standing"), (("", _("All standings")), *unit_rows.standings()))
        self._standing.picked.connect(partial(self._narrow, "standing"))
        self._text = FilterText(_("Find a unit"), _("Part of a name…"))
        self._text.wanted.connect(self._search)
        for part in (self._view, self._kind, self._standing, self._text):
            self.add_filter("", part)
        self.add_filter_action(
            _("Save the list"),
            self._save_list,
            icon="export",
            roomy_only=True,
        )

    def _make_tables(self) -> None:
        self._model = RowsModel(
            unit_rows.columns(self._kinds), UnitRows(), sort="kind", key=lambda row: row.unit_id
        )
        self.table = self._list(self._model, "recognitions", _("Units that met the criteria"))
        self.table.set_empty(
            _("No unit can be recognised yet"),
            _("Only a finished self-assessment that says met leads to a recognition."),
            (_("Go to the self-assessments"), lambda: self.desk.go("assessments")),
        )
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._follow())
        self.table.opened.connect(lambda _row: self._edit())
        self._numbers = RowsModel(
            register.columns(self._kinds), RegisterRows(), sort="number", key=lambda row: row.certificate_id
        )
        self.register = self._list(self._numbers, "certificates", _("Register of numbers"))
        self.register.set_empty(
            _("No number was taken in this year"), _("Numbers are taken when certificates are issued.")
        )
        self.register.opened.connect(self._open_unit)
        self._lines = RowsModel(results.columns(), ListRows(()), sort="said")
        self.results = self._list(self._lines, "recognition-results", _("Results"))
        self._tables = (self.table, self.register, self.results)
        self._stack = QStackedWidget()
        for table in self._tables:
            self._stack.addWidget(table)
        self.set_body(self._stack)
        self._show_results(())

    def _list(self, model: RowsModel, name: str, title: str) -> Table:
        made = Table(model, name, self.desk)
        made.setAccessibleName(title)
        made.set_export(to_workbook(self.desk, title))
        return made

    def _make_details(self) -> None:
        self.side = UnitSide(self.desk)
        self.side.save_asked.connect(self._save)
        self.side.papers.wanted.connect(lambda paper: show_paper(self, paper))
        self.certifying = Certifying(self, self.side.box, lambda: self.chosen, self._tell)
        self.set_details(_("Recognition"), self.side)
        self.set_details_actions(self.side.keep)

    def _show_read(self, read: _Read) -> None:
        self._kinds.update(read.kinds)
        self._kind.set_choices((("", _("All kinds")), *read.kinds.items()))
        self._printed = {row.certificate_id: row.printed for row in read.register}
        chosen = {row.unit_id for row in self.chosen}
        wanted, self._wanted = self._wanted, ""
        if wanted:
            chosen = {wanted}
            self.table.choose_key(wanted)
        self._model.set_source(UnitRows(read.rows, read.kinds))
        self._numbers.set_source(RegisterRows(read.register, read.kinds))
        if len(chosen) > 1:
            self._choose_again(chosen)
        if wanted and all(row.unit_id != wanted for row in read.rows):
            say(
                self,
                State.LOOK,
                _(
                    "This unit cannot be recognised yet: its self-assessment is not finished or does not say met."
                ),
                (_("Go to the self-assessments"), lambda: self.desk.go("assessments", area_id=wanted)),
            )
        self._follow()

    def _choose_again(self, units: set[str]) -> None:
        model = self.table.selectionModel()
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for unit in units:
            place = self._model.place_of(unit)
            if place is not None:
                model.select(self._model.index(place, 0), flags)

    def _open_unit(self, row: RegisterRow) -> None:
        """Go from a number in the register to the unit that it was given to."""
        recognitions = self._services.recognitions

        def work(_progress: object) -> str:
            certificate = recognitions.certificate(row.certificate_id)
            unit_id: str = recognitions.get(certificate.recognition_id).unit_id
            return unit_id

        self.desk.run(work, lambda unit_id: self.wanted(unit_id=unit_id), owner=self)

    def _change_view(self, view: object) -> None:
        self._stack.setCurrentIndex([_UNITS, _REGISTER, _RESULTS].index(str(view)))
        self._standing.setVisible(view == _UNITS)
        self._kind.setVisible(view != _RESULTS)
        self.hide_details()
        self._follow()

    def _narrow(self, name: str, value: object) -> None:
        if name == "kind":
            self._model.ask(kind=value or None)
            self._numbers.ask(kind=value or None)
        else:
            self._model.ask(standing=value or None)

    def _search(self, text: str) -> None:
        for model in (self._model, self._numbers, self._lines):
            model.ask(text=text)

    def _save_list(self) -> None:
        self._tables[self._stack.currentIndex()].export()

    def _follow(self) -> None:
        """Show the chosen units, and let the main button say the next step."""
        rows = self.chosen
        stands = {standing(row) for row in decision_form.ours(rows)}
        word, icon = _("Enter the decision"), "edit"
        if rows and UNDECIDED not in stands:
            word, icon = (
                (_("Take numbers and print"), "recognitions") if DECIDED in stands else (_("Print"), "print")
            )
        self.action.setText(word)
        self.action.setIcon(icons.icon(icon, "on_accent"))
        self.action.setEnabled(bool(stands & {UNDECIDED, DECIDED, ISSUED}))
        if not rows:
            self.hide_details()
            return
        self.set_details_title(rows[0].unit_name if len(rows) == 1 else _("{count} units", count=len(rows)))
        self.side.show_rows(rows, self._printed, self._services.session.today())
        if self.width() >= _ROOM_FOR_BOTH:
            self.show_details()

    def _edit(self) -> None:
        if self.chosen:
            self.show_details()
            self.side.form.focus_first()

    def _next_step(self) -> None:
        if any(standing(row) == UNDECIDED for row in decision_form.ours(self.chosen)):
            self._edit()
        else:
            self.certifying.go_on()

    def _save(self) -> None:
        form = self.side.form
        if not self.chosen or not self.side.is_ready() or not form.check():
            return
        ids = [str(row.id) for row in self.side.meant]
        work = partial(deeds.decide, self._services.recognitions, ids, form.values())
        done = partial(self._decided, form.key, [*self.side.meant])
        self.desk.run(work, done, title=_("Keeping the decision"), owner=self)

    def _decided(self, key: str, rows: Sequence[AssessmentRow], batch: Batch) -> None:
        if batch.failed:
            self.side.keep_for([line.id for line in results.failed(batch.lines)], key, batch.findings)
            text = _(
                "The decision was kept for {done} of {all} units.",
                done=len(batch.records),
                all=len(batch.lines),
            )
            self._tell(batch.lines, text)
            return
        if self.side.form.key == key:
            self.side.form.saved()
        self._show_results(batch.lines)
        count = len(batch.lines)
        if not any(unit_rows.is_commune(row) for row in rows):
            text = _("{count} units are recognised. Take their numbers and print next.", count=count)
            say(self, State.GOOD, text, (_("Take numbers and print"), self.certifying.go_on))
        else:
            say(self, State.GOOD, _("The decision was kept."))

    def _tell(self, lines: Sequence[Line], text: str) -> None:
        """Sum up what became of several units, some of which failed; the way on shows each of them."""
        self._show_results(lines)
        state = State.BAD if len(results.failed(lines)) == len(lines) else State.LOOK
        way = (_("See each unit"), self._see_results) if len(lines) > 1 else None
        say(self, state, f"{text}\n{results.in_short(lines)}", way)

    def _show_results(self, lines: Sequence[Line]) -> None:
        """Offer the results as a view of their own while there are any."""
        self._lines.set_source(results.source(lines))
        views = [(_UNITS, _("Units that met the criteria")), (_REGISTER, _("Register of numbers"))]
        self._view.set_choices([*views, (_RESULTS, _("Results"))] if lines else views)
        if self._view.value() == _UNITS and self._stack.currentWidget() is self.results:
            self._change_view(_UNITS)

    def _see_results(self) -> None:
        self._view.set_value(_RESULTS)
        self._change_view(_RESULTS)
