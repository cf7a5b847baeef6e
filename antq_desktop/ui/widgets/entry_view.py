"""How a person moves and types in the entry grid: digits and first letters choose, Enter goes on."""

from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from antq_desktop.domain.text import fold
from antq_desktop.ui import theme
from antq_desktop.ui.models.entry_lines import EntryColumn, EntryLines
from antq_desktop.ui.widgets.text_field import TextField

_Index = QModelIndex | QPersistentModelIndex
_STANDING_WIDTH = 40
_BESIDE_TITLE = 24
#: What is left of a column that is only read when there is little room.
_LEAST_FIXED = 120


class _Cell(TextField):
    """Keeps Enter to itself: the delegate closes it, and only then the view goes on."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()


class _Typing(QStyledItemDelegate):
    """Opens a text field that leaves the keys to an input method while it composes."""

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: _Index) -> QWidget:
        lines = index.model()
        column = lines.column(index.column()) if isinstance(lines, EntryLines) else None
        return _Cell(column.title if column else "", parent)


class EntryView(QTableView):
    """``line_entered`` on Enter, ``line_left`` when another line becomes the current one, ``pasted`` on Ctrl+V in no open cell."""

    line_entered = Signal(int)
    line_left = Signal(int)
    same_as_above = Signal(int, int)
    pasted = Signal(int, int)

    def __init__(self, lines: EntryLines, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setModel(lines)
        self.setItemDelegate(_Typing(self))
        self.setObjectName("entry")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setIconSize(QSize(16, 16))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.ROW_HEIGHT)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)
        self.setColumnWidth(0, _STANDING_WIDTH)
        for section, column in enumerate(lines.columns, 1):
            self.setColumnWidth(section, column.width)
        self.doubleClicked.connect(self._offer)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window let the columns give way in equal parts, but none below its title, a day or what is chosen in it."""
        super().resizeEvent(event)
        columns = self._lines.columns
        least = [self._least(column) for column in columns]
        room = self.viewport().width() - self.columnWidth(0) - sum(least)
        wanted = sum(column.width - narrow for column, narrow in zip(columns, least, strict=True))
        for section, (column, narrow) in enumerate(zip(columns, least, strict=True), 1):
            share = min(max(room / wanted, 0.0), 1.0) if wanted else 1.0
            self.setColumnWidth(section, narrow + int((column.width - narrow) * share))

    def go_to(self, place: int) -> None:
        """Make the line at ``place`` the current one, in the column that is typed in."""
        if 0 <= place < self._lines.rowCount():
            section = self.currentIndex().column()
            column = self._lines.column(section) if section > 0 else None
            if column is None or column.kind == "fixed":
                section = self._first_typed()
            self.setCurrentIndex(self._lines.index(place, section))

    def go_to_column(self, place: int, key: str) -> None:
        """Make the cell of ``key`` in the line at ``place`` the current one."""
        keys = [column.key for column in self._lines.columns]
        self.setCurrentIndex(self._lines.index(place, keys.index(key) + 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        column = self._lines.column(index.column()) if index.isValid() else None
        if not index.isValid():
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not _holds_control(event):
            self.line_entered.emit(index.row())
        elif event.key() == Qt.Key.Key_D and _holds_control(event):
            self.same_as_above.emit(index.row(), index.column())
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(index.row(), index.column())
        elif column is not None and column.kind == "choice" and self._choose(index, column, event):
            event.accept()
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self.line_entered.emit(self.currentIndex().row())

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        if previous.isValid() and current.row() != previous.row():
            self.line_left.emit(previous.row())

    def _choose(self, index: QModelIndex, column: EntryColumn, event: QKeyEvent) -> bool:
        """Choose by digit or first letter, clear with Delete; tell whether the key meant a choice."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._lines.put(index.row(), column.key, None)
            return True
        typed = fold(event.text())
        values = [value for value, _word in column.choices]
        if typed.isdecimal() and 1 <= int(typed) <= len(values):
            self._lines.put(index.row(), column.key, values[int(typed) - 1])
            return True
        fitting = [value for value, word in column.choices if typed and fold(word).startswith(typed)]
        if not fitting:
            return False
        self._lines.put(
            index.row(), column.key, _next(fitting, self._lines.values(index.row()).get(column.key))
        )
        return True

    def _offer(self, index: QModelIndex) -> None:
        column = self._lines.column(index.column())
        if column is None or column.kind != "choice":
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for value, word in column.choices:
            menu.addAction(word, partial(self._lines.put, index.row(), column.key, value))
        menu.popup(self.viewport().mapToGlobal(self.visualRect(index).bottomLeft()))

    def _least(self, column: EntryColumn) -> int:
        if column.kind in ("choice", "date"):
            return column.width
        font = self.horizontalHeader().font()
        font.setBold(True)
        title = QFontMetrics(font).horizontalAdvance(column.title) + _BESIDE_TITLE
        return min(column.width, max(title, _LEAST_FIXED if column.kind == "fixed" else 0))

    def _first_typed(self) -> int:
        kinds = [column.kind for column in self._lines.columns]
        return next((section for section, kind in enumerate(kinds, 1) if kind != "fixed"), 0)


def _next(values: list[Any], current: object) -> object:
    """Return the value after ``current``, so that one letter goes round those that begin with it."""
    if current not in values:
        return values[0]
    return values[(values.index(current) + 1) % len(values)]


def _holds_control(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
