"""What the search finds of the rest of the year is opened by the page it names, with its fields in sight."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from antq_desktop.domain.awards import Award
from antq_desktop.domain.festival import FestivalDay
from antq_desktop.domain.outreach import OutreachCampaign
from antq_desktop.domain.security_teams import SecurityTeam, TeamMember, TeamTraining
from antq_desktop.domain.steering import CoordinationProgramme, SteeringCommittee
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.services.application import Application
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages import entries
from antq_desktop.ui.pages.kept_side import KeptSide

NEW: dict[str, Any] = {"id": "", "unit_code": ""}
DAY = date(2026, 8, 12)


@pytest.fixture
def recorded(commune: Application, areas: list[ResidentialArea]) -> None:
    """Keep one record of each kind, each with a word of its own."""
    team = commune.security_teams.save(
        SecurityTeam(**NEW, area_id=areas[0].id, name="Tổ Hoàng Lan", valid_from=date(2024, 7, 1))
    ).record
    commune.security_teams.save_member(
        TeamMember(**NEW, team_id=team.id, name="Bùi Thị Mộc Miên", birth="1980", joined_on=date(2024, 7, 1))
    )
    commune.team_trainings.save(
        TeamTraining(**NEW, team_id=team.id, on=DAY, title="Chữa cháy rừng", attendees=1)
    )
    commune.festival.save(FestivalDay(**NEW, year=2026, place="Sân bóng Đồng Tranh", on=DAY, attendance=9))
    commune.outreach.save(OutreachCampaign(**NEW, title="Đợt phòng lừa đảo", kind="phap-luat", starts_on=DAY))
    commune.committees.save(SteeringCommittee(**NEW, name="Ban chỉ đạo 138", valid_from=DAY))
    commune.programmes.save(
        CoordinationProgramme(**NEW, partner="Hạt Kiểm lâm", number="09/CTPH", signed_on=DAY, subject="Rừng")
    )
    commune.awards.save(
        Award(
            **NEW,
            year=2026,
            kind="giay-khen",
            authority="chu-tich-xa",
            recipient_kind="person",
            recipient="Đinh Công Tráng",
        )
    )


@pytest.mark.usefixtures("recorded")
@pytest.mark.parametrize(
    ("typed", "page_key", "called"),
    [
        ("hoang lan", "forces", "Tổ Hoàng Lan"),
        ("moc mien", "forces", "Bùi Thị Mộc Miên"),
        ("chay rung", "forces", "Chữa cháy rừng"),
        ("dong tranh", "festival", "Sân bóng Đồng Tranh"),
        ("lua dao", "outreach", "Đợt phòng lừa đảo"),
        ("chi dao 138", "outreach", "Ban chỉ đạo 138"),
        ("09/ctph", "outreach", "Hạt Kiểm lâm"),
        ("cong trang", "awards", "Đinh Công Tráng"),
    ],
)
def test_what_is_found_is_opened(  # noqa: PLR0917 - what is typed and what should come of it, then fixtures
    typed: str,
    page_key: str,
    called: str,
    commune: Application,
    office: Desk,
    in_sight: Callable[..., None],
) -> None:
    hit = commune.search.find(typed, 5)[0]
    assert hit.page == page_key
    page = next(entry for entry in entries() if entry.key == hit.page).make(office)
    in_sight(page)
    page.freshen()
    page.wanted(**hit.what)
    office.lane.wait_idle()
    assert [side.called() for side in page.findChildren(KeptSide) if side.isVisible()] == [called]
