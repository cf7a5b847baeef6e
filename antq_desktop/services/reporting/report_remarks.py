"""What is odd about a report before it is signed off, and what keeps its days from being reported twice."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from antq_desktop.domain.findings import Finding
from antq_desktop.domain.periodic_reports import DaysSignedOff, PeriodicReport, in_the_way, left_out
from antq_desktop.domain.periods import ReportingPeriod
from antq_desktop.domain.record_checks import written
from antq_desktop.domain.report_content import ReportContent
from antq_desktop.domain.wording import N_
from antq_desktop.services.reporting.report_agreement import Difference, named
from antq_desktop.services.reporting.reporting_periods import period_name


def remarks_on(
    report: PeriodicReport,
    content: ReportContent,
    reports: Sequence[PeriodicReport],
    today: date,
    *,
    empty: bool,
) -> Iterator[Finding]:
    """Yield what the officer may look at before signing; ``empty`` tells that nothing happened in the period."""
    period = period_in(report)
    if report.last >= today:
        message = N_("The period ends only on {last}: what happens until then is not in the report.")
        yield _warning("last", "period-not-over", message, last=written(report.last))
    if empty:
        message = N_("Nothing is recorded from {first} to {last}. Check the period, or record first.")
        yield _warning(
            "period", "nothing-in-period", message, first=written(report.first), last=written(report.last)
        )
    other = in_the_way(period, reports)
    if other is not None:
        clash = _days_signed(period, other)
        yield Finding("period", clash.code, clash.sentence, clash.facts, "warning")
    yield from days_in_no_report(period, reports)
    for section in content.sections:
        typed = report.texts.get(section.id)
        if typed is not None and typed.beside != section.generated:
            message = N_(
                "The figures of «{section}» have changed since its paragraph was typed. Read it again."
            )
            yield _warning("texts", "text-older-than-figures", message, section=section.title)


def left_behind(code: str, differing: Sequence[Difference]) -> Iterator[Finding]:
    """Yield a warning where the records, from which a report is counted, left the signed one of the period ``code`` behind."""
    if differing:
        message = N_(
            "The signed report of «{other}» says otherwise in {count} figures ({figures}). Correct it, or explain it in the remarks."
        )
        facts = {"other": period_name(code), "count": len(differing), "figures": named(differing)}
        yield _warning("period", "signed-disagrees", message, **facts)


def period_in(report: PeriodicReport) -> ReportingPeriod:
    """Return the period of a report with the days that it keeps."""
    return ReportingPeriod(report.period, report.year, report.days)


def days_in_no_report(period: ReportingPeriod, reports: Iterable[PeriodicReport]) -> Iterator[Finding]:
    """Yield a warning when days between the signed report of the period before and ``period`` stand in neither."""
    gap = left_out(period, reports)
    if gap is not None:
        days, code = gap
        message = N_(
            "The days from {first} to {last} stand in no report: «{other}» is signed off only to the day before. "
            "Set the day on which periods begin back in the settings, or tell of these days in the remarks."
        )
        facts = {"first": written(days.first), "last": written(days.last), "other": period_name(code)}
        yield _warning("period", "days-in-no-report", message, **facts)


def demand_free(period: ReportingPeriod, reports: Iterable[PeriodicReport]) -> None:
    """Raise DaysSignedOff when days of ``period`` stand in a signed report of the same kind."""
    other = in_the_way(period, reports)
    if other is not None:
        raise _days_signed(period, other)


def _days_signed(period: ReportingPeriod, other: PeriodicReport) -> DaysSignedOff:
    return DaysSignedOff(
        period=period_name(period.code),
        first=written(max(period.days.first, other.first)),
        last=written(min(period.days.last, other.last)),
        other=period_name(other.period),
    )


def _warning(field: str, code: str, message: str, **facts: object) -> Finding:
    return Finding(field, code, message, facts, "warning")
