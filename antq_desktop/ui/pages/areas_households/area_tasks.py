"""The changes of residential areas as forms: add, rename and merge, each with the day from which it holds."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.domain.territory import AREA_KINDS, AreaNameMissing, AreaNameTaken, AreaNotAlive
from antq_desktop.runtime.language import _, sentence
from antq_desktop.services.territory import Territory
from antq_desktop.storage.queries.areas import AreaRow
from antq_desktop.ui import dialogs
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import Banner
from antq_desktop.ui.widgets.buttons import label
from antq_desktop.ui.widgets.field import Field
from antq_desktop.ui.widgets.form import Form


class AreaTask(QWidget):
    """One kind of change. ``finished`` carries the id of the area to show next, or nothing."""

    finished = Signal(str)
    title = ""

    def __init__(self, desk: Desk, fields: Sequence[Field], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._areas: list[AreaRow] = []
        self._about = label("", "muted", wrap=True)
        self.banner = Banner()
        self.form = Form(fields, desk)
        self.form.finished.connect(self.save)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addWidget(self._about)
        self._column.addWidget(self.banner)
        self._column.addWidget(self.form)

    @property
    def territory(self) -> Territory:
        territory: Territory = self._desk.services.territory
        return territory

    def start(self, areas: Sequence[AreaRow]) -> None:
        """Begin with the areas that are to change."""
        self._areas = list(areas)
        self._about.setText(self.about())
        self._about.setVisible(bool(self._about.text()))
        self.banner.clear()
        self.form.show_record(self._key(), self.offered())
        self.form.focus_first()

    def _key(self) -> str:
        """Under which what is typed is kept: one draft for each kind of change and first area."""
        return "/".join(["area", self.title, *(area.id for area in self._areas[:1])])

    def about(self) -> str:
        return ""

    def offered(self) -> dict[str, object]:
        return {}

    def agreed(self, _values: dict[str, Any]) -> bool:
        """Ask before what cannot be undone."""
        return True

    def work(self, values: dict[str, Any]) -> Callable[[], object]:
        """Return what is to be done on the lane."""
        raise NotImplementedError

    def save(self) -> None:
        if not self.form.check():
            return
        values = self.form.values()
        if self.agreed(values):
            do = self.work(values)
            self._desk.run(lambda _progress: do(), self._done, self._refused, owner=self)

    def _done(self, result: object) -> None:
        self.form.saved()
        self._desk.note(_("Saved."))
        record = getattr(result, "record", None)
        self.finished.emit(record.id if record is not None else "")

    def _refused(self, failure: KnownFailure) -> None:
        field = _FIELD_OF.get(type(failure), "")
        if field in self.form.boxes:
            self.form.say_fault(field, sentence(failure))
        else:
            self.banner.say(State.BAD, sentence(failure))


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
            "{names} end, and from {day} there is «{name}» with their {count} households. This cannot be undone.",
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


_FIELD_OF: dict[type[KnownFailure], str] = {
    AreaNameMissing: "name",
    AreaNameTaken: "name",
    AreaNotAlive: "on",
}


def _name(word: str = "") -> Field:
    return Field("name", word or _("Name"), required=True)


def _kind() -> Field:
    return Field("kind", _("Called"), kind="choice", choices=tuple((kind, kind) for kind in AREA_KINDS))


def _day(name: str, word: str) -> Field:
    return Field(name, word, kind="date", required=True, width=160)


def _reason() -> Field:
    return Field("note", _("Decision or reason"), kind="lines")
