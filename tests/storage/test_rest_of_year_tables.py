"""The tables of the rest of the year: they come and go, keep what was put in, and hold together."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from antq_desktop.domain.awards import Award, AwardState
from antq_desktop.domain.festival import FestivalDay
from antq_desktop.domain.households import Household
from antq_desktop.domain.member_ratings import MemberRating
from antq_desktop.domain.outreach import OutreachCampaign
from antq_desktop.domain.security_teams import SecurityTeam, TeamMember, TeamTraining
from antq_desktop.domain.steering import CoordinationProgramme, SteeringCommittee
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.storage.engine import quick_check
from antq_desktop.storage.failures import Clash
from antq_desktop.storage.migrate import migrate
from antq_desktop.storage.records import Record, kind_of
from antq_desktop.storage.unit_of_work import Store

UNIT, DAY = "04978", date(2026, 5, 5)
TEAM = SecurityTeam(id="t1", unit_code=UNIT, area_id="a1", name="Tổ bản Lác", valid_from=DAY)
MEMBER = TeamMember(
    id="m1", unit_code=UNIT, team_id="t1", name="Bùi Văn An", birth="1980", post="deputy", joined_on=DAY
)
RATING = MemberRating(id="r1", unit_code=UNIT, member_id="m1", year=2026, rating="tot")
RECORDS: tuple[Record, ...] = (
    FestivalDay(
        id="f1", unit_code=UNIT, year=2026, place="Nhà văn hóa", area_ids=("a1", "a2"), on=DAY, handed_in={"khau": 2},
        gift_value_vnd=2**40, paper_sha256="0" * 64,
    ),
    OutreachCampaign(id="o1", unit_code=UNIT, title="Tết", kind="phap-luat", starts_on=DAY, ends_on=DAY, leaflets=9),
    TEAM,
    MEMBER,
    TeamTraining(id="x1", unit_code=UNIT, team_id="t1", on=DAY, title="Võ thuật", attendees=3),
    RATING,
    SteeringCommittee(id="c1", unit_code=UNIT, name="Ban Chỉ đạo", valid_from=DAY, members=15),
    CoordinationProgramme(id="p1", unit_code=UNIT, partner="Đoàn xã", signed_on=DAY, subject="…"),
    Award(
        id="w1", unit_code=UNIT, year=2026, kind="giay-khen", authority="chu-tich-xa", recipient_kind="collective",
        recipient="Bản Lác", state=AwardState.DECIDED, decision_number="7", decision_date=DAY,
    ),
)  # fmt: skip


def test_they_come_and_go_and_leave_the_first_tables_alone(
    store: Store, household: Callable[..., Household]
) -> None:
    with store.writing("An") as work:
        work.save(household())
        work.commit()
    migrate(store.engine, "0002")
    migrate(store.engine)
    with store.writing("An") as work:
        kept: list[Record] = [work.save(record) for record in RECORDS]
        work.commit()
    with store.reading() as work:
        assert [work.get(type(record), record.id) for record in RECORDS] == kept
        assert [replace(record, version={}) for record in kept] == list(RECORDS)  # type: ignore[type-var]
    migrate(store.engine, "0002")
    quick_check(store.engine)
    tables = {kind_of(type(record)).entity for record in RECORDS}
    with store.engine.connect() as connection:
        assert not tables & set(sa.inspect(connection).get_table_names())
    migrate(store.engine)
    with store.reading() as work:
        assert work.all(Award) == []
        assert work.get(Household, "h1").head == "Nguyễn Văn Ánh"


def test_a_member_is_rated_once_a_year(store: Store, area: ResidentialArea) -> None:
    with store.writing("An") as work:
        for record in (TEAM, MEMBER, RATING, replace(RATING, id="r2", year=2025)):
            work.save(record)
        work.commit()
    with pytest.raises(Clash), store.writing("An") as work:
        work.save(replace(RATING, id="r3", rating="hoan-thanh"))


@pytest.mark.parametrize(
    "orphan",
    [
        replace(TEAM, area_id="a9"),
        replace(MEMBER, team_id="t9"),
        replace(RATING, member_id="m9"),
        TeamTraining(id="x1", unit_code=UNIT, team_id="t9", on=DAY, title="…", attendees=0),
    ],
)
def test_nothing_belongs_to_what_is_not_there(store: Store, area: ResidentialArea, orphan: Record) -> None:
    with pytest.raises(Clash), store.writing("An") as work:
        work.save(orphan)
        work.commit()
