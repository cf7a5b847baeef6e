"""Finds the unit that an assessment or a decision is about, whatever its kind, with the name it bore on a day."""

from dataclasses import dataclass
from datetime import date

from antq_desktop.domain.errors import NotFound
from antq_desktop.domain.periods import Period
from antq_desktop.domain.territory import ResidentialArea, Succession, name_on
from antq_desktop.domain.units import Unit, UnitKey
from antq_desktop.services.settings import setting
from antq_desktop.storage.unit_of_work import Reading


@dataclass(frozen=True, slots=True)
class AssessedUnit:
    """One unit of any kind; ``listed`` is its record where it is an agency, enterprise or school.

    ``valid_from`` and ``valid_to`` are None for what has always been there and still is.
    """

    key: UnitKey
    name: str
    valid_from: date | None = None
    valid_to: date | None = None
    listed: Unit | None = None

    def alive_within(self, period: Period) -> bool:
        """Whether the unit existed on any day of ``period``."""
        begun = self.valid_from is None or self.valid_from <= period.last
        return begun and (self.valid_to is None or self.valid_to >= period.first)


def assessed_unit(work: Reading, key: UnitKey, on: date) -> AssessedUnit:
    """Return the unit under the name that it bore on the day ``on``. Raises NotFound."""
    match key.kind:
        case "residential_area":
            area = work.get(ResidentialArea, key.id)
            name = name_on(area, work.all(Succession), on)
            return AssessedUnit(key, name, area.valid_from, area.valid_to)
        case "commune" if key.id == work.unit_code:
            return AssessedUnit(key, setting(work, "commune")["name"])
        case "agency" | "enterprise" | "school":
            unit = work.get(Unit, key.id)
            if unit.kind == key.kind:
                return AssessedUnit(key, unit.name, unit.valid_from, unit.valid_to, unit)
    raise NotFound(what=key.id)
