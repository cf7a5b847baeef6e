"""Copies an activity to several models: which ones, on which day, and what became of each."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from antq_desktop.domain.activities import ModelActivity
from antq_desktop.runtime.language import _, sentence
from antq_desktop.services.movement.activities import SavedLines
from antq_desktop.services.results import remark
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import Banner
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.emptied import empty
from antq_desktop.ui.widgets.field import Field, FieldBox
from antq_desktop.ui.widgets.flow import Flow


class CopyBox(QWidget):
    """``left`` when the officer goes back to the activity."""

    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._activity: ModelActivity | None = None
        self.banner = Banner()
        self.ticks: dict[str, QCheckBox] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self.on = FieldBox(Field("on", _("Day"), kind="date", required=True, width=160), desk.year)
        self.on.entered.connect(self.copy)
        tools = QWidget()
        row = Flow(tools)
        row.addWidget(button(_("Copy it"), self.copy, icon="save", kind="main"))
        row.addWidget(button(_("Tick all"), self.tick_all))
        row.addWidget(button(_("Back to the activity"), self.left.emit))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(
            label(
                _("Space ticks a model. Each gets an activity of its own, with the same counts."),
                "hint",
                wrap=True,
            )
        )
        column.addWidget(self.banner)
        column.addLayout(self._list)
        column.addWidget(self.on)
        column.addWidget(tools)

    def show_activity(self, activity: ModelActivity, models: Sequence[tuple[object, str]]) -> None:
        """Offer all ``models`` (id, name) but the one that did it."""
        self._activity = activity
        self.banner.clear()
        empty(self._list)
        self.ticks = {
            str(model_id): QCheckBox(name) for model_id, name in models if model_id != activity.model_id
        }
        for tick in self.ticks.values():
            tick.setAccessibleName(tick.text())
            self._list.addWidget(tick)
        self.on.set_value(activity.on)

    def tick_all(self) -> None:
        for tick in self.ticks.values():
            tick.setChecked(True)

    def copy(self) -> None:
        """Record the activity for every model that is ticked."""
        keys = [key for key, tick in self.ticks.items() if tick.isChecked()]
        on = self.on.value()
        if self._activity is None or not self.on.look_again() or not isinstance(on, date):
            return
        if not keys:
            self.banner.say(State.LOOK, _("Tick the models first that did the same."))
            return
        activities, activity_id = self._desk.services.activities, self._activity.id
        self._desk.run(
            lambda _progress: activities.copy(activity_id, keys, on),
            lambda saved: self._told(saved, keys),
            lambda failure: self.banner.say(State.BAD, sentence(failure)),
            owner=self,
        )

    def _told(self, saved: SavedLines, keys: Sequence[str]) -> None:
        """Say how many were kept, and of each other why not; those that were kept are no longer ticked."""
        told = [_("Copied to {count} models.", count=saved.saved)]
        states = [State.GOOD]
        for line, key in zip(saved.lines, keys, strict=True):
            tick = self.ticks[key]
            tick.setChecked(line.record is None)
            found = line.faults or line.warnings
            if found:
                told.append(_("{name}: {what}", name=tick.text(), what=" ".join(map(remark, found))))
                states.append(State.BAD if line.faults else State.LOOK)
        state = next(one for one in (State.BAD, State.LOOK, State.GOOD) if one in states)
        self.banner.say(state, " ".join(told))
