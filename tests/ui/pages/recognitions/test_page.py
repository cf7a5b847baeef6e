"""One decision for several units, numbers taken for good, papers printed once and again only with a reason."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.services.application import Application
from antq_desktop.ui import dialogs
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.recognitions.page import RecognitionsPage

Write = Callable[[QWidget, str], None]


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Say yes to every question and let every paper go to one file."""
    monkeypatch.setattr(dialogs, "confirm", lambda *_args, **_more: True)
    path = tmp_path / "giay.pdf"
    monkeypatch.setattr(dialogs, "save_file", lambda *_args: path)
    return path


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
    made = RecognitionsPage(office)
    office.announced.connect(made.changed)
    in_sight(made)
    made.freshen()
    office.lane.wait_idle()
    return made


def decide(page: RecognitionsPage, number: str = "412/QD-UBND", day: str = "18/11/2026") -> None:
    """Enter a decision for the chosen units by keyboard, Enter from field to field."""
    page._edit()
    for name, text in (("decision_number", number), ("decision_date", day)):
        field = page.form.boxes[name].input
        assert field.hasFocus()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
    page._save()
    page.desk.lane.wait_idle()


def idle(page: RecognitionsPage) -> None:
    page.desk.lane.wait_idle()


def test_only_units_that_met_the_criteria_stand_in_the_list(
    page: RecognitionsPage, areas: list[ResidentialArea]
) -> None:
    model = page.table.model()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == [a.name for a in areas[:2]]
    assert not page.action.isEnabled()


def test_a_decision_is_entered_by_key_and_names_come_from_the_settings(
    page: RecognitionsPage, commune: Application
) -> None:
    page.table.selectRow(0)
    assert page.action.text() == "Nhập quyết định"
    assert page.form.boxes["signer"].typed() == "Đinh Công Thắng"
    assert "Điều 10 khoản 1" in page.form.boxes["signer"].said()
    decide(page)
    row = commune.recognitions.rows()[0]
    assert (row.decision_number, row.decision_date) == ("412/QD-UBND", date(2026, 11, 18))
    assert page.action.text() == "Cấp số và in"


def test_one_decision_recognises_all_chosen_units(page: RecognitionsPage, commune: Application) -> None:
    page.table.selectAll()
    decide(page)
    assert [row.decision_number for row in commune.recognitions.rows()] == ["412/QD-UBND"] * 2
    assert len(page.chosen) == 2


def test_what_is_missing_is_said_under_its_field_and_nothing_is_kept(
    page: RecognitionsPage, commune: Application
) -> None:
    page.table.selectRow(0)
    page._edit()
    page._save()
    assert "«Số quyết định»" in page.form.boxes["decision_number"].said()
    decide(page, day="21/11/2026")
    assert "chưa đến" in page.form.boxes["decision_date"].said()
    assert commune.recognitions.rows()[0].recognition_id is None


def test_numbers_are_taken_and_all_papers_go_into_one_file(
    page: RecognitionsPage, commune: Application, paper: Path
) -> None:
    page.table.selectAll()
    decide(page)
    page.action.trigger()
    idle(page)
    assert [row.certificate_number for row in commune.recognitions.rows()] == [1, 2]
    assert paper.read_bytes().startswith(b"%PDF")
    assert "2 Giấy công nhận" in page.banner.text()
    assert page.action.text() == "In"


def test_whoever_does_not_confirm_takes_no_number(
    page: RecognitionsPage, commune: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialogs, "confirm", lambda *_args, **_more: False)
    page.table.selectRow(0)
    decide(page)
    page.action.trigger()
    idle(page)
    assert commune.recognitions.rows()[0].certificate_number is None


def test_printing_again_asks_why_and_then_prints(page: RecognitionsPage, paper: Path, write: Write) -> None:
    page.table.selectRow(0)
    decide(page)
    page.action.trigger()
    idle(page)
    paper.unlink()
    page.action.trigger()
    idle(page)
    assert not paper.exists()
    assert page.box.reason.isVisible()
    assert page.box.reason.input.hasFocus()
    write(page.box.reason.input, "Giấy bị rách")
    QTest.keyClick(page.box.reason.input, Qt.Key.Key_Return)
    idle(page)
    assert paper.exists()


def test_a_withdrawn_certificate_keeps_its_number_and_the_next_one_is_another(
    page: RecognitionsPage, commune: Application, paper: Path, write: Write
) -> None:
    page.table.selectRow(0)
    decide(page)
    page.action.trigger()
    idle(page)
    page.box._ask_withdraw()
    assert "«Lý do thu hồi»" in page.box.why.said()
    write(page.box.why.input, "Ghi nhầm tên")
    QTest.keyClick(page.box.why.input, Qt.Key.Key_Return)
    idle(page)
    row = commune.recognitions.rows()[0]
    assert (row.withdrawn_on, row.withdrawn_reason) == (date(2026, 11, 20), "Ghi nhầm tên")
    page.box._ask_issue()
    idle(page)
    assert commune.recognitions.rows()[0].certificate_number == 2
    register = page.register.model()
    page._change_view("register")
    shown = [[register.index(row, at).data() for at in (0, 4)] for row in range(register.rowCount())]
    assert shown == [["01/GCN", "Thu hồi ngày 20/11/2026"], ["02/GCN", "Còn hiệu lực"]]


def test_what_was_typed_for_one_unit_comes_back_after_another(page: RecognitionsPage, write: Write) -> None:
    page.table.selectRow(0)
    write(page.form.boxes["decision_number"].input, "412/QĐ-UBND")
    page.table.selectRow(1)
    assert page.form.boxes["decision_number"].typed() == ""
    page.table.selectRow(0)
    assert page.form.boxes["decision_number"].typed() == "412/QĐ-UBND"


def test_in_a_narrow_window_several_can_be_chosen_and_what_is_said_is_seen(
    page: RecognitionsPage, commune: Application, paper: Path
) -> None:
    page.resize(620, 330)
    page.table.selectAll()
    assert page.table.isVisible()
    page.action.trigger()
    assert page.form.isVisible()
    assert not page.table.isVisible()
    page.form.boxes["decision_number"].set_typed("412/QĐ-UBND")
    page.form.boxes["decision_date"].set_typed("18/11/2026")
    page._save()
    idle(page)
    assert page.banner.isVisible()
    assert [row.decision_number for row in commune.recognitions.rows()] == ["412/QĐ-UBND"] * 2


def test_a_unit_that_another_page_asks_for_is_chosen(
    page: RecognitionsPage, areas: list[ResidentialArea]
) -> None:
    page.table.selectRow(0)
    page.wanted(area_id=areas[1].id)
    idle(page)
    assert [row.unit_id for row in page.chosen] == [areas[1].id]
