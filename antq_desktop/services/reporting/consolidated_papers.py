"""Writes consolidated figures into files: one content, as PDF, Word file or workbook."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from antq_desktop.documents.pdf import RecordResult, Rendered
from antq_desktop.documents.spreadsheet_out import write_workbook
from antq_desktop.domain.indicators import count_of
from antq_desktop.runtime.language import _
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.papers.press import PDF, PRINTED, WORD, Press, UnknownPaperKind, with_file
from antq_desktop.services.reporting.consolidated_workbook import sheets
from antq_desktop.services.reporting.consolidating import (
    CommuneFigures,
    Consolidated,
    as_of_text,
    running_text,
)
from antq_desktop.services.reporting.report_words import amount_text, count_text
from antq_desktop.storage.journal import Deed

FORM = "consolidated-report"
#: How the journal names such a report; it is no record, its id is the code of the period.
ENTITY = "consolidated_reports"
WORKBOOK = ".xlsx"


class ConsolidatedPapers(Press):
    """The consolidated report on paper; every writing stands in the journal."""

    def consolidated_report(
        self, report: Consolidated, out: Path, progress: Progress | None = None
    ) -> Rendered:
        """Write ``report`` as .pdf, .docx or .xlsx. Raises UnknownPaperKind, PaperNotWritten."""
        deed = Deed(PRINTED, ENTITY, report.period.code, {"period": report.period.code})
        if out.suffix.lower() in (PDF, WORD):
            return self._print(FORM, [self._record(report)], out, [deed], progress, names=[report.name])
        if out.suffix.lower() != WORKBOOK:
            raise UnknownPaperKind(kinds=f"{PDF}, {WORD}, {WORKBOOK}", suffix=out.suffix or out.name)
        deed = with_file(deed, FORM, out)
        self._attempt([deed], lambda: write_workbook(sheets(report), out))
        self._note([deed])
        return Rendered(0, 1, (), (RecordResult(1, 0, 0, (), name=report.name),))

    def _record(self, report: Consolidated) -> dict[str, Any]:
        head = report.heading
        return {
            "parent": head.parent,
            "agency": head.agency,
            "agency_in_text": head.agency_in_text,
            "place": head.place,
            "year": report.period.year,
            "period": report.name,
            "period_from": report.period.days.first,
            "period_to": report.period.days.last,
            "counted_on": self._session.today(),
            "count": count_text(len(report.communes)),
            "complete_count": count_text(sum(commune.complete for commune in report.communes)),
            "running": running_text(report) if report.is_running else None,
            "missing": "; ".join(map(_missing_text, report.behind)),
            "signer_role": head.signer_post,
            "signer_name": head.signer,
            "figures": [
                {"name": line.name, "unit": line.unit, "total": amount_text(line.of(report.total))}
                for line in report.lines
            ],
            "communes": [_commune_record(commune) for commune in report.communes],
            "differences": list(_difference_records(report)),
        }


def _missing_text(commune: CommuneFigures) -> str:
    if commune.as_of is None:
        return _("{name} (nothing sent yet)", name=commune.unit_name)
    return _("{name} (figures of {day})", name=commune.unit_name, day=as_of_text(commune))


def _commune_record(commune: CommuneFigures) -> dict[str, Any]:
    def written(indicator: str) -> str:
        amount = commune.amounts[indicator]
        return count_text(amount) if isinstance(amount, int) else amount_text(amount)  # type: ignore[arg-type] # a share

    areas, recognised = (count_of(commune.amounts, name) for name in ("areas", "areas_recognised"))
    return {
        "name": commune.unit_name,
        "as_of": as_of_text(commune),
        "households": written("households_living"),
        "signed": written("households_signed"),
        "share": written("share_signed"),
        "recognised": f"{count_text(recognised)}/{count_text(areas)}",
        "models": written("models_working"),
        "activities": written("activity_count"),
    }


def _difference_records(report: Consolidated) -> Iterator[dict[str, str]]:
    for commune in report.communes:
        for found in commune.report.differences if commune.report else ():
            yield {
                "name": commune.unit_name,
                "figure": found.name,
                "signed": found.signed,
                "counted": found.counted,
            }
