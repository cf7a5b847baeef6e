"""Lets a workspace come into being at one moment: when its key file gets its name; what a killed attempt left makes room."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.atomic import sync_folder
from antq_desktop.runtime.paths import WorkspacePaths


class WorkspaceInTheWay(KnownFailure):
    code = "workspace-in-the-way"
    sentence = N_(
        "The folder «{folder}» already holds a workspace. Choose an empty folder; nothing was overwritten."
    )


@contextmanager
def in_the_making(paths: WorkspacePaths) -> Iterator[Path]:
    """Give the path to write the key file to, before anything else; on a clean exit the workspace is there, else nothing.

    Raises WorkspaceInTheWay, OSError.
    """
    if not paths.holds_workspace():
        _clear(paths)
    # The log of another database would be read into the new one.
    if paths.key_file.exists() or database_files(paths):
        raise WorkspaceInTheWay(folder=str(paths.folder))
    try:
        yield paths.key_in_making
        paths.key_in_making.replace(paths.key_file)
    except BaseException:
        _clear(paths)
        raise
    sync_folder(paths.folder)


def database_files(paths: WorkspacePaths) -> list[Path]:
    """Return the database, the files that SQLite keeps beside it, and what leads to a server, as far as they are there."""
    return sorted((*paths.folder.glob(f"{paths.database.name}*"), *paths.folder.glob(paths.server.name)))


def _clear(paths: WorkspacePaths) -> None:
    """Remove an attempt; the key file that marks it goes last. A database without that mark is nobody's to remove."""
    if paths.key_in_making.exists():
        for path in database_files(paths):
            path.unlink()
    for path in paths.folder.glob(f".{paths.database.stem}.*.part"):
        path.unlink()
    paths.key_in_making.unlink(missing_ok=True)
