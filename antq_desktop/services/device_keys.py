"""The secret keys of this laptop, kept in the encrypted database and nowhere else."""

from base64 import b64decode, b64encode

from antq_desktop.exchange import keys
from antq_desktop.exchange.keys import DeviceKeys
from antq_desktop.storage.unit_of_work import Reading, Writing

_NAME = "device_keys"


def find(work: Reading) -> DeviceKeys | None:
    """Return the keys of this laptop, None before they were made."""
    kept: dict[str, str] | None = work.local(_NAME, None)
    return DeviceKeys(b64decode(kept["sign"]), kept["seal"]) if kept else None


def ensure(work: Writing) -> DeviceKeys:
    """Return the keys of this laptop; make them the first time."""
    found = find(work)
    if found is None:
        found = keys.generate()
        work.keep_local(_NAME, {"sign": b64encode(found.sign_seed).decode(), "seal": found.seal_identity})
    return found
