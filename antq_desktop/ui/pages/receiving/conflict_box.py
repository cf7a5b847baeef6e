"""Shows the versions of a record that two laptops wrote beside each other; they are decided at the commune, not here."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from antq_desktop.domain.conflicts import Side
from antq_desktop.exchange.names import laptop_mark
from antq_desktop.runtime.language import _
from antq_desktop.services import record_words as words
from antq_desktop.services.commune_side.conflict_sides import Conflict
from antq_desktop.ui import format as written
from antq_desktop.ui.widgets.buttons import hairline, label

_HIDDEN = frozenset({"id", "unit_code"})


class ConflictBox(QWidget):
    """A column a version; only the fields in which they differ are shown."""

    def __init__(self, conflict: Conflict, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        name = conflict.name or conflict.entity_id
        column.addWidget(
            label(_("{kind}: {name}", kind=words.entity(conflict.entity), name=name), "strong", wrap=True)
        )
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        for place, side in enumerate(conflict.sides, 1):
            self._grid.setColumnStretch(place, 1)
            self._put(0, place, _("In use here") if side.stands else _("Set aside"), "section")
            self._put(1, place, _who(side), "muted")
        for row, (field, values) in enumerate(differences(conflict), 2):
            self._put(row, 0, field, "muted")
            for place, value in enumerate(values, 1):
                self._put(row, place, value)
        column.addLayout(self._grid)
        column.addWidget(hairline())

    def _put(self, row: int, column: int, text: str, role: str = "") -> None:
        made = label(text, role, wrap=True)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._grid.addWidget(made, row, column, Qt.AlignmentFlag.AlignTop)


def differences(conflict: Conflict) -> list[tuple[str, list[str]]]:
    """Return each field in which the versions differ, with its value in each of them, in words."""
    fields = dict.fromkeys(
        field for side in conflict.sides for field in side.body if field not in _HIDDEN and side.op == "put"
    )
    found = []
    for field in fields:
        values = [
            words.value(conflict.entity, field, side.body.get(field), conflict.names) or "–"
            if side.op == "put"
            else _("deleted")
            for side in conflict.sides
        ]
        if len(set(values)) > 1:
            found.append((words.field(field), values))
    if any(side.op == "delete" for side in conflict.sides):
        reasons = [
            str(side.body.get("reason", "")) if side.op == "delete" else "–" for side in conflict.sides
        ]
        found.append((_("Reason of the deletion"), reasons))
    return found


def _who(side: Side) -> str:
    machine = _("machine {device}", device=laptop_mark(side.device_id))
    return ", ".join(part for part in (side.user, _moment(side.at), machine) if part)


def _moment(at: str) -> str:
    """Return a time for people; what another program wrote for one is shown as it is."""
    try:
        return written.moment(datetime.fromisoformat(at))
    except ValueError:
        return at
