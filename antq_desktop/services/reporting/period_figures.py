"""Gives the figures of a period and the rows behind each."""

from dataclasses import dataclass

from antq_desktop.domain.indicators import Amount
from antq_desktop.domain.measures import Measures
from antq_desktop.domain.periods import Period, months_of
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.reporting.figures import amounts, tally_names
from antq_desktop.services.reporting.reporting_periods import cut_off, period_of
from antq_desktop.services.session import Session
from antq_desktop.services.yearly.coverage import coverage
from antq_desktop.storage.queries.behind import behind
from antq_desktop.storage.queries.counting import BehindRow
from antq_desktop.storage.queries.measures import FINDERS, measures
from antq_desktop.storage.queries.scope import Scope, report_scope
from antq_desktop.storage.queries.tallied import kinds
from antq_desktop.storage.unit_of_work import Reading, Store

_SIGNED, _DONE, _RECOGNISED, _RATED = (
    "households_signed",
    "activities",
    "units_recognised",
    "models_by_rating",
)


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """How far the year was at the end of a month: ``signed`` households and ``recognised`` units by then, ``activities`` in it."""

    month: int
    days: Period
    signed: int
    activities: int
    recognised: int


class PeriodFigures:
    """The figures of the open workspace."""

    def __init__(self, store: Store, session: Session, catalogues: Catalogues) -> None:
        self._store = store
        self._session = session
        self._catalogues = catalogues

    def amounts(self, period: str | None = None) -> dict[str, Amount]:
        """Return the indicators of a reporting period of the whole commune (default: the working year), by id.

        The catalogue of indicators names and explains each. Raises UnknownPeriod.
        """
        with self._store.reading() as work:
            return amounts(work, self._scope(work, period), self._catalogues)

    def behind(self, indicator_id: str, period: str | None = None) -> list[BehindRow]:
        """Return the rows behind one figure of ``amounts``; those that do not count say so. Raises UnknownPeriod."""
        with self._store.reading() as work:
            return behind(work, self._scope(work, period), self._catalogues.indicators, indicator_id)

    def months(self, year: int | None = None) -> list[MonthFigures]:
        """Return the months of a year that have begun (default: the working year).

        They are cut off as reports are: the activities of all twelve add up to those of the year's report, and the last month
        says of signatures and recognitions what the report says.
        """
        wanted, today = year or self._session.year, self._session.today()
        covered = coverage(self._catalogues, wanted)
        asked = (_SIGNED, _DONE, _RECOGNISED)
        with self._store.reading() as work:
            return [
                _month(number, days, measures(work, report_scope(covered, days), asked))
                for number, days in enumerate(months_of(wanted, cut_off(work)), 1)
                if days.first <= today
            ]

    def rated_models(self, year: int | None = None) -> dict[str, str]:
        """Return the rating of each model that the figure «models by rating» of a year counts, by the id of the model."""
        with self._store.reading() as work:
            scope = self._scope(work, str(year or self._session.year))
            return kinds(work, scope, FINDERS[_RATED])

    def key_names(self) -> dict[str, dict[str, str]]:
        """Return what the keys of each tally are called, Vietnamese, by the id of the indicator."""
        return tally_names(self._catalogues)

    def _scope(self, work: Reading, code: str | None) -> Scope:
        wanted = period_of(work, code or str(self._session.year))
        return report_scope(coverage(self._catalogues, wanted.year), wanted.days)


def _month(number: int, days: Period, counted: Measures) -> MonthFigures:
    signed, done, recognised = (counted[name] for name in (_SIGNED, _DONE, _RECOGNISED))
    assert isinstance(signed, int) and isinstance(recognised, int) and not isinstance(done, int)  # noqa: S101, PT018 - what measures declare
    return MonthFigures(number, days, signed, sum(done.values()), recognised)
