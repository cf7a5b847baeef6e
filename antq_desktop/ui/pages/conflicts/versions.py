"""The versions of one record in columns, what differs marked; one is chosen as a whole, or field by field."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.runtime.language import _
from antq_desktop.services.commune_side import version_words as words
from antq_desktop.services.commune_side.conflict_sides import Conflict
from antq_desktop.services.commune_side.conflicts import Choice, all_fields, differing_fields, may_mix
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.buttons import label
from antq_desktop.ui.widgets.sign import Sign

#: The choice of no version at all.
DROP = -1


class Cell(QFrame):
    """A text that is chosen by a click anywhere on it, or by the keyboard on its button."""

    def __init__(self, text: str, name: str, role: str = "", detail: str = "") -> None:
        super().__init__()
        self.button = QRadioButton()
        self.button.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(label(text, role, wrap=True))
        if detail:
            texts.addWidget(label(detail, "muted", wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(6)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.button.setFocus()
        self.button.click()
        event.accept()


class Versions(QWidget):
    """Nothing is chosen until a person does; ``changed`` tells of each choice."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heads: list[QRadioButton] = []
        self._conflict: Conflict | None = None
        self._own_laptop = ""
        self._base: int | None = None
        self._fields: dict[str, int] = {}
        self._cells: dict[str, dict[int, QRadioButton]] = {}
        self._groups: list[QButtonGroup] = []
        self.equal_too = QCheckBox(_("Show also what is the same in all versions"))
        self.equal_too.toggled.connect(lambda _on: self._lay_out())
        self._grid = QWidget()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(self._grid)
        self._column.addWidget(self.equal_too)

    def show_conflict(self, conflict: Conflict, own_laptop: str) -> None:
        self._conflict, self._own_laptop = conflict, own_laptop
        self._base, self._fields = None, {}
        self._lay_out()

    def choice(self) -> Choice | None:
        """Return what was chosen, None as long as nothing was."""
        if self._base is None:
            return None
        fields = {name: place for name, place in self._fields.items() if place != self._base}
        return Choice(None if self._base == DROP else self._base, fields)

    def choose(self, place: int) -> None:
        """Choose one version as a whole."""
        self._base, self._fields = place, {}
        self._mark()

    def choose_field(self, name: str, place: int) -> None:
        """Take one field from a version; the other fields stay as chosen, at first as they are in use."""
        if self._base is None or self._base == DROP:
            self._base = self._first_put()
        self._fields[name] = place
        self._mark()

    def _first_put(self) -> int:
        sides = self._conflict.sides if self._conflict else ()
        return next(place for place, side in enumerate(sides) if side.op == "put")

    def _mark(self) -> None:
        for group in self._groups:
            group.setExclusive(False)  # else none of it could be unmarked
        for place, head in enumerate(self.heads):
            head.setChecked(place == self._base or (self._base == DROP and place == len(self.heads) - 1))
        for name, cells in self._cells.items():
            chosen = self._fields.get(name, self._base)
            for place, cell in cells.items():
                cell.setChecked(place == chosen)
        for group in self._groups:
            group.setExclusive(True)
        self.changed.emit()

    def _lay_out(self) -> None:
        conflict = self._conflict
        if conflict is None:
            return
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        self.heads, self._cells, self._groups = [], {}, []
        self._put_heads(grid, conflict)
        differing = set(differing_fields(conflict))
        # Beside a deletion there is nothing to compare with: then all of the record is shown.
        shows_all = self.equal_too.isChecked() or not differing
        names = [name for name in all_fields(conflict) if shows_all or name in differing]
        self.equal_too.setVisible(bool(differing))
        for row, name in enumerate(names, 2):
            self._put_field(grid, row, conflict, name, differs=name in differing)
        self._put_reasons(grid, len(names) + 2, conflict)
        self._column.replaceWidget(self._grid, fresh)
        self._grid.deleteLater()
        self._grid = fresh
        self._mark()

    def _put_heads(self, grid: QGridLayout, conflict: Conflict) -> None:
        group = self._new_group()
        for place, side in enumerate(conflict.sides):
            detail = words.who(side, self._own_laptop)
            cell = Cell(words.head(side), f"{words.head(side)}, {detail}", "strong", detail)
            cell.button.clicked.connect(partial(self.choose, place))
            group.addButton(cell.button)
            self.heads.append(cell.button)
            grid.addWidget(cell, 0, place + 1, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(place + 1, 1)
        if conflict.code == "clash" and not conflict.rival and not conflict.child:
            text = _("Drop this record")
            cell = Cell(text, text, "strong", _("It is deleted on all laptops, with your reason."))
            cell.button.clicked.connect(partial(self.choose, DROP))
            group.addButton(cell.button)
            self.heads.append(cell.button)
            grid.addWidget(cell, 0, len(conflict.sides) + 1, Qt.AlignmentFlag.AlignTop)

    def _put_field(
        self, grid: QGridLayout, row: int, conflict: Conflict, name: str, *, differs: bool
    ) -> None:
        title = QWidget()
        line = QHBoxLayout(title)
        mixed = differs and may_mix(conflict)
        line.setContentsMargins(0, 6 if mixed else 0, 0, 2)
        line.setSpacing(4)
        word = words.field(name)
        if differs:
            sign = Sign(size=16)
            sign.show_icon(State.LOOK.icon, State.LOOK.value)
            line.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(label(word, "strong" if differs else "muted", wrap=True), 1)
        grid.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
        group = self._new_group() if mixed else None
        for place, side in enumerate(conflict.sides):
            text = words.value(conflict, side, name)
            if group is None or side.op == "delete":
                grid.addWidget(label(text, wrap=True), row, place + 1, Qt.AlignmentFlag.AlignTop)
                continue
            cell = Cell(text, f"{word}: {text}")
            cell.button.clicked.connect(partial(self.choose_field, name, place))
            group.addButton(cell.button)
            self._cells.setdefault(name, {})[place] = cell.button
            grid.addWidget(cell, row, place + 1, Qt.AlignmentFlag.AlignTop)

    def _put_reasons(self, grid: QGridLayout, row: int, conflict: Conflict) -> None:
        if all(side.op == "put" for side in conflict.sides):
            return
        grid.addWidget(label(_("Why it was deleted"), "strong", wrap=True), row, 0)
        for place, side in enumerate(conflict.sides, 1):
            text = str(side.body.get("reason", "")) if side.op == "delete" else ""
            grid.addWidget(label(text or "–", wrap=True), row, place)

    def _new_group(self) -> QButtonGroup:
        group = QButtonGroup(self)
        self._groups.append(group)
        return group
