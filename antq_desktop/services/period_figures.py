"""Gives the figures of a period and the rows behind each."""

from antq_desktop.domain.indicators import Amount
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.coverage import coverage
from antq_desktop.services.figures import amounts, tally_names
from antq_desktop.services.reporting_periods import period_of
from antq_desktop.services.session import Session
from antq_desktop.storage.queries.behind import behind
from antq_desktop.storage.queries.counting import BehindRow
from antq_desktop.storage.queries.scope import Scope, report_scope
from antq_desktop.storage.unit_of_work import Reading, Store


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

    def key_names(self) -> dict[str, dict[str, str]]:
        """Return what the keys of each tally are called, Vietnamese, by the id of the indicator."""
        return tally_names(self._catalogues)

    def _scope(self, work: Reading, code: str | None) -> Scope:
        wanted = period_of(work, code or str(self._session.year))
        return report_scope(coverage(self._catalogues, wanted.year), wanted.days)
