"""Where a workspace keeps its files, decided in one place."""

from dataclasses import dataclass
from pathlib import Path

import platformdirs


@dataclass(frozen=True, slots=True)
class WorkspacePaths:
    """The files of the workspace in ``folder``; none needs to exist yet."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "antq.db"

    @property
    def server(self) -> Path:
        """The sealed address of the server where the tables lie instead; only a receiving unit may have it."""
        return self.folder / "antq.server"

    @property
    def key_file(self) -> Path:
        return self.folder / "antq.key"

    @property
    def key_in_making(self) -> Path:
        """The key file of a workspace that is not whole yet."""
        return self.folder / "antq.key.new"

    def holds_workspace(self) -> bool:
        """Whether a workspace lies here, also one that lost its key file; what a killed attempt left is none."""
        return self.key_file.exists() or (self.database.exists() and not self.key_in_making.exists())

    @property
    def lock(self) -> Path:
        return self.folder / "antq.lock"

    @property
    def counter(self) -> Path:
        """How far the workspace had come, told outside its database; see ``runtime.counters``."""
        return self.folder / "antq.counter"

    @property
    def taken_back(self) -> Path:
        """Tells that the database was taken back from a backup and has not been opened since."""
        return self.folder / "antq.restored"

    @property
    def backups(self) -> Path:
        return self.folder / "backups"

    @property
    def outgoing(self) -> Path:
        """Sealed bundles that wait for their acknowledgement."""
        return self.folder / "outgoing"

    @property
    def incoming(self) -> Path:
        """What came in by stick, copied here before it is looked at."""
        return self.folder / "incoming"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"


def default_folder() -> Path:
    """Return the user's own folder for the workspace."""
    return Path(platformdirs.user_data_dir("antq-desktop", appauthor=False))
