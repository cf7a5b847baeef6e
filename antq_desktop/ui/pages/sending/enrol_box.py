"""How this laptop becomes known to the upper level: request and sheet, then the file that comes back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.services.commune_side.sending import Enrolment
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import StateWord
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.flow import Flow

_ASKED = "enrolment-asked"


class EnrolBox(QWidget):
    """Three steps, each with where it stands; shown until the laptop is enrolled."""

    request_asked = Signal()
    sheet_asked = Signal()
    file_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.made: Enrolment | None = None
        self._steps = [StateWord() for _step in range(3)]
        self._number = label("", "figure", wrap=True)
        self._number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._about = label(
            _("Read this number out to the receiving unit. It stands on the sheet alone, never in the file."),
            "muted",
            wrap=True,
        )
        self._request = button(_("Make the request"), self.request_asked.emit, icon="key")
        self._sheet = button(_("Print the sheet"), self.sheet_asked.emit, icon="print")
        self._take = button(_("Choose the file that came back…"), self.file_asked.emit, icon="open")
        buttons = QWidget()
        row = Flow(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        for part in (self._request, self._sheet, self._take):
            row.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(_("Make this laptop known to the receiving unit"), "section"))
        for step in self._steps:
            column.addWidget(step)
        column.addWidget(self._number)
        column.addWidget(self._about)
        column.addWidget(buttons)
        self._show_steps()

    def show_state(self, *, enrolled: bool) -> None:
        """Show where the enrolment stands."""
        self.setVisible(not enrolled)
        if enrolled:
            self._desk.memory.drop(_ASKED)
            self.made = None
        self._show_steps()

    def _show_steps(self) -> None:
        asked = bool(self._desk.memory.get(_ASKED, ""))
        words = (
            _("1. Put the request on the stick and print its sheet"),
            _("2. Bring both to the receiving unit and read the check number to each other"),
            _("3. Take in the file that comes back on the stick"),
        )
        for place, (step, word) in enumerate(zip(self._steps, words, strict=True)):
            done = asked and place == 0
            step.say(State.GOOD if done else State.NONE, word)
        made = self.made is not None
        self._number.setText(self.made.check_number.replace("-", "  ") if self.made else "")
        for widget in (self._number, self._about, self._sheet):
            widget.setVisible(made)
        self._request.setText(_("Make another request") if asked else _("Make the request"))
        self._take.setVisible(asked)

    def show_made(self, made: Enrolment) -> None:
        """Show the number of a request that was just written."""
        self.made = made
        self._desk.memory.put(_ASKED, made.path.name)
        self.show_state(enrolled=False)

    def number(self) -> str:
        return self._number.text()
