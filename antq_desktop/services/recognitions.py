"""Keeps the decisions that recognise a unit, and issues and withdraws the numbered certificates that follow from them."""

from dataclasses import replace
from datetime import date
from uuid import NAMESPACE_OID, uuid5

from antq_desktop.domain.assessment import SelfAssessment
from antq_desktop.domain.errors import BadInput
from antq_desktop.domain.findings import Finding
from antq_desktop.domain.recognition import (
    Certificate,
    Recognition,
    check_certificate,
    check_recognition,
    number_text,
)
from antq_desktop.domain.territory import ResidentialArea, Succession, name_on
from antq_desktop.domain.text import clean
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _
from antq_desktop.services.assessments import unit_rows
from antq_desktop.services.results import Written, accepted
from antq_desktop.services.session import Session
from antq_desktop.services.settings import setting
from antq_desktop.storage.queries.assessments import AssessmentRow
from antq_desktop.storage.unit_of_work import Reading, Store

#: The series of numbers that certificates of recognition are taken from, year by year.
SERIES = "recognition"


class AlreadyRecognised(BadInput):
    code = "already-recognised"
    sentence = N_(
        "«{name}» is recognised already by the decision {number}, and its certificate was issued. Nothing was changed."
    )


class CertificateOut(BadInput):
    code = "certificate-out"
    sentence = N_(
        "The certificate {number} is issued for this decision already. Withdraw it first, then issue another."
    )


class CertificateWithdrawn(BadInput):
    code = "certificate-withdrawn"
    sentence = N_("The certificate {number} was withdrawn on {day} already. Nothing was changed.")


class Recognitions:
    """The recognitions of the open workspace and their certificates."""

    def __init__(self, store: Store, session: Session) -> None:
        self._store = store
        self._session = session

    def rows(self, year: int | None = None) -> list[AssessmentRow]:
        """Return the units of a year that can be recognised (finished, met) and those that were."""
        with self._store.reading() as work:
            return [
                row
                for row in unit_rows(work, year or self._session.year)
                if row.recognition_id or (row.state == "final" and row.result == "met")
            ]

    def get(self, recognition_id: str) -> Recognition:
        with self._store.reading() as work:
            return work.get(Recognition, recognition_id)

    def certificate(self, certificate_id: str) -> Certificate:
        with self._store.reading() as work:
            return work.get(Certificate, certificate_id)

    def certificates(self, recognition_id: str) -> list[Certificate]:
        """Return every certificate that was issued for a decision, by number, the withdrawn ones too."""
        with self._store.reading() as work:
            return _issued(work, recognition_id)

    def recognise(
        self,
        assessment_id: str,
        decision_number: str,
        decision_date: date,
        *,
        decided_by: str = "",
        signer: str = "",
        signer_post: str = "",
    ) -> Written[Recognition]:
        """Keep the decision that recognises a unit; until a certificate is issued, again to correct it.

        Who decides and signs comes from the settings where nothing is said (TT 124/2021/TT-BCA, Điều 10 khoản 1).
        Raises NotRecognisable, AlreadyRecognised, Invalid, NotFound.
        """
        with self._store.writing(self._session.user) as work:
            assessment = work.get(SelfAssessment, assessment_id)
            # One decision an assessment, on whichever laptop it is entered: the id follows from it.
            key = uuid5(NAMESPACE_OID, f"{assessment_id} recognition").hex
            known = work.find(Recognition, key)
            if known is not None and _issued(work, key):
                raise AlreadyRecognised(name=known.unit_name, number=known.decision_number)
            area = work.get(ResidentialArea, assessment.unit_id)
            recognition = Recognition(
                id=key,
                unit_code=work.unit_code,
                assessment_id=assessment.id,
                unit_kind=assessment.unit_kind,
                unit_id=assessment.unit_id,
                unit_name=name_on(area, work.all(Succession), decision_date),
                year=assessment.year,
                decision_number=clean(decision_number),
                decision_date=decision_date,
                decided_by=clean(decided_by) or default_decider(work),
                signer=clean(signer) or setting(work, "recognition.signer"),
                signer_post=clean(signer_post) or setting(work, "recognition.signer_post"),
                version=known.version if known is not None else {},
            )
            remarks = accepted(check_recognition(recognition, assessment, self._session.today()))
            saved = work.save(recognition, "recognised")
            return Written(saved, work.commit(), remarks)

    def issue(self, recognition_id: str, issued_on: date) -> Written[Certificate]:
        """Issue the certificate of a decision under the next number of its year, taken for good as it is saved.

        Raises CertificateOut while another one is valid, Invalid, NotFound.
        """
        with self._store.writing(self._session.user) as work:
            recognition = work.get(Recognition, recognition_id)
            for other in _issued(work, recognition_id):
                if other.withdrawn_on is None:
                    raise CertificateOut(number=number_text(other.number))
            certificate = Certificate(
                id=self._session.new_id(),
                unit_code=work.unit_code,
                recognition_id=recognition.id,
                year=recognition.year,
                kind=SERIES,
                number=work.next_number(SERIES, recognition.year),
                issued_on=issued_on,
            )
            remarks = accepted(
                [*check_certificate(certificate, recognition), *self._future("issued_on", issued_on)]
            )
            saved = work.save(certificate, "issued")
            return Written(saved, work.commit(), remarks)

    def withdraw(self, certificate_id: str, on: date, reason: str) -> Written[Certificate]:
        """Withdraw a certificate; its number stays taken. Raises CertificateWithdrawn, Invalid, NotFound."""
        why = clean(reason)
        with self._store.writing(self._session.user) as work:
            kept = work.get(Certificate, certificate_id)
            if kept.withdrawn_on is not None:
                raise CertificateWithdrawn(
                    number=number_text(kept.number), day=f"{kept.withdrawn_on:%d/%m/%Y}"
                )
            withdrawn = replace(kept, withdrawn_on=on, withdrawn_reason=why or None)
            recognition = work.get(Recognition, kept.recognition_id)
            remarks = accepted(
                [*check_certificate(withdrawn, recognition), *self._future("withdrawn_on", on)]
            )
            saved = work.save(withdrawn, "withdrawn", why)
            return Written(saved, work.commit(), remarks)

    def _future(self, field: str, day: date) -> list[Finding]:
        if day <= self._session.today():
            return []
        return [Finding(field, "day-in-future", N_("This day lies in the future."))]


def default_decider(work: Reading) -> str:
    """Return who decides on recognition: as set, else the commune's People's Committee (Điều 10 khoản 1)."""
    commune: str = setting(work, "commune")["name"]
    chosen: str = setting(work, "recognition.decided_by")
    if chosen or not commune:
        return chosen
    return _("People's Committee of {commune}", commune=commune[:1].lower() + commune[1:])


def _issued(work: Reading, recognition_id: str) -> list[Certificate]:
    return sorted(work.all(Certificate, recognition_id=recognition_id), key=lambda kept: kept.number)
