"""What a commune records beside households and models in a year: Ngày hội, teams with ratings, awards, outreach, coordination."""

from dataclasses import replace
from datetime import date
from typing import Any

from antq_desktop.domain.awards import Award
from antq_desktop.domain.festival import FestivalDay
from antq_desktop.domain.outreach import OutreachCampaign
from antq_desktop.domain.security_teams import Post, SecurityTeam, TeamMember, TeamTraining
from antq_desktop.domain.steering import CoordinationProgramme, SteeringCommittee
from antq_desktop.services.application import Application
from antq_desktop.storage.queries.community_models import ModelFilter
from antq_desktop.storage.queries.window import Window

_NEW: dict[str, Any] = {"id": "", "unit_code": ""}
_MEMBERS: tuple[tuple[str, str, Post, str], ...] = (
    ("Bùi Văn Thắng", "1975-02-03", "leader", "tot"),
    ("Đinh Thị Hương", "1990", "deputy", "tot"),
    ("Quách Công Minh", "1954-01-01", "member", "hoan-thanh"),
)
_RECIPIENTS = ("Bùi Văn Thắng", "Đinh Thị Hương", "Quách Công Minh")


def record(application: Application, year: int) -> None:
    """Record some of everything: a team in each of three areas, Ngày hội in two of them, three awards of which one is decided."""
    areas = application.territory.areas()[:3]
    for place, area in enumerate(areas[:2]):
        application.festival.save(
            FestivalDay(
                **_NEW,
                year=year,
                place=f"Nhà văn hóa {area.name}",
                area_ids=(area.id,),
                on=date(year, 8, 12 + place),
                with_festivities=place > 0,
                attendance=230 + 400 * place,
                gifts=12,
                gift_value_vnd=6_000_000,
                pledges=120,
            )
        )
    _record_teams(application, year, [(area.id, area.name) for area in areas])
    proposal = Award(
        **_NEW,
        year=year,
        kind="giay-khen",
        authority="chu-tich-xa",
        recipient_kind="person",
        recipient="",
        proposed_on=date(year, 7, 20),
    )
    kept = [application.awards.save(replace(proposal, recipient=name)).record for name in _RECIPIENTS]
    application.awards.decide([kept[0].id], "77/QĐ-UBND", date(year, 8, 12), {kept[0].id: "15"})
    _record_outreach(application, year)
    models = application.community_models.page(ModelFilter(), Window(limit=2))
    for model, rating in zip(models, ("tot", "trung-binh"), strict=False):
        rated_on = min(date(year, 11, 16), application.session.today())
        application.community_models.rate(model.id, year, rating, rated_on)


def _record_teams(application: Application, year: int, areas: list[tuple[str, str]]) -> None:
    rated_on = min(date(year, 11, 16), application.session.today())
    for place, (area_id, name) in enumerate(areas):
        team = application.security_teams.save(
            SecurityTeam(
                **_NEW,
                area_id=area_id,
                name=f"Tổ bảo vệ an ninh, trật tự {name}",
                decision_number="15/QĐ-UBND",
                decision_date=date(year - 2, 7, 1),
                valid_from=date(year - 2, 7, 1),
            )
        ).record
        for who, birth, post, rating in _MEMBERS[: 3 - place % 2]:
            member = application.security_teams.save_member(
                TeamMember(
                    **_NEW, team_id=team.id, name=who, birth=birth, post=post, joined_on=date(year - 2, 7, 1)
                )
            ).record
            # One at the top of five rated good: what the cap just allows.
            best = place == 0 and post == "leader"
            rated = "xuat-sac" if best else rating
            application.member_ratings.rate(member.id, year, rated, rated_on)
        application.team_trainings.save(
            TeamTraining(**_NEW, team_id=team.id, on=date(year, 5, 5), title="Tuần tra, sơ cứu", attendees=2)
        )


def _record_outreach(application: Application, year: int) -> None:
    application.outreach.save(
        OutreachCampaign(
            **_NEW,
            title="Phòng, chống lừa đảo trên không gian mạng",
            kind="khong-gian-mang",
            starts_on=date(year, 1, 10),
            ends_on=date(year, 3, 20),
            sessions=12,
            attendance=1450,
            leaflets=2000,
            articles=6,
        )
    )
    application.committees.save(
        SteeringCommittee(
            **_NEW,
            name="Ban chỉ đạo xây dựng phong trào Toàn dân bảo vệ an ninh Tổ quốc",
            decision_number="31/QĐ-UBND",
            decision_date=date(year, 1, 5),
            head_post="Chủ tịch Ủy ban nhân dân xã",
            members=21,
            valid_from=date(year, 1, 5),
        )
    )
    application.programmes.save(
        CoordinationProgramme(
            **_NEW,
            partner="Hội Liên hiệp Phụ nữ xã",
            number="03/CTPH",
            signed_on=date(year - 1, 3, 1),
            subject="Phòng, chống bạo lực gia đình",
            ends_on=date(year + 1, 12, 31),
        )
    )
