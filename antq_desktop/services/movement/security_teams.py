"""Keeps the teams of the grassroots force and their members, and says what is odd about them today."""

from dataclasses import dataclass
from datetime import date

from antq_desktop.domain.changes import Changes
from antq_desktop.domain.errors import BadInput
from antq_desktop.domain.findings import warnings
from antq_desktop.domain.member_ratings import MemberRating
from antq_desktop.domain.security_teams import (
    POST_NAMES,
    Post,
    SecurityTeam,
    TeamMember,
    TeamTraining,
    ages,
    check_line_up,
    check_member,
    check_team,
)
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.domain.text import name_key, sort_key
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _
from antq_desktop.services.movement.kept_records import KeptRecords, tidied
from antq_desktop.services.results import Written, accepted, reason_given, remark
from antq_desktop.services.session import Session
from antq_desktop.storage.unit_of_work import Reading, Store, Writing

_POSTS = tuple(POST_NAMES)


@dataclass(frozen=True, slots=True)
class TeamRow:
    """One team at the end of a year, or today: who serves, who leads, how often it was trained.

    ``remarks`` are sentences on the team and on each member who serves then, by name.
    """

    id: str
    name: str
    area_id: str
    area_name: str
    decision_number: str
    decision_date: date | None
    valid_from: date
    valid_to: date | None
    leader: str
    members: int
    trainings: int
    remarks: tuple[str, ...]
    paper_sha256: str | None


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member. ``age`` is in completed years, ``44–45`` where only the year of birth is known; ``remarks`` are sentences."""

    id: str
    team_id: str
    team_name: str
    name: str
    birth: str
    age: str
    post: Post
    post_name: str
    joined_on: date
    left_on: date | None
    health_proof: bool
    remarks: tuple[str, ...]


class TeamInUse(BadInput):
    code = "team-in-use"
    sentence = N_(
        "«{name}» has members or trainings of its own. Give the team a last day instead; nothing was removed."
    )


class MemberInUse(BadInput):
    code = "member-in-use"
    sentence = N_("«{name}» was rated. Give the member a day of leaving instead; nothing was removed.")


class SecurityTeams(KeptRecords[SecurityTeam]):
    """The teams of the open workspace and their members."""

    def __init__(self, store: Store, session: Session) -> None:
        super().__init__(store, session, SecurityTeam)

    def rows(self, year: int | None = None) -> list[TeamRow]:
        """Return the teams that are there in a calendar year (default: the working year), by area and name."""
        wanted = year or self._session.year
        day = min(self._session.today(), date(wanted, 12, 31))
        with self._store.reading() as work:
            teams = [
                team
                for team in work.all(SecurityTeam)
                if team.valid_from.year <= wanted and (team.valid_to is None or team.valid_to.year >= wanted)
            ]
            areas = {area.id: area.name for area in work.all(ResidentialArea)}
            members = _by_team(work.all(TeamMember))
            trained = [t.team_id for t in work.all(TeamTraining) if t.on.year == wanted]
        teams.sort(key=lambda team: (sort_key(areas[team.area_id]), sort_key(team.name), team.id))
        return [
            _team_row(team, areas[team.area_id], members.get(team.id, []), trained.count(team.id), day)
            for team in teams
        ]

    def areas_without(self, day: date | None = None) -> list[ResidentialArea]:
        """Return the areas, by name, that have no team on a day (default: today)."""
        on = day or self._session.today()
        with self._store.reading() as work:
            covered = {team.area_id for team in work.all(SecurityTeam) if team.alive_on(on)}
            areas = [area for area in work.all(ResidentialArea) if area.alive_on(on)]
        missing = [area for area in areas if area.id not in covered]
        return sorted(missing, key=lambda area: (sort_key(area.name), area.id))

    def save(self, team: SecurityTeam) -> Written[SecurityTeam]:
        """Keep a team; an empty id makes a new one. Raises Invalid, NotFound, ChangedElsewhere."""
        kept = tidied(team, self._session)
        with self._store.writing(self._session.user) as work:
            work.get(ResidentialArea, kept.area_id)
            members = work.all(TeamMember, team_id=kept.id)
            found = check_team(kept, work.all(SecurityTeam), members, self._session.today())
            remarks = accepted(found)
            saved = work.save(kept)
            return Written(saved, work.commit(), remarks)

    def members(self, team_id: str = "") -> list[MemberRow]:
        """Return the members of a team, or of all teams: those who serve today first, then by post and name."""
        today = self._session.today()
        with self._store.reading() as work:
            teams = {team.id: team for team in work.all(SecurityTeam)}
            kept = work.all(TeamMember, team_id=team_id) if team_id else work.all(TeamMember)
        kept.sort(
            key=lambda member: (
                sort_key(teams[member.team_id].name),
                member.team_id,
                not member.serves_on(today),
                _POSTS.index(member.post),
                name_key(member.name),
                member.id,
            )
        )
        return [_member_row(member, teams[member.team_id], today) for member in kept]

    def member(self, member_id: str) -> TeamMember:
        """Return one member. Raises NotFound."""
        with self._store.reading() as work:
            return work.get(TeamMember, member_id)

    def save_member(self, member: TeamMember) -> Written[TeamMember]:
        """Keep a member; an empty id makes a new one. The warnings tell of the member and of the team as it is then.

        Raises Invalid, NotFound, ChangedElsewhere.
        """
        kept = tidied(member, self._session)
        today = self._session.today()
        with self._store.writing(self._session.user) as work:
            team = work.get(SecurityTeam, kept.team_id)
            remarks = accepted(check_member(kept, team, today))
            saved = work.save(kept)
            remarks += check_line_up(team, work.all(TeamMember, team_id=team.id), today)
            return Written(saved, work.commit(), remarks)

    def delete_member(self, member_id: str, reason: str) -> Changes:
        """Remove a member that was typed by mistake. Raises ReasonMissing, NotFound, MemberInUse."""
        why = reason_given(reason)
        with self._store.writing(self._session.user) as work:
            member = work.get(TeamMember, member_id)
            if work.all(MemberRating, member_id=member.id):
                raise MemberInUse(name=member.name)
            work.delete(member, why)
            return work.commit()

    def _demand_free(self, work: Writing, record: SecurityTeam) -> None:
        members, trainings = (
            work.all(TeamMember, team_id=record.id),
            work.all(TeamTraining, team_id=record.id),
        )
        if members or trainings:
            raise TeamInUse(name=record.name)


def team_names(work: Reading) -> dict[str, str]:
    """Return the names of the teams by id."""
    return {team.id: team.name for team in work.all(SecurityTeam)}


def _by_team(members: list[TeamMember]) -> dict[str, list[TeamMember]]:
    found: dict[str, list[TeamMember]] = {}
    for member in members:
        found.setdefault(member.team_id, []).append(member)
    return found


def _team_row(
    team: SecurityTeam, area_name: str, members: list[TeamMember], trainings: int, day: date
) -> TeamRow:
    serving = [member for member in members if member.serves_on(day)]
    leaders = sorted((m.name for m in serving if m.post == "leader"), key=name_key)
    return TeamRow(
        id=team.id,
        name=team.name,
        area_id=team.area_id,
        area_name=area_name,
        decision_number=team.decision_number,
        decision_date=team.decision_date,
        valid_from=team.valid_from,
        valid_to=team.valid_to,
        leader=", ".join(leaders),
        members=len(serving),
        trainings=trainings,
        remarks=(
            *(remark(finding) for finding in check_line_up(team, members, day)),
            *(
                f"{member.name}: {remark(finding)}"
                for member in sorted(serving, key=lambda member: name_key(member.name))
                for finding in warnings(check_member(member, team, day))
            ),
        ),
        paper_sha256=team.paper_sha256,
    )


def _member_row(member: TeamMember, team: SecurityTeam, today: date) -> MemberRow:
    youngest, oldest = ages(member.birth, min(member.left_on or today, today))
    return MemberRow(
        id=member.id,
        team_id=team.id,
        team_name=team.name,
        name=member.name,
        birth=member.birth,
        age=str(oldest) if youngest == oldest else f"{youngest}–{oldest}",
        post=member.post,
        post_name=_(POST_NAMES[member.post]),
        joined_on=member.joined_on,
        left_on=member.left_on,
        health_proof=member.health_proof,
        remarks=tuple(remark(finding) for finding in warnings(check_member(member, team, today))),
    )
