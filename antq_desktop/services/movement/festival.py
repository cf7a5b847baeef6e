"""Records Ngày hội toàn dân bảo vệ an ninh Tổ quốc site by site, and names the areas that have not held it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from antq_desktop.domain.attachments import Attachment
from antq_desktop.domain.errors import BadInput
from antq_desktop.domain.festival import (
    FestivalDay,
    check_festival,
    double_remarks,
    festival_window,
    hand_in_units,
)
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.domain.text import sort_key
from antq_desktop.domain.wording import N_
from antq_desktop.services import scans
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.movement.kept_records import KeptRecords, tidied
from antq_desktop.services.results import Written, accepted
from antq_desktop.services.session import Session
from antq_desktop.storage import attachments
from antq_desktop.storage.unit_of_work import Store


class PaperThere(BadInput):
    code = "paper-there"
    sentence = N_("«{file}» is kept with this site already. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class FestivalRow:
    """Ngày hội at one site; ``areas`` are names, ``handed_in`` pairs of a unit's name and a count, the value is in đồng.

    ``papers`` counts its scans and photographs.
    """

    id: str
    year: int
    on: date
    place: str
    areas: tuple[str, ...]
    with_ceremony: bool
    with_festivities: bool
    attendance: int
    gifts: int
    gift_value_vnd: int
    awards: int
    pledges: int
    handed_in: tuple[tuple[str, int], ...]
    note: str
    papers: int


@dataclass(frozen=True, slots=True)
class SitePaper:
    """A scan or photograph of a site, by the SHA-256 of its bytes, with the name that it came under."""

    sha256: str
    name: str


class Festival(KeptRecords[FestivalDay]):
    """The sites of Ngày hội in the open workspace."""

    def __init__(self, store: Store, session: Session, catalogues: Catalogues) -> None:
        super().__init__(store, session, FestivalDay)
        self._catalogues = catalogues

    def rows(self, year: int | None = None) -> list[FestivalRow]:
        """Return the sites of a year (default: the working year), the first day first."""
        units = hand_in_units(self._catalogues.activities)
        with self._store.reading() as work:
            kept = work.all(FestivalDay, year=year or self._session.year)
            areas = {area.id: area for area in work.all(ResidentialArea)}
        kept.sort(key=lambda festival: (festival.on, sort_key(festival.place), festival.id))
        return [_row(festival, areas, units) for festival in kept]

    def areas_without(self, year: int | None = None) -> list[ResidentialArea]:
        """Return the areas, by name, that are there on the last usual day and no site of the year names yet."""
        wanted = year or self._session.year
        last = festival_window(wanted).last
        with self._store.reading() as work:
            held = {area for festival in work.all(FestivalDay, year=wanted) for area in festival.area_ids}
            areas = work.all(ResidentialArea)
        missing = [area for area in areas if area.id not in held and area.alive_on(last)]
        return sorted(missing, key=lambda area: (sort_key(area.name), area.id))

    def save(self, festival: FestivalDay) -> Written[FestivalDay]:
        """Keep a site; an empty id makes a new one. Raises Invalid, ChangedElsewhere."""
        kept = tidied(festival, self._session)
        with self._store.writing(self._session.user) as work:
            areas = {area.id: area.name for area in work.all(ResidentialArea)}
            found = check_festival(kept, self._catalogues.activities, areas, self._session.today())
            others = work.all(FestivalDay, year=kept.year)
            remarks = accepted((*found, *double_remarks(kept, others)))
            saved = work.save(kept)
            return Written(saved, work.commit(), remarks)

    def papers(self, record_id: str) -> list[SitePaper]:
        """Return the scans and photographs of a site in the order in which they came. Raises NotFound."""
        with self._store.reading() as work:
            keys = work.get(FestivalDay, record_id).papers
            return [
                SitePaper(key, kept.name if (kept := work.find(Attachment, key)) else key) for key in keys
            ]

    def add_paper(self, record_id: str, path: Path) -> Written[FestivalDay]:
        """Keep one more scan or photograph with a site. Raises NotAScan, PaperThere, FileNotReadable, NotFound."""
        with self._store.writing(self._session.user) as work:
            festival = work.get(FestivalDay, record_id)
            kept = scans.keep(work, path)
            if kept.id in festival.papers:
                raise PaperThere(file=path.name)
            more = replace(festival, more_papers=(*(festival.more_papers or ()), kept.id))
            return Written(work.save(more, "attached", kept.name), work.commit())

    def remove_paper(self, record_id: str, sha256: str) -> Written[FestivalDay]:
        """Take a scan or photograph off a site; its bytes go when nothing else names them. Raises NoScan, NotFound."""
        with self._store.writing(self._session.user) as work:
            festival = work.get(FestivalDay, record_id)
            if sha256 == festival.paper_sha256:
                saved = scans.detach(work, festival)
            elif sha256 in festival.papers:
                kept = work.find(Attachment, sha256)
                left = tuple(key for key in festival.more_papers or () if key != sha256)
                fewer = replace(festival, more_papers=left)
                saved = work.save(fewer, "detached", kept.name if kept else sha256)
                attachments.forget_unused(work, sha256)
            else:
                raise scans.NoScan
            return Written(saved, work.commit())

    def _files(self, record: FestivalDay) -> tuple[str, ...]:
        return record.papers


def _row(
    festival: FestivalDay, areas: Mapping[str, ResidentialArea], units: Mapping[str, str]
) -> FestivalRow:
    named = [areas[area] for area in festival.area_ids if area in areas]
    # Areas that were merged later stand beside the one that they became; a list shows those of the day.
    named = [area for area in named if area.alive_on(festival.on)] or named
    return FestivalRow(
        id=festival.id,
        year=festival.year,
        on=festival.on,
        place=festival.place,
        areas=tuple(sorted((area.name for area in named), key=sort_key)),
        with_ceremony=festival.with_ceremony,
        with_festivities=festival.with_festivities,
        attendance=festival.attendance,
        gifts=festival.gifts,
        gift_value_vnd=festival.gift_value_vnd,
        awards=festival.awards,
        pledges=festival.pledges,
        handed_in=tuple(
            (units.get(unit, unit), count) for unit, count in festival.handed_in.items() if count
        ),
        note=festival.note,
        papers=len(festival.papers),
    )
