"""Copies a workspace while it is in use into one file, and takes such a file back, whole or not at all.

A backup is a stored (not compressed) zip of the encrypted database and its key file: it opens with the same passphrase.
"""

import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.atomic import replacing
from antq_desktop.runtime.paths import WorkspacePaths
from antq_desktop.storage.engine import copy_into
from antq_desktop.storage.making import in_the_making
from antq_desktop.storage.postgres import is_server

SUFFIX = ".antqbackup"
_BESIDE = ".antq-"
_NAMES = sorted(path.name for path in (WorkspacePaths(Path()).database, WorkspacePaths(Path()).key_file))
#: What reading a file that is no archive, or a changed one, was seen to raise.
_NO_ARCHIVE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError)


class NotABackup(KnownFailure):
    code = "not-a-backup"
    sentence = N_("«{file}» is no backup of this program, or it is damaged. Choose another file.")


class BackedUpByServer(KnownFailure):
    code = "backed-up-by-server"
    sentence = N_(
        "The data lie on a server, and whoever looks after it backs them up (pg_dump). "
        "Keep a copy of the files antq.key and antq.server of this folder beside that backup."
    )


def back_up(engine: sa.Engine, paths: WorkspacePaths, folder: Path, at: datetime) -> Path:
    """Write a backup of the open workspace into ``folder`` and return its path.

    Raises BackedUpByServer, OSError, MachineFailed.
    """
    if is_server(engine):
        raise BackedUpByServer
    folder.mkdir(parents=True, exist_ok=True)
    _drop_remains(folder)
    target = folder / f"antq-{at:%Y%m%d-%H%M%S-%f}{SUFFIX}"
    with TemporaryDirectory(dir=folder, prefix=_BESIDE) as beside:
        copy = Path(beside) / paths.database.name
        copy_into(engine, copy)
        with replacing(target) as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
            archive.write(copy, paths.database.name)
            archive.write(paths.key_file, paths.key_file.name)
    return target


def _drop_remains(folder: Path) -> None:
    """Remove what a backup that was killed left: it can be as large as all data."""
    for path in folder.glob(f"{_BESIDE}*"):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def take_back(file: Path, paths: WorkspacePaths) -> None:
    """Lay the workspace of the backup ``file`` into the empty folder of ``paths``.

    Raises NotABackup, WorkspaceInTheWay, OSError.
    """
    with in_the_making(paths) as key_file, _opened(file) as archive:
        for name, target in ((paths.key_file.name, key_file), (paths.database.name, paths.database)):
            with archive.open(name) as source, replacing(target) as stream:
                shutil.copyfileobj(source, stream)


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    """Give the archive ``file``, read to its end once and found whole. Raises NotABackup."""
    try:
        archive = zipfile.ZipFile(file)
    except _NO_ARCHIVE as error:
        raise NotABackup(file=file.name) from error
    with archive:
        try:
            whole = sorted(archive.namelist()) == _NAMES and archive.testzip() is None
        except _NO_ARCHIVE as error:
            raise NotABackup(file=file.name) from error
        if not whole:
            raise NotABackup(file=file.name)
        yield archive
