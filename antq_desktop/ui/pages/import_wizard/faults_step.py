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
from antq_desktop.ui.pages.import_wizard.mend_step import MendStep
from antq_desktop.ui.pages.import_wizard.mend_table import CellToMend
from antq_desktop.ui.theme import State


class FaultsStep(MendStep):
    """Lines with a doubt are shown too; they are taken in."""

    def __init__(self, desk: Desk, draft: ImportDraft, parent: QWidget | None = None) -> None:
        super().__init__(desk, draft.corrections, parent)
        self.draft = draft

    def enter(self) -> None:
        sheet = self.draft.sheet
        if sheet is None:
            return
        said = _(
            "{faults} faults, {doubts} doubts.",
            faults=written.number(len(sheet.faults)),
            doubts=written.number(len(sheet.warnings)),
        )
        faults = [self._cell(found, State.BAD) for found in sheet.faults]
        self.show_cells([*faults, *(self._cell(found, State.LOOK) for found in sheet.warnings)], said)

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
