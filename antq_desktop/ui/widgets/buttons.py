"""Buttons and labels as the stylesheet knows them."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QWidget

from antq_desktop.ui import icons

ICON = QSize(18, 18)


class _Button(QPushButton):
    """Pressed by Enter as by the space bar: in a window without a default button Qt leaves Enter to nobody."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


def button(
    word: str, do: Callable[[], object], icon: str = "", kind: str = "quiet", name: str = ""
) -> QPushButton:
    """Return a button; ``kind`` is quiet, main, danger, link or bare. ``name`` is for one without a word."""
    made = _Button(word)
    made.setProperty("kind", kind)
    made.setAutoDefault(False)
    made.setAccessibleName(name or word)
    if name and not word:
        made.setToolTip(name)
    if icon:
        made.setIcon(
            icons.icon(icon, {"main": "on_accent", "danger": "bad", "link": "accent"}.get(kind, "ink"))
        )
        made.setIconSize(ICON)
    if kind == "link":
        made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.clicked.connect(lambda: do())  # noqa: PLW0108 - Qt would hand its checked flag over
    return made


def label(text: str, role: str = "", *, wrap: bool = False) -> QLabel:
    """Return a label; ``role`` is title, section, muted, hint, strong, figure, fault or warning."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    if wrap:
        made.setWordWrap(True)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


def hairline() -> QFrame:
    line = QFrame()
    line.setProperty("role", "hairline")
    return line


def restyle(widget: QWidget, **properties: object) -> None:
    """Set properties that the stylesheet looks at, and let it look again."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
