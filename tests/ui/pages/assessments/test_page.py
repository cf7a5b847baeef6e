"""An assessment is made by hand and key on a real workspace: kept as it goes, reasoned, finished, opened again, printed."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from antq_desktop.domain.assessment import SelfAssessment
from antq_desktop.domain.commitments import CommitmentState
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.domain.units import UnitKey
from antq_desktop.services.application import Application
from antq_desktop.services.yearly.assessments import Given
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.assessments.item_row import ItemRow
from antq_desktop.ui.pages.assessments.page import AssessmentsPage
from antq_desktop.ui.pages.assessments.yes_no import YesNo
from antq_desktop.ui.paper_desk import PaperDesk

Write = Callable[[QWidget, str], None]
SHARE = "k1-ho-dang-ky"


@pytest.fixture
def page(office: Desk, areas: list[ResidentialArea], in_sight: Callable[[QWidget], None]) -> AssessmentsPage:
    """Return the page with three areas, none of them assessed."""
    made = AssessmentsPage(office)
    office.announced.connect(made.changed)
    in_sight(made)
    made.freshen()
    office.lane.wait_idle()
    return made


@pytest.fixture
def begun(page: AssessmentsPage, areas: list[ResidentialArea]) -> AssessmentsPage:
    """Return the page with the assessment of the first area open."""
    page.wanted(area_id=areas[0].id)
    page.desk.lane.wait_idle()
    page.action.trigger()
    page.desk.lane.wait_idle()
    return page


def kept(page: AssessmentsPage) -> SelfAssessment:
    """Return what the database holds of the open assessment."""
    assert page.sheet.assessment is not None
    found: SelfAssessment = page.desk.services.assessments.get(page.sheet.assessment.id)
    return found


def type_into(page: AssessmentsPage, row: ItemRow, text: str) -> None:
    row.input.setFocus()
    assert not isinstance(row.input, YesNo)
    row.input.selectAll()
    QTest.keyClicks(row.input, text)
    QTest.keyClick(row.input, Qt.Key.Key_Return)
    page.desk.lane.wait_idle()


def answer_the_rest(page: AssessmentsPage) -> None:
    """Answer everything that still is open so that the unit meets the criteria, past the page."""
    services, key = page.desk.services, kept(page).id
    answers = {
        item.id: Given(date(2026, 2, 10))
        if item.answer == "date"
        else Given(0)
        if item.answer == "count"
        else Given(value=True)
        for item in services.assessments.catalogue().items
        if item.answer != "share"
    }
    answers[SHARE] = Given("2/2", "Theo sổ giấy")
    services.assessments.answer_all(key, answers)
    page.make_stale()
    page.desk.lane.wait_idle()


def test_every_area_of_the_year_stands_in_the_list_and_one_is_begun_by_its_button(
    page: AssessmentsPage, commune: Application, areas: list[ResidentialArea]
) -> None:
    # The commune itself is assessed too, last: its figures follow from the others.
    assert [page.table.model().index(row, 0).data() for row in range(4)] == [
        *(area.name for area in areas),
        "Xã Kim Bôi",
    ]
    page.table.selectRow(1)
    assert page.action.text() == "Lập bản tự đánh giá"
    page.action.trigger()
    page.desk.lane.wait_idle()
    assert [row.state for row in commune.assessments.rows()] == [None, "draft", None, None]
    assert page.action.text() == "Hoàn thành"
    assert page.sheet.isVisible()


def test_all_areas_that_are_left_are_begun_at_once(page: AssessmentsPage, commune: Application) -> None:
    page._begin_all()
    page.desk.lane.wait_idle()
    assert [row.state for row in commune.assessments.rows()] == ["draft"] * 4
    page._begin_all()
    assert "đã có bản tự đánh giá" in page.banner.text()


def test_a_day_typed_short_is_kept_when_enter_is_pressed_and_its_verdict_is_said(
    begun: AssessmentsPage,
) -> None:
    row = begun.sheet.rows["k1-nghi-quyet"]
    type_into(begun, row, "10/2")
    assert kept(begun).answers["k1-nghi-quyet"].value == date(2026, 2, 10)
    assert "10/02/2026" in row.verdict()
    assert row.evidence.hasFocus()
    QTest.keyClicks(row.evidence, "12-NQ/CB")
    QTest.keyClick(row.evidence, Qt.Key.Key_Return)
    begun.desk.lane.wait_idle()
    assert kept(begun).answers["k1-nghi-quyet"].evidence == "12-NQ/CB"
    assert begun.sheet.rows["k1-dang-ky"].input.hasFocus()


def test_a_day_that_is_none_is_not_kept_and_the_sentence_stands_under_it(begun: AssessmentsPage) -> None:
    row = begun.sheet.rows["k1-nghi-quyet"]
    type_into(begun, row, "31/2")
    assert "31/2" in row.fault()
    assert "k1-nghi-quyet" not in kept(begun).answers


def test_a_question_is_answered_by_space_and_arrow_and_can_be_taken_back(begun: AssessmentsPage) -> None:
    row = begun.sheet.rows["k2-chap-hanh"]
    assert isinstance(row.input, YesNo)
    yes, no = row.input._options[True], row.input._options[False]
    yes.setFocus()
    QTest.keyClick(yes, Qt.Key.Key_Space)
    begun.desk.lane.wait_idle()
    assert kept(begun).answers["k2-chap-hanh"].value is True
    QTest.keyClick(yes, Qt.Key.Key_Right)
    begun.desk.lane.wait_idle()
    assert no.isChecked()
    assert kept(begun).answers["k2-chap-hanh"].value is False
    assert "Chưa đạt" in begun.sheet.result()
    row._clear()
    begun.desk.lane.wait_idle()
    assert "k2-chap-hanh" not in kept(begun).answers
    assert row.input.value() is None


def test_the_result_is_said_with_what_is_missing_and_why(begun: AssessmentsPage) -> None:
    # Nobody has signed: the share that the database fills in fails at once, the other items are open.
    assert "0/2" in begun.sheet.result()
    assert f"Còn {len(begun.sheet.open_items)} mục" in begun.sheet.result()
    answer_the_rest(begun)
    assert begun.sheet.result().startswith("Đạt")
    assert begun.sheet.open_items == []


def test_items_whose_official_text_was_not_seen_are_marked(begun: AssessmentsPage) -> None:
    from antq_desktop.ui.pages.verdict_line import VerdictLine

    marked = {
        item
        for item, row in begun.sheet.rows.items()
        if any(line.text() == "Chưa đối chiếu văn bản gốc" for line in row.findChildren(VerdictLine))
    }
    assert marked == {"k3-7", "k3-con-lai", "k4-van-ban-goc", "k5-van-ban-goc"}


def test_a_figure_changed_by_hand_asks_why_and_shows_both_values(
    begun: AssessmentsPage, write: Write
) -> None:
    row = begun.sheet.rows[SHARE]
    assert row.source() == "Điền sẵn theo số liệu trên máy: 0/2 (0\u00a0%)."
    type_into(begun, row, "2/2")
    assert kept(begun).answers[SHARE].value == Ratio(0, 2)
    assert row.reason.isVisible()
    assert row.reason.hasFocus()
    assert "ghi rõ lý do" in row.fault()
    write(row.reason, "Đã ký trên sổ giấy")
    QTest.keyClick(row.reason, Qt.Key.Key_Return)
    begun.desk.lane.wait_idle()
    answer = kept(begun).answers[SHARE]
    assert (answer.value, answer.filled, answer.reason) == (Ratio(2, 2), Ratio(0, 2), "Đã ký trên sổ giấy")
    assert row.source() == "Số liệu trên máy: 0/2 (0\u00a0%); nhập tay: 2/2 (100\u00a0%)."
    row._take_back()
    begun.desk.lane.wait_idle()
    assert kept(begun).answers[SHARE].source == "database"


def test_a_unit_that_another_page_asks_for_is_opened_and_chosen_in_the_list(
    begun: AssessmentsPage, areas: list[ResidentialArea]
) -> None:
    begun.wanted(area_id=areas[2].id)
    begun.desk.lane.wait_idle()
    assert begun.table.currentIndex().row() == 2
    assert begun._unit is not None
    assert begun._unit.name == areas[2].name


def test_what_cannot_be_kept_yet_comes_back_after_another_unit_was_looked_at(
    begun: AssessmentsPage, areas: list[ResidentialArea]
) -> None:
    type_into(begun, begun.sheet.rows[SHARE], "2/2")
    QTest.keyClicks(begun.sheet.rows["k2-chap-hanh"].evidence, "BC 15")
    for area in (areas[1], areas[0]):
        begun.wanted(area_id=area.id)
        begun.desk.lane.wait_idle()
    row = begun.sheet.rows[SHARE]
    assert row.typed().answer == "2/2"
    assert row.reason.isVisible()
    assert begun.sheet.rows["k2-chap-hanh"].evidence.written() == "BC 15"


def test_one_click_shows_the_rows_behind_a_figure_and_leads_on_to_each(
    begun: AssessmentsPage, commune: Application, areas: list[ResidentialArea], qtbot: QtBot
) -> None:
    home = next(
        row.household_id for row in commune.commitments.entries(areas[0].id, commune.commitments.yearly().id)
    )
    commune.commitments.record(
        home, commune.commitments.yearly().id, CommitmentState.SIGNED, date(2026, 3, 1), "Bùi Thị Hoa"
    )
    begun.sheet.rows[SHARE].see_rows()
    begun.desk.lane.wait_idle()
    table = begun._behind.table
    assert table.isVisible()
    assert table.model().rowCount() == 2
    with qtbot.waitSignal(begun.desk.gone_to) as gone:
        table.selectRow(0)
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert gone.args is not None
    assert gone.args[0] == "households"


def test_finishing_says_what_is_missing_then_asks_the_day_then_finishes(begun: AssessmentsPage) -> None:
    bar = begun.sheet.bar
    begun.action.trigger()
    assert "Nhập ngày" in bar.fault()
    assert bar.day.hasFocus()
    QTest.keyClicks(bar.day, "5/11")
    QTest.keyClick(bar.day, Qt.Key.Key_Return)
    assert "chưa trả lời" in begun.banner.text()
    answer_the_rest(begun)
    bar.day.setText("5/11/2026")
    QTest.keyClick(bar.day, Qt.Key.Key_Return)
    begun.desk.lane.wait_idle()
    assert (kept(begun).state, kept(begun).result, kept(begun).assessed_on) == (
        "final",
        "met",
        date(2026, 11, 5),
    )
    assert begun.action.text() == "In"
    assert begun.sheet.rows["k1-nghi-quyet"].evidence.isReadOnly()


def test_figures_that_moved_since_are_filled_in_anew_before_finishing(
    begun: AssessmentsPage, commune: Application, areas: list[ResidentialArea]
) -> None:
    answer_the_rest(begun)
    campaign = commune.commitments.yearly().id
    for row in commune.commitments.entries(areas[0].id, campaign):
        commune.commitments.record(
            row.household_id, campaign, CommitmentState.SIGNED, date(2026, 3, 1), row.head
        )
    begun._finish(date(2026, 11, 5))
    begun.desk.lane.wait_idle()
    assert kept(begun).state == "draft"
    assert begun.banner._way is not None
    begun.banner._way.click()
    begun.desk.lane.wait_idle()
    begun._finish(date(2026, 11, 5))
    begun.desk.lane.wait_idle()
    assert kept(begun).state == "final"


def test_a_finished_one_is_opened_again_only_with_a_reason(begun: AssessmentsPage, write: Write) -> None:
    answer_the_rest(begun)
    begun._finish(date(2026, 11, 5))
    begun.desk.lane.wait_idle()
    bar = begun.sheet.bar
    bar.reopen()
    assert "lý do mở lại" in bar.fault()
    assert kept(begun).state == "final"
    write(bar.reason, "Nhập nhầm ngày")
    QTest.keyClick(bar.reason, Qt.Key.Key_Return)
    begun.desk.lane.wait_idle()
    assert kept(begun).state == "draft"


def test_a_recognised_one_cannot_be_opened_again(begun: AssessmentsPage, commune: Application) -> None:
    answer_the_rest(begun)
    begun._finish(date(2026, 11, 5))
    begun.desk.lane.wait_idle()
    commune.recognitions.recognise(kept(begun).id, "412/QĐ-UBND", date(2026, 11, 18))
    begun.make_stale()
    begun.desk.lane.wait_idle()
    assert "412/QĐ-UBND" in begun.sheet.bar.said().text()
    assert begun.sheet.bar.reason.isHidden()


def test_the_paper_is_looked_at_over_the_page_and_saved_for_pdf_and_word(
    begun: AssessmentsPage, tmp_path: Path
) -> None:
    begun.obey(Command.PRINT)
    begun.desk.lane.wait_idle()
    (paper,) = begun.findChildren(PaperDesk)
    assert paper.view.pages >= 1
    for name in ("tu-danh-gia.pdf", "tu-danh-gia.docx"):
        paper.save_as(tmp_path / name)
        begun.desk.lane.wait_idle()
        assert (tmp_path / name).stat().st_size > 1000
    begun.obey(Command.LEAVE)
    assert begun.sheet.isVisible()


def test_in_a_narrow_window_the_list_gives_way_to_the_form_and_esc_brings_it_back(
    begun: AssessmentsPage,
) -> None:
    begun.resize(620, 300)
    assert begun.table.isHidden()
    assert begun.sheet.isVisible()
    begun._step_back()
    assert begun.table.isVisible()
    assert begun._side.isHidden()


def test_another_year_shows_its_own_assessments(begun: AssessmentsPage) -> None:
    begun.desk.set_year(2025)
    begun.year_changed(2025)
    begun.desk.lane.wait_idle()
    assert begun.action.text() == "Lập bản tự đánh giá"
    begun.action.trigger()
    begun.desk.lane.wait_idle()
    assert kept(begun).year == 2025


def record(page: AssessmentsPage, item: str) -> None:
    """Record that something happened against an item of the open assessment."""
    key = UnitKey("residential_area", kept(page).unit_id)
    page.desk.services.year_board.record_occurrence(key, item, date(2026, 5, 4), 2, "12/BB-CAX")
    page.make_stale()
    page.desk.lane.wait_idle()


def test_an_item_says_what_was_recorded_against_it_and_asks_why_it_holds_all_the_same(
    begun: AssessmentsPage,
) -> None:
    record(begun, "k3-7")
    begun.sheet.bar.refill_asked.emit()
    begun.desk.lane.wait_idle()
    row = begun.sheet.rows["k3-7"]
    assert row.source() == "Đã ghi 2 vụ trong kỳ."
    assert row.reason.isHidden()
    assert isinstance(row.input, YesNo)
    row.input._options[True].click()
    begun.desk.lane.wait_idle()
    assert "Đã ghi 2 vụ" in row.fault()
    assert kept(begun).answers["k3-7"].value is None
    assert row.reason.isVisible()
    row.reason.setFocus()
    QTest.keyClicks(row.reason, "QD 12")
    QTest.keyClick(row.reason, Qt.Key.Key_Return)
    begun.desk.lane.wait_idle()
    begun.sheet.settle()
    begun.desk.lane.wait_idle()
    answer = kept(begun).answers["k3-7"]
    assert (answer.value, answer.reason, row.fault()) == (True, "QD 12", "")


def test_a_finished_assessment_says_when_its_result_no_longer_agrees(begun: AssessmentsPage) -> None:
    answer_the_rest(begun)
    begun._finish(date(2026, 11, 5))
    begun.desk.lane.wait_idle()
    assert kept(begun).state == "final"
    assert begun.sheet.moved() == ""
    record(begun, "k3-7")
    assert "không còn khớp số liệu" in begun.sheet.moved()
    assert "ý thứ 7" in begun.sheet.moved()
    begun.sheet.go_to_moved()
    assert begun.sheet.bar.reason.hasFocus()
