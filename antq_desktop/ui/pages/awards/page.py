"""Where the officer puts awards forward, records what was decided on them, and saves the list of certificates."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.domain.awards import Award, AwardState
from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.language import _, sentence
from antq_desktop.services.movement.awards import AwardRow
from antq_desktop.ui import dialogs
from antq_desktop.ui import format as written
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import RowsModel
from antq_desktop.ui.pages.awards import award_form, award_rows
from antq_desktop.ui.pages.awards.decision_box import DecisionBox
from antq_desktop.ui.pages.filter_text import FilterText
from antq_desktop.ui.pages.kept_side import KeptKind, KeptSide
from antq_desktop.ui.pages.list_export import to_workbook
from antq_desktop.ui.pages.said import say
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.chip_line import ChipLine
from antq_desktop.ui.widgets.choice import Choice
from antq_desktop.ui.widgets.page import Page
from antq_desktop.ui.widgets.table import Table

ALL, PROPOSED, DECIDED, DECLINED = (
    "all",
    AwardState.PROPOSED.value,
    AwardState.DECIDED.value,
    AwardState.DECLINED.value,
)


class AwardsPage(Page):
    """The awards of the year; one is edited at the right, several get one decision together."""

    tables = frozenset({"awards"})
    made_of = frozenset({"issued_catalogues"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=_("Awards"),
            sentence=_("The awards of the movement, from the proposal to the decision and the certificate."),
            help_text=_(
                "Ctrl+N puts an award forward; Ctrl+Enter keeps it and begins the next one with the same kind and proposal. "
                "Choose one or several proposals (Shift or Ctrl, Ctrl+A for all) and enter the decision once for all of them. "
                "The certificate list of the year holds every award that was decided."
            ),
            parent=parent,
        )
        self._catalogue = desk.services.catalogues.awards
        self._rows: Sequence[AwardRow] = ()
        self.set_main_action(_("Put an award forward"), self.add)
        self._make_filters()
        self._make_list()
        self._make_details()
        self.on(Command.SAVE, self._save)
        self.on(Command.SAVE_AND_NEW, lambda: self.side.save(lambda _award: self.add()))
        self.on(Command.EDIT, self._edit)

    def refresh(self) -> None:
        services, year = self.desk.services, self.year
        self.desk.run(lambda _progress: services.awards.rows(year), self._show_rows, owner=self)

    def begin(self) -> None:
        self.table.setFocus()

    def year_changed(self, year: int) -> None:
        self._forget()
        super().year_changed(year)

    def wanted(self, **what: object) -> None:
        """``award_id`` opens one, ``state`` shows those of one state (or ``all``), ``add`` begins a new one."""
        if "state" in what:
            self.see(str(what["state"]))
        if "award_id" in what:
            self.see(ALL)
            self.table.clearSelection()
            self.side.open(str(what["award_id"]))
        if "add" in what:
            self.add()

    def see(self, state: str) -> None:
        """Show all awards, or those of one state."""
        self.chips.choose(state)
        self._model.ask(state=None if state == ALL else AwardState(state))

    def add(self) -> None:
        like: Award | None = self.side.record
        self.table.clearSelection()
        self.decision.show_rows(())
        self._together.hide()
        self.side.show()
        self.show_details()
        self.side.begin(award_form.new(self.year, self._catalogue, like))

    @property
    def chosen(self) -> list[AwardRow]:
        """The chosen awards in the order of the list."""
        places = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [row for place in places if (row := self._model.row_at(place)) is not None]

    def export_certificates(self) -> None:
        """Ask for a file and write the decided awards of the year."""
        name = _("certificate list {year}", year=self.year) + ".xlsx"
        path = dialogs.save_file(self, _("Certificate list"), name, ((_("Spreadsheet"), ("xlsx",)),))
        if path is not None:
            export = partial(self.desk.services.awards.export, path, self.year)
            self.desk.run(
                lambda _progress: export(),
                lambda _path: self.desk.note(_("The list was saved in «{path}».", path=path)),
                self._refused,
                title=_("Saving the list"),
                owner=self,
            )

    def _make_filters(self) -> None:
        kinds = tuple((kind.id, kind.name) for kind in self._catalogue.kinds.values())
        self._kind = Choice(_("Kind of award"), (("", _("All kinds of awards")), *kinds))
        self._kind.let_shrink()
        self._kind.setMinimumWidth(180)
        self._kind.picked.connect(lambda kind: self._model.ask(kind=kind or None))
        text = FilterText(_("Find an award"), _("Name, place or number…"))
        text.wanted.connect(lambda wanted: self._model.ask(text=wanted))
        self.add_filter("", self._kind)
        self.add_filter("", text)
        self.add_filter_action(_("Certificate list"), self.export_certificates, icon="export")

    def _make_list(self) -> None:
        self.chips = ChipLine((ALL, PROPOSED, DECIDED, DECLINED))
        self.chips.asked.connect(self.see)
        self._model = RowsModel(award_rows.columns(), award_rows.source(()))
        self.table = Table(self._model, "awards", self.desk)
        self.table.setAccessibleName(_("Awards"))
        self.table.set_empty(
            _("No award in this year"),
            _("Put the first one forward; the decision is recorded later, for several at once."),
            (_("Put an award forward"), self.add),
        )
        self.table.set_export(to_workbook(self.desk, _("Awards")))
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._follow())
        self.table.opened.connect(lambda _row: self._edit())
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.chips)
        column.addWidget(self.table, 1)
        self.set_body(body)
        self._show_figures(())

    def _make_details(self) -> None:
        service = self.desk.services.awards
        self._together = label("", "muted", wrap=True)
        self._together.hide()
        self.decision = DecisionBox(self.desk)
        self.decision.decided.connect(self._decided)
        self.decision.failed.connect(self._refused)
        self.side = KeptSide(
            self,
            KeptKind(
                name="award",
                sections=award_form.sections(self._catalogue),
                read=service.get,
                write=service.save,
                delete=service.delete,
                shown=award_form.shown,
                made=award_form.made,
                called=lambda award: award.recipient,
                papers=service,
            ),
        )
        self.side.shown.connect(self._show)
        self.side.finished.connect(self._save)
        self.side.form.boxes["kind"].edited.connect(self._fit_kind)
        details = QWidget()
        column = QVBoxLayout(details)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for part in (self._together, self.decision, self.side):
            column.addWidget(part)
        column.addStretch()
        self.set_details(_("Award"), details)
        self.keep = button(_("Save"), self._save, icon="save", kind="main")
        self.set_details_actions(self.keep)

    def _show_rows(self, rows: Sequence[AwardRow]) -> None:
        self._rows = tuple(rows)
        chosen = {row.id for row in self.chosen}
        self._show_figures(rows)
        self._model.set_source(award_rows.source(rows))
        if len(chosen) > 1:
            self._choose_again(chosen)

    def _choose_again(self, ids: set[str]) -> None:
        for place in range(self._model.rowCount()):
            row = self._model.row_at(place)
            if row is not None and row.id in ids:
                model = self.table.selectionModel()
                model.select(
                    self._model.index(place, 0), model.SelectionFlag.Select | model.SelectionFlag.Rows
                )

    def _show_figures(self, rows: Sequence[AwardRow]) -> None:
        states = [row.state for row in rows]
        count = {state: written.number(states.count(state)) for state in AwardState}
        self.chips.show_words(
            {
                ALL: _("{count} awards in all", count=written.number(len(rows))),
                PROPOSED: _("{count} put forward", count=count[AwardState.PROPOSED]),
                DECIDED: _("{count} awarded", count=count[AwardState.DECIDED]),
                DECLINED: _("{count} not awarded", count=count[AwardState.DECLINED]),
            }
        )

    def _follow(self) -> None:
        """Show the one that is chosen, or what can be done with several."""
        rows = self.chosen
        if len(rows) == 1:
            self.side.open(rows[0].id)
            return
        if not rows:
            if self.side.isHidden():
                self.decision.show_rows(())
                self.hide_details()
            return
        waiting = [row for row in rows if row.state is AwardState.PROPOSED]
        self.side.hide()
        self.keep.hide()
        self.decision.show_rows(waiting)
        self._together.setText(
            _("{count} of them wait for a decision.", count=len(waiting))
            if waiting
            else _("None of them waits for a decision.")
        )
        self._together.show()
        self.set_details_title(_("{count} awards", count=len(rows)))
        self.show_details()

    def _show(self, award: Award) -> None:
        if len(self.chosen) > 1:
            return
        for name in award_form.DECISION:
            self.side.form.boxes[name].setVisible(award.state is AwardState.DECIDED)
        self._together.hide()
        self.side.show()
        self.keep.show()
        self.decision.show_rows(
            [row for row in self._rows if row.id == award.id and row.state is AwardState.PROPOSED]
        )
        self.set_details_title(award.recipient or _("New award"))
        self.table.choose_key(award.id)
        self.show_details()

    def _fit_kind(self) -> None:
        """Bring who awards a kind, and to whom, when what stands there does not fit it."""
        boxes = self.side.form.boxes
        kind = self._catalogue.kinds.get(str(boxes["kind"].value()))
        if kind is None:
            return
        for name, fitting in (("authority", kind.authorities), ("recipient_kind", kind.recipients)):
            if boxes[name].value() not in fitting:
                boxes[name].set_value(fitting[0])

    def _edit(self) -> None:
        self.show_details()
        if self.side.isVisible() and self.side.record is not None:
            self.side.form.focus_first()
        else:
            self.decision.focus_first()

    def _save(self) -> None:
        """Keep the award in sight, or the decision where only that is typed."""
        if self.side.isHidden() or (self.decision.edited and not self.side.form.edited):
            self.decision.keep()
        else:
            self.side.save()

    def _decided(self, said: str) -> None:
        self._forget()
        say(self, State.GOOD, said)

    def _forget(self) -> None:
        self.table.clearSelection()
        self.decision.show_rows(())
        self.side.forget()
        self.hide_details()

    def _refused(self, failure: KnownFailure) -> None:
        say(self, State.BAD, sentence(failure))
