"""Watches the chosen stick while the page is in sight and tells what it newly brings."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages import stick_files
from antq_desktop.ui.pages.stick_files import StickFile
from antq_desktop.ui.pages.sticks import StickChooser

KINDS = ("bundle", "enrol")
_LOOK_EVERY = 2_000


class StickWatch(QObject):
    """``brought`` carries files that were not there at the look before; ``gone`` when no stick is chosen."""

    brought = Signal(list)
    gone = Signal()

    def __init__(self, desk: Desk, stick: StickChooser, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._stick = stick
        self._seen: set[tuple[Path, int]] = set()
        self._looking = False
        self._timer = QTimer(self, interval=_LOOK_EVERY)
        self._timer.timeout.connect(self.look)
        stick.changed.connect(lambda _folder: self.look())

    def start(self) -> None:
        self._timer.start()
        self.look()

    def stop(self) -> None:
        self._timer.stop()

    def look(self) -> None:
        """Look now, unless other work is running; then the next look will do."""
        folder = self._stick.folder()
        if folder is None:
            self.gone.emit()
        elif not self._looking and not self._desk.lane.jobs:
            self._looking = True
            self._desk.run(
                lambda _progress: stick_files.found(folder, KINDS), self._tell, self._not_looked, owner=self
            )

    def _tell(self, files: list[StickFile]) -> None:
        self._looking = False
        new = [file for file in files if (file.path, file.stamp) not in self._seen]
        self._seen |= {(file.path, file.stamp) for file in new}
        if new:
            self.brought.emit(new)

    def _not_looked(self, _failure: KnownFailure) -> None:
        self._looking = False
