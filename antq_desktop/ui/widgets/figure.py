"""A figure that leads to the rows it was counted from."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from antq_desktop.ui.widgets.buttons import label
from antq_desktop.ui.widgets.elided import Elided


class Figure(QFrame):
    """A caption, a number and a note under it; a click, Enter or space shows the rows."""

    def __init__(self, caption: str, on_click: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caption = caption
        self._on_click = on_click
        self.setProperty("role", "card")
        self.setObjectName("figure")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumWidth(120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(2)
        self._value = label("–", "figure")
        self._note = label("", "hint", wrap=True)
        heading = Elided()
        heading.setText(caption)
        column.addWidget(heading)
        column.addWidget(self._value)
        column.addWidget(self._note)
        column.addStretch()
        self.setAccessibleName(caption)

    def set_value(self, value: str, note: str = "") -> None:
        """Show ``value`` as it is written for people, and a line under it."""
        self._value.setText(value)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.setAccessibleName(f"{self._caption}: {value}. {note}".strip())

    def value(self) -> str:
        return self._value.text()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._on_click()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._on_click()
            return
        super().keyPressEvent(event)
