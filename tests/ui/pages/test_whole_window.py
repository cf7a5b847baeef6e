"""The whole window on a small laptop: nothing is cut, at 1366×768 and at twice the scale, and the keyboard reaches all."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QDialog,
    QLabel,
    QMenu,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from antq_desktop.domain.community_models import CommunityModel, ModelState
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.services.application import Application
from antq_desktop.ui.gate import Gate
from antq_desktop.ui.jobs import Lane
from antq_desktop.ui.main_window import MainWindow
from antq_desktop.ui.pages.activities.page import ActivitiesPage
from antq_desktop.ui.pages.first_start.wizard import FirstStart
from antq_desktop.ui.pages.settings.page import SettingsPage
from antq_desktop.ui.program import make_window, read_opened
from antq_desktop.ui.widgets.elided import Elided
from antq_desktop.ui.widgets.help_sheet import HelpSheet
from antq_desktop.ui.widgets.table import Table

#: The same screen of 1366×768 dots, as it is and at 200 %.
SCREENS = [pytest.param((1366, 768), id="100 %"), pytest.param((683, 384), id="200 %")]
PASSPHRASE = "cây đa bến nước 04978"


@pytest.fixture
def window(
    qtbot: QtBot, lane: Lane, commune: Application, areas: list[ResidentialArea]
) -> Iterator[MainWindow]:
    window = make_window(read_opened(commune), lane)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitExposed(window):
        window.show()
    yield window
    lane.wait_idle()
    window.close()


def cut(whole: QWidget) -> list[str]:
    """Return every visible part that reaches beyond its parent, and every word that has less room than it needs.

    What scrolls may reach beyond downwards, never sideways; lines made to give way (Elided) tell the rest as a tool tip.
    """
    found = []
    for part in whole.findChildren(QWidget):
        parent = part.parentWidget()
        if not part.isVisible() or parent is None or part.isWindow() or _within_a_list(part):
            continue
        beyond = QRect(QPoint(0, 0), parent.size()).united(part.geometry())
        scrolls = isinstance(parent.parentWidget(), QScrollArea)
        if beyond.width() > parent.width() or (beyond.height() > parent.height() and not scrolls):
            found.append(
                f"{_named(part)} at {_place(part)} reaches beyond {_named(parent)} of {_place(parent)}"
            )
        if _words(part) and part.width() < part.sizeHint().width():
            found.append(
                f"{_named(part)} in {_named(parent)} needs {part.sizeHint().width()} and has {part.width()}"
            )
        if isinstance(part, QLabel) and part.wordWrap() and part.height() < part.heightForWidth(part.width()):
            found.append(
                f"{_named(part)} needs {part.heightForWidth(part.width())} high and has {part.height()}"
            )
    return found


def cut_at_rest(whole: QWidget) -> list[str]:
    """Return what is still cut once layouts have settled: a part laid out anew asks its parent for the same, later."""
    found = cut(whole)
    for _ in range(20):
        if not found:
            break
        QTest.qWait(25)
        found = cut(whole)
    return found


def behind_a_bar(page: QWidget) -> list[str]:
    """Return the lists in sight that are wider than their room once layouts have settled."""
    found = []
    for _ in range(20):
        QTest.qWait(25)
        tables = [table for table in page.findChildren(Table) if table.isVisible()]
        found = [table.accessibleName() for table in tables if table.horizontalScrollBar().maximum()]
        if not found:
            break
    return found


def _words(part: QWidget) -> bool:
    if isinstance(part, QLabel):
        return bool(part.text()) and not part.wordWrap() and not isinstance(part, Elided)
    return isinstance(part, QPushButton | QCheckBox | QRadioButton) and bool(part.text())


def _within_a_list(part: QWidget) -> bool:
    """Tell whether ``part`` belongs to a table or list, which scrolls its own insides both ways."""
    above = part.parentWidget()
    while above is not None:
        if isinstance(above, QAbstractScrollArea) and not isinstance(above, QScrollArea):
            return True
        above = above.parentWidget()
    return False


def _place(part: QWidget) -> tuple[int, int, int, int]:
    return part.x(), part.y(), part.width(), part.height()


def _named(part: QWidget) -> str:
    text = getattr(part, "text", str)()
    return f"{type(part).__name__} «{text or part.objectName()}»"


@pytest.mark.parametrize("size", SCREENS)
def test_no_page_is_cut(window: MainWindow, lane: Lane, size: tuple[int, int]) -> None:
    window.resize(*size)
    faults = []
    for key in window.page_keys:
        window.open_page(key)
        lane.wait_idle()
        QApplication.processEvents()
        faults += [f"{key}: {fault}" for fault in cut_at_rest(window)]
        if isinstance(window.page, SettingsPage):
            for section in window.page.section_keys:
                window.page.show_section(section)
                QApplication.processEvents()
                faults += [f"{key}/{section}: {fault}" for fault in cut_at_rest(window)]
    assert (window.width(), window.height()) == size
    assert faults == []


@pytest.mark.parametrize("size", SCREENS)
def test_no_list_of_the_year_lies_behind_a_bar(window: MainWindow, lane: Lane, size: tuple[int, int]) -> None:
    """In the small window the details cover the list, so that it is looked at without them."""
    window.resize(*size)
    behind = []
    for key in ("models", "activities", "festival", "forces", "awards", "outreach", "targets", "reports"):
        window.open_page(key)
        lane.wait_idle()
        page: Any = window.page
        if size[0] > 1000:
            page.show_details()
        views = page.chips.keys if hasattr(page, "chips") and key != "awards" else ("",)
        for view in views:
            if view:
                page.see(view)
            behind += [f"{key} {view}: {name}" for name in behind_a_bar(page)]
    assert behind == []


@pytest.mark.parametrize("size", SCREENS)
def test_no_step_of_the_first_start_is_cut(
    qtbot: QtBot, lane: Lane, tmp_path: Path, size: tuple[int, int]
) -> None:
    wizard = FirstStart(tmp_path / "workspace", lane)
    width, height = min(980, size[0] - 16), min(640, size[1] - 48)
    wizard.resize(width, height)
    wizard.show()
    faults = []
    for place in range(5):
        wizard._show(place)
        lane.wait_idle()
        faults += [f"step {place + 1}: {fault}" for fault in cut_at_rest(wizard)]
    grown = (wizard.width(), wizard.height())
    QDialog.reject(wizard)
    wizard.deleteLater()
    assert grown == (width, height)
    assert faults == []


@pytest.mark.parametrize("size", SCREENS)
def test_the_door_is_not_cut(qtbot: QtBot, lane: Lane, size: tuple[int, int]) -> None:
    gate = Gate(lane, free=lambda: None, open_=str, reset=lambda _key, _new: None, place="D:\\dữ liệu")
    qtbot.addWidget(gate)
    gate.resize(min(760, size[0]), min(560, size[1]))
    gate.show()
    faults = cut_at_rest(gate)
    gate.ask_recovery_key()
    faults += cut_at_rest(gate)
    gate.close()
    assert faults == []


def test_the_first_nine_pages_have_a_key(window: MainWindow, lane: Lane) -> None:
    for place, key in enumerate(window.page_keys[:9], 1):
        QTest.keyClick(window, Qt.Key(Qt.Key.Key_0 + place), Qt.KeyboardModifier.AltModifier)
        lane.wait_idle()
        assert window.page is window._pages[key]


def test_search_finds_a_household_and_opens_it(window: MainWindow, lane: Lane, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    search = window._header.search
    qtbot.waitUntil(search.hasFocus)
    QTest.keyClicks(search, "quach")
    qtbot.waitUntil(lambda: bool(search.found()))
    assert [found.title for found in search.found()] == ["Quách Văn Minh"]
    QTest.keyClick(search, Qt.Key.Key_Return)
    lane.wait_idle()
    assert window.page is window._pages["households"]


def test_search_finds_an_area_without_tone_marks(window: MainWindow, lane: Lane, qtbot: QtBot) -> None:
    search = window._header.search
    search.setFocus()
    QTest.keyClicks(search, "bai chao")
    qtbot.waitUntil(lambda: bool(search.found()))
    assert search.found()[0].title == "Xóm Bãi Chạo"


def test_help_opens_on_every_page(window: MainWindow, lane: Lane, qtbot: QtBot) -> None:
    for key in window.page_keys:
        window.open_page(key)
        lane.wait_idle()
        QTest.keyClick(window, Qt.Key.Key_F1)
        sheets = [sheet for sheet in window.findChildren(HelpSheet) if sheet.isVisible()]
        assert len(sheets) == 1, key
        sheets[0].close()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)


def locked(window: MainWindow) -> bool:
    return window.is_locked


def test_it_locks_and_opens_again(window: MainWindow, lane: Lane) -> None:
    window.open_page("journal")
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert locked(window)
    lane.wait_idle()
    window._lock._field.setText(PASSPHRASE)
    window._lock._field.entered.emit()
    lane.wait_idle()
    assert not locked(window)
    assert window.page is window._pages["journal"]


def test_a_low_window_names_its_page_in_the_header(window: MainWindow, lane: Lane) -> None:
    named = window._header._commune
    for size, seen in (((683, 384), False), ((1366, 768), True)):
        window.resize(*size)
        for key in window.page_keys:
            window.open_page(key)
            lane.wait_idle()
            QApplication.processEvents()
            assert window.page.shows_title is seen, key
            assert (named.text() == window.page.title) is not seen, key


@pytest.mark.parametrize(("key", "word"), [("activities", "Nhập"), ("models", "Loại riêng")])
def test_a_narrow_window_has_a_button_for_what_a_wide_one_shows(
    window: MainWindow, lane: Lane, key: str, word: str
) -> None:
    window.resize(683, 384)
    window.open_page(key)
    lane.wait_idle()
    page = window.page
    more = [one for one in page.findChildren(QPushButton) if one.accessibleName() == "Việc khác"]
    assert [one.isVisible() for one in more] == [True]
    more[0].click()
    (menu,) = page.findChildren(QMenu)
    assert word in [action.text() for action in menu.actions()]
    menu.close()
    window.resize(1366, 768)
    QApplication.processEvents()
    assert more[0].isHidden()


def test_the_week_shows_a_whole_line_beside_what_is_told_at_twice_the_scale(
    window: MainWindow, lane: Lane, commune: Application
) -> None:
    kind = next(iter(commune.catalogues.models.kinds))
    for name in ("Camera an ninh", "Tiếng kẻng an ninh"):
        commune.community_models.save(
            CommunityModel(id="", unit_code="", kind=kind, name=name, state=ModelState.WORKING)
        )
    window.resize(683, 384)
    window.open_page("activities")
    page = window.page
    assert isinstance(page, ActivitiesPage)
    page.see("week")
    lane.wait_idle()
    page.week.grid.lines.put(0, "title", "chưa lưu")
    page.week.grid.lines.put(0, "on", "ngày nào")
    page.leave()
    lane.wait_idle()
    page.week.read()
    lane.wait_idle()
    QApplication.processEvents()
    view = page.week.grid.view
    assert "1 dòng" in page.week.grid.said()
    assert view.viewport().height() >= view.rowHeight(0)
