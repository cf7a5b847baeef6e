"""The list of a year's reports: which are written, signed off, being corrected, overdue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from antq_desktop.domain.periodic_reports import PeriodicReport, ReportState, newest
from antq_desktop.domain.periods import ReportingPeriod
from antq_desktop.services.reporting.reporting_periods import period_name


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One period of the year as the list of reports shows it.

    ``state`` is none (not begun to write), draft, signed, or correcting (signed, and a new edition is being written).
    ``report_id`` is what a page opens: the draft, else the signed edition; empty for none. ``signed_on`` and ``edition`` are
    those of the edition that holds. ``overdue`` tells that the period is over and nothing is signed. ``differing`` is how many
    signed figures the records contradict now, where somebody asked for it.
    """

    period: str
    name: str
    first: date
    last: date
    state: Literal["none", "draft", "signed", "correcting"]
    report_id: str
    edition: int
    signed_by: str
    signed_on: date | None
    overdue: bool
    differing: int = 0


def row_of(period: ReportingPeriod, kept: Sequence[PeriodicReport], today: date) -> ReportRow:
    """Return the row of ``period`` from the editions of its year."""
    holding = newest(kept, period.code)
    draft = next((one for one in kept if one.period == period.code and one.state is ReportState.DRAFT), None)
    shown = draft or holding
    days = shown.days if shown is not None and (holding is not None) else period.days
    return ReportRow(
        period=period.code,
        name=period_name(period.code),
        first=days.first,
        last=days.last,
        state=("correcting" if draft else "signed") if holding else "draft" if draft else "none",
        report_id=shown.id if shown else "",
        edition=holding.edition if holding else 0,
        signed_by=holding.signed_by if holding else "",
        signed_on=holding.signed_on if holding else None,
        overdue=holding is None and days.last < today,
    )
