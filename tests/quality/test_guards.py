"""The guards of ``conftest.py`` must be able to go red, else every other test is only half looked at."""

import subprocess
import sys
from pathlib import Path

import pytest

TESTS = '''"""Tests that break one guard each."""

import logging
import threading
import time
import warnings

from PySide6.QtCore import QObject, QThread, QTimer

kept = []


def test_logs_a_warning():
    logging.getLogger("some.part").warning("the stick is %s", "full")


def test_expects_a_log_line_that_never_comes(expect_log):
    expect_log("no such line")


def test_leaves_a_thread():
    threading.Thread(target=time.sleep, args=(3,), name="sleeper", daemon=True).start()


def test_leaves_a_timer(qtbot):
    owner = QObject(objectName="owner")
    QTimer(owner, objectName="tick").start(60_000)
    kept.append(owner)


def test_leaves_a_qt_thread(qtbot):
    thread = QThread(objectName="lane")
    kept.append(thread)
    thread.start()


def test_warns():
    warnings.warn("old", DeprecationWarning, stacklevel=1)


def test_says_what_it_logs(expect_log):
    expect_log("full")
    logging.getLogger("some.part").warning("the stick is %s", "full")


def test_waits_for_its_thread(qtbot):
    threading.Thread(target=time.sleep, args=(0.1,)).start()
'''


def test_every_guard_goes_red_and_only_for_its_own_slip(repository: Path, tmp_path: Path) -> None:
    for name in ("tests/conftest.py", "pyproject.toml"):
        (tmp_path / Path(name).name).write_bytes((repository / name).read_bytes())
    (tmp_path / "test_slips.py").write_text(TESTS, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:randomly", "test_slips.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    said = done.stdout
    for words in (
        "WARNING some.part: the stick is full",
        "expected in the log and not there:\nno such line",
        "left running: thread «sleeper»",
        "left running: QTimer «tick» of QObject «owner», every 60000 ms",
        "left running: QThread «lane» of nothing",
        "DeprecationWarning: old",
    ):
        assert words in said
    assert "1 failed, 7 passed, 5 errors" in said.splitlines()[-1]


def test_qt_has_no_screen(qapp: object) -> None:
    from PySide6.QtGui import QGuiApplication

    if QGuiApplication.platformName() == "xcb":
        pytest.skip("the person at the keyboard asked for real windows")
    assert QGuiApplication.platformName() == "offscreen"
