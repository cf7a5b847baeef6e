"""What the steps of every import share: a line for what went wrong, and running work in sight."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.language import sentence as written
from antq_desktop.runtime.progress import Progress
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.import_wizard.job_bar import JobBar
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import Banner
from antq_desktop.ui.widgets.wizard import Step

T = TypeVar("T")


class ImportStep(Step):
    """``busy`` while its work runs; the way on is closed until then."""

    def __init__(self, desk: Desk, title: str, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(title, sentence, parent)
        self.desk = desk
        self.busy = False
        self.banner = Banner()
        self.job_bar = JobBar(desk)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        self.column.addWidget(self.banner)

    def end_layout(self) -> None:
        """Close the layout of the step: the running work stands at its foot."""
        self.column.addWidget(self.job_bar)

    def run(self, work: Callable[[Progress], T], done: Callable[[T], object], word: str) -> None:
        """Run ``work``; ``done`` gets what it gave. A failure is said in the step."""
        self.busy = True
        self.banner.clear()
        self.readiness_changed.emit()
        job = self.desk.run(work, partial(self._finish, done), self._fail, owner=self)
        self.job_bar.watch(job, word)

    def _finish(self, done: Callable[[T], object], result: T) -> None:
        self.busy = False
        done(result)
        self.readiness_changed.emit()

    def _fail(self, failure: KnownFailure) -> None:
        self.busy = False
        self.banner.say(State.BAD, written(failure))
        self.stayed.emit()
        self.readiness_changed.emit()
