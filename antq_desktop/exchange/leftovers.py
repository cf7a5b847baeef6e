"""Keeps the folders of the exchange from filling up: with what a killed attempt left, and with files that were refused."""

from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from antq_desktop.exchange.names import SUFFIX

#: Refused files are kept so that somebody may look into them; the newest of them, up to so many and so many bytes.
_MOST_FILES = 200
_MOST_BYTES = 1024**3


def sweep(*folders: Path) -> None:
    """Remove half-written files; call it before anything else writes there. What cannot be removed stays."""
    for folder in folders:
        for pattern in (".*.part", ".*.spool"):
            for path in folder.glob(pattern):
                with suppress(OSError):
                    path.unlink()


def tidy(folder: Path, wanted: Collection[str]) -> None:
    """Remove the oldest files beyond the caps; those named by the hashes ``wanted`` stay and do not count."""
    found = []
    for path in folder.glob(f"*{SUFFIX}"):
        if path.stem not in wanted:
            with suppress(OSError):
                facts = path.stat()
                found.append((facts.st_mtime_ns, facts.st_size, path))
    total = 0
    for place, (_at, size, path) in enumerate(sorted(found, reverse=True)):
        total += size
        # The newest stays, however large.
        if place and (place >= _MOST_FILES or total > _MOST_BYTES):
            with suppress(OSError):
                path.unlink()
