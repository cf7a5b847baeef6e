"""An officer words a form by the keyboard, sees it at once, saves it, takes it back, and goes back to the shipped one."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from antq_desktop.documents.form_files import form_names, form_of
from antq_desktop.domain.official_texts import OwnForm
from antq_desktop.services.application import Application
from antq_desktop.services.papers.forms import shipped_source
from antq_desktop.ui import dialogs
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.forms.page import FormsPage
from antq_desktop.ui.paper_desk import PaperDesk
from antq_desktop.ui.widgets.field import FieldBox
from antq_desktop.ui.widgets.text_field import TextField

InSight = Callable[..., None]
Write = Callable[[QWidget, str], None]
COMMITMENT = "household-commitment"
TITLE = "block.1.text"
SHIPPED = "BẢN ĐĂNG KÝ, CAM KẾT"


@pytest.fixture
def page(office: Desk, in_sight: InSight) -> FormsPage:
    page = FormsPage(office)
    office.announced.connect(page.changed)
    in_sight(page)
    page.freshen()
    office.lane.wait_idle()
    return page


@pytest.fixture
def opened(page: FormsPage) -> FormsPage:
    page.wanted(form=COMMITMENT)
    page.desk.lane.wait_idle()
    return page


def box(page: FormsPage, path: str) -> FieldBox:
    assert page.editor.sections is not None
    return page.editor.sections.boxes[path]


def type_into(page: FormsPage, path: str, text: str) -> None:
    """Type as a person does: the field says that it was edited."""
    box(page, path).set_typed(text)
    box(page, path).edited.emit()


def drawn(page: FormsPage) -> QImage:
    return page.editor.view.picture.pixmap().toImage()


def own(application: Application) -> str:
    return application.forms.own_source(COMMITMENT)


def test_every_form_is_in_the_list_and_says_which_one_is_in_use(page: FormsPage) -> None:
    assert page.table.model().rowCount() == len(form_names())
    shown = {row.title for place in range(len(form_names())) if (row := page._model.row_at(place))}
    assert "Bản đăng ký, cam kết của hộ gia đình" in shown
    assert page.opened == ""


def test_enter_opens_a_form_and_its_first_text_has_the_keys(page: FormsPage) -> None:
    page.table.choose_key(COMMITMENT)
    page.table.setFocus()
    page.desk.lane.wait_idle()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    page.desk.lane.wait_idle()
    assert page.opened == COMMITMENT
    assert page.editor.isVisible()
    assert box(page, "page.margins.top").input.hasFocus()
    assert page.editor.view.pages == 2


def test_what_is_typed_is_seen_on_the_paper_before_it_is_saved(
    opened: FormsPage, commune: Application, rested: Callable[[], None]
) -> None:
    before = drawn(opened)
    type_into(opened, TITLE, "BẢN CAM KẾT CỦA XÃ")
    rested()
    assert drawn(opened) != before
    assert not own(commune)
    assert box(opened, TITLE).said() == "" or SHIPPED in box(opened, TITLE).said()


def test_a_slip_is_said_beside_the_last_good_paper(opened: FormsPage, rested: Callable[[], None]) -> None:
    before = drawn(opened)
    type_into(opened, TITLE, "BẢN CAM KẾT {nguoi_la}")
    rested()
    assert "nguoi_la" in opened.editor.view.banner.text()
    assert drawn(opened).size().width() == before.size().width()
    type_into(opened, TITLE, "BẢN CAM KẾT")
    rested()
    assert not opened.editor.view.banner.text()


def test_saving_prints_with_it_and_the_shipped_text_stands_under_the_field(
    opened: FormsPage, commune: Application
) -> None:
    type_into(opened, TITLE, "BẢN CAM KẾT CỦA XÃ")
    opened.obey(Command.SAVE)
    opened.desk.lane.wait_idle()
    assert 'text = "BẢN CAM KẾT CỦA XÃ"' in own(commune)
    assert SHIPPED in box(opened, TITLE).said()
    assert opened.editor.changed == {}
    assert opened.editor._back.isVisible()
    assert opened._stack.currentWidget() is opened.editor


def test_saving_nothing_writes_nothing(opened: FormsPage, commune: Application) -> None:
    opened.obey(Command.SAVE)
    opened.desk.lane.wait_idle()
    assert not own(commune)


@pytest.mark.parametrize("typed", ["hai mươi", "", "1,2,3", "-4"])
def test_a_margin_that_is_no_number_is_said_under_its_field(
    opened: FormsPage, commune: Application, typed: str
) -> None:
    type_into(opened, "page.margins.left", typed)
    opened.obey(Command.SAVE)
    opened.desk.lane.wait_idle()
    assert box(opened, "page.margins.left").said()
    assert not own(commune)


def test_a_margin_is_typed_with_a_comma(opened: FormsPage, commune: Application) -> None:
    type_into(opened, "page.margins.left", "32,5")
    opened.obey(Command.SAVE)
    opened.desk.lane.wait_idle()
    assert form_of(COMMITMENT, own(commune)).page.margins.left == 32.5


def test_what_cannot_be_printed_is_not_saved_and_nothing_is_lost(
    opened: FormsPage, commune: Application
) -> None:
    type_into(opened, "page.margins.left", "190")
    opened.obey(Command.SAVE)
    opened.desk.lane.wait_idle()
    assert "lề quá rộng" in opened.banner.text()
    assert not own(commune)
    assert box(opened, "page.margins.left").typed() == "190"


def test_what_was_typed_outlives_leaving_the_page_and_the_form(
    opened: FormsPage, commune: Application, stored: dict[str, str]
) -> None:
    type_into(opened, TITLE, "BẢN CAM KẾT ĐANG VIẾT")
    opened.wanted(form="certificate")
    opened.desk.lane.wait_idle()
    assert opened.opened == "certificate"
    opened.wanted(form=COMMITMENT)
    opened.desk.lane.wait_idle()
    assert box(opened, TITLE).typed() == "BẢN CAM KẾT ĐANG VIẾT"
    opened.obey(Command.LEAVE)
    opened.desk.drafts.flush()
    opened.desk.lane.wait_idle()
    assert opened.opened == ""
    assert "BẢN CAM KẾT ĐANG VIẾT" in stored["drafts"]
    assert not own(commune)


def test_undo_takes_back_what_was_typed_then_what_was_saved(opened: FormsPage, commune: Application) -> None:
    type_into(opened, TITLE, "LẦN MỘT")
    opened.obey(Command.SAVE)
    opened.desk.lane.wait_idle()
    type_into(opened, TITLE, "LẦN HAI")
    opened.obey(Command.SAVE)
    opened.desk.lane.wait_idle()
    type_into(opened, TITLE, "CHƯA LƯU")
    opened.obey(Command.UNDO)
    opened.desk.lane.wait_idle()
    assert box(opened, TITLE).typed() == "LẦN HAI"
    opened.obey(Command.UNDO)
    opened.desk.lane.wait_idle()
    assert box(opened, TITLE).typed() == "LẦN MỘT"
    opened.obey(Command.UNDO)
    opened.desk.lane.wait_idle()
    assert box(opened, TITLE).typed() == SHIPPED
    assert not own(commune)
    opened.obey(Command.UNDO)
    opened.desk.lane.wait_idle()
    assert not own(commune)


def test_going_back_to_the_shipped_form_asks_why_and_then_once_more(
    opened: FormsPage, commune: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_into(opened, TITLE, "BẢN RIÊNG")
    opened.obey(Command.SAVE)
    opened.desk.lane.wait_idle()
    answers = [False, True]
    monkeypatch.setattr(dialogs, "confirm", lambda *_, **__: answers.pop(0))
    editor = opened.editor
    editor._back.click()
    editor.reason.entered.emit()
    assert len(answers) == 2, "without a reason nothing is asked"
    assert editor.reason.said()
    editor.reason.set_value("Tỉnh đã có mẫu chung")
    editor.reason.entered.emit()
    opened.desk.lane.wait_idle()
    assert own(commune)
    editor.reason.entered.emit()
    opened.desk.lane.wait_idle()
    assert not own(commune)
    assert box(opened, TITLE).typed() == SHIPPED
    assert not editor._back.isVisible()
    assert not editor.reason.isVisible()


def test_a_form_goes_to_a_file_and_comes_back_changed(
    opened: FormsPage, commune: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "mau.toml"
    monkeypatch.setattr(dialogs, "save_file", lambda *_: file)
    opened.editor.write_asked.emit()
    opened.desk.lane.wait_idle()
    assert file.read_text(encoding="utf-8") == shipped_source(COMMITMENT)
    file.write_text(shipped_source(COMMITMENT).replace(SHIPPED, "TỪ TỆP"), encoding="utf-8")
    monkeypatch.setattr(dialogs, "choose_file", lambda *_: file)
    opened.editor.load_asked.emit()
    opened.desk.lane.wait_idle()
    assert box(opened, TITLE).typed() == "TỪ TỆP"
    assert "TỪ TỆP" in own(commune)


def test_a_file_with_an_unknown_field_is_refused_with_its_line(
    opened: FormsPage, commune: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "mau.toml"
    file.write_text(shipped_source(COMMITMENT).replace(SHIPPED, "{la_gi}"), encoding="utf-8")
    monkeypatch.setattr(dialogs, "choose_file", lambda *_: file)
    opened.editor.load_asked.emit()
    opened.desk.lane.wait_idle()
    assert "la_gi" in opened.banner.text()
    assert "Dòng" in opened.banner.text()
    assert not own(commune)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"%PDF-1.4"])
def test_a_file_that_is_no_form_is_refused(
    opened: FormsPage,
    commune: Application,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    content: bytes,
) -> None:
    file = tmp_path / "mau.toml"
    file.write_bytes(content)
    monkeypatch.setattr(dialogs, "choose_file", lambda *_: file)
    opened.editor.load_asked.emit()
    opened.desk.lane.wait_idle()
    assert opened.banner.text()
    assert not own(commune)


def test_a_file_that_is_gone_is_said(
    opened: FormsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialogs, "choose_file", lambda *_: tmp_path / "không có.toml")
    opened.editor.load_asked.emit()
    opened.desk.lane.wait_idle()
    assert "Không đọc được" in opened.banner.text()


def test_ctrl_p_lays_the_sample_over_the_page(opened: FormsPage) -> None:
    opened.obey(Command.PRINT)
    opened.desk.lane.wait_idle()
    paper = opened.findChild(PaperDesk)
    assert paper is not None
    assert paper.view.pages == 2
    opened.obey(Command.LEAVE)
    assert opened.opened == COMMITMENT


def test_in_a_narrow_window_either_the_texts_or_the_paper_is_in_sight(
    opened: FormsPage, rested: Callable[[], None]
) -> None:
    opened.resize(640, 480)
    rested()
    editor = opened.editor
    assert editor._room.isVisible()
    assert not editor.view.isVisible()
    editor._other.click()
    assert editor.view.isVisible()
    assert not editor._room.isVisible()
    opened.resize(1158, 690)
    rested()
    assert editor._room.isVisible()
    assert editor.view.isVisible()


def test_spaces_that_line_words_up_are_kept(opened: FormsPage, commune: Application) -> None:
    commune.forms.change(COMMITMENT, {TITLE: "Đạt    Chưa đạt"})
    opened.make_stale()
    opened.desk.lane.wait_idle()
    field = box(opened, TITLE)
    assert isinstance(field.input, TextField)
    field.input.setText(field.input.text().replace("Chưa", "Không"))
    field.edited.emit()
    opened.obey(Command.SAVE)
    opened.desk.lane.wait_idle()
    assert 'text = "Đạt    Không đạt"' in own(commune)


def test_an_own_form_that_cannot_be_read_any_more_offers_the_way_back(
    page: FormsPage, commune: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    commune.forms.change(COMMITMENT, {TITLE: "BẢN RIÊNG"})
    with commune.forms._store.writing("x") as work:
        work.save(replace(work.get(OwnForm, COMMITMENT), text="title = 3"))
        work.commit()
    page.wanted(form=COMMITMENT)
    page.desk.lane.wait_idle()
    assert page.banner.text()
    assert page.editor._back.isVisible()
    monkeypatch.setattr(dialogs, "confirm", lambda *_, **__: True)
    page.editor.back_asked.emit("Không đọc được nữa")
    page.desk.lane.wait_idle()
    assert not own(commune)
    assert box(page, TITLE).typed() == SHIPPED
