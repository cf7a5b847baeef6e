"""Where the officer lists the agencies, enterprises and schools of the commune and sees which of them are assessed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.domain.unit_scope import ScopeCatalogue
from antq_desktop.domain.units import ListedKind, Unit
from antq_desktop.runtime.language import _, sentence
from antq_desktop.services.results import Invalid
from antq_desktop.services.yearly.units import LISTED_KINDS, UnitRow
from antq_desktop.ui import dialogs
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.filter_text import FilterText
from antq_desktop.ui.pages.list_export import to_workbook
from antq_desktop.ui.pages.record_editor import RecordEditor
from antq_desktop.ui.pages.said import say
from antq_desktop.ui.pages.units import unit_form
from antq_desktop.ui.pages.units.ending_box import EndingBox
from antq_desktop.ui.pages.units.unit_rows import UnitRows, columns
from antq_desktop.ui.pages.yearly_board.quiet_rows import QuietRows
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import Banner
from antq_desktop.ui.widgets.buttons import button
from antq_desktop.ui.widgets.choice import Choice
from antq_desktop.ui.widgets.flow import Flow
from antq_desktop.ui.widgets.form import Form
from antq_desktop.ui.widgets.page import Page
from antq_desktop.ui.widgets.table import Table


@dataclass(frozen=True, slots=True)
class _Read:
    """What the page shows, all of one look at the database."""

    rows: list[UnitRow]
    scope: ScopeCatalogue


class UnitsPage(Page):
    """The listed units, the chosen one at the right."""

    tables = frozenset({"listed_units", "issued_catalogues"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=_("Agencies, enterprises, schools"),
            sentence=_(
                "The units that are assessed beside the residential areas, and those that are left out."
            ),
            help_text=_(
                "Ctrl+N lists a unit. Its size or level decides whether the circular takes it in; the reason stands at once under "
                "the title. One that is left out can be listed too: nobody then asks again why it is not there. A unit that ends "
                "keeps its records."
            ),
            parent=parent,
        )
        self._units = desk.services.units
        self._kinds: dict[str, str] = {}
        self._scope: ScopeCatalogue = desk.services.catalogues.scope
        self.set_main_action(_("List a unit"), self._add)
        self._make_filters()
        self._make_list()
        self._make_details()
        self.on(Command.SAVE, self._save)
        self.on(Command.SAVE_AND_NEW, partial(self._save, and_new=True))
        self.on(Command.EDIT, self._edit)
        self.on(Command.LEAVE, self.hide_details)

    def refresh(self) -> None:
        services, year = self.desk.services, self.year
        self.desk.run(
            lambda _progress: _Read(services.units.rows(year), services.catalogues.scope),
            self._show_read,
            owner=self,
        )

    def begin(self) -> None:
        self.table.setFocus()

    def wanted(self, **what: object) -> None:
        """``unit_id`` opens one; ``kind`` narrows the list; ``add`` begins a new one."""
        if "kind" in what:
            self._kind.set_value(what["kind"])
            self._model.ask(kind=what["kind"] or None)
        if "unit_id" in what:
            self._editor.open(str(what["unit_id"]), self._show)
        if "add" in what:
            self._add()

    def _make_filters(self) -> None:
        self._kind = Choice(_("Kind of unit"), (("", _("All kinds")), *unit_form.kinds(self._scope)))
        self._kind.picked.connect(lambda kind: self._model.ask(kind=kind or None))
        self._text = FilterText(_("Find a unit"), _("Part of a name…"))
        self._text.wanted.connect(lambda text: self._model.ask(text=text))
        self._excluded = QCheckBox(_("Only those not assessed"))
        self._excluded.clicked.connect(lambda on: self._model.ask(excluded=True if on else None))
        for part in (self._kind, self._text, self._excluded):
            self.add_filter("", part)

    def _make_list(self) -> None:
        self._model = QuietRows(columns(self._kinds), UnitRows(), sort="kind")
        self.table = Table(self._model, "units", self.desk)
        self.table.setAccessibleName(_("Agencies, enterprises, schools"))
        self.table.set_empty(
            _("No unit is listed yet"),
            _(
                "List the agencies, enterprises and schools of the commune; residential areas stand on their own page."
            ),
            (_("List a unit"), self._add),
        )
        self.table.set_export(to_workbook(self.desk, _("Agencies, enterprises, schools")))
        self.add_filter_action(_("Save the list"), self.table.export, icon="export", roomy_only=True)
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(lambda _row: self._edit())
        self.set_body(self.table)

    def _make_details(self) -> None:
        self._categories: list[tuple[object, str]] = []
        self.form = Form(unit_form.fields(self._categories), self.desk)
        self._editor: RecordEditor[Unit] = RecordEditor(
            self.desk,
            self,
            self.form,
            self.banner,
            name="unit",
            read=self._units.get,
            write=partial(unit_form.write, self._units),
            shown=self._shown,
            made=unit_form.made,
        )
        self.form.finished.connect(self._save)
        self.form.editing.connect(self._say_scope)
        self.scope = Banner()
        self.ending = EndingBox(self.year)
        self.ending.close_asked.connect(self._close)
        self.ending.remove_asked.connect(self._remove)
        self._way = QWidget()
        Flow(self._way).addWidget(
            button(_("See its year"), self._go_to_board, icon="yearly-board", kind="link")
        )
        details = QWidget()
        column = QVBoxLayout(details)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.scope)
        column.addWidget(self._way)
        column.addWidget(self.form)
        column.addWidget(self.ending)
        column.addStretch()
        self.set_details(_("Unit"), details)
        self.set_details_actions(button(_("Save"), self._save, icon="save", kind="main"))

    def _show_read(self, read: _Read) -> None:
        self._scope = read.scope
        self._kinds.update({str(kind): word for kind, word in unit_form.kinds(read.scope)})
        self._kind.set_choices((("", _("All kinds")), *unit_form.kinds(read.scope)))
        self._model.set_source(UnitRows(read.rows))

    def _choose(self, row: UnitRow | None) -> None:
        if row is not None:
            self._editor.open(row.id, self._show)

    def _shown(self, unit: Unit) -> dict[str, object]:
        """Return the values of a unit, and offer what it can be."""
        self.form.show_record("", {})  # what was typed of another one is put away before the choices change
        self._categories[:] = unit_form.categories(self._scope, unit)
        choice = self.form.boxes["category"].input
        if isinstance(choice, Choice):
            choice.set_choices(self._categories)
        return unit_form.shown(unit)

    def _show(self, unit: Unit) -> None:
        self.set_details_title(unit.name or _("New unit"))
        self._way.setVisible(bool(unit.id))
        self.ending.setVisible(bool(unit.id))
        self.ending.show_unit(unit)
        self._say_scope()
        self.table.choose_key(unit.id)
        self.show_details()

    def _add(self) -> None:
        kind = str(self._kind.value() or LISTED_KINDS[0])
        listed: ListedKind = next((each for each in LISTED_KINDS if each == kind), LISTED_KINDS[0])
        unit = Unit(
            id="",
            unit_code="",
            kind=listed,
            name="",
            category=next(iter(self._scope.units[listed].categories)),
            valid_from=self._scope.units[listed].period.of(self.year).first,
        )
        self.show_details()
        self._editor.begin(unit)
        self._show(unit)

    def _say_scope(self) -> None:
        """Say whether the unit in the form is assessed, and why not."""
        unit = self._editor.record
        if unit is None:
            return
        why = unit_form.excluded_why(self._scope, unit_form.made(unit, self.form.values()))
        if why:
            self.scope.say(State.LOOK, _("{why} It cannot be registered.", why=why))
        else:
            self.scope.clear()

    def _edit(self) -> None:
        if self._editor.record is not None:
            self.show_details()
            self.form.focus_first()

    def _save(self, *, and_new: bool = False) -> None:
        self._editor.save(lambda unit: self._add() if and_new else self._show(unit))

    def _close(self, on: date, reason: str) -> None:
        unit = self._editor.record
        if unit is not None and unit.id:
            self._change(lambda: self._units.close(unit.id, on, reason), self._closed)

    def _remove(self, reason: str) -> None:
        unit = self._editor.record
        if unit is None or not unit.id:
            return
        if dialogs.confirm(
            self,
            _("Take the unit off the list"),
            _("«{name}» is taken off the list as if it had never been there.", name=unit.name),
            _("Take off the list"),
            dangerous=True,
        ):
            self._change(lambda: self._units.remove(unit.id, reason), self._removed)

    def _change(self, deed: Callable[[], object], done: Callable[[object], None]) -> None:
        self.desk.run(lambda _progress: deed(), done, self._refused, owner=self)

    def _closed(self, _written: object) -> None:
        unit, self._editor.record = self._editor.record, None
        self.desk.note(_("Saved."))
        if unit is not None:
            self._editor.open(unit.id, self._show)

    def _removed(self, _changes: object) -> None:
        self._editor.record = None
        self.form.saved()
        self.hide_details()
        self.desk.note(_("The unit was taken off the list."))

    def _refused(self, failure: KnownFailure) -> None:
        if isinstance(failure, Invalid) and failure.findings[0].field == self.ending.on.field.name:
            self.ending.on.say_fault(sentence(failure))
            self.ending.on.input.setFocus()
        else:
            say(self, State.BAD, sentence(failure))

    def _go_to_board(self) -> None:
        if self._editor.record is not None:
            self.desk.go("yearly_board", unit_id=self._editor.record.id)
