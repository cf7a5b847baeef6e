"""The keys of this laptop: made at the first need, kept inside the encrypted database, never sent."""

from antq_desktop.exchange.keys import DeviceKeys, generate
from antq_desktop.storage.unit_of_work import Writing

_NAME = "device_keys"


def device_keys(work: Writing) -> DeviceKeys:
    """Return the laptop's own keys inside an open transaction."""
    kept: dict[str, str] = work.local(_NAME, {})
    if kept:
        return DeviceKeys(bytes.fromhex(kept["sign"]), kept["seal"])
    keys = generate()
    work.keep_local(_NAME, {"sign": keys.sign_seed.hex(), "seal": keys.seal_identity})
    return keys
