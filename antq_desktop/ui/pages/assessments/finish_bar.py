"""The foot of an assessment: finish it on the day it was held, or open a finished one again with a reason."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from antq_desktop.domain.assessment import SelfAssessment
from antq_desktop.runtime.language import _
from antq_desktop.ui import format as written
from antq_desktop.ui.widgets.buttons import button, hairline, label
from antq_desktop.ui.widgets.date_edit import DateEdit
from antq_desktop.ui.widgets.flow import Flow
from antq_desktop.ui.widgets.text_field import TextField


class FinishBar(QWidget):
    """``finish_asked`` carries the day, ``reopen_asked`` the reason; both only when they were typed."""

    finish_asked = Signal(object)
    reopen_asked = Signal(str)
    refill_asked = Signal()
    print_asked = Signal()

    def __init__(self, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day = DateEdit(_("Day of the assessment meeting"), year)
        self.day.setFixedWidth(156)
        self.day.entered.connect(self.finish)
        self.reason = TextField(_("Why it is opened again"))
        self.reason.setPlaceholderText(_("Why it is opened again"))
        self.reason.setMinimumWidth(180)
        self.reason.entered.connect(self.reopen)
        self._said = label("", "muted", wrap=True)
        self._fault = label("", "fault", wrap=True)
        self._fault.hide()
        self._finish = button(_("Finish"), self.finish, icon="tick")
        self._refill = button(
            _("Fill in anew from the data"), self.refill_asked.emit, icon="refresh", kind="link"
        )
        self._reopen = button(_("Open again"), self.reopen)
        self._print = button(_("Print"), self.print_asked.emit, icon="print")
        self._day_word = label(_("Day of the assessment meeting"), "muted")
        line = QWidget()
        flow = Flow(line)
        flow.setContentsMargins(0, 0, 0, 0)
        for part in (
            self._day_word,
            self.day,
            self._finish,
            self.reason,
            self._reopen,
            self._refill,
        ):
            flow.addWidget(part)
        flow.add_last(self._print)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(hairline())
        column.addWidget(self._said)
        column.addWidget(line)
        column.addWidget(self._fault)

    def show_assessment(self, kept: SelfAssessment, decision: str) -> None:
        """Offer what can be done; an assessment that ``decision`` recognises stays as it is."""
        final = kept.state == "final"
        self._show(not final, self._day_word, self.day, self._finish, self._refill)
        self._show(final and not decision, self.reason, self._reopen)
        self._show(final, self._said)
        self._fault.hide()
        self.reason.clear()
        if final:
            self.day.set_date(None)
        facts = {"day": written.day(kept.assessed_on), "decision": decision}
        self._said.setText(
            _("Finished on {day}; recognised by the decision {decision}, so it stays as it is.", **facts)
            if decision
            else _("Finished on {day}.", **facts)
        )

    def finish(self) -> None:
        day: date | None = self.day.date()
        if day is None:
            self._ask(self.day, self.day.fault() or _("Type the day on which the unit held its assessment."))
        else:
            self._fault.hide()
            self.finish_asked.emit(day)

    def reopen(self) -> None:
        reason = self.reason.written()
        if not reason:
            self._ask(self.reason, _("Say why it is opened again; the reason stands in the journal."))
        else:
            self._fault.hide()
            self.reopen_asked.emit(reason)

    def fault(self) -> str:
        return "" if self._fault.isHidden() else self._fault.text()

    def said(self) -> QLabel:
        return self._said

    def _ask(self, field: QWidget, sentence: str) -> None:
        self._fault.setText(sentence)
        self._fault.show()
        field.setFocus()

    @staticmethod
    def _show(shown: bool, *widgets: QWidget) -> None:
        for widget in widgets:
            widget.setVisible(shown)
