"""The small streams that encryption reads from and writes to; each remembers why it failed.

The age library turns what its reader and writer raise into text, so the first cause is kept here and raised by the
caller.
"""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import BinaryIO, Self

import pyrage

from antq_desktop.exchange import container

_PIECE = 256 * 1024
_QUEUED = 8
_PATIENCE = 0.05


class Pulled:
    """What encryption pulls its plaintext from: an iterator of pieces of any size."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._piece = memoryview(b"")
        self.failure: BaseException | None = None

    def read(self, size: int) -> bytes:
        try:
            while not self._piece:
                self._piece = memoryview(next(self._pieces))
        except StopIteration:
            return b""
        except BaseException as error:
            self.failure = error
            raise
        taken, self._piece = self._piece[:size], self._piece[size:]
        return bytes(taken)


class HashingWriter:
    """Counts and hashes what it passes on, and stops above the cap of a file."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._sha256 = hashlib.sha256()
        self.size = 0
        self.failure: BaseException | None = None

    @property
    def sha256(self) -> bytes:
        return self._sha256.digest()

    def write(self, data: bytes) -> int:
        try:
            self._pass_on(data)
        except BaseException as error:
            self.failure = error
            raise
        return len(data)

    def flush(self) -> None:
        self._stream.flush()

    def _pass_on(self, data: bytes) -> None:
        self.size += len(data)
        if self.size > container.MAX_FILE:
            raise container.FileTooLarge
        self._stream.write(data)
        self._sha256.update(data)


class Decrypted:
    """The plaintext of an age file from an offset on, to be read in pieces; use it as a context.

    The library only pushes, so a thread of its own decrypts and waits whenever a few pieces are unread.
    ``read`` raises what the library or the disk raised.
    """

    def __init__(self, path: Path, offset: int, identity: str) -> None:
        self._path = path
        self._offset = offset
        self._identity = pyrage.x25519.Identity.from_str(identity)
        self._pieces: Queue[bytes | BaseException] = Queue(maxsize=_QUEUED)
        self._stopped = Event()
        self._piece = memoryview(b"")
        self._ended = False
        self._gathered = bytearray()
        self._thread = Thread(target=self._decrypt, name="decrypt", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_cause: object) -> None:
        self._stopped.set()
        while self._thread.is_alive():
            with suppress(Empty):
                self._pieces.get_nowait()
            self._thread.join(_PATIENCE)

    def read(self, size: int = -1) -> bytes:
        """Return up to ``size`` bytes, empty only at the end."""
        if not self._piece and not self._ended:
            piece = self._pieces.get()
            if isinstance(piece, BaseException):
                raise piece
            self._ended = not piece
            self._piece = memoryview(piece)
        size = len(self._piece) if size < 0 else size
        taken, self._piece = self._piece[:size], self._piece[size:]
        return bytes(taken)

    def write(self, data: bytes) -> int:
        """Take plaintext from the library, on its thread."""
        self._gathered += data
        if len(self._gathered) >= _PIECE:
            self._put(bytes(self._gathered))
            self._gathered.clear()
        return len(data)

    def flush(self) -> None:
        """Nothing to do: the end of the text flushes."""

    def _decrypt(self) -> None:
        with suppress(_Stopped):
            try:
                with self._path.open("rb") as stream:
                    stream.seek(self._offset)
                    pyrage.decrypt_io(stream, self, [self._identity])
                if self._gathered:
                    self._put(bytes(self._gathered))
                self._put(b"")
            except _Stopped:
                raise
            except BaseException as error:  # noqa: BLE001 - it is raised again on the reader's thread
                self._put(error)

    def _put(self, piece: bytes | BaseException) -> None:
        while not self._stopped.is_set():
            with suppress(Full):
                self._pieces.put(piece, timeout=_PATIENCE)
                return
        raise _Stopped


class _Stopped(Exception):
    """The reader has gone; nobody wants the rest."""
