"""Shows the running work of a wizard with its way out, since the status line lies behind the wizard."""

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.jobs import Job
from antq_desktop.ui.widgets.buttons import button, label


class JobBar(QWidget):
    """Hidden while nothing runs."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._word = label("", "muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._word)
        row.addWidget(self._bar, 1)
        row.addWidget(button(_("Stop"), self.cancel, icon="close"))
        desk.lane.moved.connect(self._move)
        desk.lane.ended.connect(self._end)
        self.hide()

    def watch(self, job: Job, word: str) -> None:
        self._job = job
        self._word.setText(word)
        self._bar.setRange(0, 0)
        self.show()

    def cancel(self) -> None:
        """Ask the work to stop; nothing half-done is left."""
        if self._job is not None:
            self._job.cancel()

    def _move(self, job: Job) -> None:
        if job is self._job:
            self._bar.setRange(0, job.total)
            self._bar.setValue(job.done)

    def _end(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self.hide()
