"""The line above a list that narrows it while one types, a moment after the last key."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from antq_desktop.ui.widgets.text_field import TextField

_MILLISECONDS_AFTER_A_KEY = 150


class FilterText(TextField):
    """``wanted`` carries the cleaned text; Enter sends it at once."""

    wanted = Signal(str)

    def __init__(self, name: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setPlaceholderText(hint)
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(140)
        self.setMaximumWidth(260)
        self._timer = QTimer(self, singleShot=True, interval=_MILLISECONDS_AFTER_A_KEY)
        self._timer.timeout.connect(self._send)
        self.textChanged.connect(lambda _text: self._timer.start())
        self.entered.connect(self._send)

    def _send(self) -> None:
        self._timer.stop()
        self.wanted.emit(self.written())
