"""A sentence that may wrap, behind the sign of its state."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.buttons import label, restyle
from antq_desktop.ui.widgets.sign import Sign


class VerdictLine(QWidget):
    """Shows nothing while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = Sign()
        self._text = label("", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        self.hide()

    def say(self, state: State, text: str) -> None:
        self._text.setText(text)
        restyle(self._text, role=state.value or "muted")
        self._sign.setVisible(bool(state.icon))
        self._sign.show_icon(state.icon, state.value)
        self.setAccessibleName(text)
        self.setVisible(bool(text))

    def text(self) -> str:
        return self._text.text()
