"""Writes numbers, days and times as a Vietnamese office does, and reads days as people type them."""

import re
from datetime import date

from antq_desktop.domain.ratios import Ratio
from antq_desktop.runtime.written import day, moment, number

__all__ = [
    "below_zero",
    "day",
    "has_fraction",
    "moment",
    "number",
    "percent",
    "read_day",
    "read_number",
    "read_thousandths",
]

_DAY = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{4}|\d{2}))?[/.\- ]?")
_NUMBER = re.compile(r"\d+|\d{1,3}(?:[. ]\d{3})+")
_FRACTION = re.compile(r"(\d+|\d{1,3}(?:[. ]\d{3})+),(\d+)")
_DIGITS_OF_THOUSANDTHS = 3
_DIGITS = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})?")


def percent(part: int, whole: int | None) -> str:
    """Return ``part`` of ``whole`` as reports print it: ``12,5 %``, at most two decimals, cut, never rounded up.

    More than all counts as all; of nothing there is no share: nothing is written.
    """
    text = Ratio(min(part, whole), whole).percent_text if whole else ""
    return f"{text}\u00a0%" if text else ""


def read_day(text: str, year: int) -> date | None:
    """Read a day typed as 5/3, 05/03/2026, 5.3.26, 5-3-26, 0503, 050326 or 05032026; None when nothing was typed.

    ``year`` completes a day without one, and decides the century of two digits: up to ten years
    after it counts forward, the rest is the century before. Raises ValueError for anything else.
    """
    typed = text.strip()
    if not typed:
        return None
    found = _DAY.fullmatch(typed) or _DIGITS.fullmatch(typed)
    if found is None:
        message = "not a day"
        raise ValueError(message)
    day_, month, written = found.groups()
    return date(_whole_year(written, year), int(month), int(day_))


def _whole_year(written: str | None, year: int) -> int:
    if written is None:
        return year
    if len(written) == 4:
        return int(written)
    century = year - year % 100
    guess = century + int(written)
    return guess if guess <= year + 10 else guess - 100


def read_number(text: str) -> int | None:
    """Read a whole number typed as 1234, 1.234 or 1 234; None for anything else, also for 1.5, which is no 15."""
    typed = text.strip()
    return int(re.sub("[. ]", "", typed)) if _NUMBER.fullmatch(typed) else None


def has_fraction(typed: str) -> bool:
    """Whether a typed text is a number with figures behind a comma."""
    return _FRACTION.fullmatch(typed.strip()) is not None


def read_thousandths(typed: str) -> int | None:
    """Read 1,5 as 1500 thousandths; None for a number without a comma, a finer one, and what is no number."""
    found = _FRACTION.fullmatch(typed.strip())
    if found is None or len(found[2]) > _DIGITS_OF_THOUSANDTHS:
        return None
    return int(re.sub("[. ]", "", found[1])) * 1000 + int(found[2].ljust(_DIGITS_OF_THOUSANDTHS, "0"))


def below_zero(typed: str) -> bool:
    """Whether a typed text is a whole number below 0, which no count can be."""
    return re.fullmatch(r"[-−–]\s*[1-9][\d.]*", typed.strip()) is not None
