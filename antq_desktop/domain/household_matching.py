"""Tells which household of the commune a row of a spreadsheet is, and leaves doubtful pairs to the officer.

A folded name never identifies by itself: it takes the citizen id, or name, residential area and birth together.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from antq_desktop.domain.households import Household
from antq_desktop.domain.text import fold
from antq_desktop.domain.wording import N_

#: Below this likeness two folded names are not taken for one name with a slip of the pen.
_ALIKE = 0.8
_FIELDS = ("area_id", "head", "birth", "citizen_id", "members", "phone", "address")


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A row that may be a household, its area already found; None where the sheet says nothing."""

    line: int
    area_id: str
    head: str
    birth: str | None = None
    citizen_id: str | None = None
    members: int | None = None
    phone: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Same:
    """The row is ``household``; ``changes`` are the fields that the sheet states otherwise, with the sheet's value."""

    household: Household
    changes: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class New:
    """No household of the commune comes near the row."""


@dataclass(frozen=True, slots=True)
class Doubtful:
    """The row may be one of ``candidates`` (empty: another row of the file); ``why`` is a message id with ``facts``."""

    candidates: tuple[Household, ...]
    why: str
    facts: Mapping[str, object] = field(default_factory=dict)


Match = Same | New | Doubtful
_Place = tuple[str, str]


def match(rows: Sequence[Incoming], existing: Iterable[Household]) -> list[Match]:
    """Return one match a row, in order. Numbers are looked at first, so the order of the rows decides nothing else."""
    by_number: dict[str, Household] = {}
    by_place: dict[_Place, list[Household]] = defaultdict(list)
    for household in existing:
        if household.citizen_id:
            by_number.setdefault(household.citizen_id, household)
        by_place[fold(household.head), household.area_id].append(household)

    taken: dict[str, int] = {}
    new: dict[_Place, list[Incoming]] = defaultdict(list)
    found: dict[int, Match] = {}
    for index, row in enumerate(rows):
        if row.citizen_id and row.citizen_id in by_number:
            found[index] = _claimed(_by_number(row, by_number[row.citizen_id]), row, taken)
    for index, row in enumerate(rows):
        if index not in found:
            place = fold(row.head), row.area_id
            match_ = _by_place(row, by_place.get(place, ()))
            if isinstance(match_, New):
                match_ = _among_new(row, new[place])
            found[index] = _claimed(match_, row, taken)
    return [found[index] for index in range(len(rows))]


def merge_into(household: Household, stated: Household) -> Household:
    """Return ``household`` with what ``stated`` says otherwise, for an officer who decided that both are one."""
    row = Incoming(line=0, **{name: getattr(stated, name) for name in _FIELDS})
    return replace(household, **_changes(row, household))  # type: ignore[arg-type] # fields of the row


def _by_number(row: Incoming, household: Household) -> Match:
    ours, theirs = fold(household.head), fold(row.head)
    given_name_equal = ours.rpartition(" ")[2] == theirs.rpartition(" ")[2]
    if ours == theirs or (given_name_equal and SequenceMatcher(None, ours, theirs).ratio() >= _ALIKE):
        return Same(household, _changes(row, household))
    return Doubtful(
        (household,), N_("The same citizen id, but another name: {head}."), {"head": household.head}
    )


def _by_place(row: Incoming, neighbours: Iterable[Household]) -> Match:
    candidates = [household for household in neighbours if not _surely_another(row, household)]
    if not candidates:
        return New()
    sure = [household for household in candidates if _surely_this(row, household)]
    if len(sure) == 1:
        return Same(sure[0], _changes(row, sure[0]))
    if sure:
        return Doubtful(tuple(sure), N_("Several households have this name, area and birth."))
    if any(_two_numbers(row, household) for household in candidates):
        why = N_("The same name in the same residential area, but another citizen id.")
    elif row.birth is None or any(household.birth is None for household in candidates):
        why = N_("The same name in the same residential area; without the birth it cannot be told apart.")
    else:
        why = N_("The same name in the same residential area, but another birth.")
    return Doubtful(tuple(candidates), why)


def _among_new(row: Incoming, earlier: list[Incoming]) -> Match:
    for other in earlier:
        if _births_agree(row.birth, other.birth) is not False and not (row.citizen_id and other.citizen_id):
            why = N_("Line {line} of the same file has the same name in the same residential area.")
            return Doubtful((), why, {"line": other.line})
    earlier.append(row)
    return New()


def _claimed(match_: Match, row: Incoming, taken: dict[str, int]) -> Match:
    """One household is one row of a file: a second row that finds it is left to the officer."""
    if not isinstance(match_, Same):
        return match_
    line = taken.setdefault(match_.household.id, row.line)
    if line == row.line:
        return match_
    return Doubtful(
        (match_.household,), N_("Line {line} of the same file is this household already."), {"line": line}
    )


def _surely_this(row: Incoming, household: Household) -> bool:
    """Whether name and area are backed by the birth, or the row says word for word what is kept already."""
    if all(getattr(row, name) == getattr(household, name) for name in _FIELDS):
        return True
    return _births_agree(row.birth, household.birth) is True and not _two_numbers(row, household)


def _surely_another(row: Incoming, household: Household) -> bool:
    return _two_numbers(row, household) and _births_agree(row.birth, household.birth) is False


def _two_numbers(row: Incoming, household: Household) -> bool:
    return bool(row.citizen_id and household.citizen_id) and row.citizen_id != household.citizen_id


def _births_agree(one: str | None, other: str | None) -> bool | None:
    """Return None where one is not known; a year agrees with any day of that year."""
    if one is None or other is None:
        return None
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


def _changes(row: Incoming, household: Household) -> dict[str, object]:
    """Return what the sheet states otherwise; a year of birth never replaces a day of that year."""
    changes: dict[str, object] = {}
    for name in _FIELDS:
        stated, kept = getattr(row, name), getattr(household, name)
        if stated is None or stated == kept:
            continue
        if name == "birth" and kept is not None and kept.startswith(stated):
            continue
        changes[name] = stated
    return changes
