"""The upper level's page on real workspaces: enrol, take in stick after stick, answer at once."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from antq_desktop.services.application import Application
from antq_desktop.ui import dialogs
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.receiving.page import ReceivingPage
from antq_desktop.ui.theme import State


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
    made.bar.stick.set_folder(stick)
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
    page.enrolling.form.show_file(next(stick.iterdir()))
    page.enrolling.form.number.set_typed(number)
    page.enrolling.form.send()
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
    page.bar.watch.look()
    idle(page)


def test_a_request_on_the_stick_is_found_and_enrolled_with_its_number_typed_in_any_fashion(
    page: ReceivingPage, number: str, upper: Application, stick: Path
) -> None:
    look(page)
    assert "tệp đăng ký" in page.bar.found.text()
    assert page.bar.found._way is not None
    page.bar.found._way.click()
    field = page.enrolling.form.number.input
    assert field.hasFocus()
    QTest.keyClicks(field, number.replace("-", " ")[:17])
    assert page.enrolling.form.number.said() == "15 trên 30 chữ số"
    QTest.keyClick(field, Qt.Key.Key_Return)
    idle(page)
    assert upper.receiving.communes() == []
    QTest.keyClicks(field, number.replace("-", ".")[17:])
    QTest.keyClick(field, Qt.Key.Key_Return)
    idle(page)
    assert [row.unit_code for row in upper.receiving.communes()] == ["04978"]
    assert len(list(stick.glob("tin-cay-04978*"))) == 1
    assert page.lists.communes.model().index(0, 0).data() == "Xã Kim Bôi"


def test_a_wrong_number_enrols_nobody_and_can_be_corrected(
    page: ReceivingPage, number: str, upper: Application, stick: Path
) -> None:
    page.enrolling.begin(next(stick.iterdir()))
    page.enrolling.form.number.set_typed("12345" * 6)
    page.enrolling.form.send()
    idle(page)
    assert "không khớp" in page.enrolling.form.number.said()
    assert upper.receiving.communes() == []
    page.enrolling.form.number.set_typed(number)
    page.enrolling.form.send()
    idle(page)
    assert len(upper.receiving.communes()) == 1


def test_a_bundle_is_taken_in_and_its_answer_written_to_the_same_stick_at_once(
    page: ReceivingPage, bundle: Path, commune: Application, stick: Path
) -> None:
    look(page)
    assert "1 gói" in page.bar.found.text()
    assert page.bar.found._way is not None
    page.bar.found._way.click()
    idle(page)
    (row,) = page.lists.files
    assert (row.unit_name, row.state) == ("Xã Kim Bôi", State.GOOD)
    assert "thay đổi mới" in row.sentence
    assert page.lists.currentWidget() is page.lists.taken
    (answer,) = stick.glob("xac-nhan-04978*")
    assert row.answer == answer.name
    taken = commune.sending.take(answer)
    assert taken.code == "ack-forward"
    assert commune.sending.waiting().count == 0


def test_with_the_tick_set_a_stick_is_taken_in_without_a_press(
    page: ReceivingPage, bundle: Path, upper: Application
) -> None:
    page.bar.by_itself.click()
    look(page)
    idle(page)
    assert upper.receiving.communes()[0].state == "fresh"
    assert page.lists.communes.model().index(0, 2).data() == "Bình thường"
    before = page.lists.files
    look(page)
    assert page.lists.files == before


def test_files_dropped_on_the_page_are_taken_in(page: ReceivingPage, bundle: Path, tmp_path: Path) -> None:
    elsewhere = Path(shutil.copy(bundle, tmp_path))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(elsewhere))])
    action, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(QPointF(9, 9), action, data, Qt.MouseButton.LeftButton, none))
    idle(page)
    assert "thay đổi mới" in page.lists.files[0].sentence
    assert len(list(tmp_path.glob("xac-nhan-04978*"))) == 1


def test_a_whole_folder_dropped_is_looked_through_and_answered_once(
    page: ReceivingPage, bundle: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "mang ve"
    for name in ("a", "b/c"):
        (folder / name).mkdir(parents=True)
        shutil.copy(bundle, folder / name)
    (folder / "doc.txt").write_text("x")
    page.take([folder])
    idle(page)
    assert sorted(row.verdict for row in page.lists.files) == ["known", "taken"]
    assert len(list(folder.glob("xac-nhan-04978*"))) == 1
    assert "2 tệp" in page.banner.text()


def test_the_same_bundle_again_changes_nothing_and_says_so(page: ReceivingPage, bundle: Path) -> None:
    page.take([bundle])
    idle(page)
    page.take([bundle])
    idle(page)
    assert "Không có gì thay đổi" in page.lists.files[0].sentence


def test_a_damaged_file_is_refused_and_the_good_one_beside_it_is_taken(
    page: ReceivingPage, bundle: Path, stick: Path
) -> None:
    broken = stick / "hong.antq"
    broken.write_bytes(bundle.read_bytes()[:-1])
    page.take([broken, bundle])
    idle(page)
    taken, refused = page.lists.files
    assert (refused.file, refused.verdict, refused.unit_code) == ("hong.antq", "refused", "")
    assert "thay đổi mới" in taken.sentence
    assert page.lists.taken.model().index(0, 0).data() == "Từ chối"
    page.lists.taken.selectRow(0)
    idle(page)
    assert page.file.isVisible()
    assert not page.answer_button.isVisible()


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
    assert "1 thay đổi mới" in page.lists.files[0].sentence


def test_the_details_of_a_commune_write_its_answer_once_more(
    page: ReceivingPage, bundle: Path, stick: Path
) -> None:
    page.take([bundle])
    idle(page)
    for left in stick.glob("xac-nhan*"):
        left.unlink()
    page.lists.see("communes")
    page.lists.communes.selectRow(0)
    idle(page)
    assert page.commune.isVisible()
    page.answer_button.click()
    idle(page)
    assert len(list(stick.glob("xac-nhan-04978*"))) == 1


def test_without_a_stick_it_says_what_to_do_first(page: ReceivingPage, stick: Path) -> None:
    stick.rmdir()
    page.bar.stick.look()
    page.take_from_stick()
    assert "Cắm USB vào trước" in page.banner.text()


def test_an_empty_stick_is_told_by_its_name(page: ReceivingPage, stick: Path) -> None:
    page.take_from_stick()
    idle(page)
    assert str(stick) in page.banner.text()


def test_an_answer_that_could_not_be_written_is_said_plainly_and_can_be_repeated(
    page: ReceivingPage, bundle: Path, upper: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "mat"
    gone.mkdir()
    elsewhere = Path(shutil.copy(bundle, gone))
    page.bar.answer.setChecked(False)
    monkeypatch.setattr(dialogs, "choose_files", lambda *_args: [elsewhere])
    page._choose()
    idle(page)
    assert upper.receiving.communes()[0].last_seq > 0
    (row,) = page.lists.files
    assert (row.answer, row.answer_fault, row.next_step[:4]) == ("", "", "Ghi ")
    stick = bundle.parent
    shutil.rmtree(stick)
    page.bar.stick.look()
    shutil.rmtree(gone)
    page.lists.taken.selectRow(0)
    page.answer_button.click()
    idle(page)
    (row,) = page.lists.files
    assert str(gone) in row.answer_fault
    assert "Chưa lập được phiếu xác nhận" in page.banner.text()
    assert page.lists.taken.model().index(0, 4).data() == "chưa ghi được"
    gone.mkdir()
    page.answer_button.click()
    idle(page)
    (row,) = page.lists.files
    assert (gone / row.answer).exists()
    assert row.answer_fault == ""


def test_whether_the_answer_is_written_at_once_is_kept(page: ReceivingPage, bundle: Path) -> None:
    page.bar.answer.setChecked(False)
    assert page.desk.memory.get("answer-at-once", True) is False
    page.take([bundle])
    idle(page)
    assert list(bundle.parent.glob("xac-nhan*")) == []


def test_three_hundred_files_of_which_seven_are_bad_stay_readable(
    page: ReceivingPage, bundle: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "nhieu"
    folder.mkdir()
    good = bundle.read_bytes()
    for number in range(293):
        (folder / f"goi-{number:03}.antq").write_bytes(good)
    bad = {
        "rong": b"",
        "la": b"khong phai goi",
        "cut": good[:200],
        "cut-cuoi": good[:-1],
        "thua": good + b"x",
        "lat-dau": good[:20] + bytes([good[20] ^ 1]) + good[21:],
        "lat-chu-ky": good[:300] + bytes([good[300] ^ 1]) + good[301:],
    }
    for name, content in bad.items():
        (folder / f"hong-{name}.antq").write_bytes(content)
    page.take([folder])
    idle(page)
    assert len(page.lists.files) == 300
    assert "300 tệp: 293 ổn, 7 cần xem." in page.banner.text()
    assert page.lists.chips.word("files") == "Tệp vừa nhận (300, 7 cần xem)"
    model = page.lists.taken.model()
    assert [model.index(place, 0).data() for place in range(7)] == ["Từ chối"] * 7
    assert model.index(7, 0).data() in {"Đã nhận", "Đã có"}
    page.lists.to_do.setChecked(True)
    assert model.rowCount() == 7
    page.lists.search("hong-cut")
    assert model.rowCount() == 2
    assert len(list(folder.glob("xac-nhan*"))) == 1


def test_stopping_keeps_what_was_done_and_says_so(
    page: ReceivingPage, bundle: Path, tmp_path: Path, upper: Application
) -> None:
    folder = tmp_path / "dung"
    folder.mkdir()
    for number in range(60):
        shutil.copy(bundle, folder / f"goi-{number:02}.antq")
    page.take([folder])
    job = page.desk.lane.jobs[-1]
    job.cancel()
    idle(page)
    assert "Đã dừng" in page.banner.text()
    assert len(page.lists.files) < 60
    assert len(upper.receiving.communes()) == 1


def test_the_list_of_communes_is_searched_without_tone_marks_and_narrowed_to_what_is_to_do(
    page: ReceivingPage, bundle: Path
) -> None:
    model = page.lists.communes.model()
    page.lists.search("kim boi")
    assert model.rowCount() == 1
    page.lists.search("khong co")
    assert model.rowCount() == 0
    page.lists.search("")
    page.lists.to_do.setChecked(True)
    assert model.rowCount() == 1
    page.take([bundle])
    idle(page)
    assert model.rowCount() == 0


def test_the_details_of_a_commune_say_laptops_bundles_and_what_waits(
    page: ReceivingPage, bundle: Path, commune: Application, tmp_path: Path
) -> None:
    page.take([bundle])
    idle(page)
    commune.sending.take(next(bundle.parent.glob("xac-nhan*")))
    commune.territory.add("Xóm Một", "xóm", date(2026, 1, 1))
    first = commune.sending.send(tmp_path)
    page.lists.see("communes")
    page.lists.communes.selectRow(0)
    idle(page)
    page.commune.see("bundles")
    (said,) = page.commune.texts()
    assert "thay đổi 1 đến" in said
    assert "đã được nhận" in said
    page.commune.see("aside")
    assert page.commune.texts() == []
    assert page.commune.parts.word("bundles") == "Gói (1)"
    page.take([first.path])
    idle(page)
    assert page.commune.parts.word("bundles") == "Gói (2)"


def test_a_low_and_narrow_window_enrols_and_shows_what_came(page: ReceivingPage, bundle: Path) -> None:
    page.resize(683, 384)
    QApplication.processEvents()
    (enrol,) = [
        each for each in page.findChildren(QPushButton) if each.text() == "Đăng ký máy" and each.isVisible()
    ]
    QTest.mouseClick(enrol, Qt.MouseButton.LeftButton)
    assert page.enrolling.form.isVisible()
    page.hide_details()
    page.take([bundle])
    idle(page)
    QApplication.processEvents()
    table = page.lists.taken
    seen = table.viewport().visibleRegion().boundingRect()
    assert seen.intersects(table.visualRect(table.model().index(0, 0)))


def test_a_single_bad_file_says_in_full_why_and_what_next(page: ReceivingPage, bundle: Path) -> None:
    broken = bundle.with_name("hong.antq")
    broken.write_bytes(bundle.read_bytes()[:-1])
    page.take([broken])
    idle(page)
    (row,) = page.lists.files
    assert page.banner.text() == f"{row.sentence} {row.next_step}"
    page.take([bundle])
    idle(page)
    assert page.banner.text() == ""


def test_nothing_stands_behind_a_bar_however_narrow_the_page_is(page: ReceivingPage, bundle: Path) -> None:
    page.take([bundle])
    idle(page)
    for width, height in ((1158, 690), (627, 300)):
        page.resize(width, height)
        for view, table in (("files", page.lists.taken), ("communes", page.lists.communes)):
            page.hide_details()
            page.lists.see(view)
            QApplication.processEvents()
            assert table.horizontalScrollBar().maximum() == 0, (width, view)
            table.selectRow(0)
            idle(page)
            QApplication.processEvents()
            assert not table.isVisible() or table.horizontalScrollBar().maximum() == 0, (width, view)
            assert not table.isColumnHidden(0)


def test_communes_are_counted_and_not_their_laptops_and_go_under_their_later_name(
    page: ReceivingPage, bundle: Path, upper: Application
) -> None:
    page.take([bundle])
    idle(page)
    (row,) = upper.receiving.communes()
    page.lists.show_communes([replace(row, number=1), replace(row, number=2, device_id="2")])
    assert page.lists.chips.word("communes") == "Các xã (1)"
    upper.machines.merge("04978", "05014", "sắp xếp")
    page.make_stale()
    idle(page)
    model = page.lists.communes.model()
    later = upper.receiving.communes()[0].current_name
    assert [model.index(0, column).data() for column in (0, 1)] == [
        f"{later} (trước: Xã Kim Bôi)",
        "05014",
    ]
    page.lists.search("04978")
    assert model.rowCount() == 1


def test_what_a_withdrawn_key_had_brought_and_what_a_restore_undid_is_listed_by_record(
    page: ReceivingPage, bundle: Path, commune: Application, upper: Application
) -> None:
    commune.territory.add("Xóm Một", "xóm", date(2026, 1, 1))
    page.take([commune.sending.send(bundle.parent).path])
    idle(page)
    (row,) = upper.receiving.communes()
    upper.machines.revoke("04978", row.device_id, row.last_seq, "mất máy")
    page.wanted(unit_code="04978", part="told")
    idle(page)
    assert page.commune.isVisible()
    (said,) = page.commune.texts()
    assert f"Thay đổi số {row.last_seq}, Khu dân cư «Xóm Một»" in said
    assert "đã được nhận trước khi thu hồi" in said
    page.commune.see("laptops")
    shown = " ".join(label.text() for label in page.commune.findChildren(QLabel))
    assert (
        f"Đã thu hồi từ thay đổi số {row.last_seq}; lúc 05:00 20/11/2026, Lê Thị Tâm. Lý do: mất máy" in shown
    )
