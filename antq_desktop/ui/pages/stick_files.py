"""Looks through a stick for files of this program, by what they claim; whoever takes one in proves it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.exchange import opening
from antq_desktop.exchange.manifest import EnrolManifest
from antq_desktop.exchange.names import SUFFIX


@dataclass(frozen=True, slots=True)
class StickFile:
    """A file of this program: its kind, who sent it, for whom it is (a request: for nobody), and when it was made.

    ``stamp`` tells another file under the same name.
    """

    path: Path
    kind: str
    sender: str
    recipient: str
    created_at: datetime
    stamp: int


def found(folder: Path, kinds: Collection[str]) -> list[StickFile]:
    """Return the files of ``kinds`` in ``folder``, the newest first; unreadable ones are passed over."""
    files = []
    for path in _candidates(folder):
        try:
            claims, stamp = opening.look(path).claims, path.stat().st_mtime_ns
        except (KnownFailure, OSError):
            continue
        if claims.kind in kinds:
            recipient = "" if isinstance(claims, EnrolManifest) else claims.recipient.unit_code
            files.append(
                StickFile(path, claims.kind, claims.sender.unit_code, recipient, claims.created_at, stamp)
            )
    return sorted(files, key=lambda file: file.created_at, reverse=True)


def _candidates(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if path.suffix == SUFFIX]
    except OSError:
        return []
