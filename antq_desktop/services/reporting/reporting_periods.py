"""The reporting periods as this office has set them, and what they are called."""

from antq_desktop.domain.periods import PERIOD_NAMES, CutOff, ReportingPeriod, reporting_period
from antq_desktop.runtime.language import _
from antq_desktop.services.settings import setting
from antq_desktop.storage.unit_of_work import Reading


def period_of(work: Reading, code: str) -> ReportingPeriod:
    """Return the period that ``code`` names, its days by the cut-offs that are set. Raises UnknownPeriod."""
    return reporting_period(code, cut_off(work))


def cut_off(work: Reading) -> CutOff:
    """Return where the reporting periods of this office begin."""
    return CutOff(setting(work, "report.cut_off_day"), setting(work, "report.cut_off_months_before"))


def period_name(code: str) -> str:
    """Return a period as a sentence names it: ``quý I năm 2026``, ``năm 2026``; nothing for no period."""
    if not code:
        return ""
    year, _sign, part = code.partition("-")
    return _(PERIOD_NAMES[part], year=year)
