"""Conflicts side by side on real workspaces: seen, chosen by the keyboard alone, decided with a reason."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from antq_desktop.domain.commitments import Commitment
from antq_desktop.domain.households import Household
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.exchange.names import laptop_mark
from antq_desktop.services.application import Application
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.conflicts.conflict_rows import open_rows
from antq_desktop.ui.pages.conflicts.page import ConflictsPage
from antq_desktop.ui.pages.overview.due import due
from antq_desktop.ui.pages.overview.facts import gather
from antq_desktop.ui.pages.sending.page import SendingPage
from antq_desktop.ui.theme import State
from tests import second_laptop
from tests.ui.pages.conftest import PASSPHRASE


@pytest.fixture
def second(
    commune: Application, areas: list[ResidentialArea], upper: Application, stick: Path, tmp_path: Path
) -> Iterator[Application]:
    assert areas
    request = commune.sending.enrolment_request(stick)
    commune.sending.take(upper.receiving.enrol(request.path, request.check_number, stick).path)
    made = second_laptop.add(tmp_path / "second", commune, upper, stick, PASSPHRASE)
    yield made
    made.close()


@pytest.fixture
def homes(commune: Application, second: Application, stick: Path) -> list[Household]:
    return second_laptop.change_both(commune, second, stick)


@pytest.fixture
def page(office: Desk, homes: list[Household], in_sight: Callable[[QWidget], None]) -> ConflictsPage:
    made = ConflictsPage(office)
    office.announced.connect(made.changed)
    in_sight(made)
    made.freshen()
    office.lane.wait_idle()
    return made


def _open(page: ConflictsPage, row: int) -> None:
    page.table.selectRow(row)
    page.desk.lane.wait_idle()


def _settled(page: ConflictsPage) -> None:
    for conflict in page.desk.services.conflicts.open():
        if conflict.entity != "households":
            raise AssertionError(conflict)


def test_every_conflict_is_listed_with_its_versions(page: ConflictsPage, homes: list[Household]) -> None:
    assert page._model.total == len(homes)
    assert page.chips.word("open") == "Chờ quyết định (3)"
    _settled(page)
    for row in range(3):
        _open(page, row)
        assert len(page.versions.heads) == 2
        assert not any(head.isChecked() for head in page.versions.heads)


def test_nothing_is_chosen_or_decided_by_closing_resizing_or_enter(
    page: ConflictsPage, commune: Application
) -> None:
    _open(page, 0)
    page.decide()
    assert page.banner.text() == "Chọn bản được giữ trước."
    page.versions.choose(1)
    page.decide()  # no reason yet
    page.resize(500, 380)
    assert page.table.isHidden()
    page.obey(Command.LEAVE)
    assert not page.table.isHidden()
    page.desk.lane.wait_idle()
    assert commune.conflicts.count() == 3
    _open(page, 1)
    _open(page, 0)
    assert page.versions.choice() is None


def test_it_is_decided_by_the_keyboard_alone(
    page: ConflictsPage, commune: Application, write: Callable[[QWidget, str], None]
) -> None:
    _open(page, 0)
    shown = page._shown
    assert shown is not None
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert page.versions.heads[0].hasFocus()
    QTest.keyClick(page.versions.heads[0], Qt.Key.Key_Right)
    assert not page.versions.heads[1].isChecked()  # seen, not chosen
    QTest.keyClick(page.versions.heads[1], Qt.Key.Key_Space)
    assert page.versions.heads[1].isChecked()
    write(page.reason.input, "Theo sổ hộ khẩu")
    page.obey(Command.SAVE)
    page.desk.lane.wait_idle()
    assert page.banner.text().startswith("Đã quyết định.")
    assert commune.conflicts.count() == 2
    (decided,) = commune.conflicts.decided()
    assert (decided.entity_id, decided.reason) == (shown.entity_id, "Theo sổ hộ khẩu")
    assert commune.households.get(shown.entity_id).members == shown.sides[1].body["members"]
    assert page.chips.word("decided") == "Đã quyết định (1)"


def test_single_fields_come_from_either_version(
    page: ConflictsPage, commune: Application, write: Callable[[QWidget, str], None]
) -> None:
    _open(page, 0)
    shown = page._shown
    assert shown is not None
    page.versions.choose(0)
    page.versions.choose_field("address", 1)
    assert page.versions._cells["address"][1].isChecked()
    assert page.versions._cells["members"][0].isChecked()
    write(page.reason.input, "Hỏi lại trưởng xóm")
    page.decide()
    page.desk.lane.wait_idle()
    kept = commune.households.get(shown.entity_id)
    assert (kept.address, kept.members) == (
        "Nhà số 4, ngõ 12, cạnh nhà văn hoá",
        shown.sides[0].body["members"],
    )


def test_a_decision_can_be_taken_back_where_it_is_listed(
    page: ConflictsPage, commune: Application, write: Callable[[QWidget, str], None]
) -> None:
    _open(page, 0)
    page.versions.choose(0)
    write(page.reason.input, "Theo sổ")
    page.decide()
    page.desk.lane.wait_idle()
    page.see("decided")
    _open(page, 0)
    shown = page._shown
    assert shown is not None
    page.versions.choose(1)
    write(page.reason.input, "Xem lại giấy tờ")
    page.decide()
    page.desk.lane.wait_idle()
    assert commune.households.get(shown.entity_id).members == shown.sides[1].body["members"]
    assert len(commune.conflicts.decided()) == 2


def test_overview_and_sending_lead_there(
    office: Desk, commune: Application, homes: list[Household], in_sight: Callable[[QWidget], None]
) -> None:
    line = next(each for each in due(gather(commune, 2026)) if each.page == "conflicts")
    assert (line.state, line.text) == (
        State.BAD,
        "3 bản ghi bị sửa khác nhau ở hai máy, đang chờ quyết định.",
    )
    sending = SendingPage(office)
    in_sight(sending)
    sending.freshen()
    office.lane.wait_idle()
    assert sending.laptops.conflicts.text() == line.text
    assert "Chưa máy nào giữ sổ" in sending.laptops.register.text()


def test_a_whole_bundle_for_the_other_laptop_is_made_by_a_button(
    office: Desk, second: Application, stick: Path, in_sight: Callable[[QWidget], None]
) -> None:
    sending = SendingPage(office)
    in_sight(sending)
    sending.freshen()
    office.lane.wait_idle()
    assert sending.laptops.whole.text() == "Lập gói đầy đủ cho máy khác của xã"
    sending.laptops.whole.click()
    assert sending.laptops.result.text().startswith("Cắm USB")
    sending.stick.set_folder(stick)
    for left in stick.iterdir():
        left.unlink()
    sending.laptops.whole.click()
    office.lane.wait_idle()
    (bundle,) = stick.iterdir()
    assert "-1-1-" in bundle.name
    assert bundle.name in sending.laptops.result.text()
    assert second.laptops.take([bundle])[0].verdict in {"taken", "known"}


def test_bundles_of_another_laptop_are_taken_in_from_the_stick(
    office: Desk, commune: Application, second: Application, stick: Path, in_sight: Callable[[QWidget], None]
) -> None:
    area = second.territory.areas()[0]
    second.households.save(
        Household(id="", unit_code="", area_id=area.id, head="Hà Thị Mới", birth="1990", members=3)
    )
    second.sending.send(stick)
    sending = SendingPage(office)
    in_sight(sending)
    sending.freshen()
    office.lane.wait_idle()
    sending.laptops.take_from_stick()
    assert sending.laptops.result.text().startswith("Cắm USB")
    sending.stick.set_folder(stick)
    sending.laptops.take_from_stick()
    office.lane.wait_idle()
    # The bundle of this laptop itself, which lies on the same stick, is passed over.
    assert "Gói này do chính máy này lập" not in sending.laptops.result.text()
    assert any(row.head == "Hà Thị Mới" for row in commune.households.find("Hà Thị Mới"))
    assert f"Máy {laptop_mark(second.conflicts.own_laptop)}:" in sending.laptops.state.text()
    assert second.conflicts.own_laptop not in sending.laptops.state.text()
    shutil.rmtree(stick)


@pytest.fixture
def paper_twice(commune: Application, second: Application, homes: list[Household], stick: Path) -> Household:
    """Return a household for which each laptop wrote a paper of the same campaign, under ids of their own."""
    campaign = commune.commitments.yearly()
    second.laptops.take([commune.sending.send(stick).path])
    for laptop, key in ((commune, "b"), (second, "a")):
        with laptop.sending._store.writing("An") as work:
            work.save(
                Commitment(
                    id=key,
                    unit_code=homes[0].unit_code,
                    household_id=homes[0].id,
                    campaign_id=campaign.id,
                    year=2026,
                    note=f"Bản {key}",
                )
            )
            work.commit()
    commune.laptops.take([second.sending.send(stick).path])
    return homes[0]


def test_of_two_records_in_one_place_either_is_chosen_and_none_is_mixed(
    paper_twice: Household, page: ConflictsPage, commune: Application, write: Callable[[QWidget, str], None]
) -> None:
    (row,) = (each for each in open_rows(page._read.open) if each.id == "commitments/b")
    page._choose(row)
    page.desk.lane.wait_idle()
    assert page._why.text().startswith("Hai máy ghi hai bản ghi trùng số hoặc trùng chỗ")
    assert len(page.versions.heads) == 2
    assert page.versions._cells == {}
    page.versions.choose(1)
    write(page.reason.input, "Bản b có chữ ký")
    page.decide()
    page.desk.lane.wait_idle()
    with commune.sending._store.reading() as work:
        assert [each.id for each in work.all(Commitment, household_id=paper_twice.id)] == ["b"]
