"""Withdraws one certificate: the day and the reason, asked for before anything is taken back."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.field import Field
from antq_desktop.ui.widgets.form import Form


class WithdrawalBox(QWidget):
    """``asked`` carries day and reason once both are typed."""

    asked = Signal(object, str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = Form(
            [
                Field("on", _("Withdrawn on"), kind="date", required=True, width=160),
                Field("reason", _("Why it is withdrawn"), required=True),
            ],
            desk,
        )
        self.form.finished.connect(self.ask)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(label(_("Withdrawal"), "section"))
        column.addWidget(self.form)
        column.addWidget(button(_("Withdraw the certificate"), self.ask, kind="danger"))

    def show_certificate(self, certificate_id: str, today: date) -> None:
        """Begin with today for this certificate; what was typed for it before comes back. Nothing hides the box."""
        self.form.show_record(f"withdrawal/{certificate_id}" if certificate_id else "", {"on": today})
        self.setVisible(bool(certificate_id))

    def ask(self) -> None:
        if self.form.check():
            typed = self.form.values()
            self.asked.emit(typed["on"], str(typed["reason"]))
