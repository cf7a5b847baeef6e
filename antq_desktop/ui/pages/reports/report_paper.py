"""The report of a period on paper, ready for the paper desk."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from antq_desktop.documents.pdf import RecordResult, Rendered
from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.language import _
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.periodic_reports import ReportView
from antq_desktop.services.printing import Printing
from antq_desktop.services.report_papers import FORM
from antq_desktop.ui import dialogs
from antq_desktop.ui.pages.opened_file import open_file
from antq_desktop.ui.pages.reports.report_rows import capital
from antq_desktop.ui.pages.said import say
from antq_desktop.ui.paper import OnPaper, Paper
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.page import Page


def paper(view: ReportView, read: Callable[[str], ReportView]) -> Paper:
    """Return the paper of an edition; ``read`` gives it as it is when the paper is made."""
    report_id = view.report.id

    def make(papers: Printing, out: Path, _reason: str, _progress: Progress) -> Rendered:
        papers.periodic_report(read(report_id), out)
        return Rendered(0, 1, (), (RecordResult(1, 1, 0, (), name=view.name),))

    return Paper(
        name=file_name(view),
        title=capital(_("report of {period}", period=view.name)),
        make=make,
        records=[OnPaper("periodic_reports", report_id, FORM)],
    )


def save_workbook(page: Page, view: ReportView, refused: Callable[[KnownFailure], None]) -> None:
    """Ask for a file and write the report as a workbook; ``page`` says where it lies."""
    kinds = ((_("Spreadsheet"), ("xlsx",)),)
    path = dialogs.save_file(page, _("Where is the workbook to go?"), file_name(view) + ".xlsx", kinds)
    if path is None:
        return
    services, report_id = page.desk.services, view.report.id

    def said(_path: Path) -> None:
        text = _("The workbook lies in «{path}».", path=str(path))
        say(page, State.GOOD, text, (_("Open it"), partial(open_file, path)))

    page.desk.run(
        lambda _progress: services.printing.periodic_report(services.periodic_reports.view(report_id), path),
        said,
        refused,
        title=_("Saving"),
        owner=page,
    )


def file_name(view: ReportView) -> str:
    """Return the name that is offered for the file, without an ending."""
    return _("report-{period}", period=view.report.period.lower())
