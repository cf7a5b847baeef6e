"""What is counted and listed: the units that an assessed year takes in, and the part of the commune that is meant."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from antq_desktop.domain.criteria import UnitKind
from antq_desktop.domain.periods import Period
from antq_desktop.domain.units import UnitKey

RESIDENTIAL_AREA: UnitKind = "residential_area"
COMMUNE: UnitKind = "commune"


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which units are assessed in ``year``: those alive within the period of their kind (TT 124/2021/TT-BCA, Điều 8 khoản 2).

    ``excluded`` names the (kind, category) pairs of listed units that Điều 1 khoản 2 leaves out.
    """

    year: int
    periods: Mapping[UnitKind, Period]
    excluded: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Scope:
    """What figures are counted over: the papers and assessments of a year, the activities and areas of ``days``.

    ``unit`` None, or the commune, is the whole commune. Households and models are counted as they stand today.
    """

    coverage: Coverage
    days: Period
    unit: UnitKey | None = None

    @property
    def year(self) -> int:
        return self.coverage.year

    @property
    def whole(self) -> bool:
        """Whether the whole commune is meant."""
        return self.unit is None or self.unit.kind == COMMUNE

    def of_area(self, column: sa.ColumnElement[Any]) -> list[sa.ColumnElement[bool]]:
        """Return what keeps to the one area; no household and no model belongs to an agency, enterprise or school."""
        if self.unit is None or self.whole:
            return []
        return [column == self.unit.id] if self.unit.kind == RESIDENTIAL_AREA else [sa.false()]


def scope_of(coverage: Coverage, unit: UnitKey) -> Scope:
    """Return what the figures of one unit's assessment are counted over."""
    return Scope(coverage, coverage.periods[unit.kind], unit)
