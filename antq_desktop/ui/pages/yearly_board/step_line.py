"""One step of a unit's year: where it stands, what is known of it, what it rests on, and the form to record it in place."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from antq_desktop.domain.yearly_process import StepState
from antq_desktop.runtime.language import _
from antq_desktop.ui.pages.yearly_board import words
from antq_desktop.ui.pages.yearly_board.papers import has_paper
from antq_desktop.ui.pages.yearly_board.step_form import StepForm
from antq_desktop.ui.widgets.buttons import button, hairline, label, restyle
from antq_desktop.ui.widgets.sign import Sign


class StepLine(QWidget):
    """``record_asked``, ``paper_asked`` and ``way_asked`` when the words at its right are pressed; each carries the step's id."""

    record_asked = Signal(str)
    paper_asked = Signal(str)
    way_asked = Signal(str)

    def __init__(self, state: StepState, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = state
        self.form: StepForm | None = None
        self._sign = Sign(size=18)
        self._name = label("", "strong", wrap=True)
        self._word = label("")
        self._facts = label("", wrap=True)
        self._basis = label("", "hint", wrap=True)
        step_id = state.step.id
        self.record = button(_("Record it"), lambda: self.record_asked.emit(step_id), kind="link")
        self.paper = button(_("See the paper"), lambda: self.paper_asked.emit(step_id), kind="link")
        self.way = button(_("Open it"), lambda: self.way_asked.emit(step_id), kind="link")
        self._lay_out()
        self.show_state(state, year)

    def show_state(self, state: StepState, year: int) -> None:
        """Show where the step stands now; an open form stays as it is."""
        self.state = state
        step = state.step
        icon, role = words.SIGNS[state.state]
        self._sign.show_icon(icon, role)
        self._name.setText(step.name)
        self._name.setToolTip(step.note)
        self._word.setText(words.standing(state))
        restyle(self._name, role="muted" if state.state == "not_needed" else "strong")
        restyle(self._word, role=role)
        self._facts.setText(words.facts(state))
        self._facts.setVisible(bool(self._facts.text()))
        self._basis.setText(words.deadline(state, year))
        recorded = step.evidence == "recorded"
        self._offer(self.record, shown=recorded and state.state != "not_needed")
        self.record.setText(_("Correct") if state.on else _("Record it"))
        self._offer(self.paper, shown=has_paper(state))
        self._offer(self.way, shown=not recorded and state.state != "not_needed")
        for made in (self.record, self.paper, self.way):
            made.setAccessibleName(f"{made.text()}: {step.name}")
        self.setAccessibleName(f"{step.name}: {self._word.text()}. {self._facts.text()}")

    def open_form(self, form: StepForm) -> None:
        self.form = form
        self._column.insertWidget(1, form)
        self.record.hide()

    def close_form(self) -> None:
        """Take the form away; what was typed is kept."""
        if self.form is not None:
            self.form.form.keep_draft()
            self.form.hide()
            self.form.deleteLater()
            self.form = None
            self._offer(self.record, shown=True)

    def _offer(self, made: QPushButton, *, shown: bool) -> None:
        made.setVisible(shown and not (made is self.record and self.form is not None))

    def _lay_out(self) -> None:
        told = QVBoxLayout()
        told.setSpacing(2)
        told.addWidget(self._name)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._word, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._facts, 1)
        line.addStretch()
        told.addLayout(line)
        told.addWidget(self._basis)
        ways = QVBoxLayout()
        ways.setSpacing(0)
        for made in (self.record, self.way, self.paper):
            ways.addWidget(made, 0, Qt.AlignmentFlag.AlignRight)
        ways.addStretch()
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._sign, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(told, 0, 1)
        grid.addLayout(ways, 0, 2)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addLayout(grid)
        self._column.addWidget(hairline())
