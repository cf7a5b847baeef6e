"""Splits a residential area: the parts are named, and every household gets the number of its part."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from antq_desktop.runtime.language import _
from antq_desktop.storage.queries.areas import AreaRow
from antq_desktop.storage.queries.households import HouseholdFilter, HouseholdRow
from antq_desktop.storage.queries.window import Window
from antq_desktop.ui import dialogs, theme
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.areas_households.area_tasks import AreaTask
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.field import Field

_MOST_HOUSEHOLDS = 5_000
_MOST_PARTS = 9


class PartsGrid(QTableWidget):
    """The households of the area; a figure typed on the chosen lines puts them into that part."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 2, parent)
        self.parts = 2
        self.setAccessibleName(_("Households and their parts"))
        self.setHorizontalHeaderLabels([_("Head of household"), _("Part")])
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().resizeSection(1, 64)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.ROW_HEIGHT)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setMinimumHeight(8 * theme.ROW_HEIGHT)

    def set_households(self, rows: Sequence[HouseholdRow]) -> None:
        self.setRowCount(len(rows))
        for place, row in enumerate(rows):
            head = QTableWidgetItem(row.head)
            head.setData(Qt.ItemDataRole.UserRole, row.id)
            head.setToolTip(row.address or row.head)
            self.setItem(place, 0, head)
            part = QTableWidgetItem("1")
            part.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
            self.setItem(place, 1, part)

    def put_chosen_into(self, part: int) -> None:
        for index in self.selectionModel().selectedRows(1):
            self._cell(index.row(), 1).setText(str(part))

    def members(self) -> list[list[str]]:
        """Return the ids of the households of each part, in the order of the parts."""
        found: list[list[str]] = [[] for _part in range(self.parts)]
        for place in range(self.rowCount()):
            part = min(int(self._cell(place, 1).text()), self.parts)
            found[part - 1].append(self._cell(place, 0).data(Qt.ItemDataRole.UserRole))
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text()
        if typed.isdecimal() and 1 <= int(typed) <= self.parts:
            self.put_chosen_into(int(typed))
            place = self.currentRow() + 1
            if len(self.selectionModel().selectedRows()) == 1 and place < self.rowCount():
                self.selectRow(place)
        else:
            super().keyPressEvent(event)

    def _cell(self, place: int, column: int) -> QTableWidgetItem:
        item = self.item(place, column)
        assert item is not None  # noqa: S101 - set_households fills every cell
        return item


class SplitArea(AreaTask):
    """Names one part a line; the households that nobody moves stay in the first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.title = _("Split a residential area")
        fields = [
            Field("parts", _("Names of the parts, one a line"), kind="lines", required=True, check=_too_few),
            Field("on", _("From the day"), kind="date", required=True, width=160),
            Field("note", _("Decision or reason"), kind="lines"),
        ]
        super().__init__(desk, fields, parent)
        self.grid = PartsGrid()
        self._column.addWidget(
            label(_("Choose households, then type the number of their part (1, 2…)."), "muted", wrap=True)
        )
        row = QHBoxLayout()
        for part in (1, 2):
            row.addWidget(button(_("Into part {part}", part=part), partial(self.grid.put_chosen_into, part)))
        row.addStretch()
        self._column.addLayout(row)
        self._column.addWidget(self.grid)
        self.form.boxes["parts"].edited.connect(self._count_parts)

    def start(self, areas: Sequence[AreaRow]) -> None:
        super().start(areas)
        area = areas[0]
        self._count_parts()
        which = HouseholdFilter(area_id=area.id, residence="living")
        households = self._desk.services.households
        self._desk.run(
            lambda _progress: households.page(which, Window(limit=_MOST_HOUSEHOLDS)),
            self.grid.set_households,
            owner=self,
        )

    def about(self) -> str:
        return _(
            "«{name}» ends and its parts begin. Every household goes on in its part.",
            name=self._areas[0].name,
        )

    def agreed(self, values: dict[str, Any]) -> bool:
        shares = zip(_names(values["parts"]), self.grid.members(), strict=True)
        parts = "; ".join(
            _("«{name}»: {count} households", name=name, count=written.number(len(ids)))
            for name, ids in shares
        )
        text = _(
            "«{name}» ends, and from {day} there are {parts}. This cannot be undone.",
            name=self._areas[0].name,
            day=written.day(values["on"]),
            parts=parts,
        )
        return dialogs.confirm(self, self.title, text, _("Split"))

    def work(self, values: dict[str, Any]) -> Callable[[], object]:
        parts = list(zip(_names(values["parts"]), self.grid.members(), strict=True))
        return partial(self.territory.split, self._areas[0].id, parts, values["on"], values["note"])

    def _count_parts(self) -> None:
        self.grid.parts = min(max(2, len(_names(self.form.boxes["parts"].typed()))), _MOST_PARTS)


def _names(typed: str) -> list[str]:
    return [line.strip() for line in typed.splitlines() if line.strip()]


def _too_few(typed: str) -> str:
    count = len(_names(typed))
    if count < 2:
        return _("A split makes at least two parts. Type one name a line.")
    return (
        _("At most {count} parts at once. Split again later.", count=_MOST_PARTS)
        if count > _MOST_PARTS
        else ""
    )
