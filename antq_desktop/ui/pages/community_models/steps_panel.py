"""The life of a model in its details: the steps it took, and the next one with what that step asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from antq_desktop.domain.changes import Changes
from antq_desktop.domain.model_lifecycle import LifeStep, ModelStep, StepChoice
from antq_desktop.domain.model_parts import ModelPart
from antq_desktop.runtime.language import _
from antq_desktop.services.movement.model_lives import ModelLives, TakenStep
from antq_desktop.services.results import Written
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.community_models.record_line import RecordLine
from antq_desktop.ui.pages.community_models.refusals import refusing, tell_warnings
from antq_desktop.ui.widgets.banner import Banner
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.choice import Choice
from antq_desktop.ui.widgets.emptied import empty
from antq_desktop.ui.widgets.field import Field
from antq_desktop.ui.widgets.flow import Flow
from antq_desktop.ui.widgets.form import Form
from antq_desktop.ui.widgets.reason_box import ReasonBox


@dataclass(frozen=True, slots=True)
class _Life:
    steps: list[ModelStep]
    choices: tuple[StepChoice, ...]
    parts: list[ModelPart]


class StepsPanel(QWidget):
    """``changed`` when a step was recorded or taken back: the model stands otherwise now."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._model_id = ""
        self._life = _Life([], (), [])
        self.banner = Banner()
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self.lines: list[RecordLine] = []
        self.reason = ReasonBox(_("Why it is taken back"), _("Take back"))
        self.reason.given.connect(self._take_back)
        self.reason.hide()
        self.next = Choice(_("Next step"))
        self.next.let_shrink()
        self.next.picked.connect(lambda _step: self._ask())
        self.late = QCheckBox(_("A step of earlier, recorded late"))
        self.late.clicked.connect(self._offer)
        self.form: Form | None = None
        self._slot = QVBoxLayout()
        self._keep = button(_("Record the step"), self.save, icon="save", kind="main")
        self._next_part = QWidget()
        asked = QVBoxLayout(self._next_part)
        asked.setContentsMargins(0, 0, 0, 0)
        asked.setSpacing(8)
        tools = QWidget()
        Flow(tools).addWidget(self._keep)
        for part in (label(_("Next step"), "section"), self.next, self.late):
            asked.addWidget(part)
        asked.addLayout(self._slot)
        asked.addWidget(tools)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.banner)
        column.addWidget(label(_("Steps taken"), "section"))
        column.addLayout(self._list)
        column.addWidget(self.reason)
        column.addWidget(self._next_part)

    @property
    def offered(self) -> list[str]:
        """The ids of the steps that can be chosen now."""
        return [str(self.next.itemData(place)) for place in range(self.next.count())]

    def show_model(self, model_id: str) -> None:
        """Show the life of a model; another one than before begins with the steps that can follow."""
        if model_id != self._model_id:
            self.banner.clear()
            self.reason.forget()
            self.late.setChecked(False)
        self._model_id = model_id
        if not model_id:
            return
        lives = self._lives
        self._desk.run(
            lambda _progress: _Life(lives.steps(model_id), lives.choices(model_id), lives.parts(model_id)),
            partial(self._show, model_id),
            owner=self,
        )

    def save(self) -> None:
        step = self._step
        if self.form is None or step is None or not self.form.check():
            return
        values: dict[str, Any] = self.form.values()
        on, lives, model_id, form = values.pop("on"), self._lives, self._model_id, self.form
        self._desk.run(
            lambda _progress: lives.take_step(model_id, step.id, on, **values),
            partial(self._taken, form),
            refusing(self.banner, form),
            owner=self,
        )

    @property
    def _lives(self) -> ModelLives:
        lives: ModelLives = self._desk.services.model_lives
        return lives

    @property
    def _step(self) -> LifeStep | None:
        chosen = self.next.value()
        return next((choice.step for choice in self._life.choices if choice.step.id == chosen), None)

    def _show(self, model_id: str, life: _Life) -> None:
        if model_id != self._model_id:
            return
        self._life = life
        names = {choice.step.id: choice.step.name for choice in life.choices}
        empty(self._list)
        self.lines = [
            self._line(step, names.get(step.step, step.step), last=step is life.steps[-1])
            for step in life.steps
        ]
        for line in self.lines:
            self._list.addWidget(line)
        if not self.lines:
            self._list.addWidget(label(_("No step was recorded yet."), "muted", wrap=True))
        self._offer()

    def _line(self, step: ModelStep, name: str, *, last: bool) -> RecordLine:
        facts = [written.day(step.on), step.number, step.by, step.reason]
        return RecordLine(name, facts, [(_("Take back…"), self.reason.ask)] if last else [])

    def _offer(self) -> None:
        """Offer the steps that can follow now, or every step where an earlier one is recorded late."""
        late = self.late.isChecked()
        free = [choice.step for choice in self._life.choices if late or choice.why_not is None]
        self.next.set_choices([(step.id, step.name) for step in free])
        # A closed model has no next step; an earlier one may still be written down.
        for part in (self.next, self._keep):
            part.setVisible(bool(free))
        self._ask()

    def _ask(self) -> None:
        """Ask for what the chosen step needs; what was typed for it before comes back."""
        if self.form is not None:
            self.form.keep_draft()
        empty(self._slot)
        self.form = None
        step = self._step
        if step is None:
            return
        if step.note:
            self._slot.addWidget(label(step.note, "hint", wrap=True))
        going_on = [part for part in self._life.parts if part.valid_to is None]
        self.form = Form(fields(step, going_on), self._desk)
        self.form.show_record(f"model-step/{self._model_id}/{step.id}", {})
        self.form.finished.connect(self.save)
        self._slot.addWidget(self.form)

    def _taken(self, form: Form, kept: Written[TakenStep]) -> None:
        form.saved()
        self.late.setChecked(False)
        tell_warnings(self.banner, kept.warnings)
        self._desk.note(_("The step was recorded."))
        self.changed.emit()

    def _take_back(self, reason: str) -> None:
        step_id, lives = self._life.steps[-1].id, self._lives
        self._desk.run(
            lambda _progress: lives.take_back(step_id, reason),
            self._taken_back,
            refusing(self.banner),
            owner=self,
        )

    def _taken_back(self, _changes: Changes) -> None:
        self.reason.forget()
        self.banner.clear()
        self._desk.note(_("The step was taken back."))
        self.changed.emit()


def fields(step: LifeStep, going_on: Sequence[ModelPart]) -> list[Field]:
    """Return what is asked when ``step`` is recorded: a document and a reason only where the step has them."""
    asked = [Field("on", _("Day"), kind="date", required=True, width=160)]
    if step.paper != "none":
        asked.append(Field("number", _("Document number"), required=step.paper == "needed"))
    asked.append(Field("by", _("By which body"), hint=_("The body or meeting, never the name of a person")))
    if step.needs_reason:
        asked.append(Field("reason", _("Why"), required=True))
    if step.fills == "closing" and going_on:
        names = ", ".join(part.name for part in going_on[:3]) + (", …" if len(going_on) > 3 else "")
        word = _("All sites and groups end on the same day")
        asked.append(Field("end_parts", word, kind="check", hint=_("Still going on: {names}.", names=names)))
    return asked
