"""What is fuzzed: every reader of a stranger's bytes, each beside the verifier that shares no code with it.

A target takes bytes and says whether they were accepted. Refusing is a known failure; anything else raised is a bug.
"""

import hashlib
import io
import tempfile
from collections.abc import Callable
from contextlib import closing, redirect_stdout
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

import bundle_fields
import pytest
import verify_bundle
import zstandard

from antq_desktop.domain.errors import Refused
from antq_desktop.domain.events import chain_hash
from antq_desktop.exchange import (
    acknowledgement,
    enrolment,
    envelope,
    issued,
    keys,
    manifest,
    manifest_rules,
    opening,
    plain_stream,
    trust,
)
from antq_desktop.exchange.manifest import BundleManifest, DocumentManifest, EnrolManifest
from antq_desktop.runtime.progress import Progress

CORPUS = Path(__file__).parent / "corpus"
#: Keys of nobody: fixed, so that what is kept in the corpus stays signed.
COMMUNE, ROOT, NEXT_ROOT = (bytes([n]) * 32 for n in (1, 2, 3))
NUMBER = "01234-56789-01234-56789-01234-56789"
_IDENTITY = keys.generate().seal_identity

Reader = Callable[[bytes], object]


class _Plain:
    """Stands where the decrypted stream of a file stands: the age library is not what is fuzzed."""

    content = b""

    def __init__(self, *_file: object) -> None:
        self._stream = io.BytesIO(self.content)
        self.read = self._stream.read

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_cause: object) -> None:
        """Nothing to close."""


@dataclass(frozen=True)
class Target:
    """``ours`` and ``theirs`` read the same bytes; ``theirs`` is None where the other verifier has no such door."""

    name: str
    ours: Reader
    theirs: Reader | None

    def seeds(self) -> list[bytes]:
        return [path.read_bytes() for path in sorted((CORPUS / self.name).iterdir())]

    def check(self, data: bytes) -> bool:
        """Return whether the bytes were accepted. Fails when the two readers do not agree."""
        accepted = _accepts(self.ours, data, Refused)
        if self.theirs is not None:
            with redirect_stdout(io.StringIO()):
                other = _accepts(self.theirs, data, bundle_fields.Refused)
            assert accepted is other, f"{self.name}: ours {accepted}, theirs {other}: {data!r}"
        return accepted


def _accepts(reader: Reader, data: bytes, refusal: type[Exception]) -> bool:
    try:
        reader(data)
    except refusal:
        return False
    return True


def _label(data: bytes) -> None:
    made = manifest_rules.parse(data)
    assert manifest.encode(made) == data
    if isinstance(made, EnrolManifest):
        keys.from_text(made.keys.sign)
        keys.check_seal_public(made.keys.seal)


def _their_label(data: bytes) -> None:
    label = bundle_fields.read_canonical(data, bundle_fields.is_label)
    if "count" in label:
        verify_bundle.check_range(label)


def _envelope(data: bytes) -> None:
    envelope.verify(envelope.decode(data, manifest.PAYLOAD_TYPE), keys.public_of(COMMUNE))


def _their_envelope(data: bytes) -> None:
    held = verify_bundle.open_envelope(data, "manifest", 1)
    if not verify_bundle.is_signed_by(held, keys.to_text(keys.public_of(COMMUNE))):
        bundle_fields.refuse("signature")


def _trust(data: bytes) -> None:
    trust.open_trust(envelope.seal(trust.PAYLOAD_TYPE, data, [ROOT, NEXT_ROOT]), [keys.public_of(ROOT)])


def _their_trust(data: bytes) -> None:
    verify_bundle.open_trust(
        envelope.seal(trust.PAYLOAD_TYPE, data, [ROOT, NEXT_ROOT]), [keys.to_text(keys.public_of(ROOT))]
    )


def _their_document(kind: str) -> Reader:
    return lambda data: bundle_fields.read_canonical(data, bundle_fields.DOCUMENTS[kind])


def _enrolment(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "request.antq"
        path.write_bytes(data)
        enrolment.read_request(path, NUMBER)


def base_label(kind: str) -> BundleManifest | DocumentManifest:
    """Return the label that the plaintexts of the corpus were made for."""
    made = manifest_rules.parse((CORPUS / "label" / kind).read_bytes())
    assert not isinstance(made, EnrolManifest)
    return made


def _labelled(plain: bytes) -> BundleManifest | DocumentManifest:
    """Return a label that fits ``plain`` as far as a label can: size, longest line, chain and counts."""
    kind = "ack" if b'"kind":"ack"' in plain[:100] else "bundle"
    label = base_label(kind)
    payload = replace(label.payload, plain_size=max(1, len(plain)), max_line=4096)
    if isinstance(label, DocumentManifest):
        return replace(label, payload=payload)
    head = label.prev_event_hash
    for line in plain.split(b"\n")[2 : 2 + label.count]:
        head = chain_hash(head, line)
    return replace(label, payload=payload, head_event_hash=head)


def _read(frames: bytes, label: BundleManifest | DocumentManifest) -> None:
    file = opening.Unproven(Path("none"), label, envelope.Envelope("", b"", ()), 0)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(_Plain, "content", frames)
        patched.setattr(plain_stream, "Decrypted", _Plain)
        patched.setattr(plain_stream, "_check_seal_header", lambda *_: None)
        patched.setattr(opening, "check_payload", lambda *_: None)
        if isinstance(label, DocumentManifest):
            opening.document(file, label, _IDENTITY)
            return
        with closing(opening.entries(file, label, _IDENTITY, Progress())) as entries:
            for _entry in entries:
                pass


def _their_read(frames: bytes, label: BundleManifest | DocumentManifest) -> None:
    unpacker = zstandard.ZstdDecompressor(max_window_size=plain_stream.MAX_WINDOW)
    stream: Any = verify_bundle.Followed(io.BytesIO(frames))
    plain = unpacker.stream_reader(stream, read_across_frames=True)
    fields = bundle_fields.read_json(manifest.encode(label), bundle_fields.is_label)
    try:
        pieces = verify_bundle.read_plain(io.BufferedReader(plain), fields)
    except zstandard.ZstdError as error:
        raise bundle_fields.Refused("zstd") from error
    if isinstance(label, DocumentManifest) and len(pieces) != 1:
        bundle_fields.refuse("not one document")


def _payload(plain: bytes) -> None:
    _read(zstandard.compress(plain, 1), _labelled(plain))


def _their_payload(plain: bytes) -> None:
    _their_read(zstandard.compress(plain, 1), _labelled(plain))


def _frames(frames: bytes) -> None:
    _read(frames, _labelled((CORPUS / "payload" / "bundle").read_bytes()))


TARGETS = (
    Target("envelope", _envelope, _their_envelope),
    Target("label", _label, _their_label),
    Target("payload", _payload, _their_payload),
    # Nobody beside: the library itself takes or refuses a frame that lies about its size, as its buffers happen to be.
    Target("frames", _frames, None),
    Target("enrolment", _enrolment, None),
    Target("trust", _trust, _their_trust),
    Target("acknowledgement", acknowledgement.decode, _their_document("ack")),
    Target("catalogues", issued.decode, _their_document("catalogue")),
)


def name_of(data: bytes) -> str:
    """Return the name under which a case is kept."""
    return hashlib.sha256(data).hexdigest()[:16]
