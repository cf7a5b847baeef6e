"""The report of a period on paper, ready for the paper desk."""

from collections.abc import Callable
from pathlib import Path

from antq_desktop.documents.pdf import Rendered
from antq_desktop.runtime.language import _
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.periodic_reports import ReportView
from antq_desktop.services.printing import Printing
from antq_desktop.services.report_papers import FORM
from antq_desktop.ui.pages.reports.report_rows import capital
from antq_desktop.ui.paper import OnPaper, Paper


def paper(view: ReportView, read: Callable[[str], ReportView]) -> Paper:
    """Return the paper of an edition; ``read`` gives it as it is when the paper is made."""
    report_id = view.report.id

    def make(papers: Printing, out: Path, _reason: str, progress: Progress) -> Rendered:
        return papers.periodic_report(read(report_id), out, progress)

    return Paper(
        name=file_name(view),
        title=capital(_("report of {period}", period=view.name)),
        make=make,
        records=[OnPaper("periodic_reports", report_id, FORM)],
        workbook=True,
    )


def file_name(view: ReportView) -> str:
    """Return the name that is offered for the file, without an ending."""
    return _("report-{period}", period=view.report.period.lower())
