"""Everything a commune keeps is found by its words, told apart by its detail, and leads to the page that shows it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from antq_desktop.bootstrap import open_workspace
from antq_desktop.domain.commitments import CommitmentState
from antq_desktop.domain.community_models import CommunityModel
from antq_desktop.domain.errors import Cancelled
from antq_desktop.domain.households import Household
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.domain.units import Unit, UnitKey
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.application import Application
from antq_desktop.storage.queries import search_gathering as gathering
from tests.services.conftest import PASSPHRASE

MARCH = date(2026, 3, 5)


def test_a_household_and_its_paper_are_told_apart(
    application: Application, area: ResidentialArea, settle: Callable[..., list[Household]]
) -> None:
    (home,) = settle(area.id, "Bùi Thị Hoa")
    campaign = application.commitments.yearly()
    application.commitments.record(home.id, campaign.id, CommitmentState.SIGNED, MARCH)
    first, paper = application.search.find("bui hoa")
    assert (first.group, first.title, first.detail) == ("Hộ gia đình", "Bùi Thị Hoa", "1980 · Xóm Bãi Chạo")
    assert (first.page, first.what, first.year) == ("households", {"household_id": home.id}, None)
    assert (paper.group, paper.title, paper.year) == ("Giấy tờ", "Bùi Thị Hoa", 2026)
    assert paper.detail.endswith(" · Bùi Thị Hoa · 05/03/2026")
    assert (paper.page, paper.what) == (
        "commitments",
        {"campaign_id": campaign.id, "area_id": area.id, "household_id": home.id},
    )


def test_an_area_is_found_by_its_former_name_too(application: Application, area: ResidentialArea) -> None:
    application.territory.rename(area.id, "Xóm Vó Khang", date(2026, 1, 1))
    (now,) = application.search.find("vo khang")
    (past,) = application.search.find("bai chao")
    assert (now.title, now.detail, now.page) == ("Xóm Vó Khang", "", "households")
    assert (past.title, past.detail) == ("Xóm Bãi Chạo", "Xóm Vó Khang · 01/01/2026")
    assert past.what == {"area_id": application.territory.areas()[0].id}


def test_decision_number_step_and_unit_lead_to_their_year(
    application: Application, list_unit: Callable[..., Unit]
) -> None:
    unit = list_unit("school", "THCS Kim Bôi", "trung-hoc-co-so")
    application.year_board.record(
        UnitKey("school", unit.id), 2026, "registration", date(2026, 2, 3), number="17/ĐK-THCS"
    )
    (found,) = application.search.find("thcs kim")
    assert (found.group, found.page, found.what) == ("Đơn vị", "units", {"unit_id": unit.id})
    (step,) = application.search.find("17/dk")
    assert (step.title, step.detail) == ("17/ĐK-THCS", "THCS Kim Bôi · 03/02/2026")
    assert (step.page, step.what, step.year) == (
        "yearly_board",
        {"unit_id": unit.id, "step": "registration"},
        2026,
    )


def test_records_of_one_group_stand_together_the_best_one_first(
    application: Application, area: ResidentialArea, settle: Callable[..., list[Household]]
) -> None:
    settle(area.id, "Hà Mai", "Mai Hà", "Mai Thị Hà")
    with application.search._store.writing("An") as work:
        for n, name in enumerate(("Mai Hà", "Đội Mai Thị Hà")):
            work.save(CommunityModel(id=f"m{n}", unit_code="04978", kind="k", name=name))
        work.commit()
    hits = application.search.find("mai ha")
    assert [(hit.group, hit.title) for hit in hits] == [
        ("Hộ gia đình", "Mai Hà"),
        ("Hộ gia đình", "Hà Mai"),
        ("Hộ gia đình", "Mai Thị Hà"),
        ("Mô hình", "Mai Hà"),
        ("Mô hình", "Đội Mai Thị Hà"),
    ]
    assert [hit.title for hit in application.search.find("mai ha", 2)] == ["Mai Hà", "Mai Hà"]


def test_a_workspace_without_an_index_gathers_it_when_it_is_opened(
    folder: Path, application: Application, area: ResidentialArea
) -> None:
    with application.search._store.writing("An") as work:
        work.search.clear()
        work.keep_local("search", None)
        work.commit()
    assert application.search.find("bai") == []
    application.close()
    again = open_workspace(folder, PASSPHRASE)
    assert [hit.title for hit in again.search.find("bai")] == [area.name]
    again.close()


def test_the_index_can_be_gathered_anew(application: Application, area: ResidentialArea) -> None:
    with application.search._store.writing("An") as work:
        work.search.clear()
        work.commit()
    told: list[tuple[int, int, str]] = []
    application.search.rebuild(Progress(lambda *news: told.append(news)))
    assert [hit.id for hit in application.search.find("bai")] == [area.id]
    assert told == [(0, 0, "Từ để tìm kiếm")]


def test_gathering_stops_when_it_is_asked_to_and_goes_on_from_there(
    application: Application,
    area: ResidentialArea,
    settle: Callable[..., list[Household]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settle(area.id, *(f"Bùi Văn {n}" for n in range(30)))
    monkeypatch.setattr(gathering, "_STEP", 8)

    def stop(done: int, _total: int, _what: str) -> None:
        if done:
            progress.cancel()

    progress = Progress(stop)
    with pytest.raises(Cancelled):
        application.search.rebuild(progress)
    assert 0 < len(application.search.find("bui", 100)) < 30
    turns = 0
    while not application.search.gather(is_awaited=lambda: True):
        turns += 1
    assert turns > 0
    assert len(application.search.find("bui", 100)) == 30
    assert application.search.gather() is True


def test_a_birth_is_shown_as_a_day_and_an_area_once(
    application: Application, area: ResidentialArea, settle: Callable[..., list[Household]]
) -> None:
    (home,) = settle(area.id, "Bùi Văn Ánh")
    details = []
    for address in (area.name.upper(), "Ngõ 3"):
        home = application.households.save(replace(home, birth="1965-07-26", address=address)).record
        (found,) = application.search.find("bui anh")
        details.append(found.detail)
    assert details[0].count(area.name) == 1
    assert area.name.upper() not in details[0]
    assert ("26/07/1965" in details[0], "Ngõ 3" in details[1]) == (True, True)
