"""What the overview counts, what it says is due, and where each figure leads."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from antq_desktop.domain.commitments import CommitmentState
from antq_desktop.domain.community_models import CommunityModel, ModelState
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.services.application import Application
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.overview.due import due
from antq_desktop.ui.pages.overview.facts import gather
from antq_desktop.ui.pages.overview.page import OverviewPage
from antq_desktop.ui.theme import State

InSight = Callable[[QWidget], None]


@pytest.fixture
def gone(office: Desk) -> list[tuple[str, dict[str, Any]]]:
    went: list[tuple[str, dict[str, Any]]] = []
    office.gone_to.connect(lambda page, what: went.append((page, what)))
    return went


def shown(office: Desk, in_sight: InSight) -> OverviewPage:
    page = OverviewPage(office)
    in_sight(page)
    page.freshen()
    office.lane.wait_idle()
    return page


def sign_one(commune: Application, area: ResidentialArea) -> None:
    campaign = commune.commitments.yearly()
    home = commune.commitments.entries(area.id, campaign.id)[0]
    commune.commitments.record(home.household_id, campaign.id, CommitmentState.SIGNED, date(2026, 3, 1))


def test_an_empty_commune_is_told_how_to_begin(office: Desk, in_sight: InSight) -> None:
    page = shown(office, in_sight)
    assert page._first.isVisible()
    assert not page._whole.isVisible()


def test_figures_are_counted_and_lead_to_their_rows(
    office: Desk,
    commune: Application,
    areas: list[ResidentialArea],
    in_sight: InSight,
    gone: list[tuple[str, dict[str, Any]]],
) -> None:
    sign_one(commune, areas[0])
    for state in (ModelState.WORKING, ModelState.WORKING, ModelState.PAUSED):
        commune.community_models.save(
            CommunityModel(id="", unit_code="", kind="camera-an-ninh", name="Camera", state=state)
        )
    page = shown(office, in_sight)
    assert page.households.value() == "2"
    assert page.signed.value() == "50\u00a0%"
    assert page.models.value() == "2"
    assert page.assessed.value() == "0/3"
    for figure in (page.households, page.signed, page.models, page.assessed):
        figure.setFocus()
        QTest.keyClick(figure, Qt.Key.Key_Return)
    assert [key for key, _what in gone] == ["households", "commitments", "models", "assessments"]
    assert gone[2][1] == {"state": "working"}
    page.areas.setFocus()
    QTest.keyClick(page.areas, Qt.Key.Key_Return)
    assert gone[-1] == ("commitments", {"area_id": areas[0].id})


def test_what_is_due_is_said_with_its_way(
    office: Desk,
    commune: Application,
    areas: list[ResidentialArea],
    in_sight: InSight,
    gone: list[tuple[str, dict[str, Any]]],
) -> None:
    sign_one(commune, areas[0])
    page = shown(office, in_sight)
    assert [line.page for line in page.due.lines()] == ["commitments", "assessments", "settings", "sync"]
    assert "Xóm Bãi Chạo" in page.due.lines()[0].text
    page._go(page.due.lines()[2])
    assert gone[-1] == ("settings", {"section": "backups"})


def test_without_a_campaign_the_page_writes_nothing(
    office: Desk, commune: Application, areas: list[ResidentialArea], in_sight: InSight
) -> None:
    before = commune.accounts.status().unsent_rows
    page = shown(office, in_sight)
    assert page.signed.value() == "0\u00a0%"
    assert page.due.lines()[0].page == "commitments"
    assert commune.accounts.status().unsent_rows == before


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, State.NONE), (7, State.NONE), (8, State.LOOK), (30, State.LOOK), (31, State.BAD)],
)
def test_unsent_rows_turn_amber_and_red_by_their_age(
    commune: Application, areas: list[ResidentialArea], days: int, expected: State
) -> None:
    from dataclasses import replace

    facts = gather(commune, 2026)
    old = replace(facts, now=facts.now + timedelta(days=days))
    line = next(line for line in due(old) if line.page == "sync")
    assert line.state is expected


def test_a_change_elsewhere_is_seen_at_once(
    office: Desk, commune: Application, areas: list[ResidentialArea], in_sight: InSight
) -> None:
    page = shown(office, in_sight)
    office.announced.connect(page.changed)
    office.run(lambda _progress: commune.territory.add("Xóm Mới", "xóm", date(2026, 1, 1)))
    office.lane.wait_idle()
    assert page.assessed.value() == "0/4"
