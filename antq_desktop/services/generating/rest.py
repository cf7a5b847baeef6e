"""Invents the rest of the year: Ngày hội, outreach, teams, the committee, programmes and awards."""

from collections.abc import Iterator
from datetime import date, timedelta

from antq_desktop.domain.awards import Award, AwardState, RecipientKind
from antq_desktop.domain.festival import FestivalDay, hand_in_units
from antq_desktop.domain.member_ratings import MemberRating
from antq_desktop.domain.outreach import OutreachCampaign
from antq_desktop.domain.security_teams import Post, SecurityTeam, TeamMember, TeamTraining
from antq_desktop.domain.steering import CoordinationProgramme, SteeringCommittee
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.services.generating.draw import Draw
from antq_desktop.services.generating.plan import Batches, Plan

#: The grassroots force is there since then (Luật 30/2023/QH15).
_FORCE_FROM = date(2024, 7, 1)
_AREAS_WITH_TEAM, _AREAS_PER_AWARD = 0.97, 3
#: One in so many members is rated at the top, below the share that the yearly guideline allows.
_PER_TOP = 8


def rest(plan: Plan, areas: list[ResidentialArea]) -> Batches:
    """Tell everything else that happens in the years."""
    yield list(_festivals(plan, areas))
    yield list(_outreach(plan))
    yield from _teams(plan, areas)
    draw = plan.draw("steering")
    yield [
        SteeringCommittee(
            id=draw.id(), unit_code=plan.unit_code, name="Ban Chỉ đạo phong trào Toàn dân bảo vệ an ninh Tổ quốc",
            decision_number="15/QĐ-UBND", decision_date=date(plan.years[0] - 1, 7, 15), head_post="Chủ tịch Ủy ban nhân dân xã",
            standing_body="Công an xã", members=draw.count(13, 25), valid_from=date(plan.years[0] - 1, 7, 15),
        )
    ]  # fmt: skip
    yield list(_programmes(plan, draw))
    yield list(_awards(plan, areas))


def _festivals(plan: Plan, areas: list[ResidentialArea]) -> Iterator[FestivalDay]:
    draw, units = plan.draw("festivals"), [*hand_in_units(plan.catalogues.activities)]
    for year in plan.years:
        place = 0
        while place < len(areas):
            together, on = (
                areas[place : place + draw.count(1, 3)],
                draw.day(date(year, 7, 20), date(year, 8, 19)),
            )
            place += len(together)
            festival = FestivalDay(
                id=draw.id(), unit_code=plan.unit_code, year=year, place=f"{draw.one(draw.words.festival_places)} {together[0].name}",
                area_ids=tuple(area.id for area in together), on=on, with_festivities=draw.chance(0.7),
                attendance=draw.count(60, 160) * len(together), gifts=draw.count(0, 12),
                gift_value_vnd=draw.count(0, 60) * 100_000, awards=draw.count(0, 6), pledges=draw.count(0, 90),
                handed_in={draw.one(units): draw.count(1, 5)} if draw.chance(0.2) else {},
            )  # fmt: skip
            if draw.chance(0.96) and plan.told(on):
                yield festival


def _outreach(plan: Plan) -> Iterator[OutreachCampaign]:
    draw, kinds = plan.draw("outreach"), [*plan.catalogues.outreach.kinds.values()]
    for year in plan.years:
        for kind in draw.some(kinds, draw.count(6, 9)):
            begins = draw.day(date(year, 1, 10), date(year, 11, 1))
            ends = begins + timedelta(days=draw.count(1, 40))
            campaign = OutreachCampaign(
                id=draw.id(), unit_code=plan.unit_code, title=f"{kind.name} năm {year}", kind=kind.id, starts_on=begins,
                ends_on=ends, sessions=draw.count(1, 20), attendance=draw.count(50, 1500), leaflets=draw.count(0, 2000),
                articles=draw.count(0, 25),
            )  # fmt: skip
            if plan.told(ends):
                yield campaign


def _teams(plan: Plan, areas: list[ResidentialArea]) -> Batches:
    draw = plan.draw("teams")
    began = min(max(_FORCE_FROM, date(plan.years[0], 1, 1)), plan.until)
    teams = [
        SecurityTeam(
            id=draw.id(), unit_code=plan.unit_code, area_id=area.id, name=f"Tổ bảo vệ an ninh, trật tự {area.name}",
            decision_number=f"{draw.count(20, 99)}/QĐ-UBND", decision_date=began, valid_from=began,
        )
        for area in areas
        if draw.chance(_AREAS_WITH_TEAM)
    ]  # fmt: skip
    yield teams
    members = [member for team in teams for member in _members(plan, draw, team)]
    yield members
    yield [training for team in teams for training in _trainings(plan, draw, team)]
    for year in plan.years:
        yield list(_ratings(plan, draw, members, year))


def _members(plan: Plan, draw: Draw, team: SecurityTeam) -> Iterator[TeamMember]:
    for place in range(draw.count(3, 7)):
        person = draw.person(plan.years[0] - 64, plan.years[0] - 21)
        post: Post = "leader" if place == 0 else "deputy" if place == 1 else "member"
        left = draw.day(team.valid_from, max(team.valid_from, date(plan.years[-1], 12, 1)))
        leaves = draw.chance(0.04) and post == "member" and plan.told(left)
        yield TeamMember(
            id=draw.id(), unit_code=plan.unit_code, team_id=team.id, name=person.name, birth=person.birth, post=post,
            joined_on=team.valid_from, left_on=left if leaves else None,
        )  # fmt: skip


def _trainings(plan: Plan, draw: Draw, team: SecurityTeam) -> Iterator[TeamTraining]:
    for year in plan.years:
        on = draw.day(date(year, 3, 1), date(year, 10, 30))
        training = TeamTraining(
            id=draw.id(), unit_code=plan.unit_code, team_id=team.id, on=on, title=draw.one(draw.words.trainings),
            attendees=draw.count(2, 3),
        )  # fmt: skip
        if on >= team.valid_from and plan.told(on):
            yield training


def _ratings(plan: Plan, draw: Draw, members: list[TeamMember], year: int) -> Iterator[MemberRating]:
    catalogue = plan.catalogues.team_ratings
    period = catalogue.period(year)
    lower = [rating for rating in catalogue.ratings if rating != catalogue.top]
    for place, member in enumerate(members):
        key, rating = draw.id(), draw.weighted(lower, [92, 7, 1][: len(lower)])
        served_from = max(member.joined_on, period.first)
        months = (period.last.year - served_from.year) * 12 + period.last.month - served_from.month
        if months > catalogue.least_months and member.left_on is None and plan.told(period.last):
            yield MemberRating(
                id=key, unit_code=plan.unit_code, member_id=member.id, year=year,
                rating=catalogue.top if place % _PER_TOP == _PER_TOP - 1 else rating, rated_on=period.last,
            )  # fmt: skip


def _programmes(plan: Plan, draw: Draw) -> Iterator[CoordinationProgramme]:
    for partner in draw.words.partners:
        on = draw.day(date(plan.years[0] - 1, 1, 5), date(plan.years[-1], 6, 30))
        programme = CoordinationProgramme(
            id=draw.id(), unit_code=plan.unit_code, partner=partner, number=f"{draw.count(1, 40)}/CTPH-CAX", signed_on=on,
            subject=draw.one(draw.words.programme_subjects),
            ends_on=date(on.year + draw.count(0, 3), 12, 31) if draw.chance(0.6) else None,
        )  # fmt: skip
        if plan.told(on):
            yield programme


def _awards(plan: Plan, areas: list[ResidentialArea]) -> Iterator[Award]:
    draw = plan.draw("awards")
    for year in plan.years:
        for _ in range(2 + len(areas) // _AREAS_PER_AWARD):
            recipient: RecipientKind = "collective" if draw.chance(0.4) else "person"
            kind = draw.weighted(("giay-khen", "bang-khen"), (9, 1))
            area, person = draw.one(areas), draw.person(1950, 2002)
            proposed = draw.day(date(year, 6, 1), date(year, 10, 20))
            decided = proposed + timedelta(days=draw.count(5, 30))
            number, declined = draw.count(40, 300), draw.chance(0.06)
            state = (
                AwardState.PROPOSED
                if not plan.told(decided)
                else AwardState.DECLINED
                if declined
                else AwardState.DECIDED
            )
            award = Award(
                id=draw.id(), unit_code=plan.unit_code, year=year, kind=kind,
                authority="chu-tich-xa" if kind == "giay-khen" else "chu-tich-tinh", recipient_kind=recipient,
                recipient=f"Cán bộ và nhân dân {area.name}" if recipient == "collective" else person.name,
                recipient_place=area.name, merit=draw.one(draw.words.merits), state=state,
                proposal_number=f"{number}/TTr-CAX", proposed_on=proposed,
                decision_number=f"{number + 9}/QĐ-UBND" if state is AwardState.DECIDED else "",
                decision_date=decided if state is AwardState.DECIDED else None,
            )  # fmt: skip
            if plan.told(proposed):
                yield award
