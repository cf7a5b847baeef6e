"""Seals a range of the log and its attachments, or one document, into a file, in a stream of little memory.

Inside the encryption: one header line, one line on the state of the tables, the event lines in order, then each attachment as a line that names it and its
raw bytes. Plaintext never touches the disk: the ciphertext goes to a spool beside the target, because the label that
stands before it names its hash, then both become the target, whole or not at all.
"""

import hashlib
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Generic, TypeVar

import pyrage
import zstandard

from antq_desktop.domain import strict_json
from antq_desktop.domain.errors import Refused
from antq_desktop.domain.events import MAX_LINE, chain_hash
from antq_desktop.domain.wording import N_
from antq_desktop.exchange import container, envelope, keys
from antq_desktop.exchange.local_disk import own_disk
from antq_desktop.exchange.manifest import (
    FREE_PLAIN,
    MAX_EVENTS,
    MAX_PLAIN,
    MAX_RATIO,
    PAYLOAD_TYPE,
    BundleDraft,
    BundleManifest,
    DocumentDraft,
    DocumentManifest,
    Payload,
    encode,
    header_of,
)
from antq_desktop.exchange.state import State
from antq_desktop.exchange.state import encode as encode_state
from antq_desktop.exchange.streams import HashingWriter, Pulled
from antq_desktop.runtime.atomic import replacing
from antq_desktop.runtime.progress import Progress

_WINDOW_LOG = 22
_LINES_LEVEL = 9
#: Scans are JPEG already: a fast level stores them as they are.
_BLOB_LEVEL = 1
_BATCH = 256 * 1024
#: A frame that every reader of zstd passes over: its magic, then its size.
_SKIPPED = struct.Struct("<II")
_SKIPPED_MAGIC = 0x184D2A50


class OutboxBroken(Refused):
    code = "outbox-broken"
    sentence = N_(
        "The log of this laptop was changed outside the program, so nothing was sealed. "
        "Restore the last backup and tell the receiving unit."
    )


class AttachmentBroken(Refused):
    code = "attachment-broken"
    sentence = N_("A scanned paper on this laptop is damaged ({sha256}). Attach it again, then send.")


Label = TypeVar("Label", BundleManifest, DocumentManifest)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A scanned paper; ``read`` opens its bytes anew."""

    sha256: bytes
    size: int
    read: Callable[[], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class SealedFile(Generic[Label]):
    """A finished file: its label, and the hash and size of the whole."""

    manifest: Label
    path: Path
    sha256: bytes
    size: int


@dataclass(slots=True)
class _Tally:
    """What the label says of the plaintext, counted while it streams by."""

    plain_size: int = 0
    max_line: int = 0
    counts: dict[str, int] = field(default_factory=dict)

    def take_line(self, line: bytes) -> bytes:
        return self.take_lines([line])

    def take_lines(self, lines: Sequence[bytes]) -> bytes:
        longest = max(map(len, lines))
        if longest > MAX_LINE:
            raise container.FileTooLarge
        text = b"\n".join(lines) + b"\n"
        self.max_line = max(self.max_line, longest)
        self.plain_size += len(text)
        return text


def seal_bundle(
    draft: BundleDraft,
    lines: Iterable[tuple[str, bytes]],
    attachments: Iterable[Attachment],
    *,
    state: State = None,
    seed: bytes,
    recipients: Sequence[str],
    target: Path,
    progress: Progress,
) -> SealedFile[BundleManifest]:
    """Write the bundle of ``lines`` (entity, exact bytes of the event, in order) as ``target``.

    Raises OutboxBroken when the lines are not the chain that ``draft`` names, AttachmentBroken, SpoolFailed,
    FileTooLarge, Cancelled. Progress counts events.
    """
    tally = _Tally()
    heads = _header_line(draft, tally) + tally.take_line(encode_state(state))
    frames = _bundle_frames(draft, heads, lines, attachments, tally, progress)

    def label(payload: Payload) -> BundleManifest:
        known = {each.name: getattr(draft, each.name) for each in fields(draft)}
        return BundleManifest(**known, count=sum(tally.counts.values()), counts=tally.counts, payload=payload)

    return _seal(frames, label, tally, seed=seed, recipients=recipients, target=target)


def seal_document(
    draft: DocumentDraft, content: bytes, *, seed: bytes, recipients: Sequence[str], target: Path
) -> SealedFile[DocumentManifest]:
    """Write ``content`` as the one piece inside the file ``target``. Raises SpoolFailed, FileTooLarge."""
    tally = _Tally()
    piece = Attachment(hashlib.sha256(content).digest(), len(content), lambda: (content,))
    frames = _blob_frames([piece], tally, _header_line(draft, tally))

    def label(payload: Payload) -> DocumentManifest:
        known = {each.name: getattr(draft, each.name) for each in fields(draft)}
        return DocumentManifest(**known, payload=payload)

    return _seal(frames, label, tally, seed=seed, recipients=recipients, target=target)


def _seal(
    frames: Iterator[bytes],
    label: Callable[[Payload], Label],
    tally: _Tally,
    *,
    seed: bytes,
    recipients: Sequence[str],
    target: Path,
) -> SealedFile[Label]:
    spool = target.with_name(f".{target.name}.spool")
    try:
        with own_disk():
            target.parent.mkdir(parents=True, exist_ok=True)
            spooled = _encrypt(_filled_up(frames, tally), recipients, spool)
        if tally.plain_size > MAX_PLAIN:
            raise container.FileTooLarge
        manifest = label(Payload(spooled.sha256, spooled.size, tally.plain_size, tally.max_line))
        signed = envelope.seal(PAYLOAD_TYPE, encode(manifest), [seed])
        with own_disk(), replacing(target) as stream:
            written = HashingWriter(stream)
            written.write(container.head_of(signed))
            for chunk in container.chunks(spool):
                written.write(chunk)
        return SealedFile(manifest, target, written.sha256, written.size)
    finally:
        spool.unlink(missing_ok=True)


def _encrypt(frames: Iterator[bytes], recipients: Sequence[str], spool: Path) -> HashingWriter:
    pulled = Pulled(frames)
    known = [pyrage.x25519.Recipient.from_str(keys.check_seal_public(each)) for each in recipients]
    with spool.open("wb") as stream:
        written = HashingWriter(stream)
        try:
            pyrage.encrypt_io(pulled, written, known)
        except (pyrage.EncryptError, OSError):
            # The library turns what its reader and writer raise into text; the first cause is what counts.
            failure = pulled.failure or written.failure
            if failure is None:
                raise
            raise failure from None
    return written


def _bundle_frames(  # noqa: PLR0917 - the parts of a bundle in the order they stand in it
    draft: BundleDraft,
    heads: bytes,
    lines: Iterable[tuple[str, bytes]],
    attachments: Iterable[Attachment],
    tally: _Tally,
    progress: Progress,
) -> Iterator[bytes]:
    expected = draft.seq_to - draft.seq_from + 1
    if not 0 < expected <= MAX_EVENTS:
        raise container.FileTooLarge
    # On a thread of its own, so that lines are read and hashed meanwhile; scans would only fill its memory.
    compressor = _compressor(_LINES_LEVEL, threads=1)
    yield compressor.compress(heads)
    batch: list[bytes] = []
    waiting = 0
    done = 0
    head = draft.prev_event_hash
    counts = tally.counts
    for entity, line in lines:
        head = chain_hash(head, line)
        counts[entity] = counts.get(entity, 0) + 1
        batch.append(line)
        waiting += len(line)
        if waiting >= _BATCH:
            yield compressor.compress(tally.take_lines(batch))
            done += len(batch)
            batch.clear()
            waiting = 0
            progress.report(done, expected)
    done += len(batch)
    if done != expected or head != draft.head_event_hash:
        raise OutboxBroken
    rest = tally.take_lines(batch) if batch else b""
    yield compressor.compress(rest) + compressor.flush()
    yield from _blob_frames(attachments, tally)
    progress.report(done, expected)


def _blob_frames(attachments: Iterable[Attachment], tally: _Tally, head: bytes = b"") -> Iterator[bytes]:
    """Yield the pieces, all in one frame of their own; ``head`` goes before them."""
    compressor = _compressor(_BLOB_LEVEL)
    yield compressor.compress(head)
    for attachment in attachments:
        name = strict_json.dumps({"blob": attachment.sha256.hex(), "size": attachment.size})
        yield compressor.compress(tally.take_line(name))
        digest, size = hashlib.sha256(), 0
        for chunk in attachment.read():
            digest.update(chunk)
            size += len(chunk)
            yield compressor.compress(chunk)
        if size != attachment.size or digest.digest() != attachment.sha256:
            raise AttachmentBroken(sha256=attachment.sha256.hex()[:8])
        tally.plain_size += size
    yield compressor.flush()


def _filled_up(frames: Iterator[bytes], tally: _Tally) -> Iterator[bytes]:
    """Pass the frames on; where scans shrink so far that no reader would unpack the file, fill it up with what is passed over."""
    size = 0
    for frame in frames:
        size += len(frame)
        yield frame
    missing = -(-(tally.plain_size - FREE_PLAIN) // MAX_RATIO) - size
    if missing > 0:
        yield _SKIPPED.pack(_SKIPPED_MAGIC, missing)
        while missing > 0:
            yield bytes(min(missing, _BATCH))
            missing -= _BATCH


def _header_line(draft: BundleDraft | DocumentDraft, tally: _Tally) -> bytes:
    return tally.take_line(strict_json.dumps(header_of(draft)))


def _compressor(level: int, threads: int = 0) -> "zstandard.ZstdCompressionObj":
    wanted = zstandard.ZstdCompressionParameters.from_level(level, window_log=_WINDOW_LOG, threads=threads)
    return zstandard.ZstdCompressor(compression_params=wanted).compressobj()
