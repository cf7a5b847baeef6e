"""What the shell shows in its header and status line, as its provider tells it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class StatusInfo:
    """``role`` is "commune" or "receiving"; times are aware UTC; ``oldest_unsent_days`` is None when nothing waits.

    ``waiting`` says by the key of a page how much waits there for a person. ``unsettled``: the data was taken back or
    copied, and nobody has decided yet how it goes on.
    """

    user_name: str
    commune_name: str
    year: int
    role: str = "commune"
    unsent_rows: int = 0
    oldest_unsent_days: int | None = None
    last_backup: datetime | None = None
    amber_after_days: int = 7
    red_after_days: int = 30
    waiting: Mapping[str, int] = field(default_factory=dict)
    unsettled: bool = False
