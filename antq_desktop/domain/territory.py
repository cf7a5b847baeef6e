"""The residential areas of a commune and how they follow one another, so that old papers stay readable."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

from antq_desktop.domain.errors import BadInput
from antq_desktop.domain.text import clean, sort_key
from antq_desktop.domain.wording import N_

#: What communes call their residential areas (TT 124/2021/TT-BCA, Điều 2 khoản 1, and use); offered, never demanded.
AREA_KINDS = (
    "thôn", "làng", "ấp", "bản", "buôn", "bon", "phum", "sóc", "xóm", "plei", "tổ dân phố",
    "khu phố", "khối phố", "khóm", "tiểu khu", "khu",
)  # fmt: skip
_FEWEST = 2

SuccessionKind = Literal["rename", "merge", "split"]
#: The areas that merged or were split while a record belonged to them, each with its last day; None: none was.
Moves = Mapping[str, date] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidentialArea:
    """A thôn, tổ dân phố or the like, alive from ``valid_from`` to ``valid_to`` (both included, None: still alive)."""

    id: str
    unit_code: str
    name: str
    kind: str
    valid_from: date
    valid_to: date | None = None
    version: dict[str, int] = field(default_factory=dict)

    def alive_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def alive_from(self, day: date) -> bool:
        """Whether it is alive on ``day`` or any later day."""
        return self.valid_to is None or day <= self.valid_to


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """One area following another. A rename has the same area on both sides and keeps ``old_name``."""

    id: str
    unit_code: str
    predecessor_id: str
    successor_id: str
    kind: SuccessionKind
    on: date
    note: str = ""
    old_name: str = ""
    version: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a change of territory writes: areas that end or change, areas that begin, and what follows what."""

    changed: tuple[ResidentialArea, ...]
    opened: tuple[ResidentialArea, ...]
    successions: tuple[Succession, ...]


class AreaNameMissing(BadInput):
    code = "area-name-missing"
    sentence = N_("The residential area has no name. Type its name.")


class AreaNameTaken(BadInput):
    code = "area-name-taken"
    sentence = N_(
        "The commune already has a residential area «{name}» at that time; capitals make no difference here. "
        "Choose another name."
    )


class TooFewAreas(BadInput):
    code = "too-few-areas"
    sentence = N_(
        "To merge or split takes at least two different residential areas. Choose or name one more."
    )


class AreaTwice(TooFewAreas):
    code = "area-twice"
    sentence = N_("«{name}» is named more than once. Name each residential area once; a merge takes two.")


class OtherCommune(BadInput):
    code = "area-of-other-commune"
    sentence = N_("«{name}» belongs to another commune. Choose residential areas of one commune only.")


class AreaNotAlive(BadInput):
    code = "area-not-alive"
    sentence = N_(
        "«{name}» does not exist on {day}. Choose a day after the day it began and not after the day it ended."
    )


def check_new(area: ResidentialArea, areas: Iterable[ResidentialArea]) -> None:
    """Check an area that begins, or begins to bear its name, against the others of the commune.

    Raises AreaNameMissing, AreaNameTaken.
    """
    _check_name(area.name, area.valid_from, [other for other in areas if other.id != area.id])


def plan_rename(
    area: ResidentialArea,
    name: str,
    on: date,
    areas: Iterable[ResidentialArea],
    *,
    new_id: Callable[[], str],
    note: str = "",
) -> Plan:
    """Plan that ``area`` bears ``name`` from the day ``on``. Raises AreaNotAlive, AreaNameMissing, AreaNameTaken."""
    if not area.alive_on(on):
        raise AreaNotAlive(name=area.name, day=f"{on:%d/%m/%Y}")
    _check_name(name, on, [other for other in areas if other.id != area.id])
    succession = Succession(
        id=new_id(),
        unit_code=area.unit_code,
        predecessor_id=area.id,
        successor_id=area.id,
        kind="rename",
        on=on,
        note=clean(note),
        old_name=area.name,
    )
    return Plan((replace(area, name=clean(name)),), (), (succession,))


def plan_merge(
    merged: Sequence[ResidentialArea],
    name: str,
    kind: str,
    on: date,
    areas: Iterable[ResidentialArea],
    *,
    new_id: Callable[[], str],
    note: str = "",
) -> Plan:
    """Plan that ``merged`` end the day before ``on`` and one new area begins; ``areas`` are all of the commune.

    The new one may bear the name of one that ends. Raises TooFewAreas, AreaTwice, OtherCommune, AreaNotAlive,
    AreaNameMissing, AreaNameTaken.
    """
    for place, area in enumerate(merged):
        if area.id in {other.id for other in merged[:place]}:
            raise AreaTwice(name=area.name)
    if len(merged) < _FEWEST:
        raise TooFewAreas
    return _plan("merge", merged, [(name, kind)], on=on, areas=areas, new_id=new_id, note=note)


def plan_split(
    area: ResidentialArea,
    parts: Sequence[tuple[str, str]],
    on: date,
    areas: Iterable[ResidentialArea],
    *,
    new_id: Callable[[], str],
    note: str = "",
) -> Plan:
    """Plan that ``area`` ends the day before ``on`` and its ``parts`` (name, kind) begin; failures as plan_merge.

    Households stay with the area that ended until the officer has put each into its part.
    """
    if len(parts) < _FEWEST:
        raise TooFewAreas
    return _plan("split", [area], parts, on=on, areas=areas, new_id=new_id, note=note)


def moves(before: Moves, area_id: str, on: date) -> Moves:
    """Return the past areas of a record that another takes over from ``area_id`` on the day ``on``."""
    return {**(before or {}), area_id: on - timedelta(days=1)}


def name_on(area: ResidentialArea, successions: Iterable[Succession], day: date) -> str:
    """Return the name that ``area`` bore on ``day``: today's, unless a later rename kept an older one."""
    later = [s for s in successions if s.kind == "rename" and s.predecessor_id == area.id and s.on > day]
    return min(later, key=lambda s: s.on).old_name if later else area.name


def province_in_text(name: str) -> str:
    """Return a province as a sentence names it: ``tỉnh Phú Thọ``, ``thành phố Hà Nội``."""
    for kind in ("Tỉnh", "Thành phố"):
        if name.startswith(f"{kind} "):
            return kind.lower() + name.removeprefix(kind)
    return f"tỉnh {name}" if name else ""


def _plan(
    kind: SuccessionKind,
    ending: Sequence[ResidentialArea],
    beginning: Sequence[tuple[str, str]],
    *,
    on: date,
    areas: Iterable[ResidentialArea],
    new_id: Callable[[], str],
    note: str,
) -> Plan:
    unit_code = ending[0].unit_code
    eve = on - timedelta(days=1)
    for area in ending:
        if area.unit_code != unit_code:
            raise OtherCommune(name=area.name)
        if not area.alive_on(eve):
            raise AreaNotAlive(name=area.name, day=f"{eve:%d/%m/%Y}")
    ended = {area.id for area in ending}
    others = [area for area in areas if area.id not in ended]
    opened: list[ResidentialArea] = []
    for name, word in beginning:
        _check_name(name, on, [*others, *opened])
        opened.append(
            ResidentialArea(
                id=new_id(), unit_code=unit_code, name=clean(name), kind=clean(word), valid_from=on
            )
        )
    successions = tuple(
        Succession(
            id=new_id(),
            unit_code=unit_code,
            predecessor_id=old.id,
            successor_id=new.id,
            kind=kind,
            on=on,
            note=clean(note),
        )
        for old in ending
        for new in opened
    )
    return Plan(tuple(replace(area, valid_to=eve) for area in ending), tuple(opened), successions)


def _check_name(name: str, on: date, others: Iterable[ResidentialArea]) -> None:
    if not clean(name):
        raise AreaNameMissing
    # Lác and Lạc are two hamlets; hoà and hòa are one word. Folding would take the first pair for one.
    if sort_key(name) in {sort_key(other.name) for other in others if other.alive_from(on)}:
        raise AreaNameTaken(name=clean(name))
