"""Removes one household that was entered by mistake, and leads away from it a family that moved."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from antq_desktop.domain.households import Household
from antq_desktop.runtime.language import _
from antq_desktop.ui import dialogs
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages import births
from antq_desktop.ui.pages.areas_households.task import Task
from antq_desktop.ui.widgets.buttons import button
from antq_desktop.ui.widgets.field import Field
from antq_desktop.ui.widgets.flow import Flow


class RemoveHousehold(Task):
    """Asks for the reason that the journal keeps. ``moved`` when the family only moved away."""

    moved = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.title = _("Remove a household entered by mistake")
        self._id = ""
        self._who = ""
        super().__init__(desk, [Field("reason", _("Why it is removed"), required=True)], parent)
        way = QWidget()
        self.way = button(_("The family moved away…"), self.moved.emit, kind="link")
        Flow(way).addWidget(self.way)
        self._column.insertWidget(1, way)

    def start(self, household: Household, area: str) -> None:
        """Begin with a household of the area called ``area``."""
        self._id = household.id
        said = (household.head, births.shown(household.birth), household.citizen_id, area)
        self._who = ", ".join(word for word in said if word)
        self.begin(f"households/removed/{household.id}")

    def about(self) -> str:
        return _(
            "{household}: only what was entered by mistake, such as one household twice, is removed. It leaves all lists "
            "and figures. A family that moved away stays in the list of those who left, with its papers.",
            household=self._who,
        )

    def agreed(self, _values: dict[str, Any]) -> bool:
        text = _(
            "{household} leaves all lists and figures. This cannot be undone; the journal keeps what stood there and the reason.",
            household=self._who,
        )
        return dialogs.confirm(self, self.title, text, _("Remove"), dangerous=True)

    def work(self, values: dict[str, Any]) -> Callable[[], object]:
        return partial(self._desk.services.households.remove, self._id, values["reason"])
