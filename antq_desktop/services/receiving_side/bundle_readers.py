"""Who may take a bundle in: the receiving unit that it is for, and the other laptops of the commune that made it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from antq_desktop.domain.errors import Refused
from antq_desktop.domain.wording import N_
from antq_desktop.exchange import envelope, keys, opening
from antq_desktop.exchange.container import FileCut
from antq_desktop.exchange.manifest import BundleManifest, EnrolManifest, Manifest
from antq_desktop.exchange.manifest_rules import EmptyBundle, ManifestRefused
from antq_desktop.exchange.opening import PayloadDamaged, WrongKind
from antq_desktop.exchange.trust import KeyRevoked, Trust, UnknownSender
from antq_desktop.services.commune_side import believed, device_keys
from antq_desktop.services.commune_side.sending import NotEnrolled
from antq_desktop.services.receiving_side import receiving_keys, withdrawals
from antq_desktop.storage import receiving as kept
from antq_desktop.storage.unit_of_work import Reading, Store


class NotOurBundle(Refused):
    code = "not-our-bundle"
    sentence = N_(
        "The bundle was made by another unit ({unit_code}). Only bundles of the other laptops of this commune are taken in here."
    )


class OwnBundle(Refused):
    code = "own-bundle"
    sentence = N_(
        "This laptop made the bundle itself. Nothing was changed; take it to the receiving unit or to the other laptop."
    )


class NotABundle(Refused):
    code = "not-a-bundle"
    sentence = N_(
        "The file is no bundle of another laptop. An answer of the receiving unit is taken in under Sending, Take in an answer."
    )


class RequestHere(WrongKind):
    code = "request-to-enrol"
    sentence = N_(
        "This is the request of a laptop of the unit {unit_code}, no bundle. Enrol the laptop with the number on its sheet: "
        "«Enrol a laptop» on the page «Receiving», or antq receiving enrol."
    )


class LaptopUnknown(Refused):
    code = "laptop-unknown"
    sentence = N_(
        "This laptop does not know the other one ({device_id}) yet. Let the receiving unit enrol it, take in the newest "
        "answer of that unit here, then take this file again."
    )


class NotSealedToUs(Refused):
    code = "not-sealed-to-us"
    sentence = N_(
        "The other laptop did not know this one yet when it made the bundle. Take in the newest answer of the receiving "
        "unit there, press «Make a whole bundle for another laptop» under Sending (or antq send --all), then bring it here."
    )


class WithdrawnHere(KeyRevoked):
    sentence = N_(
        "The key of the laptop that made this file (unit {unit_code}) was withdrawn on {day} by {who}, because: {reason}. "
        "Nothing of the file was taken in now; what had been taken in before stays. A laptop that goes on asks for new keys "
        "and sends the same again."
    )


@dataclass(frozen=True, slots=True)
class Reader:
    """The claims of a bundle, whom to believe about them, the unit that it must be for, and the secret that opens it."""

    claims: BundleManifest
    document: Trust
    unit_code: str
    identity: str


#: What a label can be refused for before its signature was looked at.
_SAYINGS = (
    ManifestRefused,
    EmptyBundle,
    FileCut,
    PayloadDamaged,
    WrongKind,
    NotABundle,
    NotOurBundle,
    OwnBundle,
    LaptopUnknown,
    NotSealedToUs,
    UnknownSender,
    KeyRevoked,
)
#: Raises Refused for what is not for whoever reads.
FindReader = Callable[[Reading, Manifest], Reader]


def receiving_unit(store: Store, recovery: str | None = None) -> FindReader:
    """Return the reader of a receiving unit; with the identity ``recovery`` it opens bundles for other such units too."""

    def find(work: Reading, claims: Manifest) -> Reader:
        if isinstance(claims, EnrolManifest):
            raise RequestHere(unit_code=claims.sender.unit_code)
        if not isinstance(claims, BundleManifest) or claims.kind != "bundle":
            raise WrongKind
        identity = receiving_keys.kept(work).own.seal_identity
        document = receiving_keys.trusted(work, store, claims.sender.unit_code)
        try:
            document.bundle_key_of(claims)
        except KeyRevoked as refused:
            raise (_withdrawn(work, claims) or refused) from refused
        if recovery is not None:
            return Reader(claims, document, claims.recipient.unit_code, recovery)
        return Reader(claims, document, store.unit_code, identity)

    return find


def _withdrawn(work: Reading, claims: BundleManifest) -> WithdrawnHere | None:
    line = withdrawals.last_of(work, claims.sender.device_id, claims.sender.key_id)
    if line is None:
        return None
    day = datetime.fromisoformat(line.at).astimezone()
    return WithdrawnHere(
        unit_code=claims.sender.unit_code,
        day=f"{day:%d/%m/%Y}",
        who=line.user,
        reason=line.note.rstrip("."),
    )


def other_laptop(store: Store) -> FindReader:
    """Return the reader of a commune: what its other laptops seal for the receiving unit is sealed to this one too."""

    def find(work: Reading, claims: Manifest) -> Reader:
        if not isinstance(claims, BundleManifest) or claims.kind != "bundle":
            raise NotABundle
        document = believed.current(work)
        if document is None:
            raise NotEnrolled
        sender = claims.sender
        if sender.unit_code != store.unit_code:
            raise NotOurBundle(unit_code=sender.unit_code)
        if sender.device_id == store.device_id:
            raise OwnBundle
        try:
            document.bundle_key_of(claims)
        except UnknownSender as error:
            raise LaptopUnknown(device_id=sender.device_id) from error
        secrets = {keys.key_id(keys.recipient_of(each)): each for each in device_keys.opening(work)}
        identity = next((secrets[each] for each in claims.recipient.key_ids if each in secrets), None)
        if identity is None:
            raise NotSealedToUs
        return Reader(claims, document, document.receiving.unit_code, identity)

    return find


def check_label(work: Reading, path: Path, refused: Refused) -> None:
    """See that a label which was ``refused`` for what it says is as its maker signed it.

    A flipped byte may make another unit, kind or field of what was signed; whoever reads is told of the damage then, not
    of its effect. Raises EnvelopeDamaged. A label whose key is not known here cannot be told.
    """
    if not isinstance(refused, _SAYINGS):
        return
    public = [keys.from_text(row.sign_key) for row in kept.enrolled(work)]
    document = believed.current(work)
    if document is not None:
        public += [
            keys.from_text(key.sign)
            for unit in document.units
            for device in unit.devices
            for key in device.keys
        ]
    if opening.is_altered(path, public):
        raise envelope.EnvelopeDamaged from refused


def prove(file: opening.Unproven, reader: Reader) -> None:
    """Check who signed the file and for whom. Raises Refused."""
    opening.prove(file, lambda _sender: reader.document.bundle_key_of(reader.claims))
    opening.check_recipient(reader.claims, reader.unit_code, reader.identity)
