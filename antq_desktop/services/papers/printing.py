"""Prints the papers of the workspace into files; every print, and every print that failed, stands in the journal."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from antq_desktop.documents.form_files import form_names
from antq_desktop.documents.pdf import Rendered
from antq_desktop.documents.preview import Preview, previewing
from antq_desktop.documents.spreadsheet_out import Column, Sheet, Table, write_workbook
from antq_desktop.domain.commitments import Campaign
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.commune_side.outgoing import Sent
from antq_desktop.services.commune_side.sending import Enrolment
from antq_desktop.services.households import PersonReport
from antq_desktop.services.papers import paper_records
from antq_desktop.services.papers.certificate_papers import (
    CertificatePapers,
    ReprintNeedsReason,
    WithdrawnNotPrinted,
)
from antq_desktop.services.papers.person_paper import person_record
from antq_desktop.services.papers.press import PRINTED
from antq_desktop.services.papers.unit_papers import UnitPapers
from antq_desktop.services.reporting.consolidated_papers import ConsolidatedPapers
from antq_desktop.services.reporting.report_papers import ReportPapers
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.queries.papers import commitment_papers

__all__ = ["Printing", "ReprintNeedsReason", "WithdrawnNotPrinted"]

_REPORT_EVERY = 500
#: How every age identity begins; printed apart from the signs that differ.
_IDENTITY = "AGE-SECRET-KEY-1"


class Printing(UnitPapers, CertificatePapers, ReportPapers, ConsolidatedPapers):
    """The papers of the open workspace; those of units, certificates and reports stand in modules of their own."""

    @staticmethod
    def forms() -> tuple[str, ...]:
        """Return the names of the forms that exist."""
        return form_names()

    def commitments(
        self,
        out: Path,
        campaign_id: str,
        *,
        area_id: str | None = None,
        household_ids: Sequence[str] | None = None,
        progress: Progress | None = None,
    ) -> Rendered:
        """Print the form of the households named, of an area, or of all that live in the commune, a page each.

        Raises NothingToPrint, PaperNotWritten, Cancelled.
        """
        with self._store.reading() as work:
            campaign = work.get(Campaign, campaign_id)
            head = paper_records.letterhead(work)
            papers = commitment_papers(work, campaign_id, area_id=area_id, household_ids=household_ids)
        kind = self._catalogues.campaigns.kinds.get(campaign.kind)
        pledges = kind.pledges if kind and not kind.yearly else ()
        records = [paper_records.commitment_record(head, paper, campaign, pledges) for paper in papers]
        deeds = [Deed(PRINTED, "campaigns", campaign.id)]
        names = [paper.head for paper in papers]
        return self._print("household-commitment", records, out, deeds, progress, names=names)

    def list_workbook(
        self,
        out: Path,
        title: str,
        heads: Sequence[str],
        rows: Iterable[Sequence[str]],
        progress: Progress | None = None,
    ) -> Path:
        """Write a list of a page as a workbook, all cells as text. Raises PaperNotWritten, Cancelled."""
        with self._store.reading() as work:
            head = paper_records.letterhead(work)
        kept = []
        for number, row in enumerate(rows, 1):
            kept.append(tuple(row))
            if progress is not None and not number % _REPORT_EVERY:
                progress.report(number, 0, title)
        table = Table("", [Column(name, width=18.0) for name in heads], kept)
        sheet = Sheet(title, [head.agency], [], [title.upper()], [table])
        deed = Deed(PRINTED, "lists", changes={"file": out.name}, note=f"{title}: {len(kept)}")
        self._attempt([deed], lambda: write_workbook([sheet], out))
        self._note([deed])
        return out

    def recovery_sheet(self, recovery_key: str, out: Path) -> Rendered:
        """Print the recovery key on its sheet; the key itself is kept nowhere, not in the journal either."""
        with self._store.reading() as work:
            head = paper_records.letterhead(work)
        made_at = self._session.now().astimezone()
        record = {
            "unit": head.agency,
            "province": head.province,
            "workspace": f"{head.address} ({head.unit_code})" if head.unit_code else head.agency,
            "made_at": f"{made_at:%d/%m/%Y %H:%M}",
            "recovery_key": recovery_key,
            "keeper": head.officer,
            "place": head.place,
            "date": made_at.date(),
        }
        return self._print("recovery-key", [record], out, [Deed(PRINTED, "recovery_key")])

    def sealing_recovery_sheet(self, identity: str, out: Path) -> Rendered:
        """Print the key that opens sealed bundles when the receiving unit's machine is lost; it is kept nowhere."""
        with self._store.reading() as work:
            head = paper_records.letterhead(work)
        made_at = self._session.now().astimezone()
        record = {
            "unit": head.agency,
            "province": head.province,
            "made_at": f"{made_at:%d/%m/%Y %H:%M}",
            "prefix": identity[: len(_IDENTITY)],
            "recovery_key": paper_records.grouped(identity[len(_IDENTITY) :], 5, "-"),
            "keeper": head.officer,
            "place": head.place,
            "date": made_at.date(),
        }
        return self._print("sealing-recovery", [record], out, [Deed(PRINTED, "recovery_key")])

    def person_report(self, report: PersonReport, out: Path) -> Rendered:
        """Print what is held on a person, as an answer to their request."""
        with self._store.reading() as work:
            record = person_record(work, report, self._catalogues, self._session.now().astimezone())
        deeds = [Deed(PRINTED, "households", home.id) for home in report.households]
        return self._print("person-report", [record], out, deeds or [Deed(PRINTED, "person_report")])

    def enrolment_sheet(self, made: Enrolment, out: Path) -> Rendered:
        """Print the sheet that goes with an enrolment request: who asks, and the number to read out."""
        with self._store.reading() as work:
            record = paper_records.enrolment_record(paper_records.letterhead(work), made)
        return self._print("enrolment-sheet", [record], out, [Deed(PRINTED, "devices", made.device_id)])

    def handover_slip(self, sent: Sent, out: Path) -> Rendered:
        """Print the slips that go with a sending, one a bundle: its range, counts and hash, and room for two signatures."""
        with self._store.reading() as work:
            records = paper_records.handover_records(paper_records.letterhead(work), sent.parts)
        deeds = [Deed(PRINTED, "sent_bundles", part.bundle_id) for part in sent.parts]
        return self._print(
            "handover-slip", records, out, deeds, names=[part.path.name for part in sent.parts]
        )

    @contextmanager
    def preview(self, path: Path) -> Iterator[Preview]:
        """Open a printed PDF as page images."""
        with previewing(path) as shown:
            yield shown
