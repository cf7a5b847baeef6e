"""Settings are kept as one action, the passphrase changes, backups are made."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from antq_desktop.services.application import Application
from antq_desktop.services.backups import Backups
from antq_desktop.services.settings import KNOWN
from antq_desktop.storage.key_file import WrongPassphrase
from antq_desktop.storage.queries.search import SearchNotOffered
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.settings.page import SettingsPage
from antq_desktop.ui.pages.settings.setting_fields import INTERVAL, SECTIONS, SET_ELSEWHERE, set_by

InSight = Callable[[QWidget], None]
PASSPHRASE = "cây đa bến nước 04978"


@pytest.fixture
def page(office: Desk, in_sight: InSight) -> SettingsPage:
    page = SettingsPage(office)
    in_sight(page)
    page.freshen()
    office.lane.wait_idle()
    return page


def test_a_section_is_saved_with_the_key_of_saving(
    page: SettingsPage, office: Desk, commune: Application
) -> None:
    page.show_section("unit")
    page._forms[0].form.boxes["officer.rank"].set_typed("Thiếu tá")
    page.obey(Command.SAVE)
    office.lane.wait_idle()
    assert commune.settings.get("officer") == {"name": "Bùi Văn An", "rank": "Thiếu tá"}
    assert commune.settings.get("commune")["code"] == "04978"


def test_nothing_changed_writes_nothing(page: SettingsPage, office: Desk, commune: Application) -> None:
    before = commune.accounts.status().unsent_rows
    page.obey(Command.SAVE)
    office.lane.wait_idle()
    assert commune.accounts.status().unsent_rows == before


@pytest.mark.parametrize("typed", ["0", "366", "nhiều"])
def test_a_number_that_does_not_fit_is_said_and_not_saved(
    page: SettingsPage, office: Desk, commune: Application, typed: str
) -> None:
    page.show_section("reminders")
    box = page._forms[3].form.boxes["alarm.amber_days"]
    box.set_typed(typed)
    page.obey(Command.SAVE)
    office.lane.wait_idle()
    assert box.said()
    assert commune.settings.get("alarm.amber_days") == 7


def test_the_legal_basis_stands_beside_the_signer(page: SettingsPage) -> None:
    said = page._forms[2].form.boxes["recognition.decided_by"].said()
    assert said == "Căn cứ: TT 124/2021/TT-BCA, Điều 10 khoản 1"


def test_what_was_typed_outlives_leaving_the_page(page: SettingsPage, office: Desk) -> None:
    box = page._forms[1].form.boxes["signer"]
    box.set_typed("Ngô Văn Tám")
    box.edited.emit()
    page.leave()
    page.make_stale()
    office.lane.wait_idle()
    assert box.typed() == "Ngô Văn Tám"


def test_the_passphrase_changes(page: SettingsPage, office: Desk, commune: Application) -> None:
    page.show_section("passphrase")
    page.passphrase.old.setText(PASSPHRASE)
    page.passphrase.new.first.setText("một câu khác hẳn")
    page.passphrase.new.second.setText("một câu khác hẳn")
    page.obey(Command.SAVE)
    office.lane.wait_idle()
    commune.accounts.check_passphrase("một câu khác hẳn")
    with pytest.raises(WrongPassphrase):
        commune.accounts.check_passphrase(PASSPHRASE)
    assert page.passphrase.old.text() == page.passphrase.new.passphrase() == ""


def test_a_wrong_old_passphrase_changes_nothing(
    page: SettingsPage, office: Desk, commune: Application
) -> None:
    page.show_section("passphrase")
    page.passphrase.old.setText("không phải")
    page.passphrase.new.first.setText("một câu khác hẳn")
    page.passphrase.new.second.setText("một câu khác hẳn")
    page.passphrase.save()
    office.lane.wait_idle()
    assert page.passphrase.said().startswith("Mật khẩu không đúng")
    commune.accounts.check_passphrase(PASSPHRASE)


def test_a_passphrase_is_never_kept_as_a_draft(
    page: SettingsPage, office: Desk, stored: dict[str, str]
) -> None:
    page.passphrase.old.setText(PASSPHRASE)
    page.passphrase.new.first.setText("một câu khác hẳn")
    page.leave()
    office.drafts.flush()
    office.lane.wait_idle()
    assert page.passphrase.old.text() == ""
    assert "câu" not in stored.get("drafts", "")


def test_a_backup_goes_where_it_is_wanted(page: SettingsPage, office: Desk, tmp_path: Path) -> None:
    page.wanted(section="backups")
    assert page.section == "backups"
    page.backups.make(tmp_path / "usb")
    office.lane.wait_idle()
    file = next((tmp_path / "usb").iterdir())
    assert str(file) in page.backups.said()


def test_a_backup_that_cannot_be_written_is_said(page: SettingsPage, office: Desk, tmp_path: Path) -> None:
    (tmp_path / "usb").write_text("a file, no folder")
    page.backups.make(tmp_path / "usb")
    office.lane.wait_idle()
    assert page.backups.said().startswith("Không ghi được bản sao lưu")


def test_every_setting_is_on_the_page_or_named_as_set_elsewhere() -> None:
    on_page = [*SECTIONS["commune"], INTERVAL]
    names = [name for section in on_page for name in sorted(set_by(section.names))]
    assert len(names) == len(set(names))
    assert {*names, *SET_ELSEWHERE} == KNOWN.keys()
    assert not {*names} & SET_ELSEWHERE
    receiving = {name for section in SECTIONS["receiving"] for name in set_by(section.names)}
    assert receiving <= KNOWN.keys()


def test_what_decides_about_models_is_set_here(
    page: SettingsPage, office: Desk, commune: Application
) -> None:
    page.show_section("models")
    boxes = page._forms[4].form.boxes
    assert boxes["models.budget_norm_vnd"].typed() == "20.000.000"
    boxes["models.budget_norm_vnd"].set_typed("1.000.000.001")
    page.obey(Command.SAVE)
    office.lane.wait_idle()
    assert "1.000.000.000" in boxes["models.budget_norm_vnd"].said()
    boxes["models.budget_norm_vnd"].set_typed("25.000.000")
    boxes["models.idle_months"].set_typed("9")
    scales = [scale.id for scale in commune.catalogues.ratings.scales.values()]
    boxes["models.rating_scale"].set_value(scales[-1])
    page.obey(Command.SAVE)
    office.lane.wait_idle()
    get = commune.settings.get
    assert (get("models.budget_norm_vnd"), get("models.idle_months")) == (25_000_000, 9)
    assert get("models.rating_scale") == scales[-1] != scales[0]
    assert get("models.remove_years") == 2


def test_who_recognises_the_commune_is_set_here(
    page: SettingsPage, office: Desk, commune: Application
) -> None:
    page.show_section("recognition")
    page._forms[2].form.boxes["recognition.commune_decided_by"].set_typed("UBND tỉnh Phú Thọ")
    page.obey(Command.SAVE)
    office.lane.wait_idle()
    assert commune.settings.get("recognition.commune_decided_by") == "UBND tỉnh Phú Thọ"


def test_where_the_data_lie_on_a_server_its_keeper_backs_them_up(
    desk: Desk, upper: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    from antq_desktop.ui.pages.overview.receiving import ReceivingOverviewPage

    monkeypatch.setattr(Backups, "is_servers", property(lambda _backups: True))
    desk.services = upper
    section = SettingsPage(desk).backups
    shown = [label.text() for label in section.findChildren(QLabel)]
    assert any("pg_dump" in text and "antq.server" in text for text in shown)
    assert [button.text() for button in section.findChildren(QPushButton)] == []
    overview = ReceivingOverviewPage(desk)
    overview.refresh()
    desk.lane.wait_idle()
    assert not any("sao lưu" in label.text() for label in overview.due.findChildren(QLabel))
    desk.lane.close()


def test_the_search_index_is_made_anew(page: SettingsPage, office: Desk, commune: Application) -> None:
    commune.territory.add("Xóm Bãi Chạo", "xóm", date(2020, 1, 1))
    told: list[str] = []
    office.lane.began.connect(lambda job: told.append(job.title))
    page.show_section("search")
    page.search.rebuild_button.click()
    office.lane.wait_idle()
    office.lane.wait_idle()
    assert "Chuẩn bị tìm kiếm" in told
    assert page.search.banner.text() == "Đã lập lại chỉ mục tìm kiếm, đầy đủ."
    assert page.search.rebuild_button.isEnabled()
    assert [hit.title for hit in commune.search.find("bai chao")] == ["Xóm Bãi Chạo"]


def test_on_a_server_the_section_says_that_there_is_no_search(
    page: SettingsPage, office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused() -> None:
        raise SearchNotOffered

    monkeypatch.setattr(office.services.search, "forget", refused)
    page.search.rebuild()
    office.lane.wait_idle()
    assert "không có chức năng tìm kiếm chung" in page.search.banner.text()


def test_an_index_that_is_being_made_is_not_begun_twice(page: SettingsPage, office: Desk) -> None:
    going_on = Event()
    office.run(lambda _progress: going_on.wait(10), title="Chuẩn bị tìm kiếm", goes_on=True)
    page.search.rebuild()
    waiting = len(office.lane.jobs)
    going_on.set()
    office.lane.wait_idle()
    assert waiting == 1
    assert "Đang lập" in page.search.banner.text()
