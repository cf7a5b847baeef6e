"""Seals a range of the commune's log once, keeps the file on the laptop, and copies it to a stick as often as asked."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from antq_desktop.domain.changes import Changes
from antq_desktop.domain.events import MalformedEvent, decode
from antq_desktop.exchange import check_number, container, keys, names, opening, seal, state, sticks
from antq_desktop.exchange.keys import DeviceKeys
from antq_desktop.exchange.manifest import (
    SCHEMA_VERSION,
    AckSeen,
    BundleDraft,
    BundleManifest,
    ChainPoint,
    Recipient,
    Sender,
)
from antq_desktop.exchange.trust import Trust
from antq_desktop.runtime.paths import WorkspacePaths
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.commune_side import believed
from antq_desktop.services.session import Session
from antq_desktop.storage import attachments, outbox
from antq_desktop.storage import receiving as received
from antq_desktop.storage import sending as kept
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.sending import Range, SentBundle, TakenAcknowledgement
from antq_desktop.storage.unit_of_work import Reading, Store

#: Every so many bundles one tells the state of all tables; reading them all costs time, so not each
#: one does, but every one that holds the whole log.
_STATE_EVERY = 10


@dataclass(frozen=True, slots=True)
class Sent:
    """A bundle on the stick; ``digits`` names it on the slip. ``earlier``: bundles of the changes before, sent along."""

    path: Path
    bundle_id: str
    epoch: int
    seq_from: int
    seq_to: int
    count: int
    counts: dict[str, int]
    sha256: str
    digits: str
    size: int
    at: datetime
    earlier: tuple["Sent", ...] = ()
    changes: Changes = field(default_factory=lambda: Changes.of("sent_bundles", "journal"))

    @property
    def parts(self) -> tuple["Sent", ...]:
        """All bundles of this sending, in the order of their changes."""
        return (*self.earlier, self)


@dataclass(frozen=True, slots=True)
class OutgoingBundle:
    """A sealed bundle on this laptop."""

    manifest: BundleManifest
    path: Path
    sha256: bytes
    size: int


class Outgoing:
    """The sealed bundles that lie on this laptop until they are confirmed."""

    def __init__(self, store: Store, paths: WorkspacePaths, session: Session) -> None:
        self._store = store
        self._paths = paths
        self._session = session

    def seal(
        self, work: Reading, chosen: Range, own: DeviceKeys, trusted: Trust, progress: Progress
    ) -> OutgoingBundle:
        """Seal the events of ``chosen`` to the receiving unit, its recovery key and the laptops of this unit.

        A bundle of just this range that still lies here whole is returned as it is. Raises what seal.seal_bundle raises.
        """
        unit, receiving = self._store.unit_code, trusted.receiving
        ours = (own.seal_public, *trusted.seal_keys_of(unit))
        recipients = tuple(dict.fromkeys((*receiving.seal, *receiving.recovery, *ours)))
        recipient = Recipient(receiving.unit_code, tuple(keys.key_id(each) for each in recipients))
        sender = Sender(unit, self._store.device_id, own.key_id)
        before = kept.bundles(work)
        for row in before:
            again = self._sealed_before(row, chosen, sender, recipient)
            if again is not None:
                return again
        draft = self._draft(work, chosen, sender, recipient, trusted)
        named: list[str] = []
        made = seal.seal_bundle(
            draft,
            _noting_files(kept.lines(work, chosen), named),
            _files(work, named),
            state={name: state.state_of(rows) for name, rows in kept.records(work, unit)}
            if self._tells_all(work, chosen, trusted, len(before))
            else None,
            seed=own.sign_seed,
            recipients=recipients,
            target=self._paths.outgoing / f"{draft.bundle_id}{names.SUFFIX}",
            progress=progress,
        )
        return OutgoingBundle(made.manifest, made.path, made.sha256, made.size)

    def _draft(
        self, work: Reading, chosen: Range, sender: Sender, recipient: Recipient, trusted: Trust
    ) -> BundleDraft:
        """Return what the manifest of a new bundle will say before its content is written."""
        now = self._session.now()
        before, last = kept.bundles(work), kept.last_acknowledgement(work)
        return BundleDraft(
            bundle_id=names.new_id(now),
            sender=sender,
            recipient=recipient,
            epoch=chosen.epoch,
            parent=ChainPoint(chosen.parent.epoch, chosen.parent.seq, chosen.parent.hash)
            if chosen.parent
            else None,
            seq_from=chosen.first,
            seq_to=chosen.last,
            prev_event_hash=chosen.previous_hash,
            head_event_hash=chosen.head_hash,
            prev_bundle_sha256=bytes.fromhex(before[0].sha256) if before else None,
            reason="restore" if chosen.parent else "changes",
            schema_version=SCHEMA_VERSION,
            catalogue_versions=kept.criteria_used(work),
            created_at=now.replace(microsecond=0),
            last_ack_seen=AckSeen(last.sequence, bytes.fromhex(last.sha256)) if last else None,
            trust_version=trusted.version,
        )

    def _tells_all(self, work: Reading, chosen: Range, trusted: Trust, sealed_before: int) -> bool:
        """Whether the bundle also says what all records add up to, for the receiving unit to compare."""
        unit = self._store.unit_code
        return (
            (sealed_before % _STATE_EVERY == 0 or chosen.first == 1)
            # Where several laptops work for one commune, each may know records that have not come to the others yet.
            and len(believed.devices_in_use(trusted, unit)) == 1
            and _is_all_above(work, unit, kept.last_acknowledgement(work))
            and chosen.last == outbox.head(work.connection, self._store.epoch).seq
        )

    def _sealed_before(
        self, row: SentBundle, chosen: Range, sender: Sender, recipient: Recipient
    ) -> OutgoingBundle | None:
        """Return the bundle of just this range when it still lies here whole: it is never sealed twice."""
        path = self._paths.outgoing / f"{row.bundle_id}{names.SUFFIX}"
        same = (row.epoch, row.seq_from, row.head_hash) == (
            chosen.epoch,
            chosen.first,
            chosen.head_hash.hex(),
        )
        if not same or not path.exists() or container.sha256_of(path).hex() != row.sha256:
            return None
        claims = opening.look(path).claims
        if not isinstance(claims, BundleManifest) or (claims.sender, claims.recipient) != (sender, recipient):
            return None
        return OutgoingBundle(claims, path, bytes.fromhex(row.sha256), row.size)

    def keep(self, made: OutgoingBundle) -> None:
        """Note that ``made`` was sealed; a bundle that is noted already is not noted again."""
        label = made.manifest
        with self._store.writing(self._session.user) as work:
            if any(row.sha256 == made.sha256.hex() for row in kept.bundles(work)):
                return
            kept.keep_bundle(
                work,
                SentBundle(
                    sha256=made.sha256.hex(),
                    bundle_id=label.bundle_id,
                    epoch=label.epoch,
                    seq_from=label.seq_from,
                    seq_to=label.seq_to,
                    head_hash=label.head_event_hash.hex(),
                    size=made.size,
                    file_name=names.file_name(label),
                    at=work.at_text,
                ),
            )
            work.note(Deed("bundle_sealed", "sent_bundles", label.bundle_id, note=names.file_name(label)))
            work.commit()

    def put(self, made: OutgoingBundle, folder: Path, progress: Progress, earlier: tuple[Sent, ...]) -> Sent:
        """Copy ``made`` to ``folder`` on the stick, after the bundles ``earlier``, and note it. Raises what sticks.put raises."""
        label = made.manifest
        path = sticks.put(made.path, made.sha256, folder, names.file_name(label), progress)
        with self._store.writing(self._session.user) as work:
            work.note(Deed("bundle_sent", "sent_bundles", label.bundle_id, note=str(path)))
            work.commit()
        return Sent(
            path=path,
            bundle_id=label.bundle_id,
            epoch=label.epoch,
            seq_from=label.seq_from,
            seq_to=label.seq_to,
            count=label.count,
            counts=dict(label.counts),
            sha256=made.sha256.hex(),
            digits=check_number.spoken_digest(made.sha256),
            size=made.size,
            at=self._session.now(),
            earlier=earlier,
        )


def _is_all_above(work: Reading, unit_code: str, last: TakenAcknowledgement | None) -> bool:
    """Whether the receiving unit has confirmed what is here of other laptops, or nothing is."""
    chains = last.content["chains"] if last else []
    there = {chain["device_id"]: (chain["epoch"], chain["last_seq"]) for chain in chains}
    return all(
        (end.epoch, end.last_seq) <= there.get(end.device_id, (0, 0))
        for end in received.chain_ends(work, unit_code)
    )


def _noting_files(lines: Iterable[tuple[str, bytes]], named: list[str]) -> Iterator[tuple[str, bytes]]:
    """Pass ``lines`` on and note the files that they name, so that the log is read once."""
    for entity, line in lines:
        if entity == "attachments":
            with suppress(MalformedEvent):  # a line that was changed by hand is found by its hash
                event = decode(line)
                named += [event.id] if event.op == "put" else []
        yield entity, line


def _files(work: Reading, named: Sequence[str]) -> Iterator[seal.Attachment]:
    """Yield the files; what is ``named`` is looked at when the first one is asked for."""
    for sha256, size in kept.attachments(work, named):
        yield _attachment(work, sha256, size)


def _attachment(work: Reading, sha256: str, size: int) -> seal.Attachment:
    return seal.Attachment(bytes.fromhex(sha256), size, lambda: attachments.content(work, sha256))
