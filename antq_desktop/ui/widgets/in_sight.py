"""Scrolls to what was just opened or told."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

#: New parts are laid out in the next turns of the event loop; only then is it known where they stand.
_MILLISECONDS_OF_LAYOUT = 30
_ROOM_AROUND = 24


def bring_into_sight(part: QWidget) -> None:
    """Scroll the area that ``part`` stands in, once it is laid out, so that it can be seen."""
    timer = QTimer(part, singleShot=True, interval=_MILLISECONDS_OF_LAYOUT)
    timer.timeout.connect(lambda: _scroll_to(part))
    timer.timeout.connect(timer.deleteLater)
    timer.start()


def _scroll_to(part: QWidget) -> None:
    above = part.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(part, 0, _ROOM_AROUND)
            return
        above = above.parentWidget()
