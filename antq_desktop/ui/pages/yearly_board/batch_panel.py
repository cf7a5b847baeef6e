"""Records the same step for all chosen units at once, and shows their papers in one file."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.domain.changes import Changes
from antq_desktop.domain.yearly_process import ProcessStep, StepState
from antq_desktop.runtime.language import _
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.yearly.year_standing import BoardRow
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.yearly_board import batch
from antq_desktop.ui.pages.yearly_board.batch import Told
from antq_desktop.ui.pages.yearly_board.board_rows import step
from antq_desktop.ui.pages.yearly_board.papers import has_paper
from antq_desktop.ui.pages.yearly_board.step_form import fields
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.choice import Choice
from antq_desktop.ui.widgets.emptied import empty
from antq_desktop.ui.widgets.flow import Flow
from antq_desktop.ui.widgets.form import Form
from antq_desktop.ui.widgets.in_sight import bring_into_sight
from antq_desktop.ui.widgets.sign import Sign


class BatchPanel(QWidget):
    """``paper_asked`` carries the state of a step whose paper is wanted, and the units that take it."""

    paper_asked = Signal(object, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows: list[BoardRow] = []
        self._steps: dict[str, ProcessStep] = {}
        self._step = Choice(_("Which step"))
        self._step.let_shrink()
        self._step.picked.connect(lambda _step: self._offer())
        self._count = label("", "muted", wrap=True)
        self.form: Form | None = None
        self._place = QVBoxLayout()
        self._save = button(_("Record for all"), self.save, icon="save", kind="main")
        self._paper = button(_("See the papers"), self._ask_paper, icon="print")
        self._said: tuple[Told, ...] = ()
        self._told = QVBoxLayout()
        self._told.setSpacing(4)
        self._lay_out()

    def show_rows(self, rows: Sequence[BoardRow]) -> None:
        """Show the chosen units; the same ones again keep what is being typed and what was told."""
        same = [row.key for row in rows] == [row.key for row in self._rows]
        self._rows = list(rows)
        self._steps = {one.id: one for one in batch.steps_of(rows)}
        self._step.set_choices([(one.id, one.name) for one in self._steps.values()])
        if same:
            self._say_count()
            return
        self._tell(())
        first = next((s for s in self._steps if batch.waiting(self._taking(s), s)), None)
        self._step.set_value(first)
        self._offer()

    def save(self) -> None:
        """Record the step for every chosen unit that has not taken it; a line for each says what became of it."""
        form, step_id = self.form, self._chosen()
        if form is None or not step_id or not form.check():
            return
        board, rows, year, values = self._desk.services.year_board, self._rows, self._desk.year, form.values()

        def work(progress: Progress) -> tuple[list[Told], Changes]:
            return batch.record(board, rows, year, step_id, values=values, progress=progress)

        self._desk.run(work, self._recorded, title=_("Recording a step"), owner=self)

    @property
    def told(self) -> tuple[Told, ...]:
        """What became of each unit when a step was recorded last."""
        return self._said

    def focus_first(self) -> None:
        if self.form is not None:
            self.form.focus_first()

    def _recorded(self, result: tuple[list[Told], Changes]) -> None:
        told, _changes = result
        self._tell(told)
        if self.form is not None:
            wrong = list(batch.findings(told))
            if not wrong:
                self.form.saved()
            self.form.say_findings(wrong)

    def _tell(self, told: Sequence[Told]) -> None:
        self._said = tuple(told)
        empty(self._told)
        for line in told:
            made = _line(line)
            self._told.addWidget(made)
            bring_into_sight(made)

    def _chosen(self) -> str:
        return str(self._step.value() or "")

    def _taking(self, step_id: str) -> list[BoardRow]:
        """Return the chosen units that take a step."""
        return [row for row in self._rows if step(row, step_id) is not None]

    def _offer(self) -> None:
        """Show the fields of the chosen step."""
        if self.form is not None:
            self.form.keep_draft()
        empty(self._place)
        self.form = None
        chosen = self._steps.get(self._chosen())
        self._say_count()
        if chosen is not None:
            self.form = Form(fields(chosen), self._desk)
            self.form.show_record(f"year-steps/{self._desk.year}/{chosen.id}", {})
            self.form.finished.connect(self.save)
            self._place.addWidget(self.form)

    def _say_count(self) -> None:
        step_id = self._chosen()
        todo = [row for row in batch.waiting(self._rows, step_id) if row.excluded_why is None]
        self._count.setText(
            _("{count} of {all} chosen units have not taken it.", count=len(todo), all=len(self._rows))
        )
        self._save.setEnabled(bool(todo))
        taking = self._taking(step_id)
        self._paper.setVisible(bool(taking) and self._state(taking, step_id) is not None)

    def _state(self, rows: Sequence[BoardRow], step_id: str) -> StepState | None:
        state = step(rows[0], step_id)
        return state if state is not None and has_paper(state) else None

    def _ask_paper(self) -> None:
        taking = self._taking(self._chosen())
        state = self._state(taking, self._chosen()) if taking else None
        if state is not None:
            self.paper_asked.emit(state, taking)

    def _lay_out(self) -> None:
        tools = QWidget()
        row = Flow(tools)
        row.addWidget(self._save)
        row.addWidget(self._paper)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(label(_("The same step for all chosen units"), "section", wrap=True))
        column.addWidget(self._step)
        column.addWidget(self._count)
        column.addLayout(self._place)
        column.addWidget(tools)
        column.addLayout(self._told)
        column.addStretch()


def _line(told: Told) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    sign = Sign(size=18)
    sign.show_icon(told.state.icon, told.state.value)
    row.addWidget(sign)
    row.addWidget(label(told.text, wrap=True), 1)
    return line
