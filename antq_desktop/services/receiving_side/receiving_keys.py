"""The keys of a receiving unit and whom it believes: itself, and every laptop that was enrolled under its number."""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import UTC, datetime

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.domain.wording import N_
from antq_desktop.exchange import keys, trust
from antq_desktop.exchange.keys import DeviceKeys
from antq_desktop.exchange.trust import Device, DeviceKey, ReceivingUnit, Trust, Unit
from antq_desktop.services.commune_side import device_keys
from antq_desktop.storage import devices
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


class NoLaptopLeft(KnownFailure):
    code = "no-laptop-left"
    sentence = N_(
        "No laptop of the unit «{unit_code}» has a key in use, so nothing can be sealed for it. Enrol its laptop first."
    )


@dataclass(frozen=True, slots=True)
class ReceivingKeys:
    """``own`` signs acknowledgements and opens bundles, ``root_seed`` signs trust; of recovery only the public half.

    ``before``: the root that was in use until this one, which signs along; None when there was none.
    """

    own: DeviceKeys
    root_seed: bytes
    before: bytes | None
    recovery: str
    name: str
    made_at: datetime

    @property
    def root(self) -> bytes:
        return keys.public_of(self.root_seed)

    @property
    def seeds(self) -> list[bytes]:
        """What signs a trust document: who believes only the root before believes this one by its signature."""
        return [self.root_seed] if self.before is None else [self.before, self.root_seed]


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
    before = b64decode(found["root_before"]) if "root_before" in found else None
    return ReceivingKeys(own, b64decode(found["root"]), before, found["recovery"], found["name"], made_at)


def next_trust_version(work: Reading) -> int:
    """Return the version that the next change of trust gets; it never goes back."""
    return devices.newest_trust(work) + 1


def renew_recovery(work: Writing) -> str:
    """Make a new recovery key in place of the one before; return its identity, to be printed once and kept nowhere.

    Bundles are sealed to it as soon as a commune has the new trust document. Raises NotInitialised.
    """
    kept(work)
    recovery = keys.generate()
    work.keep_local(_NAME, {**work.local(_NAME, {}), "recovery": recovery.seal_public})
    devices.renew_trust(work, next_trust_version(work))
    return recovery.seal_identity


def change_root(work: Writing) -> bytes:
    """Make a new root; trust documents are signed by it and by the one before. Returns its public key.

    A commune that misses two changes believes neither root and must enrol again. Raises NotInitialised.
    """
    before = kept(work)
    made = keys.generate()
    work.keep_local(
        _NAME,
        {
            **work.local(_NAME, {}),
            "root": b64encode(made.sign_seed).decode(),
            "root_before": b64encode(before.root_seed).decode(),
        },
    )
    devices.renew_trust(work, next_trust_version(work))
    return made.sign_public


def merged_with(work: Reading, unit_code: str) -> list[str]:
    """Return every code that goes under the same unit as ``unit_code`` by now, itself among them."""
    later = devices.merged(work)
    now = current_code(work, unit_code)
    return sorted({now, unit_code, *(code for code in later if current_code(work, code) == now)})


def current_code(work: Reading, unit_code: str) -> str:
    """Return the code that ``unit_code`` goes under after mergers."""
    later, seen = devices.merged(work), {unit_code}
    while (code := later.get(unit_code)) is not None and code not in seen:
        unit_code = code
        seen.add(code)
    return unit_code


def trusted(work: Reading, store: Store, unit_code: str | None = None) -> Trust:
    """Return whom this unit believes; for ``unit_code`` only what that unit needs to know, under its own version."""
    held = kept(work)
    merged = devices.merged(work)
    if unit_code is None:
        rows = enrolled(work)
    else:
        together = merged_with(work, unit_code)
        rows = [row for code in together for row in enrolled(work, code)]
        merged = {old: later for old, later in merged.items() if old in together}
    itself = Device(store.device_id, (DeviceKey(keys.to_text(held.own.sign_public), held.own.seal_public),))
    receiving = ReceivingUnit(
        store.unit_code, held.name, (keys.to_text(held.root),), (held.own.seal_public,), (held.recovery,)
    )
    return Trust(
        version=max((row.trust_version for row in rows), default=1),
        issued_at=max((datetime.fromisoformat(row.enrolled_at) for row in rows), default=held.made_at),
        receiving=receiving,
        units=(Unit(store.unit_code, held.name, (itself,)), *_units(rows)),
        merged=merged,
    )


def signed_trust(work: Reading, store: Store, unit_code: str) -> tuple[Trust, bytes]:
    """Return the trust document for ``unit_code``, and signed."""
    document = trusted(work, store, unit_code)
    return document, trust.sign(document, kept(work).seeds)


def recipients_of(document: Trust, unit_code: str) -> tuple[str, ...]:
    """Return what a file for ``unit_code`` is sealed to. Raises NoLaptopLeft."""
    recipients = document.seal_keys_of(unit_code)
    if not recipients:
        raise NoLaptopLeft(unit_code=unit_code)
    return recipients


def _units(rows: list[DeviceRow]) -> list[Unit]:
    units: dict[str, dict[str, list[DeviceRow]]] = {}
    for row in rows:
        units.setdefault(row.unit_code, {}).setdefault(row.device_id, []).append(row)
    return [
        Unit(
            unit_code,
            next(iter(laptops.values()))[0].unit_name,
            tuple(
                Device(
                    device_id,
                    tuple(
                        DeviceKey(row.sign_key, row.seal_key, row.status, row.revoked_from) for row in held
                    ),
                )
                for device_id, held in laptops.items()
            ),
        )
        for unit_code, laptops in units.items()
    ]
