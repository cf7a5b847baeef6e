"""The certificate of the chosen units: take a number, print, print again with a reason, withdraw with a reason."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.storage.queries.assessments import AssessmentRow
from antq_desktop.ui import format as written
from antq_desktop.ui.pages.recognitions.unit_rows import DECIDED, ISSUED, WITHDRAWN, number, standing
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import StateWord
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.field import Field, FieldBox


class CertificateBox(QWidget):
    """``issue_asked`` carries the day, ``print_asked`` the reason of a reprint or nothing, ``withdraw_asked`` both."""

    issue_asked = Signal(object)
    print_asked = Signal(str)
    withdraw_asked = Signal(object, str)

    def __init__(self, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label(_("Certificate"), "section")
        self._state = StateWord()
        self._said = label("", "muted", wrap=True)
        self.issued_on = FieldBox(Field("issued_on", _("Issued on"), kind="date", width=160), year)
        self.reason = FieldBox(Field("reason", _("Why it is printed again"), required=True), year)
        self.withdrawn_on = FieldBox(
            Field("withdrawn_on", _("Withdrawn on"), kind="date", required=True, width=160), year
        )
        self.why = FieldBox(Field("why", _("Why it is withdrawn"), required=True), year)
        self._issue = button("", self._ask_issue, icon="print")
        self._print = button(_("Print"), self._ask_print, icon="print")
        self._withdraw = button(_("Withdraw the certificate"), self._ask_withdraw, kind="danger")
        self._withdraw_title = label(_("Withdrawal"), "section")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(10)
        for part in (
            self._title,
            self._state,
            self._said,
            self.issued_on,
            self._issue,
            self.reason,
            self._print,
        ):
            column.addWidget(part)
        column.addSpacing(12)
        for part in (self._withdraw_title, self.withdrawn_on, self.why, self._withdraw):
            column.addWidget(part)
        self.issued_on.entered.connect(self._ask_issue)
        self.reason.entered.connect(self._ask_print)
        self.withdrawn_on.entered.connect(self.why.input.setFocus)
        self.why.entered.connect(self._ask_withdraw)

    def show_rows(self, rows: Sequence[AssessmentRow], today: date) -> None:
        """Offer what can be done with these units."""
        stands = {standing(row) for row in rows}
        one = rows[0] if len(rows) == 1 else None
        waiting = sum(standing(row) == DECIDED for row in rows)
        again = one is not None and WITHDRAWN in stands
        self._show(bool(stands & {DECIDED, ISSUED, WITHDRAWN}), self._title)
        self._show(bool(waiting or again), self.issued_on, self._issue)
        self._show(ISSUED in stands and not waiting, self._print)
        self._show(
            one is not None and ISSUED in stands,
            self._withdraw_title,
            self.withdrawn_on,
            self.why,
            self._withdraw,
        )
        self.reason.hide()
        for box in (self.reason, self.why):
            box.set_value("")
        self.issued_on.set_value(today)
        self.withdrawn_on.set_value(today)
        self._issue.setText(
            _("Take another number")
            if again
            else _("Take {count} numbers and print", count=waiting)
            if waiting > 1
            else _("Take a number and print")
        )
        self._say(one, stands, len(rows))

    def ask_reason(self, sentence: str) -> None:
        """Ask why the certificates are printed again."""
        self.reason.show()
        self._print.show()
        self._print.setText(_("Print again"))
        self.reason.say_fault(sentence)
        self.reason.input.setFocus()

    def _say(self, one: AssessmentRow | None, stands: set[str], count: int) -> None:
        self._print.setText(_("Print"))
        self._state.setVisible(one is not None and bool(stands & {ISSUED, WITHDRAWN}))
        self._said.clear()
        if one is not None and ISSUED in stands:
            self._state.say(State.GOOD, _("Number {number}", number=number(one)))
            self._said.setText(_("Issued on {day}.", day=written.day(one.issued_on)))
        elif one is not None and WITHDRAWN in stands:
            self._state.say(State.BAD, _("Number {number} is withdrawn", number=number(one)))
            self._said.setText(
                _(
                    "Withdrawn on {day}: {why} The number stays taken.",
                    day=written.day(one.withdrawn_on),
                    why=one.withdrawn_reason or "",
                )
            )
        elif DECIDED in stands:
            self._said.setText(_("The number is taken for good and never used again."))
        elif one is None and stands == {ISSUED}:
            self._said.setText(_("{count} certificates go into one PDF file, a page each.", count=count))
        self._said.setVisible(bool(self._said.text()))

    def _ask_issue(self) -> None:
        if self.issued_on.look_again():
            self.issue_asked.emit(self.issued_on.value())

    def _ask_print(self) -> None:
        if self.reason.isHidden() or self.reason.look_again():
            self.print_asked.emit("" if self.reason.isHidden() else self.reason.typed())

    def _ask_withdraw(self) -> None:
        good = [box.look_again() for box in (self.withdrawn_on, self.why)]
        if all(good):
            self.withdraw_asked.emit(self.withdrawn_on.value(), self.why.typed())

    @staticmethod
    def _show(shown: bool, *widgets: QWidget) -> None:
        for widget in widgets:
            widget.setVisible(shown)
