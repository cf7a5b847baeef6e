"""The bottom line: who, what is not acknowledged yet and since when, the last backup, and the work that runs."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.ui import format as written
from antq_desktop.ui.jobs import Job, Lane
from antq_desktop.ui.status import StatusInfo
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.buttons import button, restyle
from antq_desktop.ui.widgets.elided import Elided
from antq_desktop.ui.widgets.sign import Sign

HEIGHT = 32
_WIDE_ENOUGH = 900
_MILLISECONDS_BEFORE_SHOWN = 300
_MILLISECONDS_OF_A_NOTE = 4_000


class StatusLine(QFrame):
    """``sending_asked`` when the waiting rows are clicked."""

    sending_asked = Signal()

    def __init__(self, lane: Lane, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self.setFixedHeight(HEIGHT)
        self._lane = lane
        self._who = Elided()
        self._sign = Sign(size=16)
        self._unsent = button("", self.sending_asked.emit, kind="link")
        self._backup = Elided()
        self._note = Elided(least=0)
        self._what = Elided()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setMaximumWidth(160)
        self._bar.setMinimumWidth(48)
        self._bar.setAccessibleName(_("Progress of the running work"))
        self._cancel = button(_("Stop"), self._stop, kind="link")
        self._lay_out()
        self._show_timer = QTimer(self, singleShot=True, interval=_MILLISECONDS_BEFORE_SHOWN)
        self._show_timer.timeout.connect(self._show_work)
        self._note_timer = QTimer(self, singleShot=True, interval=_MILLISECONDS_OF_A_NOTE)
        self._note_timer.timeout.connect(self._note.clear)
        self._shown: Job | None = None
        self._age = State.NONE
        self._show_work()
        lane.began.connect(self._look)
        lane.moved.connect(self._look)
        lane.ended.connect(self._look)

    def show_status(self, status: StatusInfo) -> None:
        self._who.setText(status.user_name)
        self._show_unsent(status)
        day = written.moment(status.last_backup)
        self._backup.setText(_("Backed up {when}", when=day) if day else _("Not backed up yet"))

    def say(self, text: str) -> None:
        """Show ``text`` for a moment."""
        self._note.setText(text)
        self._note_timer.start()

    def age(self) -> State:
        """Return how urgent the waiting rows are: LOOK is amber, BAD is red."""
        return self._age

    def _show_unsent(self, status: StatusInfo) -> None:
        days = status.oldest_unsent_days
        self._age = State.NONE
        if days is not None and days > status.red_after_days:
            self._age = State.BAD
        elif days is not None and days > status.amber_after_days:
            self._age = State.LOOK
        rows = written.number(status.unsent_rows)
        if days is None or not status.unsent_rows:
            text = _("Everything is acknowledged")
        elif days == 0:
            text = _("{rows} rows not acknowledged, since today", rows=rows)
        else:
            text = _("{rows} rows not acknowledged, the oldest {days} days old", rows=rows, days=days)
        self._unsent.setText(text)
        self._unsent.setAccessibleName(text)
        self._unsent.setVisible(status.role == "commune")
        self._sign.setVisible(status.role == "commune")
        restyle(self._unsent, state=self._age.value)
        name, role = (self._age.icon, self._age.value) if self._age.icon else ("sync", "muted")
        self._sign.show_icon(name, role)

    def _look(self, _job: Job) -> None:
        if self._titled() is None:
            self._show_timer.stop()
            self._show_work()
        elif self._shown is not None:
            self._show_work()
        elif not self._show_timer.isActive():
            self._show_timer.start()

    def _titled(self) -> Job | None:
        return next((job for job in self._lane.jobs if job.title), None)

    def _show_work(self) -> None:
        job = self._shown = self._titled()
        for part in (self._what, self._bar, self._cancel):
            part.setVisible(job is not None)
        self._backup.setVisible(job is None or self.width() > _WIDE_ENOUGH)
        if job is None:
            return
        what = f"{job.title}: {job.what}" if job.what else job.title
        if job.total:
            what += f"  {written.number(job.done)}/{written.number(job.total)}"
        self._what.setText(what)
        self._bar.setRange(0, job.total)
        self._bar.setValue(job.done)

    def _stop(self) -> None:
        if self._shown is not None:
            self._shown.cancel()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(6)
        row.addWidget(Sign("person", size=16))
        row.addWidget(self._who)
        row.addSpacing(12)
        row.addWidget(self._sign)
        row.addWidget(self._unsent)
        row.addSpacing(12)
        row.addWidget(self._backup)
        row.addSpacing(12)
        row.addWidget(self._note)
        row.addStretch(1)
        row.addWidget(self._what)
        row.addWidget(self._bar)
        row.addWidget(self._cancel)
