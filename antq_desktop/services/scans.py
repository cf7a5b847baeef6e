"""Keeps the scan or photograph that belongs to a record, and takes it off when it was the wrong one."""

from dataclasses import replace
from pathlib import Path
from typing import Protocol, TypeVar

from antq_desktop.documents.bare_photos import bare
from antq_desktop.domain.attachments import Attachment
from antq_desktop.domain.errors import BadInput
from antq_desktop.domain.wording import N_
from antq_desktop.storage import attachments
from antq_desktop.storage.records import Record
from antq_desktop.storage.unit_of_work import Writing

#: How the files of scanners and telephones begin, whatever their names say.
_MEDIA_TYPES = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}


class HasPaper(Record, Protocol):
    """A record with room for one file, named by the SHA-256 of its bytes."""

    @property
    def paper_sha256(self) -> str | None: ...


P = TypeVar("P", bound=HasPaper)


class NotAScan(BadInput):
    code = "not-a-scan"
    sentence = N_(
        "«{file}» is no scan of a paper: choose a PDF, JPEG or PNG file. Never attach an identity card."
    )


class NoScan(BadInput):
    code = "no-scan"
    sentence = N_("No scan is attached to this paper, so there is nothing to take off.")


def attach(work: Writing, record: P, path: Path) -> P:
    """Keep the file at ``path`` with ``record``, in the place of one attached before. Raises NotAScan, AttachmentTooLarge, FileNotReadable."""
    kept = keep(work, path)
    saved = work.save(_with_paper(record, kept.id), "attached", kept.name)
    if record.paper_sha256 not in (None, kept.id):
        attachments.forget_unused(work, record.paper_sha256)
    return saved


def keep(work: Writing, path: Path) -> Attachment:
    """Keep a scan or photograph. Raises NotAScan, AttachmentTooLarge, FileNotReadable."""
    beginning = attachments.beginning(path, max(map(len, _MEDIA_TYPES)))
    media_type = next((kind for sign, kind in _MEDIA_TYPES.items() if beginning.startswith(sign)), None)
    if media_type is None:
        raise NotAScan(file=path.name)
    return keep_bare(work, path, media_type)


def keep_bare(work: Writing, path: Path, media_type: str) -> Attachment:
    """Keep a file; a photo without place, time and owner, so that they lie in no backup and go up on no stick.

    The hash of the file as it came stays with it. Raises AttachmentTooLarge, FileNotReadable.
    """
    if not media_type.startswith("image/"):
        return attachments.keep(work, path, media_type)
    content = attachments.whole(path)
    return attachments.keep_content(work, bare(content), path.name, media_type, content)


def detach(work: Writing, record: P) -> P:
    """Take the file off ``record``; the journal says which one it was. Raises NoScan.

    The bytes go too when nothing else names them: a wrong paper, or an identity card, is then really gone.
    """
    if record.paper_sha256 is None:
        raise NoScan
    kept = work.find(Attachment, record.paper_sha256)
    saved = work.save(_with_paper(record, None), "detached", kept.name if kept else record.paper_sha256)
    attachments.forget_unused(work, record.paper_sha256)
    return saved


def _with_paper(record: P, key: str | None) -> P:
    return replace(record, paper_sha256=key)  # type: ignore[type-var] # every record is a dataclass
