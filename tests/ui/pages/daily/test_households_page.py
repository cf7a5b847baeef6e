"""Areas and households are added, changed, moved and found on their page."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from antq_desktop.domain.commitments import CommitmentState
from antq_desktop.domain.households import Household
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.services.application import Application
from antq_desktop.storage.queries.households import HouseholdFilter
from antq_desktop.storage.queries.journal import JournalFilter
from antq_desktop.storage.queries.window import Window
from antq_desktop.ui import dialogs
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.areas_households.page import AreasHouseholdsPage
from antq_desktop.ui.pages.import_wizard.wizard import ImportWizard
from antq_desktop.ui.paper_desk import PaperDesk
from tests.ui.pages.daily.conftest import HEADS

ENTER = Qt.Key.Key_Return
Press = Callable[..., None]
Settle = Callable[[], None]


@pytest.fixture
def page(show: Callable[[Any], Any], homes: list[Household]) -> AreasHouseholdsPage:
    page: AreasHouseholdsPage = show(AreasHouseholdsPage)
    return page


def heads(page: AreasHouseholdsPage) -> list[str]:
    rows = [page._model.row_at(place) for place in range(page._model.total)]
    return [row.head for row in rows if row is not None]


def test_households_stand_in_the_order_of_given_names(page: AreasHouseholdsPage) -> None:
    assert [head.split()[-1] for head in heads(page)] == ["Ánh", "Bé", "Dũng", "Hoa", "Minh"]


def test_typing_without_tone_marks_finds_a_household(page: AreasHouseholdsPage, settle: Settle) -> None:
    page._text.setFocus()
    QTest.keyClicks(page._text, "do dung")
    settle()
    assert heads(page) == ["Đỗ Văn Dũng"]


def test_household_is_added_from_the_keyboard(
    page: AreasHouseholdsPage, commune: Application, area: ResidentialArea, press: Press, settle: Settle
) -> None:
    page._areas.list.choose(area.id)
    page.obey(Command.NEW)
    press("Lo Thi Panh", ENTER, ENTER, "5/3/1980", ENTER, "4", ENTER)
    page.obey(Command.SAVE)
    settle()
    (found,) = commune.households.find("lo thi panh")
    assert (found.birth, found.members, found.area_id) == ("1980-03-05", 4, area.id)
    assert "Lo Thi Panh" in heads(page)


def test_what_keeps_a_household_from_being_saved_stands_under_its_field(
    page: AreasHouseholdsPage, commune: Application, settle: Settle
) -> None:
    page.obey(Command.NEW)
    boxes = page._household.form.boxes
    boxes["head"].set_typed("Lê Văn Tư")
    page.obey(Command.SAVE)
    settle()
    assert boxes["area_id"].said() != ""
    assert commune.households.count(HouseholdFilter(text="le van tu")) == 0


def test_finding_of_the_service_stands_under_its_field(
    page: AreasHouseholdsPage, homes: list[Household], settle: Settle
) -> None:
    page.wanted(household_id=homes[0].id)
    settle()
    page._household.form.boxes["members"].set_typed("0")
    page.obey(Command.SAVE)
    settle()
    assert "0" in page._household.form.boxes["members"].said()


def test_change_elsewhere_keeps_both_sides(
    page: AreasHouseholdsPage, commune: Application, homes: list[Household], settle: Settle
) -> None:
    page.wanted(household_id=homes[0].id)
    settle()
    boxes = page._household.form.boxes
    commune.households.save(replace(commune.households.get(homes[0].id), phone="0912345678"))
    boxes["members"].set_typed("7")
    page.obey(Command.SAVE)
    settle()
    assert boxes["phone"].typed() == "0912345678"
    assert boxes["members"].typed() == "7"
    assert "Điện thoại" in page.banner.text()
    page.obey(Command.SAVE)
    settle()
    kept = commune.households.get(homes[0].id)
    assert (kept.phone, kept.members) == ("0912345678", 7)


def test_moving_away_is_laid_in_with_today_and_kept_by_saving(
    page: AreasHouseholdsPage, commune: Application, homes: list[Household], settle: Settle
) -> None:
    page.wanted(household_id=homes[1].id)
    settle()
    page._moved_button.click()
    page.obey(Command.SAVE)
    settle()
    kept = commune.households.get(homes[1].id)
    assert (kept.residence, kept.moved_on) == ("moved_away", commune.session.today())
    assert "Trần Thị Bé" not in heads(page)
    page.wanted(residence="moved_away")
    settle()
    assert heads(page) == ["Trần Thị Bé"]


def test_typed_text_comes_back_after_another_household(
    page: AreasHouseholdsPage, homes: list[Household], settle: Settle
) -> None:
    page.wanted(household_id=homes[0].id)
    settle()
    box = page._household.form.boxes["address"]
    box.input.setFocus()
    QTest.keyClicks(box.input, "So 5")
    page.wanted(household_id=homes[1].id)
    settle()
    assert box.typed() == ""
    page.wanted(household_id=homes[0].id)
    settle()
    assert box.typed() == "So 5"


def test_area_is_added_renamed_and_its_history_shown(
    page: AreasHouseholdsPage, commune: Application, area: ResidentialArea, press: Press, settle: Settle
) -> None:
    page._areas.list.choose(area.id)
    page._areas.open(area.id)
    settle()
    page._areas.begin(1)
    form = page._areas.tasks[1].form
    form.boxes["name"].set_typed("Xóm Bãi Mới")
    form.boxes["on"].input.setFocus()
    press("1/6/2026")
    page.obey(Command.SAVE)
    settle()
    assert commune.territory.get(area.id).name == "Xóm Bãi Mới"
    assert "Xóm Bãi" in page._areas.card._history.text()
    assert "01/06/2026" in page._areas.card._history.text()


def test_two_areas_are_merged_after_a_question(
    page: AreasHouseholdsPage,
    commune: Application,
    area: ResidentialArea,
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = commune.territory.add("Xóm Mới", "xóm", date(2020, 1, 1)).record
    page.make_stale()
    settle()
    asked: list[str] = []

    def agree(_parent: object, _title: str, text: str, _verb: str) -> bool:
        asked.append(text)
        return True

    monkeypatch.setattr(dialogs, "confirm", agree)
    page._areas.list.table.selectAll()
    page._areas.begin(2)
    form = page._areas.tasks[2].form
    form.boxes["name"].set_typed("Xóm Hợp Nhất")
    form.boxes["on"].set_value(date(2026, 6, 1))
    page.obey(Command.SAVE)
    settle()
    alive = [row.name for row in commune.territory.areas(date(2026, 7, 1))]
    assert alive == ["Xóm Hợp Nhất"]
    assert area.name in asked[0]
    assert other.name in asked[0]
    assert "5" in asked[0]


def test_area_is_split_by_figures_on_the_households(
    page: AreasHouseholdsPage,
    commune: Application,
    area: ResidentialArea,
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(dialogs, "confirm", lambda *_args: True)
    page._areas.list.choose(area.id)
    settle()
    page._areas.begin(3)
    settle()
    task = page._areas.tasks[3]
    task.form.boxes["parts"].set_typed("Bãi Trong\nBãi Ngoài")
    task.form.boxes["parts"].edited.emit()
    task.form.boxes["on"].set_value(date(2026, 6, 1))
    grid = task.grid  # type: ignore[attr-defined]  # the fourth task splits
    grid.selectRow(0)
    QTest.keyClicks(grid, "22")
    page.obey(Command.SAVE)
    settle()
    rows = {row.name: row.households for row in commune.territory.areas(date(2026, 7, 1))}
    assert rows == {"Bãi Trong": 3, "Bãi Ngoài": 2}


def test_name_taken_stands_under_the_name(
    page: AreasHouseholdsPage, commune: Application, settle: Settle
) -> None:
    page._areas.add()
    form = page._areas.tasks[0].form
    form.boxes["name"].set_typed("XÓM BÃI")
    form.boxes["valid_from"].set_value(date(2026, 1, 1))
    page.obey(Command.SAVE)
    settle()
    assert "XÓM BÃI" in form.boxes["name"].said()
    assert len(commune.territory.areas()) == 1


def test_empty_workspace_says_what_to_do_first(
    show: Callable[[Any], Any], office: Desk, settle: Settle
) -> None:
    page = show(AreasHouseholdsPage)
    assert page._table._note.isVisible()
    page.obey(Command.NEW)
    assert page._panels.current is page._areas.tasks[0]


def choose_rows(page: AreasHouseholdsPage, *places: int) -> None:
    page._table.clearSelection()
    flags = QItemSelectionModel.SelectionFlag
    for place in places:
        index = page._model.index(place, 0)
        page._table.selectionModel().select(index, flags.Select | flags.Rows)


def test_chosen_households_move_away_together_after_a_question(
    page: AreasHouseholdsPage, commune: Application, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def agree(_parent: object, _title: str, text: str, _verb: str) -> bool:
        asked.append(text)
        return True

    monkeypatch.setattr(dialogs, "confirm", agree)
    choose_rows(page, 0, 2, 3)
    page._move_chosen()
    settle()
    assert "Đỗ Văn Dũng" in page._moving._about.text()
    page._moving.form.boxes["moved_on"].set_typed("1/6/2026")
    page.obey(Command.SAVE)
    settle()
    assert "01/06/2026" in asked[0]
    assert heads(page) == ["Trần Thị Bé", "Quách Công Minh"]
    gone = commune.households.page(HouseholdFilter(residence="moved_away"), Window())
    days = {commune.households.get(row.id).moved_on for row in gone}
    assert (len(gone), days) == (3, {date(2026, 6, 1)})


def test_a_day_of_moving_that_has_not_come_stands_under_its_field(
    page: AreasHouseholdsPage, commune: Application, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialogs, "confirm", lambda *_args: True)
    choose_rows(page, 0, 1)
    page._move_chosen()
    settle()
    page._moving.form.boxes["moved_on"].set_value(date(2027, 1, 1))
    page.obey(Command.SAVE)
    settle()
    assert page._moving.form.boxes["moved_on"].said() != ""
    assert commune.households.count(HouseholdFilter(residence="living")) == 5


class Question:
    """Answers the question before a removal and remembers what it said."""

    def __init__(self) -> None:
        self.yes = True
        self.texts: list[str] = []

    def __call__(self, _parent: object, _title: str, text: str, _verb: str, *, dangerous: bool) -> bool:
        assert dangerous, "the side that removes is not the default"
        self.texts.append(text)
        return self.yes


@pytest.fixture
def question(monkeypatch: pytest.MonkeyPatch) -> Question:
    asked = Question()
    monkeypatch.setattr(dialogs, "confirm", asked)
    return asked


@pytest.mark.parametrize("place", [2, 4])
def test_a_household_is_removed_from_the_keyboard_and_the_list_goes_on_at_its_neighbour(
    page: AreasHouseholdsPage, press: Press, settle: Settle, question: Question, place: int
) -> None:
    page._table.selectRow(place)
    settle()
    page._remove_button.setFocus()
    press(Qt.Key.Key_Space, "Nhap hai lan", ENTER)
    settle()
    gone, neighbour = HEADS[place], "Bùi Thị Hoa"
    assert question.texts[0].startswith(f"{gone}, 1980, Xóm Bãi ")
    assert heads(page) == [head for head in HEADS if head != gone]
    (line,) = page.desk.services.journal.page(JournalFilter(action="deleted"), Window())
    assert (line.changes["head"], line.note) == ([gone, None], "Nhap hai lan")
    current = page._table.current_row()
    assert current is not None
    assert current.head == neighbour
    assert page._table.hasFocus()
    assert page._panels.current is page._household
    assert page._household.form.boxes["head"].typed() == neighbour
    page._table.selectRow(1)
    settle()
    assert page._household.form.boxes["head"].typed() == "Trần Thị Bé"


def test_the_last_household_is_removed_from_the_menu_and_nothing_is_left_open(
    page: AreasHouseholdsPage, settle: Settle, question: Question
) -> None:
    page._text.setText("minh")
    settle()
    page._table.selectRow(0)
    settle()
    dict(page._table._actions)["Xóa…"]()
    settle()
    page._removing.form.boxes["reason"].set_typed("Nhập hai lần")
    page._sure_button.click()
    settle()
    assert heads(page) == []
    assert page._details.isHidden()
    assert len(question.texts) == 1


def test_nothing_is_removed_without_a_reason_and_a_yes(
    page: AreasHouseholdsPage,
    commune: Application,
    homes: list[Household],
    settle: Settle,
    question: Question,
) -> None:
    question.yes = False
    page.wanted(household_id=homes[0].id)
    settle()
    page._remove_button.click()
    page._sure_button.click()
    assert page._removing.form.boxes["reason"].said() != ""
    assert question.texts == []
    page._removing.form.boxes["reason"].set_typed("Nhập hai lần")
    page.obey(Command.SAVE)
    settle()
    assert len(question.texts) == 1
    assert commune.households.get(homes[0].id) == homes[0]
    page._stay_button.click()
    assert page._panels.current is page._household
    assert page._save_button.isVisible()
    assert not page._sure_button.isVisible()


def test_a_signed_household_stays_and_the_page_says_what_to_do(
    page: AreasHouseholdsPage,
    commune: Application,
    homes: list[Household],
    settle: Settle,
    question: Question,
) -> None:
    campaign = commune.commitments.yearly().id
    commune.commitments.record(homes[0].id, campaign, CommitmentState.SIGNED, date(2026, 3, 1))
    page.wanted(household_id=homes[0].id)
    settle()
    page._remove_button.click()
    page._removing.form.boxes["reason"].set_typed("Nhập hai lần")
    page._sure_button.click()
    settle()
    assert len(question.texts) == 1
    assert "đang ghi là «đã ký»" in page._removing.banner.text()
    assert page._panels.current is page._removing
    assert page._removing.form.boxes["reason"].typed() == "Nhập hai lần"
    assert commune.households.get(homes[0].id) == homes[0]


def test_a_family_that_only_moved_is_led_from_the_removal_to_the_move(
    page: AreasHouseholdsPage, commune: Application, homes: list[Household], settle: Settle
) -> None:
    page.wanted(household_id=homes[1].id)
    settle()
    page._remove_button.click()
    page._removing.way.click()
    assert page._panels.current is page._household
    page.obey(Command.SAVE)
    settle()
    assert commune.households.get(homes[1].id).residence == "moved_away"


def test_several_households_are_not_removed_at_once(page: AreasHouseholdsPage, settle: Settle) -> None:
    choose_rows(page, 0, 2)
    page._remove_chosen()
    settle()
    assert "Chọn một hộ" in page.banner.text()
    assert page._panels.current is not page._removing


def test_a_household_that_is_not_saved_yet_cannot_be_removed(
    page: AreasHouseholdsPage, area: ResidentialArea
) -> None:
    page.obey(Command.NEW)
    assert page._save_button.isVisible()
    assert not page._remove_button.isVisible()


@pytest.mark.parametrize("places", [(1,), (0, 2, 4)])
def test_forms_of_the_chosen_rows_are_printed(
    page: AreasHouseholdsPage,
    commune: Application,
    settle: Settle,
    tmp_path: Path,
    places: tuple[int, ...],
) -> None:
    choose_rows(page, *places)
    page.obey(Command.PRINT)
    settle()
    (shown,) = page.findChildren(PaperDesk)
    assert shown.view.pages == len(places)
    shown.save_as(tmp_path / "cam-ket.pdf")
    settle()
    with commune.printing.preview(tmp_path / "cam-ket.pdf") as saved:
        assert saved.pages == len(places)


def test_the_list_is_saved_as_a_spreadsheet_as_it_is_filtered(
    page: AreasHouseholdsPage,
    commune: Application,
    settle: Settle,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = tmp_path / "ho-dan.xlsx"
    monkeypatch.setattr(dialogs, "save_file", lambda *_args: out)
    page._text.setText("thi")
    settle()
    (save,) = [made for made in page.findChildren(QPushButton) if made.text() == "Lưu danh sách"]
    save.click()
    settle()
    cells = [[cell.value for cell in row] for row in load_workbook(out).worksheets[0].iter_rows()]
    flat = [str(cell) for row in cells for cell in row if cell]
    assert "Chủ hộ" in flat
    assert [head for head in HEADS if head in flat] == ["Trần Thị Bé", "Bùi Thị Hoa"]
    assert commune.journal.count(JournalFilter(entity="lists", action="printed")) == 1


def test_empty_workspace_leads_to_the_import(
    show: Callable[[Any], Any], office: Desk, settle: Settle
) -> None:
    page = show(AreasHouseholdsPage)
    (offered,) = [
        made
        for made in page._table.findChildren(QPushButton)
        if made.isVisible() and made.text() == "Nhập danh sách"
    ]
    offered.click()
    (wizard,) = page.findChildren(ImportWizard)
    assert wizard.isVisible()
    wizard.close()
