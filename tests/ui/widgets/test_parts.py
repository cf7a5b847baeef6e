"""Banner, figure, bars, flow and the words of Qt."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from antq_desktop.runtime import language
from antq_desktop.ui.qt_words import QtWords
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import Banner, StateWord
from antq_desktop.ui.widgets.bars import Bar, Bars
from antq_desktop.ui.widgets.buttons import button
from antq_desktop.ui.widgets.details import DetailsPanel
from antq_desktop.ui.widgets.elided import Elided
from antq_desktop.ui.widgets.figure import Figure
from antq_desktop.ui.widgets.flow import Flow

pytestmark = pytest.mark.usefixtures("english")


def test_a_banner_has_a_word_an_icon_and_a_way_on(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    gone: list[str] = []
    banner.say(State.LOOK, "12 rows wait.", ("Show them", lambda: gone.append("shown")))
    assert banner.isVisible()
    ways = {one.text(): one for one in banner.findChildren(QPushButton)}
    ways["Show them"].click()
    assert gone == ["shown"]
    banner.say(State.GOOD, "All is well.")
    assert "Show them" not in [one.text() for one in banner.findChildren(QPushButton) if one.isVisible()]
    banner.clear()
    assert banner.isHidden()


def test_a_state_is_a_word(qtbot: QtBot) -> None:
    word = StateWord()
    qtbot.addWidget(word)
    word.say(State.BAD)
    assert word.accessibleName() == "Not met"
    word.say(State.GOOD, "Signed")
    assert word.accessibleName() == "Signed"


def test_a_figure_leads_to_its_rows_by_mouse_and_keyboard(qtbot: QtBot) -> None:
    shown: list[int] = []
    figure = Figure("Households", lambda: shown.append(1))
    qtbot.addWidget(figure)
    figure.set_value("9.127", "4 areas")
    figure.show()
    QTest.mouseClick(figure, Qt.MouseButton.LeftButton)
    QTest.keyClick(figure, Qt.Key.Key_Return)
    assert len(shown) == 2
    assert figure.accessibleName() == "Households: 9.127. 4 areas"


def test_bars_are_sorted_and_each_value_is_written(qtbot: QtBot) -> None:
    bars = Bars("Signed")
    qtbot.addWidget(bars)
    chosen: list[object] = []
    bars.set_bars(
        [
            Bar("Xóm Bưa", 10, 40, State.BAD, key=1),
            Bar("Phố Bo", 30, 40, State.GOOD, key=2),
            Bar("Sào", 0, 0, key=3),
        ],
        chosen.append,
    )
    bars.resize(600, bars.sizeHint().height())
    bars.show()
    bars.grab()
    assert bars.labels() == ["Phố Bo", "Xóm Bưa", "Sào"]
    assert "Phố Bo 30/40  75\u00a0%; Xóm Bưa 10/40  25\u00a0%; Sào 0/0" in bars.accessibleName()
    QTest.mouseClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(50, 40))
    QTest.keyClick(bars, Qt.Key.Key_Down)
    QTest.keyClick(bars, Qt.Key.Key_Return)
    assert chosen == [1, 3]


def test_without_a_total_the_longest_bar_is_the_measure(qtbot: QtBot) -> None:
    bars = Bars("Activities")
    qtbot.addWidget(bars)
    bars.set_bars([Bar("A", 1_200), Bar("B", 2_400)])
    assert bars.labels() == ["B", "A"]
    assert bars.focusPolicy() == Qt.FocusPolicy.NoFocus
    image = bars.grab().toImage()
    assert not image.isNull()


def test_parts_go_on_in_the_next_line_when_it_is_narrow(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = Flow(holder)
    parts = []
    for _number in range(3):
        part = QWidget()
        part.setFixedSize(100, 30)
        flow.addWidget(part)
        parts.append(part)
    last = QWidget()
    last.setFixedSize(100, 30)
    flow.add_last(last)
    flow.setGeometry(QRect(0, 0, 600, 30))
    assert [part.y() for part in parts] == [0, 0, 0]
    assert last.geometry().right() == 599
    assert flow.heightForWidth(220) == 68
    flow.setGeometry(QRect(0, 0, 220, 68))
    assert [part.y() for part in [*parts, last]] == [0, 0, 38, 38]
    parts[0].hide()
    assert flow.heightForWidth(330) == 30


def test_enter_presses_a_button_and_ctrl_enter_does_not(qtbot: QtBot) -> None:
    pressed: list[str] = []
    made = button("Show the rows", lambda: pressed.append("pressed"))
    qtbot.addWidget(made)
    made.show()
    QTest.keyClick(made, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pressed == []
    QTest.keyClick(made, Qt.Key.Key_Return)
    QTest.keyClick(made, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert pressed == ["pressed", "pressed"]


def test_a_part_in_which_all_is_hidden_takes_no_room(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = Flow(holder)
    pair, button = QWidget(), QPushButton("Take back")
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 8, 0)
    field = QLineEdit()
    row.addWidget(field)
    flow.addWidget(pair)
    flow.addWidget(button)
    holder.resize(600, 60)
    holder.show()
    assert button.x() > 8
    field.hide()
    QApplication.processEvents()
    assert button.x() == 0
    field.show()
    QApplication.processEvents()
    assert button.x() > 8


def test_figures_side_by_side_are_of_one_height_and_their_notes_whole(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    row = QHBoxLayout(holder)
    short, long = Figure("Households", lambda: None), Figure("Models", lambda: None)
    short.set_value("426", "in 5 areas")
    long.set_value("3", "of 12 that were registered in the whole commune")
    row.addWidget(short)
    row.addWidget(long)
    holder.resize(340, 200)
    holder.show()
    QApplication.processEvents()
    note = next(label for label in long.findChildren(QLabel) if label.text().startswith("of 12"))
    assert note.height() >= note.heightForWidth(note.width())
    assert short.height() == long.height()


def test_a_label_gives_way_and_tells_its_whole_text(qtbot: QtBot) -> None:
    label = Elided(least=40)
    qtbot.addWidget(label)
    label.setText("Thượng uý Đinh Văn Khoa")
    label.resize(60, 20)
    label.grab()
    assert label.minimumSizeHint().width() == 40
    assert label.toolTip() == "Thượng uý Đinh Văn Khoa"
    label.resize(400, 20)
    label.grab()
    assert label.toolTip() == ""


def test_qt_speaks_vietnamese(qapp: QApplication) -> None:
    language.choose("vi")
    words = QtWords(qapp)
    qapp.installTranslator(words)
    try:
        assert qapp.translate("QLineEdit", "&Paste") == "Dán"
        assert qapp.translate("Somewhere", "a word of nobody") == "a word of nobody"
    finally:
        qapp.removeTranslator(words)


@pytest.mark.parametrize("width", [300, 900])
def test_a_banner_shows_its_whole_sentence_and_its_way_on(qtbot: QtBot, width: int) -> None:
    whole = QWidget()
    qtbot.addWidget(whole)
    column = QVBoxLayout(whole)
    banner = Banner()
    column.addWidget(banner)
    column.addStretch()
    whole.resize(width, 300)
    whole.show()
    banner.say(
        State.LOOK, "Not saved yet, typed before: «Address», «Telephone», «Note».", ("Throw it away", str)
    )
    QApplication.processEvents()
    assert banner._text.height() >= banner._text.heightForWidth(banner._text.width())
    way = banner._way
    assert way is not None
    assert way.width() >= way.sizeHint().width()
    assert banner.rect().contains(way.geometry())


def test_a_long_sentence_in_a_narrow_banner_is_seen_to_its_end_and_a_short_one_takes_little_room(
    qtbot: QtBot,
) -> None:
    whole = QWidget()
    qtbot.addWidget(whole)
    column = QVBoxLayout(whole)
    banner = Banner()
    column.addWidget(banner)
    column.addStretch()
    whole.resize(343, 600)
    whole.show()
    heights = []
    for text in ("The household was not removed. " * 12, "Saved."):
        banner.say(State.BAD, text)
        QApplication.processEvents()
        assert banner._text.height() >= banner._text.heightForWidth(banner._text.width())
        heights.append(banner.height())
    assert heights[1] < heights[0] // 3


def test_details_without_any_button_have_no_foot(qtbot: QtBot) -> None:
    panel = DetailsPanel(lambda: None)
    qtbot.addWidget(panel)
    save, remove = QPushButton("Save"), QPushButton("Remove")
    remove.hide()
    panel.set_content(QWidget())
    panel.set_buttons(save, remove)
    panel.show()
    assert panel._foot.isVisible()
    save.hide()
    assert not panel._foot.isVisible()
    assert not panel._line.isVisible()
    remove.show()
    assert panel._foot.isVisible()
    panel.hide()
    remove.hide()
    panel.show()
    assert not panel._foot.isVisible()
    save.show()
    assert save.isVisible()
