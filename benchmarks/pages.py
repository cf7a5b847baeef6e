"""What opening each page takes in a commune of 9,000 households, until all is painted, and the longest question among it.

Run: ``python -m benchmarks.pages [households] [years]``, or ``python -m benchmarks.pages FOLDER`` with the passphrase of a
workspace that lies there in ``ANTQ_PASSPHRASE``. The window is drawn offscreen. Time is that of the processor, which other
programs disturb less than the clock. What is over the budget needs mending: an officer's laptop takes two to three times as long.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from antq_desktop.bootstrap import create_workspace, open_workspace
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.application import Application
from antq_desktop.services.first_start import new_commune
from antq_desktop.ui.jobs import Job, Lane
from antq_desktop.ui.main_window import MainWindow
from antq_desktop.ui.program import make_window, read_opened
from antq_desktop.ui.start import dressed

BUDGET = 200.0
ROUNDS = 5
PASSPHRASE = "pages are measured 04978"  # noqa: S105 - of an invented commune that is thrown away


class Timed(Lane):
    """A lane that keeps how long the work of each job took, in milliseconds."""

    def __init__(self) -> None:
        super().__init__(_raise, _raise)
        self.took: list[float] = []

    def run(self, work: Callable[[Progress], object], *args: object, **named: object) -> Job:
        def timed(progress: Progress) -> object:
            started = time.thread_time()
            try:
                return work(progress)
            finally:
                self.took.append((time.thread_time() - started) * 1000)

        return super().run(timed, *args, **named)  # type: ignore[arg-type]


def main() -> None:
    given = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        if given and not given[0].isdecimal():
            application = open_workspace(Path(given[0]), os.environ["ANTQ_PASSPHRASE"])
        else:
            households, years = (int(number) for number in (*given, "9000", "2")[:2] if number.isdecimal())
            application = _made(Path(folder), households, years)
        app = dressed()
        lane = Timed()
        window = make_window(read_opened(application), lane)
        window.resize(1366, 768)
        window.show()
        _settle(app, lane)
        print(
            "page                 first time    again   longest question   ms, medians; budget", int(BUDGET)
        )
        for key in window.page_keys:
            first, _longest = _opened(app, lane, window, key)
            again = [_opened(app, lane, window, key, stale=True) for _round in range(ROUNDS)]
            took, longest = median(took for took, _ in again), median(longest for _, longest in again)
            mark = "  over" if longest > BUDGET else ""
            print(f"{key:20} {first:10.0f} {took:8.0f} {longest:18.0f}{mark}")
        window.close()
        lane.close()
        application.close()


def _made(folder: Path, households: int, years: int) -> Application:
    new = new_commune(
        "04978", receiving_unit="", officer="An", rank="", year=date.today().year, passphrase=PASSPHRASE
    )
    application = create_workspace(folder / "commune", new).application
    application.generated_commune.make(households, years, 1)
    return application


def _opened(
    app: QApplication, lane: Timed, window: MainWindow, key: str, *, stale: bool = False
) -> tuple[float, float]:
    """Return how long it takes until nothing is awaited and all is painted, and how long its longest job took."""
    if stale:
        window.page.stale = True
    lane.took.clear()
    started = time.process_time()
    window.open_page(key)
    _settle(app, lane)
    return (time.process_time() - started) * 1000, max(lane.took, default=0.0)


def _settle(app: QApplication, lane: Timed) -> None:
    while True:
        app.processEvents()
        if not lane.jobs:
            app.processEvents()
            if not lane.jobs:
                return
        time.sleep(0.0005)


def _raise(failure: Exception) -> None:
    raise failure


if __name__ == "__main__":
    main()
