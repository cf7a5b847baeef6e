"""What it takes to compare the signed reports of a year with the records, and the longest that anything else waits for it.

Run: ``python -m benchmarks.agreement [households] [years]``, or ``python -m benchmarks.agreement FOLDER [year]`` with the passphrase
of a workspace that lies there in ``ANTQ_PASSPHRASE``. Time is that of the processor. Every period of the last year that
has begun is signed first, where it is not.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

from antq_desktop.bootstrap import create_workspace, open_workspace
from antq_desktop.services.application import Application
from antq_desktop.services.first_start import new_commune
from antq_desktop.services.reporting.periodic_reports import PeriodicReports

ROUNDS = 5
PASSPHRASE = "reports are compared 04978"  # noqa: S105 - of an invented commune that is thrown away


def main() -> None:
    given = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        if given and not given[0].isdecimal():
            application = open_workspace(Path(given[0]), os.environ["ANTQ_PASSPHRASE"])
            year = int(given[1]) if len(given) > 1 else application.session.year
        else:
            households, years = (int(number) for number in (*given, "9000", "2")[:2])
            application, year = _made(Path(folder), households, years), date.today().year
        _sign(application, year)
        _measure(application, year)
        application.close()


def _made(folder: Path, households: int, years: int) -> Application:
    new = new_commune(
        "04978", receiving_unit="", officer="An", rank="", year=date.today().year, passphrase=PASSPHRASE
    )
    application = create_workspace(folder / "commune", new).application
    application.generated_commune.make(households, years, 1)
    return application


def _sign(application: Application, year: int) -> None:
    reports = application.periodic_reports
    for row in reports.rows(year):
        if row.signed_on is None:
            reports.sign_off(reports.start(row.period).record.id)


def _measure(application: Application, year: int) -> None:
    reports = application.periodic_reports
    signed = [row for row in reports.rows(year) if row.signed_on]
    whole, again, longest, sum_, view, draft = [], [], [], [], [], []
    drafted = reports.correct(signed[0].report_id, "Đo thời gian").record.id
    for _round in range(ROUNDS):
        _write(application)
        whole.append(_took(lambda: reports.disagreeing(year)))
        again.append(_took(lambda: reports.disagreeing(year)))
        if hasattr(reports, "differences"):  # what was before compared all of them in one job
            _write(application)
            each = [_took(lambda: reports.differences(row.period)) for row in signed]  # noqa: B023 - called at once
            longest.append(max(each))
            sum_.append(sum(each))
        _write(application)
        view.append(_took(lambda: _opened(reports, signed[-1].report_id)))
        draft.append(_took(lambda: _opened(reports, drafted)))
    reports.discard(drafted, "Đo xong")
    print(f"{len(signed)} signed reports of {year}; ms of the processor, medians of {ROUNDS} rounds")
    for name, found in (
        ("all in one piece", whole),
        ("all again, nothing written since", again),
        ("one a piece: the longest", longest),
        ("one a piece: all of them", sum_),
        ("the last of them opened", view),
        ("a correction of the first opened", draft),
    ):
        if found:
            print(f"{name:34} {median(found):8.0f}")


def _opened(reports: PeriodicReports, report_id: str) -> None:
    """Read a signed report as the window does; what it compares follows, where the program knows how."""
    if hasattr(reports, "compare"):
        reports.view(report_id, compared=False)
    else:
        reports.view(report_id)


def _took(work: Callable[[], object]) -> float:
    started = time.thread_time()
    work()
    return (time.thread_time() - started) * 1000


def _write(application: Application) -> None:
    """Write something small, as an officer does between two looks."""
    settings = application.settings
    settings.put("working_year", settings.get("working_year"))


if __name__ == "__main__":
    main()
