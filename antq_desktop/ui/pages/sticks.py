"""Finds the sticks that are plugged in, and lets one of them or any folder be chosen."""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStorageInfo, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from antq_desktop.runtime.language import _
from antq_desktop.ui import dialogs
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.choice import Choice
from antq_desktop.ui.widgets.flow import Flow

_MEMORY = "stick-folder"
_LOOK_EVERY = 2_000
_MEGABYTE = 1_000_000
#: Where Linux desktops mount what is plugged in; deeper folders are parts of the system.
_MOUNTED = re.compile(r"/(?:media(?:/[^/]+)?|run/media/[^/]+|mnt)/[^/]+")
_DRIVE_REMOVABLE = 2


@dataclass(frozen=True, slots=True)
class Stick:
    """A place to write to: its folder, what it is called, and the room that is left in bytes."""

    folder: Path
    name: str
    free: int

    @property
    def word(self) -> str:
        return _("{name} – {free} MB free", name=self.name, free=written.number(self.free // _MEGABYTE))


def plugged_in() -> list[Stick]:
    """Return the sticks that the system has ready, by name."""
    sticks = []
    for volume in QStorageInfo.mountedVolumes():
        if volume.isValid() and volume.isReady() and not volume.isRoot() and _removable(volume.rootPath()):
            folder = Path(volume.rootPath())
            name = f"{volume.name()} ({folder})" if volume.name() else str(folder)
            sticks.append(Stick(folder, name, volume.bytesAvailable()))
    return sorted(sticks, key=lambda stick: stick.name)


class StickChooser(QWidget):
    """``changed`` carries the folder chosen now, or None; looks again every two seconds while it is in sight."""

    changed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._told: Path | None = None
        self._typed = Path(kept) if (kept := desk.memory.get(_MEMORY, "")) else None
        self._sticks: list[Stick] = []
        self._choice = Choice(_("Stick"))
        self._choice.setMinimumWidth(260)
        self._choice.picked.connect(lambda _folder: self._tell())
        self._nothing = label(_("No stick is plugged in. Plug one in; it is found by itself."), "muted")
        self._row = Flow(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._nothing)
        self._row.addWidget(self._choice)
        self._row.addWidget(button(_("Choose a folder…"), self._choose_folder, icon="open"))
        self._timer = QTimer(self, interval=_LOOK_EVERY)
        self._timer.timeout.connect(self.look)
        self.look()

    def add_button(self, button: QWidget) -> None:
        """Put a button of the page at the right end of the line."""
        self._row.add_last(button)

    def folder(self) -> Path | None:
        """Return the folder that is chosen, or None while there is nothing to choose."""
        chosen = self._choice.value()
        return chosen if isinstance(chosen, Path) else None

    def set_folder(self, folder: Path) -> None:
        """Choose any folder, and offer it again next time."""
        self._typed = folder
        self._desk.memory.put(_MEMORY, str(folder))
        self._show(folder)

    def look(self) -> None:
        """Look which sticks there are; a stick that is gone is no longer chosen."""
        self._show(self.folder())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()
        self.look()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _show(self, wanted: Path | None) -> None:
        sticks = plugged_in()
        if self._typed is not None and self._typed.is_dir() and all(s.folder != self._typed for s in sticks):
            sticks.append(
                Stick(self._typed, str(self._typed), QStorageInfo(str(self._typed)).bytesAvailable())
            )
        if [stick.folder for stick in sticks] != [stick.folder for stick in self._sticks] or not self._sticks:
            self._sticks = sticks
            self._choice.set_choices([(stick.folder, stick.word) for stick in sticks])
        if wanted is not None:
            self._choice.set_value(wanted)
        self._choice.setVisible(bool(sticks))
        self._nothing.setVisible(not sticks)
        self._tell()

    def _choose_folder(self) -> None:
        folder = dialogs.choose_folder(self, _("Choose the stick or a folder"))
        if folder is not None:
            self.set_folder(folder)

    def _tell(self) -> None:
        if self.folder() != self._told:
            self._told = self.folder()
            self.changed.emit(self._told)


def _removable(root: str) -> bool:
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(root) == _DRIVE_REMOVABLE)
    return _MOUNTED.fullmatch(root) is not None
