"""What is known about one residential area: its dates, its people, its history, and what can be done with it."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.domain.territory import Succession
from antq_desktop.runtime.language import _
from antq_desktop.services.area_words import succession
from antq_desktop.storage.queries.areas import AreaRow
from antq_desktop.ui import format as written
from antq_desktop.ui.widgets.buttons import button, label


class AreaCard(QWidget):
    """``rename``, ``merge`` and ``split`` open the forms; ``show_homes`` shows the households."""

    def __init__(
        self,
        rename: Callable[[], object],
        merge: Callable[[], object],
        split: Callable[[], object],
        show_homes: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._dates = label("", wrap=True)
        self._homes = button("", show_homes, icon="households", kind="link")
        self._history = label("", wrap=True)
        self._ways = [
            button(_("Rename"), rename, icon="edit"),
            button(_("Merge"), merge, icon="merge"),
            button(_("Split"), split, icon="split"),
        ]
        ways = QHBoxLayout()
        ways.setSpacing(8)
        for way in self._ways:
            ways.addWidget(way)
        ways.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._dates)
        homes = QHBoxLayout()
        homes.addWidget(self._homes)
        homes.addStretch()
        column.addLayout(homes)
        column.addSpacing(8)
        column.addLayout(ways)
        column.addSpacing(16)
        column.addWidget(label(_("History"), "strong"))
        column.addWidget(self._history)
        column.addStretch()

    def show_area(self, area: AreaRow, history: Sequence[Succession], names: Mapping[str, str]) -> None:
        """``names`` are those of all areas by id."""
        since = _("{kind}, since {day}", kind=area.kind, day=written.day(area.valid_from))
        until = _(", until {day}", day=written.day(area.valid_to)) if area.valid_to else ""
        self._dates.setText(since[:1].upper() + since[1:] + until)
        self._homes.setText(
            _(
                "{homes} households, {people} persons",
                homes=written.number(area.households),
                people=written.number(area.people),
            )
        )
        for way in self._ways:
            way.setEnabled(area.valid_to is None)
        lines = [succession(step, area.id, names) for step in history]
        self._history.setText("\n".join(lines) or _("Nothing has changed since it was entered."))
