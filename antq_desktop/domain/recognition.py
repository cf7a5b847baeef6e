"""The decision that recognises a unit, and the numbered certificates that follow from it."""

from dataclasses import dataclass, field
from datetime import date

from antq_desktop.domain.assessment import SelfAssessment
from antq_desktop.domain.errors import BadInput
from antq_desktop.domain.findings import Finding
from antq_desktop.domain.wording import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """One unit recognised for one year; ``unit_name`` is kept as it was on the day of the decision."""

    id: str
    unit_code: str
    assessment_id: str
    unit_kind: str
    unit_id: str
    unit_name: str
    year: int
    decision_number: str
    decision_date: date
    decided_by: str
    signer: str
    signer_post: str
    version: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """One Giấy công nhận; ``number`` runs by year and kind and is never used again, even after a withdrawal."""

    id: str
    unit_code: str
    recognition_id: str
    year: int
    kind: str
    number: int
    issued_on: date
    withdrawn_on: date | None = None
    withdrawn_reason: str | None = None
    version: dict[str, int] = field(default_factory=dict)


class NotRecognisable(BadInput):
    code = "not-recognisable"
    sentence = N_(
        "Only a finished self-assessment whose result is met can be recognised. Finish the assessment of the unit first."
    )


def check_recognition(
    recognition: Recognition, assessment: SelfAssessment, today: date
) -> tuple[Finding, ...]:
    """Return what is wrong about a recognition of ``assessment``. Raises NotRecognisable.

    Source: TT 124/2021/TT-BCA, Điều 8 khoản 1 (only met or not met) and Điều 10 khoản 1 (who decides).
    """
    if assessment.state != "final" or assessment.result != "met":
        raise NotRecognisable
    findings = [
        Finding(name, "missing", N_("This must be filled in."))
        for name, text in (
            ("unit_name", recognition.unit_name),
            ("decision_number", recognition.decision_number),
            ("decided_by", recognition.decided_by),
            ("signer", recognition.signer),
            ("signer_post", recognition.signer_post),
        )
        # Who signs for the body that recognises the commune itself stands on that body's own paper.
        if not text.strip() and not (recognition.unit_kind == "commune" and name.startswith("signer"))
    ]
    if (
        recognition.assessment_id != assessment.id
        or recognition.unit_code != assessment.unit_code
        or recognition.unit_kind != assessment.unit_kind
        or recognition.unit_id != assessment.unit_id
        or recognition.year != assessment.year
    ):
        findings.append(
            Finding(
                "assessment_id", "other-assessment", N_("The self-assessment is of another unit or year.")
            )
        )
    if assessment.assessed_on and recognition.decision_date < assessment.assessed_on:
        message = N_("The decision is dated before the self-assessment of {day}.")
        facts = {"day": f"{assessment.assessed_on:%d/%m/%Y}"}
        findings.append(Finding("decision_date", "decision-before-assessment", message, facts))
    if recognition.decision_date > today:
        findings.append(Finding("decision_date", "day-in-future", N_("This day lies in the future.")))
    return tuple(findings)


def check_certificate(certificate: Certificate, recognition: Recognition) -> tuple[Finding, ...]:
    """Return what is wrong about a certificate of ``recognition``."""
    findings = []
    if certificate.recognition_id != recognition.id or certificate.year != recognition.year:
        findings.append(
            Finding("recognition_id", "other-recognition", N_("The recognition is of another unit or year."))
        )
    if certificate.number < 1:
        findings.append(Finding("number", "number-too-low", N_("Numbers begin at 1.")))
    if certificate.issued_on < recognition.decision_date:
        message = N_("The certificate is dated before the decision of {day}.")
        facts = {"day": f"{recognition.decision_date:%d/%m/%Y}"}
        findings.append(Finding("issued_on", "issued-before-decision", message, facts))
    if (certificate.withdrawn_on is None) != (not (certificate.withdrawn_reason or "").strip()):
        message = N_("A withdrawal needs its day and its reason.")
        findings.append(Finding("withdrawn_on", "withdrawal-incomplete", message))
    if certificate.withdrawn_on and certificate.withdrawn_on < certificate.issued_on:
        message = N_("The certificate was withdrawn before it was issued.")
        findings.append(Finding("withdrawn_on", "withdrawn-before-issued", message))
    return tuple(findings)


def number_text(number: int, symbol: str = "GCN") -> str:
    """Return the number as it is printed: below 10 with a leading 0 (NĐ 30/2020/NĐ-CP, Phụ lục I), such as ``01/GCN``."""
    return f"{number:02d}/{symbol}"
