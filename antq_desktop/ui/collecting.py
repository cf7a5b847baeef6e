"""Lets Python look for circles of objects on the window's thread alone.

What Python finds is freed on the thread that looked. A widget that is freed on the thread of the database holds a lock of Qt
while it waits for the window's thread, and that may be waiting for this very lock: the window would stand still for good.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_MILLISECONDS_BETWEEN_LOOKS = 500


class Collecting(QObject):
    """Looks now and then from ``begin`` to ``end``; meanwhile Python does not look by itself. Several may run at once."""

    _running = 0

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=_MILLISECONDS_BETWEEN_LOOKS)
        self._timer.timeout.connect(look)

    def begin(self) -> None:
        Collecting._running += 1
        gc.disable()
        self._timer.start()

    def end(self) -> None:
        """Let Python look by itself again. Call it once, when no other thread works any more."""
        self._timer.stop()
        Collecting._running -= 1
        if not Collecting._running:
            gc.enable()


def look() -> None:
    """Look for circles among the objects that are due, youngest first, by Python's own thresholds."""
    for generation, threshold in enumerate(gc.get_threshold()):
        if gc.get_count()[generation] <= threshold:
            return
        gc.collect(generation)
