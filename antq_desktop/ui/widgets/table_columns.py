"""Which columns of a table are shown, in which order, how wide and sorted by what; remembered between runs."""

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QMenu, QTableView

from antq_desktop.runtime.language import _
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
        #: Chosen columns that there is no room for, with the width that each comes back with.
        self._left_out: dict[int, int] = {}
        self._insisted: set[int] = set()
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
        """Return the columns that were chosen, from left to right, also those that there is no room for now."""
        return [self._model.columns[place] for place in self._places()]

    def show(self, key: str, *, shown: bool) -> None:
        """Show or hide one column and remember it; the last one stays."""
        if shown or len(self.shown()) > 1:
            place = self._known[key]
            self._let_in(place)
            self._table.setColumnHidden(place, not shown)
            if shown:
                self._insisted.add(place)
            self.changed.emit()
            self._remember()

    def fit(self, room: int) -> None:
        """Leave spare columns out, the last first, until the others fit into ``room`` pixels; let in what fits again."""
        places = self._places()
        needed = sum(map(self.least, places))
        left_out = set()
        for place in reversed(places):
            if needed > room and self._model.columns[place].spare and place not in self._insisted:
                left_out.add(place)
                needed -= self.least(place)
        for place in left_out - self._left_out.keys():
            self._left_out[place] = self._table.columnWidth(place)
            self._table.setColumnHidden(place, True)
        for place in self._left_out.keys() - left_out:
            self._let_in(place)

    def least(self, place: int) -> int:
        """Return what a column takes at least: a wide one its own width or that of its title, each other one its width now."""
        column = self._model.columns[place]
        if column.wide:
            return max(column.width, self._title_width(column))
        return self._left_out.get(place, self._table.columnWidth(place))

    def _let_in(self, place: int) -> None:
        self._table.setColumnHidden(place, False)
        self._left_out.pop(place, None)

    def _places(self) -> list[int]:
        places = [self._header.logicalIndex(place) for place in range(self._header.count())]
        return [place for place in places if self._is_chosen(place)]

    def _is_chosen(self, place: int) -> bool:
        return not self._table.isColumnHidden(place) or place in self._left_out

    def _offer(self, at: QPoint) -> None:
        menu = QMenu(self._table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for place, column in enumerate(self._model.columns):
            action = menu.addAction(
                _("{title} (no room)", title=column.title) if place in self._left_out else column.title
            )
            action.setCheckable(True)
            action.setChecked(self._is_chosen(place))
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
        hidden = [column.key for place, column in enumerate(columns) if not self._is_chosen(place)]
        asked = self._model.asked
        self._memory.put(
            self._key,
            {
                "order": [
                    columns[self._header.logicalIndex(place)].key for place in range(self._header.count())
                ],
                "hidden": hidden,
                "widths": {
                    column.key: self.least(place)
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
