"""A commune, its receiving unit and a way to seal between them, honestly or not."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyrage
import pytest
import zstandard

from antq_desktop.domain import strict_json
from antq_desktop.domain.events import GENESIS, Event, chain_hash, encode
from antq_desktop.exchange import container, envelope, keys, manifest, opening, seal
from antq_desktop.exchange.manifest import BundleDraft, BundleManifest, Payload, Recipient, Sender
from antq_desktop.runtime.progress import Progress

NOW = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
ID = "01934b6e-6a00-7000-8000-0123456789ab"
Lines = list[tuple[str, bytes]]


def make_event(seq: int, epoch: int = 1, **changes: Any) -> Event:
    given: dict[str, Any] = {
        "epoch": epoch,
        "seq": seq,
        "entity": "households" if seq % 2 else "commitments",
        "id": f"id-{seq}",
        "version": {"laptop-1": seq},
        "base_version": {},
        "op": "put",
        "at": "2026-11-21T08:30:00+00:00",
        "user": "Nguyễn Văn Ước",
        "salt": "AAAAAAAAAAAAAAAAAAAAAA==",
        "body": {"head": "Đặng Thị Bưởi", "members": 4},
        **changes,
    }
    return Event(**given)


def head_of(lines: Lines, previous: bytes = GENESIS) -> bytes:
    for _, line in lines:
        previous = chain_hash(previous, line)
    return previous


@dataclass
class Bench:
    """Both sides and a folder; every method makes a real file."""

    folder: Path
    commune: keys.DeviceKeys
    receiving: keys.DeviceKeys
    recovery: str
    files: int = 0

    @property
    def recipients(self) -> tuple[str, ...]:
        return (self.receiving.seal_public, keys.recipient_of(self.recovery), self.commune.seal_public)

    def target(self) -> Path:
        self.files += 1
        return self.folder / f"file-{self.files}.antq"

    def lines(self, count: int, first: int = 1, epoch: int = 1, **changes: Any) -> Lines:
        events = (make_event(seq, epoch, **changes) for seq in range(first, first + count))
        return [(event.entity, encode(event)) for event in events]

    def draft(self, lines: Lines, **changes: Any) -> BundleDraft:
        given: dict[str, Any] = {
            "bundle_id": ID,
            "sender": Sender("04978", "laptop-1", self.commune.key_id),
            "recipient": Recipient("R0000001", tuple(keys.key_id(each) for each in self.recipients)),
            "epoch": 1,
            "parent": None,
            "seq_from": 1,
            "seq_to": len(lines),
            "prev_event_hash": GENESIS,
            "head_event_hash": head_of(lines),
            "prev_bundle_sha256": None,
            "reason": "changes",
            "schema_version": 1,
            "catalogue_versions": {"tt124": "2021"},
            "created_at": NOW,
            "last_ack_seen": None,
            "trust_version": 1,
            **changes,
        }
        return BundleDraft(**given)

    def bundle(
        self, count: int = 5, attachments: Iterable[seal.Attachment] = (), **changes: Any
    ) -> seal.SealedFile[BundleManifest]:
        lines = self.lines(count)
        return self.seal(self.draft(lines, **changes), lines, attachments)

    def seal(
        self, draft: BundleDraft, lines: Lines, attachments: Iterable[seal.Attachment] = ()
    ) -> seal.SealedFile[BundleManifest]:
        return seal.seal_bundle(
            draft,
            lines,
            attachments,
            seed=self.commune.sign_seed,
            recipients=self.recipients,
            target=self.target(),
            progress=Progress(),
        )

    def forge(
        self, lines: Lines, plain: bytes | None = None, *, frames: bytes | None = None, **label: Any
    ) -> Path:
        """Sign a bundle whose inside is ``plain`` (or raw zstd ``frames``) under a label of ``lines``."""
        draft = self.draft(lines)
        if plain is None:
            plain = self.inside(draft, lines)
        if frames is None:
            frames = zstandard.compress(plain)
        recipients = [pyrage.x25519.Recipient.from_str(each) for each in self.recipients]
        ciphertext = pyrage.encrypt(frames, recipients)
        payload = Payload(hashlib.sha256(ciphertext).digest(), len(ciphertext), len(plain), 4096)
        counts: dict[str, int] = {}
        for entity, _ in lines:
            counts[entity] = counts.get(entity, 0) + 1
        known = {each.name: getattr(draft, each.name) for each in fields(draft)}
        made = BundleManifest(**known, count=len(lines), counts=counts, payload=payload)
        made = replace(
            made,
            **{**label, "payload": replace(payload, **label["payload"])} if "payload" in label else label,
        )
        return self.write(strict_json_of(made), ciphertext)

    def inside(self, draft: BundleDraft, lines: Lines) -> bytes:
        header = strict_json.dumps(manifest.header_of(draft))
        return b"".join(line + b"\n" for line in (header, b'{"state":null}', *(line for _, line in lines)))

    def write(self, label: bytes, ciphertext: bytes, seeds: Sequence[bytes] = ()) -> Path:
        signed = envelope.seal(manifest.PAYLOAD_TYPE, label, seeds or [self.commune.sign_seed])
        path = self.target()
        path.write_bytes(container.head_of(signed) + ciphertext)
        return path

    def open(self, path: Path) -> list[opening.SealedEvent | tuple[bytes, bytes]]:
        """Open as the receiving unit does; attachments come as (sha256, bytes)."""
        file = opening.look(path)
        proven = opening.prove(file, lambda _sender: self.commune.sign_public)
        opening.expect(proven, "bundle")
        assert isinstance(proven, BundleManifest)
        opening.check_recipient(proven, "R0000001", self.receiving.seal_identity)
        return [
            entry if isinstance(entry, opening.SealedEvent) else (entry.sha256, b"".join(entry.chunks))
            for entry in opening.entries(file, proven, self.receiving.seal_identity, Progress())
            if not isinstance(entry, opening.SealedState)
        ]


def strict_json_of(made: manifest.Manifest) -> bytes:
    return manifest.encode(made)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path, keys.generate(), keys.generate(), keys.generate().seal_identity)
