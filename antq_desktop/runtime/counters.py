"""How far a workspace had come, told outside its database, so that a database taken back from a copy is found out.

One small file lies beside the database, one in the user's own folder. Each is written after the change it tells of, so
one that lags is ordinary; one that is ahead tells of a past that the database has lost.
"""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from secrets import token_hex

import platformdirs

#: Names another folder than the user's own for the second file, on servers and wherever none may be touched.
FOLDER_VARIABLE = "ANTQ_COUNTERS"
_LARGEST = 4096


@dataclass(frozen=True, slots=True)
class Counter:
    """A place in the own history of the workspace ``workspace``.

    ``seq`` counts a commune's changes, or all acknowledgements of a receiving unit; ``trust`` is the newest version of
    that unit's trust document (0 in a commune). ``hash`` is the hex hash of the chain there, or empty. ``at``: ISO, UTC.
    """

    workspace: str
    epoch: int
    seq: int
    trust: int
    hash: str
    at: str

    def is_ahead_of(self, other: "Counter") -> bool:
        """Whether this tells of something that ``other`` does not know."""
        return (self.epoch, self.seq) > (other.epoch, other.seq) or self.trust > other.trust


def in_profile(workspace: str) -> Path:
    """Return where the second file of a workspace lies; it needs not exist."""
    named = os.environ.get(FOLDER_VARIABLE)
    folder = Path(named) if named else Path(platformdirs.user_state_dir("antq-desktop", appauthor=False))
    return folder / f"{workspace}.counter"


def read(path: Path, workspace: str) -> Counter | None:
    """Return what the file tells of ``workspace``; None when it is absent, unreadable or tells of another one."""
    try:
        with path.open("rb") as stream:
            fields = json.loads(stream.read(_LARGEST))
        counter = Counter(**fields)
    except (OSError, ValueError, TypeError):
        return None
    kinds = [type(getattr(counter, name)) for name in Counter.__slots__]
    whole = kinds == [str, int, int, int, str, str] and counter.workspace == workspace
    return counter if whole else None


def write(path: Path, counter: Counter) -> bool:
    """Write the file, whole or not at all; return whether that could be done.

    It is not forced onto the disk: after a power cut it may lag, which is ordinary, and each change would cost more.
    """
    beside = path.with_name(f".{path.name}.{token_hex(4)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(asdict(counter)), encoding="utf-8")
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        return False
    return True
