"""Makes a backup every so many minutes of use, and only when something was written since the last one."""

from PySide6.QtCore import QObject, QTimer

from antq_desktop.domain.changes import Changes
from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.language import _, sentence
from antq_desktop.ui.desk import Desk

#: A backup writes its own line into the journal; that alone is no reason for the next one.
_NOT_COUNTED = frozenset({"journal"})
_MINUTE = 60_000
_SHORTEST_MINUTES = 5


class AutomaticBackup(QObject):
    """Runs on the lane beside the officer's work; a failure is a line in the status line, never a box."""

    def __init__(self, desk: Desk, minutes: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._changed = False
        self._timer = QTimer(self, interval=max(minutes, _SHORTEST_MINUTES) * _MINUTE)
        self._timer.timeout.connect(self.make)
        self._timer.start()
        desk.announced.connect(self._note_changes)

    def make(self) -> None:
        """Make a backup now if one is due."""
        if self._changed:
            self._changed = False
            self._desk.run(
                lambda _progress: self._desk.services.backups.back_up(), self._made, self._failed, owner=self
            )

    def _made(self, _file: object) -> None:
        self._desk.announce(Changes.of("journal"))

    def _failed(self, failure: KnownFailure) -> None:
        self._changed = True
        self._desk.note(_("No backup was made. {why}", why=sentence(failure)))

    def _note_changes(self, changes: Changes) -> None:
        self._changed = self._changed or bool(changes.tables - _NOT_COUNTED)
        if changes.touches("settings"):
            self._desk.run(
                lambda _progress: int(self._desk.services.settings.get("backup.every_minutes")),
                self._set_minutes,
                owner=self,
            )

    def _set_minutes(self, minutes: int) -> None:
        interval = max(minutes, _SHORTEST_MINUTES) * _MINUTE
        if interval != self._timer.interval():
            self._timer.setInterval(interval)
