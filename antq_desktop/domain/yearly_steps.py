"""What happened to a unit on its way through the assessed year, as records: steps taken, occurrences that count against it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

#: What a meeting or an appraisal came to; empty for steps that decide nothing.
StepOutcome = Literal["", "agreed", "not_agreed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearStep:
    """One step of a unit's year that was taken on the day ``on``; ``step`` is an id of the catalogue of the yearly process.

    ``number`` is that of the document, ``by`` the body (not the person) that took it. ``part`` of ``whole`` belongs to steps
    that count, such as staff told of the rules. One record a unit, year and step: its ``id`` follows from them.
    """

    id: str
    unit_code: str
    unit_kind: str
    unit_id: str
    year: int
    step: str
    on: date
    number: str = ""
    by: str = ""
    part: int | None = None
    whole: int | None = None
    outcome: StepOutcome = ""
    note: str = ""
    paper_sha256: str | None = None
    version: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """Something that must not happen and did: a day, a count and the number of a document, never a person.

    ``item`` is the id of the criterion it counts against.
    """

    id: str
    unit_code: str
    unit_kind: str
    unit_id: str
    item: str
    on: date
    count: int
    number: str
    version: dict[str, int] = field(default_factory=dict)
