"""Reads days as people type them: four styles and more of text, Excel's numbers, two-digit years, a year alone."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from antq_desktop.domain.citizen_id import LENGTH, Doubt
from antq_desktop.domain.text import clean, fold
from antq_desktop.domain.wording import N_
from antq_desktop.intake.cell_values import FORMULA_ERROR, Unfit, is_nothing, refuse_formula_error
from antq_desktop.intake.sheet_text import shown
from antq_desktop.intake.workbook_parts import Value

_EPOCH = date(1899, 12, 30)
#: Excel's numbers of 01/01/1910 and 31/12/2099; smaller numbers are years or slips.
_FIRST_SERIAL, _LAST_SERIAL = 3_654, 73_050
_FIRST_YEAR, _LAST_YEAR = 1900, 2099
#: A two-digit year up to this is of this century when nothing else tells: heads of households are no children.
_PIVOT = 15
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CLOCK = re.compile(r"[T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*(?:AM|PM|SA|CH))?Z?$", re.IGNORECASE)

#: Gives the whole year of a two-digit one.
Century = Callable[[int], int]


@dataclass(frozen=True, slots=True)
class Day:
    """A day, or only its year. ``month_known`` says that the paper gave a month without a day."""

    year: int
    day: date | None = None
    month_known: bool = False

    def __str__(self) -> str:
        return self.day.isoformat() if self.day else str(self.year)


def birth(
    value: Value, citizen_number: str | None = None, *, month_first: bool = False
) -> tuple[Day | None, Doubt | None]:
    """Return a day or year of birth. The citizen id decides the century of a two-digit year."""
    day = _day(value, month_first=month_first, century=lambda short: _century_of_birth(short, citizen_number))
    if day is not None and day.month_known:
        return day, Doubt("birth-year-only", N_("Of «{text}» only the year is kept."), {"text": shown(value)})
    return day, None


def signed(value: Value, *, month_first: bool = False) -> tuple[date | None, Doubt | None]:
    """Return the day of signing; a mark («x», «đã ký») or a year alone is no day and leaves a doubt."""
    text = clean(shown(value))
    if text and not re.search(r"\d", text) and not FORMULA_ERROR.fullmatch(text):
        if fold(text) != "x" and (
            is_nothing(text) or fold(text).startswith(("chua", "khong", "vang", "tu choi"))
        ):
            return None, None
        return None, Doubt(
            "signed-no-day", N_("«{text}» is no day of signing; none is kept."), {"text": text}
        )
    day = _day(value, month_first=month_first, century=lambda short: 2000 + short)
    if day is not None and day.day is None:
        return None, Doubt(
            "signed-no-day", N_("«{text}» is no day of signing; none is kept."), {"text": text}
        )
    return (day.day if day else None), None


def from_parts(day: Value, month: Value, year: Value) -> Day | None:
    """Return a day from three columns; without day and month it is a year."""
    texts = ["" if is_nothing(v) else shown(v) for v in (day, month, year)]
    if not any(texts):
        return None
    if not texts[2]:
        raise _no_such_day("/".join(texts))
    return _day(
        "/".join(text or "0" for text in texts),
        month_first=False,
        century=lambda y: _century_of_birth(y, None),
    )


def is_month_first(texts: list[str]) -> bool:
    """Whether a column of days was written the American way (03/20/2026): never a first number above 12, often a second."""
    pairs = [
        (int(m[1]), int(m[2]))
        for t in texts
        if (m := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}", t))
    ]
    turned = sum(second > 12 for _first, second in pairs)  # noqa: PLR2004 - months
    return turned > 1 and turned * 4 >= len(pairs) and all(first <= 12 for first, _second in pairs)  # noqa: PLR2004


def _century_of_birth(short: int, citizen_number: str | None) -> int:
    if citizen_number and len(citizen_number) == LENGTH and int(citizen_number[4:6]) == short:
        return (19 + int(citizen_number[3]) // 2) * 100 + short
    return (2000 if short <= _PIVOT else 1900) + short


def _day(value: Value, *, month_first: bool, century: Century) -> Day | None:
    refuse_formula_error(value)
    if isinstance(value, datetime):
        serial = (value.date() - _EPOCH).days
        if _FIRST_YEAR <= serial <= _LAST_YEAR:  # a year typed into a cell that Excel shows as a day
            return Day(serial)
        return _known_year(value.date(), shown(value))
    if is_nothing(value):
        return None
    if isinstance(value, float):
        value = int(value)  # a serial with a time of day
    text = _CLOCK.sub("", unicodedata.normalize("NFKC", shown(value)).strip(" '’`"))
    if text.isascii() and text.isdigit():
        return _from_digits(text, century)
    return _from_text(text, month_first=month_first, century=century)


def _from_digits(text: str, century: Century) -> Day:
    number = int(text)
    if len(text) == 4 and _FIRST_YEAR <= number <= _LAST_YEAR:  # noqa: PLR2004 - digits of a year
        return Day(number)
    if _FIRST_SERIAL <= number <= _LAST_SERIAL and not text.startswith("0"):
        return Day((_EPOCH + timedelta(number)).year, _EPOCH + timedelta(number))
    if len(text) in (5, 7):
        text = "0" + text
    cuts = {8: (2, 4), 6: (2, 4)}.get(len(text))
    if cuts is None:
        raise _no_such_day(text)
    if len(text) == 8 and text[:2] in ("19", "20") and int(text[4:6]) <= 12:  # noqa: PLR2004 - yyyymmdd
        return _of(int(text[6:]), int(text[4:6]), int(text[:4]), text)
    year = text[4:]
    return _of(int(text[:2]), int(text[2:4]), int(year) if len(year) == 4 else century(int(year)), text)  # noqa: PLR2004


def _from_text(text: str, *, month_first: bool, century: Century) -> Day:
    folded = fold(re.sub(r"\([^)]*\)", " ", text))
    for index, month in enumerate(_MONTHS, start=1):
        folded = re.sub(rf"(?<=[\d /.-]){month}[a-z]*", f" {index} ", folded)
    words = set(re.findall(r"[a-z]+", folded))
    if words - {"ngay", "thang", "nam", "sinh", "sn", "ns", "khoang", "thg", "th", "t", "x", "xx"}:
        raise _no_such_day(text)
    numbers = re.findall(r"\d+", folded)
    if re.match(r"\D*-\d", folded) or not 1 <= len(numbers) <= 3 or any(len(n) > 4 for n in numbers):  # noqa: PLR2004
        raise _no_such_day(text)
    *small, year = numbers
    if len(numbers) == 3 and len(numbers[0]) == 4:  # noqa: PLR2004 - the year stands first
        year, *small = numbers
        small.reverse()
    elif month_first and len(small) == 2:  # noqa: PLR2004
        small.reverse()
    if len(year) not in (2, 4) or any(len(n) > 2 for n in small) or (len(year) == 2 and len(small) != 2):  # noqa: PLR2004
        raise _no_such_day(text)
    whole_year = int(year) if len(year) == 4 else century(int(year))  # noqa: PLR2004
    day_of_month, month_of_year = [0, 0, *map(int, small)][-2:]
    return _of(day_of_month, month_of_year, whole_year, text)


def _of(day: int, month: int, year: int, text: str) -> Day:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise _no_such_day(text)
    if day == 0 and 0 <= month <= 12:  # noqa: PLR2004 - months
        return Day(year, month_known=month > 0)
    try:
        return Day(year, date(year, month, day))
    except ValueError:
        raise _no_such_day(text) from None


def _known_year(day: date, text: str) -> Day:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise _no_such_day(text)
    return Day(day.year, day)


def _no_such_day(text: str) -> Unfit:
    return Unfit("no-such-day", N_("There is no day «{text}»."), text=text)
