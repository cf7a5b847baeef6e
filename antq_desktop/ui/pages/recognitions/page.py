"""Where units that meet the criteria are recognised, and their certificates are numbered, printed and withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from antq_desktop.domain.recognition import Recognition
from antq_desktop.runtime.language import _
from antq_desktop.storage.queries.assessments import AssessmentRow
from antq_desktop.ui import icons
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import ListRows, RowsModel
from antq_desktop.ui.pages.filter_text import FilterText
from antq_desktop.ui.pages.recognitions import decision_form, deeds, register, unit_rows
from antq_desktop.ui.pages.recognitions.certificate_box import CertificateBox
from antq_desktop.ui.pages.recognitions.certifying import Certifying
from antq_desktop.ui.pages.recognitions.deeds import Batch
from antq_desktop.ui.pages.recognitions.register import RegisterRow
from antq_desktop.ui.pages.recognitions.unit_rows import DECIDED, ISSUED, UNDECIDED, UnitRows, standing
from antq_desktop.ui.pages.said import say
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.buttons import button
from antq_desktop.ui.widgets.choice import Choice
from antq_desktop.ui.widgets.form import Form
from antq_desktop.ui.widgets.page import Page
from antq_desktop.ui.widgets.table import Table

#: In a narrower window the details cover the list, so there they open only when they are asked for.
_ROOM_FOR_BOTH = 760
_UNITS, _REGISTER = "units", "register"


@dataclass(frozen=True, slots=True)
class _Read:
    """What the page shows; all of one look at the database."""

    rows: list[AssessmentRow]
    register: list[RegisterRow]
    settings: dict[str, Any]


class RecognitionsPage(Page):
    """The units that met the criteria; one decision can be entered for several of them at once."""

    tables = frozenset({"self_assessments", "recognitions", "certificates", "residential_areas", "settings"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=_("Recognition"),
            sentence=_(
                "The areas that met the criteria: the decision, the number of the certificate, the paper."
            ),
            help_text=_(
                "Choose one or several areas (Shift or Ctrl), enter the decision once for all of them, then take their numbers "
                "and print. A number that was taken is never used again, also after a withdrawal. Printing a certificate a "
                "second time asks why."
            ),
            parent=parent,
        )
        self._services = desk.services
        self._offered: dict[str, object] = {}
        self._wanted = ""
        self.action = self.set_main_action(_("Enter the decision"), self._next_step, icon="edit")
        self._make_filters()
        self._make_tables()
        self._make_details()
        self.on(Command.SAVE, self._save)
        self.on(Command.EDIT, self._edit)
        self.on(Command.PRINT, self._certifying.go_on)
        self.on(Command.LEAVE, self.hide_details)
        self._follow()

    def refresh(self) -> None:
        year = self.year

        def work(_progress: object) -> _Read:
            rows = self._services.recognitions.rows(year)
            kept = register.gather(self._services.recognitions, rows)
            return _Read(rows, kept, self._services.settings.all())

        self.desk.run(work, self._show_read, owner=self)

    def wanted(self, **what: object) -> None:
        """``area_id`` chooses one unit; ``standing`` narrows the list."""
        self._view.set_value(_UNITS)
        self._stack.setCurrentWidget(self.table)
        if "standing" in what:
            self._standing.set_value(what["standing"])
            self._model.ask(standing=what["standing"] or None)
        if "area_id" in what:
            self._wanted = str(what["area_id"])
            self.make_stale()

    @property
    def chosen(self) -> list[AssessmentRow]:
        """The chosen units in the order of the list."""
        places = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [row for place in places if (row := self._model.row_at(place)) is not None]

    def _make_filters(self) -> None:
        self._view = Choice(
            _("View"), ((_UNITS, _("Areas that met the criteria")), (_REGISTER, _("Register of numbers")))
        )
        self._view.picked.connect(self._change_view)
        self._standing = Choice(_("Standing"), (("", _("All standings")), *unit_rows.standings()))
        self._standing.picked.connect(lambda word: self._model.ask(standing=word or None))
        self._text = FilterText(_("Find an area"), _("Part of a name…"))
        self._text.wanted.connect(self._search)
        for part in (self._view, self._standing, self._text):
            self.add_filter("", part)

    def _make_tables(self) -> None:
        self._model = RowsModel(unit_rows.columns(), UnitRows(), sort="name", key=lambda row: row.unit_id)
        self.table = Table(self._model, "recognitions", self.desk)
        self.table.setAccessibleName(_("Areas that met the criteria"))
        self.table.set_empty(
            _("No area can be recognised yet"),
            _("Only a finished self-assessment that says met leads to a recognition."),
            (_("Go to the self-assessments"), lambda: self.desk.go("assessments")),
        )
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._follow())
        self.table.opened.connect(lambda _row: self._edit())
        self._numbers = RowsModel(register.columns(), ListRows(()), sort="number")
        self.register = Table(self._numbers, "certificates", self.desk)
        self.register.setAccessibleName(_("Register of numbers"))
        self.register.set_empty(
            _("No number was taken in this year"), _("Numbers are taken when certificates are issued.")
        )
        self.register.opened.connect(lambda row: self.wanted(area_id=row.unit_id))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.register)
        self.set_body(self._stack)

    def _make_details(self) -> None:
        self.form = Form(decision_form.fields(), self.desk)
        self.form.finished.connect(self._save)
        self.box = CertificateBox(self.year)
        self._certifying = Certifying(self, self.box, lambda: self.chosen)
        self._keep = button(_("Keep the decision"), self._save, icon="save", kind="main")
        details = QWidget()
        column = QVBoxLayout(details)
        column.setSpacing(12)
        column.addWidget(self.form)
        column.addWidget(self.box)
        column.addStretch()
        self.set_details(_("Recognition"), details)
        self.set_details_actions(self._keep)

    def _show_read(self, read: _Read) -> None:
        self._offered = decision_form.offered(read.settings)
        chosen = {row.unit_id for row in self.chosen}
        if self._wanted:
            chosen = {self._wanted}
            self.table.choose_key(self._wanted)
            self._wanted = ""
        self._model.set_source(UnitRows(read.rows))
        self._numbers.set_source(register.source(read.register))
        if len(chosen) > 1:
            self._choose_again(chosen)
        self._follow()

    def _choose_again(self, units: set[str]) -> None:
        model = self.table.selectionModel()
        flags = model.SelectionFlag.Select | model.SelectionFlag.Rows
        for unit in units:
            place = self._model.place_of(unit)
            if place is not None:
                model.select(self._model.index(place, 0), flags)

    def _change_view(self, view: object) -> None:
        self._stack.setCurrentWidget(self.register if view == _REGISTER else self.table)
        self._standing.setVisible(view == _UNITS)
        self.hide_details()
        self._follow()

    def _search(self, text: str) -> None:
        self._model.ask(text=text)
        self._numbers.ask(text=text)

    def _follow(self) -> None:
        """Show the chosen units, and let the main button say the next step."""
        rows = self.chosen if self._stack.currentWidget() is self.table else []
        stands = {standing(row) for row in rows}
        word, icon = _("Enter the decision"), "edit"
        if rows and UNDECIDED not in stands:
            word, icon = (
                (_("Take numbers and print"), "print") if DECIDED in stands else (_("Print"), "print")
            )
        self.action.setText(word)
        self.action.setIcon(icons.icon(icon, "on_accent"))
        self.action.setEnabled(bool(stands & {UNDECIDED, DECIDED, ISSUED}))
        if not rows:
            self.hide_details()
            return
        self.set_details_title(rows[0].unit_name if len(rows) == 1 else _("{count} areas", count=len(rows)))
        open_for_decision = bool(stands & {UNDECIDED, DECIDED})
        self.form.setVisible(open_for_decision)
        self._keep.setVisible(open_for_decision)
        self.box.show_rows(rows, self._services.session.today())
        if self.width() >= _ROOM_FOR_BOTH:
            self.show_details()
        if open_for_decision:
            self._show_decision(rows)

    def _show_decision(self, rows: Sequence[AssessmentRow]) -> None:
        key = "recognition/" + "+".join(sorted(row.unit_id for row in rows))
        known = next((row.recognition_id for row in rows if row.recognition_id), None)
        if known is None:
            self.form.show_record(key, self._offered)
            return
        self.desk.run(
            lambda _progress: self._services.recognitions.get(known),
            partial(self._show_kept, key),
            owner=self,
        )

    def _show_kept(self, key: str, kept: Recognition) -> None:
        names = ("decision_number", "decision_date", "decided_by", "signer", "signer_post")
        self.form.show_record(key, {name: getattr(kept, name) for name in names})

    def _edit(self) -> None:
        if self.chosen:
            self.show_details()
            self.form.focus_first()

    def _next_step(self) -> None:
        stands = {standing(row) for row in self.chosen}
        if UNDECIDED in stands:
            self._edit()
        else:
            self._certifying.go_on()

    def _save(self) -> None:
        rows = [row for row in self.chosen if standing(row) in {UNDECIDED, DECIDED}]
        if not rows or not self.form.check():
            return
        work = partial(deeds.recognise, self._services.recognitions, rows, self.form.values())
        self.desk.run(work, self._decided, title=_("Keeping the decision"), owner=self)

    def _decided(self, batch: Batch) -> None:
        if batch.failed:
            self.form.say_findings(batch.failed[0].findings)
            say(self, State.BAD, deeds.said(batch.failed))
            return
        self.form.saved()
        say(
            self,
            State.GOOD,
            _("{count} areas are recognised. Take their numbers and print next.", count=len(batch.done)),
            (_("Take numbers and print"), self._certifying.go_on),
        )
