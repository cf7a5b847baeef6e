"""The list of activities as a table shows it: its columns, and where its rows come from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from antq_desktop.domain.activities import ActivityCatalogue
from antq_desktop.runtime.language import _
from antq_desktop.services.movement.community_models import CommunityModels
from antq_desktop.storage.queries.community_models import ActivityFilter, ActivityRow
from antq_desktop.storage.queries.window import Window
from antq_desktop.ui import format as written
from antq_desktop.ui.models.rows import Asked, Column

#: Parts of the working year that a list can be narrowed to: first month and last month.
QUARTERS = {"q1": (1, 3), "q2": (4, 6), "q3": (7, 9), "q4": (10, 12)}
ALWAYS = "always"
_DAYS = "days:"


@dataclass(frozen=True, slots=True)
class ActivitySource:
    """Windows of the list of activities. Without a filter it shows those of the working year."""

    models: CommunityModels
    year: Callable[[], int]

    def count(self, asked: Asked) -> int:
        return self.models.count_activities(self._which(asked))

    def fetch(self, asked: Asked, offset: int, limit: int) -> Sequence[ActivityRow]:
        window = Window(asked.sort, asked.descending, offset, limit)
        return self.models.page_activities(self._which(asked), window)

    def _which(self, asked: Asked) -> ActivityFilter:
        first, last = period(str(asked.filters.get("period", "")), self.year())
        return ActivityFilter(
            asked.filters.get("model_id"), first, last, asked.filters.get("kind"), asked.text
        )


def period(name: str, year: int) -> tuple[date | None, date | None]:
    """Return the first and last day of a quarter of ``year``, of the whole year (no name), of all time, or of some days."""
    if name.startswith(_DAYS):
        first, last = name.removeprefix(_DAYS).split("/")
        return date.fromisoformat(first), date.fromisoformat(last)
    if name == ALWAYS:
        return None, None
    begins, ends = QUARTERS.get(name, (1, 12))
    return date(year, begins, 1), date(year, ends, 31 if ends in (3, 12) else 30)


def of_days(first: date, last: date) -> str:
    """Return the name of the period from ``first`` to ``last``."""
    return f"{_DAYS}{first.isoformat()}/{last.isoformat()}"


def kind_name(catalogue: ActivityCatalogue, kind: str) -> str:
    """Return what a kind is called; one that the catalogue no longer has by its id."""
    return catalogue.kinds[kind].name if kind in catalogue.kinds else kind


def counts_said(catalogue: ActivityCatalogue, quantities: Mapping[str, int]) -> str:
    """Return ``2 buổi, 35 lượt người``."""
    return ", ".join(
        f"{written.number(count)} {catalogue.units[unit].name if unit in catalogue.units else unit}"
        for unit, count in quantities.items()
        if count
    )


def columns(catalogue: ActivityCatalogue) -> list[Column]:
    def kind(row: ActivityRow) -> str:
        return kind_name(catalogue, row.kind)

    def counts(row: ActivityRow) -> str:
        return counts_said(catalogue, row.quantities)

    return [
        Column("on", _("Day"), lambda row: written.day(row.on), 112),
        Column("model_name", _("Model"), lambda row: row.model_name, 200, wide=True),
        Column("kind", _("Kind of activity"), kind, 176, spare=True),
        Column("quantities", _("Counts"), counts, 200, sortable=False, wide=True),
        Column("title", _("In short"), lambda row: row.title, 160, offered=True),
        Column("place", _("Place"), lambda row: row.place, 120, offered=True),
    ]
