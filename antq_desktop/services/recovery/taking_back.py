"""Takes a backup back into a folder, before any workspace is open there; what lay there is kept until all of it is in its place."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from shutil import copy2, rmtree
from tempfile import TemporaryDirectory

from antq_desktop.runtime.atomic import sync_folder, write_whole
from antq_desktop.runtime.paths import WorkspacePaths
from antq_desktop.storage.backup import take_back
from antq_desktop.storage.failures import files_translated
from antq_desktop.storage.making import database_files
from antq_desktop.storage.stores import lock_workspace

_RESTORING = "restoring-"


def restore_workspace(backup: Path, folder: Path) -> None:
    """Lay the workspace of ``backup`` into the empty ``folder``.

    Raises NotABackup, WorkspaceInTheWay, AlreadyOpen, MachineFailed.
    """
    paths = WorkspacePaths(folder)
    lock = lock_workspace(paths)
    try:
        with files_translated(), _marked_taken_back(paths):
            take_back(backup, paths)
    finally:
        lock.release()


def replace_workspace(backup: Path, folder: Path, clock: Callable[[], datetime]) -> Path:
    """Take ``backup`` back in place of a workspace that no longer opens; what lay there is moved into the folder returned.

    When the backup cannot be taken back, everything lies where it lay. Raises NotABackup, AlreadyOpen, MachineFailed.
    """
    paths = WorkspacePaths(folder)
    lock = lock_workspace(paths)
    try:
        for left in folder.glob(f"{_RESTORING}*"):
            rmtree(left, ignore_errors=True)
        with files_translated(), TemporaryDirectory(dir=folder, prefix=_RESTORING) as beside:
            fresh = WorkspacePaths(Path(beside))
            take_back(backup, fresh)
            with _marked_taken_back(paths):
                return _swap(paths, fresh, folder / f"set-aside-{clock():%Y%m%d-%H%M%S}")
    finally:
        lock.release()


@contextmanager
def _marked_taken_back(paths: WorkspacePaths) -> Iterator[None]:
    """Let the next opening know that the database comes from a backup, also where nothing else tells of its past."""
    write_whole(paths.taken_back, b"")
    try:
        yield
    except BaseException:
        paths.taken_back.unlink(missing_ok=True)
        raise


def _swap(paths: WorkspacePaths, fresh: WorkspacePaths, aside: Path) -> Path:
    """Move the old database aside and the fresh one into its place.

    The key file is replaced last and never missing: a folder that is cut off in between is a damaged workspace, which
    asks for the backup once more, and not an empty one.
    """
    with ExitStack() as undo:
        aside.mkdir()
        undo.callback(rmtree, aside)
        if paths.key_file.exists():
            copy2(paths.key_file, aside)
        for path in database_files(paths):
            path.replace(aside / path.name)
            undo.callback((aside / path.name).replace, path)
        fresh.database.replace(paths.database)
        undo.pop_all()
    fresh.key_file.replace(paths.key_file)
    sync_folder(paths.folder)
    return aside
