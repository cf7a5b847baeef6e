"""Keeps the decisions that recognise a unit, and issues and withdraws the numbered certificates that follow from them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import cast

from antq_desktop.domain.assessment import SelfAssessment
from antq_desktop.domain.criteria import UnitKind
from antq_desktop.domain.errors import BadInput
from antq_desktop.domain.findings import Finding
from antq_desktop.domain.recognition import (
    Certificate,
    Recognition,
    check_certificate,
    check_recognition,
    number_text,
)
from antq_desktop.domain.text import clean
from antq_desktop.domain.units import UnitKey
from antq_desktop.domain.wording import N_
from antq_desktop.domain.yearly_process import StepState
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.results import RowResult, Written, accepted, each_row
from antq_desktop.services.session import Session
from antq_desktop.services.yearly import decisions, number_register, year_standing
from antq_desktop.services.yearly.coverage import unit_rows
from antq_desktop.services.yearly.decision_checks import one_paper, year_so_far
from antq_desktop.services.yearly.decisions import Typed
from antq_desktop.storage.queries import register
from antq_desktop.storage.queries.assessments import AssessmentRow
from antq_desktop.storage.queries.register import RegisterRow
from antq_desktop.storage.unit_of_work import Reading, Store


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


class CertificateNotOurs(BadInput):
    code = "certificate-not-ours"
    sentence = N_(
        "«{name}» is recognised by {decided_by}, which gives out the certificate itself. No number was taken."
    )


class DecisionFollowed(BadInput):
    code = "decision-followed"
    sentence = N_(
        "The decision {number} was followed by the decision {newer}. Issue the certificate of the newer one."
    )


class CertificateWithdrawn(BadInput):
    code = "certificate-withdrawn"
    sentence = N_("The certificate {number} was withdrawn on {day} already. Nothing was changed.")


class Recognitions:
    """The recognitions of the open workspace and their certificates."""

    def __init__(self, store: Store, session: Session, catalogues: Catalogues) -> None:
        self._store = store
        self._session = session
        self._catalogues = catalogues

    def rows(self, year: int | None = None) -> list[AssessmentRow]:
        """Return the units of a year that can be recognised (finished, met) and those that were."""
        with self._store.reading() as work:
            return [
                row
                for row in unit_rows(work, self._catalogues, year or self._session.year)
                if row.recognition_id or (row.state == "final" and row.result == "met")
            ]

    def register(self, year: int | None = None, unit_kind: UnitKind | None = None) -> list[RegisterRow]:
        """Return the certificates of a year by number, those withdrawn too; with ``unit_kind`` only of such units."""
        with self._store.reading() as work:
            return register.rows(work, year or self._session.year, unit_kind)

    def get(self, recognition_id: str) -> Recognition:
        with self._store.reading() as work:
            return work.get(Recognition, recognition_id)

    def certificate(self, certificate_id: str) -> Certificate:
        with self._store.reading() as work:
            return work.get(Certificate, certificate_id)

    def certificates(self, recognition_id: str) -> list[Certificate]:
        """Return every certificate that was issued for a decision, by number, the withdrawn ones too."""
        with self._store.reading() as work:
            return decisions.issued(work, recognition_id)

    def decisions(self, assessment_id: str) -> list[Recognition]:
        """Return every decision on an assessment, the oldest first; all but the last lost their certificates."""
        with self._store.reading() as work:
            return decisions.kept(work, assessment_id)

    def draft(self, assessment_id: str) -> Recognition:
        """Return the decision as it would be drawn up today, for papers before it: without a number, kept nowhere.

        Raises UnitNotManaged, UnitExcluded, NotFound.
        """
        with self._store.reading() as work:
            assessment = work.get(SelfAssessment, assessment_id)
            return decisions.drawn_up(
                work, self._catalogues.scope, assessment, Typed("", self._session.today())
            )

    def recognise(
        self,
        assessment_id: str,
        decision_number: str,
        decision_date: date,
        *,
        decided_by: str = "",
        signer: str = "",
        signer_post: str = "",
        reason: str = "",
    ) -> Written[Recognition]:
        """Keep the decision that recognises a unit; until a certificate is issued, again to correct it.

        Once that certificate is withdrawn, another decision may follow and stands beside the first. Who decides and signs
        comes from the settings where nothing is said (TT 124/2021/TT-BCA, Điều 10 khoản 1). ``reason`` says why a unit is
        recognised whose meeting or appraisal did not agree; the journal keeps it.
        Raises NotRecognisable, AlreadyRecognised, UnitNotManaged, UnitExcluded, Invalid, NotFound.
        """
        typed = Typed(decision_number, decision_date, decided_by, signer, signer_post, reason)
        with self._store.reading() as work:
            steps = self._steps([work.get(SelfAssessment, assessment_id)], work)
        return self._decide(assessment_id, typed, [assessment_id], steps[assessment_id])

    def _decide(
        self, assessment_id: str, typed: Typed, together: Collection[str], steps: Sequence[StepState]
    ) -> Written[Recognition]:
        """Keep the decision on one unit of those that are decided ``together``, whose year stands as ``steps`` say."""
        why = clean(typed.reason)
        with self._store.writing(self._session.user) as work:
            assessment = work.get(SelfAssessment, assessment_id)
            earlier = decisions.kept(work, assessment_id)
            known = earlier[-1] if earlier else None
            withdrawn = decisions.withdrawn_on(work, known) if known else None
            if known and not withdrawn and decisions.issued(work, known.id):
                raise AlreadyRecognised(name=known.unit_name, number=known.decision_number)
            recognition = decisions.drawn_up(work, self._catalogues.scope, assessment, typed)
            if known and not (withdrawn and decisions.is_another(recognition, known)):
                recognition = replace(recognition, id=known.id, version=known.version)
                withdrawn = None
            else:
                recognition = replace(recognition, id=decisions.decision_id(assessment_id, len(earlier)))
            remarks = accepted(
                [
                    *check_recognition(recognition, assessment, self._session.today()),
                    *_after_withdrawal(typed.on, withdrawn),
                    *one_paper(work, recognition, together),
                    *year_so_far(steps, why),
                ]
            )
            saved = work.save(recognition, "recognised", why)
            return Written(saved, work.commit(), remarks)

    def _steps(
        self, assessments: Sequence[SelfAssessment], work: Reading
    ) -> Mapping[str, Sequence[StepState]]:
        """Return by the id of each assessment where the year of its unit stands today; each year is worked out once."""
        today = self._session.today()
        rows = {
            (year, row.key): row.steps
            for year in {each.year for each in assessments}
            for row in year_standing.board(work, self._catalogues, year, today)
        }
        return {
            each.id: rows.get((each.year, UnitKey(cast("UnitKind", each.unit_kind), each.unit_id)), ())
            for each in assessments
        }

    def recognise_all(
        self,
        assessment_ids: Sequence[str],
        decision_number: str,
        decision_date: date,
        *,
        decided_by: str = "",
        signer: str = "",
        signer_post: str = "",
        reason: str = "",
        progress: Progress | None = None,
    ) -> list[RowResult[Recognition]]:
        """Keep one decision for many units, each as ``recognise`` does; one that is refused leaves the others kept."""
        typed = Typed(decision_number, decision_date, decided_by, signer, signer_post, reason)
        with self._store.reading() as work:
            found = {key: work.find(SelfAssessment, key) for key in assessment_ids}
            names = {
                key: decisions.unit_of(work, kept, decision_date).name if kept else key
                for key, kept in found.items()
            }
            steps = self._steps([kept for kept in found.values() if kept], work)

        def one(key: str) -> Written[Recognition]:
            return self._decide(key, typed, assessment_ids, steps.get(key, ()))

        return each_row(names, one, progress)

    def issue(self, recognition_id: str, issued_on: date) -> Written[Certificate]:
        """Issue the certificate of a decision under the next number of its year, taken for good as it is saved.

        Raises CertificateOut while another one is valid, CertificateNotOurs for the commune itself, DecisionFollowed,
        RegisterElsewhere, RegisterOpen, NumberTwice, Invalid, NotFound.
        """
        with self._store.writing(self._session.user) as work:
            recognition = work.get(Recognition, recognition_id)
            if recognition.unit_kind == "commune":
                raise CertificateNotOurs(name=recognition.unit_name, decided_by=recognition.decided_by)
            newest = decisions.kept(work, recognition.assessment_id)[-1]
            if newest.id != recognition.id:
                raise DecisionFollowed(number=recognition.decision_number, newer=newest.decision_number)
            for other in decisions.issued(work, recognition_id):
                if other.withdrawn_on is None:
                    raise CertificateOut(number=number_text(other.number))
            certificate = Certificate(
                id=self._session.new_id(),
                unit_code=work.unit_code,
                recognition_id=recognition.id,
                year=recognition.year,
                kind=number_register.SERIES,
                number=number_register.next_number(work, self._store.device_id, recognition.year),
                issued_on=issued_on,
            )
            remarks = accepted(
                [*check_certificate(certificate, recognition), *self._future("issued_on", issued_on)]
            )
            saved = work.save(certificate, "issued")
            return Written(saved, work.commit(), remarks)

    def issue_all(
        self, recognition_ids: Sequence[str], issued_on: date, progress: Progress | None = None
    ) -> list[RowResult[Certificate]]:
        """Issue a certificate for each decision, in this order; one that is refused takes no number."""
        with self._store.reading() as work:
            found = {key: work.find(Recognition, key) for key in recognition_ids}
        names = {key: kept.unit_name if kept else key for key, kept in found.items()}
        return each_row(names, lambda key: self.issue(key, issued_on), progress)

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


def _after_withdrawal(decided: date, withdrawn: date | None) -> list[Finding]:
    if withdrawn is None or decided >= withdrawn:
        return []
    message = N_("The certificate of the decision before was withdrawn only on {day}.")
    facts = {"day": f"{withdrawn:%d/%m/%Y}"}
    return [Finding("decision_date", "decision-before-withdrawal", message, facts)]
