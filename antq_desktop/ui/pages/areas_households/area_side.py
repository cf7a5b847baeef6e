"""The residential areas beside the households: their list, what is known about one, and the changes they can go through."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from antq_desktop.domain.territory import ResidentialArea, Succession
from antq_desktop.runtime.language import _
from antq_desktop.services.results import Written, remark
from antq_desktop.storage.queries.areas import AreaRow
from antq_desktop.ui.pages.areas_households.area_card import AreaCard
from antq_desktop.ui.pages.areas_households.area_tasks import AddArea, AreaTask, MergeAreas, RenameArea
from antq_desktop.ui.pages.areas_households.areas_list import AreasList
from antq_desktop.ui.pages.areas_households.split_area import SplitArea
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.page import Page

_ADD, _RENAME, _MERGE, _SPLIT = range(4)


class AreaSide(QObject):
    """``narrowed`` carries the area whose households are wanted, or nothing for the whole commune."""

    narrowed = Signal(str)

    def __init__(self, page: Page, show_panel: Callable[[QWidget, str], None]) -> None:
        """``show_panel`` brings one of ``panels`` into the details of ``page`` under a title."""
        super().__init__(page)
        self._page = page
        self._show_panel = show_panel
        self.areas: list[AreaRow] = []
        self.area_id = ""
        self._changed_id = ""
        self.list = AreasList(page.desk, self.add)
        self.list.chosen.connect(self._follow_list)
        self.list.opened.connect(self.open)
        self.list.regrouped.connect(self._regroup)
        self.card = AreaCard(
            partial(self.begin, _RENAME),
            partial(self.begin, _MERGE),
            partial(self.begin, _SPLIT),
            page.hide_details,
        )
        desk = page.desk
        self.tasks: tuple[AreaTask, ...] = (
            AddArea(desk),
            RenameArea(desk),
            MergeAreas(desk),
            SplitArea(desk),
        )
        for task in self.tasks:
            task.finished.connect(self._done)

    @property
    def panels(self) -> tuple[QWidget, ...]:
        return (self.card, *self.tasks)

    @property
    def alive(self) -> list[AreaRow]:
        return [area for area in self.areas if area.valid_to is None]

    @property
    def ended(self) -> list[AreaRow]:
        return [area for area in self.areas if area.valid_to is not None]

    def set_areas(self, areas: list[AreaRow]) -> None:
        """Show ``areas``, those that have ended last; the chosen one stays chosen."""
        self.areas = areas
        self.list.set_areas(self.alive + self.ended)
        self.list.table.choose_key(self.area_id)
        if self._changed_id:
            self.open(self._changed_id)
            self._changed_id = ""

    def narrow(self, area_id: str) -> None:
        """Choose an area (nothing: the whole commune) here and for the households."""
        self.list.choose(area_id)
        self._follow_list(area_id)

    def add(self) -> None:
        self._page.banner.clear()
        self.begin(_ADD)

    def begin(self, task: int) -> None:
        """Open the form of one kind of change, for the areas that are chosen."""
        ids = self.list.chosen_ids() if task == _MERGE else [self.area_id]
        areas = [area for area in self.areas if area.id in ids]
        if areas or task == _ADD:
            self._show_panel(self.tasks[task], self.tasks[task].title)
            self.tasks[task].start([] if task == _ADD else areas)

    def open(self, area_id: str) -> None:
        """Show what is known about an area."""
        desk = self._page.desk
        history = desk.services.territory.history
        desk.run(lambda _progress: history(area_id), partial(self._show_area, area_id), owner=self)

    def _follow_list(self, area_id: str) -> None:
        self.area_id = area_id
        self.narrowed.emit(area_id)
        if self.card.isVisible() and area_id:
            self.open(area_id)

    def _regroup(self) -> None:
        """While areas are being merged, the form says which ones."""
        merge = self.tasks[_MERGE]
        if isinstance(merge, MergeAreas) and merge.isVisible():
            merge.take([area for area in self.areas if area.id in self.list.chosen_ids()])

    def _show_area(self, area_id: str, history: list[Succession]) -> None:
        area = next((area for area in self.areas if area.id == area_id), None)
        if area is not None:
            self.card.show_area(area, history, {other.id: other.name for other in self.areas})
            self._show_panel(self.card, area.name)

    def _done(self, result: Written[ResidentialArea] | object) -> None:
        """Leave the form; the area that came of it is shown as soon as the list knows it."""
        self._page.banner.clear()
        self._page.hide_details()
        self._changed_id = result.record.id if isinstance(result, Written) else ""
        if isinstance(result, Written) and result.warnings:
            told = " ".join(map(remark, result.warnings))
            way = (_("Teams"), partial(self._page.desk.go, "forces"))
            self._page.banner.say(State.LOOK, told, way)
        self.narrow(self._changed_id)
