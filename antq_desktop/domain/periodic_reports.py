"""The report of a period: a draft until it is signed off, frozen from then on, corrected only by a new edition with a reason."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from antq_desktop.domain.errors import BadInput
from antq_desktop.domain.measures import Measures
from antq_desktop.domain.periods import Period, ReportingPeriod
from antq_desktop.domain.record_checks import written
from antq_desktop.domain.report_content import ReportContent
from antq_desktop.domain.wording import N_

#: Counts of what happens, by which a period shows that something was recorded in it; how many live there shows nothing.
_HAPPENINGS = (
    "households_signed",
    "thematic_signed",
    "areas_registered",
    "areas_assessed",
    "areas_recognised",
    "units_registered",
    "units_recognised",
    "models_begun",
    "models_closed",
    "activities",
    "festival_sites",
    "outreach_campaigns",
    "team_trainings",
    "programmes_signed",
    "awards",
)


class ReportState(StrEnum):
    """Whether a report may still change."""

    DRAFT = "draft"
    SIGNED = "signed"


_DAY = timedelta(days=1)
#: What each state is called, as message ids.
STATE_NAMES = {ReportState.DRAFT: N_("draft"), ReportState.SIGNED: N_("signed off")}


@dataclass(frozen=True, slots=True)
class TypedText:
    """A paragraph that the officer wrote, and the one written from the figures that stood there at that time."""

    text: str
    beside: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodicReport:
    """One edition of the report of one period.

    ``period`` is the code of the reporting period, ``first`` and ``last`` the days that it covers (kept, because cut-offs are a
    setting). ``edition`` counts from 1; a later one corrects the one before for ``reason``. ``texts`` are typed paragraphs by the
    id of their section. ``content`` is None in a draft, whose figures are worked out each time.
    """

    id: str
    unit_code: str
    period: str
    year: int
    first: date
    last: date
    edition: int = 1
    state: ReportState = ReportState.DRAFT
    reason: str = ""
    number: str = ""
    texts: Mapping[str, TypedText] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    content: ReportContent | None = None
    signed_by: str = ""
    signed_on: date | None = None
    version: dict[str, int] = field(default_factory=dict)

    @property
    def days(self) -> Period:
        return Period(self.first, self.last)


class PeriodNotBegun(BadInput):
    code = "period-not-begun"
    sentence = N_(
        "«{period}» begins only on {first}. There is nothing to report yet; choose an earlier period."
    )


class NothingInPeriod(BadInput):
    code = "nothing-in-period"
    sentence = N_(
        "Nothing is recorded from {first} to {last}, so there is nothing to sign off. Record first, or choose another period."
    )


class AlreadySignedOff(BadInput):
    code = "already-signed-off"
    sentence = N_(
        "The report of «{period}» was signed off on {day} and does not change any more. Write a correction, which asks for a reason."
    )


class NotSignedOff(BadInput):
    code = "not-signed-off"
    sentence = N_("The report of «{period}» is not signed off yet. Change the draft itself.")


class ReportNotBegun(BadInput):
    code = "report-not-begun"
    sentence = N_("No report of «{period}» has been begun yet. Begin it first (reports start {code}).")


class UnknownSection(BadInput):
    code = "unknown-section"
    sentence = N_("The report has no section «{section}». Its sections are: {known}.")


class CorrectionBegun(BadInput):
    code = "correction-begun"
    sentence = N_("A correction of «{period}» is being written already. Go on with it, or discard it first.")


class DaysSignedOff(BadInput):
    code = "days-signed-off"
    sentence = N_(
        "«{period}» would cover days from {first} to {last} that stand in the signed report of «{other}» already. "
        "Look at the day on which periods begin in the settings, or correct that report."
    )


class SignedTooEarly(BadInput):
    code = "signed-too-early"
    sentence = N_(
        "The report cannot have been signed on {day}; the first possible day is {earliest}. Correct the day."
    )


def demand_possible_day(
    day: date, today: date, report: PeriodicReport, editions: Iterable[PeriodicReport]
) -> None:
    """Check the day of a signature: not before the period is over (unless it runs still), nor before an earlier edition.

    Raises SignedTooEarly.
    """
    earlier = [edition.signed_on for edition in editions if edition.signed_on is not None]
    earliest = max([min(report.last, today), *earlier])
    if day < earliest:
        raise SignedTooEarly(day=written(day), earliest=written(earliest))


def nothing_happened(measures: Measures) -> bool:
    """Whether no count of anything that happens is above 0; households and areas are there without a report, too."""
    counts = (measures[name] for name in _HAPPENINGS)
    return not any(count if isinstance(count, int) else sum(count.values()) for count in counts)


def newest(reports: Iterable[PeriodicReport], period: str) -> PeriodicReport | None:
    """Return the signed report of ``period`` that holds: its last edition."""
    signed = [report for report in reports if report.period == period and report.state is ReportState.SIGNED]
    return max(signed, key=lambda report: report.edition, default=None)


def in_the_way(period: ReportingPeriod, reports: Iterable[PeriodicReport]) -> PeriodicReport | None:
    """Return a signed report of another period of the same kind (quarter, half …) that has days of ``period``.

    It happens when cut-offs were changed between two reports: the same day would be reported twice.
    """
    return next(
        (report for report in _signed_beside(period, reports) if _kind(report.period) == _kind(period.code)),
        None,
    )


def left_out(period: ReportingPeriod, reports: Iterable[PeriodicReport]) -> tuple[Period, str] | None:
    """Return the days just before ``period`` that no report has, and the code of the signed report that ends before them.

    It happens when cut-offs were changed between two reports: these days would be reported never.
    """
    before = newest(reports, period.code_before)
    if before is None or before.last + _DAY >= period.days.first:
        return None
    return Period(before.last + _DAY, period.days.first - _DAY), before.period


def also_covered(period: ReportingPeriod, reports: Iterable[PeriodicReport]) -> list[str]:
    """Return the codes of signed reports of other kinds that share days with ``period``, as a half year does with its quarters."""
    codes = {
        report.period
        for report in _signed_beside(period, reports)
        if _kind(report.period) != _kind(period.code)
    }
    return sorted(codes)


def _signed_beside(period: ReportingPeriod, reports: Iterable[PeriodicReport]) -> list[PeriodicReport]:
    return [
        report
        for report in reports
        if report.state is ReportState.SIGNED
        and report.period != period.code
        and report.days.overlaps(period.days)
    ]


def _kind(code: str) -> str:
    """Return what kind of period a code names: ``Q``, ``H``, ``9M``, or nothing for a year."""
    part = code.partition("-")[2]
    return part if part == "9M" else part[:1]
