"""Who may open the workspace, and what the status line says of it."""

from dataclasses import dataclass
from datetime import datetime

from antq_desktop.runtime.paths import WorkspacePaths
from antq_desktop.services.session import Session
from antq_desktop.services.settings import setting
from antq_desktop.storage.failures import files_translated
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.key_file import KeyFile
from antq_desktop.storage.queries.status import waiting
from antq_desktop.storage.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class StatusInfo:
    """What is always in sight; times are aware UTC."""

    user_name: str
    unsent_rows: int
    oldest_unsent_at: datetime | None
    last_backup: datetime | None
    commune_name: str
    role: str
    year: int
    amber_days: int
    red_days: int


class Accounts:
    """The officer's own account in the open workspace."""

    def __init__(self, store: Store, paths: WorkspacePaths, session: Session) -> None:
        self._store = store
        self._key_file = KeyFile(paths.key_file, session.now)
        self._session = session

    def change_passphrase(self, old: str, new: str) -> None:
        """Let the workspace open with ``new`` instead of ``old``; the database is not rewritten.

        Raises WrongPassphrase, TooManyTries, PassphraseTooShort, MachineFailed.
        """
        with files_translated():
            key = self._key_file.unlock(old)
            # Whatever keeps the line from being written is met before the old passphrase ends.
            with self._store.writing(self._session.user) as work:
                work.note(Deed("passphrase_changed"))
                self._key_file.change_passphrase(key, new)
                work.commit()

    def check_passphrase(self, passphrase: str) -> None:
        """Check that who is at the locked window may go on. Raises WrongPassphrase, TooManyTries, MachineFailed."""
        with files_translated():
            self._key_file.unlock(passphrase)

    def status(self) -> StatusInfo:
        with self._store.reading() as work:
            unsent = waiting(work)
            last = work.local("last_backup", "")
            role = work.local("role", "commune")
            return StatusInfo(
                user_name=self._session.user,
                # A receiving unit sends nothing upward yet, so nothing of it waits.
                unsent_rows=unsent.count if role == "commune" else 0,
                oldest_unsent_at=datetime.fromisoformat(unsent.oldest_at)
                if unsent.oldest_at and role == "commune"
                else None,
                last_backup=datetime.fromisoformat(last) if last else None,
                commune_name=setting(work, "commune")["name"],
                role=role,
                year=setting(work, "working_year"),
                amber_days=setting(work, "alarm.amber_days"),
                red_days=setting(work, "alarm.red_days"),
            )
