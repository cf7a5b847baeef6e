"""The commune's way over the stick, on two real workspaces: enrol, seal, hand over, take the answer."""

from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from antq_desktop.runtime.resources import RESOURCES
from antq_desktop.services.application import Application
from antq_desktop.storage.register_tables import residential_areas
from antq_desktop.ui import dialogs
from antq_desktop.ui.pages.sending.page import SendingPage
from antq_desktop.ui.paper_desk import PaperDesk


def idle(page: SendingPage) -> None:
    page.desk.lane.wait_idle()


def paper(page: SendingPage) -> PaperDesk:
    """Return the paper that lies over the page."""
    idle(page)
    (shown,) = (found for found in page.findChildren(PaperDesk) if found.isVisible())
    return shown


def test_what_waits_stands_there_before_anything_was_sent(page: SendingPage, commune: Application) -> None:
    waiting = commune.sending.waiting()
    assert waiting.count > 0
    assert page.waiting.waiting.value() == str(waiting.count)
    page._show_counts()
    assert page._details.isVisible()


def test_the_request_is_put_on_the_stick_and_its_number_only_on_the_screen_and_the_sheet(
    page: SendingPage, stick: Path
) -> None:
    assert page.action.text() == "Lập tệp đăng ký"
    page.action.trigger()
    idle(page)
    (request,) = stick.iterdir()
    shown = page.enrolment.number()
    assert len(shown.replace(" ", "")) == 30
    assert shown.replace(" ", "").encode() not in request.read_bytes()
    page._print_sheet()
    assert paper(page).view.pages == 1


def test_the_answer_is_found_on_the_stick_by_itself_and_enrols(
    page: SendingPage, upper: Application, stick: Path
) -> None:
    page.action.trigger()
    idle(page)
    made = page.enrolment.made
    assert made is not None
    upper.receiving.enrol(made.path, made.check_number, stick)
    page.refresh()
    idle(page)
    assert "tệp trả lời" in page.found.text()
    assert page.found._way is not None
    page.found._way.click()
    idle(page)
    assert "Công an tỉnh Phú Thọ" in page.banner.text()
    assert page.enrolment.isHidden()
    assert page.action.text() == "Ghi gói vào USB"


def test_a_stick_is_sealed_and_its_slip_printed_in_four_actions(
    enrolled: SendingPage, commune: Application, stick: Path
) -> None:
    # One: the page was opened. Two: the stick was plugged in and is chosen by itself.
    assert enrolled.stick.folder() == stick
    enrolled.action.trigger()  # three
    idle(enrolled)
    (bundle,) = stick.iterdir()
    assert enrolled.banner._way is not None
    enrolled.banner._way.click()  # four
    slip = paper(enrolled)
    assert slip.view.pages == 1
    slip.close_it()
    (row,) = commune.sending.history()
    assert (row.file_name, row.state) == (bundle.name, "waiting")
    assert enrolled.history.model().index(0, 1).data() == "Chờ xác nhận"


def test_only_the_acknowledgement_makes_it_delivered(
    enrolled: SendingPage, commune: Application, upper: Application, stick: Path
) -> None:
    enrolled.send()
    idle(enrolled)
    (bundle,) = stick.iterdir()
    assert [each.code for each in upper.receiving.receive([bundle])] == ["all-new"]
    upper.receiving.acknowledge("04978", stick)
    enrolled.refresh()
    idle(enrolled)
    assert commune.sending.waiting().count > 0
    assert enrolled.found._way is not None
    enrolled.found._way.click()
    idle(enrolled)
    assert commune.sending.history()[0].state == "delivered"
    assert enrolled.waiting.waiting.value() == "0"
    assert enrolled.history.model().index(0, 1).data() == "Đã giao"
    enrolled.send()
    idle(enrolled)
    assert "Không có gì để gửi" in enrolled.banner.text()


def test_without_a_stick_it_says_what_to_do_first(page: SendingPage, stick: Path) -> None:
    stick.rmdir()
    page.stick.look()
    assert page.stick.folder() is None
    page.action.trigger()
    assert "Cắm USB vào trước" in page.banner.text()


def test_a_stick_that_vanished_meanwhile_has_its_own_sentence(enrolled: SendingPage, stick: Path) -> None:
    stick.rmdir()
    enrolled.send()
    idle(enrolled)
    assert str(stick) in enrolled.banner.text()


def test_before_the_enrolment_nothing_is_sealed_and_the_way_is_offered(
    page: SendingPage, stick: Path
) -> None:
    page.send()
    idle(page)
    assert "chưa được đăng ký" in page.banner.text()
    assert page.banner._way is not None
    assert list(stick.iterdir()) == []


def test_a_file_that_is_none_of_ours_is_refused_in_a_sentence(
    enrolled: SendingPage, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    strange = stick / "la.antq"
    strange.write_bytes(b"not a file of ours")
    monkeypatch.setattr(dialogs, "choose_file", lambda *_args: strange)
    enrolled._choose_answer()
    idle(enrolled)
    assert ".antq" in enrolled.banner.text()


def test_the_folder_is_offered_again_and_the_watch_ends_with_the_page(page: SendingPage, stick: Path) -> None:
    assert page.desk.memory.get("stick-folder") == str(stick)
    page.hide()
    assert not page.stick._timer.isActive()


def test_catalogues_on_the_stick_are_offered_once(
    enrolled: SendingPage, commune: Application, upper: Application, stick: Path, tmp_path: Path
) -> None:
    shipped = (RESOURCES / "catalogues" / "tt124-2021-dieu4.toml").read_text(encoding="utf-8")
    newer = tmp_path / "tieu-chi.toml"
    newer.write_text(shipped.replace('version = "2"', 'version = "3"', 1), encoding="utf-8")
    upper.issuing.issue(newer)
    upper.issuing.write_to(stick)
    enrolled.refresh()
    idle(enrolled)
    assert enrolled.found._way is not None
    enrolled.found._way.click()
    idle(enrolled)
    assert commune.catalogues.criteria_for("residential_area", 2026).version == "3"
    enrolled.refresh()
    idle(enrolled)
    assert not enrolled.found.isVisible()


def test_keys_are_changed_from_the_page_and_the_answer_is_offered(
    enrolled: SendingPage, commune: Application, upper: Application, stick: Path
) -> None:
    before = {row.key_id for row in upper.machines.rows()}
    enrolled._keys.click()
    idle(enrolled)
    enrolled.refresh()
    idle(enrolled)
    # The number stays in sight until the answer comes, and sending goes on meanwhile.
    made = enrolled.enrolment.made
    assert made is not None
    assert enrolled.enrolment.isVisible()
    assert enrolled.action.text() == "Ghi gói vào USB"
    upper.receiving.enrol(made.path, made.check_number, stick)
    enrolled.refresh()
    idle(enrolled)
    assert enrolled.found._way is not None
    enrolled.found._way.click()
    idle(enrolled)
    enrolled.refresh()
    idle(enrolled)
    assert not enrolled.enrolment.isVisible()
    assert len({row.key_id for row in upper.machines.rows()} - before) == 1
    assert not commune.sending.waiting().is_asking


def test_everything_is_sent_once_more_where_the_receiving_unit_has_other_data(
    enrolled: SendingPage, commune: Application, upper: Application, stick: Path
) -> None:
    area = commune.territory.add("Xóm Một", "xóm", date(2026, 1, 1)).record
    with commune.sending._store.writing("An") as work:
        work.connection.execute(sa.delete(residential_areas).where(residential_areas.c.id == area.id))
        work.commit()
    enrolled.send()
    idle(enrolled)
    upper.receiving.receive(list(stick.glob("goi-*")))
    enrolled.take(upper.receiving.acknowledge("04978", stick))
    idle(enrolled)
    assert commune.sending.waiting().wants_everything
    assert "dữ liệu khác với máy này" in enrolled.again.text()
    for left in stick.iterdir():
        left.unlink()
    assert enrolled.again._way is not None
    enrolled.again._way.click()
    idle(enrolled)
    (sent,) = stick.glob("goi-04978-1-1-*")
    assert not enrolled.again.isVisible()
    upper.receiving.receive([sent])
    enrolled.take(upper.receiving.acknowledge("04978", stick))
    idle(enrolled)
    assert not enrolled.again.isVisible()
    assert commune.sending.waiting().count == 0
