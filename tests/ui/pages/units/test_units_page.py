"""Agencies, enterprises and schools are listed; their kind decides at once whether they are assessed, and why not."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from antq_desktop.domain.units import Unit, UnitKey
from antq_desktop.services.application import Application
from antq_desktop.ui import dialogs
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.units.page import UnitsPage

Write = Callable[[QWidget, str], None]
LONG_AGO = date(2020, 1, 1)


@pytest.fixture
def post(commune: Application) -> Unit:
    return commune.units.add(
        "agency", "Bưu điện trung tâm", "co-quan", has_party=True, valid_from=LONG_AGO
    ).record


@pytest.fixture
def school(commune: Application) -> Unit:
    return commune.units.add("school", "Trường Tiểu học Kim Bôi", "tieu-hoc", valid_from=LONG_AGO).record


@pytest.fixture
def page(office: Desk, in_sight: Callable[..., None]) -> UnitsPage:
    made = UnitsPage(office)
    office.announced.connect(made.changed)
    in_sight(made)
    made.freshen()
    office.lane.wait_idle()
    return made


def idle(page: UnitsPage) -> None:
    page.desk.lane.wait_idle()


def names(page: UnitsPage) -> list[str]:
    model = page.table.model()
    return [str(model.index(place, 0).data()) for place in range(model.rowCount())]


def put(page: UnitsPage, name: str, text: str) -> None:
    page.form.boxes[name].set_typed(text)
    page.form.boxes[name].edited.emit()
    page.form.editing.emit()


def open_unit(page: UnitsPage, unit: Unit) -> None:
    page.wanted(unit_id=unit.id)
    idle(page)


def test_an_empty_list_says_what_to_do_first(page: UnitsPage) -> None:
    assert names(page) == []
    assert page.table._note.isVisible()


def test_those_left_out_stand_in_the_list_with_the_reason(post: Unit, school: Unit, page: UnitsPage) -> None:
    assert names(page) == ["Bưu điện trung tâm", "Trường Tiểu học Kim Bôi"]
    model = page.table.model()
    assert [model.index(0, 4).data(), "Điều 1 khoản 2" in model.index(1, 4).data()] == ["Có", True]
    page._excluded.click()
    assert names(page) == ["Trường Tiểu học Kim Bôi"]
    page._excluded.click()
    page._kind.picked.emit("agency")
    assert names(page) == ["Bưu điện trung tâm"]


def test_a_unit_is_listed_by_key(page: UnitsPage, commune: Application, write: Write) -> None:
    page.obey(Command.NEW)
    idle(page)
    put(page, "category", "enterprise/vua")
    write(page.form.boxes["name"].input, "Công ty May Kim Bôi")
    field = page.form.boxes["address"].input
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Return)
    page.obey(Command.SAVE)
    idle(page)
    (row,) = commune.units.rows(2026)
    assert (row.kind, row.name, row.category, row.excluded_why) == (
        "enterprise",
        "Công ty May Kim Bôi",
        "vua",
        None,
    )
    assert names(page) == ["Công ty May Kim Bôi"]
    assert page.ending.isVisible()


def test_the_kind_says_at_once_why_a_unit_is_not_assessed(page: UnitsPage, commune: Application) -> None:
    page.obey(Command.NEW)
    idle(page)
    assert not page.scope.isVisible()
    put(page, "category", "enterprise/nho")
    assert "Điều 1 khoản 2" in page.scope.text()
    assert "không đăng ký được" in page.scope.text()
    put(page, "category", "enterprise/lon")
    assert not page.scope.isVisible()
    put(page, "managed", "")
    assert "Điều 10" in page.scope.text()
    put(page, "name", "Công ty Điện lực")
    page.obey(Command.SAVE)
    idle(page)
    assert "Điều 10" in str(commune.units.rows(2026)[0].excluded_why)


def test_a_unit_that_is_listed_keeps_its_kind(school: Unit, page: UnitsPage, commune: Application) -> None:
    open_unit(page, school)
    choice = page.form.boxes["category"].input
    assert choice.findData("enterprise/lon") < 0  # type: ignore[union-attr] # a Choice
    put(page, "category", "school/trung-hoc-co-so")
    page.obey(Command.SAVE)
    idle(page)
    row = commune.units.rows(2026)[0]
    assert (row.kind, row.category, row.excluded_why) == ("school", "trung-hoc-co-so", None)
    assert not page.scope.isVisible()


def test_what_was_typed_of_a_new_unit_comes_back(post: Unit, page: UnitsPage) -> None:
    page.obey(Command.NEW)
    idle(page)
    put(page, "category", "school/trung-hoc-pho-thong")
    put(page, "name", "THPT Kim Bôi")
    open_unit(page, post)
    assert page.form.boxes["name"].typed() == "Bưu điện trung tâm"
    page.obey(Command.NEW)
    idle(page)
    assert page.form.boxes["name"].typed() == "THPT Kim Bôi"
    assert page.form.boxes["category"].typed() == "school/trung-hoc-pho-thong"


def test_a_missing_or_taken_name_is_said_under_it(post: Unit, page: UnitsPage, commune: Application) -> None:
    page.obey(Command.NEW)
    idle(page)
    page.obey(Command.SAVE)
    idle(page)
    assert "«Tên»" in page.form.boxes["name"].said()
    put(page, "name", "bưu điện TRUNG TÂM")
    page.obey(Command.SAVE)
    idle(page)
    assert "TRUNG TÂM" in page.form.boxes["name"].said()
    assert len(commune.units.rows(2026)) == 1


def test_a_unit_ends_with_its_last_day_and_a_reason(
    post: Unit, page: UnitsPage, commune: Application
) -> None:
    open_unit(page, post)
    page.ending._close()
    assert page.ending.on.said()
    assert page.ending.reason.said()
    page.ending.on.set_typed("1/1/2019")
    page.ending.reason.set_value("Giải thể")
    page.ending._close()
    idle(page)
    assert page.ending.on.said()
    assert commune.units.get(post.id).valid_to is None
    page.ending.on.set_typed("30/6/2026")
    QTest.keyClick(page.ending.reason.input, Qt.Key.Key_Return)
    idle(page)
    assert commune.units.get(post.id).valid_to == date(2026, 6, 30)
    assert names(page) == ["Bưu điện trung tâm (đến 30/06/2026)"]
    assert "30/06/2026" in page.ending._said.text()
    put(page, "address", "Khu 3")
    page.obey(Command.SAVE)
    idle(page)
    kept = commune.units.get(post.id)
    assert (kept.address, kept.valid_to) == ("Khu 3", date(2026, 6, 30))


def test_only_a_unit_typed_by_mistake_is_taken_off(
    post: Unit, school: Unit, page: UnitsPage, commune: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [False, True, True]
    monkeypatch.setattr(dialogs, "confirm", lambda *_, **__: answers.pop(0))
    open_unit(page, school)
    page.ending._remove()
    assert len(answers) == 3, "without a reason nothing is asked"
    page.ending.reason.set_value("Gõ nhầm")
    page.ending._remove()
    idle(page)
    assert len(commune.units.rows(2026)) == 2
    page.ending._remove()
    idle(page)
    assert names(page) == ["Bưu điện trung tâm"]
    commune.year_board.record(UnitKey("agency", post.id), 2026, "registration", date(2026, 2, 5))
    open_unit(page, post)
    page.ending.reason.set_value("Gõ nhầm")
    page.ending._remove()
    idle(page)
    assert "Bưu điện trung tâm" in page.banner.text()
    assert names(page) == ["Bưu điện trung tâm"]


def test_a_unit_leads_to_its_year(post: Unit, page: UnitsPage) -> None:
    went: list[tuple[str, dict[str, object]]] = []
    page.desk.gone_to.connect(lambda where, what: went.append((where, what)))
    open_unit(page, post)
    page._go_to_board()
    assert went == [("yearly_board", {"unit_id": post.id})]
