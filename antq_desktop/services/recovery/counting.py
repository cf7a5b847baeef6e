"""Tells how far this workspace has come outside its database, and finds out at its opening whether it was taken back."""

from pathlib import Path

from antq_desktop.domain.changes import Changes
from antq_desktop.runtime import counters
from antq_desktop.runtime.counters import Counter
from antq_desktop.runtime.paths import WorkspacePaths
from antq_desktop.services.receiving_side import receiving_keys
from antq_desktop.services.recovery import trouble
from antq_desktop.services.recovery.trouble import Restored, Trouble
from antq_desktop.storage import outbox
from antq_desktop.storage import receiving as received
from antq_desktop.storage import sending as kept
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.unit_of_work import Reading, Store

_UNWRITTEN = "counter_unwritten"
#: Tables that no number outside the database depends on.
_SILENT = frozenset({"journal", "received_bundles", "chains", "sent_bundles", "taken_acknowledgements"})
#: The tables that the numbers of a receiving unit depend on; adding them up after each bundle would cost too much.
_NUMBERED = ("sent_acknowledgements", "devices", "local_state")


class Counting:
    """The two files of one open workspace. ``user`` stands in the journal for what is found at the opening."""

    def __init__(self, store: Store, paths: WorkspacePaths, user: str) -> None:
        self._store = store
        self._paths = paths
        self._user = user
        self._told: Counter | None = None

    def look(self) -> None:
        """Find out whether the database was taken back; else bring the files up to date. Call it before any work."""
        outside = self._outside()
        with self._store.reading() as work:
            found = None if trouble.current(work) else self.find(work, outside)
        if found is not None:
            with self._store.writing(self._user) as work:
                trouble.keep(work, found)
                work.note(Deed("alarm", "security", note=f"{found.code} {found.found_by}"))
                work.commit()
        self._paths.taken_back.unlink(missing_ok=True)
        self.tell()
        self._note_unwritten()

    def find(self, work: Reading, outside: dict[str, Counter] | None = None) -> Trouble | None:
        """Return what the files know that this database does not, or None.

        ``outside``: what they said before ``work`` was opened; where several programs use one database, another one may
        have moved on since.
        """
        here = self._here(work)
        outside = self._outside() if outside is None else outside
        return self._found(work, here, outside)

    def tell(self, changes: Changes | None = None) -> None:
        """Write both files when the history has moved on; after each commit, and never while it is in doubt.

        ``changes``: what the commit changed; tables that cannot have moved it cost nothing.
        """
        if changes is not None and not changes.tables - _SILENT:
            return
        with self._store.reading() as work:
            if changes is not None and _is_receiving(work) and not changes.touches(*_NUMBERED):
                return
            if trouble.current(work) is not None:
                return
            here = self._here(work)
        if self._told is None or here.is_ahead_of(self._told) or here.workspace != self._told.workspace:
            for path in self._files().values():
                counters.write(path, here)
            self._told = here

    def _files(self) -> dict[str, Path]:
        return {"beside": self._paths.counter, "profile": counters.in_profile(self._store.device_id)}

    def _here(self, work: Reading) -> Counter:
        epoch = work.local("epoch", 1)
        if _is_receiving(work):
            seq = received.sent_number(work)
            trust = receiving_keys.next_trust_version(work) - 1
            return Counter(self._store.device_id, epoch, seq, trust, "", received.sent_at(work))
        end = outbox.head(work.connection, epoch)
        at = outbox.last_at(work.connection)
        return Counter(self._store.device_id, epoch, end.seq, 0, end.hash.hex(), at)

    def _outside(self) -> dict[str, Counter]:
        workspace = self._store.device_id
        found = {name: counters.read(path, workspace) for name, path in self._files().items()}
        return {name: told for name, told in found.items() if told is not None}

    def _found(self, work: Reading, here: Counter, outside: dict[str, Counter]) -> Trouble | None:
        ahead = {name: told for name, told in outside.items() if told.is_ahead_of(here)}
        if ahead or self._paths.taken_back.exists():
            found_by = next(iter(ahead), "backup")
            return self._trouble(here, ahead.get(found_by), found_by, (here.epoch, here.seq))
        other = {name: told for name, told in outside.items() if self._is_other_past(work, here, told)}
        if other:
            found_by = next(iter(other))
            return self._trouble(here, other[found_by], found_by, kept.acknowledged(work))
        return None

    @staticmethod
    def _is_other_past(work: Reading, here: Counter, told: Counter) -> bool:
        """Whether the database went on from a copy until it overtook what is told: then its hash there is another."""
        if not told.hash or told.epoch != here.epoch:
            return False
        there = outbox.hash_at(work.connection, told.epoch, told.seq)
        return told.seq > 0 and (there is None or there.hex() != told.hash)

    @staticmethod
    def _trouble(here: Counter, told: Counter | None, found_by: str, common: tuple[int, int]) -> Trouble:
        return Trouble(
            code=Restored.code,
            found_by=found_by,
            here_epoch=here.epoch,
            here_seq=here.seq,
            here_at=here.at,
            known_epoch=told.epoch if told else 0,
            known_seq=told.seq if told else 0,
            known_at=told.at if told else "",
            known_trust=told.trust if told else 0,
            common_epoch=common[0],
            common_seq=common[1],
        )

    def _note_unwritten(self) -> None:
        """Say once in the journal that a file cannot be written; the other one and the acknowledgements still watch."""
        with self._store.reading() as work:
            if trouble.current(work) is not None:
                return
            noted: list[str] = work.local(_UNWRITTEN, [])
        told = self._told.workspace if self._told else ""
        unwritten = [name for name, path in self._files().items() if counters.read(path, told) is None]
        if unwritten != noted:
            with self._store.writing(self._user) as work:
                work.keep_local(_UNWRITTEN, unwritten)
                if unwritten:
                    work.note(Deed("counter_unwritten", "security", note=", ".join(unwritten)))
                work.commit()


def _is_receiving(work: Reading) -> bool:
    return work.local("role", "commune") == "receiving"
