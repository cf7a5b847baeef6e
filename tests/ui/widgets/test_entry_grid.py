"""Fast entry: one key a line where nothing is unusual, saved line by line, nothing typed is lost."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from antq_desktop.domain.changes import Changes
from antq_desktop.domain.errors import NotFound
from antq_desktop.runtime.progress import Progress
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.entry_lines import EntryColumn, Line, Standing
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.entry_grid import EntryGrid

pytestmark = pytest.mark.usefixtures("english")

COLUMNS = [
    EntryColumn("head", "Head"),
    EntryColumn(
        "status",
        "Commitment",
        kind="choice",
        choices=(("given", "Đã phát"), ("signed", "Đã ký"), ("absent", "Vắng")),
        states={"signed": State.GOOD},
    ),
    EntryColumn("on", "Signed on", kind="date"),
    EntryColumn("people", "People", kind="number"),
    EntryColumn("note", "Note", kind="text"),
]
LINES = [Line(f"h{n}", {"head": f"Hộ {n}", "status": None, "on": None}) for n in range(60)]


class Database:
    """Takes lines as a service would, and refuses those it is told to."""

    def __init__(self) -> None:
        self.lines: dict[str, dict[str, Any]] = {}
        self.refused: set[str] = set()

    def save(self, key: str, values: dict[str, Any]) -> Callable[[Progress], Changes]:
        def work(_progress: Progress) -> Changes:
            if key in self.refused:
                raise NotFound(what=key)
            self.lines[key] = values
            return Changes.of("commitments")

        return work


@pytest.fixture
def database() -> Database:
    return Database()


def made(qtbot: QtBot, desk: Desk, database: Database) -> EntryGrid:
    grid = EntryGrid(
        COLUMNS,
        database.save,
        desk,
        name="commitments/2026",
        check=lambda values: (
            "Signed needs a day." if values["status"] == "signed" and not values["on"] else ""
        ),
    )
    qtbot.addWidget(grid)
    grid.resize(900, 500)
    grid.show()
    grid.activateWindow()
    qtbot.waitUntil(grid.isActiveWindow)
    grid.set_lines(LINES)
    grid.view.setFocus()
    return grid


def press(qtbot: QtBot, grid: EntryGrid, *keys: Qt.Key | str) -> None:
    for key in keys:
        if isinstance(key, str):
            QTest.keyClicks(grid.view, key)
        else:
            QTest.keyClick(grid.view, key)


def test_a_whole_area_takes_one_key_a_household(qtbot: QtBot, desk: Desk, database: Database) -> None:
    grid = made(qtbot, desk, database)
    announced: list[Changes] = []
    desk.announced.connect(announced.append)
    grid.set_default("status", "signed")
    grid.set_default("on", date(2026, 3, 5))
    for _line in LINES:
        press(qtbot, grid, Qt.Key.Key_Return)
    desk.lane.wait_idle()
    assert len(database.lines) == 60
    assert database.lines["h59"]["status"] == "signed"
    assert {grid.lines.standing(place) for place in range(60)} == {Standing.SAVED}
    assert announced == [Changes.of("commitments")] * 60
    assert grid.unsaved() == []


def test_digits_and_first_letters_choose(qtbot: QtBot, desk: Desk, database: Database) -> None:
    grid = made(qtbot, desk, database)
    press(qtbot, grid, "3")
    assert grid.lines.values(0)["status"] == "absent"
    press(qtbot, grid, "d")
    assert grid.lines.values(0)["status"] == "given"
    press(qtbot, grid, "d")
    assert grid.lines.values(0)["status"] == "signed"
    press(qtbot, grid, Qt.Key.Key_Delete)
    assert grid.lines.values(0)["status"] is None
    assert database.lines == {}


def test_a_line_is_saved_when_it_is_left_and_untouched_lines_are_not(
    qtbot: QtBot, desk: Desk, database: Database
) -> None:
    grid = made(qtbot, desk, database)
    grid.set_default("status", "given")
    press(qtbot, grid, "3", Qt.Key.Key_Down, Qt.Key.Key_Down)
    desk.lane.wait_idle()
    assert list(database.lines) == ["h0"]
    assert grid.lines.standing(1) is Standing.UNTOUCHED


def test_days_and_numbers_are_typed_the_short_way_and_enter_goes_on(
    qtbot: QtBot, desk: Desk, database: Database
) -> None:
    grid = made(qtbot, desk, database)
    grid.view.setCurrentIndex(grid.lines.index(0, 3))
    press(qtbot, grid, "5")
    editor = grid.view.findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, "/3")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "h0" in database.lines)
    desk.lane.wait_idle()
    assert database.lines["h0"]["on"] == date(2026, 3, 5)
    assert (grid.view.currentIndex().row(), grid.view.currentIndex().column()) == (1, 3)
    assert grid.lines.index(0, 3).data() == "05/03/2026"
    assert grid.lines.setData(grid.lines.index(1, 4), "1.200")
    assert grid.lines.values(1)["people"] == 1200


def test_what_cannot_be_read_stays_and_is_said(qtbot: QtBot, desk: Desk, database: Database) -> None:
    grid = made(qtbot, desk, database)
    grid.lines.setData(grid.lines.index(0, 3), "31/2")
    press(qtbot, grid, Qt.Key.Key_Return)
    assert grid.view.currentIndex().row() == 0
    assert grid.said().startswith("«31/2» is not a day.")
    assert grid.lines.standing(0) is Standing.FAULTY
    assert grid.unsaved() == ["h0"]
    grid.lines.setData(grid.lines.index(0, 3), "28/2")
    press(qtbot, grid, Qt.Key.Key_Return)
    desk.lane.wait_idle()
    assert database.lines["h0"]["on"] == date(2026, 2, 28)
    assert grid.said() == ""


def test_a_check_keeps_a_line_and_a_refusal_is_said(qtbot: QtBot, desk: Desk, database: Database) -> None:
    grid = made(qtbot, desk, database)
    press(qtbot, grid, "2", Qt.Key.Key_Return)
    assert (grid.said(), database.lines) == ("Signed needs a day.", {})
    database.refused.add("h1")
    grid.view.go_to(1)
    press(qtbot, grid, "1", Qt.Key.Key_Return)
    desk.lane.wait_idle()
    assert grid.lines.fault(1).startswith("Nothing with the number «h1»")
    assert grid.unsaved() == ["h0", "h1"]


def test_the_same_as_above(qtbot: QtBot, desk: Desk, database: Database) -> None:
    grid = made(qtbot, desk, database)
    press(qtbot, grid, "3", Qt.Key.Key_Return)
    QTest.keyClick(grid.view, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert grid.lines.values(1)["status"] == "absent"
    desk.lane.wait_idle()


def test_typed_lines_come_back_after_a_crash(
    qtbot: QtBot, desk: Desk, database: Database, stored: dict[str, str]
) -> None:
    grid = made(qtbot, desk, database)
    database.refused.add("h0")
    grid.lines.put(0, "on", date(2026, 3, 5))
    press(qtbot, grid, "3", Qt.Key.Key_Return)
    desk.lane.wait_idle()
    desk.drafts.flush()
    desk.lane.wait_idle()
    assert json.loads(stored["drafts"])
    again = made(qtbot, desk, database)
    assert again.unsaved() == ["h0"]
    assert again.lines.values(0)["status"] == "absent"
    assert again.lines.values(0)["on"] == date(2026, 3, 5)
    database.refused.clear()
    press(qtbot, again, Qt.Key.Key_Return)
    desk.lane.wait_idle()
    assert desk.drafts.get("draft/grid/commitments/2026") == {}


def test_the_mouse_offers_the_choices(qtbot: QtBot, desk: Desk, database: Database) -> None:
    grid = made(qtbot, desk, database)
    grid.view.doubleClicked.emit(grid.lines.index(4, 2))
    menu = grid.view.findChild(QMenu)
    assert menu is not None
    menu.actions()[1].trigger()
    menu.close()
    assert grid.lines.values(4)["status"] == "signed"
    assert not grid.lines.index(4, 2).data(Qt.ItemDataRole.DecorationRole).isNull()
    grid.grab()


def test_rows_copied_from_a_spreadsheet_fill_lines_and_each_fault_is_said(
    qtbot: QtBot, desk: Desk, database: Database
) -> None:
    grid = made(qtbot, desk, database)
    copied = "Đã ký\t5/3/2026\t4\tTự ký\nVắng\n\t3x/3\nđã phát\t\t1.200\n"
    QApplication.clipboard().setText(copied)
    QTest.keyClick(grid.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    desk.lane.wait_idle()
    assert database.lines == {
        "h0": {"head": "Hộ 0", "status": "signed", "on": date(2026, 3, 5), "people": 4, "note": "Tự ký"},
        "h1": {"head": "Hộ 1", "status": "absent", "on": None},
        "h3": {"head": "Hộ 3", "status": "given", "on": None, "people": 1200},
    }
    assert grid.lines.standing(2) is Standing.FAULTY
    assert "3x/3" in grid.lines.fault(2)
    grid.view.go_to(59)
    QTest.keyClick(grid.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    desk.lane.wait_idle()
    assert database.lines["h59"]["note"] == "Tự ký"
    assert grid.said().startswith("3 rows found no line")


def test_a_number_is_shown_with_points_and_one_and_a_half_is_refused(
    qtbot: QtBot, desk: Desk, database: Database
) -> None:
    grid = made(qtbot, desk, database)
    people = grid.lines.index(0, 4)
    grid.lines.setData(people, "1234")
    assert (people.data(), people.data(Qt.ItemDataRole.EditRole)) == ("1.234", "1234")
    grid.lines.setData(people, "1.5")
    press(qtbot, grid, Qt.Key.Key_Return)
    desk.lane.wait_idle()
    assert (grid.said(), database.lines) == ("«1.5» is not a whole number. Type figures only.", {})


def test_in_a_narrow_window_all_columns_stay_in_sight(qtbot: QtBot, desk: Desk, database: Database) -> None:
    grid = made(qtbot, desk, database)
    view = grid.view

    def widths(width: int) -> list[int]:
        grid.resize(width, 300)
        QApplication.processEvents()
        return [view.columnWidth(section) for section in range(1, len(COLUMNS) + 1)]

    assert widths(900)[:4] == [column.width for column in COLUMNS[:4]]
    narrow = widths(600)
    assert view.horizontalScrollBar().maximum() == 0
    assert narrow[1] == COLUMNS[1].width, "what is chosen is not cut"
    assert widths(900)[:4] == [column.width for column in COLUMNS[:4]]
