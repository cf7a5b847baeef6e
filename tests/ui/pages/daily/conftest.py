"""Gives tests of the daily pages one area with five households, a page in sight, and keys typed where the focus is."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from antq_desktop.domain.households import Household
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.services.application import Application
from antq_desktop.ui.desk import Desk

HEADS = ("Nguyễn Văn Ánh", "Trần Thị Bé", "Đỗ Văn Dũng", "Bùi Thị Hoa", "Quách Công Minh")


@pytest.fixture
def area(commune: Application) -> ResidentialArea:
    return commune.territory.add("Xóm Bãi", "xóm", date(2020, 1, 1)).record


@pytest.fixture
def homes(commune: Application, area: ResidentialArea) -> list[Household]:
    """Return five households of one area in the order in which lists show them."""
    return [
        commune.households.save(
            Household(id="", unit_code="", area_id=area.id, head=head, birth="1980", members=3)
        ).record
        for head in HEADS
    ]


@pytest.fixture
def show(office: Desk, in_sight: Callable[[QWidget], None]) -> Callable[[Any], Any]:
    """Show a page as the window does, told of changes, and wait until it has read what it shows."""

    def shown(kind: Any) -> Any:
        page = kind(office)
        office.announced.connect(page.changed)
        in_sight(page)
        page.activateWindow()
        page.freshen()
        office.lane.wait_idle()
        return page

    return shown


@pytest.fixture
def settle(rested: Callable[[], None]) -> Callable[[], None]:
    """Let the lane and what waits a moment after the last key come to rest."""
    return rested


@pytest.fixture
def press(office: Desk) -> Callable[..., None]:
    """Press keys, or type texts, where the focus is; the lane comes to rest after each."""

    def pressed(*keys: Qt.Key | str) -> None:
        for key in keys:
            target = QApplication.focusWidget()
            assert target is not None, "nothing has the focus"
            if isinstance(key, str):
                QTest.keyClicks(target, key)
            else:
                QTest.keyClick(target, key)
            office.lane.wait_idle()

    return pressed
