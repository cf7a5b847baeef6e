"""A list in which units that are not assessed stand in a quieter colour."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from antq_desktop.ui import theme
from antq_desktop.ui.models.rows import RowsModel


class QuietRows(RowsModel):
    """Its rows have an ``excluded_why``: the reason for which a unit is not assessed, or None."""

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's own shape
        if role == Qt.ItemDataRole.ForegroundRole and index.isValid():
            row = self.row_at(index.row())
            if row is not None and row.excluded_why is not None:
                return theme.colour("muted")
        return super().data(index, role)
