"""The figures of all communes together, recounted at the receiving unit by the definitions that each commune counts by."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from antq_desktop.domain.consolidation import Line, lines_of, summed
from antq_desktop.domain.errors import NotFound
from antq_desktop.domain.indicators import Amount, evaluate
from antq_desktop.domain.measures import Measures
from antq_desktop.domain.periodic_reports import PeriodicReport, newest
from antq_desktop.domain.periods import ReportingPeriod
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.text import sort_key
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.papers.paper_heading import Heading, heading
from antq_desktop.services.receiving_side.commune_rows import CommuneRow, commune_rows
from antq_desktop.services.receiving_side.receiving_keys import current_code
from antq_desktop.services.reporting.figures import tally_names
from antq_desktop.services.reporting.report_words import amount_text
from antq_desktop.services.reporting.reporting_periods import period_name, period_of
from antq_desktop.services.session import Session
from antq_desktop.services.settings import setting
from antq_desktop.services.yearly.coverage import coverage
from antq_desktop.storage.devices import merged
from antq_desktop.storage.queries.scope import report_scope
from antq_desktop.storage.queries.unit_counting import UnitCounting
from antq_desktop.storage.unit_of_work import Reading, Store


class NoCommunes(NotFound):
    code = "no-communes"
    sentence = N_(
        "No laptop of a commune is enrolled here yet, so there is nothing to add up. Enrol one first."
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that a commune signed and that its records do not give any more; both as they are printed."""

    name: str
    signed: str
    counted: str


@dataclass(frozen=True, slots=True)
class SignedReport:
    """The report of the period that a commune signed and sent, beside what its records give here.

    ``other_days`` is True when it covers other days than the report here: then figures may differ for that alone.
    """

    edition: int
    signed_on: date | None
    signed_by: str
    first: date
    last: date
    other_days: bool
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class CommuneFigures:
    """One commune. ``as_of`` is when its oldest newest bundle was made; ``complete``: every laptop sent until the period's end."""

    unit_code: str
    unit_name: str
    as_of: datetime | None
    complete: bool
    amounts: Mapping[str, Amount]
    report: SignedReport | None


@dataclass(frozen=True, slots=True)
class Consolidated:
    """The figures of a period: of every commune, by name, and of all together; ``lines`` say what the rows are.

    ``counted_on`` is the day of the count.
    """

    period: ReportingPeriod
    name: str
    heading: Heading
    lines: tuple[Line, ...]
    total: Mapping[str, Amount]
    communes: tuple[CommuneFigures, ...]
    counted_on: date

    @property
    def is_running(self) -> bool:
        """Whether the period is not over: nobody can have sent until its end."""
        return self.counted_on <= self.period.days.last

    @property
    def behind(self) -> tuple[CommuneFigures, ...]:
        """Who should have sent more: of a period that runs on whoever never did, else whoever has not until its end."""
        return tuple(filter(self.is_behind, self.communes))

    def is_behind(self, commune: CommuneFigures) -> bool:
        """Whether a commune should have sent more; see ``behind``."""
        return not commune.complete and (commune.as_of is None or not self.is_running)

    @property
    def sent_until(self) -> date | None:
        """The day until which all have sent who ever did; None where nobody has."""
        sent = [commune.as_of for commune in self.communes if commune.as_of is not None]
        return min(sent).astimezone().date() if sent else None


class Consolidating:
    """Consolidated figures of a receiving unit."""

    def __init__(self, store: Store, session: Session, catalogues: Catalogues) -> None:
        self._store = store
        self._session = session
        self._catalogues = catalogues

    def report(self, period: str, progress: Progress | None = None) -> Consolidated:
        """Return the figures of ``period`` as the received records give them now.

        Raises UnknownPeriod, NoCommunes, Cancelled. Progress counts communes.
        """
        progress = progress or Progress()
        indicators = self._catalogues.indicators
        with self._store.reading() as work:
            wanted = period_of(work, period)
            laptops = _by_unit(work, commune_rows(work, self._session.now()))
            scope = report_scope(coverage(self._catalogues, wanted.year), wanted.days)
            counting = UnitCounting(work, scope)
            counted: dict[str, Measures] = {}
            communes: list[CommuneFigures] = []
            for done, (unit_code, rows) in enumerate(laptops.items()):
                name = rows[0].current_name
                progress.report(done, len(laptops), name)
                # What a unit recorded before it was merged stays under its old code.
                codes = dict.fromkeys([unit_code, *(row.unit_code for row in rows)])
                counted[unit_code] = summed(counting.of(code) for code in codes)
                amounts = evaluate(indicators, counted[unit_code])
                communes.append(
                    CommuneFigures(
                        unit_code=unit_code,
                        unit_name=name,
                        as_of=_as_of(rows),
                        complete=_is_complete(rows, wanted.days.last),
                        amounts=amounts,
                        report=self._signed(Reading(work.connection, unit_code), wanted, amounts),
                    )
                )
            # Of a receiving unit the name is written out already.
            head = replace(heading(work), agency_in_text=setting(work, "commune")["name"])
        if not communes:
            raise NoCommunes(what="")
        total = evaluate(indicators, summed(counted.values()))
        return Consolidated(
            period=wanted,
            name=period_name(wanted.code),
            heading=head,
            lines=lines_of(indicators, total, tally_names(self._catalogues)),
            total=total,
            communes=tuple(sorted(communes, key=lambda one: (sort_key(one.unit_name), one.unit_code))),
            counted_on=self._session.today(),
        )

    @staticmethod
    def _signed(own: Reading, period: ReportingPeriod, amounts: Mapping[str, Amount]) -> SignedReport | None:
        """Return the report that the commune signed for the period, with every figure that is another one now."""
        report = newest(own.all(PeriodicReport, period=period.code), period.code)
        if report is None or report.content is None:
            return None
        return SignedReport(
            edition=report.edition,
            signed_on=report.signed_on,
            signed_by=report.signed_by,
            first=report.first,
            last=report.last,
            other_days=report.days != period.days,
            differences=tuple(
                Difference(figure.name, amount_text(figure.now), _counted_text(amounts.get(name)))
                for name, figure in report.content.figures.items()
                if figure.now != amounts.get(name)
            ),
        )


def running_text(report: Consolidated) -> str:
    """Return the sentence on a period that is not over: until when it runs, and until when there are figures."""
    last, until = report.period.days.last, report.sent_until
    if until is None:
        return _("The period runs until {last}.", last=f"{last:%d/%m/%Y}")
    return _(
        "The period runs until {last}; whoever has sent anything has sent until {day} at least.",
        last=f"{last:%d/%m/%Y}",
        day=f"{until:%d/%m/%Y}",
    )


def as_of_text(commune: CommuneFigures) -> str:
    """Return the day that the figures of a commune are of; in words where nothing came."""
    return f"{commune.as_of.astimezone():%d/%m/%Y}" if commune.as_of else _("nothing sent yet")


def _counted_text(amount: Amount | None) -> str:
    """Return a figure as it is printed; one that this program does not count says so."""
    return amount_text(amount) if isinstance(amount, int | Ratio) else _("not counted here")


def _by_unit(work: Reading, rows: Iterable[CommuneRow]) -> dict[str, list[CommuneRow]]:
    """Return the laptops by the code under which their unit goes now."""
    now = {code: current_code(work, code) for code in merged(work)}
    units: dict[str, list[CommuneRow]] = {}
    for row in rows:
        units.setdefault(now.get(row.unit_code, row.unit_code), []).append(row)
    return units


def _as_of(rows: Sequence[CommuneRow]) -> datetime | None:
    """Return how old the data of a commune may be: the older of what its laptops sent last."""
    used = [row for row in rows if row.state != "withdrawn"] or rows
    return min((row.as_of for row in used if row.as_of), default=None)


def _is_complete(rows: Sequence[CommuneRow], last: date) -> bool:
    """Whether every laptop in use sent something made on the last day of the period or later."""
    used = [row for row in rows if row.state != "withdrawn"] or rows
    return all(row.as_of is not None and row.as_of.astimezone().date() >= last for row in used)
