"""The search of the header on a real workspace: groups are named once, and Enter opens the right page with the right record."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from antq_desktop.domain.commitments import CommitmentState
from antq_desktop.domain.searched import SEARCHED
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.services.application import Application
from antq_desktop.ui.jobs import Lane
from antq_desktop.ui.main_window import MainWindow
from antq_desktop.ui.program import make_window, read_opened
from antq_desktop.ui.widgets.found_line import DETAIL, GROUP


@pytest.fixture
def window(
    qtbot: QtBot, lane: Lane, commune: Application, areas: list[ResidentialArea]
) -> Iterator[MainWindow]:
    window = make_window(read_opened(commune), lane)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitExposed(window):
        window.show()
    lane.wait_idle()
    yield window
    lane.wait_idle()
    window.close()


@pytest.fixture
def search(window: MainWindow, lane: Lane, rested: Callable[[], None]) -> Any:
    """Return what types into the search and waits for the answer; ``enter`` opens the first line."""

    def typed(text: str, *, enter: bool = False) -> list[tuple[str, str, str]]:
        field = window._header.search
        field.setFocus()
        field.clear()
        QTest.keyClicks(field, text)
        rested()
        items = [field._list.item(place) for place in range(field._list.count())]
        lines = [(item.data(GROUP), item.text(), item.data(DETAIL)) for item in items]
        if enter:
            QTest.keyClick(field, Qt.Key.Key_Return)
            lane.wait_idle()
        return lines

    return typed


def test_every_page_that_the_search_leads_to_is_there(window: MainWindow) -> None:
    assert {searched.page for searched in SEARCHED} <= set(window.page_keys)


def test_groups_are_named_once(window: MainWindow, search: Any, commune: Application) -> None:
    assert search("xom") == [
        ("Khu dân cư", "Xóm Bãi Chạo", ""),
        ("", "Xóm Mớ Đá", ""),
        ("", "Xóm Vó Khang", ""),
    ]
    assert search("hoa") == [("Hộ gia đình", "Bùi Thị Hoa", "1980 · Xóm Bãi Chạo")]


def test_enter_opens_the_household(window: MainWindow, search: Any) -> None:
    search("hoa bui", enter=True)
    page: Any = window.page
    assert window._current == "households"
    assert page._household.form.values()["head"] == "Bùi Thị Hoa"


def test_enter_on_a_paper_of_another_year_changes_the_year(
    window: MainWindow, search: Any, commune: Application, areas: list[ResidentialArea]
) -> None:
    home = commune.households.find("minh")[0]
    commune.settings.put("working_year", 2025)
    campaign = commune.commitments.yearly()
    commune.commitments.record(home.id, campaign.id, CommitmentState.SIGNED, date(2025, 3, 5), "Đinh Thị Lụa")
    commune.settings.put("working_year", 2026)
    assert search("lua", enter=True)[0][:2] == ("Giấy tờ", "Đinh Thị Lụa")
    assert (window._current, window.desk.year) == ("commitments", 2025)
