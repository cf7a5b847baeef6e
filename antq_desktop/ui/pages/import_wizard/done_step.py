"""The last step of every import: what became of every row, and where the file is kept."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from antq_desktop.domain.import_runs import ImportRun
from antq_desktop.runtime.language import _
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import Column, ListRows, RowsModel
from antq_desktop.ui.pages.import_wizard.step import ImportStep
from antq_desktop.ui.widgets.buttons import label
from antq_desktop.ui.widgets.table import Table


class DoneStep(ImportStep):
    """There is no way back from here; the list can be looked at as long as one likes."""

    is_last = True

    def __init__(
        self, desk: Desk, columns: Sequence[Column], name: str, parent: QWidget | None = None
    ) -> None:
        """Columns and widths of the list are remembered under ``name``."""
        super().__init__(desk, _("Done"), "", parent)
        self.said = label("", "strong", wrap=True)
        self.kept = label("", "muted", wrap=True)
        self._model = RowsModel(columns, ListRows([]))
        self.table = Table(self._model, name, desk)
        self.table.setAccessibleName(_("Result of every row"))
        self.column.addWidget(self.said)
        self.column.addWidget(self.kept)
        self.column.addWidget(self.table, 1)
        self.end_layout()

    def show_result(self, said: str, run: ImportRun | None, lines: Sequence[Any]) -> None:
        """Show ``lines`` under the sentence ``said``; ``run`` names the file where it was kept."""
        self.said.setText(said)
        self.kept.setVisible(run is not None)
        if run is not None:
            self.kept.setText(
                _(
                    "The file «{file}» is kept in the workspace, encrypted, under the number {number}.",
                    file=run.file_name,
                    number=run.file_sha256[:12],
                )
            )
        self._model.set_source(ListRows(lines))
