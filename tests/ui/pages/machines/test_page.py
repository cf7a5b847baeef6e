"""The upper level's machines and keys on real workspaces: seen, withdrawn, merged, handed back, made anew."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from antq_desktop.services.application import Application
from antq_desktop.ui import dialogs
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.machines.page import MachinesPage


@pytest.fixture(autouse=True)
def every_question_is_answered_yes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialogs, "confirm", lambda *_args, **_more: True)


@pytest.fixture
def page(
    desk: Desk,
    upper: Application,
    commune: Application,
    stick: Path,
    in_sight: Callable[[QWidget], None],
) -> Iterator[MachinesPage]:
    """Return the page of a unit that has enrolled one laptop and taken its data in."""
    request = commune.sending.enrolment_request(stick)
    commune.sending.take(upper.receiving.enrol(request.path, request.check_number).path)
    upper.receiving.receive([commune.sending.send(stick).path])
    for left in stick.iterdir():
        left.unlink()
    desk.services = upper
    made = MachinesPage(desk)
    desk.announced.connect(made.changed)
    in_sight(made)
    made.freshen()
    desk.lane.wait_idle()
    made.table.selectRow(0)
    desk.lane.wait_idle()
    made.stick.set_folder(stick)
    desk.lane.wait_idle()
    yield made
    made.hide()
    desk.lane.close()


def idle(page: MachinesPage) -> None:
    page.desk.lane.wait_idle()


def test_a_key_is_withdrawn_with_a_reason_and_what_came_since_is_named(
    page: MachinesPage, upper: Application
) -> None:
    assert page._details.isVisible()
    page.deeds.withdraw.click()
    idle(page)
    assert [row.status for row in upper.machines.rows()] == ["active"]
    page.deeds.reason.set_typed("mất máy ngày 20/11")
    page.deeds.since.set_typed("2")
    page.deeds.withdraw.click()
    idle(page)
    (row,) = upper.machines.rows()
    assert (row.status, row.revoked_from, row.why) == ("revoked", 2, "mất máy ngày 20/11")
    assert f"{row.last_seq - 1} thay đổi" in page.banner.text()
    assert not page.deeds.withdraw.isVisible()
    shown = [label.text() for label in page.deeds.facts.findChildren(QLabel)]
    assert {"05:00 20/11/2026", "Lê Thị Tâm", "mất máy ngày 20/11"} <= set(shown)
    gone: list[tuple[str, dict[str, object]]] = []
    page.desk.gone_to.connect(lambda key, what: gone.append((key, what)))
    assert page.banner._way is not None
    page.banner._way.click()
    assert gone == [("receiving", {"unit_code": "04978", "part": "told"})]


def test_nothing_stands_behind_a_bar_however_narrow_the_page_is(page: MachinesPage) -> None:
    for width in (1158, 627):
        page.resize(width, 400)
        for details in (page.hide_details, page.show_details):
            details()
            QApplication.processEvents()
            assert not page.table.isVisible() or page.table.horizontalScrollBar().maximum() == 0
    assert not page.table.isColumnHidden(2)  # whether the key is believed


def test_a_replaced_key_says_so(
    page: MachinesPage, upper: Application, commune: Application, stick: Path
) -> None:
    request = commune.sending.enrolment_request(stick, new_keys=True)
    commune.sending.take(upper.receiving.enrol(request.path, request.check_number).path)
    page.make_stale()
    idle(page)
    model = page.table.model()
    assert [model.index(row, 2).data() for row in range(2)].count("Đang dùng") == 1
    assert [row.is_replaced for row in upper.machines.rows()] == [True, False]


def test_everything_of_the_unit_is_written_for_its_new_laptop(page: MachinesPage, stick: Path) -> None:
    page.deeds.hand.click()
    idle(page)
    (file,) = stick.iterdir()
    assert file.name.startswith("goi-04978-")
    assert "1 tệp" in page.banner.text()


def test_without_a_stick_nothing_is_written(page: MachinesPage, stick: Path) -> None:
    stick.rmdir()
    page.stick.look()
    page.deeds.hand.click()
    idle(page)
    assert "Cắm USB vào trước" in page.banner.text()


def test_a_commune_goes_under_its_later_code(page: MachinesPage, upper: Application) -> None:
    page.deeds.reason.set_typed("sắp xếp đơn vị hành chính")
    page.deeds.later.set_typed("99999")
    page._merge("99999", "sắp xếp")
    idle(page)
    assert "99999" in page.banner.text()
    page._merge("05014", "sắp xếp")
    idle(page)
    assert {row.current_code for row in upper.machines.rows()} == {"05014"}


def test_own_keys_are_made_anew_and_the_recovery_key_is_shown_this_once(
    page: MachinesPage, upper: Application
) -> None:
    page._show_own()
    assert page.own.isVisible()
    page.own.renew()
    idle(page)
    assert page.own.identity.text() == ""
    page.own.reason.set_typed("mất tờ in")
    page.own.renew()
    idle(page)
    assert page.own.identity.text().startswith("AGE-SECRET-KEY-1")
    assert page.own.print_button.isVisible()
    page.own.change_root()
    idle(page)
    assert "Khóa gốc mới" in page.own.said.text()
    page._show_own()
    assert page.own.identity.text() == ""


def test_a_search_leads_to_one_unit(page: MachinesPage) -> None:
    page.wanted(unit_code="04978")
    idle(page)
    assert page._model.total == 1
    page.wanted(unit_code="99999")
    idle(page)
    assert page._model.total == 0
