"""The rows behind a figure of a report, by name: what counts in it and what does not."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.domain.text import sort_key
from antq_desktop.runtime.language import _
from antq_desktop.storage.queries.counting import BehindRow
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import Column, ListRows, RowsModel
from antq_desktop.ui.pages.reports import ways
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.table import Table

_LEAST_HEIGHT = 280


class BehindPanel(QWidget):
    """Enter on a row leads to its record; ``back`` shows the report's own details again."""

    def __init__(self, desk: Desk, back: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._note = label("", "muted", wrap=True)
        self._model = RowsModel(_columns(), ListRows(()), key=lambda row: (row.entity, row.id, row.state))
        self.table = Table(self._model, "report-behind", desk)
        self.table.setAccessibleName(_("Rows behind the figure"))
        self.table.set_empty(
            _("Nothing was counted"), _("In this period nothing is recorded for this figure.")
        )
        self.table.setMinimumHeight(_LEAST_HEIGHT)
        self.table.opened.connect(lambda row: ways.go(desk, row.entity, row.id))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._note)
        column.addWidget(self.table, 1)
        column.addWidget(button(_("Back to the report"), back, kind="link"), 0, Qt.AlignmentFlag.AlignLeft)

    def show_rows(self, rows: Sequence[BehindRow], *, signed: bool) -> None:
        """``signed`` tells that the report is frozen, while these rows are those of now."""
        counted = sum(row.counted for row in rows)
        text = _(
            "{counted} of {all} rows count. Enter opens the record.",
            counted=written.number(counted),
            all=written.number(len(rows)),
        )
        if signed:
            text += " " + _("The report is signed off; these are the rows as they stand now.")
        self._note.setText(text)
        namesakes = {name for name, times in Counter(row.name for row in rows).items() if times > 1}
        named = [
            replace(row, name=_("{name} ({area})", name=row.name, area=row.area))
            if row.area and row.name in namesakes
            else row
            for row in rows
        ]
        self._model.set_source(
            ListRows(
                sorted(named, key=lambda row: row.counted),  # what is missing first
                sort_keys={
                    "name": lambda row: sort_key(row.name),
                    "counts": lambda row: not row.counted,
                },
                search=lambda row: row.name,
            )
        )


def _columns() -> list[Column]:
    return [
        Column("name", _("Name"), lambda row: row.name, width=150, wide=True),
        Column("counts", _("Counted"), lambda row: _("yes") if row.counted else _("no"), width=84),
        Column("amount", _("Amount"), lambda row: written.number(row.amount), 80, "right", offered=True),
    ]
