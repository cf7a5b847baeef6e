"""A list of 50,000 rows is fetched only where it is looked at, and sorted by its source."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from antq_desktop.domain.text import name_key
from antq_desktop.ui.jobs import Lane
from antq_desktop.ui.models.rows import PAGE, Asked, Column, ListRows, RowsModel
from antq_desktop.ui.theme import LIGHT, State


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    name: str
    signed: bool = False


class Counted:
    """50,000 people by number, counting what is asked of it."""

    def __init__(self, total: int = 50_000) -> None:
        self.total = total
        self.asked: list[Asked] = []
        self.fetched: list[tuple[int, int]] = []

    def count(self, asked: Asked) -> int:
        self.asked.append(asked)
        return self.total

    def fetch(self, asked: Asked, offset: int, limit: int) -> Sequence[Person]:
        self.fetched.append((offset, limit))
        numbers = range(self.total)[:: -1 if asked.descending else 1][offset : offset + limit]
        return [Person(number, f"Người {number}", signed=number % 2 == 0) for number in numbers]


COLUMNS = [
    Column("name", "Name", lambda row: row.name, wide=True),
    Column("id", "Number", lambda row: str(row.id), align="right", sortable=False),
    Column(
        "signed",
        "Signed",
        lambda row: "yes" if row.signed else "no",
        state=lambda row: State.GOOD if row.signed else State.NONE,
    ),
]


def text(model: RowsModel, place: int, column: int = 0) -> str:
    return str(model.index(place, column).data())


def test_nothing_is_asked_before_it_is_wanted(lane: Lane) -> None:
    source = Counted()
    RowsModel(COLUMNS, source, lane)
    assert (source.asked, source.fetched) == ([], [])


def test_only_what_is_looked_at_is_fetched(lane: Lane) -> None:
    source = Counted()
    model = RowsModel(COLUMNS, source, lane)
    model.reload()
    lane.wait_idle()
    assert model.rowCount() == 50_000
    assert text(model, 5) == "Người 5"
    assert text(model, 40_000) == "…"
    lane.wait_idle()
    model._timer.timeout.emit()
    lane.wait_idle()
    assert text(model, 40_000) == "Người 40000"
    assert source.fetched[0] == (0, PAGE)
    assert sum(limit for _offset, limit in source.fetched) <= 4 * PAGE


def test_a_fast_scroll_asks_only_for_where_it_ends(lane: Lane, qtbot: QtBot) -> None:
    source = Counted()
    model = RowsModel(COLUMNS, source, lane)
    model.reload()
    lane.wait_idle()
    source.fetched.clear()
    for place in range(0, 50_000, 50):
        text(model, place)
    assert source.fetched == []
    qtbot.waitUntil(lambda: text(model, 49_950) == "Người 49950")
    assert len(source.fetched) <= 6


def test_old_pages_are_let_go(qtbot: QtBot) -> None:
    model = RowsModel(COLUMNS, Counted())
    model.reload()
    for place in range(0, 50_000, PAGE):
        assert text(model, place) == f"Người {place}"
    assert len(model._pages) <= 32


def test_the_source_sorts_and_late_answers_are_dropped(lane: Lane) -> None:
    source = Counted()
    model = RowsModel(COLUMNS, source, lane, sort="name")
    model.reload()
    model.sort(0, Qt.SortOrder.DescendingOrder)
    lane.wait_idle()
    assert source.asked[-1] == Asked(sort="name", descending=True)
    assert text(model, 0) == "Người 49999"
    asked = len(source.asked)
    model.sort(1)
    assert len(source.asked) == asked


def test_asking_narrows_and_the_same_again_asks_nothing(lane: Lane) -> None:
    source = Counted()
    model = RowsModel(COLUMNS, source, lane)
    model.ask(text="bui", area=3)
    model.ask(text="bui", area=3)
    model.ask(area=None)
    lane.wait_idle()
    assert source.asked == [Asked(text="bui", filters={"area": 3}), Asked(text="bui")]


def test_states_are_shown_with_icon_and_colour(qtbot: QtBot) -> None:
    model = RowsModel(COLUMNS, Counted(4))
    model.reload()
    assert model.index(0, 2).data(Qt.ItemDataRole.ForegroundRole).name() == LIGHT.good
    assert not model.index(0, 2).data(Qt.ItemDataRole.DecorationRole).isNull()
    assert model.index(1, 2).data(Qt.ItemDataRole.DecorationRole) is None
    assert model.index(0, 1).data(Qt.ItemDataRole.TextAlignmentRole) & int(Qt.AlignmentFlag.AlignRight)


def test_a_list_in_memory_sorts_by_given_name_and_finds_without_tones() -> None:
    people = [Person(1, "Bùi Văn Yến"), Person(2, "Đinh Thị Ánh"), Person(3, "Hà Minh An")]
    source = ListRows(people, {"name": lambda row: name_key(row.name)}, lambda row: row.name)
    asked = Asked(sort="name")
    assert [row.id for row in source.fetch(asked, 0, 10)] == [3, 2, 1]
    assert [row.id for row in source.fetch(asked, 1, 1)] == [2]
    assert [row.id for row in source.fetch(Asked(text="dinh thi"), 0, 10)] == [2]
    assert source.count(Asked(text="dinh")) == 1
    assert [row.id for row in source.fetch(Asked(sort="id", descending=True), 0, 10)] == [3, 2, 1]


def test_qt_finds_no_fault_in_the_model(qtmodeltester: ModelTester) -> None:
    model = RowsModel(COLUMNS, Counted(300))
    model.reload()
    qtmodeltester.check(model, force_py=True)  # type: ignore[no-untyped-call]  # pytest-qt leaves it untyped
