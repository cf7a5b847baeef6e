"""How long work tells how far it is and learns that it should stop, without knowing who watches."""

from collections.abc import Callable
from threading import Event

from antq_desktop.domain.errors import Cancelled


class Progress:
    """Reported to by long work; watched by a face. Safe to cancel from another thread."""

    def __init__(self, watch: Callable[[int, int, str], None] | None = None) -> None:
        """``watch`` is called with (done, total, what); total 0 means that it is not known yet."""
        self._watch = watch
        self._stop = Event()

    def report(self, done: int, total: int = 0, what: str = "") -> None:
        """Say how far the work is. Raises Cancelled when somebody asked to stop."""
        if self._stop.is_set():
            raise Cancelled
        if self._watch is not None:
            self._watch(done, total, what)

    def cancel(self) -> None:
        self._stop.set()
