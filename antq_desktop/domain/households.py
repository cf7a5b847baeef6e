"""The households of a commune: who heads them, where they live, and whether they still live there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from antq_desktop.domain.findings import Finding, Severity
from antq_desktop.domain.territory import Moves
from antq_desktop.domain.wording import N_

Residence = Literal["living", "moved_away"]
_BIRTH = re.compile(r"[0-9]{4}(-[0-9]{2}-[0-9]{2})?")
_PHONE = re.compile(r"0[0-9]{9,10}")
_OLDEST = 1900
_YOUNGEST_HEAD = 15
_MOST_MEMBERS = 30
_YEAR_DIGITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """One household of a residential area. ``birth`` is ``YYYY-MM-DD`` or ``YYYY``, as the papers know it.

    ``past_areas``: as domain.territory.Moves.
    """

    id: str
    unit_code: str
    area_id: str
    past_areas: Moves = None
    head: str
    birth: str | None = None
    citizen_id: str | None = None
    members: int | None = None
    phone: str | None = None
    address: str | None = None
    residence: Residence = "living"
    moved_on: date | None = None
    note: str = ""
    version: dict[str, int] = field(default_factory=dict)


def check_household(household: Household, today: date) -> tuple[Finding, ...]:
    """Return what is wrong or odd about one household by itself; the number of the head has its own check."""
    return tuple(
        Finding(name, code, message, facts, severity)
        for name, code, message, facts, severity in _remarks(household, today)
    )


def is_birth(text: str) -> bool:
    """Whether ``text`` is a day that exists (``YYYY-MM-DD``) or a year (``YYYY``)."""
    if not _BIRTH.fullmatch(text):
        return False
    try:
        date.fromisoformat(text if len(text) > _YEAR_DIGITS else f"{text}-01-01")
    except ValueError:
        return False
    return True


_Remark = tuple[str, str, str, dict[str, object], Severity]


def _remarks(household: Household, today: date) -> Iterator[_Remark]:
    if not household.head.strip():
        yield "head", "head-missing", N_("The household has no head. Type the name."), {}, "error"
    if not household.area_id:
        yield "area_id", "area-missing", N_("Choose the residential area of the household."), {}, "error"
    yield from _birth_remarks(household.birth, today)
    members = household.members
    if members is not None and members < 1:
        yield (
            "members",
            "members-too-few",
            N_("A household has at least one person, not {count}."),
            {"count": members},
            "error",
        )
    elif members is not None and members > _MOST_MEMBERS:
        yield (
            "members",
            "members-many",
            N_("{count} persons in one household: look again."),
            {"count": members},
            "warning",
        )
    if household.phone and not _PHONE.fullmatch(household.phone):
        yield (
            "phone",
            "phone-odd",
            N_("«{phone}» does not look like a telephone number."),
            {"phone": household.phone},
            "warning",
        )
    yield from _moving_remarks(household, today)


def _birth_remarks(birth: str | None, today: date) -> Iterator[_Remark]:
    if birth is None:
        return
    if not is_birth(birth):
        yield (
            "birth",
            "birth-unreadable",
            N_("«{birth}» is no day and no year of birth."),
            {"birth": birth},
            "error",
        )
    elif birth > today.isoformat():
        yield (
            "birth",
            "birth-in-future",
            N_("The birth {birth} lies in the future."),
            {"birth": birth},
            "error",
        )
    elif int(birth[:_YEAR_DIGITS]) < _OLDEST:
        yield (
            "birth",
            "birth-long-ago",
            N_("The birth {birth} lies very long ago: look again."),
            {"birth": birth},
            "warning",
        )
    elif today.year - int(birth[:_YEAR_DIGITS]) < _YOUNGEST_HEAD:
        yield (
            "birth",
            "head-young",
            N_("The head was born in {birth}, very young: look again."),
            {"birth": birth},
            "warning",
        )


def _moving_remarks(household: Household, today: date) -> Iterator[_Remark]:
    moved = household.moved_on
    if household.residence == "living" and moved is not None:
        yield (
            "moved_on",
            "moved-but-living",
            N_("A household living here has no day of moving away."),
            {},
            "error",
        )
    elif household.residence == "moved_away" and moved is None:
        yield "moved_on", "moved-when", N_("The day of moving away is not known."), {}, "warning"
    elif moved is not None and moved > today:
        yield "moved_on", "moved-in-future", N_("The day of moving away lies in the future."), {}, "error"
