"""What stands beside the list: nothing yet, how to begin, why a unit is left out, or the assessment itself."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.assessments.opened import Opened
from antq_desktop.ui.pages.assessments.sheet import Sheet
from antq_desktop.ui.pages.assessments.unit_rows import UnitLine
from antq_desktop.ui.pages.assessments.ways import Ways
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.elided import Elided

_LOW = 380


class Side(QWidget):
    """``begin_asked`` and ``back_asked`` when their buttons are pressed."""

    begin_asked = Signal()
    back_asked = Signal()

    def __init__(self, desk: Desk, ways: Ways, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._line: UnitLine | None = None
        self.sheet = Sheet(desk, ways)
        self._name = label("", "section", wrap=True)
        self._made_with = Elided("hint")
        self._words = label("", "muted", wrap=True)
        self._back = button("", self.back_asked.emit, icon="back", kind="bare", name=_("All units"))
        self._begin = button(_("Begin the assessment"), self.begin_asked.emit, icon="plus")
        self._correct = button(_("Open it in the list of units"), self._go_to_unit, icon="edit", kind="link")
        blank = QVBoxLayout()
        blank.addWidget(self._words)
        for way in (self._begin, self._correct):
            blank.addWidget(way, 0, Qt.AlignmentFlag.AlignLeft)
        blank.addStretch()
        blank.setContentsMargins(0, 8, 0, 0)
        blank.setSpacing(12)
        before = QWidget()
        before.setLayout(blank)
        self._stack = QStackedWidget()
        self._stack.addWidget(before)
        self._stack.addWidget(self.sheet)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._back)
        head.addWidget(self._name, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._made_with)
        column.addWidget(self._stack, 1)

    def show_unit(self, line: UnitLine | None) -> None:
        """Show whose turn it is; its assessment follows by ``show_assessment``."""
        self._line = line
        self._name.setText(line.name if line else "")
        self._fit()
        if line is not None and line.assessment_id is not None:
            return
        self.sheet.settle()
        self._made_with.setText("")
        self._fit()
        self._stack.setCurrentIndex(0)
        self._begin.setVisible(line is not None and line.waits)
        self._correct.setVisible(line is not None and line.row is None)
        self._words.setText(_said_of(line, self._desk.year))

    def show_assessment(self, opened: Opened, decision: str) -> None:
        self._made_with.setText(opened.made_with)
        self._fit()
        self.sheet.show_assessment(opened.kept, opened.catalogue, decision, opened.officials)
        self.sheet.say_moved(opened.moved)
        self._stack.setCurrentWidget(self.sheet)

    def offer_back(self, *, shown: bool) -> None:
        self._back.setVisible(shown)

    def said(self) -> str:
        """Return what is said while there is no assessment."""
        return self._words.text()

    def made_with(self) -> str:
        """Return which criteria the assessment was made with."""
        return self._made_with.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the answers the room in a low window."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._made_with.setVisible(bool(self._made_with.text()) and self.height() >= _LOW)

    def _go_to_unit(self) -> None:
        if self._line is not None:
            self._desk.go("units", unit_id=self._line.key.id)


def _said_of(line: UnitLine | None, year: int) -> str:
    if line is None:
        return _("Choose a unit at the left to see or begin its assessment.")
    if line.row is None:
        return line.left_out
    period = _(
        "The assessment of {year} looks at {first} to {last}. It is not begun yet; what the data knows will be filled in.",
        year=year,
        first=written.day(line.period.first),
        last=written.day(line.period.last),
    )
    if line.key.kind != "commune":
        return period
    return " ".join(
        [period, _("Its figures follow from the units below it: assess and recognise those first.")]
    )
