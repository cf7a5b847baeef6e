"""Copies an activity to several models: which ones, on which day, and what became of each."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from antq_desktop.domain.activities import ModelActivity
from antq_desktop.runtime.language import _, sentence
from antq_desktop.services.activities import SavedLines
from antq_desktop.services.results import remark
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import Banner
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.field import Field, FieldBox
from antq_desktop.ui.widgets.flow import Flow

_ID = Qt.ItemDataRole.UserRole
_LEAST_HEIGHT = 160


class CopyBox(QWidget):
    """``left`` when the officer goes back to the activity."""

    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._activity: ModelActivity | None = None
        self.banner = Banner()
        self.models = QListWidget()
        self.models.setAccessibleName(_("Models to copy it to"))
        self.models.setMinimumHeight(_LEAST_HEIGHT)
        self.on = FieldBox(Field("on", _("Day"), kind="date", required=True, width=160), desk.year)
        self.on.entered.connect(self.copy)
        tools = QWidget()
        row = Flow(tools)
        row.addWidget(button(_("Copy it"), self.copy, icon="save", kind="main"))
        row.addWidget(button(_("All of them"), self.tick_all))
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
        for part in (self.banner, self.models, self.on, tools):
            column.addWidget(part)

    def show_activity(self, activity: ModelActivity, models: Sequence[tuple[object, str]]) -> None:
        """Offer all ``models`` (id, name) but the one that did it."""
        self._activity = activity
        self.banner.clear()
        self.models.clear()
        for model_id, name in models:
            if model_id != activity.model_id:
                item = QListWidgetItem(name)
                item.setData(_ID, model_id)
                item.setFlags(
                    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
                )
                item.setCheckState(Qt.CheckState.Unchecked)
                self.models.addItem(item)
        self.models.setCurrentRow(0)
        self.on.set_value(activity.on)

    def tick_all(self) -> None:
        for item in self._items():
            item.setCheckState(Qt.CheckState.Checked)

    def copy(self) -> None:
        """Record the activity for every model that is ticked."""
        ticked = [item for item in self._items() if item.checkState() is Qt.CheckState.Checked]
        on = self.on.value()
        if self._activity is None or not self.on.look_again() or not isinstance(on, date):
            return
        if not ticked:
            self.banner.say(State.LOOK, _("Tick the models first that did the same."))
            return
        activities, activity_id = self._desk.services.activities, self._activity.id
        keys = [str(item.data(_ID)) for item in ticked]
        names = [item.text() for item in ticked]
        self._desk.run(
            lambda _progress: activities.copy(activity_id, keys, on),
            lambda saved: self._told(saved, names),
            lambda failure: self.banner.say(State.BAD, sentence(failure)),
            owner=self,
        )

    def _told(self, saved: SavedLines, names: Sequence[str]) -> None:
        """Say how many were kept, and of each other why not."""
        told = [_("Copied to {count} models.", count=saved.saved)]
        faulty = warned = False
        for line, name in zip(saved.lines, names, strict=True):
            found = line.faults or line.warnings
            if found:
                told.append(_("{name}: {what}", name=name, what=" ".join(map(remark, found))))
            faulty, warned = faulty or bool(line.faults), warned or bool(line.warnings)
        state = State.BAD if faulty else State.LOOK if warned else State.GOOD
        self.banner.say(state, " ".join(told))
        for item, line in zip(
            [item for item in self._items() if item.checkState() is Qt.CheckState.Checked],
            saved.lines,
            strict=True,
        ):
            if line.record is not None:
                item.setCheckState(Qt.CheckState.Unchecked)

    def _items(self) -> list[QListWidgetItem]:
        return [self.models.item(place) for place in range(self.models.count())]
