"""The steps of one unit's year in their order; each is recorded, corrected or taken back in its place."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.domain.yearly_process import StepState
from antq_desktop.domain.yearly_steps import YearStep
from antq_desktop.runtime.language import _, sentence
from antq_desktop.services.results import Invalid, Written, remark
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.yearly_board.step_form import StepForm
from antq_desktop.ui.pages.yearly_board.step_line import StepLine
from antq_desktop.ui.pages.yearly_board.unit_facts import UnitFacts
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.emptied import empty
from antq_desktop.ui.widgets.in_sight import bring_into_sight

Say = Callable[[State, str], None]


class StepsPanel(QWidget):
    """``paper_asked`` and ``way_asked`` carry the state of a step: see its paper, go to where it comes from."""

    paper_asked = Signal(object)
    way_asked = Signal(object)

    def __init__(self, desk: Desk, say: Say, parent: QWidget | None = None) -> None:
        """``say`` tells the page's reader how a deed went."""
        super().__init__(parent)
        self._desk = desk
        self._say = say
        self._facts: UnitFacts | None = None
        self._opened = ""
        self.lines: dict[str, StepLine] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    @property
    def opened(self) -> StepLine | None:
        """The line whose form is open."""
        return self.lines.get(self._opened)

    def show_unit(self, facts: UnitFacts) -> None:
        """Show a unit; the same one again keeps its open form."""
        states = {state.step.id: state for state in facts.row.steps}
        before, self._facts = self._facts, facts
        same = before is not None and (before.key, before.year) == (facts.key, facts.year)
        if same and list(states) == list(self.lines):
            for step_id, line in self.lines.items():
                line.show_state(states[step_id], facts.year)
            return
        self.close_form()
        empty(self._column)
        self.lines = {step_id: self._line(state, facts.year) for step_id, state in states.items()}
        self._column.addStretch()

    def open_form(self, step_id: str) -> None:
        """Record or correct a step; what was typed there before and not saved comes back."""
        line, facts = self.lines.get(step_id), self._facts
        if line is None or facts is None or line.state.step.evidence != "recorded":
            return
        if self._opened != step_id:
            self.close_form()
            self._opened = step_id
            key = f"year-step/{facts.key.kind}/{facts.key.id}/{facts.year}/{step_id}"
            form = StepForm(line.state.step, key, facts.taken.get(step_id), self._desk)
            form.save_asked.connect(self.save)
            form.take_back_asked.connect(self._take_back)
            form.left.connect(self.close_form)
            line.open_form(form)
        if line.form is not None:
            line.form.form.focus_first()
            bring_into_sight(line)

    def close_form(self) -> bool:
        """Close the open form and keep what was typed; return whether there was one."""
        line = self.opened
        self._opened = ""
        if line is None:
            return False
        line.close_form()
        line.record.setFocus()
        return True

    def save(self, *, and_next: bool = False) -> None:
        """Keep what was typed; with ``and_next`` the form of the next step opens then."""
        line, facts = self.opened, self._facts
        if line is None or line.form is None or facts is None or not line.form.form.check():
            return
        board, step_id, values = self._desk.services.year_board, line.state.step.id, line.form.values()
        on = values.pop("on")
        self._desk.run(
            lambda _progress: board.record(facts.key, facts.year, step_id, on, **values),
            partial(self._saved, line, step_id, and_next=and_next),
            partial(self._refused, line),
            owner=line,
        )

    def _saved(self, line: StepLine, step_id: str, written: Written[YearStep], *, and_next: bool) -> None:
        if line.form is not None:
            line.form.form.saved()
        if self._facts is not None:
            self._facts = _with(self._facts, step_id, written.record)
        self.close_form()
        self._desk.note(_("Saved."))
        if written.warnings:
            self._say(State.LOOK, " ".join(remark(finding) for finding in written.warnings))
        if and_next:
            self._open_after(step_id)

    def _open_after(self, step_id: str) -> None:
        order = list(self.lines)
        for later in order[order.index(step_id) + 1 :]:
            state = self.lines[later].state
            if state.step.evidence == "recorded" and state.state not in ("done", "not_needed"):
                self.open_form(later)
                return

    def _refused(self, line: StepLine, failure: KnownFailure) -> None:
        if isinstance(failure, Invalid) and line.form is not None:
            form = line.form.form
            form.say_findings(failure.findings)
            named = [finding.field for finding in failure.findings if finding.field in form.boxes]
            if named:
                form.boxes[named[0]].input.setFocus()
                return
        self._say(State.BAD, sentence(failure))

    def _take_back(self, reason: str) -> None:
        line, facts = self.opened, self._facts
        if line is None or facts is None:
            return
        board, step_id = self._desk.services.year_board, line.state.step.id
        self._desk.run(
            lambda _progress: board.take_back(facts.key, facts.year, step_id, reason),
            lambda _changes: self._taken_back(line),
            lambda failure: self._say(State.BAD, sentence(failure)),
            owner=line,
        )

    def _taken_back(self, line: StepLine) -> None:
        if line.form is not None:
            line.form.form.saved()
        self.close_form()
        self._desk.note(_("The step was taken back."))

    def _line(self, state: StepState, year: int) -> StepLine:
        line = StepLine(state, year)
        line.record_asked.connect(self.open_form)
        line.paper_asked.connect(lambda _id: self.paper_asked.emit(line.state))
        line.way_asked.connect(lambda _id: self.way_asked.emit(line.state))
        self._column.addWidget(line)
        return line


def _with(facts: UnitFacts, step_id: str, record: YearStep) -> UnitFacts:
    return replace(facts, taken={**facts.taken, step_id: record})
