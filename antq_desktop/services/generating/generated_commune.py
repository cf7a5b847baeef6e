"""Fills an empty workspace with an invented commune, for tests, training and measurements."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from antq_desktop.domain.errors import BadInput, Refused
from antq_desktop.domain.recognition import Certificate
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.generating.homes import Homes
from antq_desktop.services.generating.models import models
from antq_desktop.services.generating.plan import Batch, Plan
from antq_desktop.services.generating.rest import rest
from antq_desktop.services.generating.units import units
from antq_desktop.services.generating.words import words
from antq_desktop.services.session import Session
from antq_desktop.services.yearly.number_register import SERIES
from antq_desktop.storage.records import Record, kind_of
from antq_desktop.storage.unit_of_work import Store, Writing

_MOST_HOUSEHOLDS, _MOST_YEARS = 200_000, 10
#: So many records are kept in one transaction: a stop loses little, and memory stays small.
_AT_ONCE = 4_000


class WorkspaceNotEmpty(Refused):
    code = "workspace-not-empty"
    sentence = N_(
        "This workspace has residential areas already. An invented commune only goes into a new, empty workspace; make one first."
    )


class TooLarge(BadInput):
    code = "generated-commune-too-large"
    sentence = N_("Choose 1 to {households} households and 1 to {years} years. Nothing was made.")


@dataclass(frozen=True, slots=True)
class Generated:
    """What was invented: ``records`` counts by table; ``until`` is the last day that is told."""

    years: tuple[int, ...]
    until: date
    records: Mapping[str, int]


class GeneratedCommune:
    """Invents a commune in the open workspace; the same seed, size, years and last day give the same records."""

    def __init__(self, store: Store, session: Session, catalogues: Catalogues) -> None:
        self._store = store
        self._session = session
        self._catalogues = catalogues
        self._told: Counter[str] = Counter()
        self._waiting: list[Batch] = []

    def make(self, households: int, years: int, seed: int, progress: Progress | None = None) -> Generated:
        """Invent so many households and so many years up to the working year, told until today.

        Raises TooLarge, WorkspaceNotEmpty, Cancelled (what was kept until then stays).
        """
        if not (1 <= households <= _MOST_HOUSEHOLDS and 1 <= years <= _MOST_YEARS):
            raise TooLarge(households=_MOST_HOUSEHOLDS, years=_MOST_YEARS)
        plan = self._plan(households, years, seed)
        progress = progress or Progress()
        homes = Homes(plan)
        with self._store.reading() as work:
            if work.all(ResidentialArea):
                raise WorkspaceNotEmpty
        self._keep_all(homes.begin())
        for done, batch in homes.settle():
            progress.report(done, households, _("Households and their papers"))
            self._keep_all([batch])
        for what, batches in (
            (_("Units and their years"), units(plan, homes.areas, homes.shares)),
            (_("Models and their activities"), models(plan, homes.areas)),
            (_("The rest of the year"), rest(plan, homes.areas)),
        ):
            progress.report(households, households, what)
            self._keep_all(batches)
        self._flush()
        return Generated(plan.years, plan.until, dict(sorted(self._told.items())))

    def _plan(self, households: int, years: int, seed: int) -> Plan:
        today = self._session.today()
        last = min(self._session.year, today.year)
        return Plan(
            unit_code=self._session.unit_code,
            households=households,
            years=tuple(range(last - years + 1, last + 1)),
            seed=seed,
            until=min(today, date(last, 12, 31)),
            words=words(),
            catalogues=self._catalogues,
        )

    def _keep_all(self, batches: Iterable[Batch]) -> None:
        for batch in batches:
            if batch:
                self._waiting.append(batch)
            if sum(len(waiting) for waiting in self._waiting) >= _AT_ONCE:
                self._flush()

    def _flush(self) -> None:
        """Keep what waits in one transaction."""
        with self._store.writing(self._session.user) as work:
            for batch in self._waiting:
                self._told[kind_of(type(batch[0])).entity] += len(batch)
                work.save_all([_numbered(work, record) for record in batch], "saved", _("Invented"))
            work.commit()
        self._waiting = []


def _numbered(work: Writing, record: Record) -> Record:
    """Return a certificate under the next number of its year, which is taken for good; any other record as it is."""
    if isinstance(record, Certificate):
        return replace(record, number=work.next_number(SERIES, record.year))
    return record
