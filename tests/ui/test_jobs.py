"""The lane runs work in order on one thread and brings results to the window's thread."""

import gc
import threading
import weakref
from functools import partial
from pathlib import Path
from time import sleep

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from antq_desktop.domain.errors import Cancelled, KnownFailure, NotFound
from antq_desktop.runtime.progress import Progress
from antq_desktop.ui.jobs import Lane


class _Seen:
    failures: list[KnownFailure]
    bugs: list[Exception]


def test_work_runs_elsewhere_and_its_result_arrives_here(lane: Lane) -> None:
    places: list[str] = []
    results: list[int] = []

    def work(_progress: Progress) -> int:
        places.append(threading.current_thread().name)
        return 42

    def done(result: int) -> None:
        places.append(threading.current_thread().name)
        results.append(result)

    lane.run(work, done)
    lane.wait_idle()
    assert results == [42]
    assert places[0].startswith("database")
    assert places[1] == threading.main_thread().name


def test_a_result_is_never_lost_however_fast_the_work_is(lane: Lane) -> None:
    results: list[int] = []
    for number in range(300):
        lane.run(partial(_given, number), results.append)
    lane.wait_idle()
    assert results == list(range(300))


def _given(number: int, _progress: Progress) -> int:
    return number


def test_a_known_failure_goes_to_who_asked_else_to_the_window(lane: Lane, seen: _Seen) -> None:
    def work(_progress: Progress) -> None:
        raise NotFound(what="7")

    taken: list[KnownFailure] = []
    lane.run(work, failed=taken.append)
    lane.run(work)
    lane.wait_idle()
    assert [type(one) for one in taken] == [NotFound]
    assert [type(one) for one in seen.failures] == [NotFound]
    assert seen.bugs == []


def test_anything_else_is_a_bug_even_when_its_owner_is_gone(lane: Lane, seen: _Seen) -> None:
    def work(_progress: Progress) -> None:
        raise ZeroDivisionError

    owner = QObject()
    lane.run(work, failed=lambda _failure: pytest.fail("a bug is no known failure"), owner=owner)
    del owner
    lane.wait_idle()
    assert [type(one) for one in seen.bugs] == [ZeroDivisionError]


def test_results_for_a_destroyed_owner_are_dropped(lane: Lane, qtbot: QtBot) -> None:
    owner = QObject()
    results: list[int] = []
    lane.run(_late, results.append, owner=owner)
    with qtbot.waitSignal(owner.destroyed):
        owner.deleteLater()
    lane.wait_idle()
    assert results == []


def _late(_progress: Progress) -> int:
    sleep(0.05)
    return 1


def test_progress_is_passed_on_and_cancel_ends_the_work(lane: Lane, seen: _Seen, qtbot: QtBot) -> None:
    def work(progress: Progress) -> None:
        for number in range(10_000):
            progress.report(number, 10_000, "rows")
            sleep(0.001)

    told: list[tuple[int, str]] = []
    lane.moved.connect(lambda moved: told.append((moved.total, moved.what)))
    job = lane.run(work, title="Counting")
    qtbot.waitUntil(lambda: (10_000, "rows") in told)
    job.cancel()
    lane.wait_idle()
    assert [type(one) for one in seen.failures] == [Cancelled]


def test_work_cancelled_before_its_turn_never_begins(lane: Lane) -> None:
    ran: list[str] = []
    lane.run(lambda _progress: sleep(0.05))
    job = lane.run(lambda _progress: ran.append("ran"), failed=lambda _failure: None)
    job.cancel()
    lane.wait_idle()
    assert ran == []


def test_closing_lets_short_work_finish_and_stops_long_work(lane: Lane, tmp_path: Path) -> None:
    target = tmp_path / "draft"
    results: list[object] = []

    def endless(progress: Progress) -> None:
        while True:
            progress.report(0)
            sleep(0.001)

    lane.run(endless, results.append, title="Endless")
    lane.run(lambda _progress: target.write_text("kept"), results.append)
    lane.close()
    assert target.read_text() == "kept"
    lane.run(lambda _progress: target.write_text("late"))
    assert target.read_text() == "kept"
    assert results == []


def test_waiting_gives_up_after_its_time(lane: Lane) -> None:
    lane.run(lambda _progress: sleep(0.3))
    with pytest.raises(TimeoutError):
        lane.wait_idle(50)
    lane.wait_idle()


def test_what_only_holds_itself_is_freed_on_the_thread_of_the_window(lane: Lane, qtbot: QtBot) -> None:
    """A widget freed on the other thread holds a lock of Qt while it waits for this one: the window would stand still."""

    class Circle(QObject):
        pass

    freed: list[str] = []
    circle = Circle()
    circle.itself = circle  # type: ignore[attr-defined] # what Python finds only by looking
    weakref.finalize(circle, lambda: freed.append(threading.current_thread().name))
    del circle
    kept: list[object] = []
    lane.run(lambda _progress: [[n] for n in range(100_000)], kept.append)
    qtbot.waitUntil(lambda: bool(kept and freed), timeout=10_000)
    assert freed == [threading.main_thread().name]


def test_python_looks_by_itself_again_when_the_last_lane_is_closed(lane: Lane) -> None:
    other = Lane(lambda _failure: None, lambda _bug: None)
    other.close()
    other.close()
    assert not gc.isenabled()
    lane.close()
    assert gc.isenabled()
