"""Says what a column holds from its content, where its header is odd or missing."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from statistics import median

from antq_desktop.domain.citizen_id import LENGTH, OLD_LENGTH
from antq_desktop.domain.text import fold
from antq_desktop.intake.hamlet_names import begins_with_kind
from antq_desktop.intake.sheet_text import shown
from antq_desktop.intake.workbook_parts import Value

#: Family names that begin most names in such lists, folded; enough to know a column of names by.
_FAMILY_NAMES = frozenset(
    """
nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh ha luong mai trinh doan dao
vuong lam cao luu quach ta to lo vi mua giang thao vang sung ma xa kha cam tong leo ca lu hua nong chu
chau dam kieu la lai luc mac nghiem ninh phi phung quan tang than thai thach thi tieu to trieu truong tu
ung van an au bach be cu diep dong duong giap han khuat khuc kim loc nham phu quang sam son ton vien
xuan yen au chau danh ksor rcom siu hlong kpa nay y a ro h
""".split()  # noqa: SIM905 - a list of words reads as text
)
_DAY = re.compile(
    r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{2,4}|\d{4}[/.-]\d{1,2}[/.-]\d{1,2}(?:[ T].*)?|ngày .*năm \d{4}"
)
_PHONE = re.compile(r"(?:\+?84|0)\d{9,10}")
_ENOUGH = 0.6
_ANY = 0.2
_OF_DIGITS = frozenset({"members", "citizen_id", "cmnd", "birth", "birth_year"})
_FEW_YEARS_AGO = 2014
_MOST_MEMBERS = 25


def is_number(value: Value) -> bool:
    """Whether a value looks like a citizen id: 12 digits, or fewer where a number lost its zeros."""
    digits = _digits(value)
    if len(digits) == LENGTH:
        return True
    return isinstance(value, int | float) and len(digits) in (10, 11)


def is_phone(value: Value) -> bool:
    digits = re.sub(r"[\s.\-()]", "", shown(value))
    bare = isinstance(value, int | float) and len(digits) == OLD_LENGTH  # a number that lost its zero
    return bare or _PHONE.fullmatch(digits) is not None


def is_day(value: Value) -> bool:
    return isinstance(value, datetime) or (
        isinstance(value, str) and _DAY.fullmatch(value.strip().lower()) is not None
    )


def is_year(value: Value) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d", shown(value)) is not None


def is_person(value: Value) -> bool:
    """Whether a text looks like a Vietnamese person's name."""
    if not isinstance(value, str) or re.search(r"\d", value):
        return False
    words = fold(value).split(" ")
    return 2 <= len(words) <= 6 and words[0] in _FAMILY_NAMES and not value.islower()  # noqa: PLR2004 - words of a name


def contradicts(field: str, values: Sequence[Value]) -> bool:
    """Whether a column cannot be what its header says: counts without a digit, names that are numbers."""
    filled = [value for value in values if value not in (None, "")]
    if not filled:
        return False
    digits = _share(filled, lambda value: re.search(r"\d", shown(value)) is not None)
    if field in _OF_DIGITS:
        return digits < _ANY
    return field == "head" and digits > _ENOUGH


def guessed(columns: Mapping[int, Sequence[Value]], missing: set[str]) -> dict[str, int]:
    """Return, for the ``missing`` fields, the columns whose filled values show them. ``columns``: index → values."""
    found: dict[str, int] = {}
    longest = max((len(values) for values in columns.values()), default=0)
    for column, values in columns.items():
        filled = [value for value in values if value not in (None, "")]
        if not filled or len(filled) * 4 < longest:
            continue
        field = next((name for name, test in _TESTS if _share(filled, test) >= _ENOUGH), None)
        if field == "day":
            field = "birth" if median(_year(v) for v in filled if is_day(v)) < _FEW_YEARS_AGO else "signed"
        if field == "members" and _counts_up(filled):
            field = "stt"
        if field in missing and field is not None:
            found.setdefault(field, column)
    return found


def _digits(value: Value) -> str:
    digits = re.sub(r"[\s.\-']", "", shown(value))
    return digits if digits.isascii() and digits.isdigit() else ""


def _is_area(value: Value) -> bool:
    return isinstance(value, str) and begins_with_kind(value)


def _is_small(value: Value) -> bool:
    text = shown(value)
    return text.isascii() and text.isdigit() and 0 < int(text[:4]) <= _MOST_MEMBERS


def _counts_up(values: Sequence[Value]) -> bool:
    numbers = [int(shown(v)) for v in values if _is_small(v)]
    return len(numbers) > 1 and sum(b == a + 1 for a, b in pairwise(numbers)) * 2 > len(numbers)


def _year(value: Value) -> int:
    if isinstance(value, datetime):
        return value.year
    found = re.search(r"(?:19|20)\d\d", shown(value))
    return int(found[0]) if found else _FEW_YEARS_AGO


def _share(values: Sequence[Value], test: Callable[[Value], bool]) -> float:
    return sum(test(value) for value in values) / len(values)


#: In this order: what a column is, by what most of its cells are.
_TESTS: tuple[tuple[str, Callable[[Value], bool]], ...] = (
    ("citizen_id", is_number),
    ("phone", is_phone),
    ("head", is_person),
    ("day", is_day),
    ("birth", is_year),
    ("hamlet", _is_area),
    ("members", _is_small),
)
