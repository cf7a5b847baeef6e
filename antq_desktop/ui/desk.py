"""What every page works with: the services, the lane, the working year, drafts, and a way to reach other pages."""

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from antq_desktop.domain.changes import Changes
from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.progress import Progress
from antq_desktop.ui.jobs import Job, Lane
from antq_desktop.ui.kept import Kept

T = TypeVar("T")


class Desk(QObject):
    """Handed to each page; the shell listens to its signals."""

    announced = Signal(object)
    year_changed = Signal(int)
    gone_to = Signal(str, dict)
    noted = Signal(str)

    def __init__(
        self,
        services: Any,  # noqa: ANN401 - the shell knows no feature; each page knows the service that it calls
        lane: Lane,
        *,
        drafts: Kept,
        memory: Kept,
        year: int,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.services = services
        self.lane = lane
        self.drafts = drafts
        self.memory = memory
        self._year = year
        lane.settled.connect(self._announce_result)

    @property
    def year(self) -> int:
        return self._year

    def set_year(self, year: int) -> None:
        if year != self._year:
            self._year = year
            self.year_changed.emit(year)

    def run(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[KnownFailure], None] | None = None,
        title: str = "",
        owner: QObject | None = None,
        *,
        goes_on: bool = False,
    ) -> Job:
        """Run ``work`` on the lane; what it changed is announced once, even when ``owner`` is gone by then."""
        return self.lane.run(work, done, failed, title, owner, goes_on=goes_on)

    def announce(self, changes: Changes) -> None:
        """Tell every page what was written; not needed for results of ``run`` that carry their Changes."""
        if changes:
            self.announced.emit(changes)

    def go(self, page: str, **what: object) -> None:
        """Open the page with this key and hand it ``wanted(**what)``."""
        self.gone_to.emit(page, what)

    def note(self, text: str) -> None:
        """Say a short line in the status line for a moment."""
        self.noted.emit(text)

    def _announce_result(self, job: Job) -> None:
        self.announce(changes_in(job.result))


def changes_in(result: object) -> Changes:
    """Return the Changes that a service's result is, has as ``changes``, or holds as a tuple's item."""
    if isinstance(result, Changes):
        return result
    parts = result if isinstance(result, tuple) else (getattr(result, "changes", None),)
    joined = Changes()
    for part in parts:
        if isinstance(part, Changes):
            joined |= part
    return joined
