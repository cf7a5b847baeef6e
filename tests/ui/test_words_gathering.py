"""What the search lacks is gathered beside other work, goes on after it, and can be stopped."""

from collections.abc import Callable

import pytest

from antq_desktop.runtime.progress import Progress
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.words_gathering import WordsGathering

pytestmark = pytest.mark.usefixtures("english")


class Search:
    """Gathers one of ``left`` at a time; ``between`` is called after each."""

    def __init__(self, left: int) -> None:
        self.left = left
        self.log: list[str] = []
        self.between: Callable[[], object] = lambda: None

    def is_gathered(self) -> bool:
        return self.left == 0

    def gather(self, progress: Progress, is_awaited: Callable[[], bool]) -> bool:
        while self.left:
            progress.report(0, self.left)
            self.left -= 1
            self.log.append("step")
            self.between()
            if self.left and is_awaited():
                return False
        return True


class Services:
    def __init__(self, left: int) -> None:
        self.search = Search(left)


def begun(desk: Desk, left: int) -> Search:
    services = Services(left)
    desk.services = services
    WordsGathering(desk, desk)
    return services.search


def test_nothing_is_shown_where_nothing_is_lacking(desk: Desk) -> None:
    titles: list[str] = []
    desk.lane.began.connect(lambda job: titles.append(job.title))
    search = begun(desk, 0)
    desk.lane.wait_idle()
    assert (search.log, titles) == ([], [""])


def test_all_is_gathered_under_a_title(desk: Desk) -> None:
    titles: list[str] = []
    desk.lane.began.connect(lambda job: titles.append(job.title))
    search = begun(desk, 3)
    desk.lane.wait_idle()
    assert (search.left, titles) == (0, ["", "Making records findable"])


def test_other_work_goes_first(desk: Desk) -> None:
    search = begun(desk, 6)
    asked = iter([True])

    def ask() -> None:
        if next(asked, False):
            desk.run(lambda _progress: search.log.append("page"))

    search.between = ask
    desk.lane.wait_idle()
    assert search.left == 0
    assert search.log.index("page") < len(search.log) - 1


def test_a_stop_is_noted_and_leaves_the_rest_for_the_next_start(desk: Desk) -> None:
    notes: list[str] = []
    desk.noted.connect(notes.append)
    search = begun(desk, 5)

    def stop() -> None:
        desk.lane.jobs[0].cancel()

    search.between = stop
    desk.lane.wait_idle()
    assert search.left == 4
    assert notes == ["Not all records are found yet; it goes on when the program is next started."]


def test_who_asked_for_it_learns_how_it_ended(desk: Desk) -> None:
    services = Services(3)
    desk.services = services
    ends: list[str] = []

    def follow() -> None:
        gathering = WordsGathering(desk, desk)
        gathering.gathered.connect(lambda: ends.append("gathered"))
        gathering.stopped.connect(ends.append)

    def stop() -> None:
        desk.lane.jobs[0].cancel()

    services.search.between = stop
    follow()
    desk.lane.wait_idle()
    services.search.between = lambda: None
    follow()
    desk.lane.wait_idle()
    assert ends == ["Not all records are found yet; it goes on when the program is next started.", "gathered"]
