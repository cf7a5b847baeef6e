"""Third step: the cells that could not be read, mended in place, and what only deserves a look."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from antq_desktop.intake.household_rows import Finding
from antq_desktop.runtime.language import _
from antq_desktop.services.intake_plan import ImportPlan
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.import_wizard.draft import FIELD_NAMES, ImportDraft
from antq_desktop.ui.pages.import_wizard.mend_table import CellToMend, MendTable
from antq_desktop.ui.pages.import_wizard.step import ImportStep
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.buttons import label


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
        self.cells = MendTable(draft.corrections)
        self.column.addWidget(self._counts)
        self.column.addWidget(self.cells, 1)
        self.column.addWidget(self.cells.why)
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
        faults = [self._cell(found, State.BAD) for found in sheet.faults]
        self.cells.show_cells([*faults, *(self._cell(found, State.LOOK) for found in sheet.warnings)])

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

    def _cell(self, found: Finding, state: State) -> CellToMend:
        assert self.draft.sheet is not None  # noqa: S101 - called while a sheet is shown
        _sheet, row = self.draft.sheet.place(found.line)
        known = found.field in FIELD_NAMES
        name = _(FIELD_NAMES[found.field]) if known else _("the whole line")
        return CellToMend(found.line, found.field, str(row), name, found.why, state, mendable=known)
