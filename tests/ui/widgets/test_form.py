"""Forms: checked when a field is left, warnings never block, and typed text outlives everything but saving."""

import json
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from antq_desktop.domain.findings import Finding
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.kept import Kept
from antq_desktop.ui.widgets.choice import Choice
from antq_desktop.ui.widgets.date_edit import DateEdit
from antq_desktop.ui.widgets.field import Field
from antq_desktop.ui.widgets.form import Form
from antq_desktop.ui.widgets.text_field import TextField

pytestmark = pytest.mark.usefixtures("english")

FIELDS = [
    Field("head", "Head of household", required=True),
    Field("born", "Born on", kind="date", pair=True),
    Field("members", "Members", kind="number"),
    Field("money", "Money", kind="number"),
    Field("year", "Year", kind="year"),
    Field("area", "Area", kind="choice", choices=((None, ""), (3, "Xóm Bưa"), (4, "Phố Bo"))),
    Field(
        "phone",
        "Phone",
        check=lambda text: "" if text[0] == "0" else "Begins with 0.",
        warn=lambda _text: "Short?",
    ),
    Field("away", "Away", kind="check"),
    Field("note", "Note", kind="lines", hint="Anything else."),
]


def made(qtbot: QtBot, desk: Desk) -> Form:
    form = Form(FIELDS, desk)
    qtbot.addWidget(form)
    form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    return form


def typed(qtbot: QtBot, form: Form, name: str, text: str) -> None:
    field = form.boxes[name].input
    field.setFocus()
    assert isinstance(field, TextField)
    field.selectAll()
    QTest.keyClicks(field, text)


def test_values_come_as_what_they_are(qtbot: QtBot, desk: Desk) -> None:
    form = made(qtbot, desk)
    form.show_record(
        "h/1", {"head": "Bùi  Văn An ", "born": date(1980, 2, 1), "members": 4, "area": 4, "away": True}
    )
    assert form.values() == {
        "head": "Bùi Văn An",
        "born": date(1980, 2, 1),
        "members": 4,
        "money": None,
        "year": None,
        "area": 4,
        "phone": "",
        "away": True,
        "note": "",
    }
    assert not form.edited


def test_a_field_is_checked_when_it_is_left(qtbot: QtBot, desk: Desk) -> None:
    form = made(qtbot, desk)
    form.show_record("h/1", {"head": "Bùi Văn An"})
    typed(qtbot, form, "phone", "912")
    assert form.boxes["phone"].said() == ""
    form.boxes["note"].input.setFocus()
    assert form.boxes["phone"].said() == "Begins with 0."
    assert form.boxes["phone"].input.accessibleDescription() == "Begins with 0."
    assert not form.check()


def test_a_warning_is_said_and_does_not_block(qtbot: QtBot, desk: Desk) -> None:
    form = made(qtbot, desk)
    form.show_record("h/1", {"head": "Bùi Văn An", "phone": "0912"})
    assert form.check()
    assert form.boxes["phone"].said() == "Short?"


def test_what_is_missing_is_said_and_gone_to(qtbot: QtBot, desk: Desk) -> None:
    form = made(qtbot, desk)
    form.show_record("household/new", {})
    typed(qtbot, form, "born", "31/2")
    typed(qtbot, form, "members", "four")
    assert not form.check()
    assert form.boxes["head"].said() == "«Head of household» is needed here. Fill it in."
    assert form.boxes["born"].said().startswith("«31/2» is not a day.")
    assert form.boxes["members"].said() == "«four» is not a whole number. Type figures only."
    assert form.boxes["head"].input.hasFocus()


def test_a_required_field_says_so_by_a_word(qtbot: QtBot, desk: Desk) -> None:
    form = made(qtbot, desk)
    assert "required" in [label.text() for label in form.boxes["head"].findChildren(QLabel)]
    assert "required" not in [label.text() for label in form.boxes["phone"].findChildren(QLabel)]


def test_every_input_has_a_name_for_screen_readers(qtbot: QtBot, desk: Desk) -> None:
    form = made(qtbot, desk)
    assert [box.input.accessibleName() for box in form.boxes.values()] == [field.label for field in FIELDS]


def test_enter_goes_through_all_fields_and_ends(qtbot: QtBot, desk: Desk) -> None:
    form = made(qtbot, desk)
    form.focus_first()
    for name in ("head", "born", "members", "money", "year", "area", "phone"):
        assert form.boxes[name].input.hasFocus(), name
        QTest.keyClick(form.boxes[name].input, Qt.Key.Key_Return)
    assert form.boxes["away"].input.hasFocus()


def test_typed_text_comes_back_as_a_draft_after_another_record_and_after_a_crash(
    qtbot: QtBot, desk: Desk, stored: dict[str, str]
) -> None:
    form = made(qtbot, desk)
    form.show_record("h/1", {"head": "Bùi Văn An"})
    typed(qtbot, form, "head", "Bui Van Binh")
    typed(qtbot, form, "born", "31/2")
    form.show_record("h/2", {"head": "Đinh Thị Ánh"})
    assert not form.edited
    desk.drafts.flush()
    desk.lane.wait_idle()
    after_crash = Kept(stored["drafts"], lambda _text: None, desk.lane)
    desk.drafts = after_crash
    again = made(qtbot, desk)
    again.show_record("h/1", {"head": "Bùi Văn An"})
    assert again.edited
    assert again.boxes["head"].typed() == "Bui Van Binh"
    assert again.boxes["born"].typed() == "31/2"
    assert again._from_draft.isVisibleTo(again)


def test_a_draft_never_hides_a_newer_value_of_another_field(qtbot: QtBot, desk: Desk) -> None:
    form = made(qtbot, desk)
    form.show_record("h/1", {"head": "Bùi Văn An", "members": 4, "phone": "0911"})
    typed(qtbot, form, "head", "Bui Van Binh")
    form.keep_draft()
    assert desk.drafts.get("draft/h/1") == {"head": "Bui Van Binh"}
    form.show_record("h/2", {})
    form.show_record("h/1", {"head": "Bùi Văn An", "members": 5, "phone": "0922"})
    assert (form.values()["head"], form.values()["members"], form.values()["phone"]) == (
        "Bui Van Binh",
        5,
        "0922",
    )
    assert form._from_draft.text() == "Not saved yet, typed before: «Head of household»."


def test_a_draft_that_says_what_is_kept_by_now_is_no_draft(qtbot: QtBot, desk: Desk) -> None:
    form = made(qtbot, desk)
    form.show_record("h/1", {"head": "Bùi Văn An"})
    typed(qtbot, form, "head", "Bui Van Binh")
    form.show_record("h/2", {})
    form.show_record("h/1", {"head": "Bui Van Binh"})
    assert (form.edited, form._from_draft.isVisibleTo(form), desk.drafts.keys()) == (False, False, ())
    typed(qtbot, form, "head", "X")
    form.keep_draft()
    typed(qtbot, form, "head", "Bui Van Binh")
    form.keep_draft()
    assert desk.drafts.keys() == ()


def test_paired_fields_stand_side_by_side_whatever_is_said_under_one(qtbot: QtBot, desk: Desk) -> None:
    fields = [
        Field("a", "One", required=True, pair=True),
        Field("b", "Two", hint="A hint that is long enough to need more than one line in a narrow panel."),
        Field("c", "Area", kind="choice", choices=((1, "A very long name of a residential area " * 3),)),
    ]
    form = Form(fields, desk)
    qtbot.addWidget(form)
    form.resize(320, 400)
    form.show()
    form.boxes["a"].say_fault("What stands here is wrong in more than one way, and that takes two lines.")
    QApplication.processEvents()
    place = {name: box.input.mapTo(form, QPoint(0, 0)) for name, box in form.boxes.items()}
    assert form.width() == 320
    assert place["a"].y() == place["b"].y()
    assert abs(form.boxes["a"].input.width() - form.boxes["b"].input.width()) <= 1
    assert form.boxes["c"].input.width() == form.width()


def test_a_draft_is_kept_by_itself_while_typing(qtbot: QtBot, desk: Desk, stored: dict[str, str]) -> None:
    form = made(qtbot, desk)
    form.show_record("h/1", {})
    typed(qtbot, form, "head", "Bui")
    qtbot.waitUntil(lambda: "drafts" in stored)
    assert json.loads(stored["drafts"])["draft/h/1"]["head"] == "Bui"


def test_saving_or_throwing_away_drops_the_draft(qtbot: QtBot, desk: Desk) -> None:
    form = made(qtbot, desk)
    form.show_record("h/1", {"head": "Bùi Văn An"})
    typed(qtbot, form, "head", "X")
    form.keep_draft()
    form.show_record("h/1", {"head": "Bùi Văn An"})
    form._throw_away({"head": "Bùi Văn An"})
    assert (form.values()["head"], form.edited, desk.drafts.keys()) == ("Bùi Văn An", False, ())
    typed(qtbot, form, "head", "Y")
    form.keep_draft()
    form.saved()
    assert desk.drafts.keys() == ()


def test_what_a_rule_found_is_said_under_its_field(qtbot: QtBot, desk: Desk) -> None:
    form = made(qtbot, desk)
    form.say_findings(
        [
            Finding("phone", "phone", "«{value}» is taken.", {"value": "0912"}),
            Finding("phone", "phone-short", "Short.", severity="warning"),
            Finding("elsewhere", "x", "Not here."),
        ]
    )
    assert form.boxes["phone"].said() == "«0912» is taken."


def composing(field: TextField) -> bool:
    return field.is_composing


def test_no_key_is_taken_while_an_input_method_composes(qtbot: QtBot) -> None:
    field = TextField("Name")
    qtbot.addWidget(field)
    field.show()

    def is_kept_from_shortcuts() -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        event.ignore()
        QApplication.sendEvent(field, event)
        return event.isAccepted()

    assert not is_kept_from_shortcuts()
    QApplication.sendEvent(field, QInputMethodEvent("Đặ", []))
    assert composing(field)
    assert is_kept_from_shortcuts()
    done = QInputMethodEvent()
    done.setCommitString("Đặng")
    QApplication.sendEvent(field, done)
    assert not composing(field)
    assert field.written() == "Đặng"


def test_days_are_written_out_when_the_field_is_left(qtbot: QtBot) -> None:
    edit = DateEdit("Signed on", 2026)
    qtbot.addWidget(edit)
    told: list[object] = []
    edit.changed.connect(told.append)
    QTest.keyClicks(edit, "5/3")
    edit.left.emit()
    assert (edit.text(), edit.date(), edit.fault()) == ("05/03/2026", date(2026, 3, 5), "")
    edit.set_year(2025)
    edit.clear()
    QTest.keyClicks(edit, "0503")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert told == [date(2026, 3, 5), date(2025, 3, 5)]
    edit.setText("today")
    assert (edit.date(), edit.fault()) == (
        None,
        "«today» is not a day. Type it as 5/3/2026, 5/3 or 05032026.",
    )


def test_a_choice_keeps_its_value_and_the_wheel_does_nothing(qtbot: QtBot) -> None:
    choice = Choice("Area", [(1, "Xóm Bưa"), (2, "Phố Bo")])
    qtbot.addWidget(choice)
    picked: list[object] = []
    choice.picked.connect(picked.append)
    choice.set_value(2)
    choice.set_choices([(2, "Phố Bo"), (5, "Xóm Sào")])
    assert choice.value() == 2
    choice.set_choices([(5, "Xóm Sào")])
    assert choice.value() == 5
    assert picked == []
    choice.activated.emit(0)
    assert picked == [5]


def test_a_choice_is_found_by_typing_a_word_without_tone_marks(qtbot: QtBot) -> None:
    choice = Choice("Area", [(1, "Xóm Bãi Chạo"), (2, "Xóm Mớ Đá"), (3, "Xóm Bưa")])
    qtbot.addWidget(choice)
    picked: list[object] = []
    choice.picked.connect(picked.append)
    QTest.keyClicks(choice, "da")
    assert choice.value() == 2
    choice._sought_at = 0.0
    QTest.keyClicks(choice, "b")
    assert choice.value() == 3
    QTest.keyClicks(choice, "ai")
    assert choice.value() == 1
    assert picked == [2, 3, 1]
    choice._sought_at = 0.0
    QTest.keyClicks(choice, "q")
    assert choice.value() == 1


def test_a_number_has_points_unless_it_is_typed_and_a_year_never(qtbot: QtBot, desk: Desk) -> None:
    form = made(qtbot, desk)
    form.show_record("site/1", {"head": "Bùi Văn An", "money": 4_000_000, "year": 2026})
    money, year = (form.boxes[name].input for name in ("money", "year"))
    assert isinstance(money, TextField)
    assert isinstance(year, TextField)
    assert (money.text(), year.text()) == ("4.000.000", "2026")
    money.setFocus()
    assert money.text() == "4000000"
    form.boxes["head"].input.setFocus()
    assert (money.text(), form.edited) == ("4.000.000", False)
    typed(qtbot, form, "money", "6000000")
    year.setFocus()
    assert (money.text(), form.values()["money"]) == ("6.000.000", 6_000_000)
    assert (year.text(), form.values()["year"]) == ("2026", 2026)


def test_looking_at_a_number_leaves_no_draft(qtbot: QtBot, desk: Desk) -> None:
    form = made(qtbot, desk)
    form.show_record("site/1", {"head": "Bùi Văn An", "money": 4_000_000})
    typed(qtbot, form, "head", "Bui Van Anh")
    form.boxes["money"].input.setFocus()
    form.keep_draft()
    assert desk.drafts.get("draft/site/1") == {"head": "Bui Van Anh"}


def test_one_and_a_half_is_not_taken_for_fifteen(qtbot: QtBot, desk: Desk) -> None:
    form = made(qtbot, desk)
    form.show_record("site/1", {"head": "Bùi Văn An"})
    typed(qtbot, form, "members", "1.5")
    form.boxes["head"].input.setFocus()
    assert form.boxes["members"].said() == "«1.5» is not a whole number. Type figures only."
    assert form.boxes["members"].value() is None
