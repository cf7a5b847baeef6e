"""Agencies, schools and the commune itself are assessed on the same page: groups, counts, the board, official texts."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from antq_desktop.domain.assessment import SelfAssessment
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.domain.units import Unit, UnitKey
from antq_desktop.services.application import Application
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.assessments.page import AssessmentsPage
from antq_desktop.ui.pages.assessments.yes_no import YesNo

RESOLUTION, NO_PARTY = "k1-nghi-quyet", "k1-khong-co-to-chuc-dang"
GROUP = "k1-to-chuc-dang"
NEVER = [f"k3-{number}" for number in range(1, 7)]


@pytest.fixture
def agency(commune: Application) -> Unit:
    return commune.units.add(
        kind="agency", name="Trạm Y tế xã", category="co-quan", valid_from=date(2020, 1, 1)
    ).record


@pytest.fixture
def page(
    office: Desk, areas: list[ResidentialArea], agency: Unit, in_sight: Callable[[QWidget], None]
) -> AssessmentsPage:
    made = AssessmentsPage(office)
    office.announced.connect(made.changed)
    in_sight(made)
    made.freshen()
    office.lane.wait_idle()
    return made


def begin(page: AssessmentsPage, unit_id: str) -> None:
    page.wanted(unit_id=unit_id)
    page.desk.lane.wait_idle()
    page.action.trigger()
    page.desk.lane.wait_idle()


def kept(page: AssessmentsPage) -> SelfAssessment:
    assert page.sheet.assessment is not None
    found: SelfAssessment = page.desk.services.assessments.get(page.sheet.assessment.id)
    return found


def choose(page: AssessmentsPage, item: str, *, yes: bool) -> None:
    row = page.sheet.rows[item]
    assert isinstance(row.input, YesNo)
    option = row.input._options[yes]
    option.setFocus()
    QTest.keyClick(option, Qt.Key.Key_Space)
    page.desk.lane.wait_idle()


def names(page: AssessmentsPage) -> list[str]:
    model = page.table.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_one_item_of_a_group_is_enough_and_the_other_is_not_asked(
    page: AssessmentsPage, agency: Unit
) -> None:
    begin(page, agency.id)
    group = page.sheet.groups[GROUP]
    assert [item.id for item in group.joined.items] == [RESOLUTION, NO_PARTY]
    assert group.word() == "Chưa đủ"
    assert RESOLUTION in page.sheet.open_items
    choose(page, NO_PARTY, yes=True)
    assert group.word() == "Đạt"
    assert RESOLUTION not in page.sheet.open_items
    assert page.sheet.rows[RESOLUTION].verdict() == "Không cần: đã có mục khác thay."
    assert not page.sheet.rows[RESOLUTION].is_open


def test_a_clause_stands_by_its_own_rule_not_by_its_items(page: AssessmentsPage, agency: Unit) -> None:
    begin(page, agency.id)
    assessments, key = page.desk.services.assessments, kept(page).id
    choose(page, NO_PARTY, yes=False)
    assert page.sheet.clauses["k1"].word() == "Chưa đủ"
    for item, value in (
        (RESOLUTION, date(2026, 2, 1)),
        ("k1-ke-hoach", date(2026, 2, 1)),
        ("k1-dang-ky", date(2026, 2, 1)),
        ("k1-noi-quy", "12/QC-TYT"),
        ("k1-pho-bien", Ratio(20, 20)),
        ("k1-mo-hinh", 1),
    ):
        assessments.answer(key, item, value)
    page.make_stale()
    page.desk.lane.wait_idle()
    # The officer said «no» to one item of the group; the resolution holds in its place.
    assert page.sheet.clauses["k1"].word() == "Đạt"


def test_nothing_happened_is_one_press_and_leaves_what_was_recorded(
    page: AssessmentsPage, areas: list[ResidentialArea], commune: Application
) -> None:
    key = UnitKey("residential_area", areas[0].id)
    commune.year_board.record_occurrence(key, "k3-2", date(2026, 5, 3), 1, "15/BC-CAX")
    begin(page, areas[0].id)
    group = page.sheet.groups["k3-khong-xay-ra"]
    assert kept(page).answers["k3-2"].filled == 1
    assert group.word() == "Chưa đạt"
    group.say_none()
    page.desk.lane.wait_idle()
    answers = kept(page).answers
    assert [answers[item].value for item in NEVER] == [0, 1, 0, 0, 0, 0]
    assert answers["k3-1"].source == "officer"
    assert group._none.isHidden()
    assert page.sheet.clauses["k3"].word() == "Chưa đạt"


def test_a_count_that_was_never_recorded_is_not_taken_for_nothing(
    page: AssessmentsPage, areas: list[ResidentialArea]
) -> None:
    begin(page, areas[0].id)
    assert set(NEVER) <= set(page.sheet.open_items)
    assert "Chưa ghi vụ việc nào" in page.sheet.rows["k3-1"].source()


def test_a_step_fills_a_day_and_leads_to_the_board(
    page: AssessmentsPage, agency: Unit, commune: Application, qtbot: QtBot
) -> None:
    key = UnitKey("agency", agency.id)
    commune.year_board.record(key, 2026, "registration", date(2026, 2, 10), number="5/ĐK")
    begin(page, agency.id)
    row = page.sheet.rows["k1-dang-ky"]
    assert row.source() == "Điền sẵn theo số liệu trên máy: 10/02/2026."
    assert "Chưa ghi" in page.sheet.rows["k1-ke-hoach"].source()
    with qtbot.waitSignal(page.desk.gone_to) as gone:
        row.go_to_board()
    assert gone.args == [
        "yearly_board",
        {"unit_kind": "agency", "unit_id": agency.id, "part": "steps", "step": "registration"},
    ]


def test_counts_of_what_must_not_happen_lead_to_the_occurrences_of_the_board(
    page: AssessmentsPage, areas: list[ResidentialArea], qtbot: QtBot
) -> None:
    begin(page, areas[0].id)
    for item in ("k3-1", "k3-7"):
        with qtbot.waitSignal(page.desk.gone_to) as gone:
            page.sheet.rows[item].go_to_board()
        assert gone.args is not None
        assert gone.args[1] == {
            "unit_kind": "residential_area",
            "unit_id": areas[0].id,
            "part": "occurrences",
            "item": item,
        }


def test_the_commune_s_own_figures_lead_to_all_its_units(
    page: AssessmentsPage, commune: Application, agency: Unit, areas: list[ResidentialArea], qtbot: QtBot
) -> None:
    commune.year_board.record(UnitKey("agency", agency.id), 2026, "registration", date(2026, 2, 10))
    page.wanted(unit_id="04978")
    page.desk.lane.wait_idle()
    assert "các đơn vị trực thuộc" in page._side.said()
    begin(page, "04978")
    row = page.sheet.rows["k4-dang-ky"]
    assert kept(page).answers["k4-dang-ky"].value == Ratio(1, 4)
    row.see_rows()
    page.desk.lane.wait_idle()
    table = page._behind.table
    shown = [table.model().index(place, 0).data() for place in range(table.model().rowCount())]
    assert sorted(shown) == sorted([agency.name, *(area.name for area in areas)])
    place = shown.index(agency.name)
    with qtbot.waitSignal(page.desk.gone_to) as gone:
        table.selectRow(place)
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert gone.args == ["yearly_board", {"unit_id": agency.id}]


def test_a_unit_that_the_circular_leaves_out_says_why_and_cannot_be_begun(
    page: AssessmentsPage, commune: Application, qtbot: QtBot
) -> None:
    school = commune.units.add(
        kind="school", name="Trường Tiểu học Kim Bôi", category="tieu-hoc", valid_from=date(2020, 1, 1)
    ).record
    page.make_stale()
    page.desk.lane.wait_idle()
    page.wanted(unit_id=school.id)
    page.desk.lane.wait_idle()
    assert "Điều 1 khoản 2" in page._side.said()
    assert not page.action.isEnabled()
    assert page._side._begin.isHidden()
    with qtbot.waitSignal(page.desk.gone_to) as gone:
        page._side._correct.click()
    assert gone.args == ["units", {"unit_id": school.id}]
    page._begin_all()
    page.desk.lane.wait_idle()
    assert school.id not in {row.unit_id for row in commune.assessments.rows()}


def test_the_list_is_narrowed_by_kind_and_what_is_left_of_it_begun_at_once(
    page: AssessmentsPage, agency: Unit, commune: Application
) -> None:
    assert names(page)[-2:] == [agency.name, "Xã Kim Bôi"]
    page.wanted(unit_kind="agency")
    assert names(page) == [agency.name]
    page._begin_all()
    page.desk.lane.wait_idle()
    begun = [row.unit_kind for row in commune.assessments.rows() if row.id is not None]
    assert begun == ["agency"]
    page.wanted(standing="open", unit_kind="")
    assert names(page) == [agency.name]


def test_the_official_text_stands_under_its_item_with_who_typed_it_in(
    page: AssessmentsPage, areas: list[ResidentialArea], commune: Application, qtbot: QtBot
) -> None:
    begin(page, areas[0].id)
    question = page.sheet.rows["k5-van-ban-goc"].question
    assert question.official() == ""
    with qtbot.waitSignal(page.desk.gone_to) as gone:
        question._type_in.click()
    assert gone.args == ["criteria", {"catalogue_id": "tt124-2021-dieu4", "item": "k5-van-ban-goc"}]
    result = commune.official_texts.put(
        "tt124-2021-dieu4", "k5-van-ban-goc", "Lời của khoản 5", "Thông tư, trang 3"
    )
    page.desk.announce(result.changes)
    page.desk.lane.wait_idle()
    assert question.official() == "Văn bản gốc: Lời của khoản 5"
    assert "Bùi Văn An nhập ngày 20/11/2026" in question._typed_by.text()
    assert question._mark.isHidden()
    assert page.sheet.rows["k4-van-ban-goc"].question.official() == ""


def test_it_says_by_which_criteria_it_was_made(page: AssessmentsPage, agency: Unit) -> None:
    begin(page, agency.id)
    assert (
        page._side.made_with() == "Theo «Cơ quan, doanh nghiệp an toàn về an ninh, trật tự (Điều 6)», bản 1"
    )


@pytest.mark.parametrize("size", [(1158, 690), (627, 300)])
def test_no_form_is_wider_than_its_place(
    page: AssessmentsPage, agency: Unit, size: tuple[int, int], qtbot: QtBot
) -> None:
    for unit_id in (agency.id, "04978"):
        begin(page, unit_id)
        page.resize(*size)
        qtbot.waitUntil(lambda: page.sheet._scroll.horizontalScrollBar().maximum() == 0)
