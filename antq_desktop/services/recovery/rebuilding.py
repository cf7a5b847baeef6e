"""Rebuilds a commune's laptop: a new one from what the upper level hands back, an old backup from the laptop's own sticks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from antq_desktop.domain.changes import Changes
from antq_desktop.domain.errors import KnownFailure, Refused
from antq_desktop.domain.settings import Setting
from antq_desktop.domain.wording import N_
from antq_desktop.exchange import keys, opening, state, sticks
from antq_desktop.exchange.manifest import BundleManifest, Sender
from antq_desktop.exchange.opening import SealedBlob, SealedEvent, Unproven, WrongRecipient
from antq_desktop.exchange.state import State
from antq_desktop.exchange.trust import Trust, UnknownSender
from antq_desktop.runtime.paths import WorkspacePaths
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.commune_side import believed, device_keys
from antq_desktop.services.commune_side.sending import NotEnrolled
from antq_desktop.services.recovery import log_pieces, trouble
from antq_desktop.services.recovery.counting import Counting
from antq_desktop.services.recovery.log_pieces import FilesMissing, OtherHistory, Piece, PieceMissing
from antq_desktop.services.recovery.mending import RECORD
from antq_desktop.services.recovery.rolling_forward import RollingForward
from antq_desktop.services.session import Session
from antq_desktop.storage import rebuilding as kept
from antq_desktop.storage.applying import Applier, Arrival
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.outbox import Head
from antq_desktop.storage.receiving import ChainEnd, keep_chain_end
from antq_desktop.storage.sending import records
from antq_desktop.storage.unit_of_work import Reading, Store, Writing

_BATCH = 2_000


class NotUntouched(KnownFailure):
    code = "not-untouched"
    sentence = N_(
        "Something was entered here already. Make a new workspace, enrol it, and rebuild it before anything else."
    )


class SentBefore(KnownFailure):
    code = "sent-before"
    sentence = N_(
        "This laptop has sent changes up to {seq}, and what was handed back does not hold them yet. Bring the bundle to the "
        "receiving unit, let it hand back once more, then choose those files."
    )


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What was taken in. ``is_equal``: whether all tables equal what the upper level held; None when it did not say.

    ``is_whole``: nothing is known outside that is not here again, so work goes on at once. Files from above never prove
    that: they hold all that the upper level had at ``as_of``, and more may have come there since.
    """

    laptops: int
    events: int
    is_equal: bool | None
    is_whole: bool
    as_of: datetime | None = None
    changes: Changes = field(default_factory=Changes)


class Rebuilding:
    """Use cases of a commune that lost its laptop or some of its data."""

    def __init__(self, store: Store, paths: WorkspacePaths, session: Session) -> None:
        self._store = store
        self._paths = paths
        self._session = session

    def rebuild(self, files: Sequence[Path], progress: Progress | None = None) -> Rebuilt:
        """Take in, all or nothing, what the upper level handed back, or this laptop's own bundles from its sticks.

        Raises what a file can be refused for, NotEnrolled, NotUntouched, SentBefore, EnteredSince, PieceMissing, FilesMissing,
        OtherHistory, Stick… failures, Cancelled.
        """
        progress = progress or Progress()
        copies = dict(sticks.take(file, self._paths.incoming, progress) for file in files)
        try:
            looked = [opening.look(path) for path in copies]
            from_above = {file.claims.kind for file in looked} == {"snapshot"}
            with self._store.writing(self._session.user) as work:
                if from_above:
                    done = self._from_above(work, looked, copies, progress)
                else:
                    done = self._from_sticks(work, looked, progress)
                changes = work.commit()
        except Refused as refused:
            with self._store.writing(self._session.user) as work:
                work.note(Deed("file_refused", "security", note=refused.code))
                work.commit()
            raise
        finally:
            self._store.identify()
            for path in copies:
                path.unlink(missing_ok=True)
        return replace(done, changes=changes)

    def _from_above(
        self, work: Writing, looked: list[Unproven], sha256: Mapping[Path, bytes], progress: Progress
    ) -> Rebuilt:
        document = believed.current(work)
        if document is None or not believed.is_enrolled(
            document, device_keys.find(work), self._store.unit_code
        ):
            raise NotEnrolled
        if not kept.is_untouched(work):
            raise NotUntouched
        pieces = log_pieces.proven(work, looked, lambda sender: _key_above(document, sender))
        if any(
            piece.label.recipient.unit_code != self._store.unit_code
            or piece.label.sender.unit_code != self._store.unit_code
            for piece in pieces
        ):
            raise WrongRecipient
        sent = kept.last_sent(work)
        kept.begin_anew(work)
        # Its first settings have used numbers of this epoch, and none is used twice.
        work.keep_local("epoch", self._store.epoch + 1)
        told: State = None
        ends: dict[str, Head] = {}
        before: bytes | None = None
        for piece in pieces:
            label = piece.label
            _check_follows(label, ends.get(label.sender.device_id))
            # The files of one time name each other, and only the last of them tells of the tables.
            if label.prev_bundle_sha256 != before or told is not None:
                raise FilesMissing
            before = sha256[piece.file.path]
            ends[label.sender.device_id] = Head(label.epoch, label.seq_to, label.head_event_hash)
            if label.sender.device_id == self._store.device_id:
                told = self._apply(work, piece, _OwnLog(work, label.prev_event_hash).take, progress)
            else:
                told = self._apply_of_another(work, piece, progress)
        if told is None:
            raise FilesMissing
        own = ends.get(self._store.device_id)
        if sent > ((own.epoch, own.seq) if own else (0, 0)):
            raise SentBefore(seq=sent[1])
        is_equal = told == _state(work, self._store.unit_code) if told else None
        events = sum(piece.label.count for piece in pieces)
        self._store.epoch += 1
        self._record(work, events)
        as_of = min(piece.label.created_at for piece in pieces)
        return Rebuilt(len(ends), events, is_equal, is_whole=False, as_of=as_of)

    def _from_sticks(self, work: Writing, looked: list[Unproven], progress: Progress) -> Rebuilt:
        rolling = RollingForward(self._store, work)
        events = rolling.take(looked, progress)
        found = trouble.current(work)
        outside = Counting(self._store, self._paths, self._session.user)
        is_whole = found is not None and rolling.reaches(found) and outside.find(work) is None
        if is_whole:
            trouble.clear(work)
        work.note(Deed("rolled_forward", "security", note=str(events)))
        return Rebuilt(1, events, is_equal=None, is_whole=is_whole)

    def _apply_of_another(self, work: Writing, piece: Piece, progress: Progress) -> State:
        label, unit_code = piece.label, self._store.unit_code
        applier = Applier(work, unit_code, label.sender.device_id)
        told = self._apply(work, piece, applier.take, progress)
        keep_chain_end(
            work,
            ChainEnd(
                unit_code,
                label.sender.device_id,
                label.epoch,
                label.seq_to,
                label.head_event_hash,
                work.at_text,
            ),
        )
        applier.finish()
        work.touch(*applier.touched)
        return told

    def _apply(
        self,
        work: Writing,
        piece: Piece,
        take: Callable[[list[Arrival]], object],
        progress: Progress,
    ) -> State:
        told: State = None
        batch: list[Arrival] = []
        for entry in piece.entries(progress):
            if isinstance(entry, SealedEvent):
                batch.append(Arrival(entry.event, entry.line, entry.hash))
                if len(batch) < _BATCH:
                    continue
            take(batch)
            batch.clear()
            if isinstance(entry, SealedBlob):
                log_pieces.keep_named(work, entry)
            elif not isinstance(entry, SealedEvent):
                told = entry.tables
        take(batch)
        return told

    def _record(self, work: Writing, events: int) -> None:
        value = {
            "kind": "rebuilt",
            "reason": "",
            "by": self._session.user,
            "at": work.at_text,
            "device": self._store.device_id,
            "epoch": self._store.epoch,
            "events": events,
        }
        key = f"{RECORD}{self._store.device_id}.{self._store.epoch}"
        work.save(Setting(id=key, unit_code=work.unit_code, value=value), "mended")
        work.note(Deed("rebuilt", "security", self._store.device_id, note=str(events)))


class _OwnLog:
    """Lays what this laptop had sent before back into its own log."""

    def __init__(self, work: Writing, previous: bytes) -> None:
        self._work = work
        self._previous = previous

    def take(self, batch: list[Arrival]) -> None:
        if batch:
            kept.roll_forward(self._work, batch, self._previous)
            self._previous = batch[-1].hash


def _key_above(document: Trust, sender: Sender) -> bytes:
    """Return the key of the receiving unit that ``sender`` names, whosever log it has signed. Raises UnknownSender."""
    above = next(each for each in document.units if each.unit_code == document.receiving.unit_code)
    for device in above.devices:
        for key in device.keys:
            if keys.key_id(keys.from_text(key.sign)) == sender.key_id:
                return document.sign_key_of(Sender(above.unit_code, device.device_id, sender.key_id))
    raise UnknownSender(unit_code=sender.unit_code)


def _check_follows(label: BundleManifest, end: Head | None) -> None:
    """See that a piece goes on from where the piece before ended. Raises PieceMissing, OtherHistory."""
    seq = end.seq if end else 0
    if label.seq_from != seq + 1:
        raise PieceMissing(seq=label.seq_from)
    if end is not None and label.prev_event_hash != end.hash:
        raise OtherHistory


def _state(work: Reading, unit_code: str) -> State:
    return {name: state.state_of(rows) for name, rows in records(work, unit_code)}
