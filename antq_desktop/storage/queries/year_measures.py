"""The measures of Ngày hội, outreach, the grassroots force, committees, programmes and awards."""

from typing import Any

import sqlalchemy as sa

from antq_desktop.domain.awards import AwardState, RecipientKind
from antq_desktop.storage.queries.counting import Finder, Rows
from antq_desktop.storage.queries.json_parts import counts, elements
from antq_desktop.storage.queries.scope import RESIDENTIAL_AREA, Scope
from antq_desktop.storage.rest_of_year_tables import (
    awards,
    coordination_programmes,
    festival_days,
    member_ratings,
    outreach_campaigns,
    security_teams,
    steering_committees,
    team_members,
    team_trainings,
)
from antq_desktop.storage.unit_of_work import Reading

_HELD = sa.literal("held")
_EXISTS = sa.literal("exists")


def _festivals(amount: sa.ColumnElement[int]) -> Finder:
    return lambda work, scope: _festival(work, scope, amount=amount)


def _festival(work: Reading, scope: Scope, **more: Any) -> Rows:  # noqa: ANN401 - fields of Rows
    festival = festival_days.c
    fields: dict[str, Any] = {
        "entity": "festival_days",
        "source": festival_days,
        "id": festival.id,
        "name": festival.place,
        "on": festival.on,
        "state": _HELD,
        "where": (
            festival.unit_code == work.unit_code,
            festival.on.between(scope.days.first, scope.days.last),
            *_held_with(scope),
        ),
        "counted": sa.true(),
        "order": (festival.on,),
    }
    return Rows(**fields | more)


def _held_with(scope: Scope) -> list[sa.ColumnElement[bool]]:
    """Return what keeps to the sites at which the one area of ``scope`` took part."""
    if scope.unit is None or scope.whole:
        return []
    if scope.unit.kind != RESIDENTIAL_AREA:
        return [sa.false()]
    area = elements(festival_days.c.area_ids)
    return [sa.select(area.c.value).where(area.c.value == scope.unit.id).correlate(festival_days).exists()]


def _handed_in(work: Reading, scope: Scope) -> Rows:
    entry, number = counts(festival_days.c.handed_in)
    source = festival_days.join(entry, sa.true())
    return _festival(work, scope, source=source, kind=entry.c.key, amount=number)


def _outreach(amount: sa.ColumnElement[int], *, by_kind: bool = False) -> Finder:
    campaign = outreach_campaigns.c

    def find(work: Reading, scope: Scope) -> Rows:
        return Rows(
            entity="outreach_campaigns",
            source=outreach_campaigns,
            id=campaign.id,
            name=campaign.title,
            on=campaign.starts_on,
            state=_HELD,
            where=(
                campaign.unit_code == work.unit_code,
                campaign.starts_on.between(scope.days.first, scope.days.last),
                *scope.of_commune,
            ),
            counted=sa.true(),
            amount=amount,
            kind=campaign.kind if by_kind else None,
            order=(campaign.starts_on,),
        )

    return find


def _teams(work: Reading, scope: Scope) -> Rows:
    team = security_teams.c
    return Rows(
        entity="security_teams",
        source=security_teams,
        id=team.id,
        name=team.name,
        on=team.valid_from,
        state=_EXISTS,
        where=(*_team_there(work, scope), *scope.lies_in(work, security_teams)),
        area=scope.area_of(work, security_teams),
        counted=sa.true(),
        order=(team.name,),
    )


def _team_there(work: Reading, scope: Scope) -> tuple[sa.ColumnElement[bool], ...]:
    team = security_teams.c
    return (team.unit_code == work.unit_code, *_there(team.valid_from, team.valid_to, scope))


def _there(first: sa.Column[Any], last: sa.Column[Any], scope: Scope) -> tuple[sa.ColumnElement[bool], ...]:
    """Return what is there on the last day of ``scope``, of what goes from ``first`` to ``last`` (both included)."""
    day = scope.days.last
    return first <= day, sa.or_(last.is_(None), last >= day)


def _of_teams(table: sa.Table) -> sa.Join:
    team = security_teams.c
    return table.join(
        security_teams, sa.and_(team.unit_code == table.c.unit_code, team.id == table.c.team_id)
    )


def _members(work: Reading, scope: Scope) -> Rows:
    member = team_members.c
    return Rows(
        entity="team_members",
        source=_of_teams(team_members),
        id=member.id,
        name=member.name,
        on=member.joined_on,
        state=_EXISTS,
        where=(
            *_team_there(work, scope),
            *_there(member.joined_on, member.left_on, scope),
            *scope.lies_in(work, security_teams),
        ),
        area=scope.area_of(work, security_teams),
        counted=sa.true(),
        order=(security_teams.c.name, member.name),
    )


def _rated(work: Reading, scope: Scope) -> Rows:
    member, rating = team_members.c, member_ratings.c
    source = _of_teams(team_members).join(
        member_ratings, sa.and_(rating.unit_code == member.unit_code, rating.member_id == member.id)
    )
    return Rows(
        entity="team_members",
        source=source,
        id=member.id,
        name=member.name,
        on=rating.rated_on,
        state=_EXISTS,
        where=(
            member.unit_code == work.unit_code,
            scope.rated(rating.year, rating.rated_on),
            *scope.lies_in(work, security_teams),
        ),
        area=scope.area_of(work, security_teams),
        counted=sa.true(),
        kind=rating.rating,
        order=(security_teams.c.name, member.name),
    )


def _trainings(amount: sa.ColumnElement[int]) -> Finder:
    training = team_trainings.c

    def find(work: Reading, scope: Scope) -> Rows:
        return Rows(
            entity="team_trainings",
            source=_of_teams(team_trainings),
            id=training.id,
            name=training.title,
            on=training.on,
            state=_HELD,
            where=(
                training.unit_code == work.unit_code,
                training.on.between(scope.days.first, scope.days.last),
                *scope.lies_in(work, security_teams),
            ),
            area=scope.area_of(work, security_teams),
            counted=sa.true(),
            amount=amount,
            order=(training.on,),
        )

    return find


def _committees(work: Reading, scope: Scope) -> Rows:
    committee = steering_committees.c
    return Rows(
        entity="steering_committees",
        source=steering_committees,
        id=committee.id,
        name=committee.name,
        on=committee.valid_from,
        state=_EXISTS,
        where=(
            committee.unit_code == work.unit_code,
            *_there(committee.valid_from, committee.valid_to, scope),
            *scope.of_commune,
        ),
        counted=sa.true(),
    )


def _programmes(*, signed_within: bool) -> Finder:
    programme = coordination_programmes.c

    def find(work: Reading, scope: Scope) -> Rows:
        signed = programme.signed_on.between(scope.days.first, scope.days.last)
        in_force = sa.and_(*_there(programme.signed_on, programme.ends_on, scope))
        return Rows(
            entity="coordination_programmes",
            source=coordination_programmes,
            id=programme.id,
            name=programme.partner,
            on=programme.signed_on,
            state=_EXISTS,
            where=(programme.unit_code == work.unit_code, *scope.of_commune),
            counted=signed if signed_within else in_force,
            order=(programme.signed_on,),
        )

    return find


def _awards(recipient: RecipientKind | None) -> Finder:
    """Return what finds the awards decided within the period: by kind, or those of one kind of recipient."""
    award = awards.c

    def find(work: Reading, scope: Scope) -> Rows:
        return Rows(
            entity="awards",
            source=awards,
            id=award.id,
            name=award.recipient,
            on=award.decision_date,
            state=award.state,
            where=(
                award.unit_code == work.unit_code,
                award.state == AwardState.DECIDED,
                award.decision_date.between(scope.days.first, scope.days.last),
                *([award.recipient_kind == recipient] if recipient else []),
                *scope.of_commune,
            ),
            counted=sa.true(),
            kind=None if recipient else award.kind,
            order=(award.decision_date, award.recipient),
        )

    return find


_festival_day, _campaign = festival_days.c, outreach_campaigns.c
FINDERS: dict[str, Finder] = {
    "festival_sites": _festivals(sa.literal(1)),
    "festival_attendance": _festivals(_festival_day.attendance),
    "festival_gifts": _festivals(_festival_day.gifts),
    "festival_gift_value": _festivals(_festival_day.gift_value_vnd),
    "festival_awards": _festivals(_festival_day.awards),
    "festival_pledges": _festivals(_festival_day.pledges),
    "festival_handed_in": _handed_in,
    "outreach_campaigns": _outreach(sa.literal(1), by_kind=True),
    "outreach_sessions": _outreach(_campaign.sessions),
    "outreach_attendance": _outreach(_campaign.attendance),
    "outreach_leaflets": _outreach(_campaign.leaflets),
    "outreach_articles": _outreach(_campaign.articles),
    "security_teams": _teams,
    "team_members": _members,
    "team_trainings": _trainings(sa.literal(1)),
    "team_training_attendees": _trainings(team_trainings.c.attendees),
    "members_by_rating": _rated,
    "steering_committees": _committees,
    "programmes_in_force": _programmes(signed_within=False),
    "programmes_signed": _programmes(signed_within=True),
    "awards": _awards(None),
    "awards_to_collectives": _awards("collective"),
    "awards_to_persons": _awards("person"),
}
