"""Offers to a new laptop what the receiving unit handed back on the stick."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.language import _, sentence
from antq_desktop.services.recovery.mending_words import as_of
from antq_desktop.services.recovery.rebuilding import Rebuilt
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages import stick_files
from antq_desktop.ui.pages.stick_files import StickFile
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import Banner


class HandedBackOffer(Banner):
    """Hidden unless a stick holds whole logs for this unit."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    def look(self, folder: Path | None) -> None:
        """Look for what was handed back; a laptop that was worked on already is not asked."""
        self.clear()
        if folder is not None:
            self._desk.run(
                lambda _progress: stick_files.found(folder, ("snapshot",)), self._offer, owner=self
            )

    def take(self, files: Sequence[Path]) -> None:
        """Take all of it in, or nothing."""
        rebuilding = self._desk.services.rebuilding
        self._desk.run(
            lambda progress: rebuilding.rebuild(files, progress),
            self._taken,
            self._refused,
            title=_("Taking back the data of this unit"),
            owner=self,
        )

    def _offer(self, found: list[StickFile]) -> None:
        own = self._desk.services.session.unit_code
        files = [file.path for file in found if file.recipient == own]
        if files:
            self.say(
                State.LOOK,
                _("The stick brings back all data of this unit, for a laptop in place of a lost one."),
                (_("Take it back"), lambda: self.take(files)),
            )

    def _taken(self, done: Rebuilt) -> None:
        count = written.number(done.events)
        if done.is_equal is False:
            self.say(
                State.BAD,
                _("The tables differ from those of the receiving unit; call it before work goes on."),
            )
        else:
            self.say(State.GOOD, " ".join([_("{count} changes are here again.", count=count), as_of(done)]))

    def _refused(self, failure: KnownFailure) -> None:
        self.say(State.BAD, sentence(failure))
