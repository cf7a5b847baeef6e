"""The residential areas at the left of their page: choosing one narrows the households, several can be merged."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.domain.text import sort_key
from antq_desktop.runtime.language import _
from antq_desktop.storage.queries.areas import AreaRow
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import Column, ListRows, RowsModel
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.buttons import button
from antq_desktop.ui.widgets.table import Table


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One line of the list; the first one, without an id, is the whole commune."""

    id: str
    name: str
    households: int
    ended_on: date | None = None


class AreasList(QWidget):
    """``chosen`` carries the id of an area, or nothing for the whole commune; ``opened`` wants its details.

    ``regrouped`` tells that other lines are chosen together than before.
    """

    chosen = Signal(str)
    opened = Signal(str)
    regrouped = Signal()

    def __init__(self, desk: Desk, add: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[AreaLine] = []
        self._model = RowsModel(_columns(), ListRows([]))
        self.table = Table(self._model, "areas", desk)
        self.table.setAccessibleName(_("Residential areas"))
        self.table.chosen.connect(self._pass_on)
        self.table.opened.connect(lambda line: self.opened.emit(line.id) if line.id else None)
        self.table.selectionModel().selectionChanged.connect(lambda _new, _old: self.regrouped.emit())
        self.table.add_row_action(_("History, rename, merge, split…"), self._open_current)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(button(_("Add"), add, icon="plus", name=_("Add a residential area")))
        self._change = button(_("Change…"), self._open_current, icon="edit", name=_("Change the chosen area"))
        self._change.setToolTip(_("History, rename, merge, split…"))
        self._change.setEnabled(False)
        row.addWidget(self._change)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.table, 1)
        column.addLayout(row)

    def set_areas(self, areas: Sequence[AreaRow]) -> None:
        """Show ``areas`` under a line for all of them."""
        living = sum(area.households for area in areas)
        self._lines = [AreaLine("", _("The whole commune"), living)]
        self._lines += [AreaLine(area.id, area.name, area.households, area.valid_to) for area in areas]
        keys: dict[str, Callable[[AreaLine], object]] = {
            "name": lambda line: (line.id != "", sort_key(line.name)),
            "households": lambda line: (line.id != "", line.households),
        }
        self._model.set_source(ListRows(self._lines, keys))

    @property
    def area_id(self) -> str:
        """The current area, or nothing for the whole commune."""
        line = self.table.current_row()
        return line.id if line is not None else ""

    def chosen_ids(self) -> list[str]:
        """Return the areas that are chosen, without the line of the whole commune."""
        rows = self.table.selectionModel().selectedRows()
        lines = [self._model.row_at(index.row()) for index in sorted(rows, key=lambda index: index.row())]
        return [line.id for line in lines if line is not None and line.id]

    def choose(self, area_id: str) -> None:
        """Make ``area_id`` (nothing: the whole commune) the current line and say so."""
        place = self._model.place_of(area_id)
        if place is not None:
            self.table.selectRow(place)

    def _open_current(self) -> None:
        if self.area_id:
            self.opened.emit(self.area_id)

    def _pass_on(self, line: AreaLine | None) -> None:
        self._change.setEnabled(bool(line and line.id))
        self.chosen.emit(line.id if line else "")


def _columns() -> list[Column]:
    return [
        Column("name", _("Residential area"), _name, 110, wide=True, state=_state),
        Column("households", _("Households"), lambda line: written.number(line.households), 72, "right"),
    ]


def _name(line: AreaLine) -> str:
    if line.ended_on is None:
        return line.name
    return _("{name} (until {day})", name=line.name, day=written.day(line.ended_on))


def _state(line: AreaLine) -> State:
    return State.LOOK if line.ended_on is not None else State.NONE
