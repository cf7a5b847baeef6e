"""Keeps the forms of papers that a receiving unit issued: each as the text of its file, the newest of a name in use."""

import hashlib
from datetime import date

from antq_desktop.domain.official_texts import IssuedCatalogue
from antq_desktop.storage import attachments
from antq_desktop.storage.unit_of_work import Reading, Writing

#: The kind of the record; in a file that goes to communes the name of the form follows it.
KIND = "form"
_PREFIX = f"{KIND}."
_MEDIA_TYPE = "application/toml"


def kind_of(name: str) -> str:
    """Return what a form is called among what was issued."""
    return _PREFIX + name


def name_of(kind: str) -> str:
    """Return the name of the form that a kind speaks of; nothing for a catalogue."""
    return kind.removeprefix(_PREFIX) if kind.startswith(_PREFIX) else ""


def text_of(work: Reading, name: str) -> str:
    """Return the form file that was issued last under ``name``, nothing where none was."""
    records = work.all(IssuedCatalogue, kind=KIND, catalogue_id=name)
    if not records:
        return ""
    newest = max(records, key=lambda record: int(record.catalogue_version))
    return b"".join(attachments.content(work, newest.id)).decode()


def keep(  # noqa: PLR0917 - what the record says
    work: Writing, name: str, text: str, title: str, place: int, issued_by: str, today: date
) -> IssuedCatalogue:
    """Keep a form that was checked; ``place`` counts what was issued, so that the newest of a name is known.

    The same text again only comes back as it is kept, under its newer place.
    """
    content = text.encode()
    sha256 = hashlib.sha256(content).hexdigest()
    attachments.keep_content(work, content, f"{name}.toml", _MEDIA_TYPE)
    known = work.find(IssuedCatalogue, sha256)
    return work.save(
        IssuedCatalogue(
            id=sha256,
            unit_code=work.unit_code,
            catalogue_id=name,
            catalogue_version=str(place),
            kind=KIND,
            title=title,
            issued_by=issued_by,
            taken_on=known.taken_on if known else today,
            version=known.version if known else {},
        )
    )
