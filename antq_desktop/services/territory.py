"""Adds, renames, merges and splits the residential areas of the commune, with their history kept."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from antq_desktop.domain.changes import Changes
from antq_desktop.domain.community_models import CommunityModel
from antq_desktop.domain.errors import BadInput, NotFound
from antq_desktop.domain.festival import FestivalDay
from antq_desktop.domain.findings import Finding
from antq_desktop.domain.households import Household
from antq_desktop.domain.model_parts import ModelPart
from antq_desktop.domain.security_teams import SecurityTeam
from antq_desktop.domain.territory import (
    Plan,
    ResidentialArea,
    Succession,
    check_new,
    moves,
    plan_merge,
    plan_rename,
    plan_split,
)
from antq_desktop.domain.text import clean
from antq_desktop.domain.wording import N_
from antq_desktop.services.results import Written
from antq_desktop.services.session import Session
from antq_desktop.storage.queries import areas as queries
from antq_desktop.storage.queries.areas import AreaRow
from antq_desktop.storage.unit_of_work import Store, Writing

_SEVERAL = 2
M = TypeVar("M", Household, CommunityModel, SecurityTeam)


class HouseholdInTwoParts(BadInput):
    code = "household-in-two-parts"
    sentence = N_("A household can go into one part only. Look at the parts again; nothing was split.")


class HouseholdOfOtherArea(NotFound):
    code = "household-of-other-area"
    sentence = N_("No household of «{area}» has the id «{what}». Look at its households; nothing was split.")


class AreaChangeAhead(BadInput):
    code = "area-change-ahead"
    sentence = N_(
        "{day} has not come yet, and a change of areas takes effect at once. Record it on that day or later."
    )


class Territory:
    """The residential areas of the open workspace."""

    def __init__(self, store: Store, session: Session) -> None:
        self._store = store
        self._session = session

    def areas(self, on: date | None = None) -> list[AreaRow]:
        """Return the areas alive on ``on``; without a day all that ever were."""
        with self._store.reading() as work:
            return queries.rows(work, on)

    def get(self, area_id: str) -> ResidentialArea:
        with self._store.reading() as work:
            return work.get(ResidentialArea, area_id)

    def add(self, name: str, kind: str, valid_from: date) -> Written[ResidentialArea]:
        """Open an area. Raises AreaNameMissing, AreaNameTaken."""
        with self._store.writing(self._session.user) as work:
            area = add_area(work, self._session.new_id(), name, kind, valid_from)
            return Written(area, work.commit())

    def rename(self, area_id: str, name: str, on: date, note: str = "") -> Written[ResidentialArea]:
        """Give an area another name from ``on``; the old one stays in its history. Raises AreaChangeAhead, or as plan_rename."""
        self._check_come(on)
        with self._store.writing(self._session.user) as work:
            area = work.get(ResidentialArea, area_id)
            plan = plan_rename(
                area, name, on, work.all(ResidentialArea), new_id=self._session.new_id, note=note
            )
            _keep(work, plan, "renamed", note)
            return Written(work.get(ResidentialArea, area_id), work.commit())

    def merge(
        self, area_ids: Sequence[str], name: str, kind: str, on: date, note: str = "", *, keep: bool = True
    ) -> Written[ResidentialArea]:
        """End the areas, open one, and let all that belongs to them follow: households, models, teams, Ngày hội of the year.

        Several teams in the new area are a warning. Without ``keep`` it is only tried. Raises AreaChangeAhead, or as plan_merge.
        """
        self._check_come(on)
        with self._store.writing(self._session.user) as work:
            merged = [work.get(ResidentialArea, area_id) for area_id in area_ids]
            plan = plan_merge(
                merged, name, kind, on, work.all(ResidentialArea), new_id=self._session.new_id, note=note
            )
            _keep(work, plan, "merged", note)
            target = plan.opened[0].id
            homes = [home for area in merged for home in work.all(Household, area_id=area.id)]
            work.save_all([_moved(home, target, on) for home in homes], "merged", note)
            for area in merged:
                _move_models(work, area.id, target, on, action="merged", note=note)
                _move_teams(work, area.id, target, on, action="merged", note=note)
            _follow_festivals(work, {area.id: [target] for area in merged}, on, "merged", note)
            remarks = _several_teams(work, target, on)
            return Written(work.get(ResidentialArea, target), work.commit() if keep else Changes(), remarks)

    def split(
        self,
        area_id: str,
        parts: Sequence[tuple[str, Sequence[str]]],
        on: date,
        note: str = "",
        *,
        keep: bool = True,
    ) -> Changes:
        """End the area and open its parts (name, ids of their households); what is not named goes to the first: homes, models, teams.

        All parts count as having held the Ngày hội that the area held in the year. Without ``keep`` it is only tried. Raises
        AreaChangeAhead, as plan_split, HouseholdInTwoParts, HouseholdOfOtherArea.
        """
        self._check_come(on)
        named = [key for _name, keys in parts for key in keys]
        if len(named) != len(set(named)):
            raise HouseholdInTwoParts
        with self._store.writing(self._session.user) as work:
            area = work.get(ResidentialArea, area_id)
            plan = plan_split(
                area,
                [(name, area.kind) for name, _keys in parts],
                on,
                work.all(ResidentialArea),
                new_id=self._session.new_id,
                note=note,
            )
            _keep(work, plan, "split", note)
            part_of = {
                key: opened.id
                for opened, (_name, keys) in zip(plan.opened, parts, strict=True)
                for key in keys
            }
            homes = work.all(Household, area_id=area_id)
            for key in part_of.keys() - {home.id for home in homes}:
                raise HouseholdOfOtherArea(what=key, area=area.name)
            moved = [_moved(home, part_of.get(home.id, plan.opened[0].id), on) for home in homes]
            work.save_all(moved, "split", note)
            _move_models(work, area_id, plan.opened[0].id, on, action="split", note=note)
            _move_teams(work, area_id, plan.opened[0].id, on, action="split", note=note)
            _follow_festivals(work, {area_id: [part.id for part in plan.opened]}, on, "split", note)
            return work.commit() if keep else Changes()

    def history(self, area_id: str) -> list[Succession]:
        """Return how the area came to be and what became of it, oldest first."""
        with self._store.reading() as work:
            found = {s.id: s for s in work.all(Succession, predecessor_id=area_id)}
            found.update({s.id: s for s in work.all(Succession, successor_id=area_id)})
        return sorted(found.values(), key=lambda s: (s.on, s.id))

    def _check_come(self, on: date) -> None:
        # Until that day the households would live in an area that no list shows.
        if on > self._session.today():
            raise AreaChangeAhead(day=f"{on:%d/%m/%Y}")


def add_area(work: Writing, new_id: str, name: str, kind: str, valid_from: date) -> ResidentialArea:
    """Open an area inside an open transaction. Raises AreaNameMissing, AreaNameTaken."""
    area = ResidentialArea(
        id=new_id, unit_code=work.unit_code, name=clean(name), kind=clean(kind), valid_from=valid_from
    )
    check_new(area, work.all(ResidentialArea))
    return work.save(area)


def _keep(work: Writing, plan: Plan, action: str, note: str) -> None:
    work.save_all(plan.opened, action, note)
    work.save_all(plan.changed, action, note)
    work.save_all(plan.successions, action, note)


def _moved(record: M, to: str, on: date) -> M:
    """Return the record in the area ``to`` from the day ``on``; the days before count it where it was."""
    if record.area_id is None:
        return record
    return replace(record, area_id=to, past_areas=moves(record.past_areas, record.area_id, on))


def _move_models(work: Writing, area_id: str, to: str, on: date, *, action: str, note: str) -> None:
    # A model left with an area that ended would be counted for no area any more.
    models = work.all(CommunityModel, area_id=area_id)
    work.save_all([_moved(model, to, on) for model in models], action, note)
    parts = [part for part in work.all(ModelPart, area_id=area_id) if part.valid_to is None]
    work.save_all([replace(part, area_id=to) for part in parts], action, note)


def _move_teams(work: Writing, area_id: str, to: str, on: date, *, action: str, note: str) -> None:
    """Let the teams that go on after the area follow; one that ended before stays with it."""
    teams = [team for team in work.all(SecurityTeam, area_id=area_id) if _goes_on(team, on)]
    work.save_all([_moved(team, to, on) for team in teams], action, note)


def _goes_on(team: SecurityTeam, on: date) -> bool:
    return team.valid_to is None or team.valid_to >= on


def _several_teams(work: Writing, area_id: str, on: date) -> tuple[Finding, ...]:
    teams = [team.name for team in work.all(SecurityTeam, area_id=area_id) if _goes_on(team, on)]
    if len(teams) < _SEVERAL:
        return ()
    message = N_("The new area has {count} teams now: {names}. End those that are dissolved.")
    facts = {"count": len(teams), "names": ", ".join(teams)}
    return (Finding("area_id", "several-teams", message, facts, "warning"),)


def _follow_festivals(
    work: Writing, followers: Mapping[str, Sequence[str]], on: date, action: str, note: str
) -> None:
    """Name what follows an area beside it at the sites of the year: a report on any day counts the areas alive on it."""
    moved = []
    for festival in work.all(FestivalDay, year=on.year):
        added = [new for old in festival.area_ids for new in followers.get(old, ())]
        named = tuple(dict.fromkeys((*festival.area_ids, *added)))
        if named != festival.area_ids:
            moved.append(replace(festival, area_ids=named))
    work.save_all(moved, action, note)
