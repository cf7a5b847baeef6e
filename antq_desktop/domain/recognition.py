"""The decision that recognises a unit, and the numbered certificates that follow from it."""

from dataclasses import dataclass, field
from datetime import date


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
