"""Shows a list of any length by fetching only the rows that are looked at; sorting and filtering are the source's."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from operator import attrgetter
from typing import Any, Protocol

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from antq_desktop.domain.text import fold
from antq_desktop.runtime.progress import Progress
from antq_desktop.ui import icons, theme
from antq_desktop.ui.jobs import Lane
from antq_desktop.ui.theme import State

PAGE = 128
_PAGES_KEPT = 32
_PAGES_ASKED_AT_ONCE = 3
_Index = QModelIndex | QPersistentModelIndex
_ALIGNMENTS = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "center": Qt.AlignmentFlag.AlignHCenter,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a table wants to see: ``sort`` is the key of a column or empty, ``text`` is what was searched."""

    sort: str = ""
    descending: bool = False
    text: str = ""
    filters: Mapping[str, Any] = field(default_factory=dict)


class RowSource(Protocol):
    """Where rows come from; stateless, called on the lane when the model has one."""

    def count(self, asked: Asked) -> int: ...

    def fetch(self, asked: Asked, offset: int, limit: int) -> Sequence[Any]: ...


@dataclass(frozen=True, slots=True)
class Column:
    """How one fact of a row is shown. ``offered`` columns are hidden until chosen; ``wide`` takes spare room.

    ``spare`` ones are left out, the last first, while there is no room for all that are chosen.
    """

    key: str
    title: str
    text: Callable[[Any], str]
    width: int = 120
    align: str = "left"
    state: Callable[[Any], State] | None = None
    sortable: bool = True
    offered: bool = False
    wide: bool = False
    spare: bool = False


class ListRows:
    """A source for a short list held in memory."""

    def __init__(
        self,
        rows: Sequence[Any],
        sort_keys: Mapping[str, Callable[[Any], Any]] | None = None,
        search: Callable[[Any], str] | None = None,
    ) -> None:
        """``sort_keys`` by column; ``search`` gives the text of a row that is searched without tone marks."""
        self._rows = tuple(rows)
        self._sort_keys = dict(sort_keys or {})
        self._search = search

    def count(self, asked: Asked) -> int:
        return len(self._matching(asked))

    def fetch(self, asked: Asked, offset: int, limit: int) -> Sequence[Any]:
        rows = self._matching(asked)
        if asked.sort:
            rows = sorted(
                rows, key=self._sort_keys.get(asked.sort, attrgetter(asked.sort)), reverse=asked.descending
            )
        return rows[offset : offset + limit]

    def _matching(self, asked: Asked) -> Sequence[Any]:
        wanted = fold(asked.text)
        if not wanted or self._search is None:
            return self._rows
        return [row for row in self._rows if wanted in fold(self._search(row))]


class RowsModel(QAbstractTableModel):
    """``counted`` carries the number of rows each time they were asked for anew."""

    counted = Signal(int)

    def __init__(
        self,
        columns: Sequence[Column],
        source: RowSource,
        lane: Lane | None = None,
        sort: str = "",
        *,
        descending: bool = False,
        key: Callable[[Any], Hashable] = attrgetter("id"),
        parent: QObject | None = None,
    ) -> None:
        """Without ``lane`` rows are fetched on the spot. Nothing is asked before ``reload``."""
        super().__init__(parent)
        self.columns = tuple(columns)
        self.key = key
        self.total = 0
        self._source = source
        self._lane = lane
        self._asked = Asked(sort=sort, descending=descending)
        self._pages: dict[int, Sequence[Any]] = {}
        self._wanted: list[int] = []
        self._last_page = 0
        self._turn = 0
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._fetch_wanted)

    @property
    def asked(self) -> Asked:
        return self._asked

    @property
    def source(self) -> RowSource:
        return self._source

    def set_source(self, source: RowSource) -> None:
        self._source = source
        self.reload()

    def ask(self, text: str | None = None, **filters: object) -> None:
        """Narrow the list; a filter of None is dropped. Reloads only when that changes something."""
        kept = {
            name: value for name, value in {**self._asked.filters, **filters}.items() if value is not None
        }
        wanted = replace(self._asked, text=self._asked.text if text is None else text, filters=kept)
        if wanted != self._asked:
            self._asked = wanted
            self._last_page = 0
            self.reload()

    def reload(self) -> None:
        """Ask for the rows anew; what is shown stays until the answer is there."""
        self._turn += 1
        self._wanted.clear()
        pages = sorted({0, self._last_page})
        answer = partial(_first_answer, self._source, self._asked, pages)
        if self._lane is None:
            self._begin(self._turn, answer(Progress()))
        else:
            self._lane.run(answer, partial(self._begin, self._turn), owner=self)

    def row_at(self, place: int) -> Any | None:  # noqa: ANN401 - rows are the page's own dataclass
        """Return the row at ``place``, or None when it is not fetched yet (it then will be)."""
        if not 0 <= place < self.total:
            return None
        page, within = divmod(place, PAGE)
        rows = self._pages.get(page)
        if rows is None:
            rows = self._need(page)
        return rows[within] if within < len(rows) else None

    def place_of(self, key: Hashable) -> int | None:
        """Return where the row with ``key`` stands, if it is among those fetched."""
        for page, rows in self._pages.items():
            for within, row in enumerate(rows):
                if self.key(row) == key:
                    return page * PAGE + within
        return None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own shape
        return 0 if parent.isValid() else self.total

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own shape
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own shape
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_ALIGNMENTS[column.align] | Qt.AlignmentFlag.AlignVCenter)
        shown = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
        tinted = (Qt.ItemDataRole.DecorationRole, Qt.ItemDataRole.ForegroundRole)
        if role not in shown and (role not in tinted or column.state is None):
            return None
        row = self.row_at(index.row())
        if row is None:
            return "…" if role == Qt.ItemDataRole.DisplayRole else None
        if role in shown:
            return column.text(row)
        return _tinted(column.state(row) if column.state else State.NONE, role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's own shape
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(self.columns):
            if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                return self.columns[section].title
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return int(_ALIGNMENTS[self.columns[section].align] | Qt.AlignmentFlag.AlignVCenter)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if not 0 <= column < len(self.columns) or not self.columns[column].sortable:
            return
        wanted = replace(
            self._asked, sort=self.columns[column].key, descending=order == Qt.SortOrder.DescendingOrder
        )
        if wanted != self._asked:
            self._asked = wanted
            self._last_page = 0
            if self._turn > 0:
                self.reload()

    def _begin(self, turn: int, answer: tuple[int, dict[int, Sequence[Any]]]) -> None:
        if turn != self._turn:
            return
        self.beginResetModel()
        self.total, self._pages = answer[0], dict(answer[1])
        self.endResetModel()
        self.counted.emit(self.total)

    def _need(self, page: int) -> Sequence[Any]:
        self._last_page = page
        if self._lane is None:
            self._keep(page, self._source.fetch(self._asked, page * PAGE, PAGE))
            return self._pages[page]
        if page not in self._wanted:
            self._wanted.append(page)
            self._timer.start()
        return ()

    def _fetch_wanted(self) -> None:
        """Ask for what was looked at last; pages that were only scrolled past are forgotten."""
        wanted = self._wanted[-_PAGES_ASKED_AT_ONCE:]
        if wanted and self._lane is not None:
            work = partial(_more, self._source, self._asked, wanted)
            self._lane.run(work, partial(self._arrived, self._turn), owner=self)
        self._wanted = wanted

    def _arrived(self, turn: int, fetched: dict[int, Sequence[Any]]) -> None:
        if turn != self._turn:
            return
        for page, rows in fetched.items():
            self._keep(page, rows)
            if page in self._wanted:
                self._wanted.remove(page)
            last = min((page + 1) * PAGE, self.total) - 1
            self.dataChanged.emit(self.index(page * PAGE, 0), self.index(last, len(self.columns) - 1))

    def _keep(self, page: int, rows: Sequence[Any]) -> None:
        self._pages[page] = rows
        while len(self._pages) > _PAGES_KEPT:
            self._pages.pop(next(iter(self._pages)))


def _first_answer(
    source: RowSource, asked: Asked, pages: Sequence[int], _progress: Progress
) -> tuple[int, dict[int, Sequence[Any]]]:
    total = source.count(asked)
    looked_at = [page for page in pages if page == 0 or page * PAGE < total]
    return total, {page: source.fetch(asked, page * PAGE, PAGE) for page in looked_at}


def _more(
    source: RowSource, asked: Asked, pages: Sequence[int], _progress: Progress
) -> dict[int, Sequence[Any]]:
    return {page: source.fetch(asked, page * PAGE, PAGE) for page in pages}


def _tinted(state: State, role: int) -> object:
    if state is State.NONE:
        return None
    return icons.state_icon(state) if role == Qt.ItemDataRole.DecorationRole else theme.colour(state.value)
