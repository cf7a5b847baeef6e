"""Rates the members of the teams once a year, and tells how the commune keeps to the cap on the top level."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import NAMESPACE_OID, uuid5

from antq_desktop.domain.changes import Changes
from antq_desktop.domain.findings import Finding
from antq_desktop.domain.member_ratings import (
    MemberRating,
    TeamRatingCatalogue,
    TooShortToRate,
    TopShare,
    check_top,
    demand_served,
    top_share,
)
from antq_desktop.domain.record_checks import rating_day
from antq_desktop.domain.security_teams import POST_NAMES, Post, SecurityTeam, TeamMember
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.domain.text import name_key, sort_key
from antq_desktop.domain.wording import N_
from antq_desktop.runtime import language
from antq_desktop.runtime.language import _
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.results import Invalid, Written, accepted, reason_given
from antq_desktop.services.session import Session
from antq_desktop.storage.unit_of_work import Reading, Store


@dataclass(frozen=True, slots=True)
class RatingRow:
    """One member in the rating of a year; ``refused`` is the sentence that says why no rating can be given, None when it can."""

    member_id: str
    name: str
    team_id: str
    team_name: str
    area_name: str
    post: Post
    post_name: str
    joined_on: date
    left_on: date | None
    rating: str | None
    rating_name: str
    rated_on: date | None
    refused: str | None


class MemberRatings:
    """The yearly ratings of the open workspace."""

    def __init__(self, store: Store, session: Session, catalogues: Catalogues) -> None:
        self._store = store
        self._session = session
        self._catalogues = catalogues

    def rows(self, year: int | None = None) -> list[RatingRow]:
        """Return whoever served on some day of the rated period of a year, by team and name."""
        wanted, catalogue = year or self._session.year, self._catalogues.team_ratings
        period, today = catalogue.period(wanted), self._session.today()
        with self._store.reading() as work:
            teams = {team.id: team for team in work.all(SecurityTeam)}
            areas = {area.id: area.name for area in work.all(ResidentialArea)}
            given = {kept.member_id: kept for kept in work.all(MemberRating, year=wanted)}
            members = [
                member
                for member in work.all(TeamMember)
                if member.joined_on <= period.last
                and (member.left_on is None or member.left_on >= period.first)
            ]
        members.sort(
            key=lambda m: (sort_key(teams[m.team_id].name), m.team_id, name_key(m.name), m.joined_on, m.id)
        )
        return [
            _row(
                member,
                teams[member.team_id],
                given.get(member.id),
                _why(member, wanted, catalogue, today),
                catalogue,
                area_name=areas.get(teams[member.team_id].area_id, ""),
            )
            for member in members
        ]

    def top(self, year: int | None = None) -> TopShare:
        """Return how many of a year stand at the top level, and of how many they may be a part."""
        with self._store.reading() as work:
            return _top(work, year or self._session.year, self._catalogues.team_ratings)

    def rate(
        self, member_id: str, year: int, rating: str, rated_on: date | None = None
    ) -> Written[MemberRating]:
        """Keep the rating of a member for a year; a later one takes its place, the journal keeps both.

        ``rated_on`` None: nobody wrote the day, and only figures of the whole year count the rating. Too many at the top is a warning. Raises TooShortToRate, Invalid, NotFound.
        """
        catalogue = self._catalogues.team_ratings
        if rating not in catalogue.ratings:
            message = N_("«{word}» does not stand in any scale of ratings.")
            raise Invalid([Finding("rating", "rating-unknown", message, {"word": rating})])
        doubts = accepted([*rating_day(year, rated_on, self._session.today())])
        with self._store.writing(self._session.user) as work:
            member = work.get(TeamMember, member_id)
            demand_served(member, year, catalogue, self._session.today())
            key = _rating_id(member.id, year)
            known = work.find(MemberRating, key) or MemberRating(
                id=key, unit_code=work.unit_code, member_id=member.id, year=year, rating=rating
            )
            saved = work.save(replace(known, rating=rating, rated_on=rated_on))
            remarks = check_top(_top(work, year, catalogue))
            return Written(saved, work.commit(), (*doubts, *remarks))

    def take_back(self, member_id: str, year: int, reason: str) -> Changes:
        """Remove the rating of a member for a year. Raises ReasonMissing, NotFound."""
        why = reason_given(reason)
        with self._store.writing(self._session.user) as work:
            work.delete(work.get(MemberRating, _rating_id(member_id, year)), why)
            return work.commit()


def _rating_id(member_id: str, year: int) -> str:
    """Return the id of a rating: one a member and year, on whichever laptop it is given."""
    return uuid5(NAMESPACE_OID, f"{member_id} rated {year}").hex


def _top(work: Reading, year: int, catalogue: TeamRatingCatalogue) -> TopShare:
    return top_share((kept.rating for kept in work.all(MemberRating, year=year)), catalogue)


def _why(member: TeamMember, year: int, catalogue: TeamRatingCatalogue, today: date) -> str | None:
    try:
        demand_served(member, year, catalogue, today)
    except TooShortToRate as refusal:
        return language.sentence(refusal)
    return None


def _row(
    member: TeamMember,
    team: SecurityTeam,
    given: MemberRating | None,
    why: str | None,
    catalogue: TeamRatingCatalogue,
    *,
    area_name: str,
) -> RatingRow:
    rating = given.rating if given else None
    known = catalogue.ratings.get(rating or "")
    return RatingRow(
        member_id=member.id,
        name=member.name,
        team_id=team.id,
        team_name=team.name,
        area_name=area_name,
        post=member.post,
        post_name=_(POST_NAMES[member.post]),
        joined_on=member.joined_on,
        left_on=member.left_on,
        rating=rating,
        rating_name=known.name if known else rating or "",
        rated_on=given.rated_on if given else None,
        refused=why,
    )
