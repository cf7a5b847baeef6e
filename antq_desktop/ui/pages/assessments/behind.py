"""The rows behind a figure that the database filled in, and the way to each of them."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.domain import commitments, community_models
from antq_desktop.domain.text import name_key
from antq_desktop.runtime.language import _
from antq_desktop.storage.queries.behind import STATE_NAMES
from antq_desktop.storage.queries.counting import BehindRow
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import Column, ListRows, RowsModel
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.buttons import label
from antq_desktop.ui.widgets.table import Table

_WORDS = {
    "households": {str(key): word for key, word in commitments.STATE_NAMES.items()},
    "community_models": {str(key): word for key, word in community_models.STATE_NAMES.items()},
}
#: The page that shows such a row, and what to ask it; a row of another kind is shown nowhere else.
_PAGES = {
    "households": ("households", "household_id"),
    "community_models": ("models", "model_id"),
    "residential_areas": ("yearly_board", "unit_id"),
    "listed_units": ("yearly_board", "unit_id"),
}
_SORT_KEYS = {
    "name": lambda row: name_key(row.name),
    "state": lambda row: (row.counted, row.state),
    "on": lambda row: row.on.isoformat() if row.on else "",
}


class BehindPanel(QWidget):
    """How many rows count, and the list of all of them; Enter or a double click opens one on its page."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._said = label("", "muted", wrap=True)
        self._model = RowsModel(_columns(), ListRows(()), sort="state")
        self.table = Table(self._model, "behind", desk)
        self.table.setAccessibleName(_("Rows behind the figure"))
        self.table.setMinimumHeight(320)
        self.table.set_empty(_("No row yet"), _("Nothing in the data belongs to this figure."))
        self.table.opened.connect(self._open)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(self._said)
        column.addWidget(self.table, 1)

    def show_rows(self, rows: list[BehindRow]) -> None:
        counted = sum(row.counted for row in rows)
        self._said.setText(
            _(
                "{counted} of {all} rows count. Those that do not count stand first. Enter opens a row.",
                counted=written.number(counted),
                all=written.number(len(rows)),
            )
        )
        self._model.set_source(ListRows(rows, _SORT_KEYS, lambda row: row.name))

    def _open(self, row: BehindRow) -> None:
        if row.entity in _PAGES:
            page, key = _PAGES[row.entity]
            self._desk.go(page, **{key: row.id})


def _columns() -> list[Column]:
    return [
        Column("name", _("Name"), lambda row: row.name, width=100, wide=True),
        Column(
            "state", _("State"), _word, width=112, state=lambda row: State.GOOD if row.counted else State.LOOK
        ),
        Column("on", _("Day"), lambda row: written.day(row.on), width=100),
    ]


def _word(row: BehindRow) -> str:
    known = _WORDS.get(row.entity, STATE_NAMES).get(row.state)
    word = _(known) if known else row.state
    return word[:1].upper() + word[1:]
