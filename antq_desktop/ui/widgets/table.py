"""A list of rows as every page shows it: sorted by a click, columns chosen and remembered, copied as spreadsheets paste."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.runtime.progress import Progress
from antq_desktop.ui import dialogs, icons, theme
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import PAGE, Asked, Column, RowsModel, RowSource
from antq_desktop.ui.widgets import clipboard
from antq_desktop.ui.widgets.empty import EmptyNote
from antq_desktop.ui.widgets.table_columns import TableColumns

_Index = QModelIndex | QPersistentModelIndex
Export = Callable[[Path, list[str], Iterator[list[str]], Progress], object]


class Table(QTableView):
    """``chosen`` carries the current row or None; ``opened`` the row of a double click or Enter."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, model: RowsModel, name: str, desk: Desk, parent: QWidget | None = None) -> None:
        """Columns, widths and sorting are remembered under ``name``."""
        super().__init__(parent)
        self._rows = model
        self._desk = desk
        self._actions: list[tuple[str, Callable[[], object]]] = []
        self._list_actions: list[tuple[str, Callable[[], object], str]] = []
        self._export: Export | None = None
        self._current_key: object = None
        self._settling = False
        self._note = EmptyNote(self)
        self._set_up(model)
        self._columns = TableColumns(self, model, desk.memory, f"table/{name}")
        self._columns.changed.connect(self._fit_wide)

    def set_empty(
        self, title: str, text: str, action: tuple[str, Callable[[], object]] | None = None
    ) -> None:
        """Say what to do first while there is no row."""
        self._note.set_words(title, text, action)

    def set_export(self, export: Export) -> None:
        """Offer the list as a spreadsheet; ``export`` runs on the lane with the file, the titles and every row."""
        self._export = export

    def add_row_action(self, word: str, do: Callable[[], object]) -> None:
        """Add a line to the menu of the chosen rows."""
        self._actions.append((word, do))

    def add_list_action(self, word: str, do: Callable[[], object], icon: str = "") -> None:
        """Add a line to the end of the menu that needs no chosen row: for what a narrow window has no button for."""
        self._list_actions.append((word, do, icon))

    def current_row(self) -> Any | None:  # noqa: ANN401 - rows are the page's own dataclass
        return self._rows.row_at(self.currentIndex().row())

    def chosen_count(self) -> int:
        return sum(span.bottom() - span.top() + 1 for span in self._spans())

    def with_chosen(self, done: Callable[[list[Any]], None]) -> None:
        """Call ``done`` with all chosen rows in their order, also those that are not fetched yet."""
        spans = sorted((span.top(), span.bottom() - span.top() + 1) for span in self._spans())
        work = partial(_rows_of, self._rows.source, self._rows.asked, spans)
        self._desk.run(work, done, owner=self)

    def choose_key(self, key: object) -> None:
        """Make the row with ``key`` the current one, now or when it is next fetched."""
        self._current_key = key
        self._restore()

    def export(self) -> None:
        """Ask for a file and write the whole list, as it is filtered and sorted, with the columns shown."""
        if self._export is None:
            return
        path = dialogs.save_file(
            self, _("Save the list"), _("list") + ".xlsx", ((_("Spreadsheet"), ("xlsx",)),)
        )
        if path is None:
            return
        columns = self.shown_columns()
        work = partial(_written, self._export, path, columns, self._rows.source, self._rows.asked)
        said = partial(self._desk.note, _("The list was saved in «{path}».", path=path))
        self._desk.run(work, lambda _result: said(), title=_("Saving the list"), owner=self)

    def copy(self) -> None:
        """Put the chosen rows on the clipboard as a spreadsheet pastes them."""
        columns = self.shown_columns()
        self.with_chosen(
            lambda rows: clipboard.put([[column.text(row) for column in columns] for row in rows])
        )

    def shown_columns(self) -> list[Column]:
        """Return the columns that are shown, from left to right."""
        return self._columns.shown()

    def set_lines(self, count: int) -> None:
        """Give each row room for ``count`` lines, into which its texts are wrapped."""
        self.setWordWrap(True)
        more = (count - 1) * self.fontMetrics().lineSpacing()
        self.verticalHeader().setDefaultSectionSize(theme.ROW_HEIGHT + more)

    def show_column(self, key: str, *, shown: bool) -> None:
        """Show or hide one column and remember it; the last one stays."""
        self._columns.show(key, shown=shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        if self._settling:
            return
        row = self._rows.row_at(current.row()) if current.isValid() else None
        self._current_key = self._rows.key(row) if row is not None else None
        self.chosen.emit(row)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()

    def _set_up(self, model: RowsModel) -> None:
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setIconSize(QSize(18, 18))
        self.setTabKeyNavigation(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.doubleClicked.connect(self._open)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(theme.ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setMinimumSectionSize(48)
        model.modelAboutToBeReset.connect(self._before_reset)
        model.modelReset.connect(self._after_reset)
        model.dataChanged.connect(self._restore)
        model.counted.connect(self._count)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_wide()

    def _count(self, total: int) -> None:
        self._note.set_count(total, narrowed=bool(self._rows.asked.text or self._rows.asked.filters))

    def _fit_wide(self) -> None:
        """Give the room that is left to the wide columns; none gets less than its own width, spare ones go first."""
        self._columns.fit(self.viewport().width())
        places = [p for p, column in enumerate(self._rows.columns) if not self.isColumnHidden(p)]
        wide = sorted(
            (p for p in places if self._rows.columns[p].wide), key=self._columns.least, reverse=True
        )
        taken = sum(self.columnWidth(p) for p in places if p not in wide)
        for done, place in enumerate(wide):
            share = (self.viewport().width() - taken) // (len(wide) - done)
            width = max(self._columns.least(place), share)
            self.setColumnWidth(place, width)
            taken += width

    def _spans(self) -> list[QItemSelectionRange]:
        chosen = self.selectionModel().selection()
        return [chosen.at(place) for place in range(chosen.count())]

    def _open(self, index: QModelIndex) -> None:
        row = self._rows.row_at(index.row())
        if row is not None:
            self.opened.emit(row)

    def _before_reset(self) -> None:
        self._settling = True
        self._scrolled = self.verticalScrollBar().value()

    def _after_reset(self) -> None:
        self._settling = False
        self.verticalScrollBar().setValue(self._scrolled)
        had = self._current_key is not None
        self._restore()
        if had and not self.currentIndex().isValid():
            self._current_key = None
            self.chosen.emit(None)

    def _restore(self) -> None:
        """Choose the row again that was chosen before, without telling it again as another."""
        if self._current_key is None or self.currentIndex().isValid():
            return
        place = self._rows.place_of(self._current_key)
        if place is not None:
            index = self._rows.index(place, self._columns.place(self.shown_columns()[0].key))
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def _show_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chosen = self.chosen_count()
        for word, do in self._actions:
            menu.addAction(word, do).setEnabled(chosen > 0)
        menu.addSeparator()
        menu.addAction(_("Copy {count} rows", count=written.number(chosen)), self.copy).setEnabled(chosen > 0)
        if self._export is not None:
            menu.addAction(icons.icon("export"), _("Save the list as a spreadsheet…"), self.export)
        for word, do, icon in self._list_actions:
            action = menu.addAction(word, do)
            if icon:
                action.setIcon(icons.icon(icon))
        menu.popup(self.viewport().mapToGlobal(at))


def _rows_of(
    source: RowSource, asked: Asked, spans: Sequence[tuple[int, int]], progress: Progress
) -> list[Any]:
    rows: list[Any] = []
    for start, length in spans:
        for offset in range(start, start + length, PAGE):
            progress.report(len(rows))
            rows += source.fetch(asked, offset, min(PAGE, start + length - offset))
    return rows


def _written(  # noqa: PLR0917 - bound once, in order
    export: Export, path: Path, columns: Sequence[Column], source: RowSource, asked: Asked, progress: Progress
) -> object:
    total = source.count(asked)

    def rows() -> Iterator[list[str]]:
        for offset in range(0, total, PAGE):
            progress.report(offset, total)
            for row in source.fetch(asked, offset, PAGE):
                yield [column.text(row) for column in columns]

    return export(path, [column.title for column in columns], rows(), progress)
