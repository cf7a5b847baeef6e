"""The scan or photograph that belongs to the record in the details: attached, looked at, replaced, taken off."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.services.results import Written
from antq_desktop.ui import dialogs
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.commitments.scan_view import ScanView
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.flow import Flow


class Papers(Protocol):
    """What keeps one paper with a record of its kind."""

    def attach_paper(self, record_id: str, path: Path) -> Written[Any]: ...
    def detach_paper(self, record_id: str) -> Written[Any]: ...


class PaperBox(QWidget):
    """``kept`` carries the record as it is afterwards, ``failed`` why nothing was changed."""

    kept = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, papers: Papers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._papers = papers
        self._record_id = ""
        self._name = ""
        self._sha256: str | None = None
        self._said = label("", "hint", wrap=True)
        self._attach = button("", self.attach, icon="attach")
        self._look = button(_("Look at it"), self.look, icon="open")
        self._take_off = button(_("Take it off…"), self.take_off, icon="delete")
        tools = QWidget()
        row = Flow(tools)
        for made in (self._look, self._attach, self._take_off):
            row.addWidget(made)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(_("Paper or photograph"), "section"))
        column.addWidget(self._said)
        column.addWidget(tools)

    def show_record(self, record_id: str, name: str, sha256: str | None) -> None:
        """Speak of the paper of this record; one that is not saved yet has none."""
        self._record_id, self._name, self._sha256 = record_id, name, sha256
        self.setVisible(bool(record_id))
        there = sha256 is not None
        self._look.setVisible(there)
        self._take_off.setVisible(there)
        word = _("Attach another one instead…") if there else _("Attach…")
        self._attach.setText(word)
        self._attach.setAccessibleName(word)
        self._said.setText(
            _("A file is attached.") if there else _("A scan or a photograph; never an identity card.")
        )

    def attach(self) -> None:
        """Ask for a file and keep it with the record, in the place of one that is there."""
        kinds = ((_("Scans and photographs"), ("pdf", "jpg", "jpeg", "png")),)
        path = dialogs.choose_file(self, _("Which scan or photograph? Never an identity card"), kinds)
        if path is not None:
            self._run(partial(self._papers.attach_paper, self._record_id, path), _("The file is kept."))

    def look(self) -> None:
        if self._sha256 is not None:
            ScanView(self._desk, self._name, self._sha256, self.window()).open()

    def take_off(self) -> None:
        text = _("The file of «{name}» is taken off and deleted.", name=self._name)
        if dialogs.confirm(self, _("Take the file off"), text, _("Take the file off"), dangerous=True):
            self._run(partial(self._papers.detach_paper, self._record_id), _("The file was taken off."))

    def _run(self, work: Callable[[], Written[Any]], said: str) -> None:
        def done(written: Written[Any]) -> None:
            self.kept.emit(written.record)
            self._desk.note(said)

        self._desk.run(lambda _progress: work(), done, self.failed.emit, owner=self)
