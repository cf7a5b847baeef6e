"""The residential areas of a commune and how they follow one another, so that old papers stay readable."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

SuccessionKind = Literal["rename", "merge", "split"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidentialArea:
    """A thôn, tổ dân phố or the like of the commune ``unit_code``, alive from ``valid_from`` to ``valid_to`` (both included)."""

    id: str
    unit_code: str
    name: str
    kind: str
    valid_from: date
    valid_to: date | None = None
    version: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """One area following another. A rename has the same area on both sides and keeps ``old_name``."""

    id: str
    unit_code: str
    predecessor_id: str
    successor_id: str
    kind: SuccessionKind
    on: date
    note: str = ""
    old_name: str = ""
    version: dict[str, int] = field(default_factory=dict)
