"""What every test stands on: Qt without a screen, unexpected log lines as failures, nothing left running."""

import gc
import logging
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from secrets import token_hex

import hypothesis
import pytest

from antq_desktop.runtime.counters import FOLDER_VARIABLE
from tests.postgres_server import Server, memory_folder, programs, running_server

# Files of tests lie in memory where there is room for them; real file systems have their tests under faults/.
if memory_folder() is not None:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory_folder()))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A busy machine is slow now and then; a slow example is no wrong example.
hypothesis.settings.register_profile("steady", deadline=None)
hypothesis.settings.load_profile("steady")

ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_END = 2.0

ExpectLog = Callable[[str], None]


def pytest_collection_finish() -> None:
    """Leave what importing made out of every later look at all objects: it stays as long as the process."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def repository() -> Path:
    """Return the top folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """Return the folder of real spreadsheets beside the checkout; a machine without it leaves the test out."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder of shared spreadsheets is not beside the checkout")
    return folder


@pytest.fixture(scope="session", autouse=True)
def counters_of_fixtures(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what workspaces tell outside their database out of the user's own folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FOLDER_VARIABLE, str(tmp_path_factory.mktemp("counters")))
        yield


@pytest.fixture(autouse=True)
def own_counters(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a user's folder of its own: copies of one workspace must not know of each other."""
    folder = tmp_path_factory.getbasetemp() / f"profile-{token_hex(8)}"
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    return folder


@pytest.fixture(autouse=True)
def nothing_left_running(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a thread or a timer behind, by name."""
    before = set(threading.enumerate())
    yield
    left = _threads_left(before)
    if "qapp" in request.fixturenames:
        left += _qt_left()
    if left:
        pytest.fail(f"left running: {', '.join(sorted(left))}", pytrace=False)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """Run one PostgreSQL server for all tests of this process; each test makes a database of its own."""
    if programs() is None:
        if os.environ.get("CI") == "true" and sys.platform == "linux":
            pytest.fail("PostgreSQL is not installed, and here it must be: apt-get install postgresql")
        pytest.skip("PostgreSQL is not installed; on Debian: apt-get install postgresql")
    with running_server() as server:
        yield server


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def expect_log() -> Iterator[ExpectLog]:
    """Fail a test that logs a warning or worse, unless it said so: ``expect_log("part of the message")``.

    What is expected must come: a test that says it expects a line fails without that line.
    """
    expected: list[str] = []
    collector = _Collector()
    logging.getLogger().addHandler(collector)
    yield expected.append
    logging.getLogger().removeHandler(collector)
    lines = [f"{record.levelname} {record.name}: {record.getMessage()}" for record in collector.records]
    surprises = [line for line in lines if not any(part in line for part in expected)]
    missed = [part for part in expected if not any(part in line for line in lines)]
    if surprises:
        pytest.fail("logged unexpectedly:\n" + "\n".join(surprises), pytrace=False)
    if missed:
        pytest.fail("expected in the log and not there:\n" + "\n".join(missed), pytrace=False)


def _threads_left(before: set[threading.Thread]) -> list[str]:
    """Return the names of new threads that do not end by themselves within two seconds."""
    deadline = time.monotonic() + SECONDS_TO_END
    # Python keeps a dummy for every thread of Qt that it once ran in, for ever; those are looked at as QThreads.
    started = [
        thread
        for thread in threading.enumerate()
        if thread not in before and not isinstance(thread, threading._DummyThread)
    ]
    for thread in started:
        thread.join(max(0.0, deadline - time.monotonic()))
    return [f"thread «{thread.name}»" for thread in started if thread.is_alive()]


def _qt_left() -> list[str]:
    """Return the names of Qt threads and timers that still run once closed windows are gone."""
    from PySide6.QtCore import QCoreApplication, QEvent, QThread, QThreadPool, QTimer
    from shiboken6 import isValid

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = []
    if not QThreadPool.globalInstance().waitForDone(int(SECONDS_TO_END * 1000)):
        left.append("work in Qt's global thread pool")
    kinds = {*_kinds_of(QThread), *_kinds_of(QTimer)}
    # By type and not by isinstance: a look at every object of the process, after every test of the window.
    objects = [o for o in gc.get_objects() if type(o) in kinds and isValid(o)]
    for found in objects:
        name = f"{_name(found)} of {_name(found.parent())}"
        if isinstance(found, QTimer) and found.isActive():
            found.stop()  # one test's timer must not disturb the next
            left.append(f"{name}, every {found.interval()} ms")
        elif isinstance(found, QThread) and found.isRunning() and found is not QThread.currentThread():
            found.quit()
            found.wait(int(SECONDS_TO_END * 1000))
            left.append(name)
    return left


def _kinds_of(kind: type[object]) -> Iterator[type[object]]:
    yield kind
    for each in kind.__subclasses__():
        yield from _kinds_of(each)


def _name(found: object) -> str:
    return "nothing" if found is None else f"{type(found).__name__} «{getattr(found, 'objectName', str)()}»"
