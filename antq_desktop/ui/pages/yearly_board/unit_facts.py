"""What the details of one unit need beside its line on the board, read in one go."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from antq_desktop.domain.criteria import Item
from antq_desktop.domain.units import UnitKey
from antq_desktop.domain.yearly_steps import Occurrence, YearStep
from antq_desktop.services.yearly.year_board import Dossier
from antq_desktop.services.yearly.year_standing import BoardRow

if TYPE_CHECKING:
    from antq_desktop.services.application import Application


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """``taken`` are the recorded steps by id, ``items`` the criteria against which occurrences are counted."""

    row: BoardRow
    year: int
    taken: Mapping[str, YearStep]
    items: tuple[Item, ...]
    occurrences: tuple[Occurrence, ...]
    dossier: Dossier

    @property
    def key(self) -> UnitKey:
        return self.row.key


def gather(application: "Application", row: BoardRow, year: int) -> UnitFacts:
    """Read it; nothing is written. A unit that is not assessed has nothing but its line."""
    if row.excluded_why is not None:
        return UnitFacts(row, year, {}, (), (), Dossier((), ()))
    board, criteria = application.year_board, application.catalogues.criteria_for(row.key.kind, year)
    return UnitFacts(
        row,
        year,
        board.taken(row.key, year),
        tuple(item for item in criteria.items if item.counted),
        tuple(board.occurrences(row.key, year)),
        board.dossier(row.key, year),
    )
