"""The yearly and thematic pledges of households: a paper that was signed counts, a missing signature does not."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class CommitmentState(StrEnum):
    """Where the paper of one household stands."""

    NOT_ISSUED = "not_issued"
    ISSUED = "issued"
    SIGNED = "signed"
    ABSENT = "absent"
    MOVED_AWAY = "moved_away"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """One round of signing in one year; ``kind`` is an id of the catalogue of campaigns."""

    id: str
    unit_code: str
    year: int
    kind: str
    name: str
    starts_on: date | None = None
    ends_on: date | None = None
    version: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """The paper of one household in one campaign. A refusal has no reason: none is asked, none is kept."""

    id: str
    unit_code: str
    household_id: str
    campaign_id: str
    year: int
    state: CommitmentState = CommitmentState.NOT_ISSUED
    signed_on: date | None = None
    signed_by: str | None = None
    paper_sha256: str | None = None
    note: str = ""
    version: dict[str, int] = field(default_factory=dict)
