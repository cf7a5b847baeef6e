"""Finds the residential area that a row of a spreadsheet names, and opens those that the commune does not have yet."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from antq_desktop.domain.territory import AREA_KINDS, ResidentialArea
from antq_desktop.domain.text import fold, sort_key
from antq_desktop.domain.wording import N_
from antq_desktop.services.area_names import fitting


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Why a row belongs to no area: a message id with ``facts``."""

    message: str
    facts: Mapping[str, object] = field(default_factory=dict)


class AreaFinder:
    """Looks in ``areas``, as they are ``today``; what it opens begins on ``since``."""

    def __init__(
        self,
        areas: Sequence[ResidentialArea],
        unit_code: str,
        *,
        today: date,
        since: date,
        new_id: Callable[[], str],
    ) -> None:
        self._areas = areas
        self._unit_code = unit_code
        self._today = today
        self._since = since
        self._new_id = new_id
        self._opened: dict[str, ResidentialArea] = {}

    @property
    def opened(self) -> tuple[ResidentialArea, ...]:
        return tuple(self._opened.values())

    def find(self, name: str | None) -> str | Unplaced:
        """Return the id of the area called ``name``, one that is opened at need, or why there is none."""
        if not name:
            return Unplaced(N_("The row names no residential area. Say which one the list belongs to."))
        key = sort_key(name)
        alive = [area for area in self._areas if area.alive_on(self._today)]
        same = fitting(name, alive)
        if len(same) > 1:
            why = N_("«{name}» may be one of several residential areas. Type it with its tone marks.")
            return Unplaced(why, {"name": name})
        if same:
            return same[0]
        if any(sort_key(area.name) == key and area.alive_from(self._since) for area in self._areas):
            why = N_("The residential area «{name}» does not exist today. Say where the row belongs now.")
            return Unplaced(why, {"name": name})
        if key not in self._opened:
            self._opened[key] = ResidentialArea(
                id=self._new_id(),
                unit_code=self._unit_code,
                name=name,
                kind=_kind_of(name),
                valid_from=self._since,
            )
        return self._opened[key].id


def _kind_of(name: str) -> str:
    words = fold(name)
    fitting = [kind for kind in AREA_KINDS if words.startswith(fold(kind) + " ")]
    return max(fitting, key=len, default="")
