"""Opens a file of the format step by step: look at its label, prove who signed it, then stream what is inside.

Nothing that ``look`` returns is proven. Nothing that ``entries`` yields may be relied upon before the iterator has
ended without a failure: the caller keeps it in a transaction that it commits only after the end.
"""

import hashlib
from collections.abc import Callable, Collection, Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from antq_desktop.domain import strict_json
from antq_desktop.domain.errors import Refused
from antq_desktop.domain.events import Event, MalformedEvent, chain_hash, from_fields
from antq_desktop.domain.wording import N_
from antq_desktop.exchange import container, envelope, keys, plain_fields, state
from antq_desktop.exchange.manifest import (
    PAYLOAD_TYPE,
    BundleManifest,
    DocumentManifest,
    EnrolManifest,
    Manifest,
    Sender,
    header_of,
)
from antq_desktop.exchange.manifest_rules import parse
from antq_desktop.exchange.plain_stream import PayloadRefused, PlainStream
from antq_desktop.exchange.state import State
from antq_desktop.runtime.progress import Progress

#: Largest document (acknowledgement, trust, catalogue) that is held in memory.
MAX_DOCUMENT = 16 * 1024 * 1024
_REPORT_EVERY = 1_000


class PayloadDamaged(Refused):
    code = "payload-damaged"
    sentence = N_(
        "The sealed part of the file was altered or damaged on the way. Copy the file again from the machine that made it."
    )


class WrongRecipient(Refused):
    code = "wrong-recipient"
    sentence = N_(
        "The file is sealed for another unit and cannot be opened here. Bring it to the unit it was made for."
    )


class WrongKind(Refused):
    code = "wrong-kind"
    sentence = N_(
        "This kind of file is not taken in here. Bundles and requests go to the receiving unit; "
        "acknowledgements and trust files go to the commune."
    )


@dataclass(frozen=True, slots=True)
class Unproven:
    """A file as it claims to be. Only ``prove`` makes a manifest that may be believed."""

    path: Path
    claims: Manifest
    envelope: envelope.Envelope
    payload_offset: int


@dataclass(frozen=True, slots=True)
class SealedEvent:
    """One event, the exact bytes of its line and its place in the chain."""

    event: Event
    line: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class SealedState:
    """What the sender's tables were at the end of the bundle; None when it did not say."""

    tables: State


@dataclass(frozen=True, slots=True)
class SealedBlob:
    """An attachment; iterate ``chunks`` before the next entry is taken, or its bytes are passed over."""

    sha256: bytes
    size: int
    chunks: Iterator[bytes] = field(repr=False)


Entry = SealedState | SealedEvent | SealedBlob


def look(path: Path) -> Unproven:
    """Return what the file claims to be. Raises Refused in its kinds; OSError as the system gives it."""
    parts = container.read(path)
    signed = envelope.decode(parts.envelope, PAYLOAD_TYPE)
    claims = parse(signed.payload)
    size = 0 if isinstance(claims, EnrolManifest) else claims.payload.size
    if parts.payload_size < size:
        raise container.FileCut
    if parts.payload_size > size:
        raise PayloadDamaged
    return Unproven(path, claims, signed, parts.payload_offset)


def prove(file: Unproven, public_key_of: Callable[[Sender], bytes]) -> Manifest:
    """Return the manifest once its signature is right. Raises WrongSignature and what ``public_key_of`` raises."""
    public = public_key_of(file.claims.sender)
    if keys.key_id(public) != file.claims.sender.key_id:
        raise envelope.WrongSignature
    envelope.verify(file.envelope, public)
    return file.claims


def is_altered(path: Path, known: Collection[bytes]) -> bool:
    """Whether the label is not what the key that it names has signed; False when none of the ``known`` keys is named.

    Asks nothing of what the label says, so it answers for one that cannot be read. Raises what ``look`` raises for envelopes.
    """
    signed = envelope.decode(container.read(path).envelope, PAYLOAD_TYPE)
    named = {each.key_id for each in signed.signatures}
    return any(keys.key_id(public) in named and not envelope.is_signed_by(signed, public) for public in known)


def expect(manifest: Manifest, *kinds: str) -> None:
    """Check that the file is one of ``kinds``. Raises WrongKind."""
    if manifest.kind not in kinds:
        raise WrongKind


def check_recipient(manifest: BundleManifest | DocumentManifest, unit_code: str, identity: str) -> None:
    """Check that the file is for ``unit_code`` and opens with ``identity``. Raises WrongRecipient."""
    recipient = manifest.recipient
    if recipient.unit_code != unit_code or keys.key_id(keys.recipient_of(identity)) not in recipient.key_ids:
        raise WrongRecipient


def check_payload(file: Unproven, manifest: BundleManifest | DocumentManifest) -> None:
    """Check the ciphertext against the proven label. Raises PayloadDamaged."""
    if container.sha256_of(file.path, file.payload_offset) != manifest.payload.sha256:
        raise PayloadDamaged


def entries(
    file: Unproven, manifest: BundleManifest, identity: str, progress: Progress
) -> Generator[Entry, None, None]:
    """Yield the state of the sender, every event of the bundle in order, then its attachments. Close the iterator if you leave it early.

    Raises PayloadDamaged before the first entry, PayloadRefused anywhere, Cancelled. Progress counts events.
    """
    check_payload(file, manifest)
    with PlainStream(file.path, file.payload_offset, identity, manifest.payload) as plain:
        _check_header(plain, manifest)
        yield _state(plain)
        yield from _events(plain, manifest, progress)
        for blob in _blobs(plain):
            progress.report(manifest.count, manifest.count)
            yield blob
        plain.check_end()


def document(file: Unproven, manifest: DocumentManifest, identity: str) -> bytes:
    """Return the content of an acknowledgement, trust file or catalogue. Raises PayloadDamaged, PayloadRefused."""
    if manifest.payload.plain_size > MAX_DOCUMENT:
        raise container.FileTooLarge
    check_payload(file, manifest)
    with PlainStream(file.path, file.payload_offset, identity, manifest.payload) as plain:
        _check_header(plain, manifest)
        contents = [b"".join(blob.chunks) for blob in _blobs(plain)]
        plain.check_end()
    if len(contents) != 1:
        raise PayloadRefused(where="document")
    return contents[0]


def _check_header(plain: PlainStream, manifest: BundleManifest | DocumentManifest) -> None:
    if plain.line() != strict_json.dumps(header_of(manifest)):
        raise PayloadRefused(where="header")


def _events(plain: PlainStream, manifest: BundleManifest, progress: Progress) -> Iterator[SealedEvent]:
    head = manifest.prev_event_hash
    counts: dict[str, int] = {}
    for done in range(manifest.count):
        line = plain.line()
        event = _event(line)
        if event.epoch != manifest.epoch or event.seq != manifest.seq_from + done:
            raise PayloadRefused(where="seq")
        head = chain_hash(head, line)
        counts[event.entity] = counts.get(event.entity, 0) + 1
        if done % _REPORT_EVERY == 0:
            progress.report(done, manifest.count)
        yield SealedEvent(event, line, head)
    if head != manifest.head_event_hash or counts != manifest.counts:
        raise PayloadRefused(where="head")
    progress.report(manifest.count, manifest.count)


def _state(plain: PlainStream) -> SealedState:
    try:
        return SealedState(state.decode(plain.line()))
    except (strict_json.UnsafeJSON, plain_fields.WrongField) as error:
        raise PayloadRefused(where="state") from error


def _event(line: bytes) -> Event:
    try:
        return from_fields(strict_json.loads(line))
    except (strict_json.UnsafeJSON, MalformedEvent) as error:
        raise PayloadRefused(where="event") from error


def _blobs(plain: PlainStream) -> Iterator[SealedBlob]:
    while not plain.ended:
        try:
            named = plain_fields.read(_BLOB, strict_json.loads(plain.line(), max_depth=1))
        except (strict_json.UnsafeJSON, plain_fields.WrongField) as error:
            raise PayloadRefused(where="blob") from error
        blob = SealedBlob(named["blob"], named["size"], _checked(plain, named["blob"], named["size"]))
        yield blob
        for _passed_over in blob.chunks:
            pass


def _checked(plain: PlainStream, sha256: bytes, size: int) -> Iterator[bytes]:
    digest = hashlib.sha256()
    for chunk in plain.piece(size):
        digest.update(chunk)
        yield chunk
    if digest.digest() != sha256:
        raise PayloadRefused(where="blob")


_BLOB = {"blob": plain_fields.digest, "size": plain_fields.count}
