"""The table of communes at the receiving unit: how far each laptop was taken in and how long ago."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from antq_desktop.runtime.language import _
from antq_desktop.services.receiving_side.merged_units import CurrentUnit, merged_units
from antq_desktop.services.settings import setting
from antq_desktop.storage.queries.laptops import LaptopRow, laptop_rows
from antq_desktop.storage.unit_of_work import Reading

#: States that ask nothing of anybody.
_QUIET = frozenset({"fresh", "withdrawn"})
#: The kind of UUID that says when it was made.
_TIMED = 7


@dataclass(frozen=True, slots=True)
class CommuneRow:
    """One laptop in the table of communes.

    ``state``: ``alarm`` (another history came), ``held`` (a bundle waits), ``withdrawn`` (all its keys are), ``never`` (nothing
    yet), else ``fresh``, ``amber`` or ``red`` by the days since something came, and ``aside`` for a fresh one of whose changes some
    were set aside. Numbers are 0 and times None before that.
    ``missing_from`` to ``missing_to`` is the range that the ``held`` bundles wait for, 0 where they wait for something else.
    ``as_of`` is when the last bundle was made, never later than it came. ``number`` tells the laptops of a unit apart, the one
    was enrolled first is 1; 0 for the only one. ``current_…`` is the unit that it goes under after mergers, else itself.
    """

    unit_code: str
    unit_name: str
    current_code: str
    current_name: str
    device_id: str
    epoch: int
    last_seq: int
    range_from: int
    range_to: int
    received_at: datetime | None
    as_of: datetime | None
    days_since: int | None
    held: int
    missing_from: int
    missing_to: int
    set_aside: int
    conflicts: int
    state: str
    enrolled_at: datetime
    number: int

    @property
    def has_to_do(self) -> bool:
        """Whether a person should look: nothing came lately, a bundle waits, or changes were not applied."""
        return self.state not in _QUIET

    @property
    def is_merged(self) -> bool:
        """Whether the unit goes under another code by now."""
        return self.current_code != self.unit_code


def commune_rows(work: Reading, now: datetime, unit_code: str | None = None) -> list[CommuneRow]:
    """Return one row for each enrolled laptop, or for those of one unit, by unit."""
    limits = setting(work, "alarm.amber_days"), setting(work, "alarm.red_days")
    laptops = laptop_rows(work, unit_code)
    now_in = merged_units(work)
    of_unit: dict[str, list[LaptopRow]] = {}
    for laptop in sorted(laptops, key=lambda each: (each.enrolled_at, each.device_id)):
        of_unit.setdefault(laptop.unit_code, []).append(laptop)
    rows = []
    for laptop in laptops:
        beside = of_unit[laptop.unit_code]
        number = beside.index(laptop) + 1 if len(beside) > 1 else 0
        current = now_in.get(laptop.unit_code, CurrentUnit(laptop.unit_code, laptop.unit_name))
        rows.append(_row(laptop, limits, now, number, current))
    return sorted(rows, key=lambda row: (row.unit_code, row.number))


def laptop_words(rows: Sequence[CommuneRow]) -> dict[tuple[str, str], str]:
    """Return ", laptop 1" by unit and laptop, for the laptops of a unit that has several."""
    return {
        (row.unit_code, row.device_id): _(", laptop {number}", number=row.number)
        for row in rows
        if row.number
    }


def _row(
    laptop: LaptopRow, limits: tuple[int, int], now: datetime, number: int, current: CurrentUnit
) -> CommuneRow:
    received_at = datetime.fromisoformat(laptop.taken_at) if laptop.taken_at else None
    days = (now - received_at).days if received_at else None
    waits_for_range = laptop.held_from > laptop.last_seq + 1
    return CommuneRow(
        unit_code=laptop.unit_code,
        unit_name=laptop.unit_name,
        current_code=current.code,
        current_name=current.name,
        device_id=laptop.device_id,
        epoch=laptop.epoch,
        last_seq=laptop.last_seq,
        range_from=laptop.range_from,
        range_to=laptop.range_to,
        received_at=received_at,
        as_of=_made_at(laptop.bundle_id, received_at),
        days_since=days,
        held=laptop.held,
        missing_from=laptop.last_seq + 1 if waits_for_range else 0,
        missing_to=laptop.held_from - 1 if waits_for_range else 0,
        set_aside=laptop.set_aside,
        conflicts=laptop.conflicts,
        state=_state(laptop, days, limits),
        enrolled_at=datetime.fromisoformat(laptop.enrolled_at),
        number=number,
    )


def _state(laptop: LaptopRow, days: int | None, limits: tuple[int, int]) -> str:
    # A good bundle that comes later does not undo a fork: both copies may still be in use.
    if laptop.forks or (laptop.refused_at and laptop.refused_at >= laptop.taken_at):
        return "alarm"
    if laptop.held:
        return "held"
    if not laptop.active:
        return "withdrawn"
    if days is None:
        return "never"
    amber, red = limits
    if days >= amber:
        return "red" if days >= red else "amber"
    return "aside" if laptop.set_aside else "fresh"


def _made_at(bundle_id: str, received_at: datetime | None) -> datetime | None:
    """Return when a bundle was made, which its number says (UUIDv7, RFC 9562).

    A laptop whose clock runs ahead cannot make its data newer than the day on which they came.
    """
    if received_at is None or not bundle_id:
        return received_at
    number = UUID(bundle_id)
    if number.version != _TIMED:
        return received_at
    return min(received_at, datetime.fromtimestamp((number.int >> 80) / 1000, UTC))
