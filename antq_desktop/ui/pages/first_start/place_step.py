"""The step that finds the commune in the national list, or names the receiving unit."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.ui.jobs import Lane
from antq_desktop.ui.pages.first_start.answers import Answers
from antq_desktop.ui.widgets.buttons import label
from antq_desktop.ui.widgets.choice import Choice
from antq_desktop.ui.widgets.text_field import TextField
from antq_desktop.ui.widgets.wizard import Step

if TYPE_CHECKING:
    from antq_desktop.intake.national_list import Commune, Province

_MILLISECONDS_AFTER_A_KEY = 80
_SHOWN = 200
_LEAST_LIST = 56
_COMMUNE = Qt.ItemDataRole.UserRole


class PlaceStep(Step):
    """Searches 3,321 communes as one types, tone marks or not; the receiving unit only has a name."""

    def __init__(self, answers: Answers, lane: Lane, parent: QWidget | None = None) -> None:
        super().__init__(_("Which unit"), "", parent)
        self._answers = answers
        self._lane = lane
        self._turn = 0
        self.province = Choice(_("Province"), ((None, _("All provinces")),))
        self.text = TextField(_("Name of the commune"))
        self.text.setPlaceholderText(_("Name of the commune, tone marks or not"))
        self.text.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Communes found"))
        self.list.setMinimumHeight(_LEAST_LIST)
        self._count = label("", "hint")
        self.name = TextField(_("Name of the receiving unit"))
        self._timer = QTimer(self, singleShot=True, interval=_MILLISECONDS_AFTER_A_KEY)
        self._timer.timeout.connect(self._search)
        self.text.textChanged.connect(lambda _text: self._timer.start())
        self.text.entered.connect(self._enter)
        self.province.picked.connect(lambda _code: self._search())
        self.list.itemSelectionChanged.connect(self.readiness_changed)
        self.list.itemActivated.connect(lambda _item: self._pressed())
        self.name.textChanged.connect(lambda _text: self.readiness_changed.emit())
        self._ways = QStackedWidget()
        self._ways.addWidget(self._for_commune())
        self._ways.addWidget(self._for_receiving())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self._ways)

    def enter(self) -> None:
        commune = self._answers.role == "commune"
        self._ways.setCurrentIndex(0 if commune else 1)
        (self.text if commune else self.name).setFocus()
        if commune and not self.list.count():
            self._lane.run(lambda _progress: _provinces(), self._offer, owner=self)
            self._search()

    def is_ready(self) -> bool:
        if self._answers.role == "commune":
            return self.chosen() is not None
        return bool(self.name.written())

    def proceed(self, go_on: Callable[[], None]) -> None:
        self._answers.commune = self.chosen()
        self._answers.values["name"] = self.name.written()
        go_on()

    def chosen(self) -> "Commune | None":
        """Return the commune that is chosen in the list."""
        items = self.list.selectedItems()
        return items[0].data(_COMMUNE) if items else None

    def _offer(self, provinces: "Sequence[Province]") -> None:
        words = sorted(((one.code, one.name) for one in provinces), key=lambda pair: _sorted_name(pair[1]))
        self.province.set_choices(((None, _("All provinces")), *words))

    def _search(self) -> None:
        self._timer.stop()
        self._turn += 1
        turn, text, province = self._turn, self.text.written(), self.province.value()
        self._lane.run(
            lambda _progress: _found(text, str(province) if province else None),
            lambda found: self._show(turn, found),
            owner=self,
        )

    def _show(self, turn: int, found: "Sequence[Commune]") -> None:
        if turn != self._turn:
            return
        before = self.chosen()
        self.list.clear()
        for commune in found[:_SHOWN]:
            item = QListWidgetItem(f"{commune.name}   –   {commune.province_name}   ({commune.code})")
            item.setData(_COMMUNE, commune)
            self.list.addItem(item)
            if before is not None and commune.code == before.code:
                item.setSelected(True)
        if self.list.count() and self.text.written() and self.chosen() is None:
            self.list.setCurrentRow(0)
        self._count.setText(
            _("{count} found; type more of the name to see fewer.", count=len(found))
            if len(found) > _SHOWN
            else _("{count} found.", count=len(found))
        )
        self.readiness_changed.emit()

    def _enter(self) -> None:
        if self._timer.isActive():
            self._search()
        self.list.setFocus()

    def _pressed(self) -> None:
        self.readiness_changed.emit()

    def _for_commune(self) -> QWidget:
        part = QWidget()
        filters = QHBoxLayout()
        filters.setSpacing(8)
        filters.addWidget(self.province)
        filters.addWidget(self.text, 1)
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(filters)
        column.addWidget(self.list, 1)
        column.addWidget(self._count)
        return part

    def _for_receiving(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(_("Name of the receiving unit"), "strong"))
        column.addWidget(self.name)
        column.addWidget(
            label(_("As it stands on papers, for example «Công an tỉnh Phú Thọ»."), "hint", wrap=True)
        )
        column.addStretch()
        return part


def _provinces() -> "tuple[Province, ...]":
    from antq_desktop.services.first_start import provinces

    return provinces()


def _found(text: str, province_code: str | None) -> "tuple[Commune, ...]":
    from antq_desktop.services.first_start import search_communes

    return search_communes(text, province_code)


def _sorted_name(name: str) -> str:
    from antq_desktop.domain.text import sort_key

    return sort_key(name.removeprefix("Thành phố "))
