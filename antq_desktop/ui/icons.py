"""Gives icons that take their colour from the palette each time they are painted, sharp at any scale."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from antq_desktop.runtime.resources import RESOURCES
from antq_desktop.ui import theme

_FOLDER = RESOURCES / "icons"


def icon(name: str, role: str = "ink") -> QIcon:
    """Return the icon ``name`` of resources/icons drawn in the colour ``role``; checked ones take the accent."""
    return QIcon(_StrokeIcon(_drawing(name), role)) if name else QIcon()


def state_icon(state: theme.State) -> QIcon:
    return icon(state.icon, state.value or "muted")


def draw(painter: QPainter, name: str, place: QRectF, role: str) -> None:
    """Draw the icon straight into ``place``."""
    QSvgRenderer(_coloured(_drawing(name), role)).render(painter, place)


class _StrokeIcon(QIconEngine):
    def __init__(self, drawing: str, role: str) -> None:
        super().__init__()
        self._drawing = drawing
        self._role = role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        role = self._role
        if mode == QIcon.Mode.Disabled:
            role = "edge"
        elif state == QIcon.State.On:
            role = "accent"
        QSvgRenderer(_coloured(self._drawing, role)).render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _StrokeIcon(self._drawing, self._role)


def _coloured(drawing: str, role: str) -> QByteArray:
    return QByteArray(drawing.replace("currentColor", getattr(theme.colours(), role)).encode())


@lru_cache(maxsize=128)
def _drawing(name: str) -> str:
    return (_FOLDER / f"{name}.svg").read_text(encoding="utf-8")
