"""The certificate of the chosen units: take a number, print, print on a bought blank, withdraw with a reason."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.storage.queries.assessments import AssessmentRow
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.recognitions.unit_rows import DECIDED, ISSUED, WITHDRAWN, standing
from antq_desktop.ui.pages.recognitions.withdrawal_box import WithdrawalBox
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.date_edit import DateEdit
from antq_desktop.ui.widgets.field import Field, FieldBox


class CertificateBox(QWidget):
    """``issue_asked`` carries the day, ``print_asked`` whether it is for bought blanks."""

    issue_asked = Signal(object)
    print_asked = Signal(bool)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[str, ...] = ()
        self._said = label("", "muted", wrap=True)
        self.issued_on = FieldBox(
            Field("issued_on", _("Issued on"), kind="date", required=True, width=160), desk.year
        )
        self._issue = button("", self._ask_issue, icon="recognitions")
        self._print = button(_("Print"), lambda: self.print_asked.emit(False), icon="print")
        self._blank = button(_("Print on bought blanks"), lambda: self.print_asked.emit(True), icon="print")
        self.withdrawal = WithdrawalBox(desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for part in (self._said, self.issued_on, self._issue, self._print, self._blank, self.withdrawal):
            column.addWidget(part)
        self.issued_on.entered.connect(self._ask_issue)
        desk.year_changed.connect(self._set_year)

    def show_rows(self, rows: Sequence[AssessmentRow], today: date) -> None:
        """Offer what can be done with these units; what was typed for the same ones stays."""
        stands = {standing(row) for row in rows}
        one = rows[0] if len(rows) == 1 else None
        waiting = sum(standing(row) == DECIDED for row in rows)
        again = one is not None and WITHDRAWN in stands
        withdrawable = one is not None and ISSUED in stands
        _show(bool(waiting or again), self.issued_on, self._issue)
        _show(ISSUED in stands and not waiting, self._print, self._blank)
        units = tuple(f"{row.unit_id} {row.certificate_id} {row.withdrawn_on}" for row in rows)
        if units != self._shown:
            self._shown = units
            self.issued_on.set_value(today)
            key = str(one.certificate_id) if one is not None and withdrawable else ""
            self.withdrawal.show_certificate(key, today)
        self._issue.setText(
            _("Take another number")
            if again
            else _("Take {count} numbers and print", count=waiting)
            if waiting > 1
            else _("Take a number and print")
        )
        self._said.setText(_said(rows, waiting, again=again))
        self._said.setVisible(bool(self._said.text()))
        self.setVisible(bool(waiting or stands & {ISSUED, WITHDRAWN}))

    def _ask_issue(self) -> None:
        if self.issued_on.look_again():
            self.issue_asked.emit(self.issued_on.value())

    def _set_year(self, year: int) -> None:
        if isinstance(self.issued_on.input, DateEdit):
            self.issued_on.input.set_year(year)


def _said(rows: Sequence[AssessmentRow], waiting: int, *, again: bool) -> str:
    if waiting or again:
        return _("The number is taken for good and never used again.")
    issued = sum(standing(row) == ISSUED for row in rows)
    return _("{count} certificates go into one PDF file, a page each.", count=issued) if issued > 1 else ""


def _show(shown: bool, *widgets: QWidget) -> None:
    for widget in widgets:
        widget.setVisible(shown)
