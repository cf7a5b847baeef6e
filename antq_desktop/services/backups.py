"""Copies the workspace to another place and tells when that was last done."""

from datetime import datetime
from pathlib import Path

from antq_desktop.domain.errors import MachineFailed
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.paths import WorkspacePaths
from antq_desktop.services.session import Session
from antq_desktop.storage.backup import SUFFIX, back_up
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.unit_of_work import Store

_KEPT = 10


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
                self._drop_old()
        except OSError as error:
            raise BackupFailed(folder=str(target), why=error.strerror or str(error)) from error
        with self._store.writing(self._session.user) as work:
            work.keep_local("last_backup", at.isoformat(timespec="seconds"))
            work.note(Deed("backed_up", note=file.name))
            work.commit()
        return file

    def last(self) -> datetime | None:
        """Return when the last backup was written, or None."""
        with self._store.reading() as work:
            at = work.local("last_backup", "")
        return datetime.fromisoformat(at) if at else None

    def _drop_old(self) -> None:
        for old in sorted(self._paths.backups.glob(f"antq-*{SUFFIX}"))[:-_KEPT]:
            old.unlink()
