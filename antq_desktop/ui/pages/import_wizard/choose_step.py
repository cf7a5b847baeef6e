"""The first step of every import: which file."""

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.ui import dialogs
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.import_wizard.step import ImportStep
from antq_desktop.ui.widgets.buttons import button, label


class FileDraft(Protocol):
    """What an import knows of its file."""

    path: Path | None

    def choose(self, path: Path) -> None: ...


class ChooseStep(ImportStep):
    """The file is read when one goes on; a file that cannot be read is said here."""

    def __init__(
        self, desk: Desk, draft: FileDraft, sentence: str, asked: str, parent: QWidget | None = None
    ) -> None:
        """``asked`` is the title of the window in which a file is chosen."""
        super().__init__(desk, _("Choose the file"), sentence, parent)
        self._file = draft
        self._asked = asked
        self._name = label(_("No file chosen yet"), "strong", wrap=True)
        self.choose_button = button(_("Choose a file…"), self._choose, icon="open")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.choose_button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._name, 1)
        self.column.addLayout(row)

    def is_ready(self) -> bool:
        return self._file.path is not None and not self.busy

    def _choose(self) -> None:
        path = dialogs.choose_file(self, self._asked, ((_("Spreadsheets"), ("xls", "xlsx", "csv")),))
        if path is not None:
            self._file.choose(path)
            self._name.setText(path.name)
            self.banner.clear()
            self.readiness_changed.emit()
            self.setFocus()  # off the button, so that Enter goes on
