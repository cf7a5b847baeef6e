"""Good files of every kind between a commune and its receiving unit, and what each of two verifiers says of a file."""

import hashlib
import io
from collections.abc import Callable
from contextlib import closing, redirect_stdout, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyrage
import verify_bundle
import zstandard

from antq_desktop.domain import strict_json
from antq_desktop.domain.errors import Refused
from antq_desktop.exchange import (
    acknowledgement,
    enrolment,
    issued,
    keys,
    manifest,
    opening,
    seal,
    trust,
)
from antq_desktop.exchange.manifest import BundleManifest, DocumentDraft, EnrolManifest, Recipient, Sender
from antq_desktop.exchange.trust import Device, DeviceKey, ReceivingUnit, Trust, TrustOlder, Unit
from antq_desktop.runtime.progress import Progress
from tests.exchange.conftest import ID, NOW, Bench, head_of

NUMBER = "01234-56789-01234-56789-01234-56789"
RECEIVING, COMMUNE = "R0000001", "04978"


@dataclass(frozen=True)
class GoodFile:
    """A file, the seed that signed it, whom it is sealed to, and the unit that reads it."""

    path: Path
    seed: bytes
    recipients: tuple[str, ...]
    reader: str

    @property
    def label(self) -> dict[str, Any]:
        label: dict[str, Any] = strict_json.loads(opening.look(self.path).envelope.payload)
        return label


@dataclass
class BothSides:
    """``files`` by name; ``plain`` gives what is inside one."""

    bench: Bench
    root: bytes = bytes([8]) * 32
    old: keys.DeviceKeys = field(default_factory=keys.generate)
    files: dict[str, GoodFile] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.trust = Trust(
            7,
            NOW,
            ReceivingUnit(
                RECEIVING,
                "Phòng PA08",
                (text_of(keys.public_of(self.root)),),
                (self.bench.receiving.seal_public,),
                (keys.recipient_of(self.bench.recovery),),
            ),
            (
                Unit(RECEIVING, "Phòng PA08", (Device("server", (key_of(self.bench.receiving),)),)),
                Unit(
                    COMMUNE,
                    "Xã Kim Bôi",
                    (
                        Device(
                            "laptop-1",
                            (
                                replace(key_of(self.old), status="revoked", revoked_from=50),
                                key_of(self.bench.commune),
                            ),
                        ),
                    ),
                ),
            ),
            {"04900": COMMUNE},
        )
        self.signed_trust = trust.sign(self.trust, [self.root])
        self.secrets = {
            RECEIVING: self.bench.receiving.seal_identity,
            COMMUNE: self.bench.commune.seal_identity,
        }
        for name, content in {"trust": self.signed_trust.decode(), **self.secrets}.items():
            (self.bench.folder / name).write_text(content, encoding="utf-8")
        self._make_bundles()
        self._make_documents()

    def _make_bundles(self) -> None:
        bench = self.bench
        paper = seal.Attachment(hashlib.sha256(b"giay" * 99).digest(), 396, lambda: (b"giay" * 99,))
        old = Bench(bench.folder, self.old, bench.receiving, bench.recovery, files=100)
        later = bench.lines(3, first=11, epoch=2)
        made = {
            "bundle": bench.bundle(4),
            "with-papers": bench.bundle(2, [paper, paper]),
            "old-key": old.bundle(3),
            "later-epoch": bench.seal(
                bench.draft(
                    later,
                    epoch=2,
                    seq_from=11,
                    seq_to=13,
                    parent=manifest.ChainPoint(1, 10, b"p" * 32),
                    prev_event_hash=b"p" * 32,
                    head_event_hash=head_of(later, b"p" * 32),
                ),
                later,
            ),
        }
        for name, sealed in made.items():
            seed = (self.old if name == "old-key" else bench.commune).sign_seed
            recipients = (old if name == "old-key" else bench).recipients
            self.files[name] = GoodFile(sealed.path, seed, recipients, RECEIVING)
        self.files["snapshot"] = self._handed_back()

    def _handed_back(self) -> GoodFile:
        """Return the log of the commune's laptop as the receiving unit signs it and seals it to the commune."""
        bench, recipients = self.bench, (self.bench.commune.seal_public,)
        lines = bench.lines(3)
        draft = bench.draft(
            lines,
            kind="snapshot",
            reason="rebuild",
            sender=Sender(COMMUNE, "laptop-1", bench.receiving.key_id),
            recipient=Recipient(COMMUNE, (keys.key_id(recipients[0]),)),
        )
        seed, target = bench.receiving.sign_seed, bench.target()
        sealed = seal.seal_bundle(
            draft, lines, (), seed=seed, recipients=recipients, target=target, progress=Progress()
        )
        return GoodFile(sealed.path, seed, recipients, COMMUNE)

    def _make_documents(self) -> None:
        bench = self.bench
        said = acknowledgement.Acknowledgement(
            COMMUNE,
            3,
            b"p" * 32,
            (acknowledgement.ChainTaken("laptop-1", 1, 4, b"h" * 32),),
            (acknowledgement.BundleSeen(ID, b"s" * 32, "taken", "all-new"),),
            (acknowledgement.SetAside("laptop-1", 1, 2, "households", "id-2", "wrong-shape", "Thiếu tên."),),
            1,
            (acknowledgement.Conflict("commitments", "id-9", ({"laptop-1": 2}, {"laptop-2": 1})),),
            None,
        )
        list_of = issued.IssuedList(1, (issued.IssuedText("criteria", 'id = "tt124"\n'),))
        own = bench.receiving.sign_seed
        self._document("ack", acknowledgement.encode(said), own)
        newer = trust.sign(replace(self.trust, version=8), [self.root])
        self._document(
            "ack", acknowledgement.encode(replace(said, trust=newer.decode())), own, name="ack-with-trust"
        )
        self._document("catalogue", issued.encode(list_of), own)
        self._document("trust", newer, self.root)
        _label, request = enrolment.make_request(
            bench.commune,
            unit_code=COMMUNE,
            device_id="laptop-1",
            number=NUMBER,
            now=NOW,
            schema_version=1,
        )
        path = bench.folder / "request.antq"
        path.write_bytes(request)
        self.files["enrol"] = GoodFile(path, bench.commune.sign_seed, (), RECEIVING)
        read = enrolment.read_request(path, NUMBER)
        answer = enrolment.answer(read, RECEIVING, keys.public_of(self.root), NUMBER)
        self._document("trust", self.signed_trust, self.root, name="first-trust", answer=answer)

    def _document(self, kind: str, content: bytes, seed: bytes, name: str = "", **more: Any) -> None:
        path = self.sealed_document(kind, content, seed, **more)
        self.files[name or kind] = GoodFile(path, seed, (self.bench.commune.seal_public,), COMMUNE)

    def sealed_document(self, kind: str, content: bytes, seed: bytes, **more: Any) -> Path:
        """Seal any content to the commune."""
        draft = DocumentDraft(
            kind=kind,
            bundle_id=ID,
            sender=Sender(RECEIVING, "server", keys.key_id(keys.public_of(seed))),
            recipient=Recipient(COMMUNE, (keys.key_id(self.bench.commune.seal_public),)),
            schema_version=1,
            catalogue_versions={},
            created_at=NOW,
            trust_version=7,
            **more,
        )
        target = self.bench.target()
        recipients = (self.bench.commune.seal_public,)
        seal.seal_document(draft, content, seed=seed, recipients=recipients, target=target)
        return target

    def plain(self, good: GoodFile) -> bytes:
        """Return the bytes inside a good file."""
        return plain_of(good.path, self.secrets[good.reader])

    def we_accept(self, path: Path, reader: str) -> bool:
        """Whether the package lets the file in, as the unit ``reader``."""
        try:
            self._take(opening.look(path), reader)
        except Refused:
            return False
        return True

    def they_accept(self, path: Path, reader: str) -> bool:
        """Whether the verifier of other libraries lets it in."""
        folder, root = self.bench.folder, text_of(keys.public_of(self.root))
        arguments = [path, "--trust", folder / "trust", "--root", root, "--identity", folder / reader]
        arguments += ["--unit", reader, "--check-number", NUMBER]
        with redirect_stdout(io.StringIO()):
            code = verify_bundle.main([str(each) for each in arguments])
        assert code in {0, 3}
        return code == 0

    def _take(self, file: opening.Unproven, reader: str) -> None:
        claims = file.claims
        if isinstance(claims, EnrolManifest):
            enrolment.read_request(file.path, NUMBER)
            return
        opening.prove(file, self._key_of(claims))
        opening.check_recipient(claims, reader, self.secrets[reader])
        if isinstance(claims, BundleManifest):
            with closing(opening.entries(file, claims, self.secrets[reader], Progress())) as entries:
                for _entry in entries:
                    pass
            return
        content = opening.document(file, claims, self.secrets[reader])
        roots = [keys.public_of(self.root)]
        if claims.kind == "trust":
            trust.open_trust(content, roots)
        elif claims.kind == "catalogue":
            issued.decode(content)
        elif (inner := acknowledgement.decode(content).trust) is not None:
            with suppress(TrustOlder):
                trust.open_trust(inner.encode(), roots, self.trust)

    def _key_of(self, claims: manifest.Manifest) -> Callable[[Sender], bytes]:
        if claims.kind == "snapshot":
            return lambda sender: self.trust.sign_key_of(Sender(RECEIVING, "server", sender.key_id))
        if isinstance(claims, BundleManifest):
            return lambda _sender: self.trust.bundle_key_of(claims)
        if claims.kind == "trust":
            return lambda _sender: keys.public_of(self.root)

        def key_of_receiving(sender: Sender) -> bytes:
            if sender.unit_code != RECEIVING:
                raise trust.UnknownSender(unit_code=sender.unit_code)
            return self.trust.sign_key_of(sender)

        return key_of_receiving


def text_of(public: bytes) -> str:
    return keys.to_text(public)


def key_of(own: keys.DeviceKeys) -> DeviceKey:
    return DeviceKey(keys.to_text(own.sign_public), own.seal_public)


def plain_of(path: Path, identity: str) -> bytes:
    """Return the bytes inside a file."""
    sealed = path.read_bytes()[opening.look(path).payload_offset :]
    frames = pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(identity)])
    return zstandard.ZstdDecompressor().stream_reader(frames, read_across_frames=True).read()
