"""What nobody foresaw is written to a file and said once; the program goes on."""

import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import qInstallMessageHandler, qWarning
from pytestqt.qtbot import QtBot

from antq_desktop.ui.crash import CrashHook

pytestmark = pytest.mark.usefixtures("english")
ExpectLog = Callable[[str], None]


def clock() -> datetime:
    return datetime(2026, 3, 5, 8, 9, 10, tzinfo=UTC)


@pytest.fixture
def hooks() -> Iterator[None]:
    """Put the process back as it was."""
    before = sys.excepthook, sys.unraisablehook, threading.excepthook
    yield
    sys.excepthook, sys.unraisablehook, threading.excepthook = before


def fault() -> ZeroDivisionError:
    try:
        1 / 0  # noqa: B018 - the fault itself
    except ZeroDivisionError as met:
        return met
    pytest.fail("one by nought")


def test_writes_a_file_and_names_it(qtbot: QtBot, tmp_path: Path, expect_log: ExpectLog) -> None:
    expect_log("ZeroDivisionError")
    said: list[str] = []
    CrashHook(tmp_path, said.append, clock).report(fault())
    (path,) = tmp_path.iterdir()
    assert "ZeroDivisionError" in path.read_text()
    assert len(said) == 1
    assert str(path) in said[0]


def test_says_so_even_when_no_file_can_be_written(
    qtbot: QtBot, tmp_path: Path, expect_log: ExpectLog
) -> None:
    expect_log("ZeroDivisionError")
    (tmp_path / "folder").write_text("a file where the folder should be")
    said: list[str] = []
    CrashHook(tmp_path / "folder", said.append, clock).report(fault())
    assert said == ["The program met a fault of its own. What was saved is safe. Close it and open it again."]


def test_takes_faults_of_the_window_and_of_threads(
    qtbot: QtBot, tmp_path: Path, expect_log: ExpectLog, hooks: None
) -> None:
    expect_log("ZeroDivisionError")
    said: list[str] = []
    hook = CrashHook(tmp_path, said.append, clock)
    hook.install()
    handler = qInstallMessageHandler(None)
    assert handler is not None
    met = fault()
    sys.excepthook(type(met), met, None)
    thread = threading.Thread(target=fault_in_thread)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(said) == 2)


def fault_in_thread() -> None:
    raise fault()


def test_a_fault_while_telling_does_not_pile_up_boxes(
    qtbot: QtBot, tmp_path: Path, expect_log: ExpectLog
) -> None:
    expect_log("ZeroDivisionError")
    said: list[str] = []

    def tell(text: str) -> None:
        said.append(text)
        hook.report(fault())

    hook = CrashHook(tmp_path, tell, clock)
    hook.report(fault())
    assert len(said) == 1


def test_qt_speaks_into_the_log(qtbot: QtBot, tmp_path: Path, expect_log: ExpectLog, hooks: None) -> None:
    expect_log("qt: something odd")
    before = qInstallMessageHandler(None)
    CrashHook(tmp_path, lambda _text: None, clock).install()
    qWarning("something odd")
    qInstallMessageHandler(before)
