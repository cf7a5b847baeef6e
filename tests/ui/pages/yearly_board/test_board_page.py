"""The officer follows every unit through its year, by the keyboard, one at a time or many at once."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.domain.units import Unit, UnitKey
from antq_desktop.services.application import Application
from antq_desktop.services.yearly.year_standing import BoardRow
from antq_desktop.ui import theme
from antq_desktop.ui.actions import Command
from antq_desktop.ui.pages.yearly_board.page import YearlyBoardPage
from antq_desktop.ui.pages.yearly_board.step_form import StepForm
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.field import FieldBox

Choose = Callable[[str], BoardRow]
Typed = Callable[[QWidget, dict[str, str]], None]
FEBRUARY = date(2026, 2, 5)


def names(page: YearlyBoardPage) -> list[str]:
    model = page.table.model()
    return [str(model.index(place, 0).data()) for place in range(model.rowCount())]


def open_form(page: YearlyBoardPage, step: str) -> StepForm:
    page.side.steps.open_form(step)
    form = page.side.steps.lines[step].form
    assert form is not None
    return form


def box(form: StepForm, name: str) -> FieldBox:
    return form.form.boxes[name]


def opened(page: YearlyBoardPage) -> str:
    """Return the step whose form is open, or nothing."""
    line = page.side.steps.opened
    return line.state.step.id if line is not None else ""


def idle(page: YearlyBoardPage) -> None:
    page.desk.lane.wait_idle()


def test_every_unit_stands_there_and_those_not_assessed_say_why_in_grey(page: YearlyBoardPage) -> None:
    assert names(page) == [
        "Xóm Bãi Chạo",
        "Xóm Mớ Đá",
        "Xóm Vó Khang",
        "Bưu điện trung tâm",
        "Trường Tiểu học Kim Bôi",
        "Xã Kim Bôi",
    ]
    index = page.table.model().index(4, 3)
    assert "Điều 1 khoản 2" in index.data()
    assert index.data(Qt.ItemDataRole.ForegroundRole) == theme.colour("muted")
    assert page.table.model().index(0, 3).data() == "Nghị quyết của chi bộ"
    assert page.table.model().index(0, 4).data() == "31/03/2026"


def test_the_figures_count_and_lead_to_their_rows(
    page: YearlyBoardPage, commune: Application, areas: list[ResidentialArea]
) -> None:
    commune.year_board.record(UnitKey("residential_area", areas[0].id), 2026, "registration", FEBRUARY)
    page.refresh()
    idle(page)
    assert [text for _only, text in page.figures.words()] == [
        "5 đơn vị",
        "1 đã đăng ký",
        "0 được công nhận",
        "5 có bước quá hạn",
        "1 không xét",
    ]
    page.figures.asked.emit("registered")
    assert names(page) == ["Xóm Bãi Chạo"]
    page.figures.asked.emit("excluded")
    assert names(page) == ["Trường Tiểu học Kim Bôi"]
    page.figures.asked.emit("")
    assert len(names(page)) == 6


def test_the_tick_for_overdue_units_and_its_figure_are_one_filter(page: YearlyBoardPage) -> None:
    page._overdue.click()
    assert "Trường Tiểu học Kim Bôi" not in names(page)
    assert page.figures._buttons["overdue"].isChecked()
    page.figures.asked.emit("")
    assert not page._overdue.isChecked()


def test_the_list_is_narrowed_by_kind_and_by_name(page: YearlyBoardPage) -> None:
    page._kind.set_value("agency")
    page._kind.picked.emit("agency")
    assert names(page) == ["Bưu điện trung tâm"]
    page._kind.picked.emit("")
    page._text.wanted.emit("mo da")
    assert names(page) == ["Xóm Mớ Đá"]


def test_the_next_step_is_recorded_by_key(
    page: YearlyBoardPage, commune: Application, choose: Choose, areas: list[ResidentialArea]
) -> None:
    choose("Xóm Bãi Chạo")
    page.obey(Command.EDIT)
    form = page.side.steps.lines["resolution"].form
    assert form is not None
    for name, text in (("on", "20/1"), ("number", "03-NQ"), ("by", ""), ("note", "")):
        assert box(form, name).input.hasFocus(), name
        QTest.keyClicks(box(form, name).input, text)
        QTest.keyClick(box(form, name).input, Qt.Key.Key_Return)
    idle(page)
    kept = commune.year_board.taken(UnitKey("residential_area", areas[0].id), 2026)["resolution"]
    assert (kept.on, kept.number) == (date(2026, 1, 20), "03-NQ")
    line = page.side.steps.lines["resolution"]
    assert line.form is None
    assert line._word.text() == "Đã xong"
    assert "20/01/2026 · số 03-NQ" in line._facts.text()
    assert names(page)[0] == "Xóm Bãi Chạo"
    assert page.table.model().index(0, 3).data() == "Đăng ký của khu dân cư"


def test_saving_goes_on_to_the_next_step_that_is_recorded(
    page: YearlyBoardPage, choose: Choose, typed: Typed
) -> None:
    choose("Xóm Bãi Chạo")
    typed(open_form(page, "resolution").form, {"on": "20/1/2026", "number": "03-NQ"})
    page.obey(Command.SAVE_AND_NEW)
    idle(page)
    assert opened(page) == "registration"


def test_a_step_says_what_its_deadline_rests_on_and_how_sure_that_is(
    page: YearlyBoardPage, commune: Application, choose: Choose
) -> None:
    choose("Xóm Bãi Chạo")
    lines = page.side.steps.lines
    assert (
        lines["registration"]._basis.text()
        == "Hạn 31/03/2026 · Điều 4 khoản 1 (trong Quý I) · đã thấy văn bản"
    )
    assert lines["registration"]._word.text() == "Quá hạn"
    assert lines["submitted"]._basis.text().endswith("chưa đối chiếu văn bản gốc")
    commune.year_board.set_deadlines({"residential_area.registration": "04-15"})
    page.refresh()
    idle(page)
    assert lines["registration"]._basis.text() == "Hạn 15/04/2026 · cơ quan tự đặt"


def test_correcting_shows_what_was_recorded_and_keeps_the_rest(
    page: YearlyBoardPage, commune: Application, choose: Choose, typed: Typed, agency: Unit
) -> None:
    key = UnitKey("agency", agency.id)
    commune.year_board.record(key, 2026, "staff_told", FEBRUARY, part=38, whole=40, note="Còn hai người ốm")
    page.refresh()
    idle(page)
    choose("Bưu điện trung tâm")
    line = page.side.steps.lines["staff_told"]
    assert (line._word.text(), line._facts.text()) == ("Quá hạn", "05/02/2026 · 38/40")
    form = open_form(page, "staff_told")
    assert [box(form, name).typed() for name in ("on", "part", "whole", "note")] == [
        "05/02/2026",
        "38",
        "40",
        "Còn hai người ốm",
    ]
    typed(form.form, {"part": "40"})
    page.obey(Command.SAVE)
    idle(page)
    kept = commune.year_board.taken(key, 2026)["staff_told"]
    assert (kept.part, kept.whole, kept.on, kept.note) == (40, 40, FEBRUARY, "Còn hai người ốm")


@pytest.mark.parametrize(
    ("texts", "field", "said"),
    [
        ({}, "on", "«Ngày»"),
        ({"on": "31/2"}, "on", "không phải là ngày"),
        ({"on": "21/11/2026"}, "on", "chưa đến"),
        ({"on": "31/10/2025"}, "on", "01/11/2025"),
    ],
)
def test_what_cannot_be_is_said_under_its_field_and_nothing_is_kept(
    page: YearlyBoardPage,
    commune: Application,
    choose: Choose,
    typed: Typed,
    areas: list[ResidentialArea],
    *,
    texts: dict[str, str],
    field: str,
    said: str,
) -> None:
    choose("Xóm Bãi Chạo")
    form = open_form(page, "registration")
    typed(form.form, texts)
    page.obey(Command.SAVE)
    idle(page)
    assert said in box(form, field).said()
    assert box(form, field).input.hasFocus()
    assert commune.year_board.taken(UnitKey("residential_area", areas[0].id), 2026) == {}


def test_a_part_above_the_whole_is_said_under_the_part(
    page: YearlyBoardPage, choose: Choose, typed: Typed
) -> None:
    choose("Bưu điện trung tâm")
    form = open_form(page, "staff_told")
    typed(form.form, {"on": "5/2/2026", "part": "41", "whole": "40"})
    page.obey(Command.SAVE)
    idle(page)
    assert "41" in box(form, "part").said()


def test_a_step_is_taken_back_only_with_a_reason(
    page: YearlyBoardPage, commune: Application, choose: Choose, areas: list[ResidentialArea]
) -> None:
    key = UnitKey("residential_area", areas[0].id)
    commune.year_board.record(key, 2026, "registration", FEBRUARY)
    page.refresh()
    idle(page)
    choose("Xóm Bãi Chạo")
    form = open_form(page, "registration")
    form.reason.ask()
    form.reason.give()
    assert form.reason.box.said()
    assert "registration" in commune.year_board.taken(key, 2026)
    form.reason.box.set_value("Ghi nhầm xóm")
    QTest.keyClick(form.reason.box.input, Qt.Key.Key_Return)
    idle(page)
    assert commune.year_board.taken(key, 2026) == {}
    assert page.side.steps.lines["registration"].form is None


def test_what_was_typed_survives_another_unit_and_the_year(
    page: YearlyBoardPage, choose: Choose, typed: Typed
) -> None:
    choose("Xóm Bãi Chạo")
    typed(open_form(page, "resolution").form, {"number": "03-NQ đang gõ"})
    choose("Xóm Mớ Đá")
    assert opened(page) == ""
    assert box(open_form(page, "resolution"), "number").typed() == ""
    page.desk.year_changed.connect(page.year_changed)
    page.desk.set_year(2025)
    idle(page)
    page.desk.set_year(2026)
    idle(page)
    choose("Xóm Bãi Chạo")
    assert box(open_form(page, "resolution"), "number").typed() == "03-NQ đang gõ"


def test_an_open_form_stays_when_something_else_changes(
    page: YearlyBoardPage, commune: Application, choose: Choose, typed: Typed, areas: list[ResidentialArea]
) -> None:
    choose("Xóm Bãi Chạo")
    form = open_form(page, "resolution")
    typed(form.form, {"number": "03-NQ"})
    done = commune.year_board.record(UnitKey("residential_area", areas[0].id), 2026, "registration", FEBRUARY)
    page.desk.announce(done.changes)
    idle(page)
    line = page.side.steps.lines["resolution"]
    assert line.form is form
    assert box(form, "number").typed() == "03-NQ"
    assert page.side.steps.lines["registration"]._word.text() == "Đã xong"


def test_a_step_that_follows_from_another_page_leads_there(
    page: YearlyBoardPage, choose: Choose, areas: list[ResidentialArea]
) -> None:
    went: list[tuple[str, dict[str, object]]] = []
    page.desk.gone_to.connect(lambda where, what: went.append((where, what)))
    choose("Xóm Bãi Chạo")
    for step in ("households_registered", "self_assessment", "decision", "certificate"):
        page.side.steps.lines[step].way.click()
    unit = {"unit_id": areas[0].id}
    assert went == [
        ("commitments", {"area_id": areas[0].id}),
        ("assessments", unit),
        ("recognitions", unit),
        ("recognitions", unit),
    ]
    page.side.steps.lines["dossier"].way.click()
    assert page.side.part == "dossier"
    page.side.steps.lines["occurrences"].way.click()
    assert page.side.part == "occurrences"


def test_a_unit_that_is_not_assessed_shows_the_reason_and_offers_no_step(
    page: YearlyBoardPage, choose: Choose, primary: Unit
) -> None:
    went: list[tuple[str, dict[str, object]]] = []
    page.desk.gone_to.connect(lambda where, what: went.append((where, what)))
    choose("Trường Tiểu học Kim Bôi")
    assert "Điều 1 khoản 2" in page.side._why.text()
    assert page.side.steps.lines == {}
    assert not page.side.steps.isVisible()
    assert not page.action.isEnabled()
    page.side._unit.click()
    assert went == [("units", {"unit_id": primary.id})]


def test_the_same_step_is_recorded_for_all_chosen_units_with_a_result_for_each(
    page: YearlyBoardPage, commune: Application, typed: Typed, areas: list[ResidentialArea]
) -> None:
    commune.year_board.record(UnitKey("residential_area", areas[1].id), 2026, "registration", FEBRUARY)
    page.refresh()
    idle(page)
    page.table.selectAll()
    idle(page)
    assert page.action.text() == "Ghi bước cho tất cả"
    page.batch._step.set_value("registration")
    page.batch._step.picked.emit("registration")
    assert "4 trong 6" in page.batch._count.text()
    assert page.batch.form is not None
    typed(page.batch.form, {"on": "5/3", "number": "01/ĐK"})
    page.obey(Command.SAVE)
    idle(page)
    said = {told.text.partition(":")[0]: told.state for told in page.batch.told}
    assert said == {
        "Xóm Bãi Chạo": State.GOOD,
        "Xóm Mớ Đá": State.LOOK,
        "Xóm Vó Khang": State.GOOD,
        "Bưu điện trung tâm": State.GOOD,
        "Trường Tiểu học Kim Bôi": State.BAD,
        "Xã Kim Bôi": State.GOOD,
    }
    days = [
        commune.year_board.taken(UnitKey("residential_area", area.id), 2026)["registration"].on
        for area in areas
    ]
    assert days == [date(2026, 3, 5), FEBRUARY, date(2026, 3, 5)]
    assert len(page.chosen) == 6
    assert dict(page.figures.words())["registered"] == "5 đã đăng ký"


def test_a_wrong_day_for_several_units_is_said_once_under_its_field(
    page: YearlyBoardPage, commune: Application, typed: Typed
) -> None:
    page.table.selectAll()
    idle(page)
    assert page.batch.form is not None
    typed(page.batch.form, {"on": "21/11/2026"})
    page.obey(Command.SAVE)
    idle(page)
    assert "chưa đến" in page.batch.form.boxes["on"].said()
    assert all(told.state is not State.GOOD for told in page.batch.told)
    assert page.batch.form.boxes["on"].typed() == "21/11/2026"


def test_another_page_asks_for_a_unit_whatever_is_filtered(
    page: YearlyBoardPage, agency: Unit, areas: list[ResidentialArea]
) -> None:
    page._kind.picked.emit("school")
    page.wanted(unit_id=agency.id, part="dossier")
    idle(page)
    assert [row.key.id for row in page.chosen] == [agency.id]
    assert page.side.part == "dossier"
    page.wanted(unit_id=areas[0].id, item="k3-2")
    idle(page)
    assert page.side.part == "occurrences"
    assert page.side.occurrences.form.boxes["item"].typed() == "k3-2"
    page.wanted(unit_id=areas[1].id, step="meeting")
    idle(page)
    assert opened(page) == "meeting"


def test_a_unit_that_is_not_there_in_the_year_is_said(page: YearlyBoardPage) -> None:
    page.wanted(unit_id="nobody")
    idle(page)
    assert "2026" in page.banner.text()
    assert page.chosen == []


def test_in_a_narrow_window_the_details_come_when_they_are_asked_for(
    page: YearlyBoardPage, choose: Choose
) -> None:
    page.hide_details()
    page.resize(620, 300)
    assert not page.figures.isVisible()
    page._low.set_value("excluded")
    page._low.picked.emit("excluded")
    assert names(page) == ["Trường Tiểu học Kim Bôi"]
    page._low.picked.emit("")
    choose("Xóm Bãi Chạo")
    assert page.table.isVisible()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    idle(page)
    assert not page.table.isVisible()
    assert opened(page) == "resolution"
    page.obey(Command.LEAVE)
    assert opened(page) == ""
    page.obey(Command.LEAVE)
    assert page.table.isVisible()


def test_a_closed_panel_stays_closed_when_something_changes(
    page: YearlyBoardPage, commune: Application, choose: Choose, areas: list[ResidentialArea]
) -> None:
    choose("Xóm Bãi Chạo")
    page.hide_details()
    done = commune.year_board.record(UnitKey("residential_area", areas[0].id), 2026, "registration", FEBRUARY)
    page.desk.announce(done.changes)
    idle(page)
    assert not page.side.isVisible()
