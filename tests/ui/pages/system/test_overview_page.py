"""What the overview counts, what it says is due, and where each figure leads."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from antq_desktop.domain.commitments import CommitmentState
from antq_desktop.domain.community_models import CommunityModel, ModelState
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.services.application import Application
from antq_desktop.services.reporting.report_agreement import Difference
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages import entries
from antq_desktop.ui.pages.overview import sheet
from antq_desktop.ui.pages.overview.due import due
from antq_desktop.ui.pages.overview.facts import SHARES, gather
from antq_desktop.ui.pages.overview.page import _WAYS, OverviewPage
from antq_desktop.ui.paper_desk import PaperDesk
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.bars import Bar
from antq_desktop.ui.widgets.months import Months, Series

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
    assert not page._all.isVisible()


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
    assert page.recognised.value() == "0/3"
    for figure in (page.households, page.signed, page.models, page.assessed, page.recognised, page.unsent):
        figure.setFocus()
        QTest.keyClick(figure, Qt.Key.Key_Return)
    assert [key for key, _what in gone] == [
        "households",
        "commitments",
        "models",
        "assessments",
        "recognitions",
        "sync",
    ]
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
    assert [line.page for line in page.due.lines()] == [
        "yearly_board",
        "reports",
        "commitments",
        "assessments",
        "settings",
        "sync",
    ]
    board, reports, commitments, _assessments, backups, sync = page.due.lines()
    assert sync.text.endswith("thay đổi chưa được cấp trên xác nhận, mới từ hôm nay.")
    assert "mới từ hôm nay" in page.unsent.accessibleName()
    overdue = sum(row.overdue for row in commune.year_board.rows(2026))
    assert board.text.startswith(f"{overdue} bước")
    assert "quý I năm 2026" in reports.text
    assert reports.what == {"period": "2026-Q1"}
    assert "Xóm Bãi Chạo" in commitments.text
    page._go(backups)
    assert gone[-1] == ("settings", {"section": "backups"})


def test_without_a_campaign_the_page_writes_nothing(
    office: Desk, commune: Application, areas: list[ResidentialArea], in_sight: InSight
) -> None:
    before = commune.accounts.status().unsent_rows
    page = shown(office, in_sight)
    assert page.signed.value() == "0\u00a0%"
    assert "commitments" in [line.page for line in page.due.lines()]
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


def test_the_progress_of_the_year_and_ratings_are_bars_that_lead_on(
    office: Desk,
    commune: Application,
    areas: list[ResidentialArea],
    in_sight: InSight,
    gone: list[tuple[str, dict[str, Any]]],
) -> None:
    sign_one(commune, areas[0])
    model = commune.community_models.save(
        CommunityModel(
            id="",
            unit_code="",
            kind="camera-an-ninh",
            name="Camera",
            state=ModelState.WORKING,
            launched_on=date(2020, 1, 1),
        )
    ).record
    page = shown(office, in_sight)
    assert page.ratings.labels() == ["Chưa xếp loại"]
    assert page.progress.labels()[0] == "Tỷ lệ hộ đã ký cam kết"
    page.progress.setFocus()
    QTest.keyClick(page.progress, Qt.Key.Key_Return)
    assert gone[-1] == ("commitments", {})
    scale = next(iter(commune.catalogues.ratings.scales.values()))
    key, rating = next(iter(scale.ratings.items()))
    commune.community_models.rate(model.id, 2026, key)
    page.make_stale()
    office.lane.wait_idle()
    assert page.ratings.labels() == [rating.name]
    page.ratings.setFocus()
    QTest.keyClick(page.ratings, Qt.Key.Key_Return)
    assert gone[-1] == ("models", {"rating": key})


def test_the_year_runs_month_by_month_and_a_column_leads_to_its_rows(
    office: Desk,
    commune: Application,
    areas: list[ResidentialArea],
    in_sight: InSight,
    gone: list[tuple[str, dict[str, Any]]],
) -> None:
    sign_one(commune, areas[0])
    page = shown(office, in_sight)
    signed, _done, _recognised = page.months.series()
    assert signed.values[:4] == (0, 0, 1, 1), "signed on 01/03, which the reports count to March"
    assert len(signed.values) == len(commune.period_figures.months(2026))
    column = page.months.place_of(1, 2).center().toPoint()
    QTest.mouseClick(page.months, Qt.MouseButton.LeftButton, pos=column)
    assert gone[-1] == ("activities", {"first": date(2026, 1, 15), "last": date(2026, 2, 14)})
    page.months.setFocus()
    QTest.keyClick(page.months, Qt.Key.Key_Up)
    QTest.keyClick(page.months, Qt.Key.Key_Return)
    assert [page_ for page_, _what in gone] == ["activities", "commitments"]


def test_a_month_that_has_not_begun_leads_nowhere(qapp: QApplication) -> None:
    asked: list[tuple[str, int]] = []
    months = Months("Năm")
    months.resize(600, 200)
    months.set_series([Series("done", "Hoạt động", (4, 0, 9))], lambda key, month: asked.append((key, month)))
    for month in (3, 4, 12):
        place = months.place_of(0, month).center().toPoint()
        QTest.mouseClick(months, Qt.MouseButton.LeftButton, pos=place)
    for _press in range(15):
        QTest.keyClick(months, Qt.Key.Key_Right)
    QTest.keyClick(months, Qt.Key.Key_Return)
    assert asked == [("done", 3), ("done", 3)]
    assert "4, 0, 9" in months.accessibleName()


def test_every_share_leads_to_a_page_there_is() -> None:
    known = {entry.key for entry in entries()}
    assert set(_WAYS) == set(SHARES)
    assert {page for page, _what in _WAYS.values()} <= known


def test_it_prints_on_one_a4_page(
    office: Desk, commune: Application, areas: list[ResidentialArea], in_sight: InSight, tmp_path: Path
) -> None:
    sign_one(commune, areas[0])
    page = shown(office, in_sight)
    page.obey(Command.PRINT)
    office.lane.wait_idle()
    paper = page.findChild(PaperDesk)
    assert paper is not None
    out = tmp_path / "tong-quan.pdf"
    paper.save_as(out)
    office.lane.wait_idle()
    text = on_one_page(out.read_bytes())
    assert "XÃ KIM BÔI" in text
    assert "Xóm Bãi Chạo 1/2" in text
    assert "Người lập: Bùi Văn An" in text
    assert all(line.text[:20] in text for line in page.due.lines())
    page.obey(Command.LEAVE)
    assert page._all.isVisible()


@pytest.mark.parametrize("count", [1, 16, 17, 49, 150])
@pytest.mark.usefixtures("areas", "qapp")
def test_any_number_of_areas_fits_the_sheet(commune: Application, count: int) -> None:
    facts = gather(commune, 2026)
    bars = [Bar(f"Xóm {number:03}", number, 150) for number in range(1, count + 1)]
    months = [Series("signed", "Hộ đã ký", tuple(range(1_000, 1_012))), Series("done", "Hoạt động", (3,))]
    text = on_one_page(sheet.drawn(facts, [line.text for line in due(facts)], {"Cam kết": bars}, months))
    assert all(written in text for written in ("1.000", "1.011", "T12"))
    assert all(f"Xóm {number:03} {number}/150" in text for number in range(1, count + 1))


def on_one_page(content: bytes) -> str:
    """Return the words of a PDF of one A4 page, none of which falls off it."""
    document = pypdfium2.PdfDocument(content)
    assert len(document) == 1
    page = document[0]
    assert tuple(round(side) for side in page.get_size()) == (595, 842)
    words = page.get_textpage()
    text = str(words.get_text_bounded())
    assert words.get_text_range() == text, "nothing lies outside of the sheet"
    return " ".join(text.split())


def test_a_signed_report_that_the_records_left_behind_is_due(
    office: Desk,
    commune: Application,
    areas: list[ResidentialArea],
    in_sight: InSight,
    gone: list[tuple[str, dict[str, Any]]],
) -> None:
    sign_one(commune, areas[0])
    reports = commune.periodic_reports
    reports.sign_off(reports.start("2026-Q1").record.id)
    page = shown(office, in_sight)
    office.lane.wait_idle()
    assert not [line for line in page.due.lines() if line.what.get("period") == "2026-Q1"]
    campaign = commune.commitments.yearly()
    home = commune.commitments.entries(areas[0].id, campaign.id)[1]
    commune.commitments.record(home.household_id, campaign.id, CommitmentState.SIGNED, date(2026, 3, 2))
    page.make_stale()
    page.freshen()
    office.lane.wait_idle()
    office.lane.wait_idle()
    (line,) = [line for line in page.due.lines() if line.what.get("period") == "2026-Q1"]
    assert "số liệu hiện nay khác bản đã ký" in line.text
    page._go(line)
    assert gone == [("reports", {"period": "2026-Q1"})]


def test_each_signed_report_is_compared_in_a_job_of_its_own(
    office: Desk,
    commune: Application,
    areas: list[ResidentialArea],
    in_sight: InSight,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sign_one(commune, areas[0])
    reports = commune.periodic_reports
    for period in ("2026-Q1", "2026-H1"):
        reports.sign_off(reports.start(period).record.id)
    done: list[str] = []
    real = reports.differences

    def compare(period: str) -> tuple[Difference, ...]:
        done.append(period)
        return real(period)

    monkeypatch.setattr(reports, "differences", compare)
    page = shown(office, in_sight)
    assert done == ["2026-Q1", "2026-H1"]
    campaign = commune.commitments.yearly()
    home = commune.commitments.entries(areas[0].id, campaign.id)[1]
    commune.commitments.record(home.household_id, campaign.id, CommitmentState.SIGNED, date(2026, 3, 2))
    done.clear()
    assert page._facts is not None
    page._compare(page._facts, ["2026-Q1", "2026-H1"])
    office.run(lambda _progress: done.append("asked"))
    office.lane.wait_idle()
    assert done == ["2026-Q1", "asked", "2026-H1"]
    due_periods = [line.what.get("period") for line in page.due.lines() if "bản đã ký" in line.text]
    assert due_periods == ["2026-Q1", "2026-H1"]


@pytest.mark.usefixtures("areas")
def test_it_shows_what_is_due_whenever_it_is_opened(office: Desk, in_sight: InSight) -> None:
    page = shown(office, in_sight)
    page.resize(700, 400)
    QApplication.processEvents()
    bar = page._scroll.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    page.hide()
    page.show()
    assert bar.value() == 0
