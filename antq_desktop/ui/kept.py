"""Keeps small values between runs (drafts, chosen columns, window size) in whatever store it is handed."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer

from antq_desktop.runtime.progress import Progress
from antq_desktop.ui.jobs import Lane

_MILLISECONDS_UNTIL_WRITTEN = 400


class Kept(QObject):
    """JSON values by key; written soon after a change, and at once by ``flush``.

    Drafts hold what people typed about other people: hand them a store that is encrypted like the workspace.
    """

    def __init__(
        self, text: str, write: Callable[[str], object], lane: Lane, parent: QObject | None = None
    ) -> None:
        """``text`` is what ``write`` got last (JSON), or empty; ``write`` runs on the lane."""
        super().__init__(parent)
        self._values = _read(text)
        self._write = write
        self._lane = lane
        self._timer = QTimer(self, singleShot=True, interval=_MILLISECONDS_UNTIL_WRITTEN)
        self._timer.timeout.connect(self.flush)

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401 - a JSON value
        return self._values.get(key, default)

    def put(self, key: str, value: Any) -> None:  # noqa: ANN401 - a JSON value
        if self._values.get(key) != value or key not in self._values:
            self._values[key] = value
            self._timer.start()

    def drop(self, key: str) -> None:
        if self._values.pop(key, None) is not None:
            self._timer.start()

    def keys(self) -> tuple[str, ...]:
        return tuple(self._values)

    def flush(self) -> None:
        """Write now what has changed."""
        self._timer.stop()
        self._lane.run(partial(_written, self._write, json.dumps(self._values, ensure_ascii=False)))


def _written(write: Callable[[str], object], text: str, _progress: Progress) -> None:
    write(text)


def _read(text: str) -> dict[str, Any]:
    try:
        values = json.loads(text or "{}")
    except ValueError:
        return {}
    return values if isinstance(values, dict) else {}
