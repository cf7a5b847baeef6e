"""The shell: pages on first visit, nothing typed is lost, states by age, keys from one table, an honest end."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from time import sleep
from typing import ClassVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from antq_desktop.domain.changes import Changes
from antq_desktop.domain.errors import Cancelled, KnownFailure, NotFound
from antq_desktop.runtime.progress import Progress
from antq_desktop.storage.queries.search import SearchNotOffered
from antq_desktop.ui import dialogs
from antq_desktop.ui.actions import SHORTCUTS, Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.main_window import MainWindow
from antq_desktop.ui.pages_table import Group, PageEntry
from antq_desktop.ui.status import StatusInfo
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.field import Field
from antq_desktop.ui.widgets.form import Form
from antq_desktop.ui.widgets.help_sheet import HelpSheet
from antq_desktop.ui.widgets.page import Page
from antq_desktop.ui.widgets.search_field import Found
from antq_desktop.ui.widgets.text_field import TextField

pytestmark = pytest.mark.usefixtures("english")


class Plain(Page):
    """A page that counts what the shell asks of it."""

    tables = frozenset({"households"})
    made_of = frozenset({"kinds"})
    made: ClassVar[list[str]] = []

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk, title="Households", sentence="Who lives where.", help_text="Help of households."
        )
        Plain.made.append("households")
        self.refreshed = 0
        self.asked: list[dict[str, object]] = []
        self.obeyed: list[str] = []
        self.form = Form([Field("head", "Head")], desk)
        self.set_details("Household", self.form)
        self.set_main_action("Add household", lambda: self.obeyed.append("new"))
        self.on(Command.SAVE, lambda: self.obeyed.append("save"))
        self.form.show_record("household/1", {"head": "Bùi Văn An"})

    def refresh(self) -> None:
        self.refreshed += 1

    def wanted(self, **what: object) -> None:
        self.asked.append(what)


class Quiet(Page):
    tables = frozenset({"models"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, title="Models", sentence="Groups of people.")
        self.refreshed = 0

    def refresh(self) -> None:
        self.refreshed += 1


class Workspace:
    """What the shell asks the rest of the program for."""

    def __init__(self) -> None:
        self.status = StatusInfo("Officer", "Xã Kim Bôi", 2026)

    def told(self) -> StatusInfo:
        return self.status

    def unlock(self, passphrase: str) -> None:
        if passphrase != "right":
            raise NotFound(what="passphrase")

    def find(self, text: str) -> list[Found]:
        return [Found("Bùi Văn An", "Xóm Bưa", "households", {"id": 7})] if text == "an" else []


ENTRIES = [
    PageEntry("models", Group.YEARLY, "Models", "models", Quiet),
    PageEntry("households", Group.DAILY, "Households", "households", Plain),
    PageEntry("overview", Group.DAILY, "Overview", "overview", Quiet),
    PageEntry("receiving", Group.EXCHANGE, "Receiving", "receiving", Quiet, frozenset({"receiving"})),
    PageEntry("sync", Group.EXCHANGE, "Sync", "sync", Quiet),
]


@pytest.fixture
def workspace() -> Workspace:
    return Workspace()


@pytest.fixture
def window(
    qtbot: QtBot, desk: Desk, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    Plain.made.clear()
    monkeypatch.setattr(dialogs, "confirm", lambda *_, **__: True)
    window = MainWindow(
        desk, ENTRIES, status=workspace.told, years=[2025, 2026], unlock=workspace.unlock, find=workspace.find
    )
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    desk.lane.wait_idle()
    yield window
    window.close()
    window._minutes.stop()


def households(window: MainWindow) -> Plain:
    window.open_page("households")
    page = window.page
    assert isinstance(page, Plain)
    return page


def quiet(window: MainWindow, key: str) -> Quiet:
    page = window._pages[key]
    assert isinstance(page, Quiet)
    return page


def words(window: MainWindow) -> list[str]:
    return [label.text() for label in window.findChildren(QLabel) if label.isVisible() and label.text()]


def test_opens_on_the_first_page_of_the_first_group_and_makes_others_when_visited(window: MainWindow) -> None:
    assert window._entries[0].key == "households"
    assert [entry.key for entry in window._entries] == ["households", "overview", "models", "sync"]
    assert Plain.made == ["households"]
    assert list(window._pages) == ["households"]
    window.open_page("models")
    window.open_page("households")
    assert Plain.made == ["households"]
    assert households(window).refreshed == 1


def test_a_page_in_the_background_refreshes_only_when_it_is_shown(window: MainWindow, desk: Desk) -> None:
    page = households(window)
    window.open_page("models")
    desk.announce(Changes.of("households"))
    desk.announce(Changes.of("households"))
    assert (page.refreshed, page.stale) == (1, True)
    assert quiet(window, "models").refreshed == 1
    window.open_page("households")
    assert (page.refreshed, page.stale) == (2, False)
    desk.announce(Changes.of("households"))
    assert page.refreshed == 3


def test_a_page_out_of_sight_is_made_anew_when_what_it_offers_changed(window: MainWindow, desk: Desk) -> None:
    """Choices that the upper level sent are there without another start of the program; what was typed comes back."""
    page = households(window)
    page.form.boxes["head"].set_typed("Bui Van Bi")
    page.form.boxes["head"].edited.emit()
    desk.announce(Changes.of("kinds"))
    assert households(window) is page
    window.open_page("models")
    desk.announce(Changes.of("kinds"))
    assert Plain.made == ["households"]
    window.open_page("households")
    assert Plain.made == ["households", "households"]
    assert households(window).form.boxes["head"].typed() == "Bui Van Bi"


def test_what_a_write_changed_is_announced_once(window: MainWindow, desk: Desk) -> None:
    told: list[Changes] = []
    desk.announced.connect(told.append)
    desk.run(lambda _progress: Changes.of("models"))
    desk.run(lambda _progress: ("7", Changes.of("households")))
    desk.run(lambda _progress: "nothing written")
    desk.lane.wait_idle()
    assert told == [Changes.of("models"), Changes.of("households")]


@pytest.mark.parametrize(
    "go",
    [
        lambda window: window.open_page("models"),
        lambda window: window._header.year_asked.emit(2025),
        lambda window: window.lock(),
    ],
    ids=["page", "year", "lock"],
)
def test_typed_text_survives(window: MainWindow, desk: Desk, go: Callable[[MainWindow], None]) -> None:
    page = households(window)
    box = page.form.boxes["head"]
    box.set_typed("Bui Van Bi")
    box.edited.emit()
    go(window)
    assert box.typed() == "Bui Van Bi"
    assert desk.drafts.get("draft/household/1") == {"head": "Bui Van Bi"}


def test_another_year_reaches_every_page(window: MainWindow, desk: Desk) -> None:
    page = households(window)
    window.open_page("models")
    window._header.year_asked.emit(2025)
    assert (desk.year, page.stale, quiet(window, "models").refreshed) == (2025, True, 2)
    assert window._header._year.value() == 2025


def test_the_main_button_is_the_page_s_own(window: MainWindow) -> None:
    page = households(window)
    button = window._header._main
    assert (button.isVisible(), button.text()) == (True, "Add household")
    button.click()
    assert page.main_action is not None
    page.main_action.setEnabled(False)
    assert not button.isEnabled()
    window.open_page("models")
    assert not button.isVisible()
    assert page.obeyed == ["new"]


def test_keys_come_from_the_one_table(window: MainWindow, qtbot: QtBot) -> None:
    page = households(window)
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(window, Qt.Key.Key_S, control)
    QTest.keyClick(window, Qt.Key.Key_N, control)
    assert page.obeyed == ["save", "new"]
    QTest.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert window.page.title == "Models"
    QTest.keyClick(window, Qt.Key.Key_S, control)
    assert page.obeyed == ["save", "new"]
    page = households(window)
    page.show_details()
    page.form.focus_first()
    QTest.keyClick(page.form.boxes["head"].input, Qt.Key.Key_K, control)
    assert window._header.search.hasFocus()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert page._details.isHidden()
    shown = [action.shortcut().toString() for action in window.actions()]
    assert shown == [one.keys for one in SHORTCUTS] + [f"Alt+{number}" for number in range(1, 10)]


def test_no_key_is_taken_while_an_input_method_composes(window: MainWindow, qtbot: QtBot) -> None:
    page = households(window)
    page.show_details()
    field = page.form.boxes["head"].input
    field.setFocus()
    QApplication.sendEvent(field, QInputMethodEvent("Đặ", []))
    QTest.keyClick(field, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert page.obeyed == []
    QApplication.sendEvent(field, QInputMethodEvent())
    QTest.keyClick(field, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert page.obeyed == ["save"]


def test_f1_shows_the_help_of_the_page_and_every_key(window: MainWindow, qtbot: QtBot) -> None:
    households(window)
    QTest.keyClick(window, Qt.Key.Key_F1)
    (sheet,) = window.findChildren(HelpSheet)
    said = [label.text() for label in sheet.findChildren(QLabel)]
    assert "Help of households." in said
    assert {one.keys.replace("Return", "Enter") for one in SHORTCUTS} <= set(said)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_search_finds_while_typing_and_enter_opens(window: MainWindow, qtbot: QtBot) -> None:
    window.open_page("models")
    search = window._header.search
    search.setFocus()
    QTest.keyClicks(search, "an")
    QTest.keyClick(search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.page.title == "Households")
    assert households(window).asked == [{"id": 7}]
    assert search.text() == ""
    QTest.keyClicks(search, "nobody")
    qtbot.waitUntil(lambda: search._list.item(0).text() == "Nothing was found for «nobody».")
    assert search._popup is not None
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert (search.text(), search._popup.isVisible()) == ("", False)


def test_a_search_that_is_not_to_be_had_says_so_in_its_list(window: MainWindow, qtbot: QtBot) -> None:
    def refuse(_text: str) -> list[Found]:
        raise SearchNotOffered

    search = window._header.search
    search._find = refuse
    search.setFocus()
    QTest.keyClicks(search, "an")
    qtbot.waitUntil(lambda: search._list.count() > 1)
    said = [search._list.item(place).text() for place in range(search._list.count())]
    assert " ".join(said).endswith("Use the list of each page.")
    assert max(map(len, said)) <= 64
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert QApplication.activeModalWidget() is None
    assert window._navigation.isVisible()


def test_what_waits_on_a_page_stands_beside_its_word(
    window: MainWindow, workspace: Workspace, desk: Desk
) -> None:
    def badges() -> dict[str, str]:
        shown = window._navigation._badges
        return {key: badge.text() for key, badge in shown.items() if badge.isVisible()}

    assert badges() == {}
    workspace.status = StatusInfo("Officer", "Xã Kim Bôi", 2026, waiting={"sync": 1204, "no page": 3})
    window.refresh_status()
    desk.lane.wait_idle()
    assert badges() == {"sync": "1.204"}
    made = window._navigation._buttons["sync"]
    assert made.accessibleName() == "Sync: 1.204 wait"
    window.resize(900, 600)
    QApplication.processEvents()
    badge = window._navigation._badges["sync"]
    assert made.rect().contains(badge.geometry())
    workspace.status = StatusInfo("Officer", "Xã Kim Bôi", 2026)
    window.refresh_status()
    desk.lane.wait_idle()
    assert badges() == {}
    assert made.accessibleName() == "Sync"


@pytest.mark.parametrize(
    ("days", "age", "text"),
    [
        (None, State.NONE, "Everything is acknowledged"),
        (0, State.NONE, "1.204 rows not acknowledged, since today"),
        (7, State.NONE, "1.204 rows not acknowledged, the oldest 7 days old"),
        (8, State.LOOK, "1.204 rows not acknowledged, the oldest 8 days old"),
        (30, State.LOOK, "1.204 rows not acknowledged, the oldest 30 days old"),
        (31, State.BAD, "1.204 rows not acknowledged, the oldest 31 days old"),
    ],
)
def test_the_age_of_waiting_rows_is_in_sight(  # noqa: PLR0917 - pytest hands them over by name
    window: MainWindow, workspace: Workspace, desk: Desk, days: int | None, age: State, text: str
) -> None:
    backup = datetime(2026, 3, 5, 2, 0, tzinfo=UTC)
    workspace.status = StatusInfo(
        "Officer", "Xã Kim Bôi", 2026, unsent_rows=1204, oldest_unsent_days=days, last_backup=backup
    )
    window.refresh_status()
    desk.lane.wait_idle()
    assert window._line.age() is age
    assert text in [button.text() for button in window._line.findChildren(QPushButton)]
    assert {"Officer", "Xã Kim Bôi", f"Backed up {backup.astimezone():%H:%M %d/%m/%Y}"} <= set(words(window))


def test_data_that_must_be_settled_is_told_above_every_page_until_it_is(
    window: MainWindow, desk: Desk, workspace: Workspace
) -> None:
    workspace.status = StatusInfo("Officer", "Xã Kim Bôi", 2026, unsettled=True)
    window.refresh_status()
    desk.lane.wait_idle()
    for key in window.page_keys:
        window.open_page(key)
        assert window._notice.isVisible() is (key != "sync"), key
    window.open_page("households")
    assert "taken back" in window._notice.text()
    assert window._notice._way is not None
    window._notice._way.click()
    assert window._current == "sync"
    window.open_page("households")
    workspace.status = StatusInfo("Officer", "Xã Kim Bôi", 2026)
    window.refresh_status()
    desk.lane.wait_idle()
    assert window._notice.isHidden()


def test_the_waiting_rows_lead_to_where_they_are_sent(window: MainWindow) -> None:
    window._line.sending_asked.emit()
    assert window._current == "sync"


def test_running_work_is_shown_and_stopped_in_the_status_line(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    def work(progress: Progress) -> None:
        for number in range(10_000):
            progress.report(number, 10_000, "Xóm Bưa")
            sleep(0.002)

    ended: list[KnownFailure] = []
    desk.run(work, failed=ended.append, title="Importing", owner=window)
    assert not window._line._bar.isVisible()
    qtbot.waitUntil(window._line._bar.isVisible)
    qtbot.waitUntil(lambda: "Importing: Xóm Bưa" in window._line._what.text())
    window._line._cancel.click()
    desk.lane.wait_idle()
    assert [type(one) for one in ended] == [Cancelled]
    assert not window._line._bar.isVisible()


def test_short_work_never_flickers(window: MainWindow, desk: Desk) -> None:
    desk.run(lambda _progress: None, title="Saving")
    desk.lane.wait_idle()
    assert not window._line._show_timer.isActive()
    assert not window._line._bar.isVisible()


def locked(window: MainWindow) -> bool:
    return window.is_locked


def test_the_lock_covers_everything_until_the_passphrase(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    page = households(window)
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert locked(window)
    assert not page.isVisible()
    assert "Households" not in window.windowTitle()
    QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    desk.announce(Changes.of("households"))
    page.main_action_changed.emit()
    QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert page.obeyed == []
    window._lock._field.setText("right")
    window._lock._field.entered.emit()
    desk.lane.wait_idle()
    assert not locked(window)
    assert page.isVisible()
    assert page.refreshed == 2
    QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert page.obeyed == ["save"]


def test_navigation_collapses_under_1200_pixels(window: MainWindow, qtbot: QtBot) -> None:
    assert window._navigation.width() == 208
    window.resize(1199, 700)
    assert window._navigation.width() == 56
    assert [one.text() for one in window._navigation.findChildren(QPushButton)] == [""] * 4
    assert window._navigation._buttons["models"].accessibleName() == "Models"
    window.resize(1200, 700)
    assert window._navigation.width() == 208


@pytest.mark.parametrize("size", [(1366, 768), (683, 384), (960, 540)])
def test_fits_small_screens_and_200_per_cent(window: MainWindow, size: tuple[int, int]) -> None:
    households(window).show_details()
    window.resize(*size)
    assert (window.width(), window.height()) == size
    assert not window.grab().isNull()


def test_in_a_narrow_window_the_details_cover_the_list(window: MainWindow) -> None:
    page = households(window)
    page.show_details()
    assert page._left.isVisible()
    window.resize(683, 384)
    assert (page._left.isVisible(), page._details.isVisible()) == (False, True)
    page.hide_details()
    assert (page._left.isVisible(), page._details.isVisible()) == (True, False)


def test_every_input_of_the_shell_has_a_name(window: MainWindow) -> None:
    page = households(window)
    page.show_details()
    inputs = [*window.findChildren(QLineEdit), *window.findChildren(QPushButton)]
    assert [one for one in inputs if not one.accessibleName()] == []


def test_closing_while_work_runs_asks_and_keeps_what_was_typed(
    window: MainWindow, desk: Desk, stored: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(progress: Progress) -> None:
        while True:
            progress.report(0)
            sleep(0.001)

    desk.run(endless, title="Importing")
    answers = [False]
    monkeypatch.setattr(dialogs, "confirm", lambda *_, **__: answers.pop())
    window.close()
    assert window.isVisible()
    page = households(window)
    page.form.boxes["head"].set_typed("Bui")
    page.form.boxes["head"].edited.emit()
    monkeypatch.setattr(dialogs, "confirm", lambda *_, **__: True)
    window.close()
    assert not window.isVisible()
    assert "Bui" in stored["drafts"]
    assert "window" in stored["memory"]


def test_the_focus_goes_to_the_page_that_another_one_opened(window: MainWindow, desk: Desk) -> None:
    """Else it falls to the choice of the year, which the arrow keys would then change."""
    page = households(window)
    page.show_details()
    page.form.boxes["head"].input.setFocus()
    desk.go("models")
    assert QApplication.focusWidget() is window.page
    window.open_page("households")
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused is page or page.isAncestorOf(focused)


def test_the_focus_goes_to_what_the_search_opened(window: MainWindow, desk: Desk) -> None:
    window.open_page("models")
    search = window._header.search
    search.setFocus()
    QTest.keyClicks(search, "an")
    QTest.keyClick(search, Qt.Key.Key_Return)
    desk.lane.wait_idle()
    focused = QApplication.focusWidget()
    assert window._current == "households"
    assert focused is not None
    assert focused is window.page or window.page.isAncestorOf(focused)


def test_the_focus_comes_back_when_a_cover_is_taken_off(window: MainWindow) -> None:
    page = households(window)
    page.show_details()
    head = page.form.boxes["head"].input
    head.setFocus()
    cover = TextField("Paper")
    page.lay_over(cover, QAction("Print"), {})
    cover.setFocus()
    page.uncover()
    assert QApplication.focusWidget() is head


def test_closing_does_not_ask_about_work_that_goes_on_another_time(
    window: MainWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(progress: Progress) -> None:
        while True:
            progress.report(0)
            sleep(0.001)

    asked: list[object] = []
    monkeypatch.setattr(dialogs, "confirm", lambda *words, **_: asked.append(words))
    desk.run(endless, title="Making records findable", goes_on=True)
    window.close()
    assert (asked, window.isVisible()) == ([], False)


def test_the_search_says_what_to_type_in_words_that_fit(window: MainWindow) -> None:
    search = window._header.search
    search.resize(400, 32)
    assert search.placeholderText() == "Search for anything by its words  (Ctrl+K)"
    search.resize(160, 32)
    assert search.placeholderText() == "Search (Ctrl+K)"
    search.resize(110, 32)
    assert search.placeholderText() == "Ctrl+K"


def test_stopped_work_is_noted_and_other_failures_are_shown(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[KnownFailure] = []
    monkeypatch.setattr(dialogs, "show_failure", lambda _parent, failure: shown.append(failure))
    window.show_failure(Cancelled())
    assert (shown, window._line._note.text()) == ([], "Stopped as you asked. Nothing was changed.")
    failure = NotFound(what="7")
    window.show_failure(failure)
    assert shown == [failure]


def test_filters_and_actions_of_a_page_are_named(window: MainWindow, qtbot: QtBot) -> None:
    page = households(window)
    field = TextField("")
    page.add_filter("Area", field)
    done: list[str] = []
    button = page.add_filter_action("Import", lambda: done.append("import"), "import")
    assert isinstance(button, QPushButton)
    button.click()
    assert (field.accessibleName(), done) == ("Area", ["import"])
    body = QLabel("Overview")
    page.set_scrolled_body(body)
    assert page.isAncestorOf(body)
