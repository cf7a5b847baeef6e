"""The self-managed security models of a commune, with sites, groups and members counted apart."""

from dataclasses import dataclass
from dataclasses import field as default
from datetime import date
from enum import StrEnum


class ModelState(StrEnum):
    """Where a model stands in its life."""

    PROPOSED = "proposed"
    WORKING = "working"
    PAUSED = "paused"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityModel:
    """One model of one area, or of the whole commune (``area_id`` None).

    ``kind``, ``field``, ``block`` and ``level`` are ids of the catalogue of model kinds; ``budget_vnd`` is in đồng.
    """

    id: str
    unit_code: str
    area_id: str | None = None
    kind: str
    name: str
    field: str = ""
    block: str = ""
    level: str = ""
    decision_number: str = ""
    decision_date: date | None = None
    launched_on: date | None = None
    lead_unit: str = ""
    partner_units: str = ""
    leader: str = ""
    leader_post: str = ""
    sites: int = 0
    groups: int = 0
    members: int = 0
    budget_vnd: int | None = None
    budget_source: str = ""
    equipment: str = ""
    has_regulations: bool = False
    state: ModelState = ModelState.PROPOSED
    origin_id: str | None = None
    closed_on: date | None = None
    closed_reason: str = ""
    version: dict[str, int] = default(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRating:
    """How a model was rated for one year; ``rating`` is an id of a rating scale."""

    id: str
    unit_code: str
    model_id: str
    year: int
    rating: str
    version: dict[str, int] = default(default_factory=dict)
