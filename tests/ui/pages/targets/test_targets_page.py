"""Setting targets on their page, and seeing how far each is, who is missing and where it leads."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from antq_desktop.domain.commitments import CommitmentState
from antq_desktop.domain.targets import Target
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.services.application import Application
from antq_desktop.services.reporting.targets import TargetRow
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.targets import target_rows
from antq_desktop.ui.pages.targets.page import OPEN, TargetsPage

InSight = Callable[..., None]


@pytest.fixture
def unsigned(commune: Application, areas: list[ResidentialArea]) -> str:
    """Return the one of two households that has not signed."""
    campaign = commune.commitments.yearly()
    signed, missing = commune.commitments.entries(areas[0].id, campaign.id)
    commune.commitments.record(signed.household_id, campaign.id, CommitmentState.SIGNED, date(2026, 3, 1))
    return missing.household_id


@pytest.fixture
def page(office: Desk, unsigned: str, in_sight: InSight) -> TargetsPage:
    made = TargetsPage(office)
    office.announced.connect(made.changed)
    in_sight(made)
    made.freshen()
    rest(made)
    return made


def rest(page: TargetsPage) -> None:
    page.desk.lane.wait_idle()
    page.desk.lane.wait_idle()


def rows(page: TargetsPage) -> list[TargetRow]:
    found = (page._model.row_at(place) for place in range(page._model.rowCount()))
    return [row for row in found if row is not None]


def type_in(page: TargetsPage, **texts: str) -> None:
    for name, text in texts.items():
        box = page.side.form.boxes[name]
        box.set_typed(text)
        box.edited.emit()


def share_of(page: TargetsPage, at_least: int) -> Target:
    target = Target(
        id="",
        unit_code="",
        year=2026,
        period="2026-Q1",
        level="commune",
        indicator="share_signed",
        measured="percent",
        at_least=at_least,
    )
    services = page.desk.services
    kept: Target = services.targets.save(target).record
    page.make_stale()
    rest(page)
    return kept


def test_an_empty_year_offers_the_usual_ones_once(page: TargetsPage, commune: Application) -> None:
    way = next(one for one in page.table.findChildren(QPushButton) if one.isVisible())
    QTest.mouseClick(way, Qt.MouseButton.LeftButton)
    rest(page)
    assert len(rows(page)) == len(commune.catalogues.usual_targets.targets)
    page.add_usual()
    rest(page)
    assert len(rows(page)) == len(commune.catalogues.usual_targets.targets)
    assert "đều đã có" in page.banner.text()


def test_an_own_target_is_typed_as_people_write_it(page: TargetsPage, commune: Application) -> None:
    page.obey(Command.NEW)
    type_in(page, indicator="share_signed", at_least="97,5 %", period="2026-H1", set_by="12/KH-CAX")
    page.obey(Command.SAVE)
    rest(page)
    (row,) = rows(page)
    kept = commune.targets.get(row.id)
    assert (kept.measured, kept.at_least, kept.period, kept.set_by) == (
        "percent",
        97_50,
        "2026-H1",
        "12/KH-CAX",
    )


def test_a_target_above_100_percent_is_refused_under_its_field(page: TargetsPage) -> None:
    page.obey(Command.NEW)
    type_in(page, indicator="share_signed", at_least="120 %")
    page.obey(Command.SAVE)
    rest(page)
    assert "100 %" in page.side.form.boxes["at_least"].said()
    assert rows(page) == []
    type_in(page, at_least="nhiều")
    page.obey(Command.SAVE)
    rest(page)
    assert "«nhiều»" in page.side.form.boxes["at_least"].said()


def test_figures_that_are_counted_by_kind_are_not_offered(page: TargetsPage, commune: Application) -> None:
    offered = {key for key, _word in page.side.form.boxes["indicator"].field.choices}
    kinds = {key: one.kind for key, one in commune.catalogues.indicators.indicators.items()}
    assert offered == {key for key, kind in kinds.items() if kind != "tally"}


def test_the_details_name_who_is_missing_and_lead_there(page: TargetsPage, unsigned: str) -> None:
    went: list[tuple[str, dict[str, Any]]] = []
    page.desk.gone_to.connect(lambda key, what: went.append((key, what)))
    share_of(page, 100_00)
    page.table.selectRow(0)
    rest(page)
    assert page.standing.missing.isVisible()
    assert page.standing.missing.model().rowCount() == 1
    assert page.standing.verdict.text() == "Đạt 50 %, cần ít nhất 100 %"
    assert page.standing.forecast.text() == "Kỳ đã kết thúc ngày 14/03/2026."
    page.standing.missing.selectRow(0)
    QTest.keyClick(page.standing.missing, Qt.Key.Key_Return)
    assert went == [("households", {"household_id": unsigned})]


def test_progress_follows_what_is_recorded_elsewhere(
    page: TargetsPage, commune: Application, unsigned: str
) -> None:
    share_of(page, 100_00)
    page.table.selectRow(0)
    rest(page)
    assert target_rows.share(rows(page)[0]) == 0.5
    campaign = commune.commitments.yearly()
    page.desk.run(
        lambda _progress: commune.commitments.record(
            unsigned, campaign.id, CommitmentState.SIGNED, date(2026, 3, 2)
        )
    )
    rest(page)
    assert rows(page)[0].reached
    assert target_rows.counts(rows(page)[0]) == "2/2"
    assert not page.standing.missing.isVisible()


def test_the_line_of_figures_narrows_the_list(page: TargetsPage) -> None:
    share_of(page, 50_00)
    assert [page.chips.word(key) for key in ("all", "open", "reached")] == [
        "1 chỉ tiêu",
        "0 chưa đạt",
        "1 đã đạt",
    ]
    page.chips.asked.emit(OPEN)
    assert rows(page) == []


def test_a_target_is_removed_with_a_reason(page: TargetsPage, commune: Application) -> None:
    share_of(page, 50_00)
    page.table.selectRow(0)
    rest(page)
    page.side.reason.box.set_typed("Đổi kế hoạch")
    page.side.reason.give()
    rest(page)
    assert rows(page) == []
    assert commune.targets.rows(2026) == []


def test_another_year_offers_its_own_periods_and_keeps_what_is_typed(page: TargetsPage) -> None:
    page.obey(Command.NEW)
    type_in(page, set_by="Đang gõ")
    page.desk.set_year(2025)
    page.year_changed(2025)
    rest(page)
    assert all(str(code).startswith("2025") for code, _word in page.side.form.boxes["period"].field.choices)
    page.desk.set_year(2026)
    page.year_changed(2026)
    page.obey(Command.NEW)
    assert page.side.form.boxes["set_by"].typed() == "Đang gõ"


def test_bars_are_drawn_in_a_low_window_too(office: Desk, unsigned: str, in_sight: InSight) -> None:
    page = TargetsPage(office)
    in_sight(page, 620, 330)
    page.freshen()
    share_of(page, 90_00)
    assert (page.width(), page.height()) == (620, 330)
    drawn = page.table.grab().toImage()
    assert not drawn.isNull()
