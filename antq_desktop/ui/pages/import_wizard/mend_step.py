"""The step of every import in which the cells that could not be read are mended in place."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from antq_desktop.runtime.language import _
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.import_wizard.mend_table import CellToMend, MendTable
from antq_desktop.ui.pages.import_wizard.step import ImportStep
from antq_desktop.ui.widgets.buttons import label


class MendStep(ImportStep):
    """A line with a fault is left out unless its cell is mended."""

    def __init__(
        self, desk: Desk, corrections: dict[tuple[int, str], str], parent: QWidget | None = None
    ) -> None:
        """Take what is typed into ``corrections``, by (line, field)."""
        super().__init__(
            desk,
            _("Mend the faults"),
            _(
                "Type the right text in the last column where you know it. What is not mended is left out and listed."
            ),
            parent,
        )
        self.said = label("", "strong", wrap=True)
        self.cells = MendTable(corrections)
        self.column.addWidget(self.said)
        self.column.addWidget(self.cells, 1)
        self.column.addWidget(self.cells.why)
        self.column.addStretch(0)
        self.end_layout()

    def is_ready(self) -> bool:
        return not self.busy

    def show_cells(self, cells: Sequence[CellToMend], said: str) -> None:
        """Show what is to be mended under the sentence ``said``, or that nothing is."""
        self.said.setText(said if cells else _("Every line could be read. Nothing to mend."))
        self.cells.show_cells(cells)
