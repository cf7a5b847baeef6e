"""Keeps the photos and documents of an activity: the original by its hash, and a smaller picture for looking at."""

import zipfile
from pathlib import Path

from antq_desktop.documents.photos import smaller
from antq_desktop.domain.activities import ModelActivity
from antq_desktop.domain.activity_files import ActivityFile
from antq_desktop.domain.attachments import Attachment
from antq_desktop.domain.changes import Changes
from antq_desktop.domain.errors import BadInput
from antq_desktop.domain.wording import N_
from antq_desktop.services.results import Written, reason_given
from antq_desktop.services.scans import keep_bare
from antq_desktop.services.session import Session
from antq_desktop.storage import attachments
from antq_desktop.storage.unit_of_work import Store, Writing

_PICTURES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
_PDF = b"%PDF-"
_ZIP = b"PK\x03\x04"
#: What a packed office file holds, and what it is then.
_OFFICE = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class NotAPhotoOrDocument(BadInput):
    code = "not-a-photo-or-document"
    sentence = N_(
        "«{file}» is neither a photo nor a document: choose a JPEG, PNG, PDF, Word (.docx) or Excel (.xlsx) file. "
        "Never attach an identity card."
    )


class AttachedAlready(BadInput):
    code = "attached-already"
    sentence = N_("«{file}» is attached to this activity already. Nothing was changed.")


class ActivityFiles:
    """The files of the activities of the open workspace."""

    def __init__(self, store: Store, session: Session) -> None:
        self._store = store
        self._session = session

    def of(self, activity_id: str) -> list[ActivityFile]:
        """Return the files of an activity, by name."""
        with self._store.reading() as work:
            return sorted(
                work.all(ActivityFile, activity_id=activity_id), key=lambda kept: (kept.name, kept.id)
            )

    def attach(self, activity_id: str, path: Path) -> Written[ActivityFile]:
        """Keep a photo or document with an activity, and of a photo a smaller picture.

        A document stays byte for byte; a photo loses what its file says of place, time and owner, its pixels stay. Raises NotAPhotoOrDocument, AttachmentTooLarge, AttachedAlready, PhotoUnreadable, FileNotReadable, NotFound.
        """
        media_type = _media_type(path)
        with self._store.writing(self._session.user) as work:
            activity = work.get(ModelActivity, activity_id)
            kept = keep_bare(work, path, media_type)
            if work.all(ActivityFile, activity_id=activity_id, file_sha256=kept.id):
                raise AttachedAlready(file=path.name)
            copy = None
            if media_type in _PICTURES.values():
                # Read back from what was kept: the file on the stick may change meanwhile.
                picture = smaller(b"".join(attachments.content(work, kept.id)), path.name)
                copy = attachments.keep_content(work, picture, _copy_name(kept), "image/jpeg")
            saved = work.save(
                ActivityFile(
                    id=self._session.new_id(),
                    unit_code=work.unit_code,
                    activity_id=activity.id,
                    name=kept.name,
                    file_sha256=kept.id,
                    copy_sha256=copy.id if copy else None,
                ),
                "attached",
                kept.name,
            )
            return Written(saved, work.commit())

    def detach(self, file_id: str, reason: str) -> Changes:
        """Take a file off its activity; its bytes go when nothing else names them. Raises ReasonMissing, NotFound."""
        why = reason_given(reason)
        with self._store.writing(self._session.user) as work:
            take_off(work, work.get(ActivityFile, file_id), why)
            return work.commit()

    def original(self, file_id: str) -> bytes:
        """Return the file in full size, a photo without what it said of its place. Raises NotFound."""
        with self._store.reading() as work:
            return b"".join(attachments.content(work, work.get(ActivityFile, file_id).file_sha256))

    def picture(self, file_id: str) -> bytes | None:
        """Return the smaller picture of a photo as JPEG, None for a document. Raises NotFound."""
        with self._store.reading() as work:
            key = work.get(ActivityFile, file_id).copy_sha256
            return b"".join(attachments.content(work, key)) if key is not None else None


def take_off(work: Writing, kept: ActivityFile, reason: str) -> None:
    """Take a file off its activity inside an open transaction, with the bytes that nothing else names."""
    work.delete(kept, reason)
    for key in (kept.file_sha256, kept.copy_sha256):
        if key is not None:
            attachments.forget_unused(work, key)


def _copy_name(kept: Attachment) -> str:
    return f"{Path(kept.name).stem}-xem.jpg"


def _media_type(path: Path) -> str:
    """Return what the file is, by how it begins. Raises NotAPhotoOrDocument, FileNotReadable."""
    beginning = attachments.beginning(path, max(map(len, (_PDF, _ZIP, *_PICTURES))))
    if beginning.startswith(_PDF):
        return "application/pdf"
    found = next((kind for sign, kind in _PICTURES.items() if beginning.startswith(sign)), None)
    found = found or (_office_type(path) if beginning.startswith(_ZIP) else None)
    if found is None:
        raise NotAPhotoOrDocument(file=path.name)
    return found


def _office_type(path: Path) -> str | None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None
    return next((kind for name, kind in _OFFICE.items() if name in names), None)
