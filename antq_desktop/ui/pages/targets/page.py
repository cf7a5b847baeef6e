"""Where the officer sets what the year is to reach, and sees how far it is, who is missing, and where it leads."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.domain.changes import Changes
from antq_desktop.domain.errors import KnownFailure
from antq_desktop.domain.targets import Target
from antq_desktop.runtime.language import _, sentence
from antq_desktop.services.reporting.targets import TargetRow
from antq_desktop.services.results import Written
from antq_desktop.ui import format as written
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import RowsModel
from antq_desktop.ui.pages.filter_text import FilterText
from antq_desktop.ui.pages.kept_side import KeptKind, KeptSide
from antq_desktop.ui.pages.list_export import to_workbook
from antq_desktop.ui.pages.said import say
from antq_desktop.ui.pages.targets import target_form, target_rows
from antq_desktop.ui.pages.targets.progress_bar import ProgressBar
from antq_desktop.ui.pages.targets.standing_panel import StandingPanel
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.buttons import button
from antq_desktop.ui.widgets.chip_line import ChipLine
from antq_desktop.ui.widgets.page import Page
from antq_desktop.ui.widgets.table import Table

ALL, REACHED, OPEN = "all", "reached", "open"


class TargetsPage(Page):
    """The targets of the year with their progress; the chosen one at the right with who is missing."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=_("Targets"),
            sentence=_("What resolutions and plans ask of the year, how far it is, and who is missing."),
            help_text=_(
                "Ctrl+N sets a target: a figure, the least it has to reach, and by when. «The usual ones» adds those that plans "
                "mostly name. The details name who is missing; Enter on a name opens the record. A forecast always says how it "
                "is made. Shares are cut after two decimals as in reports, never rounded up."
            ),
            parent=parent,
        )
        self._rows: Sequence[TargetRow] = ()
        self.set_main_action(_("Set a target"), self.add)
        self._make_list()
        self.side = self._made_side()
        self.set_details_actions(button(_("Save"), self._save, icon="save", kind="main"))
        self.on(Command.SAVE, self._save)
        self.on(Command.SAVE_AND_NEW, lambda: self.side.save(lambda _target: self.add()))
        self.on(Command.EDIT, self._edit)

    def refresh(self) -> None:
        services, year = self.desk.services, self.year
        self.desk.run(lambda _progress: services.targets.rows(year), self._show_rows, owner=self)

    def changed(self, _changes: Changes) -> None:
        """Count anew whatever was changed: targets are reached by every kind of record."""
        self.make_stale()

    def begin(self) -> None:
        self.table.setFocus()

    def year_changed(self, year: int) -> None:
        self.hide_details()
        self.leave()
        self.side.forget()
        self.side = self._made_side()
        super().year_changed(year)

    def wanted(self, **what: object) -> None:
        """``target_id`` opens one, ``view`` shows all, those reached or those open, ``add`` begins a new one."""
        if "view" in what:
            self.see(str(what["view"]))
        if "target_id" in what:
            self.see(ALL)
            self.side.open(str(what["target_id"]))
        if "add" in what:
            self.add()

    def see(self, view: str) -> None:
        """Show all targets, those that are reached, or those that are not yet."""
        self.chips.choose(view)
        self._model.ask(reached=None if view == ALL else view == REACHED)

    def add(self) -> None:
        """Begin a target with the period and level of the one in sight."""
        like: Target | None = self.side.record
        self.table.clearSelection()
        self.show_details()
        self.side.begin(target_form.new(self.year, like if like and like.year == self.year else None))

    def add_usual(self) -> None:
        """Set the targets that plans usually name, but those that are set already."""
        services, year = self.desk.services, self.year
        self.desk.run(
            lambda _progress: services.targets.add_usual(year), self._say_added, self._refused, owner=self
        )

    def _make_list(self) -> None:
        self.chips = ChipLine((ALL, OPEN, REACHED))
        self.chips.asked.connect(self.see)
        columns = target_rows.columns()
        self._model = RowsModel(columns, target_rows.source(()))
        self.table = Table(self._model, "targets", self.desk)
        self.table.setAccessibleName(_("Targets"))
        self.table.set_empty(
            _("No target is set for this year"),
            _("Add the usual ones and change their numbers to those of your plan, or set your own."),
            (_("Add the usual ones"), self.add_usual),
        )
        self.table.set_export(to_workbook(self.desk, _("Targets")))
        drawn = next(place for place, column in enumerate(columns) if column.key == target_rows.PROGRESS)
        self._bar = ProgressBar(self._model, target_rows.share, lambda row: row.reached, self.table)
        self.table.setItemDelegateForColumn(drawn, self._bar)
        self.table.chosen.connect(lambda row: self.side.open(row.id) if row is not None else None)
        self.table.opened.connect(lambda _row: self._edit())
        text = FilterText(_("Find a target"), _("Part of its name…"))
        text.wanted.connect(lambda wanted: self._model.ask(text=wanted))
        self.add_filter("", text)
        self.add_filter_action(_("Add the usual ones"), self.add_usual, icon="plus")
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.chips)
        column.addWidget(self.table, 1)
        self.set_body(body)
        self._show_figures()

    def _made_side(self) -> KeptSide:
        """Return new details with the periods of the working year."""
        service = self.desk.services.targets
        kind = KeptKind(
            name="target",
            sections=target_form.sections(self.desk.services.catalogues, self.year),
            read=service.get,
            write=service.save,
            delete=service.delete,
            shown=target_form.shown,
            made=target_form.made,
            called=self._name_of,
        )
        self.standing = StandingPanel(self.desk)
        side = KeptSide(self, kind, self.standing)
        side.shown.connect(self._show)
        side.finished.connect(self._save)
        self.set_details(_("Target"), side)
        return side

    def _show_rows(self, rows: Sequence[TargetRow]) -> None:
        self._rows = tuple(rows)
        self._show_figures()
        self._model.set_source(target_rows.source(rows))
        if self.side.record is not None:
            self.standing.show_row(self._row_of(self.side.record))

    def _show_figures(self) -> None:
        reached = sum(row.reached for row in self._rows)
        number = written.number
        self.chips.show_words(
            {
                ALL: _("{count} targets", count=number(len(self._rows))),
                OPEN: _("{count} not yet reached", count=number(len(self._rows) - reached)),
                REACHED: _("{count} reached", count=number(reached)),
            }
        )

    def _show(self, target: Target) -> None:
        self.set_details_title(self._name_of(target) if target.id else _("New target"))
        self.standing.show_row(self._row_of(target))
        self.table.choose_key(target.id)
        self.show_details()

    def _row_of(self, target: Target) -> TargetRow | None:
        return next((row for row in self._rows if row.id == target.id), None)

    def _name_of(self, target: Target) -> str:
        indicator = self.desk.services.catalogues.indicators.indicators.get(target.indicator)
        return indicator.name if indicator is not None else target.indicator

    def _edit(self) -> None:
        if self.side.record is not None:
            self.show_details()
            self.side.form.focus_first()

    def _save(self) -> None:
        self.side.save()

    def _say_added(self, added: Written[tuple[Target, ...]]) -> None:
        count = len(added.record)
        say(
            self,
            State.GOOD,
            _("{count} usual targets were added. Change their numbers to those of your plan.", count=count)
            if count
            else _("The usual targets are all set already."),
        )

    def _refused(self, failure: KnownFailure) -> None:
        say(self, State.BAD, sentence(failure))
