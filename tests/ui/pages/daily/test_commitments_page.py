"""Commitments are entered, attached and printed on their page."""

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton

from antq_desktop.domain.commitments import CommitmentState
from antq_desktop.domain.households import Household
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.services.application import Application
from antq_desktop.ui import dialogs
from antq_desktop.ui.actions import Command
from antq_desktop.ui.pages.commitments.page import CommitmentsPage
from antq_desktop.ui.pages.commitments.scan_view import ScanView
from antq_desktop.ui.paper_desk import PaperDesk

ENTER = Qt.Key.Key_Return
SIGNED, ISSUED, ABSENT = CommitmentState.SIGNED, CommitmentState.ISSUED, CommitmentState.ABSENT
REFUSED, MOVED_AWAY = CommitmentState.REFUSED, CommitmentState.MOVED_AWAY
Press = Callable[..., None]
Show = Callable[[Any], Any]


def states(commune: Application, area: ResidentialArea) -> list[tuple[CommitmentState, date | None]]:
    campaign = commune.commitments.yearly()
    return [(row.state, row.signed_on) for row in commune.commitments.entries(area.id, campaign.id)]


@pytest.fixture
def page(show: Show, commune: Application, homes: list[Household], press: Press) -> CommitmentsPage:
    commune.commitments.yearly()
    page: CommitmentsPage = show(CommitmentsPage)
    page._entry.grid.view.setFocus()
    return page


def type_day(page: CommitmentsPage, first: str, rest: str) -> None:
    """Type a day into the current line: the first key opens the cell, Enter ends it and goes on."""
    to_column(page, "on")
    QTest.keyClicks(page._entry.grid.view, first)
    editor = page._entry.grid.view.findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, rest)
    QTest.keyClick(editor, ENTER)
    QTest.qWait(50)  # Qt closes the cell a moment after Enter
    page.desk.lane.wait_idle()


def to_column(page: CommitmentsPage, key: str) -> None:
    keys = [column.key for column in page._entry.grid.lines.columns]
    view = page._entry.grid.view
    view.setCurrentIndex(page._entry.grid.lines.index(view.currentIndex().row(), keys.index(key) + 1))


def test_area_is_entered_with_one_key_a_household_once_the_day_is_known(
    page: CommitmentsPage, commune: Application, area: ResidentialArea, press: Press
) -> None:
    type_day(page, "5", "/3")
    for _line in range(4):
        QTest.keyClick(page._entry.grid.view, ENTER)
        page.desk.lane.wait_idle()
    assert states(commune, area) == [(SIGNED, date(2026, 3, 5))] * 5
    assert "5/5" in page._entry.share.text()
    assert page._entry.grid.unsaved() == []


def test_anything_else_takes_a_figure_and_enter(
    page: CommitmentsPage, commune: Application, area: ResidentialArea, press: Press
) -> None:
    press("2", ENTER, "3", ENTER)
    assert [state for state, _day in states(commune, area)][:2] == [ISSUED, ABSENT]


def test_enter_never_signs_a_paper_that_was_only_issued(
    page: CommitmentsPage, commune: Application, area: ResidentialArea, press: Press
) -> None:
    press("2", ENTER)
    page._entry.grid.view.go_to(0)
    press(ENTER)
    assert states(commune, area)[0] == (ISSUED, None)


def test_a_signature_without_a_day_is_asked_for_and_not_saved(
    page: CommitmentsPage, commune: Application, area: ResidentialArea, press: Press
) -> None:
    press(ENTER)
    assert "5/3" in page._entry.grid.said()
    assert states(commune, area)[0] == (CommitmentState.NOT_ISSUED, None)
    assert page._entry.grid.view.currentIndex().row() == 0


def kept(commune: Application, area: ResidentialArea) -> list[tuple[CommitmentState, date | None]]:
    campaign = commune.commitments.yearly()
    return [
        (row.state, row.state_on or row.signed_on)
        for row in commune.commitments.entries(area.id, campaign.id)
    ]


@pytest.mark.parametrize(
    ("figure", "state"), [("3", ABSENT), ("4", REFUSED), ("5", MOVED_AWAY), ("2", ISSUED)]
)
def test_a_day_typed_beside_a_state_is_the_day_of_that_state(  # noqa: PLR0917 - fixtures by name
    page: CommitmentsPage,
    commune: Application,
    area: ResidentialArea,
    press: Press,
    figure: str,
    state: CommitmentState,
) -> None:
    press(figure)
    type_day(page, "1", "/5")
    assert kept(commune, area)[0] == (state, date(2026, 5, 1))
    assert page._entry.grid.lines.values(0)["on"] == date(2026, 5, 1)
    page.refresh()
    page.desk.lane.wait_idle()
    assert page._entry.grid.lines.values(0)["on"] == date(2026, 5, 1)


def test_who_signed_and_moved_away_later_shows_the_day_of_moving_and_keeps_the_signature(
    page: CommitmentsPage, commune: Application, area: ResidentialArea, homes: list[Household], press: Press
) -> None:
    type_day(page, "5", "/3")
    page._entry.grid.view.go_to(0)
    to_column(page, "state")
    press("5")
    assert page._entry.grid.lines.values(0)["on"] is None, "the old signature is no day of moving away"
    type_day(page, "1", "/6")
    assert page._entry.grid.lines.values(0)["on"] == date(2026, 6, 1)
    (row, *_others) = commune.commitments.entries(area.id, commune.commitments.yearly().id)
    assert (row.state, row.state_on, row.signed_on) == (MOVED_AWAY, date(2026, 6, 1), date(2026, 3, 5))
    page._entry.grid.view.go_to(0)
    to_column(page, "state")
    press("1", ENTER)
    assert states(commune, area)[0] == (SIGNED, date(2026, 3, 5)), "a slip of the key is mended by one key"


def test_a_day_of_another_state_is_never_taken_over(
    page: CommitmentsPage, commune: Application, area: ResidentialArea, press: Press
) -> None:
    press("3")
    type_day(page, "1", "/5")
    page._entry.grid.view.go_to(0)
    to_column(page, "state")
    press("1", ENTER)
    assert "5/3" in page._entry.grid.said()
    assert kept(commune, area)[0] == (ABSENT, date(2026, 5, 1))


@pytest.mark.parametrize(
    ("state", "cell", "typed", "said"),
    [
        (ABSENT, "by", "Bùi Văn Con", "người ký"),
        (CommitmentState.NOT_ISSUED, "on", "1/5", "chưa phát"),
    ],
)
def test_what_a_state_cannot_keep_is_said_and_not_ticked(  # noqa: PLR0917 - fixtures by name
    page: CommitmentsPage,
    commune: Application,
    area: ResidentialArea,
    press: Press,
    state: CommitmentState,
    cell: str,
    typed: str,
    said: str,
) -> None:
    lines = page._entry.grid.lines
    lines.put(0, "state", state)
    column = next(column for column in lines.columns if column.key == cell)
    lines.put_text(0, column, typed)
    press(ENTER)
    assert said in page._entry.grid.said()
    assert kept(commune, area)[0] == (CommitmentState.NOT_ISSUED, None)


def test_a_day_of_moving_away_before_the_signature_is_remarked_on(
    page: CommitmentsPage, press: Press
) -> None:
    type_day(page, "5", "/3")
    page._entry.grid.view.go_to(0)
    to_column(page, "state")
    press("5")
    type_day(page, "1", "/2")
    assert "05/03/2026" in page._entry.banner.text()


def test_control_d_takes_the_state_of_the_line_above(
    page: CommitmentsPage, commune: Application, area: ResidentialArea, press: Press
) -> None:
    press("3", ENTER)
    QTest.keyClick(page._entry.grid.view, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    press(ENTER)
    assert [state for state, _day in states(commune, area)][:2] == [ABSENT, ABSENT]


def test_undo_puts_the_last_line_back(
    page: CommitmentsPage,
    commune: Application,
    area: ResidentialArea,
    press: Press,
    settle: Callable[[], None],
) -> None:
    press("2", ENTER, "3", ENTER)
    page.obey(Command.UNDO)
    settle()
    found = [state for state, _day in states(commune, area)]
    assert found[:2] == [ISSUED, CommitmentState.NOT_ISSUED]
    assert page._entry.grid.view.currentIndex().row() == 1


def test_saving_keeps_the_place_while_the_shares_are_counted_anew(
    page: CommitmentsPage, press: Press, settle: Callable[[], None]
) -> None:
    press("2", ENTER, "1")
    settle()
    assert page._entry.grid.view.currentIndex().row() == 1
    assert page._bars.labels() == ["Xóm Bãi"]


def test_another_area_and_back_shows_what_was_saved(
    page: CommitmentsPage,
    commune: Application,
    homes: list[Household],
    press: Press,
    settle: Callable[[], None],
) -> None:
    other = commune.territory.add("Xóm Mới", "xóm", date(2020, 1, 1)).record
    commune.households.save(Household(id="", unit_code="", area_id=other.id, head="Lê Văn Tư"))
    press("2", ENTER)
    page.make_stale()
    settle()
    page._choose_area(other.id)
    settle()
    assert page._entry.grid.lines.rowCount() == 1
    page._choose_area(homes[0].area_id)
    settle()
    assert page._entry.grid.lines.values(0)["state"] is ISSUED


def test_other_page_leads_to_a_household(
    page: CommitmentsPage, homes: list[Household], settle: Callable[[], None]
) -> None:
    page.wanted(area_id=homes[3].area_id, household_id=homes[3].id)
    settle()
    assert page._entry.household_id == homes[3].id


def test_year_without_a_campaign_offers_to_open_it(
    show: Show, commune: Application, homes: list[Household], settle: Callable[[], None]
) -> None:
    page = show(CommitmentsPage)
    (offered,) = [b for b in page._note.findChildren(QPushButton) if b.isVisible()]
    offered.click()
    settle()
    assert [campaign.year for campaign in commune.commitments.campaigns()] == [2026]
    assert page._entry.grid.lines.rowCount() == len(homes)


def test_thematic_campaign_is_opened_beside_the_yearly_one(
    page: CommitmentsPage, commune: Application, settle: Callable[[], None]
) -> None:
    page.obey(Command.NEW)
    assert page._campaign_form.form.values()["name"]
    page.obey(Command.SAVE)
    settle()
    assert len(commune.commitments.campaigns()) == 2
    assert page._campaign.count() == 2
    assert page._campaign.value() != commune.commitments.yearly().id


def test_scan_is_kept_with_the_paper_and_the_warning_stands_beside(  # noqa: PLR0917 - fixtures by name
    page: CommitmentsPage,
    commune: Application,
    area: ResidentialArea,
    press: Press,
    settle: Callable[[], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scan = tmp_path / "giay.pdf"
    scan.write_bytes(b"%PDF-1.4 scan")
    asked: list[str] = []

    def choose(_parent: object, title: str, _kinds: object) -> Path:
        asked.append(title)
        return scan

    monkeypatch.setattr(dialogs, "choose_file", choose)
    type_day(page, "5", "/3")
    page._entry.grid.view.go_to(0)
    page._entry.scans.attach()
    settle()
    row = commune.commitments.entries(area.id, commune.commitments.yearly().id)[0]
    assert row.paper_sha256 is not None
    assert commune.commitments.paper(row.paper_sha256) == scan.read_bytes()
    assert "căn cước" in asked[0]
    assert "có" in page._entry.grid.lines.values(0)["scan"]


def test_forms_of_an_area_are_printed_into_one_file(
    page: CommitmentsPage, settle: Callable[[], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "cam-ket.pdf"
    monkeypatch.setattr(dialogs, "choose", lambda *_args: "area")
    page.obey(Command.PRINT)
    settle()
    (shown,) = page.findChildren(PaperDesk)
    shown.save_as(out)
    settle()
    assert out.read_bytes().startswith(b"%PDF")
    assert str(out) in shown.banner.text()


@pytest.fixture
def scanned(page: CommitmentsPage, commune: Application, homes: list[Household], tmp_path: Path) -> str:
    """Give the first household a scan of two pages and return its hash."""
    campaign = commune.commitments.yearly().id
    commune.commitments.record(homes[0].id, campaign, SIGNED, date(2026, 3, 5))
    scan = tmp_path / "giay.pdf"
    commune.printing.commitments(scan, campaign, household_ids=[home.id for home in homes[:2]])
    kept = commune.commitments.attach_paper(homes[0].id, campaign, scan).record
    page.refresh()
    page.desk.lane.wait_idle()
    page._entry.grid.view.go_to(0)
    return kept.paper_sha256 or ""


def test_scan_is_looked_at_page_by_page_and_leaves_no_file(
    page: CommitmentsPage, scanned: str, settle: Callable[[], None], tmp_path: Path
) -> None:
    before = {path for path in Path(tempfile.gettempdir()).iterdir() if path.is_file()}
    page._entry.scans.look()
    settle()
    (view,) = page.findChildren(ScanView)
    first = view.picture.pixmap().toImage()
    assert first.width() > 300
    assert view._where.text().startswith("Trang 1")
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    settle()
    assert view._where.text() == "Trang 2 / 2"
    assert view.picture.pixmap().toImage() != first
    assert not view._on.isEnabled()
    view.close()
    assert {path for path in Path(tempfile.gettempdir()).iterdir() if path.is_file()} == before


@pytest.mark.qt_log_ignore("Unsupported marker type", "This plugin does not support")
def test_scan_of_a_telephone_is_shown_and_a_damaged_one_is_said(
    page: CommitmentsPage,
    commune: Application,
    homes: list[Household],
    settle: Callable[[], None],
    tmp_path: Path,
) -> None:
    campaign = commune.commitments.yearly().id
    photo = tmp_path / "anh.png"
    QImage(40, 60, QImage.Format.Format_RGB32).save(str(photo))
    damaged = tmp_path / "hong.jpg"
    damaged.write_bytes(b"\xff\xd8\xff cut")
    for home, path in zip(homes, (photo, damaged), strict=False):
        commune.commitments.attach_paper(home.id, campaign, path)
    page.refresh()
    settle()
    said = []
    for place in (0, 1):
        page._entry.grid.view.go_to(place)
        page._entry.scans.look()
        settle()
        view = page.findChildren(ScanView)[-1]
        said.append((view.picture.pixmap().isNull(), view.banner.text() != ""))
        view.close()
    assert said == [(False, False), (True, True)]


def test_scan_is_taken_off_after_a_question_and_the_state_can_change_then(  # noqa: PLR0917 - fixtures by name
    page: CommitmentsPage,
    commune: Application,
    area: ResidentialArea,
    scanned: str,
    press: Press,
    settle: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    press("2", ENTER)
    assert "quét" in page._entry.grid.said()
    page._entry.grid.view.go_to(0)
    answers = iter([False, True])
    monkeypatch.setattr(dialogs, "confirm", lambda *_args, **_named: next(answers))
    for offered in (True, False):
        assert len(page._entry.scans.ways()) == 3
        page._entry.scans.take_off()
        settle()
        row = commune.commitments.entries(area.id, commune.commitments.yearly().id)[0]
        assert bool(row.paper_sha256) is offered
    assert len(page._entry.scans.ways()) == 1
    page._entry.grid.view.go_to(0)
    press(ENTER)
    assert states(commune, area)[0] == (ISSUED, None)


def test_scan_is_replaced_from_the_menu_of_the_line(  # noqa: PLR0917 - fixtures by name
    page: CommitmentsPage,
    commune: Application,
    scanned: str,
    settle: Callable[[], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = tmp_path / "khac.jpg"
    other.write_bytes(b"\xff\xd8\xff another")
    monkeypatch.setattr(dialogs, "choose_file", lambda *_args: other)
    page._entry.grid.view.customContextMenuRequested.emit(QPoint(5, 5))
    menu = page._entry.scans.button.findChild(QMenu)
    assert menu is not None
    menu.actions()[1].trigger()
    menu.close()
    settle()
    sha256 = page._entry.grid.lines.values(0)["sha256"]
    assert commune.commitments.paper(sha256) == other.read_bytes()
    assert sha256 != scanned


def test_scan_can_be_reached_at_twice_the_scale(page: CommitmentsPage, settle: Callable[[], None]) -> None:
    page.resize(619, 290)
    settle()
    made = page._entry.scans.button
    place = QRect(made.mapTo(page, QPoint(0, 0)), made.size())
    assert made.isVisible()
    assert page.rect().contains(place)
    assert made.width() >= made.sizeHint().width()


@pytest.mark.parametrize("for_whom", [("household", 1), ("area", 5), ("all", 6)])
def test_forms_are_printed_for_one_household_an_area_or_all(
    page: CommitmentsPage,
    commune: Application,
    settle: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    for_whom: tuple[str, int],
) -> None:
    other = commune.territory.add("Xóm Mới", "xóm", date(2020, 1, 1)).record
    commune.households.save(Household(id="", unit_code="", area_id=other.id, head="Lê Văn Tư"))
    whom, sheets = for_whom
    monkeypatch.setattr(dialogs, "choose", lambda *_args: whom)
    page._entry.grid.view.go_to(0)
    page.obey(Command.PRINT)
    settle()
    (shown,) = page.findChildren(PaperDesk)
    assert shown.view.pages == sheets


def test_what_is_asked_for_next_is_the_day_not_a_figure_of_a_state(
    page: CommitmentsPage, commune: Application, area: ResidentialArea, press: Press
) -> None:
    press(ENTER)
    view = page._entry.grid.view
    QTest.keyClicks(view, "5")
    editor = view.findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, "/3")
    QTest.keyClick(editor, ENTER)
    QTest.qWait(50)
    press("3", ENTER)
    assert states(commune, area)[:2] == [(SIGNED, date(2026, 3, 5)), (ABSENT, None)]


def test_a_draft_of_a_line_holds_only_the_cells_that_were_typed(
    page: CommitmentsPage, commune: Application, area: ResidentialArea, homes: list[Household], press: Press
) -> None:
    to_column(page, "by")
    page._entry.grid.lines.setData(page._entry.grid.lines.index(0, 5), "Bùi Văn Con")
    page._entry.grid.view.go_to(0)
    press(ENTER)
    campaign = commune.commitments.yearly().id
    commune.commitments.record(homes[0].id, campaign, SIGNED, date(2026, 4, 1))
    page.refresh()
    page.desk.lane.wait_idle()
    values = page._entry.grid.lines.values(0)
    assert (values["by"], values["on"]) == ("Bùi Văn Con", date(2026, 4, 1))
    assert "1 dòng" in page._entry.grid.said()


@pytest.mark.parametrize("kind", ["phao", "vu-khi", "ma-tuy", "giao-thong", "pccc"])
def test_each_subject_is_opened_printed_signed_and_counted_from_the_window(  # noqa: PLR0917 - fixtures by name
    page: CommitmentsPage,
    commune: Application,
    area: ResidentialArea,
    settle: Callable[[], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
) -> None:
    subject = commune.catalogues.campaigns.kinds[kind]
    page.obey(Command.NEW)
    box = page._campaign_form.form.boxes["kind"]
    box.set_value(kind)
    box.edited.emit()
    assert page._campaign_form.form.values()["name"] == f"{subject.name}, 2026", (
        "the name follows the subject"
    )
    page.obey(Command.SAVE)
    settle()
    campaign = next(one for one in commune.commitments.campaigns() if one.kind == kind)
    assert page._campaign.value() == campaign.id
    type_day(page, "5", "/3")
    QTest.keyClick(page._entry.grid.view, ENTER)
    settle()
    rows = commune.commitments.entries(area.id, campaign.id)
    assert [(row.state, row.signed_on) for row in rows[:2]] == [(SIGNED, date(2026, 3, 5))] * 2
    assert states(commune, area) == [(CommitmentState.NOT_ISSUED, None)] * 5, (
        "the yearly paper is another one"
    )
    monkeypatch.setattr(dialogs, "choose", lambda *_args: "area")
    page.obey(Command.PRINT)
    settle()
    (shown,) = page.findChildren(PaperDesk)
    shown.save_as(tmp_path / "cam-ket.pdf")
    settle()
    pages = pypdfium2.PdfDocument((tmp_path / "cam-ket.pdf").read_bytes())
    text = " ".join(pages[0].get_textpage().get_text_bounded().split())
    assert len(pages) == 5
    assert subject.name.upper() in text.upper()
    assert all(" ".join(pledge.split()) in text for pledge in subject.pledges)
    figures = commune.period_figures.amounts("2026")
    assert (figures["thematic_signed"], figures["households_signed"]) == ({kind: 2}, 0)
