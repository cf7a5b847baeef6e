"""The scans and photographs that belong to the record in the details, as many as there are: attached, looked at, taken off."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.language import _
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.results import Written
from antq_desktop.ui import dialogs
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.commitments.scan_view import ScanView
from antq_desktop.ui.pages.community_models.record_line import RecordLine
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.emptied import empty
from antq_desktop.ui.widgets.flow import Flow


class Paper(Protocol):
    """One file as it is listed."""

    @property
    def sha256(self) -> str: ...
    @property
    def name(self) -> str: ...


class ManyPapers(Protocol):
    """What keeps several papers with a record of its kind."""

    def papers(self, record_id: str) -> Sequence[Paper]: ...
    def add_paper(self, record_id: str, path: Path) -> Written[Any]: ...
    def remove_paper(self, record_id: str, sha256: str) -> Written[Any]: ...


class PapersBox(QWidget):
    """``kept`` carries the record as it is afterwards, ``failed`` why a file was not kept or taken off."""

    kept = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, papers: ManyPapers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._papers = papers
        self._record_id = ""
        self.lines: dict[str, RecordLine] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        tools = QWidget()
        Flow(tools).addWidget(button(_("Attach…"), self.attach, icon="attach"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(_("Papers and photographs"), "section"))
        column.addLayout(self._list)
        column.addWidget(tools)
        column.addWidget(label(_("Plan, minutes, photographs; never an identity card."), "hint", wrap=True))

    def show_record(self, record_id: str) -> None:
        """Show the papers of this record; one that is not saved yet has none."""
        if record_id != self._record_id:
            self._record_id = record_id
            self._show(record_id, ())
        self.setVisible(bool(record_id))
        if record_id:
            self._desk.run(
                lambda _progress: self._papers.papers(record_id),
                partial(self._show, record_id),
                self.failed.emit,
                owner=self,
            )

    def attach(self) -> None:
        """Ask for files and keep them; one that cannot be kept holds up no other."""
        kinds = ((_("Scans and photographs"), ("pdf", "jpg", "jpeg", "png")),)
        paths = dialogs.choose_files(self, _("Which scans or photographs? Never an identity card"), kinds)
        record_id, papers = self._record_id, self._papers

        def work(progress: Progress) -> tuple[Written[Any] | None, KnownFailure | None]:
            written, refused = None, None
            for place, path in enumerate(paths):
                progress.report(place, len(paths), path.name)
                try:
                    written = papers.add_paper(record_id, path)
                except KnownFailure as failure:
                    refused = failure
            return written, refused

        if paths:
            self._desk.run(work, self._attached, title=_("Attaching files"), owner=self)

    def look(self, paper: Paper) -> None:
        ScanView(self._desk, paper.name, paper.sha256, self.window()).open()

    def take_off(self, paper: Paper) -> None:
        text = _("The file of «{name}» is taken off and deleted.", name=paper.name)
        if dialogs.confirm(self, _("Take the file off"), text, _("Take the file off"), dangerous=True):
            record_id, papers = self._record_id, self._papers
            self._desk.run(
                lambda _progress: papers.remove_paper(record_id, paper.sha256),
                lambda written: self.kept.emit(written.record),
                self.failed.emit,
                owner=self,
            )

    def _attached(self, done: tuple[Written[Any] | None, KnownFailure | None]) -> None:
        written, refused = done
        if written is not None:
            self.kept.emit(written.record)
        if refused is not None:
            self.failed.emit(refused)

    def _show(self, record_id: str, papers: Sequence[Paper]) -> None:
        if record_id != self._record_id:
            return
        empty(self._list)
        self.lines = {paper.sha256: self._line(paper) for paper in papers}
        for line in self.lines.values():
            self._list.addWidget(line)

    def _line(self, paper: Paper) -> RecordLine:
        ways = [
            (_("Look at it"), partial(self.look, paper)),
            (_("Take it off…"), partial(self.take_off, paper)),
        ]
        return RecordLine(paper.name, (), ways)
