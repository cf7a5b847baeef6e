"""The way out when data was taken back or copied: what is known, who decides, and a new history that forks nobody's."""

from dataclasses import asdict, dataclass, field, replace
from secrets import token_hex
from typing import Literal

from antq_desktop.domain.changes import Changes
from antq_desktop.domain.errors import BadInput, KnownFailure
from antq_desktop.domain.events import GENESIS
from antq_desktop.domain.settings import Setting
from antq_desktop.domain.text import clean
from antq_desktop.domain.wording import N_
from antq_desktop.exchange.names import SUFFIX
from antq_desktop.runtime.paths import WorkspacePaths
from antq_desktop.services.commune_side import device_keys
from antq_desktop.services.recovery import trouble
from antq_desktop.services.recovery.trouble import Trouble
from antq_desktop.services.session import Session
from antq_desktop.storage import devices, outbox, retelling
from antq_desktop.storage import receiving as received
from antq_desktop.storage import sending as kept
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.outbox import Head
from antq_desktop.storage.unit_of_work import Reading, Store, Writing

As = Literal["restored", "cloned"]
#: Settings under this name, followed by a number, tell of each time; they travel, so the upper level sees them too.
RECORD = "mended."


class NothingToMend(KnownFailure):
    code = "nothing-to-mend"
    sentence = N_("The data here agrees with all that is known of it. There is nothing to settle.")


class ReasonMissing(BadInput):
    code = "reason-missing"
    sentence = N_("Say why in a few words; the receiving unit reads it too.")


class OnlyRestored(KnownFailure):
    code = "only-restored"
    sentence = N_(
        "A receiving unit has one workspace. Close every copy of it for good, then settle this one as taken back."
    )


@dataclass(frozen=True, slots=True)
class Mended:
    """What was done. ``retold``: changes that got new places; ``lost``: what was known outside and is gone here.

    ``asks_again``: each commune is asked, by its next acknowledgement, to send what is missing.
    """

    kind: As
    epoch: int
    parent_seq: int
    device_id: str
    retold: int = 0
    lost: int = 0
    asks_again: bool = False
    changes: Changes = field(default_factory=Changes)


class Mending:
    """Use cases around a history that is in doubt, on either side of the stick."""

    def __init__(self, store: Store, paths: WorkspacePaths, session: Session) -> None:
        self._store = store
        self._paths = paths
        self._session = session

    def state(self) -> Trouble | None:
        """Return what stops this workspace, or None."""
        with self._store.reading() as work:
            return trouble.current(work)

    def mend(self, kind: As, reason: str) -> Mended:
        """Go on as ``kind`` says, for ``reason``.

        ``restored``: the own history goes on in a new epoch behind the place that everybody knows; a receiving unit
        numbers its acknowledgements on above all that went out. ``cloned``: this copy becomes another laptop with keys
        of its own, which must be enrolled. Raises NothingToMend, ReasonMissing, OnlyRestored.
        """
        why = clean(reason)
        if not why:
            raise ReasonMissing(field="reason")
        try:
            with self._store.writing(self._session.user) as work:
                found = trouble.current(work)
                if found is None and kind == "restored":
                    raise NothingToMend
                if work.local("role", "commune") == "receiving":
                    done = self._receiving(work, kind, found or Trouble(code=""))
                elif kind == "restored":
                    done = self._restored(work, found or Trouble(code=""))
                else:
                    done = self._cloned(work)
                self._record(work, done, why, found)
                trouble.clear(work)
                work.note(Deed("mended", "security", done.device_id, note=f"{kind}: {why}"))
                changes = work.commit()
        finally:
            self._store.identify()
        if kind == "cloned":
            for path in self._paths.outgoing.glob(f"*{SUFFIX}"):
                path.unlink(missing_ok=True)
        return replace(done, changes=changes)

    def _restored(self, work: Writing, found: Trouble) -> Mended:
        common = _head_at(work, found.common_epoch, found.common_seq)
        epoch = max(self._store.epoch, found.known_epoch) + 1
        work.keep_local("epoch", epoch)
        self._store.epoch = epoch
        device = self._store.device_id
        retold = retelling.in_epoch(work, common, epoch, device, self._store.writer)
        return Mended("restored", epoch, common.seq, device, retold, found.lost)

    def _cloned(self, work: Writing) -> Mended:
        before = self._store.device_id
        common = _head_at(work, *kept.acknowledged(work))
        after = token_hex(8)
        retold = retelling.as_other_laptop(work, common, before, after)
        work.keep_local("device_id", after)
        work.keep_local("epoch", 1)
        kept.keep_acknowledged(work, 0, 0)
        work.keep_local("enrolment", None)
        device_keys.renew(work)
        self._store.device_id, self._store.epoch = after, 1
        return Mended("cloned", 1, common.seq, after, retold)

    def _receiving(self, work: Writing, kind: As, found: Trouble) -> Mended:
        if kind != "restored":
            raise OnlyRestored
        epoch = max(self._store.epoch, found.known_epoch) + 1
        work.keep_local("epoch", epoch)
        floor = max(received.sent_number(work), found.known_seq)
        devices.acknowledge_above(work, floor)
        devices.trust_above(work, found.known_trust)
        self._store.epoch = epoch
        return Mended("restored", epoch, floor, self._store.device_id, lost=found.lost, asks_again=True)

    def _record(self, work: Writing, done: Mended, why: str, found: Trouble | None) -> None:
        """Write down who decided what, as a record that travels."""
        value = {
            "kind": done.kind,
            "reason": why,
            "by": self._session.user,
            "at": work.at_text,
            "device": done.device_id,
            "epoch": done.epoch,
            "parent_seq": done.parent_seq,
            "retold": done.retold,
            "found": {name: known for name, known in asdict(found).items() if known} if found else {},
        }
        key = f"{RECORD}{done.device_id}.{done.epoch}"
        work.save(Setting(id=key, unit_code=work.unit_code, value=value), "mended", why)


def _head_at(work: Reading, epoch: int, seq: int) -> Head:
    """Return the place with its hash; the beginning when nothing is there."""
    there = outbox.hash_at(work.connection, epoch, seq) if seq else None
    return Head(epoch, seq, there) if there is not None else Head(1, 0, GENESIS)
