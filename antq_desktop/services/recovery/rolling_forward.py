"""Brings a backup forward from the laptop's own sticks: its bundles are sealed to itself too, and nothing else is so exact."""

from collections.abc import Sequence
from dataclasses import replace

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.domain.wording import N_
from antq_desktop.exchange.manifest import Sender
from antq_desktop.exchange.opening import SealedBlob, SealedEvent, Unproven
from antq_desktop.exchange.trust import UnknownSender
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.commune_side import device_keys
from antq_desktop.services.recovery import log_pieces, trouble
from antq_desktop.services.recovery.log_pieces import OtherHistory, Piece, PieceMissing
from antq_desktop.services.recovery.trouble import Trouble
from antq_desktop.storage import outbox, rebuilding
from antq_desktop.storage.applying import Arrival
from antq_desktop.storage.outbox import Head
from antq_desktop.storage.unit_of_work import Store, Writing


class EnteredSince(KnownFailure):
    code = "entered-since"
    sentence = N_(
        "Something was entered since the backup was taken back, so what the sticks hold no longer fits behind it. "
        "Settle the restore instead."
    )


class RollingForward:
    """Lays the bundles of one laptop behind the end of its own log, inside the open transaction."""

    def __init__(self, store: Store, work: Writing) -> None:
        self._store = store
        self._work = work
        self._end = outbox.head(work.connection, store.epoch)

    def take(self, looked: Sequence[Unproven], progress: Progress) -> int:
        """Take all files in; return how many events are here again. Raises EnteredSince, PieceMissing, OtherHistory."""
        found = trouble.current(self._work)
        if found is None or (self._end.epoch, self._end.seq) != (found.common_epoch, found.common_seq):
            raise EnteredSince
        before = self._end.seq
        for piece in log_pieces.proven(self._work, looked, self._key_of):
            self._take(piece, progress)
        self._work.keep_local("epoch", self._end.epoch)
        self._store.epoch = self._end.epoch
        self._tell(found)
        return self._end.seq - before

    def reaches(self, found: Trouble) -> bool:
        """Whether nothing is known outside that is not here again."""
        return found.known_seq > 0 and (self._end.epoch, self._end.seq) >= (
            found.known_epoch,
            found.known_seq,
        )

    def _key_of(self, sender: Sender) -> bytes:
        for own in (device_keys.find(self._work), *device_keys.earlier(self._work)):
            if own and (sender.device_id, sender.key_id) == (self._store.device_id, own.key_id):
                return own.sign_public
        raise UnknownSender(unit_code=sender.unit_code)

    def _take(self, piece: Piece, progress: Progress) -> None:
        arrivals: list[Arrival] = []
        before = self._end
        for entry in piece.entries(progress):
            if isinstance(entry, SealedBlob):
                self._lay(piece, arrivals)
                log_pieces.keep_named(self._work, entry)
            elif isinstance(entry, SealedEvent):
                if entry.event.seq == before.seq and entry.hash != before.hash:
                    raise OtherHistory
                if entry.event.seq > before.seq:
                    arrivals.append(Arrival(entry.event, entry.line, entry.hash))
        self._lay(piece, arrivals)

    def _lay(self, piece: Piece, arrivals: list[Arrival]) -> None:
        """Write the events back behind the end of the log."""
        if not arrivals:
            return
        if arrivals[0].event.seq != self._end.seq + 1:
            raise PieceMissing(seq=arrivals[0].event.seq)
        if piece.label.seq_from == self._end.seq + 1 and piece.label.prev_event_hash != self._end.hash:
            raise OtherHistory
        rebuilding.roll_forward(self._work, arrivals, self._end.hash)
        last = arrivals[-1]
        self._end = Head(last.event.epoch, last.event.seq, last.hash)
        arrivals.clear()

    def _tell(self, found: Trouble) -> None:
        """Say anew how far the own history goes; all of it is what everybody knows."""
        trouble.keep(
            self._work,
            replace(
                found,
                here_epoch=self._end.epoch,
                here_seq=self._end.seq,
                here_at=outbox.last_at(self._work.connection),
                common_epoch=self._end.epoch,
                common_seq=self._end.seq,
            ),
        )
