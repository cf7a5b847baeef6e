"""Lets one process at a time use a workspace; the system frees the lock when the process ends, however it ends."""

import sys
from pathlib import Path
from typing import BinaryIO

from antq_desktop.domain.errors import MachineFailed
from antq_desktop.domain.wording import N_


class AlreadyOpen(MachineFailed):
    code = "already-open"
    sentence = N_("This workspace is already open in another window. Use that window, or close it first.")


class SingleInstance:
    """Holds the lock file ``path`` until ``release``. Raises AlreadyOpen, OSError."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._stream: BinaryIO = path.open("ab")
        try:
            _lock(self._stream)
        except OSError as error:
            self._stream.close()
            raise AlreadyOpen from error

    def release(self) -> None:
        self._stream.close()


if sys.platform == "win32":
    import msvcrt

    def _lock(stream: BinaryIO) -> None:
        stream.seek(0)
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(stream: BinaryIO) -> None:
        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
