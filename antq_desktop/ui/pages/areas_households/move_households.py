"""Says of several households at once that they moved away, and since when."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from antq_desktop.runtime.language import _
from antq_desktop.storage.queries.households import HouseholdRow
from antq_desktop.ui import dialogs
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.areas_households.task import Task
from antq_desktop.ui.widgets.field import Field

_NAMED = 8


class MoveHouseholds(Task):
    """All of them move on the same day, together or not at all; those that left before keep their day."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.title = _("Households that moved away")
        self._rows: list[HouseholdRow] = []
        super().__init__(
            desk, [Field("moved_on", _("Moved away on"), kind="date", required=True, width=160)], parent
        )

    def start(self, rows: Sequence[HouseholdRow]) -> None:
        """Begin with the chosen rows."""
        self._rows = [row for row in rows if row.residence == "living"]
        self.begin("households/moved")

    def about(self) -> str:
        if not self._rows:
            return _("All the households chosen have moved away already.")
        heads = ", ".join(row.head for row in self._rows[:_NAMED])
        more = len(self._rows) - _NAMED
        if more > 0:
            heads += _(" and {count} more", count=written.number(more))
        return _(
            "{count} households: {heads}. Their papers stay; they no longer count as living here.",
            count=written.number(len(self._rows)),
            heads=heads,
        )

    def offered(self) -> dict[str, object]:
        return {"moved_on": self._desk.services.session.today()}

    def agreed(self, values: dict[str, Any]) -> bool:
        if not self._rows:
            return False
        text = _(
            "{count} households are marked as moved away on {day}.",
            count=written.number(len(self._rows)),
            day=written.day(values["moved_on"]),
        )
        return dialogs.confirm(self, self.title, text, _("Mark them"))

    def work(self, values: dict[str, Any]) -> Callable[[], object]:
        move = self._desk.services.households.move_away_many
        return partial(move, [row.id for row in self._rows], values["moved_on"])
