"""Writes the reports of periods into files: one definition, as PDF, Word file or workbook."""

from pathlib import Path

from antq_desktop.documents.pdf import RecordResult, Rendered
from antq_desktop.documents.spreadsheet_out import write_workbook
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.papers.press import PDF, PRINTED, WORD, Press, UnknownPaperKind, with_file
from antq_desktop.services.reporting.periodic_paper import form_record
from antq_desktop.services.reporting.periodic_reports import ReportView
from antq_desktop.services.reporting.periodic_workbook import sheets
from antq_desktop.storage.journal import Deed

FORM = "periodic-report"
WORKBOOK = ".xlsx"


class ReportPapers(Press):
    """The reports of periods on paper; a draft carries the draft mark in each kind of file."""

    def periodic_report(self, view: ReportView, out: Path, progress: Progress | None = None) -> Rendered:
        """Write what ``view`` shows as .pdf, .docx or .xlsx, and tell which letters the printing face lacks.

        A workbook has no pages and is shown with the letters of the reader's machine. Raises UnknownPaperKind, PaperNotWritten.
        """
        deed = Deed(PRINTED, "periodic_reports", view.report.id, {"period": view.report.period})
        if out.suffix.lower() in (PDF, WORD):
            return self._print(
                FORM, [form_record(view)], out, [deed], progress, names=[view.name], draft=view.draft
            )
        if out.suffix.lower() != WORKBOOK:
            raise UnknownPaperKind(kinds=f"{PDF}, {WORD}, {WORKBOOK}", suffix=out.suffix or out.name)
        deed = with_file(deed, FORM, out)
        self._attempt([deed], lambda: write_workbook(sheets(view), out))
        self._note([deed])
        return Rendered(0, 1, (), (RecordResult(1, 0, 0, (), name=view.name),))
