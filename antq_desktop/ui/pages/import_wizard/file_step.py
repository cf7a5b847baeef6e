"""First step: which file."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from antq_desktop.intake.household_sheet import HouseholdSheet
from antq_desktop.runtime.language import _
from antq_desktop.ui import dialogs
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.import_wizard.draft import ImportDraft
from antq_desktop.ui.pages.import_wizard.step import ImportStep
from antq_desktop.ui.widgets.buttons import button, label


class FileStep(ImportStep):
    """The file is read when one goes on; a file that cannot be read is said here."""

    def __init__(self, desk: Desk, draft: ImportDraft, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            _("Choose the file"),
            _("The list of households as the village keeps it: Excel (.xls, .xlsx) or .csv, as it is."),
            parent,
        )
        self.draft = draft
        self._name = label(_("No file chosen yet"), "strong", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.choose_button = button(_("Choose a file…"), self._choose, icon="open")
        row.addWidget(self.choose_button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._name, 1)
        self.column.addLayout(row)
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

    def is_ready(self) -> bool:
        return self.draft.path is not None and not self.busy

    def proceed(self, go_on: Callable[[], None]) -> None:
        if self.draft.sheet is not None:
            go_on()
            return
        self.run(self.draft.reading(), partial(self._was_read, go_on), _("Reading the file"))

    def _was_read(self, go_on: Callable[[], None], sheet: HouseholdSheet) -> None:
        self.draft.sheet = sheet
        go_on()

    def _choose(self) -> None:
        path = dialogs.choose_file(
            self, _("Choose the list of households"), ((_("Spreadsheets"), ("xls", "xlsx", "csv")),)
        )
        if path is not None:
            self.draft.choose(path)
            self._name.setText(path.name)
            self.banner.clear()
            self.readiness_changed.emit()
