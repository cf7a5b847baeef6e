"""In the window: a restored laptop is said to be one and led out, a copy becomes a laptop, a lost one is taken back."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from antq_desktop.services.application import Application
from antq_desktop.services.recovery import trouble
from antq_desktop.services.recovery.trouble import Trouble
from antq_desktop.storage import outbox
from antq_desktop.ui import dialogs
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.mending.box import MendingBox
from antq_desktop.ui.pages.mending.wizard import MendingWizard
from antq_desktop.ui.pages.sending.page import SendingPage


def idle(page: SendingPage) -> None:
    page.desk.lane.wait_idle()


def halt(side: Application) -> None:
    """Let the workspace have been found restored at its present end."""
    store = side.sending._store
    with store.writing("An") as work:
        end = outbox.head(work.connection, store.epoch)
        found = Trouble(
            code="restored",
            found_by="profile",
            here_epoch=end.epoch,
            here_seq=end.seq,
            here_at="2026-11-20T05:00:00+00:00",
            known_epoch=1,
            known_seq=end.seq + 7,
            known_at="2026-11-22T02:30:00+00:00",
            common_epoch=end.epoch,
            common_seq=end.seq,
        )
        trouble.keep(work, found)
        work.commit()


def wizard_of(page: SendingPage) -> MendingWizard:
    page.refresh()
    idle(page)
    assert page.mending.isVisible()
    assert page.mending.banner._way is not None
    page.mending.banner._way.click()
    assert page.mending.wizard is not None
    return page.mending.wizard


def test_all_is_well_and_nothing_is_said(enrolled: SendingPage) -> None:
    assert not enrolled.mending.isVisible()


def test_a_restored_laptop_is_led_out_with_a_reason(
    enrolled: SendingPage, commune: Application, upper: Application, stick: Path
) -> None:
    halt(commune)
    wizard = wizard_of(enrolled)
    assert "Chưa gửi được gì" in enrolled.mending.banner.text()
    assert list(stick.iterdir()) == []
    assert wizard.step is wizard.known
    wizard.go_on()
    assert not wizard.step.is_ready()
    wizard.decide.restored.setChecked(True)
    assert not wizard.step.is_ready()
    wizard.decide.reason.setPlainText("ổ cứng hỏng, lấy lại bản sao")
    assert wizard.step.is_ready()
    wizard.go_on()
    idle(enrolled)
    assert wizard.step.is_last
    assert "nhập lại phần đã mất" in wizard.end.next.text()
    wizard.go_on()
    idle(enrolled)
    assert not enrolled.mending.isVisible()
    enrolled.send()
    idle(enrolled)
    assert commune.mending.state() is None
    assert {each.verdict for each in upper.receiving.receive(sorted(stick.glob("goi-*")))} == {"taken"}


def test_sealing_before_the_decision_says_why_not_and_leads_to_it(
    enrolled: SendingPage, commune: Application
) -> None:
    halt(commune)
    enrolled.refresh()
    idle(enrolled)
    enrolled.send()
    idle(enrolled)
    assert "lấy lại từ bản sao" in enrolled.banner.text()
    assert enrolled.banner._way is not None
    enrolled.banner._way.click()
    assert enrolled.mending.wizard is not None


def test_leaving_the_wizard_early_changes_nothing(
    enrolled: SendingPage, commune: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    halt(commune)
    wizard = wizard_of(enrolled)
    wizard.go_on()
    monkeypatch.setattr(dialogs, "confirm", lambda *_args, **_more: True)
    wizard.reject()
    idle(enrolled)
    assert commune.mending.state() is not None
    assert enrolled.mending.isVisible()


def test_a_copy_becomes_a_laptop_of_its_own_and_asks_to_be_enrolled(
    enrolled: SendingPage, commune: Application
) -> None:
    halt(commune)
    wizard = wizard_of(enrolled)
    wizard.go_on()
    wizard.decide.cloned.setChecked(True)
    wizard.decide.reason.setPlainText("chép sang máy thứ hai")
    wizard.go_on()
    idle(enrolled)
    assert "tệp đăng ký" in wizard.end.next.text()
    wizard.go_on()
    enrolled.refresh()
    idle(enrolled)
    assert enrolled.action.text() == "Lập tệp đăng ký"
    assert not commune.sending.waiting().is_enrolled


def test_what_the_service_refuses_stays_on_the_step(enrolled: SendingPage, commune: Application) -> None:
    halt(commune)
    wizard = wizard_of(enrolled)
    wizard.go_on()
    wizard.decide.restored.setChecked(True)
    wizard.decide.reason.setPlainText("máy hỏng")
    commune.mending.mend("restored", "trong cửa sổ khác")
    wizard.go_on()
    idle(enrolled)
    assert wizard.step is wizard.decide
    assert "Không có gì phải xử lý" in wizard.decide.said.text()


def test_own_sticks_bring_the_data_forward(
    enrolled: SendingPage, commune: Application, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    halt(commune)
    wizard = wizard_of(enrolled)
    strange = stick / "la.antq"
    strange.write_bytes(b"not ours")
    monkeypatch.setattr(dialogs, "choose_files", lambda *_args: [strange])
    wizard.known.choose()
    idle(enrolled)
    assert wizard.known.said.text()
    assert commune.mending.state() is not None
    wizard.reject()


def test_at_the_receiving_unit_only_the_restore_is_offered(
    desk: Desk, upper: Application, in_sight: Callable[[QWidget], None]
) -> None:
    halt(upper)
    desk.services = upper
    box = MendingBox(desk)
    in_sight(box)
    box.refresh()
    desk.lane.wait_idle()
    box.open_wizard()
    wizard = box.wizard
    assert wizard is not None
    wizard.go_on()
    assert wizard.decide.cloned.isHidden()
    assert wizard.known.sticks.isHidden()
    wizard.decide.restored.setChecked(True)
    wizard.decide.reason.setPlainText("máy chủ hỏng")
    wizard.go_on()
    desk.lane.wait_idle()
    assert "phần còn thiếu" in wizard.end.next.text()
    wizard.go_on()
    desk.lane.wait_idle()
    assert box.isHidden()
    desk.lane.close()


def test_what_was_handed_back_is_offered_to_a_new_laptop_and_taken_in(
    enrolled: SendingPage, commune: Application, upper: Application, stick: Path, tmp_path: Path
) -> None:
    commune.territory.add("Xóm Bãi", "xóm", date(2020, 1, 1))
    upper.receiving.receive([commune.sending.send(tmp_path).path])
    upper.handing_back.hand_back("04978", stick)
    # This laptop was worked on: it is asked nothing.
    enrolled.refresh()
    idle(enrolled)
    assert not enrolled.handed_back.isVisible()
    enrolled.handed_back.look(stick)
    idle(enrolled)
    assert enrolled.handed_back._way is not None
    enrolled.handed_back._way.click()
    idle(enrolled)
    assert "đã có dữ liệu nhập" in enrolled.handed_back.text()
    shutil.rmtree(stick)
