"""Prints certificates: on white paper or over a bought blank, as a draft before the decision, and again only with a reason."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from antq_desktop.documents.pdf import NothingToPrint, Overprint, RecordResult, Rendered
from antq_desktop.domain.assessment import SelfAssessment
from antq_desktop.domain.errors import BadInput, KnownFailure, NotFound
from antq_desktop.domain.recognition import Certificate, Recognition, number_text
from antq_desktop.domain.text import clean
from antq_desktop.domain.units import Unit
from antq_desktop.domain.wording import N_
from antq_desktop.exchange.summary import sign_summary
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.commune_side import device_keys
from antq_desktop.services.papers.paper_records import Letterhead, letterhead
from antq_desktop.services.papers.press import PDF, PRINTED, Drawn, Press, UnknownPaperKind, told
from antq_desktop.services.papers.signing import signing_of
from antq_desktop.services.yearly import decisions, number_register
from antq_desktop.services.yearly.certificate_facts import facts_of, to_summary
from antq_desktop.services.yearly.decisions import Typed
from antq_desktop.services.yearly.recognitions import CertificateNotOurs
from antq_desktop.services.yearly.unit_year import with_kind
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.queries import journal as journal_queries
from antq_desktop.storage.queries.journal import JournalFilter
from antq_desktop.storage.unit_of_work import Reading

_FORM = "certificate"
#: How many certificates are read at once while they are printed.
_CHUNK = 100
#: How far, in millimetres, a print may be moved: a paper that lies further off was put in wrongly.
FURTHEST_MM = 30.0


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


class OffsetTooFar(BadInput):
    code = "offset-too-far"
    sentence = N_("More than {most} mm is too far. Look how the paper lies in the printer.")


class CertificatePapers(Press):
    """The certificates of the open workspace, and the sheet that tests a printer before a blank is used."""

    def certificates(
        self,
        certificate_ids: Sequence[str],
        out: Path,
        *,
        reason: str = "",
        overprint: Overprint | None = None,
        progress: Progress | None = None,
    ) -> Rendered:
        """Print certificates into one file, a page each, with a result each. One that was printed before asks a ``reason``.

        ``overprint`` leaves out what a bought blank bears already and moves the rest. Raises ReprintNeedsReason,
        WithdrawnNotPrinted, NumberTwice, UnknownPaperKind, NothingToPrint, PaperNotWritten, Cancelled.
        """
        why = clean(reason)
        names = []
        with self._store.writing(self._session.user) as work:
            keys, head = device_keys.ensure(work), letterhead(work)
            for key in told(certificate_ids, progress):
                certificate = work.get(Certificate, key)
                if certificate.withdrawn_on is not None:
                    raise WithdrawnNotPrinted(
                        number=number_text(certificate.number), day=f"{certificate.withdrawn_on:%d/%m/%Y}"
                    )
                number_register.demand_single(work, certificate)
                if not why and not self._looks and _was_printed(work, key):
                    raise ReprintNeedsReason(number=number_text(certificate.number))
                names.append(work.get(Recognition, certificate.recognition_id).unit_name)
            work.commit()
        records = Drawn(len(names), lambda: self._records(certificate_ids, head, keys.sign_seed))
        deeds = [Deed(PRINTED, "certificates", key, note=why) for key in certificate_ids]
        return self._print(_FORM, records, out, deeds, progress, names=names, overprint=overprint)

    def certificate_draft(self, assessment_id: str, out: Path) -> Rendered:
        """Print the certificate of a unit before it is issued: marked as a draft, without number and code.

        Raises CertificateNotOurs for the commune itself; UnitExcluded, UnitNotManaged, NotFound.
        """
        return self.certificate_drafts([assessment_id], out)

    def certificate_drafts(
        self, assessment_ids: Sequence[str], out: Path, progress: Progress | None = None
    ) -> Rendered:
        """Print the certificates of units before they are issued into one file, with a result each.

        A unit that gets no certificate of ours is left out and told in its result; if none gets one, the first failure is
        raised: CertificateNotOurs, UnitExcluded, UnitNotManaged, NotFound. Also raises NothingToPrint, Cancelled.
        """
        records: list[dict[str, Any]] = []
        names: list[str] = []
        deeds: list[Deed] = []
        refused: dict[int, RecordResult] = {}
        with self._store.reading() as work:
            head = letterhead(work)
            for number, key in enumerate(told(assessment_ids, progress), 1):
                try:
                    decision = self._to_be(work, key)
                except KnownFailure as failure:
                    name = _unit_name(work, key, self._session.today())
                    refused[number] = RecordResult(number, 0, 0, (), failure, name)
                else:
                    records.append(_record(work, head, decision, None, ""))
                    names.append(decision.unit_name)
                    deeds.append(Deed(PRINTED, "self_assessments", key))
        if not records:
            raise next((result.failure for result in refused.values() if result.failure), NothingToPrint())
        done = self._print(_FORM, records, out, deeds, progress, names=names, draft=True)
        for number, result in refused.items():
            if result.failure is not None:
                key = assessment_ids[number - 1]
                self.print_failed("self_assessments", key, _FORM, result.failure.code)
        printed = iter(done.results)
        numbers = range(1, len(assessment_ids) + 1)
        results = (refused.get(number) or replace(next(printed), number=number) for number in numbers)
        return replace(done, results=tuple(results))

    def _records(
        self, certificate_ids: Sequence[str], head: Letterhead, seed: bytes
    ) -> Iterator[Mapping[str, Any]]:
        """Yield the fields of certificates, read some at a time; no view of the database stays open in between."""
        for start in range(0, len(certificate_ids), _CHUNK):
            records = []
            with self._store.reading() as work:
                for key in certificate_ids[start : start + _CHUNK]:
                    certificate = work.get(Certificate, key)
                    recognition = work.get(Recognition, certificate.recognition_id)
                    code = sign_summary(seed, to_summary(facts_of(certificate, recognition)))
                    records.append(_record(work, head, recognition, certificate, code))
            yield from records

    def _to_be(self, work: Reading, assessment_id: str) -> Recognition:
        """Return the decision that a certificate would rest on: the one that is kept, else as it would be drawn up."""
        assessment = work.get(SelfAssessment, assessment_id)
        known = decisions.kept(work, assessment_id)
        typed = Typed("", self._session.today())
        decision = known[-1] if known else decisions.drawn_up(work, self._catalogues.scope, assessment, typed)
        if assessment.unit_kind == "commune":
            raise CertificateNotOurs(name=decision.unit_name, decided_by=decision.decided_by)
        return decision

    def overprint_test(self, out: Path, offset: Overprint, printer: str = "") -> Rendered:
        """Print the sheet with crosses that shows how far a printer is off, moved by the ``offset`` in use.

        Raises UnknownPaperKind for what is no PDF, PaperNotWritten.
        """
        if out.suffix.lower() != PDF:
            raise UnknownPaperKind(kinds=PDF, suffix=out.suffix or out.name)
        record = {
            "printer": printer,
            "dx": _millimetres(offset.dx_mm),
            "dy": _millimetres(offset.dy_mm),
            "made_at": f"{self._session.now().astimezone():%d/%m/%Y %H:%M}",
        }
        deed = Deed(PRINTED, "overprint_test", note=printer)
        return self._print("overprint-test", [record], out, [deed], overprint=offset)

    def offset(self, printer: str) -> tuple[float, float]:
        """Return how far prints on bought blanks are moved on this printer: millimetres to the right and down."""
        with self._store.reading() as work:
            right, down = work.local(f"printer-offset/{printer}", [0.0, 0.0])
        return right, down

    def has_offset(self, printer: str) -> bool:
        """Return whether an offset was ever kept for this printer, be it none at all."""
        with self._store.reading() as work:
            return bool(work.local(f"printer-offset/{printer}", []))

    def keep_offset(self, printer: str, right: float, down: float) -> None:
        """Keep the offset of a printer; it belongs to this laptop alone. Raises OffsetTooFar."""
        if not (abs(right) <= FURTHEST_MM and abs(down) <= FURTHEST_MM):
            raise OffsetTooFar(most=int(FURTHEST_MM))
        with self._store.writing(self._session.user) as work:
            work.keep_local(f"printer-offset/{printer}", [right, down])
            work.commit()


def _record(
    work: Reading, head: Letterhead, recognition: Recognition, certificate: Certificate | None, code: str
) -> dict[str, Any]:
    """Return the fields of the form ``certificate``; without a ``certificate`` its number and day stay open."""
    signing = signing_of(recognition.decided_by, recognition.signer_post)
    return {
        "issuer": recognition.decided_by,
        "number": number_text(certificate.number) if certificate else "",
        "recipient": with_kind(recognition.unit_kind, recognition.unit_name),
        "recipient_place": _place(work, recognition, head.address),
        "year": recognition.year,
        "decision_number": recognition.decision_number,
        "decision_date": recognition.decision_date if recognition.decision_number else None,
        "decision_by": recognition.decided_by,
        "place": head.place,
        "date": certificate.issued_on if certificate else None,
        "signer_authority": signing.authority,
        "signer_deputy": signing.deputy,
        "signer_title": signing.post,
        "signer_name": recognition.signer,
        "qr": code,
    }


def _place(work: Reading, recognition: Recognition, commune: str) -> str:
    """Return where the unit is: a listed one may have an address of its own."""
    listed = work.find(Unit, recognition.unit_id)
    return listed.address if listed and listed.address else commune


def _unit_name(work: Reading, assessment_id: str, today: date) -> str:
    """Return the name of an assessed unit; the id of the assessment where one of the two is gone."""
    try:
        return decisions.unit_of(work, work.get(SelfAssessment, assessment_id), today).name
    except NotFound:
        return assessment_id


def _was_printed(work: Reading, certificate_id: str) -> bool:
    return journal_queries.count(work, JournalFilter("certificates", certificate_id, PRINTED)) > 0


def _millimetres(amount: float) -> str:
    return f"{amount:.1f}".replace(".", ",").removesuffix(",0")
