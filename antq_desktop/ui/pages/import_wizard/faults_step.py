"""Third step: the cells that could not be read, mended in place, and what only deserves a look."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from antq_desktop.intake.household_rows import Finding
from antq_desktop.runtime.language import _
from antq_desktop.services.intake_plan import ImportPlan
from antq_desktop.ui import format as written
from antq_desktop.ui import icons, theme
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.import_wizard.draft import FIELD_NAMES, ImportDraft
from antq_desktop.ui.pages.import_wizard.step import ImportStep
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.buttons import label

_LINE, _FIELD, _WHY, _MENDED = range(4)


class FaultsStep(ImportStep):
    """A line with a fault is left out unless its cell is mended; lines with a doubt are taken in."""

    def __init__(self, desk: Desk, draft: ImportDraft, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            _("Mend the faults"),
            _(
                "Type the right text in the last column where you know it. What is not mended is left out and listed."
            ),
            parent,
        )
        self.draft = draft
        self._counts = label("", "strong", wrap=True)
        self.cells = QTableWidget(0, 4)
        self.cells.setAccessibleName(_("Cells with faults and doubts"))
        self.cells.setHorizontalHeaderLabels([_("Line"), _("Cell"), _("What is wrong"), _("Right text")])
        self.cells.verticalHeader().hide()
        self.cells.verticalHeader().setDefaultSectionSize(theme.ROW_HEIGHT)
        self.cells.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.cells.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.cells.setShowGrid(False)
        self.cells.setTabKeyNavigation(False)
        head = self.cells.horizontalHeader()
        head.setSectionResizeMode(_WHY, QHeaderView.ResizeMode.Stretch)
        for column, width in ((_LINE, 72), (_FIELD, 128), (_MENDED, 184)):
            head.resizeSection(column, width)
        self.cells.itemChanged.connect(self._mend)
        self.column.addWidget(self._counts)
        self.column.addWidget(self.cells, 1)
        self.column.addStretch(0)
        self.end_layout()

    def enter(self) -> None:
        sheet = self.draft.sheet
        if sheet is None:
            return
        self._counts.setText(
            _(
                "{faults} faults, {doubts} doubts.",
                faults=written.number(len(sheet.faults)),
                doubts=written.number(len(sheet.warnings)),
            )
            if sheet.faults or sheet.warnings
            else _("Every line could be read. Nothing to mend.")
        )
        self.cells.setVisible(bool(sheet.faults or sheet.warnings))
        self.cells.blockSignals(True)
        self.cells.setRowCount(len(sheet.faults) + len(sheet.warnings))
        for place, found in enumerate(sheet.faults):
            self._lay_in(place, found, State.BAD)
        for place, found in enumerate(sheet.warnings, len(sheet.faults)):
            self._lay_in(place, found, State.LOOK)
        self.cells.blockSignals(False)
        if sheet.faults:
            self.cells.setCurrentCell(0, _MENDED)

    def is_ready(self) -> bool:
        return not self.busy

    def proceed(self, go_on: Callable[[], None]) -> None:
        self.run(
            self.draft.reading_and_planning(),
            partial(self._planned, go_on),
            _("Comparing with the households"),
        )

    def _planned(self, go_on: Callable[[], None], plan: ImportPlan) -> None:
        self.draft.plan = plan
        self.draft.sheet = plan.sheet
        go_on()

    def _lay_in(self, place: int, found: Finding, state: State) -> None:
        assert self.draft.sheet is not None  # noqa: S101 - called while a sheet is shown
        _sheet, row = self.draft.sheet.place(found.line)
        field = _(FIELD_NAMES[found.field]) if found.field in FIELD_NAMES else _("the whole line")
        line = QTableWidgetItem(icons.state_icon(state), str(row))
        line.setData(Qt.ItemDataRole.UserRole, (found.line, found.field))
        mended = QTableWidgetItem(self.draft.corrections.get((found.line, found.field), ""))
        for column, item in enumerate((line, QTableWidgetItem(field), QTableWidgetItem(found.why))):
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setToolTip(item.text())
            self.cells.setItem(place, column, item)
        if found.field not in FIELD_NAMES:
            mended.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.cells.setItem(place, _MENDED, mended)

    def _mend(self, item: QTableWidgetItem) -> None:
        line = self.cells.item(item.row(), _LINE)
        if item.column() != _MENDED or line is None:
            return
        key = tuple(line.data(Qt.ItemDataRole.UserRole))
        text = item.text().strip()
        if text:
            self.draft.corrections[key[0], key[1]] = text
        else:
            self.draft.corrections.pop((key[0], key[1]), None)
