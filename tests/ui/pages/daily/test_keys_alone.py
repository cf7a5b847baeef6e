"""What a morning of entry costs in key strokes, counted on the whole window without a mouse."""

import sys
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from antq_desktop.domain.commitments import CommitmentState
from antq_desktop.domain.households import Household
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.services.application import Application
from antq_desktop.ui.jobs import Lane
from antq_desktop.ui.main_window import MainWindow
from antq_desktop.ui.program import make_window, read_opened

ENTER = Qt.Key.Key_Return
HOMES = 60
FAMILIES = ("Bùi", "Quách", "Đinh", "Hà", "Nguyễn", "Trần")
GIVEN = ("Ánh", "Bé", "Cường", "Dũng", "Đức", "Hoa", "Khánh", "Lương", "Minh", "Vinh")


class Keyboard:
    """Presses keys where the focus is, as a person does, and counts them."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane
        self.strokes = 0

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.strokes += 1
        QTest.keyClick(self._focus(), key, modifier)
        self._rest()

    def type(self, text: str) -> None:
        for letter in text:
            self.strokes += 1
            QTest.keyClicks(self._focus(), letter)
        self._rest()

    def _focus(self) -> QWidget:
        target = QApplication.focusWidget()
        assert target is not None, "nothing has the focus"
        return target

    def _rest(self) -> None:
        QApplication.processEvents()
        self._lane.wait_idle()


@pytest.fixture
def full_area(commune: Application, areas: list[ResidentialArea]) -> ResidentialArea:
    """Let 60 households live in the last of the three areas, none with a paper yet."""
    for n in range(HOMES):
        head = f"{FAMILIES[n % 6]} Văn {GIVEN[n // 6]}"
        commune.households.save(Household(id="", unit_code="", area_id=areas[2].id, head=head))
    commune.commitments.yearly()
    return areas[2]


@pytest.fixture
def window(
    qtbot: QtBot, lane: Lane, commune: Application, full_area: ResidentialArea
) -> Iterator[MainWindow]:
    window = make_window(read_opened(commune), lane)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    lane.wait_idle()
    yield window
    lane.wait_idle()
    window.close()


@pytest.fixture
def keyboard(lane: Lane) -> Keyboard:
    return Keyboard(lane)


def test_sixty_households_are_entered_with_at_most_two_strokes_each(
    window: MainWindow, keyboard: Keyboard, commune: Application, full_area: ResidentialArea
) -> None:
    keyboard.press(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    keyboard.type("vo")
    keyboard.press(ENTER)
    to_the_lines = keyboard.strokes
    keyboard.press(ENTER)
    keyboard.type("5/3")
    keyboard.press(ENTER)
    QTest.qWait(50)  # Qt closes the cell a moment after Enter
    for n in range(1, HOMES):
        if n == 20:
            keyboard.type("3")
        keyboard.press(ENTER)
    for_the_households = keyboard.strokes - to_the_lines
    sys.stdout.write(f"{to_the_lines} strokes to the area, {for_the_households} for {HOMES} households\n")
    rows = commune.commitments.entries(full_area.id, commune.commitments.yearly().id)
    signed = [row for row in rows if (row.state, row.signed_on) == (CommitmentState.SIGNED, date(2026, 3, 5))]
    assert len(signed) == HOMES - 1
    assert rows[20].state is CommitmentState.ABSENT
    assert to_the_lines <= 4
    assert for_the_households <= 2 * HOMES


def test_search_finds_a_household_in_six_strokes_and_enter_opens_it(
    window: MainWindow, keyboard: Keyboard, rested: Callable[[], None]
) -> None:
    keyboard.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    keyboard.type("qu mi")
    assert keyboard.strokes <= 6
    keyboard.press(ENTER)
    rested()
    page = window.page
    assert page is window._pages["households"]
    record = page._editor.record  # type: ignore[attr-defined]  # it is the page of households
    assert record.head == "Quách Văn Minh"
    assert page._details.isVisible()
