"""Everything of the rest of the year reaches the receiving unit: records, their scans, what was replaced and removed."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from antq_desktop.domain.awards import Award
from antq_desktop.domain.festival import FestivalDay
from antq_desktop.domain.outreach import OutreachCampaign
from antq_desktop.domain.security_teams import SecurityTeam, TeamMember, TeamTraining
from antq_desktop.domain.steering import CoordinationProgramme, SteeringCommittee

if TYPE_CHECKING:
    from tests.services.exchange.conftest import Parties

JULY = date(2024, 7, 1)
ENTITIES = (
    "festival_days", "outreach_campaigns", "security_teams", "team_members", "team_trainings", "member_ratings",
    "steering_committees", "coordination_programmes", "awards",
)  # fmt: skip


def test_the_rest_of_the_year_arrives_as_it_is(parties: "Parties", tmp_path: Path) -> None:
    commune = parties.commune
    area = commune.territory.add("Xóm Bãi", "xóm", date(2020, 1, 1)).record
    festival = commune.festival.save(
        FestivalDay(
            id="", unit_code="", year=2026, place="Nhà văn hóa", area_ids=(area.id,), on=date(2026, 8, 16),
            attendance=120, handed_in={"khau": 1, "kg": 2},
        )
    ).record  # fmt: skip
    picture = tmp_path / "le.jpg"
    picture.write_bytes(b"\xff\xd8\xff\xe0" + bytes(300_000))
    key = commune.festival.attach_paper(festival.id, picture).record.paper_sha256
    assert key is not None
    plan = tmp_path / "ke-hoach.pdf"
    plan.write_bytes(b"%PDF-1.7 plan")
    _first, second = commune.festival.add_paper(festival.id, plan).record.papers
    commune.outreach.save(
        OutreachCampaign(
            id="", unit_code="", title="Tết", kind="vu-khi-phao", starts_on=date(2026, 1, 5), leaflets=40
        )
    )
    team = commune.security_teams.save(
        SecurityTeam(id="", unit_code="", area_id=area.id, name="Tổ xóm Bãi", valid_from=JULY)
    ).record
    member = commune.security_teams.save_member(
        TeamMember(
            id="",
            unit_code="",
            team_id=team.id,
            name="Bùi Văn An",
            birth="1980",
            post="leader",
            joined_on=JULY,
        )
    ).record
    commune.team_trainings.save(
        TeamTraining(id="", unit_code="", team_id=team.id, on=date(2026, 5, 5), title="Võ thuật", attendees=1)
    )
    commune.member_ratings.rate(member.id, 2026, "tot")
    commune.committees.save(
        SteeringCommittee(id="", unit_code="", name="Ban Chỉ đạo", valid_from=JULY, members=15)
    )
    programme = commune.programmes.save(
        CoordinationProgramme(id="", unit_code="", partner="Đoàn xã", signed_on=JULY, subject="Tuyên truyền")
    ).record
    award = commune.awards.save(
        Award(
            id="", unit_code="", year=2026, kind="giay-khen", authority="chu-tich-xa", recipient_kind="person",
            recipient="Bùi Văn An",
        )
    ).record  # fmt: skip

    (verdict,) = parties.receive(parties.send().path)
    assert (verdict.verdict, verdict.set_aside) == ("taken", ())
    parties.assert_equal()
    assert [len(parties.rows(parties.receiving)[entity]) for entity in ENTITIES] == [1] * len(ENTITIES)
    assert parties.receiving.commitments.paper(key) == picture.read_bytes()
    assert parties.receiving.commitments.paper(second) == plan.read_bytes()

    commune.member_ratings.rate(member.id, 2026, "hoan-thanh")
    commune.awards.decide([award.id], "77/QĐ-UBND", date(2026, 8, 12), {award.id: "15"})
    commune.programmes.delete(programme.id, "Gõ nhầm")
    commune.festival.save(replace(commune.festival.get(festival.id), gifts=5))
    (verdict,) = parties.receive(parties.send().path)
    assert (verdict.verdict, verdict.set_aside) == ("taken", ())
    parties.assert_equal()
    assert parties.rows(parties.receiving)["coordination_programmes"] == []
