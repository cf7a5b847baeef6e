"""How an answer is written for people and read from what they typed."""

import re
from datetime import date

from antq_desktop.domain.criteria import AnswerKind
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.rules import Value
from antq_desktop.runtime.language import _
from antq_desktop.ui import format as written

_SHARE = re.compile(r"(\d[\d.]*)\s*(?:/|trên)\s*(\d[\d.]*)")


class Unreadable(ValueError):
    """What was typed is no answer; the message is the sentence to show."""


def shown(value: Value) -> str:
    """Return the answer as people read it; nothing for none."""
    match value:
        case bool():
            return _("Yes") if value else _("No")
        case Ratio():
            percent = f" ({value.percent_text}\u00a0%)" if value.whole else ""
            return f"{typed(value)}{percent}"
    return typed(value)


def typed(value: Value) -> str:
    """Return the answer as it would be typed."""
    match value:
        case Ratio():
            return f"{value.part}/{value.whole}"
        case date():
            return written.day(value)
        case int():
            return str(value)
    return value or ""


def read(kind: AnswerKind, text: str, year: int) -> Value:
    """Return the answer that was typed, None for nothing. Raises Unreadable."""
    if not text:
        return None
    match kind:
        case "date":
            return _day(text, year)
        case "count":
            number = written.read_number(text)
            if number is None:
                raise Unreadable(_("«{typed}» is not a whole number. Type figures only.", typed=text))
            return number
        case "share":
            return _share(text)
    return text


def _day(text: str, year: int) -> date | None:
    try:
        return written.read_day(text, year)
    except ValueError:
        raise Unreadable(
            _("«{typed}» is not a day. Type it as 5/3/2026, 5/3 or 05032026.", typed=text)
        ) from None


def _share(text: str) -> Ratio:
    found = _SHARE.fullmatch(text)
    part, whole = map(written.read_number, found.groups()) if found else (None, None)
    if part is None or whole is None or part > whole:
        raise Unreadable(_("«{typed}» is not a part of a whole. Type it as 38/40.", typed=text))
    return Ratio(part, whole)
