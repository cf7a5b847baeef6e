"""The members of the team in the details: who serves, what is odd about each, and who left."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.services.movement.security_teams import MemberRow
from antq_desktop.ui import format as written
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.flow import Flow
from antq_desktop.ui.widgets.sign import Sign


class MembersBox(QWidget):
    """``opened`` carries the id of a member."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self.rows: Sequence[MemberRow] = ()

    def show_rows(self, rows: Sequence[MemberRow]) -> None:
        """Show the members in the order given, each a way to its fields."""
        self.rows = tuple(rows)
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row in rows:
            self._column.addWidget(self._line(row))
        if not rows:
            self._column.addWidget(label(_("The team has no members yet."), "hint", wrap=True))

    def _line(self, row: MemberRow) -> QWidget:
        line = QWidget()
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        name = QWidget()
        Flow(name).addWidget(button(row.name, partial(self.opened.emit, row.id), icon="person", kind="link"))
        column.addWidget(name)
        column.addWidget(label(_facts(row), "hint", wrap=True))
        for remark in row.remarks:
            column.addLayout(remarked(remark))
        return line


def remarked(remark: str) -> QHBoxLayout:
    """Return a sentence to look at again behind its icon."""
    sign = Sign()
    sign.show_icon(State.LOOK.icon, State.LOOK.value)
    row = QHBoxLayout()
    row.setSpacing(6)
    row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label(remark, "warning", wrap=True), 1)
    return row


def _facts(row: MemberRow) -> str:
    parts = [
        row.post_name,
        _("{age} years old", age=row.age),
        _("since {day}", day=written.day(row.joined_on)),
    ]
    if row.left_on is not None:
        parts.append(_("until {day}", day=written.day(row.left_on)))
    return " · ".join(parts)
