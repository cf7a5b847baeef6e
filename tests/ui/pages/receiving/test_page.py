"""The upper level's page on real workspaces: enrol, take in stick after stick, answer at once."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from antq_desktop.services.application import Application
from antq_desktop.ui import dialogs
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.receiving.page import ReceivingPage


@pytest.fixture
def page(
    desk: Desk, upper: Application, stick: Path, in_sight: Callable[[QWidget], None]
) -> Iterator[ReceivingPage]:
    desk.services = upper
    made = ReceivingPage(desk)
    desk.announced.connect(made.changed)
    in_sight(made)
    made.freshen()
    desk.lane.wait_idle()
    made.stick.set_folder(stick)
    desk.lane.wait_idle()
    yield made
    made.hide()
    desk.lane.close()


@pytest.fixture
def number(commune: Application, stick: Path) -> str:
    """Put the request of the commune on the stick; return the number on its sheet."""
    return commune.sending.enrolment_request(stick).check_number


@pytest.fixture
def bundle(page: ReceivingPage, commune: Application, number: str, stick: Path) -> Path:
    """Return a bundle on the stick, of a laptop that the page has enrolled."""
    page.enrolment.show_file(next(stick.iterdir()))
    page.enrolment.number.set_typed(number)
    page.enrolment.send()
    idle(page)
    commune.sending.take(next(stick.glob("tin-cay*")))
    for left in stick.iterdir():
        left.unlink()
    return commune.sending.send(stick).path


def idle(page: ReceivingPage) -> None:
    page.desk.lane.wait_idle()


def look(page: ReceivingPage) -> None:
    """Let the watch look once, whatever it is doing just now."""
    idle(page)
    page.watch.look()
    idle(page)


def test_a_request_on_the_stick_is_found_and_enrolled_with_its_number_typed_in_any_fashion(
    page: ReceivingPage, number: str, upper: Application, stick: Path
) -> None:
    look(page)
    assert "tệp đăng ký" in page.found.text()
    assert page.found._way is not None
    page.found._way.click()
    field = page.enrolment.number.input
    assert field.hasFocus()
    QTest.keyClicks(field, number.replace("-", " ")[:17])
    assert page.enrolment.number.said() == "15 trên 30 chữ số"
    QTest.keyClick(field, Qt.Key.Key_Return)
    idle(page)
    assert upper.receiving.communes() == []
    QTest.keyClicks(field, number.replace("-", ".")[17:])
    QTest.keyClick(field, Qt.Key.Key_Return)
    idle(page)
    assert [row.unit_code for row in upper.receiving.communes()] == ["04978"]
    assert len(list(stick.glob("tin-cay-04978*"))) == 1
    assert page.table.model().index(0, 0).data() == "Xã Kim Bôi"


def test_a_wrong_number_enrols_nobody_and_can_be_corrected(
    page: ReceivingPage, number: str, upper: Application, stick: Path
) -> None:
    page._begin_enrolment(next(stick.iterdir()))
    page.enrolment.number.set_typed("12345" * 6)
    page.enrolment.send()
    idle(page)
    assert "không khớp" in page.enrolment.number.said()
    assert upper.receiving.communes() == []
    page.enrolment.number.set_typed(number)
    page.enrolment.send()
    idle(page)
    assert len(upper.receiving.communes()) == 1


def test_a_bundle_is_taken_in_and_its_answer_written_to_the_same_stick_at_once(
    page: ReceivingPage, bundle: Path, commune: Application, stick: Path
) -> None:
    look(page)
    assert "1 gói" in page.found.text()
    assert page.found._way is not None
    page.found._way.click()
    idle(page)
    first, second = page.verdicts.texts()[:2]
    assert first.startswith("Xã Kim Bôi: ")
    assert "thay đổi mới" in first
    (answer,) = stick.glob("xac-nhan-04978*")
    assert answer.name in second
    taken = commune.sending.take(answer)
    assert taken.code == "ack-forward"
    assert commune.sending.waiting().count == 0


def test_with_the_tick_set_a_stick_is_taken_in_without_a_press(
    page: ReceivingPage, bundle: Path, upper: Application
) -> None:
    page.by_itself.click()
    look(page)
    idle(page)
    assert upper.receiving.communes()[0].state == "fresh"
    assert page.table.model().index(0, 1).data() == "Bình thường"
    before = page.verdicts.texts()
    look(page)
    assert page.verdicts.texts() == before


def test_files_dropped_on_the_page_are_taken_in(page: ReceivingPage, bundle: Path, tmp_path: Path) -> None:
    elsewhere = Path(shutil.copy(bundle, tmp_path))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(elsewhere))])
    action, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(QPointF(9, 9), action, data, Qt.MouseButton.LeftButton, none))
    idle(page)
    assert "thay đổi mới" in page.verdicts.texts()[0]


def test_the_same_bundle_again_changes_nothing_and_says_so(page: ReceivingPage, bundle: Path) -> None:
    page.take([bundle])
    idle(page)
    page.take([bundle])
    idle(page)
    assert "Không có gì thay đổi" in page.verdicts.texts()[0]


def test_a_damaged_file_is_refused_and_the_good_one_beside_it_is_taken(
    page: ReceivingPage, bundle: Path, stick: Path
) -> None:
    broken = stick / "hong.antq"
    broken.write_bytes(bundle.read_bytes()[:-1])
    page.take([broken, bundle])
    idle(page)
    said = page.verdicts.texts()
    assert said[0].startswith("hong.antq: ")
    assert "thay đổi mới" in said[1]


def test_the_next_bundle_goes_on_from_the_last(
    page: ReceivingPage, bundle: Path, commune: Application, tmp_path: Path, upper: Application
) -> None:
    page.take([bundle])
    idle(page)
    before = upper.receiving.communes()[0].last_seq
    commune.sending.take(upper.receiving.acknowledge("04978", tmp_path))
    commune.territory.add("Xóm Mới", "xóm", date(2026, 1, 1))
    page.take([commune.sending.send(tmp_path).path])
    idle(page)
    assert upper.receiving.communes()[0].last_seq == before + 1
    assert "1 thay đổi mới" in page.verdicts.texts()[0]


def test_the_details_of_a_commune_write_its_answer_once_more(
    page: ReceivingPage, bundle: Path, stick: Path
) -> None:
    page.take([bundle])
    idle(page)
    for left in stick.glob("xac-nhan*"):
        left.unlink()
    page.table.selectRow(0)
    idle(page)
    assert page._aside.isVisible()
    page._answer_button.click()
    idle(page)
    assert len(list(stick.glob("xac-nhan-04978*"))) == 1


def test_without_a_stick_it_says_what_to_do_first(page: ReceivingPage, stick: Path) -> None:
    stick.rmdir()
    page.stick.look()
    page.take_from_stick()
    assert "Cắm USB vào trước" in page.banner.text()


def test_an_empty_stick_is_told_by_its_name(page: ReceivingPage, stick: Path) -> None:
    page.take_from_stick()
    idle(page)
    assert str(stick) in page.banner.text()


def test_a_stick_that_cannot_be_written_still_takes_the_bundle_in(
    page: ReceivingPage, bundle: Path, upper: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = Path(shutil.copy(bundle, tmp_path))
    monkeypatch.setattr(dialogs, "choose_files", lambda *_args: [elsewhere])
    shutil.rmtree(bundle.parent)
    page._choose()
    idle(page)
    assert upper.receiving.communes()[0].last_seq > 0
    assert "Chưa lập được phiếu xác nhận" in page.verdicts.texts()[1]
