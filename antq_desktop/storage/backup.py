"""Copies a workspace while it is in use into one file, and takes such a file back, whole or not at all.

A backup is a stored (not compressed) zip of the encrypted database and its key file: it opens with the same passphrase.
"""

import shutil
import zipfile
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.atomic import replacing
from antq_desktop.runtime.paths import WorkspacePaths
from antq_desktop.storage.failures import translated

SUFFIX = ".antqbackup"


class NotABackup(KnownFailure):
    code = "not-a-backup"
    sentence = N_("«{file}» is no backup of this program, or it is damaged. Choose another file.")


class WorkspaceInTheWay(KnownFailure):
    code = "workspace-in-the-way"
    sentence = N_(
        "The folder «{folder}» already holds a workspace. Choose an empty folder; nothing was overwritten."
    )


def back_up(engine: sa.Engine, paths: WorkspacePaths, folder: Path, at: datetime) -> Path:
    """Write a backup of the open workspace into ``folder`` and return its path. Raises OSError, MachineFailed."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"antq-{at:%Y%m%d-%H%M%S-%f}{SUFFIX}"
    with TemporaryDirectory(dir=folder, prefix=".antq-") as beside:
        copy = Path(beside) / paths.database.name
        with translated(), engine.connect() as connection:
            driver = connection.connection.dbapi_connection
            driver.execute("VACUUM INTO ?", (str(copy),))  # type: ignore[union-attr] # it is connected
        with replacing(target) as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
            archive.write(copy, paths.database.name)
            archive.write(paths.key_file, paths.key_file.name)
    return target


def take_back(file: Path, paths: WorkspacePaths) -> None:
    """Lay the workspace of the backup ``file`` into the empty folder of ``paths``. Raises NotABackup, WorkspaceInTheWay."""
    if paths.database.exists() or paths.key_file.exists():
        raise WorkspaceInTheWay(folder=str(paths.folder))
    names = {paths.database.name: paths.database, paths.key_file.name: paths.key_file}
    try:
        with zipfile.ZipFile(file) as archive:
            if set(archive.namelist()) != names.keys() or archive.testzip() is not None:
                raise NotABackup(file=file.name)
            # The key file comes last: without it there is no workspace, so half a restore never looks like one.
            for name in (paths.database.name, paths.key_file.name):
                with archive.open(name) as source, replacing(names[name]) as stream:
                    shutil.copyfileobj(source, stream)
    except (zipfile.BadZipFile, EOFError) as error:
        raise NotABackup(file=file.name) from error
