"""The upper level's side of the stick: enrols laptops, takes bundles in stick after stick, and acknowledges."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from antq_desktop.domain.changes import Changes
from antq_desktop.domain.errors import KnownFailure, NotFound, Refused
from antq_desktop.domain.wording import N_
from antq_desktop.exchange import container, enrolment, keys, names, seal, sticks
from antq_desktop.exchange.manifest import SCHEMA_VERSION, DocumentDraft, Recipient, Sender
from antq_desktop.runtime.language import sentence
from antq_desktop.runtime.paths import WorkspacePaths
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.receiving_side import bundle_readers, receiving_keys, set_aside_events
from antq_desktop.services.receiving_side.acknowledging import Acknowledging
from antq_desktop.services.receiving_side.commune_rows import CommuneRow, commune_rows
from antq_desktop.services.receiving_side.file_after_file import FileAfterFile
from antq_desktop.services.receiving_side.merged_units import name_of
from antq_desktop.services.receiving_side.receiving_keys import NoLaptopLeft
from antq_desktop.services.receiving_side.set_aside_events import SetAsideEvent
from antq_desktop.services.receiving_side.taking_in import BundleVerdict, TakingIn
from antq_desktop.services.recovery import trouble
from antq_desktop.services.session import Session
from antq_desktop.storage import receiving as kept
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.receiving import DeviceRow
from antq_desktop.storage.unit_of_work import Reading, Store

#: A request is a label and nothing more.
_LARGEST_REQUEST = container.MAX_ENVELOPE + 64


class NothingReceived(NotFound):
    code = "nothing-received"
    sentence = N_("No laptop of the unit «{what}» is enrolled here. Check the code of the unit.")


class KeyTaken(KnownFailure):
    code = "other-unit-has-key"
    sentence = N_(
        "The key in this request is enrolled for another laptop. Make a new request on that laptop."
    )


class KeyWithdrawn(Refused):
    code = "key-withdrawn"
    sentence = N_(
        "The key in this request was withdrawn and is not enrolled again. Make a new request with new keys on that laptop."
    )


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A laptop that was enrolled; ``path`` is the trust file to give back."""

    path: Path
    unit_code: str
    unit_name: str
    device_id: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """``files`` that were written, each for the unit of ``unit_codes`` at its place.

    ``passed_over``: the name of each unit that got none, and the sentence that says why.
    """

    files: tuple[Path, ...]
    unit_codes: tuple[str, ...]
    passed_over: tuple[tuple[str, str], ...]


class Receiving:
    """Use cases of a receiving unit."""

    def __init__(self, store: Store, paths: WorkspacePaths, session: Session, catalogues: Catalogues) -> None:
        self._store = store
        self._paths = paths
        self._session = session
        taking = TakingIn(store, session, catalogues, bundle_readers.receiving_unit(store))
        self._files = FileAfterFile(store, paths, session, taking)
        self._acknowledging = Acknowledging(store, paths)

    def initialise(self, name: str) -> str:
        """Make this unit's keys; return the recovery identity to print once. Raises AlreadyInitialised."""
        with self._store.writing(self._session.user) as work:
            recovery = receiving_keys.make(work, name)
            work.note(Deed("receiving_keys_made", "security", note=name))
            work.commit()
        return recovery

    def enrol(self, file: Path, check_number: str, to: Path | None = None) -> Enrolled:
        """Enrol the laptop of a request and write its trust file into the folder ``to`` (default: beside the request).

        Raises WrongCheckNumber and what a request can be refused for, NotInitialised, KeyTaken, KeyWithdrawn, Restored, Stick… failures.
        """
        try:
            path, _sha256 = sticks.take(file, self._paths.incoming, Progress(), most=_LARGEST_REQUEST)
            request = enrolment.read_request(path, check_number)
        except Refused as refused:
            self._files.log_refusal(file.name, refused)
            self._files.tidy()
            raise
        with self._store.writing(self._session.user) as work:
            held = receiving_keys.kept(work)
            trouble.check(work)
            row = self._device(work, request)
            kept.enrol(work, row)
            document, signed = receiving_keys.signed_trust(work, self._store, row.unit_code)
            draft = DocumentDraft(
                kind="trust",
                bundle_id=names.new_id(work.at),
                sender=Sender(self._store.unit_code, self._store.device_id, keys.key_id(held.root)),
                recipient=Recipient(row.unit_code, (keys.key_id(request.seal_public),)),
                schema_version=SCHEMA_VERSION,
                catalogue_versions={},
                created_at=work.at,
                trust_version=document.version,
                answer=enrolment.answer(request, self._store.unit_code, held.root, check_number),
            )
            made = seal.seal_document(
                draft,
                signed,
                seed=held.root_seed,
                recipients=[request.seal_public],
                target=self._paths.outgoing / f"{draft.bundle_id}{names.SUFFIX}",
            )
            work.note(
                Deed("laptop_enrolled", "devices", row.device_id, note=f"{row.unit_code} {row.unit_name}")
            )
            # On record first: a laptop that believes itself enrolled is. The same request again brings a newer file.
            changes = work.commit()
        try:
            there = sticks.put(
                made.path,
                made.sha256,
                to or file.parent,
                names.trust_name(made.manifest, row.device_id),
                Progress(),
            )
        finally:
            made.path.unlink(missing_ok=True)
            path.unlink(missing_ok=True)
        return Enrolled(there, row.unit_code, row.unit_name, row.device_id, changes)

    def receive(
        self,
        files: Sequence[Path],
        progress: Progress | None = None,
        told: Callable[[BundleVerdict], object] = lambda _verdict: None,
    ) -> list[BundleVerdict]:
        """Take files in, each in its own transaction; a bundle that waited is taken up when its gap closes.

        Returns a verdict a file in the order given, then one for each bundle that was taken up besides; ``told`` hears each
        at once, so that what was done is known however it ends. One file of several that cannot be read is refused with the
        reason and the others go on. Raises NotInitialised, MachineFailed, Cancelled; what was taken in before stays.
        Progress counts files, of a single one bytes and events.
        """
        with self._store.reading() as work:
            receiving_keys.kept(work)
        return self._files.take(files, progress or Progress(), told)

    def acknowledge(self, unit_code: str, folder: Path, progress: Progress | None = None) -> Path:
        """Write the acknowledgement for a unit into ``folder``; with nothing new it is the same file again.

        Raises NothingReceived, NotInitialised, Restored, Stick… failures.
        """
        sticks.check_target(folder, 0)
        with self._store.writing(self._session.user) as work:
            if not kept.enrolled(work, unit_code):
                raise NothingReceived(what=unit_code)
            trouble.check(work)
            sent = self._acknowledging.make(work, unit_code)
            # On record first: a commune must never know of an acknowledgement that this unit does not.
            work.commit()
        path = self._paths.outgoing / sent.file_name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(sent.container)
            there = sticks.put(
                path, bytes.fromhex(sent.sha256), folder, sent.file_name, progress or Progress()
            )
        finally:
            path.unlink(missing_ok=True)
        with self._store.writing(self._session.user) as work:
            work.note(Deed("acknowledged", "sent_acknowledgements", unit_code, note=str(there)))
            work.commit()
        return there

    def communes(self) -> list[CommuneRow]:
        """Return every enrolled laptop with how far it was taken in."""
        with self._store.reading() as work:
            return commune_rows(work, self._session.now())

    def set_aside(self, unit_code: str | None = None, most: int = 1_000) -> list[SetAsideEvent]:
        """Return the first ``most`` events that were not applied, with why."""
        with self._store.reading() as work:
            unit_names = {row.unit_code: row.unit_name for row in kept.enrolled(work)}
            return [
                set_aside_events.told(row, unit_names.get(row.unit_code, row.unit_code))
                for row in kept.aside(work, unit_code, most)
            ]

    def acknowledge_all(self, folder: Path, progress: Progress | None = None) -> Acknowledged:
        """Write an acknowledgement for every unit from which something came; one without a laptop in use is passed over.

        Raises NotInitialised, Restored, Stick… failures, Cancelled; files that were written before stay. Progress counts units.
        """
        progress = progress or Progress()
        units: dict[str, str] = {}
        for row in self.communes():
            if row.last_seq or row.held:
                units[row.unit_code] = row.unit_name
        written: dict[str, Path] = {}
        passed_over: list[tuple[str, str]] = []
        for done, (unit_code, name) in enumerate(units.items()):
            progress.report(done, len(units), name)
            try:
                written[unit_code] = self.acknowledge(unit_code, folder)
            except NoLaptopLeft as failure:
                passed_over.append((name, sentence(failure)))
        return Acknowledged(tuple(written.values()), tuple(written), tuple(passed_over))

    def _device(self, work: Reading, request: enrolment.Request) -> DeviceRow:
        key_id = keys.key_id(request.sign_public)
        others = [
            row
            for row in kept.enrolled(work)
            if row.key_id == key_id
            and (row.unit_code, row.device_id) != (request.unit_code, request.device_id)
        ]
        if others or request.unit_code == self._store.unit_code:
            raise KeyTaken
        own = kept.enrolled(work, request.unit_code)
        if any(row.key_id == key_id and row.status == "revoked" for row in own):
            raise KeyWithdrawn
        return DeviceRow(
            unit_code=request.unit_code,
            device_id=request.device_id,
            key_id=key_id,
            unit_name=name_of(request.unit_code),
            sign_key=keys.to_text(request.sign_public),
            seal_key=request.seal_public,
            status="active",
            revoked_from=None,
            trust_version=receiving_keys.next_trust_version(work),
            enrolled_at=self._session.now().isoformat(timespec="seconds"),
            request={"sha256": request.sha256.hex(), "created_at": request.created_at.isoformat()},
        )
