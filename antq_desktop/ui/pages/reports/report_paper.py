"""The report of a period on paper, ready for the paper desk."""

from pathlib import Path

from antq_desktop.documents.pdf import Rendered
from antq_desktop.runtime.language import _
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.papers.printing import Printing
from antq_desktop.services.reporting.periodic_reports import PeriodicReports, ReportView
from antq_desktop.services.reporting.report_papers import FORM
from antq_desktop.ui.pages.reports.report_rows import capital
from antq_desktop.ui.paper import OnPaper, Paper


def paper(view: ReportView, service: PeriodicReports) -> Paper:
    """Return the paper of an edition, or of a period nobody has written of yet, as it is when the paper is made."""
    report_id, period = view.report.id, view.report.period

    def make(papers: Printing, out: Path, _reason: str, progress: Progress) -> Rendered:
        now = (
            service.view(report_id, compared=False) if report_id else service.view_of(period, compared=False)
        )
        return papers.periodic_report(now, out, progress)

    return Paper(
        name=file_name(view),
        title=capital(_("report of {period}", period=view.name)),
        make=make,
        records=[OnPaper("periodic_reports", report_id, FORM)] if report_id else [],
        workbook=True,
    )


def file_name(view: ReportView) -> str:
    """Return the name that is offered for the file, without an ending."""
    return _("report-{period}", period=view.report.period.lower())
