"""Asks in place why something is taken away, before it is."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.ui.widgets.buttons import button
from antq_desktop.ui.widgets.field import Field, FieldBox
from antq_desktop.ui.widgets.in_sight import bring_into_sight

#: A reason has no day in it.
_NO_YEAR = 0


class ReasonBox(QWidget):
    """A line for the reason and the button that does it; ``given`` carries the reason, never an empty one."""

    given = Signal(str)

    def __init__(self, question: str, verb: str, parent: QWidget | None = None, kind: str = "danger") -> None:
        """``kind`` of the button: for a line that takes nothing away, too."""
        super().__init__(parent)
        self.box = FieldBox(Field("reason", question, required=True), _NO_YEAR)
        self.box.entered.connect(self.give)
        row = QHBoxLayout()
        row.addWidget(button(verb, self.give, kind=kind))
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.box)
        column.addLayout(row)

    def ask(self) -> None:
        """Come into sight and take the keys."""
        self.show()
        self.box.input.setFocus()
        bring_into_sight(self)

    def forget(self) -> None:
        """Go out of sight without a reason."""
        self.box.set_value("")
        self.hide()

    def give(self) -> None:
        if self.box.look_again():
            self.given.emit(self.box.typed())
