"""What is to be invented: how large a commune, over which years, and until which day it is told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.generating.draw import Draw
from antq_desktop.services.generating.words import Words

if TYPE_CHECKING:
    from antq_desktop.storage.records import Record

#: Records of one kind, small enough to be kept at once.
Batch = Sequence["Record"]
Batches = Iterator[Batch]


@dataclass(frozen=True, slots=True)
class Plan:
    """``until`` is the last day that is told: what would happen later is drawn and left out, so the rest stays the same."""

    unit_code: str
    households: int
    years: tuple[int, ...]
    seed: int
    until: date
    words: Words
    catalogues: Catalogues

    def draw(self, subject: str) -> Draw:
        return Draw(self.seed, subject, self.words)

    def told(self, day: date) -> bool:
        return day <= self.until

    @property
    def before(self) -> date:
        """The day before the first year: what was there from the beginning begins on it or earlier."""
        return date(self.years[0] - 1, 12, 31)
