"""The units under a commune beside its residential areas: agencies, enterprises and schools that are assessed each year."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from antq_desktop.domain.criteria import UnitKind

#: The kinds that the commune lists by hand; residential areas and the commune itself are known without.
ListedKind = Literal["agency", "enterprise", "school"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One agency, enterprise or school; alive from ``valid_from`` to ``valid_to`` (both included, None: still alive).

    ``category`` is the id of a category in the catalogue of scope (size of an enterprise, level of a school): it decides
    whether TT 124/2021/TT-BCA, Điều 1 takes the unit in. ``managed`` tells whether the commune's People's Committee manages
    the unit or is authorised to (Điều 10 khoản 1). ``has_party`` tells whether it has a party organisation.
    """

    id: str
    unit_code: str
    kind: ListedKind
    name: str
    category: str
    address: str = ""
    managed: bool = True
    has_party: bool = False
    valid_from: date
    valid_to: date | None = None
    version: dict[str, int] = field(default_factory=dict)

    def alive_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class UnitKey:
    """Which unit is meant: a residential area, a listed unit, or the commune (``id`` is then its code)."""

    kind: UnitKind
    id: str
