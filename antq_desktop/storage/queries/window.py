"""Which part of a long list is wanted, and in what order."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Window:
    """``limit`` rows from ``offset`` in the order of the column ``sort`` (empty: the list's own order)."""

    sort: str = ""
    descending: bool = False
    offset: int = 0
    limit: int = 100
