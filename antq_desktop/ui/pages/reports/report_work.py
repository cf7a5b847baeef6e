"""Reads what the reports page shows in one go, and keeps what was typed there; both run on the lane."""

from dataclasses import dataclass

from antq_desktop.domain.periodic_reports import PeriodicReport
from antq_desktop.services.reporting.periodic_reports import PeriodicReports, ReportView
from antq_desktop.services.reporting.report_rows import ReportRow
from antq_desktop.services.results import Written


@dataclass(frozen=True, slots=True)
class Read:
    """What the page shows; ``view`` is None for the list alone, and not yet compared with the records."""

    rows: list[ReportRow]
    view: ReportView | None
    editions: list[PeriodicReport]


def read(service: PeriodicReports, year: int, period: str, edition: str) -> Read:
    """Return the periods of ``year``, and the report of ``period`` (or one ``edition`` of it) where one is opened."""
    rows = service.rows(year)
    if not period:
        return Read(rows, None, [])
    row = next((one for one in rows if one.period == period), None)
    wanted = edition or (row.report_id if row is not None else "")
    view = service.view(wanted, compared=False) if wanted else service.view_of(period, compared=False)
    return Read(rows, view, service.editions(period))


def keep(
    service: PeriodicReports, report_id: str, texts: dict[str, str], closing: dict[str, object] | None
) -> Written[PeriodicReport] | None:
    """Keep each paragraph and the closing; return what the last of them gave."""
    done: Written[PeriodicReport] | None = None
    for section, text in texts.items():
        done = service.put_text(report_id, section, text)
    if closing is not None:
        done = service.put_closing(
            report_id,
            number=str(closing["number"]),
            remarks=str(closing["remarks"]).splitlines(),
            tasks=str(closing["tasks"]).splitlines(),
        )
    return done
