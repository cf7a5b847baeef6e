"""Hands a commune what it lost: every log of its laptops, whole, sealed to the laptop that takes their place."""

from dataclasses import dataclass
from pathlib import Path

from antq_desktop.exchange import keys, names, seal, state, sticks
from antq_desktop.exchange.manifest import SCHEMA_VERSION, BundleDraft, ChainPoint, Recipient, Sender
from antq_desktop.exchange.state import State
from antq_desktop.runtime.paths import WorkspacePaths
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.receiving_side import receiving_keys
from antq_desktop.services.receiving_side.receiving import NothingReceived
from antq_desktop.services.recovery import trouble
from antq_desktop.services.session import Session
from antq_desktop.storage import attachments, rebuilding
from antq_desktop.storage import receiving as kept
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.rebuilding import Piece
from antq_desktop.storage.sending import records
from antq_desktop.storage.unit_of_work import Reading, Store


@dataclass(frozen=True, slots=True)
class HandedBack:
    """What was written: ``files`` in the order to take them in, and how many events of how many laptops they hold."""

    unit_code: str
    files: tuple[Path, ...]
    laptops: int
    events: int


class HandingBack:
    """The use case of a receiving unit whose commune has lost its laptop."""

    def __init__(self, store: Store, paths: WorkspacePaths, session: Session) -> None:
        self._store = store
        self._paths = paths
        self._session = session

    def hand_back(self, unit_code: str, folder: Path, progress: Progress | None = None) -> HandedBack:
        """Write everything that is on record of a unit into ``folder``, one file for each epoch of each laptop.

        Raises NothingReceived, NoLaptopLeft, NotInitialised, Restored, Stick… failures, Cancelled.
        """
        progress = progress or Progress()
        sticks.check_target(folder, 0)
        with self._store.reading() as work:
            trouble.check(work)
            ends = kept.chain_ends(work, unit_code)
            if not ends:
                raise NothingReceived(what=unit_code)
            logs = [piece for end in ends for piece in rebuilding.pieces(work, end)]
            # Where something was set aside, the tables depend on more than the logs; then nothing is promised of them,
            # but a state line, if only an empty one, is in the last file and in no other: who rebuilds sees the end.
            told = {} if kept.count_aside(work, unit_code) else _state(work, unit_code)
            files: list[Path] = []
            before: bytes | None = None
            for piece in logs:
                end = told if piece is logs[-1] else None
                there, before = self._write(work, piece, end, before, folder, progress)
                files.append(there)
        events = sum(piece.last - piece.first + 1 for piece in logs)
        with self._store.writing(self._session.user) as work:
            work.note(Deed("handed_back", "devices", unit_code, note=f"{len(ends)} {events}"))
            work.commit()
        return HandedBack(unit_code, tuple(files), len(ends), events)

    def _write(  # noqa: PLR0917 - what a file holds and where it goes
        self,
        work: Reading,
        piece: Piece,
        told: State,
        before: bytes | None,
        folder: Path,
        progress: Progress,
    ) -> tuple[Path, bytes]:
        unit_code = piece.unit_code
        held = receiving_keys.kept(work)
        document = receiving_keys.trusted(work, self._store, unit_code)
        recipients = receiving_keys.recipients_of(document, unit_code)
        now = self._session.now()
        draft = BundleDraft(
            kind="snapshot",
            bundle_id=names.new_id(now),
            # It names whose log this is; the key is that of who hands it back.
            sender=Sender(unit_code, piece.device_id, held.own.key_id),
            recipient=Recipient(unit_code, tuple(keys.key_id(each) for each in recipients)),
            epoch=piece.epoch,
            parent=ChainPoint(piece.parent.epoch, piece.parent.seq, piece.parent.hash)
            if piece.parent
            else None,
            seq_from=piece.first,
            seq_to=piece.last,
            prev_event_hash=piece.previous_hash,
            head_event_hash=piece.head_hash,
            prev_bundle_sha256=before,
            reason="rebuild",
            schema_version=SCHEMA_VERSION,
            catalogue_versions={},
            created_at=now.replace(microsecond=0),
            last_ack_seen=None,
            trust_version=document.version,
        )
        made = seal.seal_bundle(
            draft,
            rebuilding.lines(work, piece),
            (_attachment(work, sha256, size) for sha256, size in rebuilding.attachments(work, piece)),
            state=told,
            seed=held.own.sign_seed,
            recipients=recipients,
            target=self._paths.outgoing / f"{draft.bundle_id}{names.SUFFIX}",
            progress=progress,
        )
        try:
            there = sticks.put(made.path, made.sha256, folder, names.file_name(made.manifest), progress)
            return there, made.sha256
        finally:
            made.path.unlink(missing_ok=True)


def _state(work: Reading, unit_code: str) -> State:
    return {name: state.state_of(rows) for name, rows in records(work, unit_code)}


def _attachment(work: Reading, sha256: str, size: int) -> seal.Attachment:
    return seal.Attachment(bytes.fromhex(sha256), size, lambda: attachments.content(work, sha256))
