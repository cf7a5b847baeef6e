"""Keeps files inside the encrypted database, in pieces, so that one file and one backup hold everything."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from antq_desktop.domain.attachments import LARGEST, Attachment
from antq_desktop.domain.errors import BadInput, MachineFailed, NotFound
from antq_desktop.domain.text import clean
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.system_words import why
from antq_desktop.storage.table_parts import metadata
from antq_desktop.storage.tables import attachment_chunks
from antq_desktop.storage.unit_of_work import Reading, Writing

_PIECE = 256 * 1024
_MEGABYTE = 1024 * 1024
#: The columns, of whatever table, by which records name a file.
_NAMING = frozenset({"paper_sha256", "file_sha256", "copy_sha256"})
#: Those that list several.
_LISTING = frozenset({"more_papers"})


class FileNotReadable(MachineFailed):
    code = "file-not-readable"
    sentence = N_(
        "The file «{file}» cannot be read: {why} Check the stick or folder, then choose the file again."
    )


class AttachmentTooLarge(BadInput):
    code = "attached-file-too-large"
    sentence = N_("«{file}» is larger than {megabytes} MB. Choose a smaller file; nothing was attached.")


def beginning(path: Path, size: int) -> bytes:
    """Return the first ``size`` bytes of a file, fewer where it is shorter. Raises FileNotReadable."""
    try:
        with path.open("rb") as stream:
            return stream.read(size)
    except OSError as error:
        raise FileNotReadable(file=path.name, why=why(error)) from error


def whole(path: Path) -> bytes:
    """Return the bytes of a file. Raises AttachmentTooLarge, FileNotReadable."""
    content = beginning(path, LARGEST + 1)
    if len(content) > LARGEST:
        raise AttachmentTooLarge(file=path.name, megabytes=LARGEST // _MEGABYTE)
    return content


def keep(work: Writing, path: Path, media_type: str) -> Attachment:
    """Keep the bytes of ``path`` once, however often they come. Raises AttachmentTooLarge, FileNotReadable."""
    digest = hashlib.sha256()
    size = 0
    try:
        with path.open("rb") as stream:
            while piece := stream.read(_PIECE):
                digest.update(piece)
                size += len(piece)
                if size > LARGEST:
                    raise AttachmentTooLarge(file=path.name, megabytes=LARGEST // _MEGABYTE)
            key = digest.hexdigest()
            known = work.find(Attachment, key)
            if known is not None and _is_here(work, key):
                return known
            stream.seek(0)
            n = 0
            again = hashlib.sha256()
            while piece := stream.read(_PIECE):
                again.update(piece)
                work.connection.execute(sa.insert(attachment_chunks).values(sha256=key, n=n, content=piece))
                n += 1
    except OSError as error:
        raise FileNotReadable(file=path.name, why=why(error)) from error
    if again.digest() != digest.digest():
        raise FileNotReadable(file=path.name, why=N_("it changes while it is read."))
    return known or work.save(
        Attachment(
            id=key,
            unit_code=work.unit_code,
            name=clean(path.name),
            media_type=media_type,
            size=size,
            added_at=work.at_text,
        )
    )


def keep_content(
    work: Writing, content: bytes, name: str, media_type: str, original: bytes | None = None
) -> Attachment:
    """Keep bytes that are in memory, once, however often they come; ``original`` is the file that they were made of."""
    key = hashlib.sha256(content).hexdigest()
    if not _is_here(work, key):
        pieces = [content[start : start + _PIECE] for start in range(0, len(content), _PIECE)] or [b""]
        rows = [{"sha256": key, "n": n, "content": piece} for n, piece in enumerate(pieces)]
        work.connection.execute(sa.insert(attachment_chunks), rows)
    return work.find(Attachment, key) or work.save(
        Attachment(
            id=key,
            unit_code=work.unit_code,
            name=clean(name),
            media_type=media_type,
            size=len(content),
            added_at=work.at_text,
            original_sha256=hashlib.sha256(original).hexdigest() if original not in (None, content) else None,
        )
    )


def forget_unused(work: Writing, key: str) -> bool:
    """Drop the bytes of ``key`` when no record names it any more; return whether they went.

    That there was such a file stays on record: its name, size and hash.
    """
    columns = [column for table in metadata.tables.values() for column in table.c]
    named = [column == key for column in columns if column.name in _NAMING]
    named += [sa.cast(column, sa.Text).contains(key) for column in columns if column.name in _LISTING]
    if any(work.connection.execute(sa.select(1).where(naming).limit(1)).first() for naming in named):
        return False
    dropped = work.connection.execute(sa.delete(attachment_chunks).where(attachment_chunks.c.sha256 == key))
    return dropped.rowcount > 0


def content(work: Reading, key: str) -> Iterator[bytes]:
    """Yield the bytes of the attachment ``key`` in pieces. Raises NotFound when they are not here."""
    query = sa.select(attachment_chunks.c.content).where(attachment_chunks.c.sha256 == key)
    found = False
    for piece in work.connection.execute(query.order_by(attachment_chunks.c.n)).scalars():
        found = True
        yield piece
    if not found:
        raise NotFound(what=key)


def _is_here(work: Reading, key: str) -> bool:
    query = sa.select(attachment_chunks.c.n).where(attachment_chunks.c.sha256 == key).limit(1)
    return work.connection.execute(query).first() is not None
