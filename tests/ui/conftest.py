"""Gives tests of the window a lane, a desk and a watch that nothing is left behind."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime import language
from antq_desktop.ui import theme
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.jobs import Lane
from antq_desktop.ui.kept import Kept

_MILLISECONDS_OF_LAYOUT = 60
#: In milliseconds; what takes longer is a note that goes away, not work that is still to come.
_LONGEST_MOMENT = 1_000
#: In milliseconds.
_PATIENCE = 60_000


class Seen:
    """What a lane showed to people."""

    def __init__(self) -> None:
        self.failures: list[KnownFailure] = []
        self.bugs: list[Exception] = []


class _Patient(QtBot):
    """Waits as long as a busy machine needs; what never comes fails all the same."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = _PATIENCE) -> None:  # noqa: N802 - its name in pytest-qt
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = _PATIENCE, **more: Any) -> Any:  # noqa: N802 - likewise
        return super().waitSignal(signal, timeout=timeout, **more)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return _Patient(request)


@pytest.fixture
def english() -> Iterator[None]:
    """Message ids are what the shell's tests compare."""
    language.choose("en")
    yield
    language.choose("vi")


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    theme.apply(qapp, dark=False)


@pytest.fixture(autouse=True)
def nothing_left(qapp: QApplication) -> Iterator[None]:
    """After a test no window is left open and no key is held."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    left = [window for window in qapp.topLevelWidgets() if window.isVisible()]
    for window in left:
        window.close()
    assert left == []
    _let_go_of_keys()
    # What is left on a clipboard without a screen is let go of after Python has ended: the process would end by a crash.
    qapp.clipboard().clear()


def _let_go_of_keys() -> None:
    """Hold neither Shift nor Ctrl: QTest keeps one down when its shortcut was taken, and the next test would choose with it."""
    if QGuiApplication.keyboardModifiers() != Qt.KeyboardModifier.NoModifier:
        QTest.keyRelease(QWindow(), Qt.Key.Key_Control)
    assert QGuiApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def lane(qtbot: QtBot, seen: Seen) -> Iterator[Lane]:
    lane = Lane(seen.failures.append, seen.bugs.append)
    yield lane
    lane.close()


@pytest.fixture
def rested(qtbot: QtBot, qapp: QApplication, lane: Lane) -> Callable[[], None]:
    """Return what waits until the lane is empty and nothing is left that waits a moment after the last key."""

    def about_to_begin() -> bool:
        windows = qapp.topLevelWidgets()
        timers = (timer for window in windows for timer in window.findChildren(QTimer))
        buttons = (button for window in windows for button in window.findChildren(QAbstractButton))
        return any(
            t.isActive() and t.isSingleShot() and t.interval() <= _LONGEST_MOMENT for t in timers
        ) or any(button.isDown() for button in buttons)  # by its key a button stays down for a moment first

    def wait() -> None:
        lane.wait_idle()
        QTest.qWait(_MILLISECONDS_OF_LAYOUT)
        lane.wait_idle()
        while about_to_begin():
            qtbot.waitUntil(lambda: not about_to_begin())
            lane.wait_idle()

    return wait


@pytest.fixture
def stored() -> dict[str, str]:
    """What drafts and memory wrote, by name."""
    return {}


@pytest.fixture
def desk(lane: Lane, stored: dict[str, str]) -> Iterator[Desk]:
    def into(name: str) -> Any:
        return lambda text: stored.__setitem__(name, text)

    drafts = Kept("", into("drafts"), lane)
    memory = Kept("", into("memory"), lane)
    yield Desk(None, lane, drafts=drafts, memory=memory, year=2026)
    drafts.flush()
    memory.flush()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let one kind of message pass: what Qt's screen without a screen cannot do (least sizes, grabs, raising)."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))
