"""The keys of a receiving unit and whom it believes: itself, and every laptop that was enrolled under its number."""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import UTC, datetime

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.domain.wording import N_
from antq_desktop.exchange import keys, trust
from antq_desktop.exchange.keys import DeviceKeys
from antq_desktop.exchange.trust import Device, DeviceKey, ReceivingUnit, Trust, Unit
from antq_desktop.services import device_keys
from antq_desktop.storage.receiving import DeviceRow, enrolled
from antq_desktop.storage.unit_of_work import Reading, Store, Writing

_NAME = "receiving"


class NotInitialised(KnownFailure):
    code = "not-initialised"
    sentence = N_(
        "This receiving unit has no keys yet. Set it up first, then enrol the laptops of the communes."
    )


class AlreadyInitialised(KnownFailure):
    code = "already-initialised"
    sentence = N_("This receiving unit has its keys already; they were left as they are.")


@dataclass(frozen=True, slots=True)
class ReceivingKeys:
    """``own`` signs acknowledgements and opens bundles, ``root_seed`` signs trust; of recovery only the public half."""

    own: DeviceKeys
    root_seed: bytes
    recovery: str
    name: str
    made_at: datetime

    @property
    def root(self) -> bytes:
        return keys.public_of(self.root_seed)


def make(work: Writing, name: str) -> str:
    """Make the keys of this receiving unit; return the recovery identity, to be printed once and kept nowhere.

    Raises AlreadyInitialised.
    """
    if work.local(_NAME, None):
        raise AlreadyInitialised
    device_keys.ensure(work)
    root, recovery = keys.generate(), keys.generate()
    work.keep_local(
        _NAME,
        {
            "root": b64encode(root.sign_seed).decode(),
            "recovery": recovery.seal_public,
            "name": name,
            "made_at": work.at_text,
        },
    )
    return recovery.seal_identity


def kept(work: Reading) -> ReceivingKeys:
    """Return the keys of this receiving unit. Raises NotInitialised."""
    found: dict[str, str] | None = work.local(_NAME, None)
    own = device_keys.find(work)
    if found is None or own is None:
        raise NotInitialised
    made_at = datetime.fromisoformat(found["made_at"]).astimezone(UTC)
    return ReceivingKeys(own, b64decode(found["root"]), found["recovery"], found["name"], made_at)


def next_trust_version(work: Reading) -> int:
    """Return the version that the next change of trust gets; it never goes back."""
    return max((row.trust_version for row in enrolled(work)), default=0) + 1


def trusted(work: Reading, store: Store, unit_code: str | None = None) -> Trust:
    """Return whom this unit believes; for ``unit_code`` only what that unit needs to know, under its own version."""
    held = kept(work)
    rows = enrolled(work, unit_code)
    itself = Device(store.device_id, (DeviceKey(keys.to_text(held.own.sign_public), held.own.seal_public),))
    receiving = ReceivingUnit(
        store.unit_code, held.name, (keys.to_text(held.root),), (held.own.seal_public,), (held.recovery,)
    )
    return Trust(
        version=max((row.trust_version for row in rows), default=1),
        issued_at=max((datetime.fromisoformat(row.enrolled_at) for row in rows), default=held.made_at),
        receiving=receiving,
        units=(Unit(store.unit_code, held.name, (itself,)), *_units(rows)),
    )


def signed_trust(work: Reading, store: Store, unit_code: str) -> tuple[Trust, bytes]:
    """Return the trust document for ``unit_code``, and signed."""
    document = trusted(work, store, unit_code)
    return document, trust.sign(document, [kept(work).root_seed])


def _units(rows: list[DeviceRow]) -> list[Unit]:
    units: dict[str, dict[str, list[DeviceRow]]] = {}
    for row in rows:
        units.setdefault(row.unit_code, {}).setdefault(row.device_id, []).append(row)
    return [
        Unit(
            unit_code,
            next(iter(devices.values()))[0].unit_name,
            tuple(
                Device(
                    device_id,
                    tuple(
                        DeviceKey(row.sign_key, row.seal_key, row.status, row.revoked_from) for row in held
                    ),
                )
                for device_id, held in devices.items()
            ),
        )
        for unit_code, devices in units.items()
    ]
