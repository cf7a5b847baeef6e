"""Activities are entered for a week, seen by month, repeated, copied, photographed and taken in from a spreadsheet."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from antq_desktop.domain.activities import ModelActivity
from antq_desktop.domain.changes import Changes
from antq_desktop.domain.community_models import CommunityModel, ModelState
from antq_desktop.services.application import Application
from antq_desktop.storage.queries.community_models import ActivityFilter, ActivityRow
from antq_desktop.storage.queries.window import Window
from antq_desktop.ui import dialogs
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.activities.import_steps import ActivityImportWizard
from antq_desktop.ui.pages.activities.page import ActivitiesPage
from antq_desktop.ui.pages.activities.photo_cover import PhotoCover

ENTER = Qt.Key.Key_Return
NAMES = ("Camera an ninh", "Tiếng kẻng an ninh", "Tổ liên gia số 1")
MEETING = "sinh-hoat"
Show = Callable[[Any], Any]
Press = Callable[..., None]
Settle = Callable[[], None]

SHEET = """Ngày;Mô hình;Loại hoạt động;Buổi;Lượt người
05/06/2026;Camera an ninh;Sinh hoạt mô hình;1;25
31/02/2026;Camera an ninh;Sinh hoạt mô hình;1;25
06/06/2026;;Sinh hoạt mô hình;1;20
"""


@pytest.fixture
def models(commune: Application) -> list[CommunityModel]:
    kind = next(iter(commune.catalogues.models.kinds))
    return [
        commune.community_models.save(
            CommunityModel(id="", unit_code="", kind=kind, name=name, state=ModelState.WORKING)
        ).record
        for name in NAMES
    ]


def done(commune: Application, model: CommunityModel, on: date, **counts: int) -> ModelActivity:
    activity = ModelActivity(
        id="",
        unit_code="",
        model_id=model.id,
        kind=MEETING,
        on=on,
        quantities={unit.replace("_", "-"): count for unit, count in counts.items()},
    )
    return commune.community_models.save_activity(activity).record


def kept(commune: Application) -> list[ActivityRow]:
    return commune.community_models.page_activities(ActivityFilter(), Window())


@pytest.fixture
def week(show: Show, models: list[CommunityModel], settle: Settle) -> Any:
    page = show(ActivitiesPage)
    page.see("week")
    settle()
    page.week.grid.view.setFocus()
    return page.week


def test_the_kind_decides_the_columns_of_the_week(week: Any, commune: Application, settle: Settle) -> None:
    catalogue = commune.catalogues.activities
    for kind in list(catalogue.kinds.values())[:3]:
        week.kind.set_value(kind.id)
        week.kind.picked.emit(kind.id)
        settle()
        asked = [column.key for column in week.grid.lines.columns if column.kind == "number"]
        assert asked == [f"unit.{unit}" for unit in kind.units]


def test_a_week_is_entered_from_the_keyboard(
    week: Any, commune: Application, press: Press, settle: Settle
) -> None:
    """The day is typed once; a line that is passed untouched records nothing."""
    grid = week.grid
    grid.lines.put(0, "on", date(2026, 11, 17))
    press("1", ENTER)
    settle()
    grid.view.setFocus()
    assert grid.view.currentIndex().row() == 1
    press(ENTER)
    press("2", ENTER)
    settle()
    rows = sorted(kept(commune), key=lambda row: row.model_name)
    assert [(row.model_name, row.on, row.quantities) for row in rows] == [
        ("Camera an ninh", date(2026, 11, 17), {"buoi": 1}),
        ("Tổ liên gia số 1", date(2026, 11, 17), {"buoi": 2}),
    ]


def test_a_line_without_a_day_or_with_one_of_another_week_is_not_kept(
    week: Any, commune: Application, settle: Settle
) -> None:
    grid = week.grid
    grid.lines.put(0, "unit.buoi", 1)
    grid.view.line_entered.emit(0)
    assert "ngày nào" in grid.said()
    grid.lines.put(0, "on", date(2026, 10, 1))
    grid.view.line_entered.emit(0)
    settle()
    assert "tuần" in grid.said()
    assert kept(commune) == []


def test_a_line_saved_twice_is_one_activity_and_another_line_a_second_one(
    week: Any, commune: Application, settle: Settle
) -> None:
    for count in (1, 4):
        week.grid.lines.put(0, "unit.buoi", count)
        week.grid.lines.put(0, "on", date(2026, 11, 17))
        week.grid.view.line_entered.emit(0)
        settle()
    assert [row.quantities for row in kept(commune)] == [{"buoi": 4}]
    week.grid.view.go_to(0)
    week.another()
    settle()
    place = week.grid.view.currentIndex().row()
    assert week.grid.lines.values(place) == {"model": "Camera an ninh"}
    week.grid.lines.put(place, "unit.buoi", 2)
    week.grid.lines.put(place, "on", date(2026, 11, 18))
    week.grid.view.line_entered.emit(place)
    settle()
    assert sorted(row.quantities["buoi"] for row in kept(commune)) == [2, 4]


def test_counts_typed_in_a_week_come_back_after_another_week(
    week: Any, commune: Application, settle: Settle
) -> None:
    week.grid.lines.put(0, "unit.buoi", 7)
    week.turn(-1)
    settle()
    assert week.grid.unsaved() == []
    week.turn(1)
    settle()
    assert week.grid.lines.values(0)["unit.buoi"] == 7
    assert kept(commune) == []


def test_the_month_counts_the_days_and_leads_to_the_list(
    show: Show, commune: Application, models: list[CommunityModel], settle: Settle
) -> None:
    for model in models[:2]:
        done(commune, model, date(2026, 6, 12), buoi=1)
    done(commune, models[0], date(2026, 6, 20), buoi=1)
    page = show(ActivitiesPage)
    page.see("month")
    settle()
    page.month.turn(-5)
    settle()
    assert page.month.shown == (2026, 6)
    page.month.choose(date(2026, 6, 12))
    assert page.month._rows.total == 2
    page.month.sheet.itemActivated.emit(page.month.sheet.currentItem())
    settle()
    assert (page.view, page._model.total) == ("list", 2)


def test_the_last_one_is_offered_again_for_today_and_kept_when_saved(
    show: Show, commune: Application, models: list[CommunityModel], settle: Settle
) -> None:
    done(commune, models[1], date(2026, 6, 12), buoi=1, luot_nguoi=30)
    page = show(ActivitiesPage)
    page._repeat()
    settle()
    assert len(kept(commune)) == 1
    page.obey(Command.SAVE)
    settle()
    assert [(row.model_id, row.on, row.quantities["luot-nguoi"]) for row in kept(commune)] == [
        (models[1].id, date(2026, 6, 12), 30),
        (models[1].id, date(2026, 11, 20), 30),
    ]


def test_an_activity_is_copied_to_several_models(
    show: Show, commune: Application, models: list[CommunityModel], settle: Settle
) -> None:
    activity = done(commune, models[0], date(2026, 6, 12), buoi=1)
    page = show(ActivitiesPage)
    page.wanted(activity_id=activity.id)
    settle()
    page.side.copy_button.click()
    assert set(page.side.copies.ticks) == {model.id for model in models[1:]}
    page.side.copies.tick_all()
    page.side.copies.copy()
    settle()
    assert {row.model_name for row in kept(commune)} == set(NAMES)
    assert "2 mô hình" in page.side.copies.banner.text()


def test_photos_are_attached_looked_at_and_taken_off(  # noqa: PLR0917 - fixtures by name
    show: Show,
    commune: Application,
    models: list[CommunityModel],
    settle: Settle,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    photo, note = tmp_path / "anh.jpg", tmp_path / "ghi-chu.txt"
    Image.new("RGB", (2400, 1200), "green").save(photo)
    note.write_text("không phải ảnh", encoding="utf-8")
    monkeypatch.setattr(dialogs, "choose_files", lambda *_args: [note, photo])
    activity = done(commune, models[0], date(2026, 6, 12), buoi=1)
    page = show(ActivitiesPage)
    page.wanted(activity_id=activity.id)
    settle()
    page.side.files.attach()
    settle()
    assert "ghi-chu.txt" in page.side.files.banner.text()
    (file,) = commune.activity_files.of(activity.id)
    page.side.files.lines[file.id].ways["Xem"].click()
    settle()
    (cover,) = page.findChildren(PhotoCover)
    assert cover.picture.pixmap().width() > 0
    page.obey(Command.LEAVE)
    page.side.files.lines[file.id].ways["Gỡ…"].click()
    page.side.files.reason.box.set_value("Nhầm ảnh")
    page.side.files.reason.give()
    settle()
    assert commune.activity_files.of(activity.id) == []


def test_a_spreadsheet_is_looked_at_then_taken_in(  # noqa: PLR0917 - fixtures by name
    qtbot: QtBot,
    office: Desk,
    commune: Application,
    models: list[CommunityModel],
    settle: Settle,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "hoat-dong.csv"
    path.write_text(SHEET, encoding="utf-8")
    monkeypatch.setattr(dialogs, "choose_file", lambda *_args: path)
    monkeypatch.setattr(dialogs, "confirm", lambda *_args, **_named: True)
    wizard = ActivityImportWizard(office, [(model.id, model.name) for model in models], "")
    qtbot.addWidget(wizard)
    wizard.open()
    first: Any = wizard.parts[0]
    first.choose_button.click()
    wizard.go_on()
    settle()
    mend: Any = wizard.step
    assert mend.cells.rowCount() == 2
    wizard.go_on()
    settle()
    look: Any = wizard.step
    assert [look.figures[name].value() for name in ("new", "faulty")] == ["1", "2"]
    wizard.go_back()
    wizard.go_back()
    first.model.set_value(models[2].id)
    first.model.picked.emit(models[2].id)
    wizard.go_on()
    settle()
    assert mend.cells.rowCount() == 1
    wizard.go_on()
    settle()
    assert [look.figures[name].value() for name in ("new", "faulty")] == ["2", "1"]
    assert kept(commune) == []
    wizard.go_on()
    settle()
    assert [row.model_name for row in kept(commune)] == ["Camera an ninh", "Tổ liên gia số 1"]
    last: Any = wizard.step
    assert "2 hoạt động" in last.said.text()


def test_faulty_cells_are_mended_in_their_place(  # noqa: PLR0917 - fixtures by name
    qtbot: QtBot,
    office: Desk,
    commune: Application,
    models: list[CommunityModel],
    settle: Settle,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "hoat-dong.csv"
    path.write_text(
        "Mô hình,Loại hoạt động,Ngày,Số buổi,Số lượt người\n"
        "Camera an nin,sinh hoạt,05/01/2026,1,20\n"
        "Camera an ninh,họp hành,31/02/2026,một,-5\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(dialogs, "choose_file", lambda *_args: path)
    monkeypatch.setattr(dialogs, "confirm", lambda *_args, **_named: True)
    wizard = ActivityImportWizard(office, [(model.id, model.name) for model in models], "")
    qtbot.addWidget(wizard)
    wizard.open()
    first: Any = wizard.parts[0]
    first.choose_button.click()
    wizard.go_on()
    settle()
    mend: Any = wizard.step

    def shown() -> list[tuple[str, str]]:
        return [
            (mend.cells.item(row, 0).text(), mend.cells.item(row, 1).text())
            for row in range(mend.cells.rowCount())
        ]

    def type_in(cell: tuple[str, str], text: str) -> None:
        mend.cells.item(shown().index(cell), 3).setText(text)

    assert shown() == [("2", "Mô hình"), ("3", "Ngày"), ("3", "Loại hoạt động")]
    assert "Camera an nin" in mend.cells.why.text(), "in full, however narrow the table is"
    mend.cells.setCurrentCell(1, 3)
    assert "31/02/2026" in mend.cells.why.text()
    type_in(("2", "Mô hình"), "camera an ninh")
    type_in(("3", "Ngày"), "6/1/2026")
    type_in(("3", "Loại hoạt động"), "Sinh hoạt")
    wizard.go_on()
    settle()
    look: Any = wizard.step
    assert [look.figures[name].value() for name in ("new", "faulty")] == ["1", "1"]
    wizard.go_back()
    assert shown() == [("3", "Số lượng")], "with the kind known, the counts can be read"
    type_in(("3", "Số lượng"), "2 buổi, 35 lượt người")
    wizard.go_on()
    settle()
    assert [look.figures[name].value() for name in ("new", "faulty")] == ["2", "0"]
    wizard.go_on()
    settle()
    assert {row.on: row.quantities for row in kept(commune)} == {
        date(2026, 1, 5): {"buoi": 1, "luot-nguoi": 20},
        date(2026, 1, 6): {"buoi": 2, "luot-nguoi": 35},
    }


def test_a_week_copied_from_a_spreadsheet_is_kept_as_one_action(
    week: Any, office: Desk, commune: Application, models: list[CommunityModel], settle: Settle
) -> None:
    announced: list[Changes] = []
    office.announced.connect(announced.append)
    keys = [column.key for column in week.grid.lines.columns if column.kind != "fixed"]
    assert keys == ["unit.buoi", "unit.luot-nguoi", "on", "title"]
    QApplication.clipboard().setText("1\t25\t17/11/2026\tHọp tổ\n2\t40\t18/11/2026\t\n3\t5\t17/11/2030\t\n")
    QTest.keyClick(week.grid.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert [(row.on, row.quantities, row.title) for row in sorted(kept(commune), key=lambda row: row.on)] == [
        (date(2026, 11, 17), {"buoi": 1, "luot-nguoi": 25}, "Họp tổ"),
        (date(2026, 11, 18), {"buoi": 2, "luot-nguoi": 40}, ""),
    ]
    assert len(announced) == 1, "one transaction"
    assert "tuần" in week.grid.lines.fault(2)
    QApplication.clipboard().setText("9")
    week.grid.view.go_to(0)
    QTest.keyClick(week.grid.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert len(kept(commune)) == 2, "a line that is pasted over is the same activity"
    assert {row.quantities["buoi"] for row in kept(commune)} == {9, 2}


def test_half_a_kilogram_behind_a_comma_is_kept_as_grams(
    week: Any, commune: Application, settle: Settle
) -> None:
    week.kind.set_value("giao-nop-vu-khi-phao")
    week.read()
    settle()
    lines = week.grid.lines
    place = {column.key: section for section, column in enumerate(lines.columns, 1)}
    day = week.week.first
    for key, typed in (("unit.kg", "1,5"), ("on", f"{day.day}/{day.month}")):
        lines.setData(lines.index(0, place[key]), typed)
    QTest.keyClick(week.grid.view, ENTER)
    settle()
    (row,) = kept(commune)
    assert (row.quantities, row.on) == ({"kg": 1, "gam": 500}, day)
    lines.setData(lines.index(1, place["unit.kg"]), "1,23456")
    QTest.keyClick(week.grid.view, ENTER)
    assert "số nguyên" in lines.unreadable(1)


def test_a_count_of_what_has_no_parts_says_that_it_is_whole(week: Any) -> None:
    lines = week.grid.lines
    lines.setData(lines.index(0, [column.key for column in lines.columns].index("unit.buoi") + 1), "1,5")
    assert "chỉ đếm số nguyên" in lines.unreadable(0)
