"""A birth as papers know it, a day or only a year: shown and typed the Vietnamese way, kept as ISO text."""

import re
from datetime import date

from antq_desktop.domain.households import is_birth
from antq_desktop.runtime.language import _
from antq_desktop.ui import format as written

_YEAR = re.compile(r"(19|20)\d{2}")
#: A birth is always given with its year; this one only completes two digits to the century before.
_NEVER_COMPLETED = 2000
_LEAST_SIGNS_WITH_YEAR = 6


def shown(birth: str | None) -> str:
    """Return ``1980-03-05`` as ``05/03/1980``, a year as it is, nothing for None."""
    if not birth:
        return ""
    if not is_birth(birth) or _YEAR.fullmatch(birth):
        return birth
    return written.day(date.fromisoformat(birth))


def read(typed: str) -> str | None:
    """Return what was typed as ISO text, None for nothing. Raises ValueError when it is neither day nor year."""
    text = typed.strip()
    if not text:
        return None
    if _YEAR.fullmatch(text):
        return text
    if len(text) < _LEAST_SIGNS_WITH_YEAR:
        raise ValueError(text)
    day = written.read_day(text, _NEVER_COMPLETED)
    return day.isoformat() if day else None


def fault(typed: str) -> str:
    """Return the sentence to show under the field, or nothing."""
    try:
        read(typed)
    except ValueError:
        return _(
            "«{typed}» is no day and no year. Type it as 5/3/1980, 05031980 or 1980.", typed=typed.strip()
        )
    return ""
