"""Puts a finished file on a stick and takes one from it, and names every way in which a stick can fail.

Each way has its own code, sentence and next step. Files of the format stay one byte under 4 GiB, so FAT32 needs no
special case.
"""

import errno
import glob
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from antq_desktop.domain.errors import MachineFailed
from antq_desktop.domain.wording import N_
from antq_desktop.exchange import container, opening
from antq_desktop.exchange.local_disk import own_disk
from antq_desktop.exchange.names import SUFFIX, series
from antq_desktop.runtime.atomic import replacing
from antq_desktop.runtime.progress import Progress

#: Room that is left on a stick, for its own bookkeeping.
_SPARE = 64 * 1024
#: A file above this size is looked at on the stick before it is copied.
LOOK_FIRST = 16 * 1024 * 1024


class StickMissing(MachineFailed):
    code = "stick-missing"
    sentence = N_(
        "There is no stick or folder «{folder}». Plug the stick in, wait until it shows, and choose it again."
    )


class StickLocked(MachineFailed):
    code = "stick-locked"
    sentence = N_(
        "The stick is write-protected, or writing to «{folder}» is not allowed. "
        "Slide its lock open or take another stick."
    )


class StickFull(MachineFailed):
    code = "stick-full"
    sentence = N_(
        "The stick has too little free space: {needed} MB are needed. Free some, or take another stick."
    )


class StickTooSmall(MachineFailed):
    code = "stick-too-small"
    sentence = N_("The stick is too small: {needed} MB are needed. Take a larger one.")


class StickVanished(MachineFailed):
    code = "stick-vanished"
    sentence = N_(
        "The stick is gone or cannot be read or written any more. Plug it in again and repeat; nothing was lost."
    )


class StickLies(MachineFailed):
    code = "stick-lies"
    sentence = N_(
        "The stick gives back other bytes than were written to it. It is faulty: take another one and send again."
    )


class StickNameTaken(MachineFailed):
    code = "stick-name-taken"
    sentence = N_(
        "The stick holds another file under the name «{name}»; it was left as it is. Take another stick."
    )


_LOCKED = {errno.EROFS, errno.EACCES, errno.EPERM}
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_MISSING = {errno.ENOENT, errno.ENOTDIR}
_WINDOWS = {19: errno.EROFS, 112: errno.ENOSPC}
_MEGABYTE = 1_000_000


def check_target(folder: Path, needed: int) -> None:
    """Check that ``needed`` bytes can be put into ``folder``. Raises Stick… failures."""
    if not folder.is_dir():
        raise StickMissing(folder=str(folder))
    with _translated(folder, needed):
        room = shutil.disk_usage(folder)
    # Some drivers of such file systems know no sizes and say zero; there the writing itself finds out.
    if room.total and room.total < needed + _SPARE:
        raise StickTooSmall(needed=_megabytes(needed))
    if room.total and room.free < needed + _SPARE:
        raise StickFull(needed=_megabytes(needed))
    if not os.access(folder, os.W_OK):
        raise StickLocked(folder=str(folder))


def put(source: Path, sha256: bytes, folder: Path, name: str, progress: Progress) -> Path:
    """Copy ``source`` into ``folder`` as ``name``, whole or not at all, and read it back from the stick.

    A file that is there already with the same bytes is left alone. Raises Stick… failures, Cancelled. Progress counts
    bytes.
    """
    size = source.stat().st_size
    target = folder / name
    if not target.exists():
        with _translated(folder, size):
            _sweep(target)
        check_target(folder, size)
        with _translated(folder, size), replacing(target) as stream:
            for done, chunk in _counted(container.chunks(source)):
                progress.report(done, size)
                stream.write(chunk)
        fresh = True
    else:
        fresh = False
    with _translated(folder, size):
        _forget_cached(target)
        given_back = container.sha256_of(target)
    if given_back == sha256:
        return target
    if not fresh:
        raise StickNameTaken(name=name)
    with _translated(folder, size):
        target.unlink()
    raise StickLies


def take(
    source: Path,
    folder: Path,
    progress: Progress,
    *,
    look: Callable[[Path], object] = opening.look,
    most: int = container.MAX_FILE,
) -> tuple[Path, bytes]:
    """Copy ``source`` from a stick into ``folder`` under the name of its hash; return that path and the SHA-256.

    A large file is looked at before it is given room here: ``look`` raises Refused when it is not worth it, and a file
    over ``most`` bytes never is. What is believed of a file is read from the copy.
    Raises StickVanished, StickMissing, SpoolFailed, FileTooLarge, Cancelled. Progress counts bytes.
    """
    with _translated(source, 0):
        size = source.stat().st_size
        if size > LOOK_FIRST and size <= container.MAX_FILE:
            look(source)
    if size > min(most, container.MAX_FILE):
        raise container.FileTooLarge
    with own_disk():
        folder.mkdir(parents=True, exist_ok=True)
    arriving = folder / f".{os.urandom(8).hex()}.part"
    try:
        with _translated(source, 0), source.open("rb") as given:
            sha256 = _copy(given, arriving, progress)
        kept = folder / f"{sha256.hex()}{SUFFIX}"
        with own_disk():
            arriving.replace(kept)
    finally:
        arriving.unlink(missing_ok=True)
    return kept, sha256


def _copy(given: BinaryIO, arriving: Path, progress: Progress) -> bytes:
    digest = hashlib.sha256()
    size = os.fstat(given.fileno()).st_size
    with own_disk():
        stream = arriving.open("xb")
    with stream:
        for done, chunk in _counted(iter(lambda: given.read(container.CHUNK), b"")):
            progress.report(done, size)
            digest.update(chunk)
            with own_disk():
                stream.write(chunk)
        with own_disk():
            stream.flush()
            os.fsync(stream.fileno())
    return digest.digest()


def _counted(pieces: Iterator[bytes]) -> Iterator[tuple[int, bytes]]:
    done = 0
    for piece in pieces:
        done += len(piece)
        if done > container.MAX_FILE:
            raise container.FileTooLarge
        yield done, piece


def _sweep(target: Path) -> None:
    """Remove what earlier attempts of this unit left behind whose stick was pulled out: it takes room and is of no use."""
    for left in target.parent.glob(f".{glob.escape(series(target.name))}*.part"):
        left.unlink(missing_ok=True)


def _forget_cached(path: Path) -> None:
    """Have the system read the file from the stick itself, not from its memory, where it offers that."""
    if hasattr(os, "posix_fadvise"):
        with path.open("rb") as stream:
            os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


@contextmanager
def _translated(folder: Path, needed: int) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise failure_of(error, folder, needed) from error


def failure_of(error: OSError, folder: Path, needed: int) -> MachineFailed:
    """Return what ``error`` means for the stick at ``folder``."""
    number = _WINDOWS.get(getattr(error, "winerror", None) or 0, error.errno)
    if number in _FULL:
        return StickFull(needed=_megabytes(needed))
    if number in _LOCKED:
        return StickLocked(folder=str(folder))
    if number in _MISSING and not folder.exists():
        return StickMissing(folder=str(folder))
    return StickVanished()


def _megabytes(size: int) -> int:
    return -(-size // _MEGABYTE)
