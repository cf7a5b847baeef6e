"""Lets a long part scroll in a low window instead of making the window higher than the screen."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget


def scrolled(content: QWidget) -> QScrollArea:
    """Return ``content`` in an area that scrolls up and down and has no look of its own."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    content.setAutoFillBackground(False)
    area.viewport().setAutoFillBackground(False)
    return area


def scrolling_column(whole: QWidget) -> QVBoxLayout:
    """Return the column of a part that fills ``whole`` and scrolls when ``whole`` is low."""
    content = QWidget()
    column = QVBoxLayout(content)
    outer = QVBoxLayout(whole)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(scrolled(content))
    return column
