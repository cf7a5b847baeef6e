"""The secret keys of this laptop, kept in the encrypted database and nowhere else.

New keys wait beside those in use until the receiving unit knows them; earlier ones are kept to open what was sealed to them.
"""

from base64 import b64decode, b64encode
from typing import Any

from antq_desktop.exchange import keys
from antq_desktop.exchange.keys import DeviceKeys
from antq_desktop.storage.unit_of_work import Reading, Writing

_NAME = "device_keys"
_NEXT = "next"
_EARLIER = "earlier"


def find(work: Reading) -> DeviceKeys | None:
    """Return the keys of this laptop that are in use, None before they were made."""
    kept: dict[str, Any] | None = work.local(_NAME, None)
    return _read(kept) if kept else None


def proposed(work: Reading) -> DeviceKeys | None:
    """Return the new keys that the receiving unit does not know yet, or None."""
    kept: dict[str, Any] = work.local(_NAME, {})
    return _read(kept[_NEXT]) if kept.get(_NEXT) else None


def earlier(work: Reading) -> list[DeviceKeys]:
    """Return the keys that are no longer in use, the last one first."""
    kept: dict[str, Any] = work.local(_NAME, {})
    return [_read(each) for each in kept.get(_EARLIER, [])]


def opening(work: Reading) -> list[str]:
    """Return every secret that something sealed to this laptop may open with, those in use first."""
    known = [find(work), proposed(work), *earlier(work)]
    return [each.seal_identity for each in known if each is not None]


def ensure(work: Writing) -> DeviceKeys:
    """Return the keys of this laptop; make them the first time."""
    found = find(work)
    if found is None:
        found = keys.generate()
        work.keep_local(_NAME, _written(found))
    return found


def propose(work: Writing) -> DeviceKeys:
    """Make new keys beside those in use; ones that were proposed before are forgotten. Returns the new ones."""
    ensure(work)
    made = keys.generate()
    work.keep_local(_NAME, {**work.local(_NAME, {}), _NEXT: _written(made)})
    return made


def promote(work: Writing) -> None:
    """Take the proposed keys into use; those in use until now stay for opening alone."""
    kept: dict[str, Any] = work.local(_NAME, {})
    before = {name: kept[name] for name in ("sign", "seal")}
    work.keep_local(_NAME, {**kept[_NEXT], _EARLIER: [before, *kept.get(_EARLIER, [])]})


def renew(work: Writing) -> DeviceKeys:
    """Make new keys and take them into use at once: a copy of this laptop must not be able to speak for it."""
    propose(work)
    promote(work)
    return ensure(work)


def _read(kept: dict[str, str]) -> DeviceKeys:
    return DeviceKeys(b64decode(kept["sign"]), kept["seal"])


def _written(own: DeviceKeys) -> dict[str, str]:
    return {"sign": b64encode(own.sign_seed).decode(), "seal": own.seal_identity}
