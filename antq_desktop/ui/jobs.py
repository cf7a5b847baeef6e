"""Runs all database work on one thread of its own and brings results back to the window's thread, in order."""

import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.progress import Progress
from antq_desktop.ui.collecting import Collecting

T = TypeVar("T")
_SECONDS_BETWEEN_NEWS = 0.05
_MILLISECONDS_OF_A_LOOK = 50


class Job:
    """One piece of work in the lane; read and cancelled from the window's thread."""

    def __init__(
        self,
        work: Callable[[Progress], Any],
        *,
        done: Callable[[Any], None] | None,
        failed: Callable[[KnownFailure], None] | None,
        title: str,
        owner: QObject | None,
        goes_on: bool,
        tell: Callable[["Job"], None],
    ) -> None:
        self.title = title
        self.goes_on = goes_on
        self.done = 0
        self.total = 0
        self.what = ""
        self.result: Any = None
        self._progress = Progress(self._note)
        self._work = work
        self._take = done
        self._take_failure = failed
        self._owner = weakref.ref(owner) if owner is not None else None
        self._tell = tell
        self._told_at = 0.0
        self._failure: Exception | None = None

    def cancel(self) -> None:
        """Ask the work to stop at its next report; it then ends as Cancelled."""
        self._progress.cancel()

    def perform(self) -> None:
        """Do the work; called by the lane in its thread."""
        try:
            self._progress.report(0)
            self.result = self._work(self._progress)
        except Exception as failure:  # noqa: BLE001 - one of the three borders: told apart in the window's thread
            self._failure = failure

    def deliver(
        self, show_failure: Callable[[KnownFailure], None], show_bug: Callable[[Exception], None]
    ) -> None:
        """Hand the outcome over; called by the lane in the window's thread. A bug is shown whoever is gone."""
        if self._failure is not None and not isinstance(self._failure, KnownFailure):
            show_bug(self._failure)
        elif not self._is_awaited():
            return
        elif self._failure is not None:
            (self._take_failure or show_failure)(self._failure)
        elif self._take is not None:
            self._take(self.result)

    def forget(self) -> None:
        """Let go of all that belongs to the window; the lane's thread may be the last to hold the job."""
        self._work, self._take, self._take_failure = _nothing, None, None

    def _note(self, done: int, total: int, what: str) -> None:
        self.done, self.total, self.what = done, total, what
        now = monotonic()
        if now - self._told_at >= _SECONDS_BETWEEN_NEWS:
            self._told_at = now
            self._tell(self)

    def _is_awaited(self) -> bool:
        if self._owner is None:
            return True
        owner = self._owner()
        return owner is not None and shiboken6.isValid(owner)


def _nothing(_progress: Progress) -> None:
    """Stand where the work of a job stood that is over."""


class Lane(QObject):
    """The one thread of database work; its signals carry a Job and arrive in the window's thread.

    A job is ``began``, may have ``moved``, has ``ended``, then hands over its outcome and is ``settled``.
    """

    began = Signal(object)
    moved = Signal(object)
    ended = Signal(object)
    settled = Signal(object)
    _worker_moved = Signal(object)
    _worker_ended = Signal(object)

    def __init__(
        self,
        show_failure: Callable[[KnownFailure], None],
        show_bug: Callable[[Exception], None],
        parent: QObject | None = None,
    ) -> None:
        """``show_failure`` gets failures nobody else takes; ``show_bug`` gets everything that is no known failure."""
        super().__init__(parent)
        self._show_failure = show_failure
        self._show_bug = show_bug
        self._jobs: list[Job] = []
        self._open = True
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="database")
        self._collecting = Collecting(self)
        self._collecting.begin()
        self._worker_moved.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)
        self._worker_ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def jobs(self) -> tuple[Job, ...]:
        """Those not ended yet, the running one first."""
        return tuple(self._jobs)

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
        """Put ``work`` at the end of the lane; exactly one of ``done`` and ``failed`` is called later.

        Neither is called when ``owner`` is gone by then, when ``work`` raises a bug, or after ``close``. Of work that
        ``goes_on`` nothing is lost when it is stopped: it goes on from there another time.
        """
        job = Job(
            work,
            done=done,
            failed=failed,
            title=title,
            owner=owner,
            goes_on=goes_on,
            tell=self._worker_moved.emit,
        )
        if not self._open:
            return job
        self._jobs.append(job)
        self.began.emit(job)
        self._thread.submit(self._perform, job)
        return job

    def close(self) -> None:
        """Ask work with a title to stop, let the rest finish, end the thread; later results are dropped."""
        if not self._open:
            return
        self._open = False
        for job in self._jobs:
            if job.title:
                job.cancel()
        self._thread.shutdown(wait=True)
        self._jobs.clear()
        self._collecting.end()

    def wait_idle(self, milliseconds: int = 60_000) -> None:
        """Keep the window alive until the lane is empty. Raises TimeoutError."""
        until = monotonic() + milliseconds / 1000
        while self._jobs:
            if monotonic() > until:
                raise TimeoutError
            loop = QEventLoop()
            tick = QTimer(interval=_MILLISECONDS_OF_A_LOOK)
            tick.timeout.connect(loop.quit)
            tick.start()
            self.settled.connect(loop.quit)
            loop.exec()
            tick.stop()

    def _perform(self, job: Job) -> None:
        job.perform()
        self._worker_ended.emit(job)

    def _pass_on(self, job: Job) -> None:
        if job in self._jobs:
            self.moved.emit(job)

    def _deliver(self, job: Job) -> None:
        if not self._open:
            return
        self._jobs.remove(job)
        self.ended.emit(job)
        try:
            job.deliver(self._show_failure, self._show_bug)
        finally:
            job.forget()
            self.settled.emit(job)
