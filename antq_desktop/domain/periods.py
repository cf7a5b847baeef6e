"""The periods of the year: when a unit is assessed (TT 124/2021/TT-BCA, Điều 8 khoản 2) and what a report covers."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from antq_desktop.domain.criteria import UnitKind
from antq_desktop.domain.errors import BadInput
from antq_desktop.domain.wording import N_

_CODE = re.compile(r"(20[0-9]{2})(?:-(Q[1-4]|H[12]|9M))?")
#: The first and last month that a part of the year covers before cut-offs move its ends.
_MONTHS = {
    None: (1, 12),
    "Q1": (1, 3),
    "Q2": (4, 6),
    "Q3": (7, 9),
    "Q4": (10, 12),
    "H1": (1, 6),
    "H2": (7, 12),
    "9M": (1, 9),
}
#: What the parts of a year are called, as message ids with {year}, in the order in which they end; "" is the whole year.
PERIOD_NAMES = {
    "Q1": N_("quarter I of {year}"),
    "Q2": N_("quarter II of {year}"),
    "H1": N_("the first six months of {year}"),
    "Q3": N_("quarter III of {year}"),
    "9M": N_("the first nine months of {year}"),
    "Q4": N_("quarter IV of {year}"),
    "H2": N_("the last six months of {year}"),
    "": N_("the year {year}"),
}
#: Which part ends when another begins, and how many years earlier it is counted; nothing as long ends before nine months do.
_BEFORE = {
    "Q1": ("Q4", 1),
    "Q2": ("Q1", 0),
    "Q3": ("Q2", 0),
    "Q4": ("Q3", 0),
    "H1": ("H2", 1),
    "H2": ("H1", 0),
    "": ("", 1),
}
_LAST_DAY_OF_ALL_MONTHS = 28
_MOST_MONTHS_BEFORE = 3


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``first`` to ``last``, both included."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    def overlaps(self, other: "Period") -> bool:
        """Whether a day lies in both."""
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True, slots=True)
class CutOff:
    """Where periods begin: on ``day`` of the month that lies ``months_before`` before their first month.

    CutOff(15, 1) is the State's (first quarter 15/12 to 14/03); CutOff(1, 0) is the calendar. What the police's own
    reports use is not known: it is a setting.
    """

    day: int
    months_before: int

    def __post_init__(self) -> None:
        if not (1 <= self.day <= _LAST_DAY_OF_ALL_MONTHS and 0 <= self.months_before <= _MOST_MONTHS_BEFORE):
            raise WrongCutOff(day=self.day, months_before=self.months_before)

    def begin(self, year: int, month: int) -> date:
        """Return the day on which a period begins whose first month is ``month`` (13 is January of the next year)."""
        months = year * 12 + month - 1 - self.months_before
        return date(months // 12, months % 12 + 1, self.day)


STATE = CutOff(15, 1)


@dataclass(frozen=True, slots=True)
class ReportingPeriod:
    """What one periodic report covers; ``code`` is like ``2026``, ``2026-H1``, ``2026-Q1``, ``2026-9M``."""

    code: str
    year: int
    days: Period

    @property
    def part(self) -> str:
        """The part of the year, a key of PERIOD_NAMES."""
        return self.code.partition("-")[2]

    @property
    def code_before(self) -> str:
        """The code of the period of the same length just before; empty where there is none."""
        part, years = _BEFORE.get(self.part, (None, 0))
        return "" if part is None else _coded(self.year - years, part)

    @property
    def code_last_year(self) -> str:
        """The code of the same part of the year before."""
        return _coded(self.year - 1, self.part)


class UnknownPeriod(BadInput):
    code = "unknown-period"
    sentence = N_(
        "«{value}» is no reporting period. Write a year (2026), a half (2026-H1), a quarter (2026-Q1) or nine months (2026-9M)."
    )


class WrongCutOff(BadInput):
    code = "wrong-cut-off"
    sentence = N_(
        "A reporting period cannot begin on day {day}, {months_before} months before. Choose a day from 1 to 28 and 0 to 3 months."
    )


def reporting_period(text: str, cut_off: CutOff = STATE) -> ReportingPeriod:
    """Return the period that ``text`` names. Raises UnknownPeriod."""
    code = text.strip().upper()
    match = _CODE.fullmatch(code)
    if match is None:
        raise UnknownPeriod(value=text)
    year, (first, last) = int(match[1]), _MONTHS[match[2]]
    days = Period(cut_off.begin(year, first), cut_off.begin(year, last + 1) - timedelta(days=1))
    return ReportingPeriod(code, year, days)


def codes_of(year: int) -> tuple[str, ...]:
    """Return the codes of all reporting periods of a year, in the order in which they end."""
    return tuple(_coded(year, part) for part in PERIOD_NAMES)


def months_of(year: int, cut_off: CutOff = STATE) -> tuple[Period, ...]:
    """Return the twelve months of a reported year, cut off as its periods are, so that they add up to it."""
    begins = [cut_off.begin(year, month) for month in range(1, 14)]
    return tuple(Period(first, after - timedelta(days=1)) for first, after in pairwise(begins))


def assessment_period(unit_kind: UnitKind, year: int) -> Period:
    """Return the days that the assessment of ``year`` looks at (Điều 8 khoản 2 điểm a and b)."""
    if unit_kind == "residential_area":
        return Period(date(year - 1, 11, 1), date(year, 10, 31))
    return Period(date(year - 1, 11, 16), date(year, 11, 15))


def _coded(year: int, part: str) -> str:
    return f"{year}-{part}" if part else str(year)
