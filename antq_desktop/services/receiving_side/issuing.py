"""Issues catalogues to the communes: checked, kept here, and sent down in files that this receiving unit signs."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from antq_desktop.domain.catalogues import CatalogueHead
from antq_desktop.domain.criteria import Catalogue
from antq_desktop.domain.errors import BadInput, Exit, KnownFailure, NotFound, Refused
from antq_desktop.domain.official_texts import IssuedCatalogue
from antq_desktop.domain.wording import N_
from antq_desktop.exchange import container, issued, keys, names, opening, seal, sticks
from antq_desktop.exchange.issued import IssuedList, IssuedText
from antq_desktop.exchange.manifest import SCHEMA_VERSION, DocumentDraft, DocumentManifest, Recipient, Sender
from antq_desktop.runtime.paths import WorkspacePaths
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.catalogues import is_other_shipped
from antq_desktop.services.papers import forms, issued_forms
from antq_desktop.services.receiving_side import issued_catalogues, receiving_keys
from antq_desktop.services.receiving_side.receiving import NothingReceived
from antq_desktop.services.results import Written
from antq_desktop.services.session import Session
from antq_desktop.storage import attachments
from antq_desktop.storage import receiving as kept
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.unit_of_work import Reading, Store

_ORDER = "issued_catalogues"
#: No catalogue comes near this size; the reader of catalogues says so of a larger one.
_LARGEST = 8 * 1024 * 1024
#: All that was issued goes in one document, which has a line on itself before it.
_MOST = opening.MAX_DOCUMENT - 1024 * 1024


class AlreadyIssued(KnownFailure):
    code = "already-issued"
    exit_code = Exit.FINDINGS
    sentence = N_(
        "This very catalogue was issued before («{title}», version {version}). Nothing was changed."
    )


class VersionTaken(BadInput):
    code = "catalogue-version-taken"
    sentence = N_(
        "Another catalogue «{catalogue}» was issued as version {version}. "
        "Write a new version into the file, so that nobody takes one for the other."
    )


class VersionShipped(BadInput):
    code = "catalogue-version-shipped"
    sentence = N_(
        "The program brings another catalogue «{catalogue}» as version {version}. "
        "Write a new version into the file, so that nobody takes one for the other."
    )


class FormIssued(KnownFailure):
    code = "form-issued"
    exit_code = Exit.FINDINGS
    sentence = N_("«{title}» is what the communes have already. Change the form here first, then issue it.")


class NothingIssued(NotFound):
    code = "nothing-issued"
    sentence = N_("No catalogue was issued yet. Issue one first, then write the files for the communes.")


class IssuedTooMuch(KnownFailure):
    code = "issued-too-much"
    sentence = N_(
        "With this one, all that was issued would be larger than what the communes take in ({megabytes} MB), so nothing was issued. "
        "Issue a shorter file."
    )


class NobodyEnrolled(NotFound):
    code = "nobody-enrolled"
    sentence = N_("No laptop of a commune is enrolled here yet. Enrol one first, then write the files.")


@dataclass(frozen=True, slots=True)
class Offer:
    """What a catalogue file holds. ``clauses`` and ``province_clauses`` count those of criteria; else 0."""

    kind: str
    id: str
    version: str
    title: str
    source: str
    in_force_from: date
    in_force_to: date | None
    sha256: str
    clauses: int
    province_clauses: int
    is_issued: bool


class Issuing:
    """Use cases of a receiving unit with its catalogues."""

    def __init__(self, store: Store, paths: WorkspacePaths, session: Session) -> None:
        self._store = store
        self._paths = paths
        self._session = session

    def offer(self, path: Path) -> Offer:
        """Return what the catalogue file says; nothing is kept.

        Raises FaultyCatalogueFile with the line, NoTomlFile, FileNotReadable.
        """
        kind, head = issued_catalogues.read(path.name, attachments.beginning(path, _LARGEST))
        clauses = head.clauses if isinstance(head, Catalogue) else ()
        with self._store.reading() as work:
            is_issued = work.find(IssuedCatalogue, head.sha256) is not None
        return Offer(
            kind=kind,
            id=head.id,
            version=head.version,
            title=head.title,
            source=head.source,
            in_force_from=head.in_force_from,
            in_force_to=head.in_force_to,
            sha256=head.sha256,
            clauses=len(clauses),
            province_clauses=sum(clause.origin == "province" for clause in clauses),
            is_issued=is_issued,
        )

    def issue(self, path: Path) -> Written[IssuedCatalogue]:
        """Keep the catalogue as issued; it goes to the communes with the next file that is written.

        Raises what ``offer`` raises, NotInitialised, AlreadyIssued, VersionTaken, VersionShipped, IssuedTooMuch.
        """
        content = attachments.beginning(path, _LARGEST)
        kind, head = issued_catalogues.read(path.name, content)
        with self._store.writing(self._session.user) as work:
            name = receiving_keys.kept(work).name
            self._check_new(work, head)
            today = self._session.today()
            record = issued_catalogues.keep(work, content, kind, head, issued_by=name, today=today)
            work.note(Deed("catalogue_issued", "issued_catalogues", record.id, note=head.title))
            work.keep_local(_ORDER, [*work.local(_ORDER, []), record.id])
            _check_fits(work)
            return Written(record, work.commit())

    def issue_form(self, name: str) -> Written[IssuedCatalogue]:
        """Keep the form ``name`` as it is printed here as issued; it goes to the communes with the next file that is written.

        A commune prints by it unless it has a wording of its own. Raises FormMissing, FormBroken, NotInitialised, FormIssued, IssuedTooMuch.
        """
        with self._store.writing(self._session.user) as work:
            issued_by = receiving_keys.kept(work).name
            form = forms.form_in_use(work, name)
            text = forms.text_in_use(work, name) or forms.shipped_source(name)
            before = issued_forms.text_of(work, name)
            if text == (before or forms.shipped_source(name)):
                raise FormIssued(title=form.title)
            order: list[str] = work.local(_ORDER, [])
            place, today = len(order) + 1, self._session.today()
            record = issued_forms.keep(work, name, text, form.title, place, issued_by, today)
            work.note(Deed("catalogue_issued", "issued_catalogues", record.id, note=form.title))
            work.keep_local(_ORDER, [*order, record.id])
            _check_fits(work)
            return Written(record, work.commit())

    def issued(self) -> list[IssuedCatalogue]:
        """Return what was issued, in that order; what was issued again stands where it was issued last."""
        with self._store.reading() as work:
            newest_first = dict.fromkeys(record.id for record in reversed(_in_order(work)))
            return [work.get(IssuedCatalogue, key) for key in reversed(newest_first)]

    def write_to(
        self, folder: Path, unit_codes: Sequence[str] | None = None, progress: Progress | None = None
    ) -> list[Path]:
        """Write one signed file a commune with all that was issued; ``unit_codes`` None: for every enrolled commune.

        With nothing new it is the same file again. Raises NothingIssued, NothingReceived, NobodyEnrolled, NotInitialised,
        Stick… failures, Cancelled; files that were written before stay. Progress counts communes.
        """
        progress = progress or Progress()
        sticks.check_target(folder, 0)
        with self._store.reading() as work:
            receiving_keys.kept(work)
            content = _content(work)
            wanted = _addressees(work, unit_codes)
        written: list[Path] = []
        for done, unit_code in enumerate(wanted):
            progress.report(done, len(wanted))
            with self._store.reading() as work:
                path, label = self._sealed(work, unit_code, content)
            there = sticks.put(path, container.sha256_of(path), folder, names.file_name(label), Progress())
            with self._store.writing(self._session.user) as work:
                work.note(Deed("catalogues_sent", "issued_catalogues", unit_code, note=str(there)))
                work.commit()
            written.append(there)
        return written

    @staticmethod
    def _check_new(work: Reading, head: CatalogueHead) -> None:
        for known in work.all(IssuedCatalogue, catalogue_id=head.id, catalogue_version=head.version):
            if known.id == head.sha256:
                raise AlreadyIssued(title=head.title, version=head.version)
            raise VersionTaken(catalogue=head.id, version=head.version)
        if is_other_shipped(head):
            raise VersionShipped(catalogue=head.id, version=head.version)

    def _sealed(self, work: Reading, unit_code: str, content: bytes) -> tuple[Path, DocumentManifest]:
        """Return the file for a commune; what was sealed for the same laptops with the same content is used again."""
        held = receiving_keys.kept(work)
        document = receiving_keys.trusted(work, self._store, unit_code)
        recipients = receiving_keys.recipients_of(document, unit_code)
        told = "\n".join((str(document.version), *recipients)).encode() + content
        stem = f"catalogues-{unit_code}-"
        path = self._paths.outgoing / f"{stem}{hashlib.sha256(told).hexdigest()[:32]}{names.SUFFIX}"
        label = _kept_label(path, held.own.sign_public)
        if label is not None:
            return path, label
        for old in self._paths.outgoing.glob(f"{stem}*{names.SUFFIX}"):
            old.unlink(missing_ok=True)
        now = self._session.now()
        draft = DocumentDraft(
            kind="catalogue",
            bundle_id=names.new_id(now),
            sender=Sender(self._store.unit_code, self._store.device_id, held.own.key_id),
            recipient=Recipient(unit_code, tuple(keys.key_id(each) for each in recipients)),
            schema_version=SCHEMA_VERSION,
            catalogue_versions={},
            created_at=now.replace(microsecond=0),
            trust_version=document.version,
        )
        made = seal.seal_document(draft, content, seed=held.own.sign_seed, recipients=recipients, target=path)
        return path, made.manifest


def _in_order(work: Reading) -> list[IssuedCatalogue]:
    order: list[str] = work.local(_ORDER, [])
    return [work.get(IssuedCatalogue, key) for key in order]


def _content(work: Reading) -> bytes:
    """Return everything that was issued, as often as it was: the number of the last only goes up. Raises NothingIssued."""
    order = _in_order(work)
    if not order:
        raise NothingIssued(what="")
    texts = (
        IssuedText(_sent_kind(each), b"".join(attachments.content(work, each.id)).decode()) for each in order
    )
    return issued.encode(IssuedList(len(order), tuple(texts)))


def _check_fits(work: Reading) -> None:
    """See that no commune would refuse the file for its size. Raises IssuedTooMuch."""
    if len(_content(work)) > _MOST:
        raise IssuedTooMuch(megabytes=_MOST // (1024 * 1024))


def _sent_kind(each: IssuedCatalogue) -> str:
    return issued_forms.kind_of(each.catalogue_id) if each.kind == issued_forms.KIND else each.kind


def _addressees(work: Reading, unit_codes: Sequence[str] | None) -> list[str]:
    """Return the communes to write to: those that are named, else all with a laptop in use. Raises NothingReceived."""
    enrolled = {row.unit_code for row in kept.enrolled(work) if row.status == "active"}
    if unit_codes is None:
        if not enrolled:
            raise NobodyEnrolled(what="")
        return sorted(enrolled)
    for unit_code in unit_codes:
        if unit_code not in enrolled:
            raise NothingReceived(what=unit_code)
    return list(dict.fromkeys(unit_codes))


def _kept_label(path: Path, public: bytes) -> DocumentManifest | None:
    """Return the label of a file that was sealed before and is still whole, else None."""
    if not path.exists():
        return None
    try:
        file = opening.look(path)
        label = opening.prove(file, lambda _sender: public)
        if not isinstance(label, DocumentManifest):
            return None
        opening.check_payload(file, label)
    except Refused:
        return None
    return label
