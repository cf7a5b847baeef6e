"""Whom to believe: the units, their laptops and keys, signed by the root of the receiving unit, version only upward.

After The Update Framework: a document that changes the root is signed by the old root and by the new one.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from antq_desktop.domain import strict_json
from antq_desktop.domain.errors import Refused
from antq_desktop.domain.wording import N_
from antq_desktop.exchange import envelope, keys, plain_fields
from antq_desktop.exchange.manifest import BundleManifest, Sender
from antq_desktop.exchange.plain_fields import (
    count,
    many,
    mapping,
    maybe,
    moment,
    one_of,
    positive,
    record,
    text,
    token,
)

PAYLOAD_TYPE = "application/vnd.antq.trust+json;v=1"
_MAX_SIGNATURES = 2
_DEPTH = 10


class TrustRefused(Refused):
    code = "trust-refused"
    sentence = N_(
        "The trust file was not made by your receiving unit, or it was altered. Ask that unit for a new one."
    )


class TrustOlder(Refused):
    code = "trust-older"
    sentence = N_(
        "The trust file is older than the one in use (number {theirs}, in use {ours}). Nothing was changed."
    )


class UnknownSender(Refused):
    code = "unknown-sender"
    sentence = N_(
        "The laptop that made this file is not enrolled here (unit {unit_code}). Enrol it first, then take the file again."
    )


class KeyRevoked(Refused):
    code = "key-revoked"
    sentence = N_(
        "The key of the laptop that made this file was withdrawn (unit {unit_code}); the list of machines of the receiving unit says "
        "when and why. A laptop that goes on asks for new keys and sends the same again."
    )


@dataclass(frozen=True, slots=True)
class DeviceKey:
    """Public keys of a laptop. A revoked one still vouches for events before ``revoked_from`` (None: for none).

    It never begins an epoch: the numbers of a new one go back, and what is on record would be undone by it.
    """

    sign: str
    seal: str
    status: str = "active"
    revoked_from: int | None = None


@dataclass(frozen=True, slots=True)
class Device:
    """A laptop; several keys while one replaces another."""

    device_id: str
    keys: tuple[DeviceKey, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    unit_code: str
    name: str
    devices: tuple[Device, ...]


@dataclass(frozen=True, slots=True)
class ReceivingUnit:
    """``roots`` sign trust documents; bundles are sealed to ``seal`` and to ``recovery`` (age recipients)."""

    unit_code: str
    name: str
    roots: tuple[str, ...]
    seal: tuple[str, ...]
    recovery: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trust:
    """One version of the document. ``merged``: old unit code → the code it goes under now."""

    version: int
    issued_at: datetime
    receiving: ReceivingUnit
    units: tuple[Unit, ...]
    merged: Mapping[str, str] = field(default_factory=dict)

    def current_code(self, unit_code: str) -> str:
        """Return the code that ``unit_code`` goes under after mergers."""
        seen = {unit_code}
        while (later := self.merged.get(unit_code)) is not None and later not in seen:
            unit_code = later
            seen.add(later)
        return unit_code

    def sign_key_of(self, sender: Sender, seq_to: int | None = None, *, begins_epoch: bool = False) -> bytes:
        """Return the key that ``sender`` names, good for events up to ``seq_to``; None: for what holds no events.

        A laptop speaks only under the code that it is enrolled under, whatever was merged since.
        Raises UnknownSender, KeyRevoked.
        """
        for key in (
            key
            for unit in self.units
            if unit.unit_code == sender.unit_code
            for device in unit.devices
            if device.device_id == sender.device_id
            for key in device.keys
        ):
            public = keys.from_text(key.sign)
            if keys.key_id(public) == sender.key_id:
                is_past = seq_to is not None and key.revoked_from is not None and seq_to < key.revoked_from
                if key.status == "revoked" and (begins_epoch or not is_past):
                    raise KeyRevoked(unit_code=sender.unit_code)
                return public
        raise UnknownSender(unit_code=sender.unit_code)

    def bundle_key_of(self, claims: BundleManifest) -> bytes:
        """Return the key that is to have signed a bundle. Raises UnknownSender, KeyRevoked."""
        return self.sign_key_of(claims.sender, claims.seq_to, begins_epoch=claims.parent is not None)

    def seal_keys_of(self, unit_code: str) -> tuple[str, ...]:
        """Return the recipients that open what is sealed to a unit: its laptops' active keys, in order."""
        wanted = self.current_code(unit_code)
        return tuple(
            key.seal
            for unit in self.units
            if self.current_code(unit.unit_code) == wanted
            for device in unit.devices
            for key in device.keys
            if key.status == "active"
        )


def sign(trust: Trust, seeds: Sequence[bytes]) -> bytes:
    """Return the signed document; at a change of root ``seeds`` holds the old one's and the new one's."""
    return envelope.seal(PAYLOAD_TYPE, strict_json.dumps(plain_fields.write(trust)), seeds)


def open_trust(signed: bytes, roots: Collection[bytes], current: Trust | None = None) -> Trust:
    """Return the document when one of ``roots`` and one of its own roots signed it and it is newer than ``current``.

    The very document in use comes back as it is. Raises EnvelopeDamaged, NewerVersion, TrustRefused, TrustOlder,
    WeakKey.
    """
    held = envelope.decode(signed, PAYLOAD_TYPE, _MAX_SIGNATURES)
    if not any(envelope.is_signed_by(held, root) for root in roots):
        raise TrustRefused
    trust = _parse(held.payload)
    if not any(envelope.is_signed_by(held, keys.from_text(root)) for root in trust.receiving.roots):
        raise TrustRefused
    if current is not None and trust != current:
        if trust.receiving.unit_code != current.receiving.unit_code:
            raise TrustRefused
        if trust.version <= current.version:
            raise TrustOlder(theirs=trust.version, ours=current.version)
    return trust


def read_kept(signed: bytes) -> Trust:
    """Return a document that ``open_trust`` accepted before it was kept in the encrypted database."""
    return _parse(envelope.decode(signed, PAYLOAD_TYPE, _MAX_SIGNATURES).payload)


def _parse(payload: bytes) -> Trust:
    try:
        trust: Trust = _TRUST(strict_json.loads(payload, _DEPTH))
    except (strict_json.UnsafeJSON, plain_fields.WrongField) as error:
        raise TrustRefused from error
    if strict_json.dumps(plain_fields.write(trust)) != payload:
        raise TrustRefused
    return trust


def _sign_key(value: object) -> str:
    return keys.to_text(keys.from_text(text(value)))


def _seal_key(value: object) -> str:
    return keys.check_seal_public(text(value))


_KEY = record(
    DeviceKey,
    {
        "sign": _sign_key,
        "seal": _seal_key,
        "status": one_of("active", "revoked"),
        "revoked_from": maybe(count),
    },
)
_DEVICE = record(Device, {"device_id": token, "keys": many(_KEY)})
_UNIT = record(Unit, {"unit_code": token, "name": text, "devices": many(_DEVICE)})
_RECEIVING = record(
    ReceivingUnit,
    {
        "unit_code": token,
        "name": text,
        "roots": many(_sign_key),
        "seal": many(_seal_key),
        "recovery": many(_seal_key),
    },
)
_TRUST = record(
    Trust,
    {
        "version": positive,
        "issued_at": moment,
        "receiving": _RECEIVING,
        "units": many(_UNIT),
        "merged": mapping(token, token),
    },
)
