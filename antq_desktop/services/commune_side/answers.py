"""What the upper level sends to a commune: trust, acknowledgements and catalogues, each proven before it changes anything."""

from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from antq_desktop.domain.changes import Changes
from antq_desktop.domain.errors import KnownFailure, Refused
from antq_desktop.domain.wording import N_
from antq_desktop.exchange import (
    acknowledgement,
    enrolment,
    keys,
    leftovers,
    names,
    opening,
    sticks,
    trust,
)
from antq_desktop.exchange.manifest import DocumentManifest, Sender
from antq_desktop.exchange.opening import Unproven, WrongKind
from antq_desktop.exchange.trust import TrustRefused
from antq_desktop.runtime.language import _
from antq_desktop.runtime.paths import WorkspacePaths
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.commune_side import believed, device_keys, taking_catalogues, taking_trust
from antq_desktop.services.commune_side.taking_acknowledgements import (
    ALARMS,
    JudgedAcknowledgement,
    TakingAcknowledgements,
)
from antq_desktop.services.session import Session
from antq_desktop.storage import outbox
from antq_desktop.storage import receiving as received
from antq_desktop.storage import sending as kept
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.unit_of_work import Reading, Store, Writing

#: The trust version under which a file showed that this laptop's keys are withdrawn; 0: nothing showed it.
_WITHDRAWN = "withdrawn"
_KINDS = ("ack", "trust", "catalogue")
#: The largest document, sealed: encryption and label add far less than this.
_LARGEST = opening.MAX_DOCUMENT + 1024 * 1024


class NotAsked(KnownFailure):
    code = "not-asked"
    sentence = N_(
        "This laptop has not asked to be enrolled, or its keys are gone. Make a request first, then bring the file again."
    )


class OtherLaptopsFile(Refused):
    code = "other-laptops-file"
    sentence = N_(
        "The file is for this commune but not for this laptop ({mark}): it was made for another laptop of the commune, or before "
        "this one was enrolled. Take it in there; for this laptop bring the newest file."
    )


class LaptopWithdrawn(Refused):
    code = "laptop-withdrawn"
    sentence = N_(
        "The receiving unit has withdrawn the key of this laptop: what it seals is not taken any more. What was entered stays "
        "here. Ask that unit; if the laptop is to go on, make a request with new keys (Sending, «Change this laptop's keys…», "
        "or antq enrol request --new-keys)."
    )


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a file. ``code`` is stable, ``sentence`` is for people; ``delivered``: events newly confirmed.

    ``titles``: the catalogues in it that are new here.
    """

    kind: str
    code: str
    sentence: str
    last_seq: int
    delivered: int
    waiting: int
    set_aside: tuple[acknowledgement.SetAside, ...]
    set_aside_total: int
    conflicts: tuple[acknowledgement.Conflict, ...]
    trust_version: int
    changes: Changes
    titles: tuple[str, ...] = ()

    @property
    def is_alarm(self) -> bool:
        return self.code in ALARMS


class Answers:
    """Takes files from the upper level into the open workspace of a commune."""

    def __init__(self, store: Store, paths: WorkspacePaths, session: Session) -> None:
        self._store = store
        self._paths = paths
        self._session = session
        self._acknowledgements = TakingAcknowledgements(store)

    def take(self, file: Path, progress: Progress) -> Taken:
        """Copy the file from the stick, prove it, and take it in, all in one transaction.

        A refused file is kept, and the journal says why it was refused.
        """
        sha256 = b""
        try:
            path, sha256 = sticks.take(file, self._paths.incoming, progress, look=_look, most=_LARGEST)
            found = opening.look(path)
            with self._store.writing(self._session.user) as work:
                taken = self._take(work, found, sha256.hex())
                _end_withdrawal(work, found)
                changes = work.commit()
        except Refused as refused:
            with self._store.writing(self._session.user) as work:
                work.note(Deed("file_refused", "security", sha256.hex(), note=f"{refused.code} {file.name}"))
                if isinstance(refused, LaptopWithdrawn):
                    work.keep_local(_WITHDRAWN, _trust_version(found))
                    work.touch("local_state")
                work.commit()
            with self._store.reading() as work:
                held = {row.sha256 for row in received.bundles(work, verdict="held")}
            leftovers.tidy(self._paths.incoming, held)
            raise
        except NotAsked:
            path.unlink(missing_ok=True)
            raise
        path.unlink(missing_ok=True)
        self._drop_delivered()
        return taken(changes)

    def _drop_delivered(self) -> None:
        """Remove sealed files that are confirmed; their events stay in the log for good."""
        with self._store.reading() as work:
            done = kept.acknowledged(work)
            delivered = [row.bundle_id for row in kept.bundles(work) if (row.epoch, row.seq_to) <= done]
        for bundle_id in delivered:
            (self._paths.outgoing / f"{bundle_id}{names.SUFFIX}").unlink(missing_ok=True)

    def _take(self, work: Writing, file: Unproven, sha256: str) -> Callable[[Changes], Taken]:
        own = device_keys.find(work)
        if own is None:
            raise NotAsked
        opening.expect(file.claims, *_KINDS)
        if file.claims.kind == "trust":
            return self._take_trust(work, file)
        current = believed.current(work)
        if current is None:
            raise NotAsked
        proven, identity = self._proven(work, file, believed.receiving_key(current))
        content = opening.document(file, proven, identity)
        if file.claims.kind == "ack":
            said = self._acknowledgements.take(work, content, current, sha256)
            return self._result(work, "ack", said.code, said.sentence, said=said)
        name, made_at = current.receiving.name, file.claims.created_at
        got = taking_catalogues.take(work, content, name, self._session.today(), made_at)
        return self._result(work, "catalogue", got.code, got.sentence, titles=got.titles)

    def _take_trust(self, work: Writing, file: Unproven) -> Callable[[Changes], Taken]:
        current = believed.current(work)
        roots = (
            {keys.key_id(keys.from_text(root)): keys.from_text(root) for root in current.receiving.roots}
            if current
            else {}
        )
        root = roots.get(file.claims.sender.key_id)
        if root is None:
            # Not a root that is believed already: then only the number on the sheet can vouch for it.
            root, current = self._asked_root(work, file), None
        proven, identity = self._proven(work, file, lambda _sender: root)
        signed = opening.document(file, proven, identity)
        made = trust.open_trust(signed, [root], current)
        taking_trust.take_keys_into_use(work, made)
        own = device_keys.ensure(work)
        if not believed.is_enrolled(made, own, self._store.unit_code):
            raise TrustRefused
        before = believed.current(work)
        if before is not None and before.receiving.unit_code != made.receiving.unit_code:
            kept.forget_acknowledgements(work)
        if current is None:
            kept.drop_trust_documents(work)
            taking_catalogues.forget_order(work)
        if current is None or taking_trust.is_answered(work, file):
            work.keep_local("enrolment", None)
        taking_trust.keep(work, made, signed)
        sentence = _("The laptop is enrolled at {name}. Bundles can be sent now.", name=made.receiving.name)
        return self._result(work, "trust", "trust-taken", sentence)

    def _asked_root(self, work: Writing, file: Unproven) -> bytes:
        asked: dict[str, str] | None = work.local("enrolment", None)
        if asked is None:
            raise NotAsked
        return enrolment.check_answer(file, b64decode(asked["request"]), asked["number"])

    def _proven(
        self, work: Writing, file: Unproven, key_of: Callable[[Sender], bytes]
    ) -> tuple[DocumentManifest, str]:
        """Return the proven label and the secret of this laptop that opens the file."""
        proven = opening.prove(file, key_of)
        if not isinstance(proven, DocumentManifest):
            raise WrongKind
        secrets = device_keys.opening(work)
        names_one = (
            each for each in secrets if keys.key_id(keys.recipient_of(each)) in proven.recipient.key_ids
        )
        identity = next(names_one, secrets[0])
        sealed_to_it = keys.key_id(keys.recipient_of(identity)) in proven.recipient.key_ids
        if proven.recipient.unit_code == self._store.unit_code and not sealed_to_it:
            current = believed.current(work)
            # What is sealed to all laptops of a commune, later than it believed this one, leaves it out on purpose.
            if current and proven.kind != "trust" and proven.trust_version > current.version:
                raise LaptopWithdrawn
            raise OtherLaptopsFile(mark=names.laptop_mark(self._store.device_id))
        opening.check_recipient(proven, self._store.unit_code, identity)
        return proven, identity

    def _result(
        self,
        work: Writing,
        kind: str,
        code: str,
        sentence: str,
        *,
        said: JudgedAcknowledgement | None = None,
        titles: tuple[str, ...] = (),
    ) -> Callable[[Changes], Taken]:
        current = believed.current(work)
        waiting = outbox.head(work.connection, self._store.epoch).seq - kept.acknowledged(work)[1]
        return lambda changes: Taken(
            kind=kind,
            code=code,
            sentence=sentence,
            last_seq=said.last_seq if said else 0,
            delivered=said.delivered if said else 0,
            waiting=max(0, waiting),
            set_aside=said.content.set_aside if said else (),
            set_aside_total=said.content.set_aside_total if said else 0,
            conflicts=said.content.conflicts if said else (),
            trust_version=current.version if current else 0,
            changes=changes,
            titles=titles,
        )


def check_withdrawn(work: Reading) -> None:
    """See that the receiving unit still believes this laptop, as far as it is known here. Raises LaptopWithdrawn."""
    if work.local(_WITHDRAWN, 0):
        raise LaptopWithdrawn


def _end_withdrawal(work: Writing, file: Unproven) -> None:
    """Go on as before once something as new as what showed the withdrawal is sealed to this laptop again."""
    withdrawn = work.local(_WITHDRAWN, 0)
    if withdrawn and _trust_version(file) >= withdrawn:
        work.keep_local(_WITHDRAWN, 0)
        work.touch("local_state")


def _trust_version(file: Unproven) -> int:
    return file.claims.trust_version if isinstance(file.claims, DocumentManifest) else 0


def _look(path: Path) -> None:
    opening.expect(opening.look(path).claims, *_KINDS)
