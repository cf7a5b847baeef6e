"""The photos and documents of an activity in its details: attached, looked at, saved, taken off."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.domain.activity_files import ActivityFile
from antq_desktop.domain.changes import Changes
from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.atomic import write_whole
from antq_desktop.runtime.language import _, sentence
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.movement.activity_files import ActivityFiles
from antq_desktop.ui import dialogs
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.community_models.record_line import RecordLine, Way
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import Banner
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.emptied import empty
from antq_desktop.ui.widgets.flow import Flow
from antq_desktop.ui.widgets.reason_box import ReasonBox

_ENDINGS = ("jpg", "jpeg", "png", "pdf", "docx", "xlsx")


class FilesBox(QWidget):
    """``photo_shown`` carries the name of a photo and its smaller picture as JPEG."""

    photo_shown = Signal(str, bytes)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._activity_id = ""
        self._off = ""
        self.lines: dict[str, RecordLine] = {}
        self.banner = Banner()
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self.reason = ReasonBox(_("Why it is taken off"), _("Take it off"))
        self.reason.given.connect(self._take_off)
        self.reason.hide()
        tools = QWidget()
        Flow(tools).addWidget(button(_("Attach photos, documents…"), self.attach, icon="attach"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(_("Photos and documents"), "section"))
        column.addWidget(self.banner)
        column.addLayout(self._list)
        column.addWidget(self.reason)
        column.addWidget(tools)
        column.addWidget(
            label(
                _("Never attach an identity card, nor a paper that names who was helped."), "hint", wrap=True
            )
        )

    def show_activity(self, activity_id: str) -> None:
        """Show the files of an activity; one that is not saved yet has none."""
        if activity_id != self._activity_id:
            self.banner.clear()
            self.reason.forget()
        self._activity_id = activity_id
        self.setVisible(bool(activity_id))
        empty(self._list)
        self.lines = {}
        if activity_id:
            self._read()

    def attach(self) -> None:
        """Ask for files and keep them, each by itself: one that cannot be kept holds up no other."""
        paths = dialogs.choose_files(
            self, _("Photos and documents of the activity"), ((_("Photos and documents"), _ENDINGS),)
        )
        if not paths:
            return
        files, activity_id = self._files, self._activity_id

        def work(progress: Progress) -> tuple[list[str], Changes]:
            refused, changes = [], Changes()
            for place, path in enumerate(paths):
                progress.report(place, len(paths), path.name)
                try:
                    changes = files.attach(activity_id, path).changes
                except KnownFailure as failure:
                    refused.append(sentence(failure))
            return refused, changes

        self._desk.run(work, self._attached, title=_("Attaching files"), owner=self)

    @property
    def _files(self) -> ActivityFiles:
        files: ActivityFiles = self._desk.services.activity_files
        return files

    def _attached(self, done: tuple[list[str], Changes]) -> None:
        refused, _changes = done
        if refused:
            self.banner.say(State.BAD, " ".join(refused))
        else:
            self.banner.clear()
        self._read()

    def _read(self) -> None:
        files, activity_id = self._files, self._activity_id
        self._desk.run(lambda _progress: files.of(activity_id), partial(self._show, activity_id), owner=self)

    def _show(self, activity_id: str, files: list[ActivityFile]) -> None:
        if activity_id != self._activity_id:
            return
        empty(self._list)
        self.lines = {file.id: self._line(file) for file in files}
        for line in self.lines.values():
            self._list.addWidget(line)

    def _line(self, file: ActivityFile) -> RecordLine:
        look: list[Way] = [(_("Look at it"), partial(self._look, file))] if file.copy_sha256 else []
        ways: list[Way] = [
            *look,
            (_("Save as a file…"), partial(self._save, file)),
            (_("Take it off…"), partial(self._ask, file.id)),
        ]
        return RecordLine(file.name, [_("photo") if file.copy_sha256 else _("document")], ways)

    def _look(self, file: ActivityFile) -> None:
        files = self._files
        self._desk.run(
            lambda _progress: files.picture(file.id),
            lambda picture: self.photo_shown.emit(file.name, picture or b""),
            owner=self,
        )

    def _save(self, file: ActivityFile) -> None:
        ending = Path(file.name).suffix.lstrip(".").lower()
        path = dialogs.save_file(self, _("Save as a file"), file.name, ((_("The file"), (ending,)),))
        if path is None:
            return
        files = self._files
        self._desk.run(
            lambda _progress: write_whole(path, files.original(file.id)),
            lambda _nothing: self._desk.note(_("Saved in «{path}».", path=path)),
            owner=self,
        )

    def _ask(self, file_id: str) -> None:
        self._off = file_id
        self.reason.ask()

    def _take_off(self, reason: str) -> None:
        files, file_id = self._files, self._off
        self._desk.run(
            lambda _progress: files.detach(file_id, reason), lambda _changes: self._taken_off(), owner=self
        )

    def _taken_off(self) -> None:
        self.reason.forget()
        self._desk.note(_("It was taken off. The journal keeps that it was there."))
        self._read()
