"""What happened in the year is recorded without a name, and the papers of the dossier are seen from the board."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.domain.units import Unit, UnitKey
from antq_desktop.services.application import Application
from antq_desktop.services.yearly.year_standing import BoardRow
from antq_desktop.ui.actions import Command
from antq_desktop.ui.pages.yearly_board.page import YearlyBoardPage
from antq_desktop.ui.paper_desk import PaperDesk

Choose = Callable[[str], BoardRow]
Typed = Callable[[QWidget, dict[str, str]], None]


def words(part: QWidget) -> str:
    """Return every word in sight; new parts come into sight in the next turn of the event loop."""
    QApplication.processEvents()
    return "\n".join(said.text() for said in part.findChildren(QLabel) if said.isVisibleTo(part))


def press(part: QWidget, name: str) -> None:
    """Press the one button of ``part`` that is called so."""
    (made,) = [b for b in part.findChildren(QPushButton) if b.accessibleName() == name and not b.isHidden()]
    made.click()


def paper(page: YearlyBoardPage) -> PaperDesk | None:
    return next((one for one in page.findChildren(PaperDesk) if one.isVisible()), None)


def idle(page: YearlyBoardPage) -> None:
    page.desk.lane.wait_idle()


def test_an_occurrence_is_a_day_a_count_and_a_number(
    page: YearlyBoardPage, commune: Application, choose: Choose, typed: Typed, areas: list[ResidentialArea]
) -> None:
    choose("Xóm Bãi Chạo")
    page.side.show_part("occurrences")
    panel = page.side.occurrences
    said = words(panel)
    assert "Không ghi tên người" in said
    assert "bí mật nhà nước" in said
    assert "Chưa ghi vụ việc nào" in said
    typed(panel.form, {"item": "k3-2", "on": "4/5", "count": "2", "number": "12/BB-CAX"})
    page.obey(Command.SAVE)
    idle(page)
    (kept,) = commune.year_board.occurrences(UnitKey("residential_area", areas[0].id), 2026)
    assert (kept.item, kept.on, kept.count, kept.number) == ("k3-2", date(2026, 5, 4), 2, "12/BB-CAX")
    assert "04/05/2026 · 2 vụ · 12/BB-CAX" in words(panel)
    assert panel.form.boxes["number"].typed() == ""
    assert page.side._tabs["occurrences"].text() == "Vụ việc (2)"
    assert page.side.steps.lines["occurrences"].state.detail == "có 2 vụ"


def test_an_occurrence_is_corrected_and_removed_only_with_a_reason(
    page: YearlyBoardPage, commune: Application, choose: Choose, typed: Typed, areas: list[ResidentialArea]
) -> None:
    key = UnitKey("residential_area", areas[0].id)
    commune.year_board.record_occurrence(key, "k3-1", date(2026, 5, 4), 2, "12/BB")
    choose("Xóm Bãi Chạo")
    panel = page.side.occurrences
    page.side.show_part("occurrences")
    press(panel, "Sửa: 04/05/2026 · 2 vụ · 12/BB")
    assert panel.form.boxes["on"].typed() == "04/05/2026"
    typed(panel.form, {"count": "1"})
    panel.save()
    idle(page)
    assert [one.count for one in commune.year_board.occurrences(key, 2026)] == [1]
    press(panel, "Xóa…: 04/05/2026 · 1 vụ · 12/BB")
    panel.reason.give()
    idle(page)
    assert len(commune.year_board.occurrences(key, 2026)) == 1
    panel.reason.box.set_value("Ghi hai lần")
    panel.reason.give()
    idle(page)
    assert commune.year_board.occurrences(key, 2026) == []
    assert not panel.reason.isVisible()


def test_an_occurrence_outside_the_period_is_said_under_the_day_and_nothing_is_lost(
    page: YearlyBoardPage, commune: Application, choose: Choose, typed: Typed, areas: list[ResidentialArea]
) -> None:
    choose("Xóm Bãi Chạo")
    panel = page.side.occurrences
    page.side.show_part("occurrences")
    typed(panel.form, {"on": "1/11/2026", "number": "12/BB đang gõ"})
    panel.save()
    idle(page)
    assert "31/10/2026" in panel.form.boxes["on"].said()
    typed(panel.form, {"item": "k3-2"})
    choose("Bưu điện trung tâm")
    assert panel.form.boxes["number"].typed() == ""
    choose("Xóm Bãi Chạo")
    assert panel.form.boxes["number"].typed() == "12/BB đang gõ"
    assert panel.form.boxes["item"].typed() == "k3-2"
    assert commune.year_board.occurrences(UnitKey("residential_area", areas[0].id), 2026) == []


def test_the_dossier_says_what_is_missing(
    page: YearlyBoardPage, commune: Application, choose: Choose, agency: Unit
) -> None:
    key = UnitKey("agency", agency.id)
    commune.year_board.record(key, 2026, "meeting", date(2026, 11, 10), outcome="agreed")
    page.refresh()
    idle(page)
    choose("Bưu điện trung tâm")
    page.side.show_part("dossier")
    said = words(page.side.dossier)
    assert "Hồ sơ còn thiếu" in said
    assert page.side._tabs["dossier"].text() == "Hồ sơ 1/5"
    assert "10/11/2026 · Nhất trí" in said
    press(page.side.dossier, "Ghi: Báo cáo kết quả thực hiện")
    assert page.side.steps.opened is page.side.steps.lines["result_report"]


def test_a_paper_of_the_dossier_is_seen_and_goes_off_again(
    page: YearlyBoardPage, choose: Choose, tmp_path: Path
) -> None:
    choose("Bưu điện trung tâm")
    page.side.show_part("dossier")
    press(page.side.dossier, "Xem tờ giấy: Báo cáo kết quả thực hiện")
    idle(page)
    desk = paper(page)
    assert desk is not None
    assert desk.view.pages >= 1
    for ending, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        desk.save_as(tmp_path / f"bao-cao.{ending}")
        idle(page)
        assert (tmp_path / f"bao-cao.{ending}").read_bytes().startswith(start)
    desk.close_it()
    assert page.table.isVisible()


def test_ctrl_p_shows_the_paper_of_the_step_in_hand(page: YearlyBoardPage, choose: Choose) -> None:
    choose("Xóm Bãi Chạo")
    page.side.steps.open_form("registration")
    page.obey(Command.PRINT)
    idle(page)
    desk = paper(page)
    assert desk is not None
    assert desk._paper.name == "dang-ky-cua-khu-dan-cu-2026-xom-bai-chao"


def test_the_self_assessment_is_a_paper_only_once_it_was_begun(
    page: YearlyBoardPage, commune: Application, choose: Choose, areas: list[ResidentialArea]
) -> None:
    choose("Xóm Bãi Chạo")
    page.side.show_part("dossier")
    press(page.side.dossier, "Xem tờ giấy: Tự đánh giá")
    idle(page)
    assert paper(page) is None
    assert "chưa lập" in page.banner.text()
    commune.assessments.start(areas[0].id, 2026)
    press(page.side.dossier, "Xem tờ giấy: Tự đánh giá")
    idle(page)
    assert paper(page) is not None


def test_one_list_names_all_chosen_units(page: YearlyBoardPage, areas: list[ResidentialArea]) -> None:
    page.table.setFocus()
    page.table.selectRow(0)
    flags = page.table.selectionModel().SelectionFlag
    for place in (1, 2):
        page.table.selectionModel().select(page._model.index(place, 0), flags.Select | flags.Rows)
    idle(page)
    page.batch._step.set_value("nomination_list")
    page.batch._step.picked.emit("nomination_list")
    page.batch._paper.click()
    idle(page)
    desk = paper(page)
    assert desk is not None
    assert [each.id for each in desk._paper.records] == [area.id for area in areas]
    assert not desk.view.banner.text()
