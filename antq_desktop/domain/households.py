"""The households of a commune: who heads them, where they live, and whether they still live there."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Residence = Literal["living", "moved_away"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """One household of a residential area. ``birth`` is ``YYYY-MM-DD`` or ``YYYY``, as the papers know it."""

    id: str
    unit_code: str
    area_id: str
    head: str
    birth: str | None = None
    citizen_id: str | None = None
    members: int | None = None
    phone: str | None = None
    address: str | None = None
    residence: Residence = "living"
    moved_on: date | None = None
    note: str = ""
    version: dict[str, int] = field(default_factory=dict)
