"""Reads the plaintext of a payload as lines and pieces and never more of either than the label allows.

A hostile sender can sign a bomb: window, output and line are capped while they are decoded, not after.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from secrets import token_bytes
from typing import Self

import pyrage
import zstandard

from antq_desktop.domain.errors import Refused
from antq_desktop.domain.wording import N_
from antq_desktop.exchange.manifest import Payload
from antq_desktop.exchange.streams import Decrypted

MAX_WINDOW = 8 * 1024 * 1024
#: The age library reads a header in time that grows with its square: 64 KiB take 0.2 s, 2 MB a hundred.
MAX_SEAL_HEADER = 64 * 1024
#: A frame that is put behind those of the file: it comes out as it is only when the last of them ended as it should.
#: Random, so that no file can hold it.
_END = token_bytes(8)
_END_FRAME = zstandard.compress(_END)
_SEAL_BEGINS, _SEAL_HEADER_ENDS = b"age-encryption.org/v1\n", b"\n--- "
_READ = 128 * 1024


class PayloadRefused(Refused):
    code = "payload-refused"
    sentence = N_(
        "What is inside the file does not agree with its label ({where}). "
        "Keep the file and ask the unit that sent it to make a new one."
    )


class PlainStream:
    """The plaintext, read once from its start; use it as a context."""

    def __init__(self, path: Path, offset: int, identity: str, label: Payload) -> None:
        self._path, self._offset = path, offset
        self._decrypted = Decrypted(path, offset, identity)
        self._label = label
        self._unread = label.plain_size
        self._held = bytearray()
        self._at = 0

    def __enter__(self) -> Self:
        """Start to decrypt. Raises PayloadRefused when the seal is in letters or has too many recipients."""
        _check_seal_header(self._path, self._offset)
        self._decrypted.__enter__()
        decoder = zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW)
        self._plain = decoder.stream_reader(
            _Followed(self._decrypted),  # type: ignore[arg-type] # it reads, which is all that the decoder asks for
            read_size=_READ,
            read_across_frames=True,
        )
        return self

    def __exit__(self, *cause: object) -> None:
        self._decrypted.__exit__(*cause)

    @property
    def ended(self) -> bool:
        """Whether everything that the label promises was read."""
        return self._unread == 0 and self._at == len(self._held)

    def line(self) -> bytes:
        """Return the next line without its end. Raises PayloadRefused."""
        searched = self._at
        while (end := self._held.find(b"\n", searched)) < 0:
            searched = len(self._held) - self._at
            if searched > self._label.max_line:
                raise PayloadRefused(where="line")
            del self._held[: self._at]
            self._at = 0
            self._held += self._more()
        line = bytes(self._held[self._at : end])
        if len(line) > self._label.max_line:
            raise PayloadRefused(where="line")
        self._at = end + 1
        return line

    def piece(self, size: int) -> Iterator[bytes]:
        """Yield the next ``size`` bytes. Raises PayloadRefused."""
        while size:
            held = bytes(self._held[self._at : self._at + size])
            self._at += len(held)
            if not held:
                self._held[:] = self._more()
                self._at = 0
                continue
            size -= len(held)
            yield held

    def check_end(self) -> None:
        """Check that nothing follows and that frames and encryption ended whole. Raises PayloadRefused."""
        if not self.ended or self._decoded(len(_END) + 1) != _END or self._decoded(1):
            raise PayloadRefused(where="end")

    def _more(self) -> bytes:
        data = self._decoded(min(_READ, self._unread)) if self._unread else b""
        if not data:
            raise PayloadRefused(where="size")
        self._unread -= len(data)
        return data

    def _decoded(self, size: int) -> bytes:
        try:
            return self._plain.read(size)
        except (zstandard.ZstdError, pyrage.DecryptError, OSError) as error:
            raise PayloadRefused(where="seal") from error


class _Followed:
    """The frames of the file, then the one that shows their end."""

    def __init__(self, frames: Decrypted) -> None:
        self._parts = frames, BytesIO(_END_FRAME)

    def read(self, size: int) -> bytes:
        first, last = self._parts
        return first.read(size) or last.read(size)


def _check_seal_header(path: Path, offset: int) -> None:
    with path.open("rb") as stream:
        stream.seek(offset)
        head = stream.read(MAX_SEAL_HEADER)
    if not head.startswith(_SEAL_BEGINS) or _SEAL_HEADER_ENDS not in head:
        raise PayloadRefused(where="seal")
