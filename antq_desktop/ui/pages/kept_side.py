"""One kind of record in the details of a page: its fields, its paper, and the way to remove what was typed by mistake."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.domain.changes import Changes
from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.language import _, sentence
from antq_desktop.services.results import Written
from antq_desktop.ui.pages.paper_box import PaperBox, Papers
from antq_desktop.ui.pages.papers_box import ManyPapers, PapersBox
from antq_desktop.ui.pages.record_editor import RecordEditor
from antq_desktop.ui.pages.said import say
from antq_desktop.ui.pages.sections import Sections
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.buttons import button
from antq_desktop.ui.widgets.field import Field
from antq_desktop.ui.widgets.flow import Flow
from antq_desktop.ui.widgets.page import Page
from antq_desktop.ui.widgets.reason_box import ReasonBox


@dataclass(frozen=True, slots=True)
class KeptKind:
    """How one kind of record is shown and kept. ``name`` is that of its drafts, ``called`` what a record is called.

    ``papers`` is who keeps a paper with it, ``many`` who keeps several; None where there is no room for any.
    """

    name: str
    sections: Sequence[tuple[str, Sequence[Field]]]
    read: Callable[[str], Any]
    write: Callable[[Any], Written[Any]]
    delete: Callable[[str, str], Changes]
    shown: Callable[[Any], dict[str, object]]
    made: Callable[[Any, dict[str, Any]], Any]
    called: Callable[[Any], str]
    papers: Papers | None = None
    many: ManyPapers | None = None


class KeptSide(QWidget):
    """``shown`` carries the record in sight, ``gone`` tells that it was removed, ``finished`` is Enter in the last field."""

    shown = Signal(object)
    gone = Signal()
    finished = Signal()

    def __init__(self, page: Page, kind: KeptKind, *parts: QWidget, parent: QWidget | None = None) -> None:
        """``parts`` stand above the fields; the page hides and fills them itself."""
        super().__init__(parent)
        self._page = page
        self._kind = kind
        self.form = Sections(kind.sections, page.desk)
        self.form.finished.connect(self.finished)
        self._editor: RecordEditor[Any] = RecordEditor(
            page.desk,
            self,
            self.form,
            page.banner,
            name=kind.name,
            read=kind.read,
            write=kind.write,
            shown=kind.shown,
            made=kind.made,
        )
        self.paper = PaperBox(page.desk, kind.papers) if kind.papers is not None else None
        self.papers = PapersBox(page.desk, kind.many) if kind.many is not None else None
        self.reason = ReasonBox(_("Why it is removed"), _("Remove"))
        self.reason.given.connect(self._remove)
        self.reason.hide()
        self._removing = QWidget()
        Flow(self._removing).addWidget(
            button(_("Typed by mistake? Remove it…"), self.reason.ask, kind="link")
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for part in (*parts, self.form):
            column.addWidget(part)
        for box in (self.paper, self.papers):
            if box is not None:
                column.addWidget(box)
                box.kept.connect(self._paper_changed)
                box.failed.connect(self._say)
        column.addWidget(self._removing)
        column.addWidget(self.reason)
        column.addStretch(1)

    @property
    def record(self) -> Any | None:  # noqa: ANN401 - a record of the kind
        """The record in sight; its id is empty until it was first saved."""
        return self._editor.record

    def called(self) -> str:
        """Return what the record in sight is called, or nothing."""
        return self._kind.called(self.record) if self.record is not None else ""

    def open(self, record_id: str) -> None:
        """Read a record and show it."""
        self._editor.open(record_id, self._show)

    def begin(self, record: object) -> None:
        """Show a record that is not saved yet and wait for what is typed."""
        self._editor.begin(record)
        self._show(record)
        self.form.focus_first()

    def save(self, then: Callable[[Any], object] | None = None) -> None:
        """Keep what is typed; afterwards the record is shown, or ``then`` is done with it."""

        def kept(record: object) -> None:
            self._show(record)
            if then is not None:
                then(record)

        self._editor.save(kept)

    def forget(self) -> None:
        """Show nothing any more; what was typed stays a draft."""
        self.form.show_record("", {})
        self._editor.record = None

    def _show(self, record: Any) -> None:  # noqa: ANN401 - a record of the kind
        self.reason.forget()
        self._removing.setVisible(bool(record.id))
        if self.paper is not None:
            self.paper.show_record(record.id, self._kind.called(record), record.paper_sha256)
        if self.papers is not None:
            self.papers.show_record(record.id)
        self.shown.emit(record)

    def _paper_changed(self, record: object) -> None:
        """Go on with the record as it is now; what is typed in the fields stays."""
        self._editor.record = record
        self._show(record)

    def _remove(self, reason: str) -> None:
        record, delete = self.record, self._kind.delete
        if record is not None and record.id:
            self._page.desk.run(
                lambda _progress: delete(record.id, reason), self._removed, self._say, owner=self
            )

    def _removed(self, _changes: object) -> None:
        self._editor.record = None
        self.form.saved()
        self.reason.forget()
        self._page.hide_details()
        self._page.desk.note(_("It was removed."))
        self.gone.emit()

    def _say(self, failure: KnownFailure) -> None:
        say(self._page, State.BAD, sentence(failure))
