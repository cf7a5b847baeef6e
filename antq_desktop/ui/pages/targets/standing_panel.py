"""How far one target is: its bar, the sentence on where it leads, and who is missing by name."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.domain.text import sort_key
from antq_desktop.runtime.language import _
from antq_desktop.services.reporting.targets import TargetRow
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import Column, ListRows, RowsModel
from antq_desktop.ui.pages.list_export import to_workbook
from antq_desktop.ui.pages.reports import ways
from antq_desktop.ui.pages.targets import target_rows
from antq_desktop.ui.pages.verdict_line import VerdictLine
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.bars import Bar, Bars
from antq_desktop.ui.widgets.buttons import label
from antq_desktop.ui.widgets.table import Table

_ROW, _MOST_ROWS = 32, 8


class StandingPanel(QWidget):
    """Enter on a name leads to its record."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.verdict = VerdictLine()
        self.bar = Bars(_("Progress"))
        self.forecast = label("", "muted", wrap=True)
        self._heading = label("", "section")
        self._model = RowsModel(
            [
                Column("name", _("Name"), lambda one: one.name, width=160, wide=True),
                Column("area", _("Residential area"), lambda one: one.area, width=130),
            ],
            ListRows(()),
            key=lambda one: (one.entity, one.id),
        )
        self.missing = Table(self._model, "target-missing", desk)
        self.missing.setAccessibleName(_("Still missing"))
        self.missing.set_export(to_workbook(desk, _("Still missing")))
        self.missing.opened.connect(lambda one: ways.go(desk, one.entity, one.id))
        cut = label(_("Shares are cut, never rounded up."), "hint", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.verdict, self.bar, cut, self.forecast, self._heading, self.missing):
            column.addWidget(part)
        self.hide()

    def show_row(self, row: TargetRow | None) -> None:
        """Show how far a target is; nothing of one that is not saved yet."""
        self.setVisible(row is not None)
        if row is None:
            return
        text = _("{amount} of at least {aim}", amount=row.amount, aim=row.aim)
        self.verdict.say(State.GOOD if row.reached else State.LOOK, text)
        self.bar.set_bars([Bar(target_rows.capital(row.period_name), row.part, row.whole)])
        self.forecast.setText(row.forecast)
        self._heading.setText(_("Still missing: {count}", count=written.number(len(row.missing))))
        for part in (self._heading, self.missing):
            part.setVisible(bool(row.missing))
        rows = min(len(row.missing), _MOST_ROWS)
        self.missing.setFixedHeight(self.missing.horizontalHeader().sizeHint().height() + _ROW * rows + 8)
        self._model.set_source(
            ListRows(
                row.missing,
                sort_keys={"name": lambda one: sort_key(one.name), "area": lambda one: sort_key(one.area)},
                search=lambda one: f"{one.name} {one.area}",
            )
        )
