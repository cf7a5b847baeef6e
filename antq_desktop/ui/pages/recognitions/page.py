"""Where units that meet the criteria are recognised, and their certificates are numbered, printed and withdrawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.storage.queries.assessments import AssessmentRow
from antq_desktop.storage.queries.register import RegisterRow
from antq_desktop.ui import icons
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models import result_lines
from antq_desktop.ui.models.result_lines import Line
from antq_desktop.ui.pages.filter_text import FilterText
from antq_desktop.ui.pages.recognitions import decision_form, deeds, unit_rows
from antq_desktop.ui.pages.recognitions.certifying import Certifying
from antq_desktop.ui.pages.recognitions.deeds import Batch
from antq_desktop.ui.pages.recognitions.lists import REGISTER, RESULTS, UNITS, Lists
from antq_desktop.ui.pages.recognitions.number_side import NumberSide
from antq_desktop.ui.pages.recognitions.unit_rows import DECIDED, ISSUED, UNDECIDED, standing
from antq_desktop.ui.pages.recognitions.unit_side import UnitSide
from antq_desktop.ui.pages.said import say
from antq_desktop.ui.paper_desk import show_paper
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.choice import Choice
from antq_desktop.ui.widgets.page import Page

#: In a narrower window the details cover the list, so there they open only when they are asked for.
_ROOM_FOR_BOTH = 760


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
            "occurrences",
            "year_steps",
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
        self._printed: dict[str, int] = {}
        self._wanted = ""
        self.action = self.set_main_action(_("Enter the decision"), self._next_step, icon="edit")
        self._make_lists()
        self._make_filters()
        self._make_details()
        self.on(Command.SAVE, self._save)
        self.on(Command.EDIT, self._edit)
        self.on(Command.PRINT, self._print)
        self.on(Command.LEAVE, self.hide_details)
        self._show_results(())
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
        self.see(UNITS)
        self._text.clear()
        self.lists.search("")
        kind, standing_ = ("", "") if unit else (what.get("unit_kind", ""), what.get("standing", ""))
        self._kind.set_value(kind)
        self._standing.set_value(standing_)
        self.lists.narrow(kind=kind, standing=standing_)
        if unit:
            self._wanted = unit
            self.make_stale()

    def see(self, view: str) -> None:
        """Show the units, the register or the results (see ``lists``)."""
        self._view.set_value(view)
        self._change_view(view)

    @property
    def chosen(self) -> list[AssessmentRow]:
        """The chosen units in the order of the list; none while another list is in sight."""
        return self.lists.chosen

    def _make_lists(self) -> None:
        self.lists = Lists(self.desk)
        self.lists.units.selectionModel().selectionChanged.connect(lambda *_: self._follow())
        self.lists.units.opened.connect(lambda _row: self._edit())
        self.lists.register.selectionModel().selectionChanged.connect(lambda *_: self._follow())
        self.lists.register.opened.connect(lambda row: self.wanted(unit_id=row.unit_id))
        self.set_body(self.lists)

    def _make_filters(self) -> None:
        self._view = Choice(_("View"))
        self._view.picked.connect(self._change_view)
        self._kind = Choice(_("Kind of unit"), (("", _("All kinds")),))
        self._kind.picked.connect(lambda _kind: self._narrow())
        self._standing = Choice(_("State"), (("", _("All states")), *unit_rows.standings()))
        self._standing.picked.connect(lambda _standing: self._narrow())
        self._text = FilterText(_("Find a unit"), _("Part of a name…"))
        self._text.wanted.connect(self.lists.search)
        for part in (self._view, self._kind, self._standing, self._text):
            self.add_filter("", part)
        self._export = self.add_filter_action(_("Save the list"), self.lists.export, icon="export")
        self._export.hide()

    def _make_details(self) -> None:
        self.side = UnitSide(self.desk)
        self.side.save_asked.connect(self._save)
        self.side.papers.wanted.connect(lambda paper: show_paper(self, paper))
        self.certifying = Certifying(self, self.side.box, lambda: self.chosen, self._tell)
        self.numbers = NumberSide(self.desk)
        self.numbers.print_asked.connect(self._print_numbers)
        self.numbers.unit_asked.connect(lambda: self.wanted(unit_id=self.lists.chosen_numbers[0].unit_id))
        self.numbers.withdrawal.asked.connect(self._withdraw_number)
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.side)
        column.addWidget(self.numbers)
        self.set_details(_("Recognition"), both)
        self.set_details_actions(self.side.keep)

    def _show_read(self, read: _Read) -> None:
        self._kind.set_choices((("", _("All kinds")), *read.kinds.items()))
        self._kind.set_value(self.lists.kind)
        self._printed = {row.certificate_id: row.printed for row in read.register}
        wanted, self._wanted = self._wanted, ""
        self.lists.show_rows(read.rows, read.register, read.kinds, wanted)
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

    def _change_view(self, view: object) -> None:
        self.lists.show_view(str(view))
        self._standing.setVisible(view == UNITS)
        self._kind.setVisible(view != RESULTS)
        self._export.setVisible(view != UNITS)
        self.hide_details()
        self._follow()

    def _narrow(self) -> None:
        self.lists.narrow(kind=self._kind.value(), standing=self._standing.value())

    def _follow(self) -> None:
        """Show what is chosen, and let the main button say the next step."""
        of_register = self.lists.view == REGISTER
        self.side.setHidden(of_register)
        self.numbers.setVisible(of_register)
        if of_register:
            self._follow_numbers()
        else:
            self._follow_units()

    def _follow_numbers(self) -> None:
        rows = self.lists.chosen_numbers
        self.side.keep.hide()
        self.action.setText(_("Print"))
        self.action.setIcon(icons.icon("print", "on_accent"))
        self.action.setEnabled(any(row.withdrawn_on is None for row in rows))
        if not rows:
            self.hide_details()
            return
        self.set_details_title(
            _("Number {number}", number=rows[0].number_text)
            if len(rows) == 1
            else _("{count} certificates", count=len(rows))
        )
        self.numbers.show_rows(rows, self._services.session.today())
        self._show_beside()

    def _follow_units(self) -> None:
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
        self._show_beside()

    def _show_beside(self) -> None:
        if self.width() >= _ROOM_FOR_BOTH:
            self.show_details()

    def _edit(self) -> None:
        if self.chosen:
            self.show_details()
            self.side.form.focus_first()
        elif self.lists.chosen_numbers:
            self.show_details()

    def _print(self) -> None:
        if self.lists.view == REGISTER:
            self._print_numbers(on_blank=False)
        else:
            self.certifying.go_on()

    def _print_numbers(self, on_blank: bool) -> None:
        self.certifying.print_numbers(self.lists.chosen_numbers, on_blank)

    def _withdraw_number(self, on: date, reason: str) -> None:
        row = self.lists.chosen_numbers[0]
        self.certifying.withdraw_number(row, self.numbers.withdrawal, on, reason)

    def _next_step(self) -> None:
        if self.lists.view == REGISTER:
            self._print_numbers(on_blank=False)
        elif any(standing(row) == UNDECIDED for row in decision_form.ours(self.chosen)):
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
            failed = [line.id for line in result_lines.failed(batch.lines)]
            if self.side.keep_for(failed, key, batch.findings) and len(batch.lines) == 1:
                return
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
        state = State.BAD if len(result_lines.failed(lines)) == len(lines) else State.LOOK
        if len(lines) == 1:
            say(self, state, lines[0].said)
        else:
            way = (_("See each unit"), partial(self.see, RESULTS))
            say(self, state, f"{text}\n{result_lines.in_short(lines)}", way)

    def _show_results(self, lines: Sequence[Line]) -> None:
        """Offer the results as a view of their own while there are any."""
        self.lists.show_lines(lines)
        views = [(UNITS, _("Units")), (REGISTER, _("Register of numbers"))]
        self._view.set_choices([*views, (RESULTS, _("Results"))] if lines else views)
        if self.lists.view != self._view.value():
            self._change_view(self._view.value())
