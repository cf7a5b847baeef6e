"""The cells of a file that need mending, a line each, with room for the right text beside what is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.ui import icons, theme
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.buttons import label

_LINE, _FIELD, _WHY, _MENDED = range(4)


@dataclass(frozen=True, slots=True)
class CellToMend:
    """One cell: ``line`` and ``field`` tell it apart, ``place`` and ``name`` are what people call them.

    ``mendable`` is False where no text can be put in its place, such as a fault of the whole line.
    """

    line: int
    field: str
    place: str
    name: str
    why: str
    state: State
    mendable: bool = True


class MendTable(QTableWidget):
    """Texts that are typed go into ``corrections`` by (line, field) at once; emptied ones go out of it.

    ``why`` says in full what is wrong with the current cell; the step that holds the table puts it under it.
    """

    def __init__(self, corrections: dict[tuple[int, str], str], parent: QWidget | None = None) -> None:
        super().__init__(0, 4, parent)
        self._corrections = corrections
        self.setAccessibleName(_("Cells with faults and doubts"))
        self.setHorizontalHeaderLabels([_("Line"), _("Cell"), _("What is wrong"), _("Right text")])
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.ROW_HEIGHT)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        head = self.horizontalHeader()
        head.setSectionResizeMode(_WHY, QHeaderView.ResizeMode.Stretch)
        for column, width in ((_LINE, 72), (_FIELD, 128), (_MENDED, 184)):
            head.resizeSection(column, width)
        self.itemChanged.connect(self._mend)
        self.why = label("", "muted", wrap=True)
        self.currentCellChanged.connect(self._say)

    def show_cells(self, cells: Sequence[CellToMend]) -> None:
        """Show ``cells`` with what was typed for them before; the first one waits for its text."""
        self.setVisible(bool(cells))
        self.blockSignals(True)
        self.setRowCount(len(cells))
        for place, cell in enumerate(cells):
            self._lay_in(place, cell)
        self.blockSignals(False)
        self.why.clear()
        if cells and cells[0].state is State.BAD:
            self.setCurrentCell(0, _MENDED)
            self._say(0)

    def _lay_in(self, place: int, cell: CellToMend) -> None:
        line = QTableWidgetItem(icons.state_icon(cell.state), cell.place)
        line.setData(Qt.ItemDataRole.UserRole, (cell.line, cell.field))
        mended = QTableWidgetItem(self._corrections.get((cell.line, cell.field), ""))
        for column, item in enumerate((line, QTableWidgetItem(cell.name), QTableWidgetItem(cell.why))):
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setToolTip(item.text())
            self.setItem(place, column, item)
        if not cell.mendable:
            mended.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.setItem(place, _MENDED, mended)

    def _say(self, row: int, *_places: int) -> None:
        item = self.item(row, _WHY)
        self.why.setText(item.text() if item is not None else "")

    def _mend(self, item: QTableWidgetItem) -> None:
        line = self.item(item.row(), _LINE)
        if item.column() != _MENDED or line is None:
            return
        key = tuple(line.data(Qt.ItemDataRole.UserRole))
        text = item.text().strip()
        if text:
            self._corrections[key[0], key[1]] = text
        else:
            self._corrections.pop((key[0], key[1]), None)
