"""One file, no archive: magic, length, envelope, payload. There is nothing to extract and no name to trust.

Layout: 6 bytes ``ANTQSB``, 2 bytes version, 4 bytes length L of the envelope (big-endian), L bytes envelope, the rest
is the payload.
"""

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from antq_desktop.domain.errors import Refused
from antq_desktop.domain.wording import N_

MAGIC = b"ANTQSB"
VERSION = 1
MAX_ENVELOPE = 256 * 1024
#: One byte under 4 GiB, so that every file of the format also fits a FAT32 stick.
MAX_FILE = 2**32 - 1
CHUNK = 256 * 1024
_HEAD = struct.Struct(">6sHI")


class NotABundle(Refused):
    code = "not-a-bundle"
    sentence = N_("This is no file of this program. Choose the file that ends in .antq.")


class NewerVersion(Refused):
    code = "newer-version"
    sentence = N_(
        "The file was made by a newer version of the program. Update this program, then take the file again."
    )


class FileCut(Refused):
    code = "file-cut"
    sentence = N_(
        "The file is not whole: its end is missing. Copy it to the stick again and bring it once more."
    )


class FileTooLarge(Refused):
    code = "file-too-large"
    sentence = N_("The file is larger than the program allows. Send in smaller parts.")


@dataclass(frozen=True, slots=True)
class Container:
    """Where the parts of a file lie. Nothing in it is proven yet."""

    path: Path
    envelope: bytes
    payload_offset: int
    payload_size: int


def read(path: Path) -> Container:
    """Return the parts of the file ``path``.

    Raises NotABundle, NewerVersion, FileCut, FileTooLarge; OSError as the system gives it.
    """
    with path.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(0)
        head = stream.read(_HEAD.size)
        if not head.startswith(MAGIC):
            raise FileCut if head and MAGIC.startswith(head) else NotABundle
        if size > MAX_FILE:
            raise FileTooLarge
        if len(head) < _HEAD.size:
            raise FileCut
        _magic, version, length = _HEAD.unpack(head)
        if version == 0:
            raise NotABundle
        if version > VERSION:
            raise NewerVersion
        if length > MAX_ENVELOPE:
            raise FileTooLarge
        envelope = stream.read(length)
        if len(envelope) < length:
            raise FileCut
    offset = _HEAD.size + length
    return Container(path, envelope, offset, size - offset)


def head_of(envelope: bytes) -> bytes:
    """Return everything that stands before the payload. Raises FileTooLarge."""
    if len(envelope) > MAX_ENVELOPE:
        raise FileTooLarge
    return _HEAD.pack(MAGIC, VERSION, len(envelope)) + envelope


def chunks(path: Path, offset: int = 0) -> Iterator[bytes]:
    """Yield the bytes of ``path`` from ``offset`` on."""
    with path.open("rb") as stream:
        stream.seek(offset)
        while chunk := stream.read(CHUNK):
            yield chunk


def sha256_of(path: Path, offset: int = 0) -> bytes:
    """Return the SHA-256 of the bytes of ``path`` from ``offset`` on."""
    digest = hashlib.sha256()
    for chunk in chunks(path, offset):
        digest.update(chunk)
    return digest.digest()
