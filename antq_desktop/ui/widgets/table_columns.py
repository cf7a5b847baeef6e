"""Which columns of a table are shown, in which order, how wide and sorted by what; remembered between runs."""

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QMenu, QTableView

from antq_desktop.ui.kept import Kept
from antq_desktop.ui.models.rows import Column, RowsModel

_BESIDE_TITLE = 44


class TableColumns(QObject):
    """Belongs to one table; ``changed`` when a column was shown or hidden."""

    changed = Signal()

    def __init__(self, table: QTableView, model: RowsModel, memory: Kept, key: str) -> None:
        super().__init__(table)
        self._table = table
        self._model = model
        self._memory = memory
        self._key = key
        self._known = {column.key: place for place, column in enumerate(model.columns)}
        self._header = table.horizontalHeader()
        self._recall(memory.get(key, {}))
        self._header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._header.customContextMenuRequested.connect(self._offer)
        self._header.sectionResized.connect(self._remember)
        self._header.sectionMoved.connect(self._remember)
        self._header.sortIndicatorChanged.connect(self._sorted)

    def place(self, key: str) -> int:
        """Return the number of a column in the model."""
        return self._known[key]

    def shown(self) -> list[Column]:
        """Return the columns that are shown, from left to right."""
        places = [self._header.logicalIndex(place) for place in range(self._header.count())]
        return [self._model.columns[place] for place in places if not self._table.isColumnHidden(place)]

    def show(self, key: str, *, shown: bool) -> None:
        """Show or hide one column and remember it; the last one stays."""
        if shown or len(self.shown()) > 1:
            self._table.setColumnHidden(self._known[key], not shown)
            self.changed.emit()
            self._remember()

    def _offer(self, at: QPoint) -> None:
        menu = QMenu(self._table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for place, column in enumerate(self._model.columns):
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(not self._table.isColumnHidden(place))
            action.toggled.connect(partial(self._toggle, column.key))
        menu.popup(self._header.mapToGlobal(at))

    def _toggle(self, key: str, shown: bool) -> None:
        self.show(key, shown=shown)

    def _sorted(self, section: int) -> None:
        """Remember the sorting; the sign goes back when that column cannot be sorted by."""
        if 0 <= section < len(self._model.columns) and not self._model.columns[section].sortable:
            self._show_sort()
        else:
            self._remember()

    def _show_sort(self) -> None:
        asked = self._model.asked
        orders = Qt.SortOrder
        self._header.blockSignals(True)
        self._header.setSortIndicator(
            self._known.get(asked.sort, -1),
            orders.DescendingOrder if asked.descending else orders.AscendingOrder,
        )
        self._header.blockSignals(False)

    def _remember(self) -> None:
        columns = self._model.columns
        hidden = [column.key for place, column in enumerate(columns) if self._table.isColumnHidden(place)]
        asked = self._model.asked
        self._memory.put(
            self._key,
            {
                "order": [
                    columns[self._header.logicalIndex(place)].key for place in range(self._header.count())
                ],
                "hidden": hidden,
                "widths": {
                    column.key: self._table.columnWidth(place)
                    for place, column in enumerate(columns)
                    if not column.wide and column.key not in hidden
                },
                "sort": [asked.sort, asked.descending],
            },
        )

    def _title_width(self, column: Column) -> int:
        """Return the room that a title needs with its sign of sorting."""
        font = self._header.font()
        font.setBold(True)
        return QFontMetrics(font).horizontalAdvance(column.title) + _BESIDE_TITLE

    def _recall(self, kept: dict[str, Any]) -> None:
        columns = self._model.columns
        hidden = kept.get("hidden", [column.key for column in columns if column.offered])
        widths = kept.get("widths", {})
        for place, column in enumerate(columns):
            width = widths.get(column.key, max(column.width, self._title_width(column)))
            self._table.setColumnWidth(place, width)
            self._table.setColumnHidden(place, column.key in hidden)
        for visual, key in enumerate(key for key in kept.get("order", []) if key in self._known):
            self._header.moveSection(self._header.visualIndex(self._known[key]), visual)
        key, descending = kept.get("sort", (self._model.asked.sort, self._model.asked.descending))
        self._header.setSortIndicator(
            self._known.get(key, -1),
            Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder,
        )
        self._table.setSortingEnabled(True)
