"""Writes the objects of a PDF to disk as soon as they are finished, so that 5,000 pages need no more memory than one."""

import re
import zlib
from array import array
from collections.abc import Iterable
from hashlib import sha256
from typing import BinaryIO

#: Twice as fast as the usual level, for a tenth more room.
_COMPRESSION = 4
_DELICATE = re.compile(rb"[()\\\r]")
_HIDDEN = {b"(": rb"\(", b")": rb"\)", b"\\": rb"\\", b"\r": rb"\r"}


def text(content: str) -> bytes:
    """Return ``content`` as a text string of PDF: plain where it is ASCII, else UTF-16 (ISO 32000-1, 7.9.2.2)."""
    if content.isascii() and content.isprintable():
        return b"(" + hidden(content.encode("ascii")) + b")"
    return b"<FEFF" + content.encode("utf-16-be").hex().upper().encode("ascii") + b">"


def hidden(content: bytes) -> bytes:
    """Return ``content`` with a backslash before each sign that would end or change a string."""
    return _DELICATE.sub(lambda found: _HIDDEN[found[0]], content)


def refs(numbers: Iterable[int]) -> bytes:
    """Return an array of references to objects."""
    return ("[" + " ".join(f"{number} 0 R" for number in numbers) + "]").encode("ascii")


class PdfFile:
    """A PDF 1.7 in the making. An object is a number; it may be named before it is written, and is written once.

    The identifier of the file is a digest of what stands in it: the same content gives the same bytes.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._places = array("Q", [0])
        self._digest = sha256()
        self._length = 0
        # The second line tells mail gateways that the file is not text (ISO 19005-2, 6.1.2).
        self._write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def reserve(self) -> int:
        """Return the number of an object that will be written later."""
        self._places.append(0)
        return len(self._places) - 1

    def put(self, content: bytes, number: int = 0) -> int:
        """Write an object, under its reserved ``number`` if it has one; return its number."""
        number = number or self.reserve()
        self._places[number] = self._length
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, content))
        return number

    def put_stream(
        self, content: bytes, entries: bytes = b"", number: int = 0, *, compressed: bool = True
    ) -> int:
        """Write a stream with the further ``entries`` of its dictionary; return its number."""
        if compressed:
            content = zlib.compress(content, _COMPRESSION)
            entries += b"/Filter/FlateDecode"
        return self.put(b"<<%b/Length %d>>\nstream\n%b\nendstream" % (entries, len(content), content), number)

    def finish(self, catalog: int, info: int) -> None:
        """Write where each object stands; nothing may follow."""
        start, count = self._length, len(self._places)
        name = self._digest.hexdigest()[:32].encode("ascii")
        self._write(b"xref\n0 %d\n0000000000 65535 f \n" % count)
        for first in range(1, count, 1000):
            self._write(b"".join(b"%010d 00000 n \n" % place for place in self._places[first : first + 1000]))
        self._write(
            b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]>>\nstartxref\n%d\n%%%%EOF\n"
            % (count, catalog, info, name, name, start)
        )

    def _write(self, content: bytes) -> None:
        self._stream.write(content)
        self._digest.update(content)
        self._length += len(content)
