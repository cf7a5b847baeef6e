"""Where the officer records outreach campaigns, the steering committee and the coordination programmes of the commune."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.ui import format as written
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import RowsModel
from antq_desktop.ui.pages.filter_text import FilterText
from antq_desktop.ui.pages.kept_side import KeptSide
from antq_desktop.ui.pages.list_export import to_workbook
from antq_desktop.ui.pages.outreach import kinds
from antq_desktop.ui.pages.outreach.kinds import CAMPAIGNS, COMMITTEES, PROGRAMMES, Kept
from antq_desktop.ui.pages.panels import Panels
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.chip_line import ChipLine
from antq_desktop.ui.widgets.page import Page
from antq_desktop.ui.widgets.table import Table

_WANTED = {"campaign_id": CAMPAIGNS, "committee_id": COMMITTEES, "programme_id": PROGRAMMES}


class OutreachPage(Page):
    """Three lists, one in sight; the chosen record at the right."""

    tables = frozenset({"outreach_campaigns", "steering_committees", "coordination_programmes"})
    made_of = frozenset({"issued_catalogues"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=_("Outreach and coordination"),
            sentence=_(
                "The rounds of outreach, who steers the movement, and what was agreed with other agencies."
            ),
            help_text=_(
                "The line of figures chooses the list; Ctrl+N records another one of the list in sight. All is kept as posts and "
                "counts, never with names of people. A scan of the decision or programme can be kept with each."
            ),
            parent=parent,
        )
        self._kinds = {kept.view: kept for kept in kinds.all_kinds(desk)}
        self._models: dict[str, RowsModel] = {}
        self.tables_of: dict[str, Table] = {}
        self.sides: dict[str, KeptSide] = {}
        self.action = self.set_main_action(next(iter(self._kinds.values())).add, self.add)
        self._make_lists()
        self._make_details()
        self.on(Command.SAVE, self._save)
        self.on(Command.SAVE_AND_NEW, lambda: self.side.save(lambda _record: self.add()))
        self.on(Command.EDIT, self._edit)

    @property
    def view(self) -> str:
        """The list in sight."""
        return self.chips.chosen

    @property
    def side(self) -> KeptSide:
        """The details of the list in sight."""
        return self.sides[self.view]

    def refresh(self) -> None:
        services, year = self.desk.services, self.year

        def work(_progress: object) -> dict[str, list[Any]]:
            return {
                CAMPAIGNS: services.outreach.rows(year),
                COMMITTEES: services.committees.rows(year),
                PROGRAMMES: services.programmes.rows(year),
            }

        self.desk.run(work, self._show_rows, owner=self)

    def begin(self) -> None:
        self.tables_of[self.view].setFocus()

    def year_changed(self, year: int) -> None:
        self.hide_details()
        for side in self.sides.values():
            side.forget()
        super().year_changed(year)

    def wanted(self, **what: object) -> None:
        """``campaign_id``, ``committee_id`` or ``programme_id`` opens one; ``view`` shows a list; ``add`` begins a new one."""
        if "view" in what:
            self.see(str(what["view"]))
        for name, view in _WANTED.items():
            if name in what:
                self.see(view)
                self.side.open(str(what[name]))
        if "add" in what:
            self.add()

    def see(self, view: str) -> None:
        """Show the campaigns, the committees or the programmes."""
        self.chips.choose(view)
        self._stack.setCurrentWidget(self.tables_of[view])
        self._totals.setVisible(view == CAMPAIGNS and bool(self._totals.text()))
        self.action.setText(self._kinds[view].add)
        if self._panels.current is not self.side:
            self.hide_details()

    def add(self) -> None:
        """Begin a record of the list in sight."""
        self.show_details()
        self.side.begin(self._kinds[self.view].new())

    def _make_lists(self) -> None:
        self.chips = ChipLine(tuple(self._kinds))
        self.chips.asked.connect(self.see)
        self._totals = label("", "muted", wrap=True)
        self._stack = QStackedWidget()
        for kept in self._kinds.values():
            self._stack.addWidget(self._made_table(kept))
        text = FilterText(_("Find in the list"), _("Part of a name…"))
        text.wanted.connect(self._search)
        self.add_filter("", text)
        self.add_filter_action(_("Save the list"), self._export, icon="export", roomy_only=True)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.chips)
        column.addWidget(self._totals)
        column.addWidget(self._stack, 1)
        self.set_body(body)

    def _made_table(self, kept: Kept) -> Table:
        model = RowsModel(kept.columns, kept.source(()))
        table = Table(model, kept.view, self.desk)
        table.setAccessibleName(kept.called)
        table.set_empty(*kept.empty, (kept.add, self.add))
        table.set_export(to_workbook(self.desk, kept.called))
        table.chosen.connect(partial(self._choose, kept.view))
        table.opened.connect(lambda _row: self._edit())
        self._models[kept.view], self.tables_of[kept.view] = model, table
        return table

    def _make_details(self) -> None:
        for kept in self._kinds.values():
            side = KeptSide(self, kept.kind)
            side.shown.connect(partial(self._show, kept))
            side.finished.connect(self._save)
            self.sides[kept.view] = side
        self._panels = Panels(*self.sides.values())
        self.set_details("", self._panels)
        self.set_details_actions(button(_("Save"), self._save, icon="save", kind="main"))
        self._show_rows({view: [] for view in self._kinds})

    def _show_rows(self, rows: dict[str, list[Any]]) -> None:
        words = {}
        for view, kept in self._kinds.items():
            self._models[view].set_source(kept.source(rows[view]))
            words[view] = kept.figure(written.number(len(rows[view])))
        self.chips.show_words(words)
        self._show_totals(rows[CAMPAIGNS])

    def _show_totals(self, rows: Sequence[Any]) -> None:
        said = kinds.totals(rows)
        self._totals.setText(said)
        self._totals.setVisible(bool(said) and self.view == CAMPAIGNS)

    def _choose(self, view: str, row: Any | None) -> None:  # noqa: ANN401 - a row of one of the lists
        if row is not None and view == self.view:
            self.sides[view].open(row.id)

    def _show(self, kept: Kept, record: Any) -> None:  # noqa: ANN401 - a record of one of the lists
        self._panels.show_only(self.sides[kept.view])
        self.set_details_title(self.sides[kept.view].called() or kept.new_title)
        self.tables_of[kept.view].choose_key(record.id)
        self.show_details()

    def _edit(self) -> None:
        if self.side.record is not None:
            self.show_details()
            self.side.form.focus_first()

    def _save(self) -> None:
        self.side.save()

    def _search(self, text: str) -> None:
        for model in self._models.values():
            model.ask(text=text)

    def _export(self) -> None:
        self.tables_of[self.view].export()
