"""Leads through several steps: their names at the left, going back loses nothing, the last shows what came of it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.ui import dialogs
from antq_desktop.ui.widgets.buttons import button, hairline, label, restyle
from antq_desktop.ui.widgets.sign import Sign


class Step(QWidget):
    """One step; made once and kept, so that going back finds everything as it was.

    Set ``next_word`` for the button that leads on; a step with ``is_last`` shows results and has no way back.
    """

    readiness_changed = Signal()
    stayed = Signal()
    is_last = False

    def __init__(self, title: str, sentence: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.sentence = sentence
        self.next_word = ""

    def enter(self) -> None:
        """Show what the steps before have found; called each time the step comes into sight."""

    def is_ready(self) -> bool:
        """Tell whether the way on is open; emit ``readiness_changed`` when that changes."""
        return True

    def proceed(self, go_on: Callable[[], None]) -> None:
        """Do what must be done before the next step, now or on the lane, then call ``go_on``.

        When it cannot be done, say why on the step and emit ``stayed``; the buttons are shut until one of the two.
        """
        go_on()

    def can_go_back(self) -> bool:
        return not self.is_last


class _StepName(QWidget):
    def __init__(self, number: int, title: str) -> None:
        super().__init__()
        self._number = label(str(number), "muted")
        self._number.setFixedWidth(18)
        self._number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._tick = Sign("tick", "accent")
        self._title = label(title, wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 6)
        row.setSpacing(10)
        row.addWidget(self._number)
        row.addWidget(self._tick)
        row.addWidget(self._title, 1)

    def show_place(self, *, done: bool, now: bool) -> None:
        self._tick.setVisible(done)
        self._number.setVisible(not done)
        restyle(self._title, role="strong" if now else "muted")
        restyle(self._number, role="strong" if now else "muted")


class Wizard(QDialog):
    """``ended`` when the last step was closed; leaving earlier asks first once something was begun."""

    ended = Signal()

    def __init__(self, title: str, steps: Sequence[Step], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._steps = list(steps)
        self._place = 0
        self._busy = False
        self._title = label("", "title")
        self._sentence = label("", "muted", wrap=True)
        self._stack = QStackedWidget()
        self._names = [_StepName(number, step.title) for number, step in enumerate(self._steps, 1)]
        self._back = button(_("Back"), self.go_back, icon="back")
        self._leave = button(_("Leave"), self.reject, kind="bare")
        self._next = button("", self.go_on, kind="main")
        for step in self._steps:
            self._stack.addWidget(step)
            step.readiness_changed.connect(self._look)
            step.stayed.connect(self._stay)
        self._lay_out(title)
        room = self.screen().availableGeometry().size()
        self.resize(QSize(980, 640).boundedTo(QSize(room.width() - 16, room.height() - 48)))
        self._show(0)

    @property
    def step(self) -> Step:
        """The step in sight."""
        return self._steps[self._place]

    def go_on(self) -> None:
        """Lead on to the next step, or end at the last."""
        if self._busy or not self.step.is_ready():
            return
        if self._place == len(self._steps) - 1:
            self.ended.emit()
            self.accept()
            return
        self._busy = True
        self._look()
        self.step.proceed(self._next_step)

    def go_back(self) -> None:
        if self._place > 0 and self.step.can_go_back():
            self._show(self._place - 1)

    def reject(self) -> None:
        """Leave by Esc or by closing the window; asks first when something would be lost."""
        begun = 0 < self._place < len(self._steps) - 1
        if begun and not dialogs.confirm(
            self,
            _("Leave before the end?"),
            _("Nothing was done yet. What was chosen in the steps is not kept."),
            _("Leave"),
            dangerous=True,
        ):
            return
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on()
            return
        super().keyPressEvent(event)

    def _stay(self) -> None:
        self._busy = False
        self._look()

    def _next_step(self) -> None:
        self._show(min(self._place + 1, len(self._steps) - 1))

    def _show(self, place: int) -> None:
        self._place = place
        self._busy = False
        self._title.setText(self.step.title)
        self._sentence.setText(self.step.sentence)
        self._sentence.setVisible(bool(self.step.sentence))
        self._stack.setCurrentWidget(self.step)
        self.step.enter()
        for number, name in enumerate(self._names):
            name.show_place(done=number < place, now=number == place)
        self._look()

    def _look(self) -> None:
        last = self._place == len(self._steps) - 1
        self._next.setText(self.step.next_word or (_("Close") if last else _("Continue")))
        self._next.setAccessibleName(self._next.text())
        self._next.setEnabled(self.step.is_ready() and not self._busy)
        self._back.setVisible(self._place > 0 and self.step.can_go_back())
        self._back.setEnabled(not self._busy)
        self._leave.setVisible(not last)

    def _lay_out(self, title: str) -> None:
        rail = QFrame()
        rail.setObjectName("steps")
        rail.setFixedWidth(224)
        names = QVBoxLayout(rail)
        names.setContentsMargins(0, 20, 0, 16)
        names.setSpacing(2)
        heading = label(title, "section", wrap=True)
        heading.setContentsMargins(16, 0, 12, 12)
        names.addWidget(heading)
        for name in self._names:
            names.addWidget(name)
        names.addStretch()
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 12, 24, 12)
        foot.setSpacing(8)
        foot.addWidget(self._leave)
        foot.addStretch()
        foot.addWidget(self._back)
        foot.addWidget(self._next)
        body = QVBoxLayout()
        body.setContentsMargins(24, 20, 24, 12)
        body.setSpacing(4)
        body.addWidget(self._title)
        body.addWidget(self._sentence)
        body.addSpacing(8)
        body.addWidget(self._stack, 1)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addLayout(body, 1)
        column.addWidget(hairline())
        column.addLayout(foot)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(rail)
        whole.addLayout(column, 1)
