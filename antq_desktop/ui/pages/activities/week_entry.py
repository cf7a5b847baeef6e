"""A week of activities typed from the keyboard alone: one line a model, the counts that the kind decides."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.domain.activities import ActivityCatalogue, ModelActivity
from antq_desktop.runtime.language import _
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.movement.activities import SavedLines
from antq_desktop.services.movement.community_models import CommunityModels
from antq_desktop.services.results import Written, remark
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.activities import week_lines
from antq_desktop.ui.pages.activities.week_lines import Week, WeekRead
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import Banner
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.choice import Choice
from antq_desktop.ui.widgets.emptied import empty
from antq_desktop.ui.widgets.entry_grid import EntryGrid
from antq_desktop.ui.widgets.flow import Flow

_LETTERS_OF_A_KIND = 22
_ROOM_FOR_THE_COUNT = 280


class WeekEntry(QWidget):
    """``counted`` carries how many activities of the kind are kept in the week."""

    counted = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._catalogue: ActivityCatalogue = desk.services.catalogues.activities
        self.week = Week.of(desk.services.session.today())
        self._shown = (self.week, "")
        self._found = WeekRead([], [])
        self._usual_day: date | None = None
        self._known: dict[str, str] = {}
        self._more: dict[str, int] = {}
        kinds = tuple((kind.id, kind.name) for kind in self._catalogue.kinds.values())
        self.kind = Choice(_("Kind of activity"), kinds)
        self.kind.let_shrink()
        self.kind.setMinimumContentsLength(_LETTERS_OF_A_KIND)
        self.kind.picked.connect(lambda _kind: self.read())
        self.title = label("", "section")
        self.said = label("", "muted", wrap=True)
        self.banner = Banner()
        self._slot = QVBoxLayout()
        self.grid = self._made()
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the lines take the place of how many are kept."""
        super().resizeEvent(event)
        self.said.setVisible(self.height() >= _ROOM_FOR_THE_COUNT)

    def read(self) -> None:
        """Show the week and the kind that are chosen; what was typed and not saved comes back."""
        self.leave()
        self.title.setText(
            _(
                "Week {first} – {last}",
                first=written.day(self.week.first),
                last=written.day(self.week.last),
            )
        )
        week, kind, models = self.week, str(self.kind.value()), self._models
        self._more.clear()
        self._desk.run(
            lambda _progress: week_lines.read(models, week, kind),
            partial(self._show, week, kind),
            owner=self,
        )

    def leave(self) -> None:
        """Leave the line that is being typed: it is saved, or kept as a draft where it has a fault."""
        self.grid.view.setCurrentIndex(QModelIndex())

    def turn(self, weeks: int) -> None:
        self.week = self.week.moved(weeks)
        self.read()

    def another(self) -> None:
        """Add an empty line for the model of the current one, which did the same kind of thing twice in the week."""
        place = self.grid.view.currentIndex().row()
        if place < 0:
            return
        key = self.grid.lines.key(place)
        model_id = week_lines.model_of(key, self._found)
        self.leave()
        week, kind, models = self.week, str(self.kind.value()), self._models
        self._more[model_id] = self._more.get(model_id, 0) + 1
        self._desk.run(
            lambda _progress: week_lines.read(models, week, kind),
            partial(self._show_more, week, kind, model_id),
            owner=self,
        )

    @property
    def _models(self) -> CommunityModels:
        models: CommunityModels = self._desk.services.community_models
        return models

    def _made(self) -> EntryGrid:
        kind = str(self.kind.value())
        grid = EntryGrid(
            week_lines.columns(self._catalogue, kind),
            self._save,
            self._desk,
            name="activities",
            check=lambda values: week_lines.fault(values, self._usual_day, self._shown[0]),
            save_many=self._save_many,
        )
        grid.view.setAccessibleName(_("Activities of the models, line by line"))
        grid.saved.connect(self._after_saving)
        self._slot.addWidget(grid)
        return grid

    def _show(self, week: Week, kind: str, found: WeekRead) -> None:
        if (week, kind) != (self.week, self.kind.value()):
            return
        self.banner.clear()
        self._known.clear()
        if (week, kind) != self._shown:
            self._usual_day = None
        self._found, self._shown = found, (week, kind)
        empty(self._slot)
        self.grid = self._made()
        self.grid.set_lines(week_lines.lines(found, week, kind, self._more))
        self._tell()

    def _show_more(self, week: Week, kind: str, model_id: str, found: WeekRead) -> None:
        self._show(week, kind, found)
        places = [
            place for place, key in enumerate(self.grid.lines.keys()) if key.startswith(f"new {model_id} ")
        ]
        if places:
            self.grid.view.go_to(places[-1])
            self.grid.view.setFocus()

    def _save(self, key: str, values: dict[str, Any]) -> Callable[[Progress], Written[ModelActivity]]:
        typed = week_lines.record(key, values, self._shown[1], self._usual_day, self._known)
        # At once, not when it is safe: the next line is entered before that.
        self._usual_day = typed.on
        models = self._models
        return lambda _progress: week_lines.keep(models, typed)

    def _save_many(self, given: Sequence[tuple[str, dict[str, Any]]]) -> Callable[[Progress], SavedLines]:
        """Return the work that keeps pasted lines as one action."""
        typed = [
            week_lines.record(key, values, self._shown[1], self._usual_day, self._known)
            for key, values in given
        ]
        self._usual_day = typed[-1].on
        models, activities = self._models, self._desk.services.activities
        return lambda _progress: week_lines.keep_all(models, activities, typed)

    def _after_saving(self, key: str, result: Written[ModelActivity]) -> None:
        """Learn the id that a line got; one of several that were saved together tells the same."""
        self._known[key] = result.record.id
        self.grid.lay_in(key, {"on": result.record.on})
        if result.warnings:
            told = " ".join(remark(found) for found in result.warnings)
            self.banner.say(State.LOOK, _("{name}: {what}", name=self._name(key), what=told))
        else:
            self.banner.clear()
        self._tell()

    def _name(self, key: str) -> str:
        place = self.grid.lines.place_of(key)
        return str(self.grid.lines.values(place)["model"]) if place is not None else ""

    def _tell(self) -> None:
        count = len(self._found.done) + len(self._known.keys() - {row.id for row in self._found.done})
        self.said.setText(
            _("{count} kept in this week.", count=written.number(count))
            if self._found.models
            else _("No model is at work yet. Register one on the page of models.")
        )
        self.counted.emit(count)

    def _lay_out(self) -> None:
        head = QWidget()
        row = Flow(head)
        turner = QWidget()
        pair = QHBoxLayout(turner)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(8)
        pair.addWidget(
            button("", partial(self.turn, -1), icon="back", kind="bare", name=_("The week before"))
        )
        pair.addWidget(self.title)
        pair.addWidget(
            button("", partial(self.turn, 1), icon="forward", kind="bare", name=_("The next week"))
        )
        row.addWidget(turner)
        row.addWidget(self.kind)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(head)
        column.addWidget(self.said)
        column.addWidget(self.banner)
        column.addLayout(self._slot, 1)
