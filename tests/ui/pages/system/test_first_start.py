"""The first start from the first click to an open workspace, and every way out of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from antq_desktop.bootstrap import open_workspace, workspace_exists
from antq_desktop.documents.preview import previewing
from antq_desktop.services.application import Application
from antq_desktop.ui import dialogs
from antq_desktop.ui.jobs import Lane
from antq_desktop.ui.pages.first_start.wizard import FirstStart

PASSPHRASE = "cây đa bến nước sân đình"


@pytest.fixture
def wizard(qtbot: QtBot, lane: Lane, tmp_path: Path) -> Iterator[FirstStart]:
    wizard = FirstStart(tmp_path / "dữ liệu", lane)
    wizard.show()
    yield wizard
    lane.wait_idle()
    if wizard.answers.application is not None:
        wizard.answers.application.close()
    QDialog.reject(wizard)  # the wizard's own way out would ask
    wizard.deleteLater()


def choose_commune(wizard: FirstStart, lane: Lane, text: str = "kim boi") -> None:
    wizard.go_on()
    lane.wait_idle()
    wizard.place.text.setText(text)
    wizard.place._search()
    lane.wait_idle()


def to_the_passphrase(wizard: FirstStart, lane: Lane) -> None:
    choose_commune(wizard, lane)
    wizard.go_on()
    wizard.officer.form.boxes["officer"].set_typed("Hà Quang Vinh")
    wizard.officer.form.boxes["rank"].set_typed("Trung tá")
    wizard.officer.form.boxes["year"].set_typed("2026")
    wizard.go_on()


def make(wizard: FirstStart, lane: Lane) -> None:
    to_the_passphrase(wizard, lane)
    wizard.passphrase.new.first.setText(PASSPHRASE)
    wizard.passphrase.new.second.setText(PASSPHRASE)
    wizard.go_on()
    lane.wait_idle()


def test_a_commune_is_found_without_tone_marks(wizard: FirstStart, lane: Lane) -> None:
    wizard.go_on()
    assert wizard.step is wizard.place
    assert not wizard.place.is_ready()
    choose_commune(wizard, lane)
    chosen = wizard.place.chosen()
    assert chosen is not None
    assert (chosen.code, chosen.name, chosen.province_name) == ("04978", "Xã Kim Bôi", "Phú Thọ")


def test_the_province_narrows_the_list(wizard: FirstStart, lane: Lane) -> None:
    choose_commune(wizard, lane, "tan")
    everywhere = wizard.place.list.count()
    wizard.place.province.set_value("25")
    wizard.place._search()
    lane.wait_idle()
    assert 0 < wizard.place.list.count() < everywhere


def test_it_makes_a_workspace_that_opens_again(
    wizard: FirstStart, lane: Lane, qtbot: QtBot, tmp_path: Path
) -> None:
    make(wizard, lane)
    assert wizard.step is wizard.recovery
    assert not wizard.recovery.is_ready()
    wizard.recovery.tick.setChecked(True)
    wizard.go_on()
    with qtbot.waitSignal(wizard.made) as made:
        wizard.go_on()
    application: Application = made.args[0]
    assert application.settings.get("commune")["code"] == "04978"
    assert application.settings.get("officer") == {"name": "Hà Quang Vinh", "rank": "Trung tá"}
    assert application.settings.get("receiving_unit") == "Công an tỉnh Phú Thọ"
    assert application.session.year == 2026
    application.close()
    open_workspace(tmp_path / "dữ liệu", PASSPHRASE).close()


def test_a_receiving_unit_needs_its_name_and_can_take_in_at_once(
    wizard: FirstStart, lane: Lane, qtbot: QtBot, tmp_path: Path
) -> None:
    wizard.role.receiving.setChecked(True)
    wizard.go_on()
    assert not wizard.place.is_ready()
    wizard.place.name.setText("Công an tỉnh Phú Thọ")
    wizard.go_on()
    assert wizard.officer.form.boxes["receiving_unit"].isHidden()
    wizard.officer.form.boxes["officer"].set_typed("Hà Quang Vinh")
    wizard.go_on()
    wizard.passphrase.new.first.setText(PASSPHRASE)
    wizard.passphrase.new.second.setText(PASSPHRASE)
    wizard.go_on()
    lane.wait_idle()
    assert wizard.answers.sealing_key.startswith("AGE-SECRET-KEY-1")
    wizard.recovery.save_sheet(tmp_path / "phieu.pdf")
    lane.wait_idle()
    with previewing(tmp_path / "phieu-2.pdf") as second:
        assert second.pages == 1
    assert "phieu-2.pdf" in wizard.recovery.said()
    wizard.recovery.tick.setChecked(True)
    wizard.go_on()
    with qtbot.waitSignal(wizard.made) as made:
        wizard.go_on()
    application: Application = made.args[0]
    assert application.role == "receiving"
    assert application.receiving.receive([]) == []
    application.close()


def test_going_back_loses_nothing(wizard: FirstStart, lane: Lane) -> None:
    to_the_passphrase(wizard, lane)
    for _ in range(3):
        wizard.go_back()
    assert wizard.step is wizard.role
    wizard.go_on()
    chosen = wizard.place.chosen()
    assert chosen is not None
    assert chosen.code == "04978"
    wizard.go_on()
    assert wizard.officer.form.values()["officer"] == "Hà Quang Vinh"
    assert wizard.officer.form.values()["year"] == 2026


def test_the_recovery_key_is_left_only_on_purpose(
    wizard: FirstStart, lane: Lane, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    make(wizard, lane)
    asked: list[str] = []

    def confirm(_parent: object, title: str, *_rest: object, **_more: object) -> bool:
        asked.append(title)
        return False

    monkeypatch.setattr(dialogs, "confirm", confirm)
    wizard.reject()
    assert wizard.isVisible()
    assert asked == ["Khóa khôi phục chưa được ghi ra giấy"]
    assert not wizard.recovery.can_go_back()
    monkeypatch.setattr(dialogs, "confirm", lambda *_args, **_more: True)
    wizard.reject()
    assert not wizard.isVisible()
    # It is closed, not lost: the workspace opens with its passphrase.
    open_workspace(tmp_path / "dữ liệu", PASSPHRASE).close()


def test_the_sheet_with_the_key_is_a_pdf(wizard: FirstStart, lane: Lane, tmp_path: Path) -> None:
    make(wizard, lane)
    wizard.recovery.save_sheet(tmp_path / "phieu.pdf")
    lane.wait_idle()
    assert (tmp_path / "phieu.pdf").read_bytes().startswith(b"%PDF-")
    assert str(tmp_path / "phieu.pdf") in wizard.recovery.said()
    wizard._leave_made()


def test_a_folder_that_is_taken_is_not_overwritten(wizard: FirstStart, lane: Lane, tmp_path: Path) -> None:
    to_the_passphrase(wizard, lane)
    (tmp_path / "dữ liệu").mkdir()
    (tmp_path / "dữ liệu" / "antq.db").write_bytes(b"somebody's data")
    wizard.passphrase.new.first.setText(PASSPHRASE)
    wizard.passphrase.new.second.setText(PASSPHRASE)
    wizard.go_on()
    lane.wait_idle()
    assert wizard.step is wizard.passphrase
    assert wizard.passphrase.said()
    assert (tmp_path / "dữ liệu" / "antq.db").read_bytes() == b"somebody's data"
    # The way on is open again once the folder is free.
    assert wizard._next.isEnabled()


def test_a_backup_is_taken_back_instead(
    wizard: FirstStart,
    qtbot: QtBot,
    commune: Application,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    backup = commune.backups.back_up(tmp_path / "stick")
    monkeypatch.setattr(dialogs, "choose_file", lambda *_args: backup)
    with qtbot.waitSignal(wizard.restored):
        wizard.role._ask_backup()
    assert workspace_exists(tmp_path / "dữ liệu")


def test_what_is_no_backup_is_said(
    wizard: FirstStart, lane: Lane, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "ảnh.antqbackup"
    other.write_bytes(b"no zip")
    monkeypatch.setattr(dialogs, "choose_file", lambda *_args: other)
    wizard.role._ask_backup()
    lane.wait_idle()
    assert "ảnh.antqbackup" in wizard.role.said()
    assert not workspace_exists(tmp_path / "dữ liệu")
