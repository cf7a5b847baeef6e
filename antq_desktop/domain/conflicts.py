"""What two laptops of one commune wrote of the same record without knowing of each other, and what a person decided."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Side:
    """One version of a record: who wrote it on which laptop and when, by that laptop's clock, and the record itself.

    ``op`` is "put" or "delete"; a deletion has only its reason. ``stands`` tells that it is the version in use.
    """

    user: str
    device_id: str
    at: str
    op: str
    body: Mapping[str, object]
    stands: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictDecision:
    """Which version of the record (``entity``, ``entity_id``) is in use from then on, and why; ``not_taken``: the others.

    ``at`` is an ISO time by the clock of the laptop ``device_id``; it is told and never compared.
    """

    id: str
    unit_code: str
    entity: str
    entity_id: str
    user: str
    device_id: str
    at: str
    reason: str
    not_taken: tuple[Side, ...]
    version: dict[str, int] = field(default_factory=dict)
