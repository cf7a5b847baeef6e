"""One decision for several units, numbers taken for good, papers looked at and printed, the register and the results."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from antq_desktop.documents.preview import previewing
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.domain.units import UnitKey
from antq_desktop.services.application import Application
from antq_desktop.ui import dialogs
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.recognitions.page import RecognitionsPage
from antq_desktop.ui.paper_desk import PaperDesk

Write = Callable[[QWidget, str], None]


@pytest.fixture
def agreed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Say yes to every question."""
    monkeypatch.setattr(dialogs, "confirm", lambda *_args, **_more: True)


@pytest.fixture
def page(
    office: Desk,
    areas: list[ResidentialArea],
    assess: Callable[[ResidentialArea], str],
    in_sight: Callable[[QWidget], None],
) -> RecognitionsPage:
    """Return the page; two of three areas met the criteria."""
    for area in areas[:2]:
        assess(area)
    return opened(office, in_sight)


def opened(office: Desk, in_sight: Callable[[QWidget], None]) -> RecognitionsPage:
    made = RecognitionsPage(office)
    office.announced.connect(made.changed)
    in_sight(made)
    made.freshen()
    office.lane.wait_idle()
    return made


def idle(page: RecognitionsPage) -> None:
    page.desk.lane.wait_idle()


def choose(page: RecognitionsPage, *rows: int) -> None:
    """Choose rows of the list by their places; all without any."""
    if rows:
        page.lists.units.selectRow(rows[0])
    else:
        page.lists.units.selectAll()
    idle(page)


def decide(page: RecognitionsPage, number: str = "412/QD-UBND", day: str = "18/11/2026") -> None:
    """Enter a decision for the chosen units by keyboard, Enter from field to field."""
    page._edit()
    for name, text in (("decision_number", number), ("decision_date", day)):
        field = page.side.form.boxes[name].input
        assert field.hasFocus()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
    page._save()
    idle(page)


def paper(page: RecognitionsPage) -> PaperDesk:
    """Return the paper that lies over the page."""
    idle(page)
    (shown,) = (found for found in page.findChildren(PaperDesk) if found.isVisible())
    return shown


def offers(page: RecognitionsPage) -> list[str]:
    return [made.text() for made in page.side.papers._buttons]  # type: ignore[attr-defined] # they are buttons


def press(page: RecognitionsPage, word: str) -> PaperDesk:
    page.side.papers._buttons[offers(page).index(word)].click()  # type: ignore[attr-defined] # they are buttons
    return paper(page)


def texts(page: RecognitionsPage, shown: str, *columns: int) -> list[list[str]]:
    model = getattr(page.lists, shown).model()
    return [[model.index(row, at).data() for at in columns] for row in range(model.rowCount())]


def test_only_units_that_met_the_criteria_stand_in_the_list(
    page: RecognitionsPage, areas: list[ResidentialArea]
) -> None:
    assert texts(page, "units", 0, 1, 2) == [[a.name, "Khu dân cư", "Chờ quyết định"] for a in areas[:2]]
    assert not page.action.isEnabled()


def test_a_decision_is_entered_by_key_and_names_come_from_the_settings(
    page: RecognitionsPage, commune: Application
) -> None:
    choose(page, 0)
    assert page.action.text() == "Nhập quyết định"
    assert page.side.form.boxes["signer"].typed() == "Đinh Công Thắng"
    assert page.side.form.boxes["decided_by"].typed() == "Ủy ban nhân dân xã Kim Bôi"
    assert "Điều 10 khoản 1" in page.side.form.boxes["signer"].said()
    decide(page)
    row = commune.recognitions.rows()[0]
    assert (row.decision_number, row.decision_date) == ("412/QD-UBND", date(2026, 11, 18))
    assert page.action.text() == "Cấp số và in"


def test_one_decision_recognises_all_chosen_units_with_a_result_each(
    page: RecognitionsPage, commune: Application, areas: list[ResidentialArea]
) -> None:
    choose(page)
    assert page.side.heading.text() == "Một quyết định cho 2 đơn vị"
    decide(page)
    assert [row.decision_number for row in commune.recognitions.rows()] == ["412/QD-UBND"] * 2
    assert len(page.chosen) == 2
    page.see("results")
    told = texts(page, "results", 0, 1)
    assert [name for name, _said in told] == [area.name for area in areas[:2]]
    for _name, said in told:  # what the year still lacks stands behind it
        assert said.startswith("Công nhận theo quyết định 412/QD-UBND. Hồ sơ còn thiếu: Họp đánh giá")


def test_a_unit_that_waits_is_decided_without_touching_one_that_was(
    page: RecognitionsPage, commune: Application
) -> None:
    choose(page, 0)
    decide(page, "1/QD")
    choose(page)
    assert page.side.heading.text() == "Quyết định cho 1/2 đơn vị"
    assert not page.side.box.isVisible()
    decide(page, "2/QD")
    assert [row.decision_number for row in commune.recognitions.rows()] == ["1/QD", "2/QD"]


def test_one_that_fails_is_named_and_what_was_typed_stays_for_it(
    page: RecognitionsPage, commune: Application, areas: list[ResidentialArea]
) -> None:
    draft = commune.assessments.start(areas[2].id).record
    late = commune.recognitions.rows()[1]
    commune.assessments.reopen(str(late.id), "Họp lại")
    commune.assessments.finalise(str(late.id), date(2026, 11, 19))
    assert draft.state == "draft"
    choose(page)
    decide(page)
    assert page.banner.text().startswith("Đã lưu quyết định cho 1/2 đơn vị.")
    assert areas[1].name in page.banner.text()
    assert page.side.form.boxes["decision_number"].typed() == "412/QD-UBND"
    page.see("results")
    assert texts(page, "results", 0)[0] == [areas[1].name]
    assert [row.recognised for row in commune.recognitions.rows()] == [True, False]


def test_what_is_missing_is_said_under_its_field_and_nothing_is_kept(
    page: RecognitionsPage, commune: Application
) -> None:
    choose(page, 0)
    page._edit()
    page._save()
    assert "«Số quyết định»" in page.side.form.boxes["decision_number"].said()
    decide(page, day="21/11/2026")
    assert "chưa đến" in page.side.form.boxes["decision_date"].said()
    assert page.banner.text() == ""
    assert commune.recognitions.rows()[0].recognition_id is None


@pytest.mark.usefixtures("agreed")
def test_numbers_are_taken_and_all_papers_are_laid_over_the_page_as_one(
    page: RecognitionsPage, commune: Application, tmp_path: Path
) -> None:
    choose(page)
    decide(page)
    page.action.trigger()
    shown = paper(page)
    assert [row.certificate_number for row in commune.recognitions.rows()] == [1, 2]
    assert shown.view.pages == 2
    assert [row.printed for row in commune.recognitions.register()] == [0, 0]
    shown.save_as(tmp_path / "giay.pdf")
    idle(page)
    with previewing(tmp_path / "giay.pdf") as saved:
        assert saved.pages == 2
    assert [row.printed for row in commune.recognitions.register()] == [1, 1]
    shown.close_it()
    assert page.action.text() == "In"
    assert len(page.chosen) == 2


@pytest.mark.usefixtures("agreed")
def test_a_unit_without_a_number_is_named_and_the_others_keep_theirs(
    page: RecognitionsPage, commune: Application, areas: list[ResidentialArea]
) -> None:
    for place, day in enumerate(("18/11/2026", "20/11/2026")):
        choose(page, place)
        decide(page, f"{place}/QD", day)
    choose(page)
    page.side.box.issued_on.set_value(date(2026, 11, 19))
    page.action.trigger()
    idle(page)
    assert page.banner.text().startswith("Đã cấp số cho 1/2 Giấy công nhận.")
    assert areas[1].name in page.banner.text()
    page.see("results")
    assert texts(page, "results", 0)[0] == [areas[1].name]
    assert texts(page, "results", 1)[1] == ["Số 01/GCN"]
    assert [row.certificate_number for row in commune.recognitions.rows()] == [1, None]


def test_whoever_does_not_confirm_takes_no_number(
    page: RecognitionsPage, commune: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialogs, "confirm", lambda *_args, **_more: False)
    choose(page, 0)
    decide(page)
    page.action.trigger()
    idle(page)
    assert commune.recognitions.rows()[0].certificate_number is None


@pytest.mark.usefixtures("agreed")
def test_printing_again_asks_why_and_then_prints(
    page: RecognitionsPage, commune: Application, tmp_path: Path, write: Write
) -> None:
    choose(page, 0)
    decide(page)
    page.action.trigger()
    paper(page).save_as(tmp_path / "mot.pdf")
    idle(page)
    paper(page).close_it()
    page.action.trigger()
    shown = paper(page)
    shown.save_as(tmp_path / "hai.pdf")
    idle(page)
    assert not (tmp_path / "hai.pdf").exists()
    write(shown.reason.input, "Giấy bị rách")
    QTest.keyClick(shown.reason.input, Qt.Key.Key_Return)
    idle(page)
    assert (tmp_path / "hai.pdf").exists()
    assert commune.recognitions.register()[0].printed == 2


@pytest.mark.usefixtures("agreed")
def test_a_bought_blank_bears_the_print_moved_as_the_printer_needs_it(
    page: RecognitionsPage, commune: Application, tmp_path: Path
) -> None:
    choose(page, 0)
    decide(page)
    page.action.trigger()
    paper(page).close_it()
    page.side.box.print_asked.emit(True)
    shown = paper(page)
    white, blank = tmp_path / "trang.pdf", tmp_path / "phoi.pdf"
    commune.printing.certificates([str(page.chosen[0].certificate_id)], white, reason="Thử")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "in.pdf"))
    shown._reason = "Giấy cũ hỏng"
    shown.print_on(printer)
    idle(page)
    assert (tmp_path / "in.pdf").read_bytes().startswith(b"%PDF")
    shown._reason = "Giấy cũ hỏng"
    shown.save_as(blank)
    idle(page)
    assert blank.stat().st_size < white.stat().st_size


@pytest.mark.usefixtures("agreed")
def test_a_withdrawn_certificate_keeps_its_number_and_the_next_one_is_another(
    page: RecognitionsPage, commune: Application, write: Write
) -> None:
    choose(page, 0)
    decide(page)
    page.action.trigger()
    paper(page).close_it()
    page.side.box.withdrawal.ask()
    why = page.side.box.withdrawal.form.boxes["reason"]
    assert "«Lý do thu hồi»" in why.said()
    write(why.input, "Ghi nhầm tên")
    QTest.keyClick(why.input, Qt.Key.Key_Return)
    idle(page)
    row = commune.recognitions.rows()[0]
    assert (row.withdrawn_on, row.withdrawn_reason) == (date(2026, 11, 20), "Ghi nhầm tên")
    page.side.box._ask_issue()
    paper(page).close_it()
    assert commune.recognitions.rows()[0].certificate_number == 2
    assert page.side.past.texts() == [
        "Số 01/GCN, thu hồi ngày 20/11/2026: Ghi nhầm tên",
        "Số 02/GCN, cấp ngày 20/11/2026. Chưa in.",
    ]
    page.see("register")
    assert texts(page, "register", 0, 2, 7, 8) == [
        ["01/GCN", "Khu dân cư", "Thu hồi ngày 20/11/2026", "Ghi nhầm tên"],
        ["02/GCN", "Khu dân cư", "Còn hiệu lực", ""],
    ]


@pytest.mark.usefixtures("agreed")
def test_another_decision_may_follow_a_withdrawal_and_both_stand_there(
    page: RecognitionsPage, commune: Application
) -> None:
    choose(page, 0)
    decide(page, "1/QD")
    page.action.trigger()
    paper(page).close_it()
    commune.recognitions.withdraw(str(page.chosen[0].certificate_id), date(2026, 11, 20), "Ghi nhầm")
    page.make_stale()
    idle(page)
    assert page.side.heading.text() == "Quyết định khác"
    for name, text in (("decision_number", "9/QD"), ("decision_date", "20/11/2026")):
        page.side.form.boxes[name].set_typed(text)
    page._save()
    idle(page)
    assert [kept.decision_number for kept in commune.recognitions.decisions(str(page.chosen[0].id))] == [
        "1/QD",
        "9/QD",
    ]
    assert page.action.text() == "Cấp số và in"


def test_what_was_typed_for_one_unit_comes_back_after_another(page: RecognitionsPage, write: Write) -> None:
    number = page.side.form.boxes["decision_number"]
    choose(page, 0)
    write(number.input, "412/QĐ-UBND")
    choose(page, 1)
    assert number.typed() == ""
    choose(page, 0)
    assert number.typed() == "412/QĐ-UBND"


@pytest.mark.usefixtures("agreed")
def test_a_reason_half_typed_outlives_what_others_change(
    page: RecognitionsPage, commune: Application, write: Write
) -> None:
    choose(page, 0)
    decide(page)
    page.action.trigger()
    paper(page).close_it()
    why = page.side.box.withdrawal.form.boxes["reason"]
    write(why.input, "Ghi nhầm")
    page.desk.announce(commune.settings.put("place", "Bo"))
    idle(page)
    assert why.typed() == "Ghi nhầm"
    choose(page, 1)
    choose(page, 0)
    assert why.typed() == "Ghi nhầm"


def test_the_papers_before_and_after_the_decision(page: RecognitionsPage, tmp_path: Path) -> None:
    choose(page)
    drafts = "Bản nháp các Giấy công nhận"
    assert offers(page) == ["Tờ trình", "Danh sách đề nghị", "Dự thảo quyết định để ký", drafts]
    for word in offers(page):
        shown = press(page, word)
        assert shown.view.pages == 2 if word == drafts else shown.view.pages > 0
        shown.close_it()
    choose(page, 0)
    shown = press(page, "Bản nháp Giấy công nhận")
    assert shown.view.pages == 1
    shown.close_it()
    choose(page)
    decide(page)
    assert offers(page) == ["Tờ trình", "Danh sách đề nghị", "Quyết định kèm danh sách", drafts]
    shown = press(page, "Quyết định kèm danh sách")
    shown.save_as(tmp_path / "quyet-dinh.docx")
    idle(page)
    assert (tmp_path / "quyet-dinh.docx").exists()


def test_the_register_is_saved_as_a_spreadsheet(
    page: RecognitionsPage, commune: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assessment = str(commune.recognitions.rows()[0].id)
    decision = commune.recognitions.recognise(assessment, "1/QĐ", date(2026, 11, 18)).record
    commune.recognitions.issue(decision.id, date(2026, 11, 19))
    page.make_stale()
    idle(page)
    path = tmp_path / "so.xlsx"
    monkeypatch.setattr(dialogs, "save_file", lambda *_args: path)
    page.see("register")
    page.lists.export()
    idle(page)
    cells = [cell for row in load_workbook(path).worksheets[0].values for cell in row]
    assert {"01/GCN", "Số lần in", "Còn hiệu lực", "19/11/2026"} <= set(cells)


def test_a_line_of_the_register_leads_to_its_unit_whatever_narrowed_the_list(
    page: RecognitionsPage, commune: Application, areas: list[ResidentialArea]
) -> None:
    assessment = str(commune.recognitions.rows()[1].id)
    decision = commune.recognitions.recognise(assessment, "1/QĐ", date(2026, 11, 18)).record
    commune.recognitions.issue(decision.id, date(2026, 11, 19))
    page.make_stale()
    page.wanted(standing="undecided")
    idle(page)
    assert len(texts(page, "units", 0)) == 1
    page.see("register")
    page.lists.register.opened.emit(page.lists._numbers.row_at(0))
    idle(page)
    assert [row.unit_id for row in page.chosen] == [areas[1].id]


def test_in_a_narrow_window_several_can_be_chosen_and_what_is_said_is_seen(
    page: RecognitionsPage, commune: Application
) -> None:
    page.resize(620, 330)
    choose(page)
    assert page.lists.units.isVisible()
    page.action.trigger()
    assert page.side.form.isVisible()
    assert not page.lists.units.isVisible()
    page.side.form.boxes["decision_number"].set_typed("412/QĐ-UBND")
    page.side.form.boxes["decision_date"].set_typed("18/11/2026")
    page._save()
    idle(page)
    assert page.banner.isVisible()
    assert [row.decision_number for row in commune.recognitions.rows()] == ["412/QĐ-UBND"] * 2


def test_a_unit_that_another_page_asks_for_is_chosen(
    page: RecognitionsPage, areas: list[ResidentialArea]
) -> None:
    choose(page, 0)
    page.wanted(area_id=areas[1].id)
    idle(page)
    assert [row.unit_id for row in page.chosen] == [areas[1].id]
    page.wanted(unit_id=areas[2].id)
    idle(page)
    assert "Chưa công nhận được" in page.banner.text()


@pytest.fixture
def numbered(page: RecognitionsPage, commune: Application) -> RecognitionsPage:
    """Return the page with its register of two numbers in sight."""
    for row in commune.recognitions.rows()[:2]:
        decision = commune.recognitions.recognise(str(row.id), "1/QĐ", date(2026, 11, 18)).record
        commune.recognitions.issue(decision.id, date(2026, 11, 19))
    page.make_stale()
    idle(page)
    page.see("register")
    idle(page)
    return page


def test_a_number_of_the_register_is_printed_and_again_with_a_reason(
    numbered: RecognitionsPage, commune: Application, tmp_path: Path, write: Write
) -> None:
    numbered.lists.register.selectRow(1)
    idle(numbered)
    assert numbered.numbers.isVisible()
    assert not numbered.side.isVisible()
    assert not numbered._details._foot.isVisible()
    assert "Chưa in." in numbered.numbers.said.text()
    numbered.action.trigger()
    shown = paper(numbered)
    shown.save_as(tmp_path / "mot.pdf")
    shown.save_as(tmp_path / "hai.pdf")
    idle(numbered)
    assert not (tmp_path / "hai.pdf").exists()
    write(shown.reason.input, "Giấy bị rách")
    QTest.keyClick(shown.reason.input, Qt.Key.Key_Return)
    idle(numbered)
    assert (tmp_path / "hai.pdf").exists()
    assert [row.printed for row in commune.recognitions.register()] == [0, 2]


@pytest.mark.usefixtures("agreed")
def test_a_number_of_the_register_is_withdrawn_there_and_left_out_of_the_print_of_all(
    numbered: RecognitionsPage, commune: Application, write: Write
) -> None:
    numbered.lists.register.selectRow(0)
    idle(numbered)
    box = numbered.numbers.withdrawal
    write(box.form.boxes["reason"].input, "Ghi nhầm tên")
    box.ask()
    idle(numbered)
    first, second = commune.recognitions.register()
    assert (first.withdrawn_reason, second.withdrawn_on) == ("Ghi nhầm tên", None)
    assert not box.isVisible()
    assert "Ghi nhầm tên" in numbered.numbers.said.text()
    assert not numbered.action.isEnabled()
    numbered.lists.register.selectAll()
    idle(numbered)
    numbered.numbers.print_asked.emit(False)
    assert paper(numbered).view.pages == 1


def test_the_details_follow_from_the_register_back_to_the_unit(numbered: RecognitionsPage) -> None:
    numbered.lists.register.selectRow(0)
    idle(numbered)
    numbered.numbers.unit_asked.emit()
    idle(numbered)
    assert numbered.side.isVisible()
    assert not numbered.numbers.isVisible()
    assert [row.certificate_number for row in numbered.chosen] == [1]


def test_a_result_that_no_longer_agrees_with_the_data_is_said_beside_the_unit(
    page: RecognitionsPage, areas: list[ResidentialArea]
) -> None:
    choose(page, 0)
    assert page.side.moved.text() == ""
    for area in areas[:2]:
        page.desk.services.year_board.record_occurrence(
            UnitKey("residential_area", area.id), "k3-7", date(2026, 5, 4), 1, "12/BB-CAX"
        )
    page.make_stale()
    idle(page)
    choose(page, 1)
    assert "không còn khớp số liệu" in page.side.moved.text()
    assert page.side.to_moved.isVisible()
