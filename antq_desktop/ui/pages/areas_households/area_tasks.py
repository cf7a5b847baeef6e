"""The changes of residential areas as forms: add, rename and merge, each with the day from which it holds."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.domain.territory import AREA_KINDS, AreaNameMissing, AreaNameTaken, AreaNotAlive
from antq_desktop.runtime.language import _
from antq_desktop.services.territory import AreaChangeAhead, Territory
from antq_desktop.storage.queries.areas import AreaRow
from antq_desktop.ui import dialogs
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.areas_households.task import Task
from antq_desktop.ui.widgets.field import Field


class AreaTask(Task):
    """One kind of change of one or several areas."""

    field_of: Mapping[type[KnownFailure], str] = {
        AreaNameMissing: "name",
        AreaNameTaken: "name",
        AreaNotAlive: "on",
        AreaChangeAhead: "on",
    }

    def __init__(self, desk: Desk, fields: Sequence[Field], parent: QWidget | None = None) -> None:
        super().__init__(desk, fields, parent)
        self._areas: list[AreaRow] = []

    @property
    def territory(self) -> Territory:
        territory: Territory = self._desk.services.territory
        return territory

    def start(self, areas: Sequence[AreaRow]) -> None:
        """Begin with the areas that are to change; one draft for each kind of change and first area."""
        self._areas = list(areas)
        self.begin("/".join(["area", self.title, *(area.id for area in areas[:1])]))


class AddArea(AreaTask):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.title = _("New residential area")
        super().__init__(desk, [_name(), _kind(), _day("valid_from", _("Exists since"))], parent)

    def offered(self) -> dict[str, object]:
        return {"kind": AREA_KINDS[0]}

    def work(self, values: dict[str, Any]) -> Callable[[], object]:
        return partial(self.territory.add, values["name"], values["kind"], values["valid_from"])


class RenameArea(AreaTask):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.title = _("Rename a residential area")
        super().__init__(desk, [_name(_("New name")), _day("on", _("From the day")), _reason()], parent)

    def about(self) -> str:
        return _(
            "«{name}» keeps its households and papers; the old name stays in its history.",
            name=self._areas[0].name,
        )

    def offered(self) -> dict[str, object]:
        return {"name": self._areas[0].name}

    def work(self, values: dict[str, Any]) -> Callable[[], object]:
        return partial(self.territory.rename, self._areas[0].id, values["name"], values["on"], values["note"])


class MergeAreas(AreaTask):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.title = _("Merge residential areas")
        fields = [_name(_("Name of the new area")), _kind(), _day("on", _("From the day")), _reason()]
        super().__init__(desk, fields, parent)

    def take(self, areas: Sequence[AreaRow]) -> None:
        """Merge these areas instead; what was typed stays."""
        if areas:
            self._areas = list(areas)
            self._about.setText(self.about())

    def about(self) -> str:
        names = ", ".join(f"«{area.name}»" for area in self._areas)
        if len(self._areas) == 1:
            return _(
                "Chosen so far: {names}. In the list, hold Ctrl and choose the others that are merged with it.",
                names=names,
            )
        return _("To be merged: {names}.", names=names)

    def offered(self) -> dict[str, object]:
        return {"kind": self._areas[0].kind}

    def agreed(self, values: dict[str, Any]) -> bool:
        text = _(
            "{names} end, and from {day} there is «{name}» with their {count} households, models and teams. "
            "This cannot be undone.",
            names=", ".join(f"«{area.name}»" for area in self._areas),
            day=written.day(values["on"]),
            name=values["name"],
            count=written.number(sum(area.households for area in self._areas)),
        )
        return dialogs.confirm(self, self.title, text, _("Merge"))

    def work(self, values: dict[str, Any]) -> Callable[[], object]:
        ids = [area.id for area in self._areas]
        return partial(
            self.territory.merge, ids, values["name"], values["kind"], values["on"], values["note"]
        )


def _name(word: str = "") -> Field:
    return Field("name", word or _("Name"), required=True)


def _kind() -> Field:
    return Field("kind", _("Called"), kind="choice", choices=tuple((kind, kind) for kind in AREA_KINDS))


def _day(name: str, word: str) -> Field:
    return Field(name, word, kind="date", required=True, width=160)


def _reason() -> Field:
    return Field("note", _("Decision or reason"), kind="lines")
