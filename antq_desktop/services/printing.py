"""Prints the papers of the workspace into files; every print, and every print that failed, stands in the journal."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from typing import Any, TypeVar

from antq_desktop.documents.form_files import Form, form_names
from antq_desktop.documents.pdf import NothingToPrint, Rendered, render_form
from antq_desktop.documents.preview import Preview, previewing
from antq_desktop.documents.spreadsheet_out import Column, Sheet, Table, write_workbook
from antq_desktop.domain.assessment import SelfAssessment, evaluate
from antq_desktop.domain.commitments import Campaign
from antq_desktop.domain.errors import BadInput, KnownFailure
from antq_desktop.domain.recognition import Certificate, Recognition, number_text
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.domain.text import clean
from antq_desktop.domain.wording import N_
from antq_desktop.exchange.summary import sign_summary
from antq_desktop.runtime.progress import Progress
from antq_desktop.services import device_keys, paper_records
from antq_desktop.services.assessments import Assessments
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.certificate_facts import facts_of, to_summary
from antq_desktop.services.forms import form_in_use
from antq_desktop.services.households import PersonReport
from antq_desktop.services.outgoing import Sent
from antq_desktop.services.person_paper import person_record
from antq_desktop.services.report_workbook import sheets
from antq_desktop.services.reports import Reports, form_record
from antq_desktop.services.sending import Enrolment
from antq_desktop.services.session import Session
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.queries import journal as journal_queries
from antq_desktop.storage.queries.journal import JournalFilter
from antq_desktop.storage.queries.papers import commitment_papers
from antq_desktop.storage.unit_of_work import Reading, Store

T = TypeVar("T")
PRINTED = "printed"
PRINT_FAILED = "print_failed"
VIEWED = "viewed"
_REPORT_EVERY = 500
#: How every age identity begins; printed apart from the signs that differ.
_IDENTITY = "AGE-SECRET-KEY-1"


class ReprintNeedsReason(BadInput):
    code = "reprint-needs-reason"
    sentence = N_(
        "Certificate {number} was printed before. Type why it is printed again; the reason is kept."
    )


class WithdrawnNotPrinted(BadInput):
    code = "withdrawn-not-printed"
    sentence = N_(
        "Certificate {number} was withdrawn on {day} and is not printed any more. Issue another one for the decision."
    )


class UnknownPaperKind(BadInput):
    code = "unknown-paper-kind"
    sentence = N_("A report is written as .pdf or .xlsx, not as «{suffix}». Choose one of these.")


class Printing:
    """The papers of the open workspace."""

    def __init__(
        self,
        store: Store,
        session: Session,
        catalogues: Catalogues,
        assessments: Assessments,
        reports: Reports,
    ) -> None:
        self._store = store
        self._session = session
        self._catalogues = catalogues
        self._assessments = assessments
        self._reports = reports
        self._looks = False

    def looking(self) -> "Printing":
        """Return the papers for the screen alone: the journal says that one was viewed, and none asks why it comes again."""
        other = copy(self)
        other._looks = True  # noqa: SLF001 - it is one of us
        return other

    def print_failed(self, entity: str, entity_id: str, form: str, why: str) -> None:
        """Say in the journal that a paper did not come out of the printer; ``why`` is the code of the failure."""
        self._note([Deed(PRINT_FAILED, entity, entity_id, {"form": form}, why)])

    def offset(self, printer: str) -> tuple[float, float]:
        """Return how far prints on bought blanks are moved on this printer: millimetres to the right and down."""
        with self._store.reading() as work:
            right, down = work.local(f"printer-offset/{printer}", [0.0, 0.0])
        return right, down

    def keep_offset(self, printer: str, right: float, down: float) -> None:
        """Keep the offset of a printer; it belongs to this laptop alone."""
        with self._store.writing(self._session.user) as work:
            work.keep_local(f"printer-offset/{printer}", [right, down])
            work.commit()

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
        return self._print(
            "household-commitment", records, out, [Deed(PRINTED, "campaigns", campaign.id)], progress
        )

    def assessment(self, assessment_id: str, out: Path) -> Rendered:
        """Print a self-assessment; one that is not finished carries the draft mark."""
        catalogue = self._assessments.catalogue(assessment_id)
        with self._store.reading() as work:
            kept = work.get(SelfAssessment, assessment_id)
            area = work.get(ResidentialArea, kept.unit_id)
            outcome = evaluate(catalogue, kept.answers, kept.year)
            record = paper_records.assessment_record(
                paper_records.letterhead(work),
                kept,
                (area.name, area.kind),
                catalogue,
                outcome,
                today=self._session.today(),
            )
        deed = Deed(PRINTED, "self_assessments", kept.id)
        return self._print("self-assessment", [record], out, [deed], draft=kept.state == "draft")

    def certificates(
        self, certificate_ids: Sequence[str], out: Path, *, reason: str = "", progress: Progress | None = None
    ) -> Rendered:
        """Print certificates into one PDF, a page each. One that was printed before asks a ``reason``.

        Raises ReprintNeedsReason, WithdrawnNotPrinted, NothingToPrint, PaperNotWritten, Cancelled.
        """
        why = clean(reason)
        records = []
        with self._store.writing(self._session.user) as work:
            keys = device_keys.ensure(work)
            head = paper_records.letterhead(work)
            for key in certificate_ids:
                certificate = work.get(Certificate, key)
                if certificate.withdrawn_on is not None:
                    raise WithdrawnNotPrinted(
                        number=number_text(certificate.number), day=f"{certificate.withdrawn_on:%d/%m/%Y}"
                    )
                if not why and not self._looks and _was_printed(work, key):
                    raise ReprintNeedsReason(number=number_text(certificate.number))
                recognition = work.get(Recognition, certificate.recognition_id)
                facts = to_summary(facts_of(certificate, recognition))
                records.append(
                    paper_records.certificate_record(
                        head, recognition, certificate, sign_summary(keys.sign_seed, facts)
                    )
                )
            work.commit()
        deeds = [Deed(PRINTED, "certificates", key, note=why) for key in certificate_ids]
        return self._print("certificate", records, out, deeds, progress)

    def report(self, out: Path, year: int | None = None) -> Path:
        """Write the yearly report as .pdf or .xlsx. Raises UnknownPaperKind, UnknownPeriod, PaperNotWritten."""
        report = self._reports.yearly(year)
        deed = Deed(PRINTED, "reports", str(report.period.year))
        if out.suffix.lower() == ".pdf":
            self._print("yearly-report", [form_record(report)], out, [deed])
        elif out.suffix.lower() == ".xlsx":
            deed = _with_file(deed, "yearly-report", out)
            self._attempt([deed], lambda: write_workbook(sheets(report), out))
            self._note([deed])
        else:
            raise UnknownPaperKind(suffix=out.suffix or out.name)
        return out

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
            record = person_record(work, report, self._session.now().astimezone())
        deeds = [Deed(PRINTED, "households", home.id) for home in report.households]
        return self._print("person-report", [record], out, deeds or [Deed(PRINTED, "person_report")])

    def enrolment_sheet(self, made: Enrolment, out: Path) -> Rendered:
        """Print the sheet that goes with an enrolment request: who asks, and the number to read out."""
        with self._store.reading() as work:
            record = paper_records.enrolment_record(paper_records.letterhead(work), made)
        return self._print("enrolment-sheet", [record], out, [Deed(PRINTED, "devices", made.device_id)])

    def handover_slip(self, sent: Sent, out: Path) -> Rendered:
        """Print the slip that goes with a bundle: its range, counts and hash, and room for two signatures."""
        with self._store.reading() as work:
            record = paper_records.handover_record(paper_records.letterhead(work), sent)
        return self._print("handover-slip", [record], out, [Deed(PRINTED, "sent_bundles", sent.bundle_id)])

    @contextmanager
    def preview(self, path: Path) -> Iterator[Preview]:
        """Open a printed PDF as page images."""
        with previewing(path) as shown:
            yield shown

    def _print(
        self,
        form: str,
        records: Sequence[Mapping[str, Any]],
        out: Path,
        deeds: Sequence[Deed],
        progress: Progress | None = None,
        *,
        draft: bool = False,
    ) -> Rendered:
        if not records:
            raise NothingToPrint
        deeds = [_with_file(deed, form, out) for deed in deeds]
        created = self._session.now().astimezone(UTC)
        done = self._attempt(
            deeds,
            lambda: render_form(
                self._form(form), records, out, progress=progress, draft=draft, created=created
            ),
        )
        if len(deeds) == len(done.results):
            deeds = [
                _failed(deed, result.failure) if result.failure else deed
                for deed, result in zip(deeds, done.results, strict=True)
            ]
        self._note(deeds)
        return done

    def _form(self, name: str) -> Form:
        """Return the form in use: the office's own one where it has made one."""
        with self._store.reading() as work:
            return form_in_use(work, name)

    def _attempt(self, deeds: Sequence[Deed], work: Callable[[], T]) -> T:
        """Return what ``work`` gives; when it fails, the journal says so of each of ``deeds``."""
        try:
            return work()
        except KnownFailure as failure:
            self._note([_failed(deed, failure) for deed in deeds])
            raise

    def _note(self, deeds: Sequence[Deed]) -> None:
        if self._looks:
            deeds = [replace(deed, action=VIEWED) for deed in deeds if deed.action == PRINTED]
        with self._store.writing(self._session.user) as work:
            for deed in deeds:
                work.note(deed)
            work.commit()


def _with_file(deed: Deed, form: str, out: Path) -> Deed:
    return replace(deed, changes={"form": form, "file": out.name})


def _failed(deed: Deed, failure: KnownFailure) -> Deed:
    return replace(deed, action=PRINT_FAILED, note=failure.code)


def _was_printed(work: Reading, certificate_id: str) -> bool:
    return journal_queries.count(work, JournalFilter("certificates", certificate_id, PRINTED)) > 0
