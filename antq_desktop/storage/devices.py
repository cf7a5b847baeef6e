"""Changes what a receiving unit believes of laptops, and from which number on it goes after it was taken back."""

from collections.abc import Collection

import sqlalchemy as sa

from antq_desktop.storage.tables import devices
from antq_desktop.storage.unit_of_work import Reading, Writing

_ACKNOWLEDGED_ABOVE = "acknowledged_above"
_TRUST_ABOVE = "trust_above"
_MERGED = "merged_units"


def withdraw(work: Writing, key_ids: Collection[str], since: int | None, trust_version: int) -> None:
    """Let keys vouch only for changes before number ``since``; None: for none."""
    columns = devices.c
    work.connection.execute(
        sa.update(devices)
        .where(columns.key_id.in_(key_ids))
        .values(status="revoked", revoked_from=since, trust_version=trust_version)
    )
    work.touch("devices")


def renew_trust(work: Writing, trust_version: int, unit_codes: Collection[str] | None = None) -> None:
    """Give the documents of ``unit_codes`` (default: of every unit) a new version, since something in them changed."""
    change = sa.update(devices).values(trust_version=trust_version)
    if unit_codes is not None:
        change = change.where(devices.c.unit_code.in_(unit_codes))
    work.connection.execute(change)
    work.touch("devices")


def newest_trust(work: Reading) -> int:
    """Return the highest version that a trust document of this unit has ever had; 0 before the first."""
    newest = work.connection.execute(sa.select(sa.func.max(devices.c.trust_version))).scalar_one()
    above: int = work.local(_TRUST_ABOVE, 0)
    return max(newest or 0, above)


def trust_above(work: Writing, version: int) -> None:
    """Give every later trust document a version above ``version``."""
    work.keep_local(_TRUST_ABOVE, max(newest_trust(work), version))


def acknowledged_above(work: Reading) -> int:
    """Return the number that every later acknowledgement is above, to whichever unit it goes."""
    number: int = work.local(_ACKNOWLEDGED_ABOVE, 0)
    return number


def acknowledge_above(work: Writing, number: int) -> None:
    """Let every later acknowledgement have a number above ``number``."""
    work.keep_local(_ACKNOWLEDGED_ABOVE, number)
    work.touch("local_state")


def merged(work: Reading) -> dict[str, str]:
    """Return old unit code → the code that it goes under now."""
    codes: dict[str, str] = work.local(_MERGED, {})
    return codes


def merge(work: Writing, old: str, later: str) -> None:
    """Let the unit ``old`` go under the code ``later`` from now on."""
    work.keep_local(_MERGED, {**merged(work), old: later})
    work.touch("devices", "local_state")
