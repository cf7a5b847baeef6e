"""Under which unit a commune goes after mergers, by code and by name."""

from collections.abc import Mapping
from dataclasses import dataclass

from antq_desktop.intake.national_list import NoSuchCommune, commune
from antq_desktop.services.receiving_side.receiving_keys import current_code
from antq_desktop.storage import devices
from antq_desktop.storage.unit_of_work import Reading


@dataclass(frozen=True, slots=True)
class CurrentUnit:
    """The unit that a commune goes under by now."""

    code: str
    name: str


def merged_units(work: Reading) -> Mapping[str, CurrentUnit]:
    """Return old unit code → the unit that it goes under by now; a unit that was never merged is not among them."""
    found = {}
    for old in devices.merged(work):
        code = current_code(work, old)
        found[old] = CurrentUnit(code, name_of(code))
    return found


def name_of(unit_code: str) -> str:
    """Return the name in the national list, the code itself for one that is not in it."""
    try:
        return commune(unit_code).name
    except NoSuchCommune:
        return unit_code
