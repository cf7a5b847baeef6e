"""What stands beside the list: nothing yet, how to begin, or the assessment itself."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from antq_desktop.domain.assessment import SelfAssessment
from antq_desktop.domain.criteria import Catalogue
from antq_desktop.domain.periods import assessment_period
from antq_desktop.runtime.language import _
from antq_desktop.storage.queries.assessments import AssessmentRow
from antq_desktop.storage.queries.scope import RESIDENTIAL_AREA
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.assessments.sheet import Sheet
from antq_desktop.ui.widgets.buttons import button, label


class Side(QWidget):
    """``begin_asked`` and ``back_asked`` when their buttons are pressed."""

    begin_asked = Signal()
    back_asked = Signal()

    def __init__(self, desk: Desk, see_rows: Callable[[str], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet = Sheet(desk, see_rows)
        self._name = label("", "section", wrap=True)
        self._words = label("", "muted", wrap=True)
        self._back = button("", self.back_asked.emit, icon="back", kind="bare", name=_("All areas"))
        self._begin = button(_("Begin the assessment"), self.begin_asked.emit, icon="plus")
        blank = QVBoxLayout()
        blank.addWidget(self._words)
        blank.addWidget(self._begin, 0, Qt.AlignmentFlag.AlignLeft)
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
        column.addWidget(self._stack, 1)

    def show_unit(self, row: AssessmentRow | None) -> None:
        """Show whose turn it is; its assessment follows by ``show_assessment``."""
        self._name.setText(row.unit_name if row else "")
        if row is not None and row.id is not None:
            return
        self.sheet.settle()
        self._stack.setCurrentIndex(0)
        self._begin.setVisible(row is not None)
        if row is None:
            self._words.setText(_("Choose an area at the left to see or begin its assessment."))
            return
        period = assessment_period(RESIDENTIAL_AREA, row.year)
        self._words.setText(
            _(
                "The assessment of {year} looks at {first} to {last}. It is not begun yet; what the data knows will be filled in.",
                year=row.year,
                first=written.day(period.first),
                last=written.day(period.last),
            )
        )

    def show_assessment(self, kept: SelfAssessment, catalogue: Catalogue, decision: str) -> None:
        self.sheet.show_assessment(kept, catalogue, decision)
        self._stack.setCurrentWidget(self.sheet)

    def offer_back(self, *, shown: bool) -> None:
        self._back.setVisible(shown)
