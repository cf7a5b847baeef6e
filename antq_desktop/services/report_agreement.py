"""Tells where a signed report and the records as they are now no longer agree; the report itself never changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from antq_desktop.domain.findings import Finding
from antq_desktop.domain.periodic_reports import PeriodicReport
from antq_desktop.domain.periods import ReportingPeriod
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.report_content import Amount
from antq_desktop.domain.wording import N_
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.coverage import coverage
from antq_desktop.services.figures import amounts
from antq_desktop.services.report_words import amount_text
from antq_desktop.services.reporting_periods import period_name
from antq_desktop.storage.queries.scope import report_scope
from antq_desktop.storage.queries.signed_periods import SignedPeriod
from antq_desktop.storage.unit_of_work import Reading

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure of a signed report that the records count otherwise now."""

    indicator: str
    name: str
    signed: Amount
    now: Amount

    @property
    def words(self) -> str:
        """The figure with both values, as printed: ``Số hoạt động: 12 → 13``."""
        return f"{self.name}: {amount_text(self.signed)} → {amount_text(self.now)}"


def differences(work: Reading, report: PeriodicReport, catalogues: Catalogues) -> tuple[Difference, ...]:
    """Return the figures of a signed report that come out otherwise now; of a draft nothing.

    Figures that the catalogue no longer has are left out: nothing can be counted for them.
    """
    if report.content is None:
        return ()
    period = ReportingPeriod(report.period, report.year, report.days)
    now = amounts(work, report_scope(coverage(catalogues, period.year), period.days), catalogues)
    found: list[Difference] = []
    for key, figure in report.content.figures.items():
        amount = now.get(key)
        if isinstance(amount, int | Ratio) and amount_text(amount) != amount_text(figure.now):
            found.append(Difference(key, figure.name, figure.now, amount))
    return tuple(found)


def named(found: Sequence[Difference]) -> str:
    """Return the first differences in words, and dots for the rest."""
    more = "; …" if len(found) > _NAMED else ""
    return "; ".join(one.words for one in found[:_NAMED]) + more


def signed_day(on: date, signed: Sequence[SignedPeriod]) -> tuple[Finding, ...]:
    """Return that a day lies in a period whose report is signed: what is entered there changes only the records."""
    inside = next((one for one in signed if one.days.holds(on)), None)
    if inside is None:
        return ()
    message = N_(
        "The report of «{period}» is signed off and does not count this. Correct that report if it must stand there."
    )
    return (Finding("on", "day-signed-off", message, {"period": period_name(inside.code)}, "warning"),)
