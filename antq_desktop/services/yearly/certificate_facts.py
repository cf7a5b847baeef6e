"""The few facts that stand signed in the QR of a certificate: what is printed there and what is read back agree here."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

from antq_desktop.domain.recognition import Certificate, Recognition, number_text
from antq_desktop.exchange.summary import SummaryRefused

#: Short names inside the code: every sign makes it denser and harder to read.
_NAMES = {
    "kind": "k",
    "unit_code": "u",
    "year": "y",
    "number": "n",
    "unit_name": "r",
    "decision_number": "q",
    "issued_on": "d",
}


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """Number ``number`` of ``year`` in the series ``kind`` of the commune ``unit_code``, for the unit ``unit_name``."""

    kind: str
    unit_code: str
    year: int
    number: int
    unit_name: str
    decision_number: str
    issued_on: date

    @property
    def number_text(self) -> str:
        return number_text(self.number)


def facts_of(certificate: Certificate, recognition: Recognition) -> CertificateFacts:
    """Return the facts of a certificate as they are kept."""
    return CertificateFacts(
        kind=certificate.kind,
        unit_code=certificate.unit_code,
        year=certificate.year,
        number=certificate.number,
        unit_name=recognition.unit_name,
        decision_number=recognition.decision_number,
        issued_on=certificate.issued_on,
    )


def to_summary(facts: CertificateFacts) -> dict[str, str | int]:
    """Return ``facts`` as the code carries them."""
    plain = {short: getattr(facts, name) for name, short in _NAMES.items()}
    return {**plain, "d": facts.issued_on.isoformat()}


def from_summary(summary: Mapping[str, str | int]) -> CertificateFacts:
    """Return the facts in an opened code. Raises SummaryRefused when it says other things than a certificate does."""
    if summary.keys() != set(_NAMES.values()):
        raise SummaryRefused
    values = {name: summary[short] for name, short in _NAMES.items()}
    kinds = {field.name: field.type for field in fields(CertificateFacts)}
    if not all(type(value) is (int if kinds[name] is int else str) for name, value in values.items()):
        raise SummaryRefused
    try:
        issued_on = date.fromisoformat(str(values.pop("issued_on")))
    except ValueError as error:
        raise SummaryRefused from error
    return CertificateFacts(**values, issued_on=issued_on)  # type: ignore[arg-type] # their kinds were compared above
