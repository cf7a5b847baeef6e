"""The lines of a fast entry: what was typed in each cell, and how far each line is on its way into the database."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from antq_desktop.domain.text import fold
from antq_desktop.runtime.language import _
from antq_desktop.ui import format as written
from antq_desktop.ui import icons, theme
from antq_desktop.ui.theme import State

_Index = QModelIndex | QPersistentModelIndex
_STANDING_COLUMN = 0


class Standing(Enum):
    """How far a line is; the value names its icon."""

    UNTOUCHED = ""
    EDITED = "edit"
    SAVING = "refresh"
    SAVED = "tick"
    FAULTY = "state-bad"


def _no_states() -> dict[object, State]:
    return {}


@dataclass(frozen=True, slots=True)
class EntryColumn:
    """``kind`` is fixed, text, date, number or choice; ``states`` tints a choice's values.

    ``thousandths`` is the key of the column that takes what stands behind the comma of a number, as grams beside kilograms.
    """

    key: str
    title: str
    kind: str = "fixed"
    choices: Sequence[tuple[object, str]] = ()
    width: int = 140
    states: Mapping[object, State] = field(default_factory=_no_states)
    thousandths: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: ``key`` names its record, ``values`` by column."""

    key: str
    values: Mapping[str, Any]


class EntryLines(QAbstractTableModel):
    """Column 0 shows how far the line is; the others are the entry's own. ``typed``: place and key of a cell that a person set."""

    typed = Signal(int, str)

    def __init__(
        self, columns: Sequence[EntryColumn], year: Callable[[], int], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._year = year
        self._keys: list[str] = []
        self._values: list[dict[str, Any]] = []
        self._standings: list[Standing] = []
        self._faults: dict[str, str] = {}

    def set_lines(self, lines: Sequence[Line]) -> None:
        self.beginResetModel()
        self._keys = [line.key for line in lines]
        self._values = [dict(line.values) for line in lines]
        self._standings = [Standing.UNTOUCHED] * len(lines)
        self._faults.clear()
        self.endResetModel()

    def key(self, place: int) -> str:
        return self._keys[place]

    def keys(self) -> list[str]:
        return list(self._keys)

    def values(self, place: int) -> dict[str, Any]:
        return dict(self._values[place])

    def standing(self, place: int) -> Standing:
        return self._standings[place]

    def fault(self, place: int) -> str:
        """Return the sentence of a faulty line, or nothing."""
        return self._faults.get(self._keys[place], "")

    def column(self, section: int) -> EntryColumn | None:
        return self.columns[section - 1] if section > _STANDING_COLUMN else None

    def put(self, place: int, key: str, value: object) -> None:
        """Set one cell as a person would; the line is then edited."""
        if self._values[place].get(key) != value:
            self.lay(place, key, value)
            self.typed.emit(place, key)

    def lay(self, place: int, key: str, value: object) -> None:
        """Set one cell to what is known of it; the line is then edited, but nobody typed."""
        if self._values[place].get(key) != value:
            self._values[place][key] = value
            self.set_standing(place, Standing.EDITED)

    def put_text(self, place: int, column: EntryColumn, text: str) -> None:
        """Set one cell to what its kind makes of a text that came from elsewhere; of choices only a known word counts."""
        value = self._read(column, text.strip())
        if column.kind == "choice":
            words = {fold(word): known for known, word in column.choices}
            value = words.get(fold(text))
        self._put_read(place, column, value)

    def set_standing(self, place: int, standing: Standing, fault: str = "") -> None:
        self._standings[place] = standing
        self._faults[self._keys[place]] = fault
        self.dataChanged.emit(self.index(place, 0), self.index(place, len(self.columns)))

    def place_of(self, key: str) -> int | None:
        return self._keys.index(key) if key in self._keys else None

    def unreadable(self, place: int) -> str:
        """Return a sentence on the first cell that cannot be read as its kind, or nothing."""
        for column in self.columns:
            value = self._values[place].get(column.key)
            if isinstance(value, str) and value and column.kind == "date":
                return _("«{typed}» is not a day. Type it as 5/3/2026, 5/3 or 05032026.", typed=value)
            if isinstance(value, str) and column.kind == "number" and written.below_zero(value):
                return _("A count cannot be below 0, but here it is {count}.", count=value)
            if isinstance(value, str) and column.kind == "number" and written.has_fraction(value):
                return _(
                    "«{typed}»: this is counted in whole numbers only. Type one without a comma.", typed=value
                )
            if isinstance(value, str) and value and column.kind == "number":
                return _("«{typed}» is not a whole number. Type figures only.", typed=value)
        return ""

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own shape
        return 0 if parent.isValid() else len(self._keys)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own shape
        return 0 if parent.isValid() else len(self.columns) + 1

    def flags(self, index: _Index) -> Qt.ItemFlag:
        column = self.column(index.column())
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if column is not None and column.kind in ("text", "date", "number"):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own shape
        if not index.isValid():
            return None
        column = self.column(index.column())
        if column is None:
            return self._standing_data(index.row(), role)
        value = self._values[index.row()].get(column.key)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return _shown(column, value, typing=role == Qt.ItemDataRole.EditRole)
        state = column.states.get(value, State.NONE)
        if state is not State.NONE and role == Qt.ItemDataRole.DecorationRole:
            return icons.state_icon(state)
        if state is not State.NONE and role == Qt.ItemDataRole.ForegroundRole:
            return theme.colour(state.value)
        return None

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        column = self.column(index.column())
        if column is None or role != Qt.ItemDataRole.EditRole:
            return False
        self._put_read(index.row(), column, self._read(column, str(value).strip()))
        return True

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # noqa: ANN401 - Qt's own shape
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        column = self.column(section)
        return column.title if column is not None and role == Qt.ItemDataRole.DisplayRole else None

    def _read(self, column: EntryColumn, text: str) -> object:
        """Return what the column's kind makes of ``text``; the text itself when it cannot be read."""
        if not text:
            return None
        if column.kind == "date":
            try:
                return written.read_day(text, self._year())
            except ValueError:
                return text
        if column.kind == "number":
            number = written.read_number(text)
            return text if number is None else number
        return text

    def _put_read(self, place: int, column: EntryColumn, value: object) -> None:
        """Set one cell; «1,5» in a column with thousandths beside it is parted between the two."""
        parted = written.read_thousandths(value) if column.thousandths and isinstance(value, str) else None
        if parted is None:
            self.put(place, column.key, value)
        else:
            whole, rest = divmod(parted, 1000)
            self.put(place, column.key, whole)
            self.put(place, column.thousandths, rest)

    def _standing_data(self, place: int, role: int) -> object:
        standing = self._standings[place]
        if role == Qt.ItemDataRole.DecorationRole and standing.value:
            tints = {Standing.SAVED: "good", Standing.FAULTY: "bad"}
            return icons.icon(standing.value, tints.get(standing, "muted"))
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.fault(place) or _STANDING_WORDS[standing]()
        return None


_STANDING_WORDS: dict[Standing, Callable[[], str]] = {
    Standing.UNTOUCHED: lambda: "",
    Standing.EDITED: lambda: _("Not saved yet"),
    Standing.SAVING: lambda: _("Being saved"),
    Standing.SAVED: lambda: _("Saved"),
    Standing.FAULTY: lambda: _("Not saved"),
}


def _shown(column: EntryColumn, value: object, *, typing: bool) -> str:
    """Return a cell as it is read; a number has points between its thousands, but not while it is typed."""
    if column.kind == "choice":
        return next((word for known, word in column.choices if known == value), "")
    if isinstance(value, date):
        return written.day(value)
    if isinstance(value, int) and not typing:
        return written.number(value)
    return "" if value is None else str(value)
