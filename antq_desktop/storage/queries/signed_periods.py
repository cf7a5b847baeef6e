"""Finds the days that signed reports cover, without reading what those reports say."""

from dataclasses import dataclass

import sqlalchemy as sa

from antq_desktop.domain.periodic_reports import ReportState
from antq_desktop.domain.periods import Period
from antq_desktop.storage.report_tables import periodic_reports
from antq_desktop.storage.unit_of_work import Reading


@dataclass(frozen=True, slots=True)
class SignedPeriod:
    """The days of one signed report by the code of its period."""

    code: str
    days: Period


def signed_periods(work: Reading) -> list[SignedPeriod]:
    """Return the periods of this unit that are signed off, shortest and earliest first; each once, by its last edition."""
    table = periodic_reports.c
    where = (table.unit_code == work.unit_code, table.state == ReportState.SIGNED.value)
    query = sa.select(table.period, table.first, table.last).where(*where).order_by(table.edition)
    found = {
        code: SignedPeriod(code, Period(first, last)) for code, first, last in work.connection.execute(query)
    }
    return sorted(found.values(), key=lambda one: (one.days.last - one.days.first, one.days.first))
