"""The table of communes at the receiving unit: how far each laptop was taken in and how long ago."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from antq_desktop.services.settings import setting
from antq_desktop.storage import receiving as kept
from antq_desktop.storage.receiving import BundleRow, ChainEnd, DeviceRow
from antq_desktop.storage.unit_of_work import Reading


@dataclass(frozen=True, slots=True)
class CommuneRow:
    """One laptop in the table of communes.

    ``state``: ``alarm`` (another history came), ``held`` (a bundle waits), ``never`` (nothing yet), else ``fresh``,
    ``amber`` or ``red`` by the days since something came. Numbers are 0 and times None before that.
    """

    unit_code: str
    unit_name: str
    device_id: str
    epoch: int
    last_seq: int
    range_from: int
    range_to: int
    received_at: datetime | None
    days_since: int | None
    set_aside: int
    state: str


def commune_rows(work: Reading, now: datetime) -> list[CommuneRow]:
    """Return one row for each enrolled laptop, by unit."""
    ends = {(end.unit_code, end.device_id): end for end in kept.chain_ends(work)}
    seen: dict[tuple[str, str], list[BundleRow]] = {}
    for row in kept.bundles(work):
        seen.setdefault((row.unit_code, row.device_id), []).append(row)
    limits = setting(work, "alarm.amber_days"), setting(work, "alarm.red_days")
    devices = {(row.unit_code, row.device_id): row for row in kept.enrolled(work)}
    return [
        _row(work, device, ends.get(key), seen.get(key, []), limits, now) for key, device in devices.items()
    ]


def _row(  # noqa: PLR0917 - what is known of one laptop
    work: Reading,
    device: DeviceRow,
    end: ChainEnd | None,
    seen: Sequence[BundleRow],
    limits: tuple[int, int],
    now: datetime,
) -> CommuneRow:
    taken = max((row for row in seen if row.verdict == "taken"), key=lambda row: row.at, default=None)
    received_at = datetime.fromisoformat(taken.at) if taken else None
    days = (now - received_at).days if received_at else None
    return CommuneRow(
        unit_code=device.unit_code,
        unit_name=device.unit_name,
        device_id=device.device_id,
        epoch=end.epoch if end else 0,
        last_seq=end.last_seq if end else 0,
        range_from=taken.seq_from if taken else 0,
        range_to=taken.seq_to if taken else 0,
        received_at=received_at,
        days_since=days,
        set_aside=kept.count_aside(work, device.unit_code),
        state=_state(seen, taken, days, limits),
    )


def _state(
    seen: Sequence[BundleRow], taken: BundleRow | None, days: int | None, limits: tuple[int, int]
) -> str:
    if any(row.verdict == "refused" and (taken is None or row.at >= taken.at) for row in seen):
        return "alarm"
    if any(row.verdict == "held" for row in seen):
        return "held"
    if days is None:
        return "never"
    amber, red = limits
    return "red" if days >= red else "amber" if days >= amber else "fresh"
