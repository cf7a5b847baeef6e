"""Takes one bundle in: proven first, then judged, then applied in one transaction, whole or not."""

from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from antq_desktop.domain.attachments import Attachment
from antq_desktop.domain.changes import Changes
from antq_desktop.domain.errors import Exit, Refused
from antq_desktop.domain.wording import N_
from antq_desktop.exchange import judgement, opening
from antq_desktop.exchange.judgement import Verdict
from antq_desktop.exchange.manifest import SCHEMA_VERSION, BundleManifest, ChainPoint
from antq_desktop.exchange.opening import SealedBlob, SealedEvent, Unproven
from antq_desktop.exchange.state import State
from antq_desktop.runtime import collecting
from antq_desktop.runtime.language import _
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.receiving_side import bundle_readers, seen_answers, table_states
from antq_desktop.services.receiving_side.bundle_readers import FindReader
from antq_desktop.services.receiving_side.set_aside_events import SetAsideEvent, reason_of
from antq_desktop.services.session import Session
from antq_desktop.storage import receiving as kept
from antq_desktop.storage.applying import Applier, Arrival, SetAside, keep_file
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.receiving import BundleRow, ChainEnd
from antq_desktop.storage.record_writing import Clashed
from antq_desktop.storage.unit_of_work import Reading, Store, Writing

_BATCH = 500
_DECIDED = ("released", "refused-by-person")

#: What is said otherwise where a laptop of the same commune reads.
_AMONG_LAPTOPS = {
    "fork": N_(
        "Alarm: the other laptop has sent another history under the same numbers ({seq_from} to {seq_to}). Nothing was taken. "
        "Two copies of its data are in use, or somebody altered it; stop working on it and call the receiving unit."
    ),
}


@dataclass(frozen=True, slots=True)
class BundleVerdict:
    """What became of one file. ``code`` is stable, ``sentence`` for people; unproven files have no numbers.

    ``set_aside`` holds the first of the ``set_aside_count`` events that were set aside.
    """

    file: str
    bundle_id: str
    unit_code: str
    unit_name: str
    verdict: str
    code: str
    sentence: str
    seq_from: int
    seq_to: int
    new_events: int
    set_aside: tuple[SetAsideEvent, ...] = ()
    set_aside_count: int = 0
    rolled_back: tuple[int, int] | None = None
    changes: Changes = field(default_factory=Changes)

    @property
    def exit_code(self) -> Exit:
        """What the command line ends with for this file."""
        if self.verdict == "refused":
            return Exit.REFUSED
        to_see = self.verdict == "held" or self.set_aside or self.rolled_back
        return Exit.FINDINGS if to_see else Exit.DONE


@dataclass(frozen=True, slots=True)
class _Proven:
    """A bundle whose signature and recipient are right, where it lies, and what opens it."""

    file: Unproven
    manifest: BundleManifest
    identity: str
    sha256: str
    name: str


class Forked(Refused):
    """Raised while decoding, so that everything of the bundle is undone."""

    code = "fork"
    sentence = judgement.SENTENCES["fork"]


class TakingIn:
    """Works on files that already lie on this machine under the name of their hash."""

    def __init__(
        self, store: Store, session: Session, catalogues: Catalogues, find_reader: FindReader
    ) -> None:
        self._store = store
        self._session = session
        self._catalogues = catalogues
        self._find_reader = find_reader

    def prove(self, path: Path) -> None:
        """Check who signed the file and for whom, wherever it lies. Raises Refused."""
        self._proven(path, "", path.name)

    def take(self, path: Path, sha256: str, name: str, progress: Progress) -> BundleVerdict:
        """Take the bundle in. Raises Refused when it is not proven; all else is a verdict."""
        bundle = self._proven(path, sha256, name)
        try:
            with collecting.seldom():
                return self._hopeful(bundle, progress)
        except Forked:
            with self._store.writing(self._session.user, bundle.manifest.sender.unit_code) as work:
                return self._closed(work, bundle, Verdict("refused", "fork"))

    def _proven(self, path: Path, sha256: str, name: str) -> _Proven:
        try:
            file = opening.look(path)
            with self._store.reading() as work:
                reader = self._find_reader(work, file.claims)
            bundle_readers.prove(file, reader)
        except Refused as refused:
            with self._store.reading() as work:
                bundle_readers.check_label(work, path, refused)
            raise
        return _Proven(file, reader.claims, reader.identity, sha256, name)

    def _hopeful(self, bundle: _Proven, progress: Progress) -> BundleVerdict:
        try:
            return self._judged(bundle, progress, hopeful=True)
        except Clashed:
            return self._judged(bundle, progress, hopeful=False)

    def _judged(self, bundle: _Proven, progress: Progress, *, hopeful: bool) -> BundleVerdict:
        sender = bundle.manifest.sender
        with self._store.writing(self._session.user, sender.unit_code) as work:
            before = kept.bundle(work, bundle.sha256)
            if before is not None and before.verdict == "taken":
                return self._said(work, bundle, Verdict("known", "all-known"))
            seen_answers.compare(work, bundle.manifest)
            verdict = self._verdict(work, bundle.manifest)
            if verdict.verdict == "known" or (verdict.verdict == "held" and before is None):
                # Nothing of it is opened now, and who brought it is still there: a damaged copy must not pass for a good one.
                opening.check_payload(bundle.file, bundle.manifest)
            if (
                before is not None
                and before.code in _DECIDED
                and verdict.code in {"fork", *judgement.FOR_A_PERSON}
            ):
                verdict = Verdict(before.verdict, before.code)  # a person has decided already
            if verdict.verdict != "taken":
                return self._closed(work, bundle, verdict)
            applier = Applier(work, sender.unit_code, sender.device_id, hopeful=hopeful)
            told = self._apply(work, applier, bundle, verdict, progress)
            return self._closed(work, bundle, verdict, applier=applier, told=told)

    def _verdict(self, work: Reading, manifest: BundleManifest) -> Verdict:
        sender = manifest.sender
        return judgement.judge_bundle(
            manifest,
            self._end(work, manifest),
            lambda epoch, seq: kept.hash_at(work, sender.unit_code, sender.device_id, epoch, seq),
            schema_version=SCHEMA_VERSION,
            catalogues=self._catalogues.versions(),
        )

    @staticmethod
    def _end(work: Reading, manifest: BundleManifest) -> ChainPoint | None:
        ends = kept.chain_ends(work, manifest.sender.unit_code)
        mine = next((end for end in ends if end.device_id == manifest.sender.device_id), None)
        return ChainPoint(mine.epoch, mine.last_seq, mine.head_hash) if mine else None

    def _apply(
        self,
        work: Writing,
        applier: Applier,
        bundle: _Proven,
        verdict: Verdict,
        progress: Progress,
    ) -> State:
        manifest = bundle.manifest
        sender = manifest.sender
        if verdict.rolled_back and manifest.parent:
            applier.roll_back(manifest.epoch, manifest.parent.epoch, manifest.parent.seq)
        told: State = None
        end = self._end(work, manifest)
        batch: list[Arrival] = []
        with closing(opening.entries(bundle.file, manifest, bundle.identity, progress)) as entries:
            for entry in entries:
                if isinstance(entry, SealedEvent):
                    if entry.event.seq >= verdict.take_from:
                        batch.append(Arrival(entry.event, entry.line, entry.hash))
                    elif entry.event.seq == verdict.take_from - 1 and end and entry.hash != end.hash:
                        raise Forked(seq_from=manifest.seq_from, seq_to=manifest.seq_to)
                    if len(batch) >= _BATCH:
                        applier.take(batch)
                        batch.clear()
                elif isinstance(entry, SealedBlob):
                    applier.take(batch)
                    batch.clear()
                    if _is_named(work, sender.unit_code, entry):
                        keep_file(work, entry.sha256.hex(), entry.chunks)
                else:
                    told = entry.tables
        applier.take(batch)
        applier.finish()
        return told

    def _closed(
        self,
        work: Writing,
        bundle: _Proven,
        verdict: Verdict,
        *,
        applier: Applier | None = None,
        told: State = None,
    ) -> BundleVerdict:
        """Write down what became of the bundle and commit."""
        manifest = bundle.manifest
        sender = manifest.sender
        new = manifest.seq_to - verdict.take_from + 1 if applier else 0
        if applier:
            kept.keep_chain_end(
                work,
                ChainEnd(
                    sender.unit_code,
                    sender.device_id,
                    manifest.epoch,
                    manifest.seq_to,
                    manifest.head_event_hash,
                    work.at_text,
                ),
            )
            differing = table_states.differing(work, applier, sender.unit_code, told)
            if differing:
                verdict = replace(verdict, code="state-differs")
                work.note(
                    Deed("alarm", "security", manifest.bundle_id, note=f"state-differs {' '.join(differing)}")
                )
            work.touch(*applier.touched)
        row = BundleRow(
            sha256=bundle.sha256,
            bundle_id=manifest.bundle_id,
            unit_code=sender.unit_code,
            device_id=sender.device_id,
            epoch=manifest.epoch,
            seq_from=manifest.seq_from,
            seq_to=manifest.seq_to,
            verdict=verdict.verdict,
            code=verdict.code,
            new_events=new,
            file_name=bundle.name,
            at=work.at_text,
            key_id=sender.key_id,
        )
        before = kept.bundle(work, bundle.sha256)
        if before is None or (before.verdict, before.code) != (row.verdict, row.code):
            kept.keep_bundle(work, row)
            action = "alarm" if verdict.verdict == "refused" else f"bundle_{verdict.verdict}"
            place = "security" if verdict.verdict == "refused" else "received_bundles"
            work.note(Deed(action, place, manifest.bundle_id, note=f"{verdict.code} {bundle.name}"))
        aside = applier.set_aside if applier else []
        said = self._said(work, bundle, verdict, new=new, aside=aside)
        count = applier.set_aside_count if applier else 0
        return replace(said, set_aside_count=count, changes=work.commit())

    def _said(
        self,
        work: Reading,
        bundle: _Proven,
        verdict: Verdict,
        *,
        new: int = 0,
        aside: list[SetAside] | None = None,
    ) -> BundleVerdict:
        manifest = bundle.manifest
        sender = manifest.sender
        unit_name = next((row.unit_name for row in kept.enrolled(work, sender.unit_code)), sender.unit_code)
        among = _AMONG_LAPTOPS if sender.unit_code == self._store.unit_code else {}
        sentences = {**judgement.SENTENCES, **among}
        return BundleVerdict(
            file=bundle.name,
            bundle_id=manifest.bundle_id,
            unit_code=sender.unit_code,
            unit_name=unit_name,
            verdict=verdict.verdict,
            code=verdict.code,
            sentence=_(sentences[verdict.code], **verdict.facts(manifest))
            + seen_answers.notice(work, manifest),
            seq_from=manifest.seq_from,
            seq_to=manifest.seq_to,
            new_events=new,
            set_aside=tuple(
                SetAsideEvent(
                    sender.unit_code,
                    unit_name,
                    each.device_id,
                    each.epoch,
                    each.seq,
                    each.entity,
                    each.entity_id,
                    each.code,
                    reason_of(each.code, each.facts),
                    self._session.now().isoformat(timespec="seconds"),
                )
                for each in aside or ()
            ),
            rolled_back=verdict.rolled_back,
        )


def _is_named(work: Reading, unit_code: str, blob: SealedBlob) -> bool:
    """Whether a record of the unit asks for these bytes, or one that it deleted; a laptop could fill the disk with others."""
    named = work.find(Attachment, blob.sha256.hex(), unit_code)
    if named is None:
        return kept.ever_named(work, unit_code, blob.sha256.hex(), blob.size)
    return named.size == blob.size
