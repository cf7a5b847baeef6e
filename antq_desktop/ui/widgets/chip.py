"""A word that is chosen among others in a line, such as a part of the details or a figure that filters."""

from collections.abc import Callable

from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QPushButton

from antq_desktop.ui.widgets.buttons import button

_ROOM_AT_THE_SIDES = 28


def chip(word: str, do: Callable[[], object]) -> QPushButton:
    made = button(word, do, kind="nav")
    made.setCheckable(True)
    rename(made, word)
    return made


def rename(made: QPushButton, word: str) -> None:
    """Show another word; the chosen one is written bolder, so there is room for that from the start."""
    made.setText(word)
    made.setAccessibleName(word)
    bold = QFont(made.font())
    bold.setWeight(QFont.Weight.DemiBold)
    made.setMinimumWidth(QFontMetrics(bold).horizontalAdvance(word) + _ROOM_AT_THE_SIDES)
