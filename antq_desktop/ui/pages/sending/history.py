"""The bundles that were sealed on this laptop, each waiting or delivered."""

from collections.abc import Sequence

from antq_desktop.runtime.language import _
from antq_desktop.services.commune_side.sending import SentRow
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import Column, ListRows, RowsModel
from antq_desktop.ui.pages.sending import words
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.table import Table


class History(Table):
    """Newest first; delivered only where an acknowledgement says so."""

    def __init__(self, desk: Desk) -> None:
        self._model = RowsModel(
            _columns(), ListRows(()), sort="at", descending=True, key=lambda row: row.bundle_id
        )
        super().__init__(self._model, "sent-bundles", desk)
        self.setAccessibleName(_("Bundles sealed on this laptop"))
        self.set_empty(
            _("Nothing was sealed yet"),
            _("Plug a stick in and press the main button; the bundle then stands here."),
        )

    def show_rows(self, rows: Sequence[SentRow]) -> None:
        self._model.set_source(
            ListRows(
                rows,
                sort_keys={
                    "range": lambda row: (row.epoch, row.seq_from),
                    "at": lambda row: row.at.isoformat(),
                },
            )
        )


def _columns() -> list[Column]:
    return [
        Column("at", _("Sealed at"), lambda row: written.moment(row.at), width=136),
        Column("state", _("State"), _word, width=160, state=_state),
        Column(
            "range", _("Changes"), lambda row: words.span(row.seq_from, row.seq_to), width=120, align="right"
        ),
        Column("count", _("Count"), lambda row: written.number(row.count), width=88, align="right"),
        Column("size", _("Size"), lambda row: words.size(row.size), width=96, align="right"),
        Column("file_name", _("File"), lambda row: row.file_name, width=120, wide=True),
    ]


def _word(row: SentRow) -> str:
    return _("Delivered") if row.state == "delivered" else _("Waits for confirmation")


def _state(row: SentRow) -> State:
    return State.GOOD if row.state == "delivered" else State.LOOK
