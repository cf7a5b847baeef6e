"""Who withdrew a key of a laptop, when and why, as this unit's journal tells."""

from collections.abc import Collection

from antq_desktop.storage.journal import Deed
from antq_desktop.storage.queries import journal
from antq_desktop.storage.queries.journal import JournalFilter, JournalRow
from antq_desktop.storage.queries.window import Window
from antq_desktop.storage.unit_of_work import Reading

_ACTION = "key_withdrawn"
_KEYS = "keys"
#: So many withdrawals of one laptop are looked at, the newest: each may be of another key.
_NEWEST = 100


def deed(device_id: str, key_ids: Collection[str], since: int | None, reason: str) -> Deed:
    """Return the journal line of a withdrawal from change ``since`` on (None: for nothing at all)."""
    place = "all" if since is None else str(since)
    changes = {"from": [None, place], _KEYS: [None, " ".join(key_ids)]}
    return Deed(_ACTION, "devices", device_id, changes, reason)


def last_of(work: Reading, device_id: str, key_id: str) -> JournalRow | None:
    """Return the newest withdrawal of a key; its ``note`` is the reason, ``at`` ISO, UTC.

    Lines that name no keys are of an older program and count for every key of the laptop.
    """
    wanted = JournalFilter(entity="devices", entity_id=device_id, action=_ACTION)
    for line in journal.page(work, wanted, Window(limit=_NEWEST)):
        if _KEYS not in line.changes or key_id in line.changes[_KEYS][1].split():
            return line
    return None
