"""Lists what was left out of a paper, or needs a look on it, each by name with the reason."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models import result_lines
from antq_desktop.ui.models.result_lines import Line
from antq_desktop.ui.models.rows import ListRows, RowsModel
from antq_desktop.ui.widgets.table import Table

_HEIGHT = 160


class LeftOut(QWidget):
    """Hidden until somebody asks to see it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = RowsModel(result_lines.columns(_("Entry")), ListRows(()), sort="said")
        self.table = Table(self.model, "left-out", desk)
        self.table.setAccessibleName(_("Left out of the paper"))
        self.table.setMaximumHeight(_HEIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        self.hide()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Take the lines of the paper that was made last; none hides the list."""
        self.model.set_source(result_lines.source(lines))
        if not lines:
            self.hide()
