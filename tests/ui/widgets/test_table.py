"""Tables: sorted by a click, columns remembered, copied for spreadsheets, exported whole, and honest when empty."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from antq_desktop.runtime.progress import Progress
from antq_desktop.ui import dialogs
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import Asked, Column, ListRows, RowsModel
from antq_desktop.ui.widgets import clipboard
from antq_desktop.ui.widgets.table import Table

pytestmark = pytest.mark.usefixtures("english")


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    name: str
    number: str


PEOPLE = [Person(n, f"Người {n:05}", f"{n:012}") for n in range(50_000)]
COLUMNS = [
    Column("name", "Name", lambda row: row.name, 200, wide=True),
    Column("number", "Citizen id", lambda row: row.number, 140),
    Column("id", "Row", lambda row: str(row.id), 80, sortable=False, offered=True),
]


def made(
    qtbot: QtBot, desk: Desk, people: list[Person] = PEOPLE, columns: Sequence[Column] = COLUMNS
) -> Table:
    table = Table(
        RowsModel(columns, ListRows(people, search=lambda row: row.name), desk.lane, "name"), "people", desk
    )
    qtbot.addWidget(table)
    table.resize(700, 400)
    table.show()
    table.model().reload()  # type: ignore[attr-defined]  # it is a RowsModel
    desk.lane.wait_idle()
    return table


def rows(table: Table) -> RowsModel:
    model = table.model()
    assert isinstance(model, RowsModel)
    return model


def choose(table: Table, first: int, last: int) -> None:
    model = rows(table)
    flags = QItemSelectionModel.SelectionFlag
    span = QItemSelection(model.index(first, 0), model.index(last, 0))
    table.selectionModel().select(span, flags.ClearAndSelect | flags.Rows)


def test_of_fifty_thousand_rows_only_those_in_sight_are_written_out(qtbot: QtBot, desk: Desk) -> None:
    written: list[int] = []

    def number(row: Person) -> str:
        written.append(row.id)
        return row.number

    table = made(qtbot, desk, columns=[COLUMNS[0], replace(COLUMNS[1], text=number), COLUMNS[2]])
    assert table.verticalHeader().sectionSize(49_999) == 32
    for place in (49_999, 0, 25_000, 12_345, 40_001):
        table.scrollTo(rows(table).index(place, 0))
        table.grab()
    qtbot.waitUntil(lambda: rows(table).index(40_001, 0).data() == "Người 40001")
    table.grab()
    assert 40_001 in written
    assert len(set(written)) < 200


def test_rows_that_were_never_looked_at_are_chosen_and_copied(qtbot: QtBot, desk: Desk) -> None:
    table = made(qtbot, desk)
    table.selectAll()
    assert table.chosen_count() == 50_000
    taken: list[list[Person]] = []
    table.with_chosen(taken.append)
    desk.lane.wait_idle()
    assert taken == [PEOPLE]
    choose(table, 300, 301)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    desk.lane.wait_idle()
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "Người 00300\t000000000300\nNgười 00301\t000000000301"
    assert "mso-number-format:'\\@'\">000000000300</td>" in data.html()


def test_cells_with_breaks_are_quoted_as_spreadsheets_expect() -> None:
    assert clipboard.separated([["a\tb", 'say "x"', "plain"], ["1\n2", "", "z"]]) == (
        '"a\tb"\t"say ""x"""\tplain\n"1\n2"\t\tz'
    )


def test_columns_and_sorting_are_remembered(qtbot: QtBot, desk: Desk) -> None:
    table = made(qtbot, desk)
    assert [column.key for column in table.shown_columns()] == ["name", "number"]
    table.show_column("id", shown=True)
    table.show_column("number", shown=False)
    table.horizontalHeader().moveSection(2, 0)
    table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    desk.lane.wait_idle()
    again = made(qtbot, desk)
    assert [column.key for column in again.shown_columns()] == ["id", "name"]
    assert rows(again).asked == Asked(sort="name", descending=True)
    assert rows(again).index(0, 0).data() == "Người 49999"


def test_the_last_column_stays_and_an_unsortable_one_is_not_sorted_by(qtbot: QtBot, desk: Desk) -> None:
    table = made(qtbot, desk)
    for key in ("number", "name"):
        table.show_column(key, shown=False)
    assert [column.key for column in table.shown_columns()] == ["name"]
    table.horizontalHeader().setSortIndicator(2, Qt.SortOrder.AscendingOrder)
    assert table.horizontalHeader().sortIndicatorSection() == 0


def test_the_wide_column_takes_the_room_that_is_left(qtbot: QtBot, desk: Desk) -> None:
    table = made(qtbot, desk)
    assert table.columnWidth(0) + table.columnWidth(1) == table.viewport().width()
    table.resize(200, 300)
    assert table.columnWidth(0) == 200


def test_the_chosen_row_stays_chosen_over_a_reload(qtbot: QtBot, desk: Desk) -> None:
    table = made(qtbot, desk)
    told: list[Person | None] = []
    table.chosen.connect(told.append)
    table.setCurrentIndex(rows(table).index(7, 0))
    rows(table).set_source(ListRows(PEOPLE[3:]))
    desk.lane.wait_idle()
    assert table.current_row() == PEOPLE[7]
    assert told[-1] == PEOPLE[7]
    rows(table).set_source(ListRows(PEOPLE[20:]))
    desk.lane.wait_idle()
    assert told[-1] is None


def test_enter_and_double_click_open_a_row(qtbot: QtBot, desk: Desk) -> None:
    table = made(qtbot, desk)
    opened: list[Person] = []
    table.opened.connect(opened.append)
    table.setCurrentIndex(rows(table).index(2, 0))
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened == [PEOPLE[2]]


def test_an_empty_table_says_what_to_do_first(qtbot: QtBot, desk: Desk) -> None:
    table = made(qtbot, desk, [])
    pressed: list[str] = []
    table.set_empty("No household yet", "Import a list.", ("Import", lambda: pressed.append("import")))
    rows(table).reload()
    desk.lane.wait_idle()
    note = table._note
    assert note.isVisible()
    button = note.findChild(QPushButton)
    assert button is not None
    button.click()
    assert pressed == ["import"]
    rows(table).ask(text="nobody")
    desk.lane.wait_idle()
    assert note._title.text() == "No row fits what you look for"
    assert button.isHidden()
    rows(table).set_source(ListRows(PEOPLE))
    desk.lane.wait_idle()
    assert not note.isVisible()


def test_the_whole_list_is_exported_as_it_is_shown(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    table = made(qtbot, desk)
    noted: list[str] = []
    desk.noted.connect(noted.append)
    written: list[list[str]] = []

    def export(path: Path, titles: list[str], lines: Iterator[list[str]], progress: Progress) -> None:
        path.write_text("list")
        written.append(titles)
        written.extend(lines)

    table.set_export(export)
    monkeypatch.setattr(dialogs, "save_file", lambda *_: tmp_path / "list.xlsx")
    rows(table).ask(text="Người 0001")
    table.export()
    desk.lane.wait_idle()
    assert written[0] == ["Name", "Citizen id"]
    assert len(written) == 11
    assert noted == [f"The list was saved in «{tmp_path / 'list.xlsx'}»."]
    monkeypatch.setattr(dialogs, "save_file", lambda *_: None)
    table.export()
    desk.lane.wait_idle()
    assert len(written) == 11


def test_the_menu_offers_what_needs_no_row(qtbot: QtBot, desk: Desk) -> None:
    table = made(qtbot, desk)
    done: list[str] = []
    table.add_row_action("Mark as signed", lambda: done.append("marked"))
    table.add_list_action("Import", lambda: done.append("imported"), "import")
    table.clearSelection()
    table._show_menu(table.rect().center())
    menu = table.findChild(QMenu)
    assert menu is not None
    words = {action.text(): action for action in menu.actions()}
    assert (words["Mark as signed"].isEnabled(), words["Import"].isEnabled()) == (False, True)
    words["Import"].trigger()
    assert done == ["imported"]
    menu.close()


def test_the_menu_offers_the_actions_of_the_page(qtbot: QtBot, desk: Desk) -> None:
    table = made(qtbot, desk)
    done: list[str] = []
    table.add_row_action("Mark as signed", lambda: done.append("marked"))
    choose(table, 0, 4)
    table._show_menu(table.rect().center())
    menu = table.findChild(QMenu)
    assert menu is not None
    words = {action.text(): action for action in menu.actions()}
    words["Mark as signed"].trigger()
    assert done == ["marked"]
    assert "Copy 5 rows" in words
    menu.close()


def test_spare_columns_give_way_and_come_back_and_stay_chosen(qtbot: QtBot, desk: Desk) -> None:
    columns = [
        Column("name", "Name", lambda row: row.name, 200, wide=True),
        Column("number", "Citizen id", lambda row: row.number, 140, spare=True),
        Column("id", "Row", lambda row: str(row.id), 120, spare=True),
    ]
    table = Table(RowsModel(columns, ListRows(PEOPLE[:3])), "spare", desk)
    qtbot.addWidget(table)
    rows(table).reload()
    table.show()

    def seen(width: int) -> list[str]:
        table.resize(width, 300)
        QGuiApplication.processEvents()
        bar = table.horizontalScrollBar()
        assert bar.maximum() == 0 or width < 200
        return [each.key for place, each in enumerate(columns) if not table.isColumnHidden(place)]

    assert seen(520) == ["name", "number", "id"]
    assert seen(400) == ["name", "number"]
    assert seen(260) == ["name"]
    assert [column.key for column in table.shown_columns()] == ["name", "number", "id"]
    table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    kept = desk.memory.get("table/spare")
    assert (kept["hidden"], kept["widths"]) == ([], {"number": 140, "id": 120})
    assert seen(520) == ["name", "number", "id"]
    assert [table.columnWidth(place) for place in (1, 2)] == [140, 120]
    seen(260)
    table.show_column("id", shown=True)  # whoever asks for a column gets it
    assert not table.isColumnHidden(2)
    table.show_column("id", shown=False)
    assert seen(520) == ["name", "number"]


def test_rows_with_two_lines_wrap_what_they_say(qtbot: QtBot, desk: Desk) -> None:
    table = made(qtbot, desk, PEOPLE[:3])
    one = table.rowHeight(0)
    table.set_lines(2)
    assert table.wordWrap()
    assert one + 10 < table.rowHeight(0) < 2 * one
