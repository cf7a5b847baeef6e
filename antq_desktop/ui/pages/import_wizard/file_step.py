"""First step: which file."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from antq_desktop.intake.household_sheet import HouseholdSheet
from antq_desktop.runtime.language import _
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.import_wizard.choose_step import ChooseStep
from antq_desktop.ui.pages.import_wizard.draft import ImportDraft
from antq_desktop.ui.widgets.buttons import label


class FileStep(ChooseStep):
    """The list of households."""

    def __init__(self, desk: Desk, draft: ImportDraft, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            draft,
            _("The list of households as the village keeps it: Excel (.xls, .xlsx) or .csv, as it is."),
            _("Choose the list of households"),
            parent,
        )
        self.draft = draft
        self.column.addWidget(
            label(
                _(
                    "Titles and signatures around the table, old fonts (TCVN3, VNI) and merged headers do not matter. "
                    "The file itself is not changed, and nothing is kept before the last step."
                ),
                "muted",
                wrap=True,
            )
        )
        self.column.addStretch()
        self.end_layout()

    def proceed(self, go_on: Callable[[], None]) -> None:
        if self.draft.sheet is not None:
            go_on()
            return
        self.run(self.draft.reading(), partial(self._was_read, go_on), _("Reading the file"))

    def _was_read(self, go_on: Callable[[], None], sheet: HouseholdSheet) -> None:
        self.draft.sheet = sheet
        go_on()
