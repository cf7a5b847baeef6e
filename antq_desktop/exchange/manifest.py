"""The signed label of a file, readable by anyone and free of personal data: who, to whom, which range, which bytes.

Each kind of file has its own shape; ``manifest_rules`` reads them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from antq_desktop.domain import strict_json
from antq_desktop.exchange import plain_fields

PAYLOAD_TYPE = "application/vnd.antq.manifest+json;v=1"
#: Version of the records inside events: goes up when a record gains, loses or renames a field.
SCHEMA_VERSION = 1
MAX_EVENTS = 5_000_000
#: What one file may unpack to: four times what a file may hold, since scans hardly shrink and events at most tenfold.
MAX_PLAIN = 2**34
#: A small file may unpack to this much, a large one to so many times its size: what is kept here never shrinks again.
FREE_PLAIN = 64 * 1024 * 1024
MAX_RATIO = 256
REASONS = ("changes", "resend", "restore", "rebuild")


def most_plain(size: int) -> int:
    """Return how many bytes a payload of ``size`` bytes may unpack to."""
    return min(MAX_PLAIN, FREE_PLAIN + MAX_RATIO * size)


@dataclass(frozen=True, slots=True)
class Sender:
    """``key_id`` names the key that signed the file."""

    unit_code: str
    device_id: str
    key_id: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """``key_ids`` names every key that opens the payload."""

    unit_code: str
    key_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChainPoint:
    """One place in the log of a device."""

    epoch: int
    seq: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Payload:
    """The ciphertext by hash and size, and how much comes out of it; never a hash of plaintext."""

    sha256: bytes
    size: int
    plain_size: int
    max_line: int


@dataclass(frozen=True, slots=True)
class AckSeen:
    """The newest acknowledgement that the sender had taken in."""

    sequence: int
    sha256: bytes


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """``sign``: base64 of the Ed25519 key; ``seal``: an age recipient."""

    sign: str
    seal: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Why a commune may believe its first trust file: the request it answers and the root, under the check number."""

    request_sha256: bytes
    root: str
    check: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleDraft:
    """What is known of a bundle before its bytes are sealed. Events ``seq_from`` … ``seq_to`` of one epoch."""

    kind: str = "bundle"
    bundle_id: str
    sender: Sender
    recipient: Recipient
    epoch: int
    parent: ChainPoint | None
    seq_from: int
    seq_to: int
    prev_event_hash: bytes
    head_event_hash: bytes
    prev_bundle_sha256: bytes | None
    reason: str
    schema_version: int
    catalogue_versions: Mapping[str, str]
    created_at: datetime
    last_ack_seen: AckSeen | None
    trust_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleManifest(BundleDraft):
    """Kinds ``bundle`` and ``snapshot`` (a whole log from its first event, to rebuild from)."""

    count: int
    counts: Mapping[str, int]
    payload: Payload


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentDraft:
    """What is known of an acknowledgement, trust file or catalogue before it is sealed."""

    kind: str = "ack"
    bundle_id: str
    sender: Sender
    recipient: Recipient
    schema_version: int
    catalogue_versions: Mapping[str, str]
    created_at: datetime
    trust_version: int
    answer: Answer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentManifest(DocumentDraft):
    """Kinds ``ack``, ``trust``, ``catalogue``; only a first trust file has an ``answer``."""

    payload: Payload


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolManifest:
    """Kind ``enrol``: a laptop's public keys; there is no payload."""

    kind: ClassVar[str] = "enrol"
    bundle_id: str
    sender: Sender
    created_at: datetime
    schema_version: int
    keys: PublicKeys
    check: str


Manifest = BundleManifest | DocumentManifest | EnrolManifest


def encode(manifest: Manifest) -> bytes:
    """Return the canonical bytes of ``manifest``, the ones that are signed."""
    return strict_json.dumps({**plain_fields.write(manifest), "kind": manifest.kind})


def header_of(draft: BundleDraft | DocumentDraft) -> dict[str, Any]:
    """Return what the first line inside the encryption repeats, so that no one can re-sign another's ciphertext."""
    header = {
        "kind": draft.kind,
        "bundle_id": draft.bundle_id,
        "sender": plain_fields.write(draft.sender),
        "recipient": plain_fields.write(draft.recipient),
    }
    if isinstance(draft, BundleDraft):
        header |= {"epoch": draft.epoch, "seq_from": draft.seq_from, "seq_to": draft.seq_to}
    return header
