"""Whom a commune believes: the trust document that it took in last, and the keys that it names."""

from collections.abc import Callable

from antq_desktop.exchange import keys, trust
from antq_desktop.exchange.keys import DeviceKeys
from antq_desktop.exchange.manifest import Sender
from antq_desktop.exchange.trust import Trust, UnknownSender
from antq_desktop.storage import sending as kept
from antq_desktop.storage.unit_of_work import Reading


def current(work: Reading) -> Trust | None:
    """Return the trust document in use, None before this laptop was enrolled."""
    document = kept.trust_document(work)
    return trust.read_kept(document) if document else None


def devices_in_use(believed: Trust, unit_code: str) -> set[str]:
    """Return the laptops of a unit that have a key in use."""
    code = believed.current_code(unit_code)
    return {
        device.device_id
        for unit in believed.units
        if believed.current_code(unit.unit_code) == code
        for device in unit.devices
        if any(key.status == "active" for key in device.keys)
    }


def is_enrolled(document: Trust | None, own: DeviceKeys | None, unit_code: str) -> bool:
    """Whether the receiving unit believes the keys of this laptop that are in use."""
    return document is not None and own is not None and own.sign_public in sign_keys(document, unit_code)


def receiving_key(believed: Trust) -> Callable[[Sender], bytes]:
    """Return what finds the key of a sender that must be the receiving unit itself."""

    def key_of(sender: Sender) -> bytes:
        if sender.unit_code != believed.receiving.unit_code:
            raise UnknownSender(unit_code=sender.unit_code)
        return believed.sign_key_of(sender)

    return key_of


def sign_keys(believed: Trust, unit_code: str) -> set[bytes]:
    """Return the keys of the laptops of a unit that are in use."""
    code = believed.current_code(unit_code)
    return {
        keys.from_text(key.sign)
        for unit in believed.units
        if believed.current_code(unit.unit_code) == code
        for device in unit.devices
        for key in device.keys
        if key.status == "active"
    }
