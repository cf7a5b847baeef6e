"""Says that a unit is there no longer, with its last day and the reason, or takes one off that was typed by mistake."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.domain.units import Unit
from antq_desktop.runtime.language import _
from antq_desktop.ui import format as written
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.field import Field, FieldBox
from antq_desktop.ui.widgets.flow import Flow


class EndingBox(QWidget):
    """``close_asked`` carries the last day and the reason, ``remove_asked`` the reason."""

    close_asked = Signal(object, str)
    remove_asked = Signal(str)

    def __init__(self, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = label("", "muted", wrap=True)
        self.on = FieldBox(Field("valid_to", _("Last day"), kind="date", required=True, width=160), year)
        self.reason = FieldBox(Field("reason", _("Why"), required=True), year)
        self.on.entered.connect(self.reason.input.setFocus)
        self.reason.entered.connect(self._close)
        tools = QWidget()
        row = Flow(tools)
        row.addWidget(button(_("It is there no longer"), self._close))
        row.addWidget(button(_("Take it off the list"), self._remove, kind="danger"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(_("The unit ends"), "section"))
        column.addWidget(self._said)
        column.addWidget(self.on)
        column.addWidget(self.reason)
        column.addWidget(tools)

    def show_unit(self, unit: Unit) -> None:
        if unit.valid_to is not None:
            self._said.setText(_("Its last day is {day}; its records stay.", day=written.day(unit.valid_to)))
        else:
            self._said.setText(
                _("A unit that ends keeps its records. Only one typed by mistake is taken off the list.")
            )
        self.on.set_value(unit.valid_to)
        self.reason.set_value("")

    def _close(self) -> None:
        good = [box.look_again() for box in (self.on, self.reason)]
        day = self.on.value()
        if all(good) and isinstance(day, date):
            self.close_asked.emit(day, self.reason.typed())

    def _remove(self) -> None:
        if self.reason.look_again():
            self.remove_asked.emit(self.reason.typed())
