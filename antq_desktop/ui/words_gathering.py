"""Gathers on the lane what the search lacks after an update of the program; all other work of the lane goes first."""

from PySide6.QtCore import QObject, Signal

from antq_desktop.domain.errors import Cancelled, KnownFailure
from antq_desktop.runtime.language import _, sentence
from antq_desktop.runtime.progress import Progress
from antq_desktop.ui.desk import Desk


class WordsGathering(QObject):
    """Begins when it is made; stopped, it goes on from there when the program is next started.

    ``gathered`` when nothing is lacking any more, ``stopped`` with the sentence that says why something is.
    """

    gathered = Signal()
    stopped = Signal(str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        desk.run(lambda _progress: bool(desk.services.search.is_gathered()), self._go_on, owner=self)

    def _go_on(self, is_all: bool) -> None:
        if is_all:
            self.gathered.emit()
            return
        title = _("Making records findable")
        self._desk.run(self._gather, self._go_on, self._stop, title=title, owner=self, goes_on=True)

    def _gather(self, progress: Progress) -> bool:
        lane = self._desk.lane
        return bool(self._desk.services.search.gather(progress, lambda: len(lane.jobs) > 1))

    def _stop(self, failure: KnownFailure) -> None:
        why = "" if isinstance(failure, Cancelled) else sentence(failure)
        said = _(
            "Not all records are found yet; it goes on when the program is next started. {why}", why=why
        ).strip()
        self._desk.note(said)
        self.stopped.emit(said)
