"""A small icon that keeps its colour right in light and dark and stays sharp at any scale."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from antq_desktop.ui import icons


class Sign(QWidget):
    """Decoration beside a word; it says nothing of its own to a screen reader."""

    def __init__(
        self, name: str = "", role: str = "muted", size: int = 18, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._role = role
        self.setFixedSize(QSize(size, size))

    def show_icon(self, name: str, role: str = "muted") -> None:
        self._name, self._role = name, role
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._name:
            painter = QPainter(self)
            icons.draw(painter, self._name, QRectF(self.rect()), self._role)
            painter.end()
