"""The yearly Ngày hội toàn dân bảo vệ an ninh Tổ quốc (QĐ 521/QĐ-TTg), site by site, in counts."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from antq_desktop.domain.activities import ActivityCatalogue
from antq_desktop.domain.findings import Finding
from antq_desktop.domain.periods import Period
from antq_desktop.domain.record_checks import future_days, negative_counts, written
from antq_desktop.domain.text import fold
from antq_desktop.domain.wording import N_

#: The kind of activity whose units say what weapons and fireworks are handed in by.
HANDING_IN = "giao-nop-vu-khi-phao"


@dataclass(frozen=True, slots=True, kw_only=True)
class FestivalDay:
    """Ngày hội at one site.

    ``area_ids`` are the residential areas that held it together there; without any it was held for an agency, a school or
    the whole commune and stands for no area. ``gifts``, ``awards`` and ``pledges`` are counts of what was given and signed there;
    ``gift_value_vnd`` is in đồng. ``handed_in`` maps unit ids of the catalogue of activity kinds to whole numbers. Never a
    person's name. ``paper_sha256`` and ``more_papers`` are scans and photographs, named by the SHA-256 of their bytes (plan,
    minutes, pictures); None where an older program wrote the record.
    """

    id: str
    unit_code: str
    year: int
    place: str
    area_ids: tuple[str, ...] = ()
    on: date
    with_ceremony: bool = True
    with_festivities: bool = False
    attendance: int = 0
    gifts: int = 0
    gift_value_vnd: int = 0
    awards: int = 0
    pledges: int = 0
    handed_in: dict[str, int] = field(default_factory=dict)
    note: str = ""
    paper_sha256: str | None = None
    more_papers: tuple[str, ...] | None = None
    version: dict[str, int] = field(default_factory=dict)

    @property
    def papers(self) -> tuple[str, ...]:
        """All files of the site, the first one first."""
        return (*([self.paper_sha256] if self.paper_sha256 else []), *(self.more_papers or ()))


def festival_window(year: int) -> Period:
    """Return the days on which Ngày hội of ``year`` is usually held, 01/07 to 19/08."""
    return Period(date(year, 7, 1), date(year, 8, 19))


def hand_in_units(catalogue: ActivityCatalogue) -> Mapping[str, str]:
    """Return the units in which what was handed in is counted, id to name."""
    kind = catalogue.kinds.get(HANDING_IN)
    return {unit: catalogue.units[unit].name for unit in (kind.units if kind else ())}


def check_festival(
    festival: FestivalDay, catalogue: ActivityCatalogue, areas: Mapping[str, str], today: date
) -> tuple[Finding, ...]:
    """Return what is wrong or odd about Ngày hội at one site; ``areas`` are the names of all residential areas by id."""
    return tuple(_remarks(festival, catalogue, areas, today))


def double_remarks(festival: FestivalDay, others: Iterable[FestivalDay]) -> Iterator[Finding]:
    """Yield a warning when another record of the year tells of the same site, or of an area that held it already."""
    for other in others:
        if other.id == festival.id or other.year != festival.year:
            continue
        facts = {"place": other.place, "day": written(other.on)}
        if other.on == festival.on and fold(other.place) == fold(festival.place):
            message = N_(
                "«{place}» on {day} is recorded already: what is counted twice stands twice in the report."
            )
            yield Finding("place", "same-site", message, facts, "warning")
        elif set(other.area_ids) & set(festival.area_ids):
            message = N_("One of these areas held it at «{place}» on {day} already: look again.")
            yield Finding("area_ids", "area-held-it", message, facts, "warning")


def _remarks(
    festival: FestivalDay, catalogue: ActivityCatalogue, areas: Mapping[str, str], today: date
) -> Iterator[Finding]:
    if not festival.place.strip():
        yield Finding("place", "place-missing", N_("Say where it was held."))
    if not areas.keys() >= set(festival.area_ids):
        yield Finding("area_ids", "area-unknown", N_("Choose the residential areas out of the list."))
    for area, times in Counter(festival.area_ids).items():
        if area in areas and times > 1:
            message = N_("«{name}» is named {times} times. Name each residential area once.")
            yield Finding("area_ids", "area-twice", message, {"name": areas[area], "times": times})
    yield from future_days(today, on=festival.on)
    yield from _day_remarks(festival)
    if not (festival.with_ceremony or festival.with_festivities):
        message = N_("Neither a ceremony nor festivities were held: look again.")
        yield Finding("with_ceremony", "no-part-held", message, {}, "warning")
    yield from negative_counts(
        attendance=festival.attendance,
        gifts=festival.gifts,
        gift_value_vnd=festival.gift_value_vnd,
        awards=festival.awards,
        pledges=festival.pledges,
        **{f"handed_in.{unit}": count for unit, count in festival.handed_in.items()},
    )
    for unit in festival.handed_in:
        if unit not in hand_in_units(catalogue):
            message = N_("What is handed in is not counted in «{unit}».")
            yield Finding(f"handed_in.{unit}", "unit-not-of-kind", message, {"unit": unit})
    if festival.attendance == 0:
        yield Finding("attendance", "nobody-there", N_("Nobody attended: look again."), {}, "warning")


def _day_remarks(festival: FestivalDay) -> Iterator[Finding]:
    if festival.on.year != festival.year:
        message = N_("{day} is no day of the year {year}.")
        yield Finding("on", "other-year", message, {"day": written(festival.on), "year": festival.year})
        return
    window = festival_window(festival.year)
    if not window.holds(festival.on):
        message = N_("Ngày hội is held from {first} to {last}: look again.")
        facts = {"first": written(window.first), "last": written(window.last)}
        yield Finding("on", "outside-festival", message, facts, "warning")
