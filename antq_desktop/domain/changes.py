"""What a write touched, so that only what shows it needs to look again."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """The names of the tables that one user action wrote to; empty when nothing changed."""

    tables: frozenset[str] = frozenset()

    @classmethod
    def of(cls, *tables: str) -> "Changes":
        return cls(frozenset(tables))

    def __or__(self, other: "Changes") -> "Changes":
        return Changes(self.tables | other.tables)

    def __bool__(self) -> bool:
        return bool(self.tables)

    def touches(self, *tables: str) -> bool:
        """Tell whether any of ``tables`` was written to."""
        return not self.tables.isdisjoint(tables)
