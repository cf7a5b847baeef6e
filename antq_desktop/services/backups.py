"""Copies the workspace to another place and tells when that was last done."""

import errno
from datetime import datetime
from pathlib import Path

from antq_desktop.domain.errors import MachineFailed
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.paths import WorkspacePaths
from antq_desktop.services.session import Session
from antq_desktop.storage.backup import SUFFIX, back_up
from antq_desktop.storage.failures import DiskFull
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.postgres import is_server
from antq_desktop.storage.unit_of_work import Store

_KEPT = 10
_FULL = N_("there is no room left.")


class BackupFailed(MachineFailed):
    code = "backup-failed"
    sentence = N_(
        "The backup could not be written to «{folder}»: {why} Choose another folder or stick; your data is safe."
    )


class Backups:
    """Backups of the open workspace."""

    def __init__(self, store: Store, paths: WorkspacePaths, session: Session) -> None:
        self._store = store
        self._paths = paths
        self._session = session

    def back_up(self, folder: Path | None = None) -> Path:
        """Write one backup into ``folder`` (default: beside the data, the newest ten kept). Raises BackupFailed."""
        target = folder or self._paths.backups
        at = self._session.now()
        try:
            file = back_up(self._store.engine, self._paths, target, at)
            if folder is None:
                self._drop_old(file)
        except OSError as error:
            full = error.errno == errno.ENOSPC
            raise BackupFailed(folder=str(target), why=_FULL if full else f"{error.strerror}.") from error
        except DiskFull as error:
            raise BackupFailed(folder=str(target), why=_FULL) from error
        with self._store.writing(self._session.user) as work:
            work.keep_local("last_backup", at.isoformat(timespec="seconds"))
            work.note(Deed("backed_up", note=file.name))
            work.commit()
        return file

    @property
    def is_servers(self) -> bool:
        """Whether the data lie on a server, which whoever looks after it backs up."""
        return is_server(self._store.engine)

    def last(self) -> datetime | None:
        """Return when the last backup was written, or None."""
        with self._store.reading() as work:
            at = work.local("last_backup", "")
        return datetime.fromisoformat(at) if at else None

    def _drop_old(self, newest: Path) -> None:
        # By name is by time, unless the clock was set back: then the one just made must not count as the oldest.
        others = sorted(set(self._paths.backups.glob(f"antq-*{SUFFIX}")) - {newest})
        for old in others[: 1 - _KEPT]:
            old.unlink()
