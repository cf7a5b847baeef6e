"""One form being worded: its texts at the left, the sample paper as it will be printed at the right."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.domain.findings import Finding
from antq_desktop.runtime.language import _, sentence
from antq_desktop.services.papers.form_texts import FormText
from antq_desktop.services.papers.forms import FormRow
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.forms import form_list, text_fields
from antq_desktop.ui.pages.sections import Sections
from antq_desktop.ui.widgets.banner import StateWord
from antq_desktop.ui.widgets.buttons import button
from antq_desktop.ui.widgets.elided import Elided
from antq_desktop.ui.widgets.field import Field, FieldBox
from antq_desktop.ui.widgets.flow import Flow
from antq_desktop.ui.widgets.paper_view import PaperView
from antq_desktop.ui.widgets.scrolled import scrolled

_MILLISECONDS_UNTIL_DRAWN = 450
_ROOM_FOR_BOTH = 760
_TEXTS_WIDTH = 440


class FormEditor(QWidget):
    """``left`` to go back to the list; ``back_asked`` carries the reason to go back to the shipped form."""

    left = Signal()
    back_asked = Signal(str)
    load_asked = Signal()
    write_asked = Signal()
    finished = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._texts: Sequence[FormText] = ()
        self._asked = 0
        self._paper_in_sight = False
        self.row: FormRow | None = None
        self.sections: Sections | None = None
        self.view = PaperView(desk)
        self.reason = FieldBox(
            Field("reason", _("Why the shipped form is used again"), required=True), desk.year
        )
        self.reason.entered.connect(self._ask_back)
        self._timer = QTimer(self, singleShot=True, interval=_MILLISECONDS_UNTIL_DRAWN)
        self._timer.timeout.connect(self.draw)
        self._lay_out()

    @property
    def changed(self) -> dict[str, str]:
        """What was typed and is not saved, by path."""
        return text_fields.changed(self.sections.boxes, self._texts) if self.sections else {}

    @property
    def is_faulty(self) -> bool:
        """Say what cannot be saved under its field; whether there is such a thing."""
        return self.sections is None or not self.sections.check()

    def show_form(self, row: FormRow, texts: Sequence[FormText]) -> None:
        """Show a form; fields that are there already stay, and with them the place and what was typed."""
        same = self.row is not None and self.row.name == row.name
        old = [text.path for text in self._texts]
        self.row, self._texts = row, texts
        self._title.setText(row.title)
        self._state.say(form_list.standing(row), form_list.in_use(row))
        self._back.setVisible(row.own)
        if not row.own:
            self._hide_reason()
        if not same or self.sections is None or old != [text.path for text in texts]:
            self._make_fields()
        assert self.sections is not None  # noqa: S101 - made just now at the latest
        self.sections.show_record(f"form/{row.name}", text_fields.values(texts))
        for box in self.sections.boxes.values():
            box.look_again()
        self.draw()

    def throw_away(self) -> None:
        """Take back what was typed since the last save."""
        if self.sections is not None and self.row is not None:
            self.sections.saved()
            self.show_form(self.row, self._texts)

    def say_findings(self, findings: Sequence[Finding]) -> None:
        if self.sections is not None:
            self.sections.say_findings(findings)

    def draw(self) -> None:
        """Print the sample with what is typed now and show it; a newer wish overtakes an older one."""
        self._timer.stop()
        if self.row is None:
            return
        name, typed, forms = self.row.name, self.changed, self._desk.services.forms
        self._asked += 1
        number = self._asked

        def work(_progress: object) -> bytes:
            with TemporaryDirectory() as folder:
                out = Path(folder) / "sample.pdf"
                forms.sample(name, out, typed)
                return out.read_bytes()

        def done(content: bytes) -> None:
            if number == self._asked:
                self.view.show_content(content, name)

        def failed(failure: KnownFailure) -> None:
            if number == self._asked:
                self.view.say(sentence(failure))

        self._desk.run(work, done, failed, owner=self)

    def focus_first(self) -> None:
        if self.sections is not None and self._texts:
            self.sections.focus_first()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for both, either the texts or the paper is in sight."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        roomy = self.width() >= _ROOM_FOR_BOTH
        self._other.setHidden(roomy)
        self._room.setVisible(roomy or not self._paper_in_sight)
        self.view.setVisible(roomy or self._paper_in_sight)
        self._other.setText(_("Change the texts") if self._paper_in_sight else _("See the paper"))

    def _turn_over(self) -> None:
        self._paper_in_sight = not self._paper_in_sight
        self._make_room()

    def _make_fields(self) -> None:
        self.sections = Sections(text_fields.sections(self._texts), self._desk)
        self.sections.finished.connect(self.finished)
        for box in self.sections.boxes.values():
            box.edited.connect(self._timer.start)
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 12, 0)
        column.addWidget(self.sections)
        self._room.setWidget(held)
        held.setAutoFillBackground(False)

    def _ask_back(self) -> None:
        if self.reason.look_again():
            self.back_asked.emit(self.reason.typed())

    def _show_reason(self) -> None:
        self._going_back.show()
        self.reason.input.setFocus()

    def _hide_reason(self) -> None:
        self._going_back.hide()
        self.reason.set_value("")

    def _lay_out(self) -> None:
        self._title = Elided("section")
        self._state = StateWord()
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(button(_("All forms"), self.left.emit, icon="back"))
        head.addWidget(self._title)
        head.addStretch()
        head.addWidget(self._state)
        self._other = button("", self._turn_over)
        self._back = button(_("Back to the shipped form"), self._show_reason, icon="undo")
        tools = QWidget()
        row = Flow(tools)
        for tool in (
            self._other,
            self._back,
            button(_("Take from a file…"), self.load_asked.emit, icon="import"),
            button(_("Write to a file…"), self.write_asked.emit, icon="export"),
        ):
            row.addWidget(tool)
        self._going_back = QWidget()
        ask = QHBoxLayout(self._going_back)
        ask.setContentsMargins(0, 0, 0, 0)
        ask.setSpacing(8)
        ask.addWidget(self.reason, 1)
        ask.addWidget(
            button(_("Use the shipped form"), self._ask_back, kind="danger"), 0, Qt.AlignmentFlag.AlignBottom
        )
        ask.addWidget(button(_("Do not"), self._hide_reason), 0, Qt.AlignmentFlag.AlignBottom)
        self._going_back.hide()
        self._room: QScrollArea = scrolled(QWidget())
        self._room.setMinimumWidth(280)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(12)
        split.addWidget(self._room)
        split.addWidget(self.view)
        split.setStretchFactor(0, 0)
        split.setStretchFactor(1, 1)
        split.setSizes([_TEXTS_WIDTH, 2 * _TEXTS_WIDTH])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(tools)
        column.addWidget(self._going_back)
        column.addWidget(split, 1)
