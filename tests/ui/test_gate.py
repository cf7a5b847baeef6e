"""The door: one sentence for a wrong passphrase, the way in with the recovery key, a page for every other failure."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.single_instance import AlreadyOpen
from antq_desktop.storage.failures import WorkspaceDamaged, WorkspaceReadOnly
from antq_desktop.storage.key_file import WrongPassphrase, WrongRecoveryKey
from antq_desktop.storage.migrate import WorkspaceNewer
from antq_desktop.ui.gate import ForgottenScreen, Gate, TroubleScreen
from antq_desktop.ui.jobs import Lane
from antq_desktop.ui.widgets.passphrase import UnlockScreen

pytestmark = pytest.mark.usefixtures("english")
RIGHT = "cây đa bến nước"
KEY = "ABCD-EFGH"


class Workspace:
    """A workspace that opens with one passphrase and one recovery key."""

    def __init__(self) -> None:
        self.passphrase = RIGHT
        self.stands_in_the_way: KnownFailure | None = None
        self.free_asked = 0

    def free(self) -> None:
        self.free_asked += 1
        if self.stands_in_the_way is not None:
            raise self.stands_in_the_way

    def open_(self, passphrase: str) -> str:
        if self.stands_in_the_way is not None:
            raise self.stands_in_the_way
        if passphrase != self.passphrase:
            raise WrongPassphrase
        return "the application"

    def reset(self, recovery_key: str, passphrase: str) -> None:
        if recovery_key != KEY:
            raise WrongRecoveryKey
        self.passphrase = passphrase


@pytest.fixture
def workspace() -> Workspace:
    return Workspace()


@pytest.fixture
def gate(qtbot: QtBot, lane: Lane, workspace: Workspace) -> Iterator[Gate]:
    gate = Gate(lane, free=workspace.free, open_=workspace.open_, reset=workspace.reset, place="D:\\antq")
    qtbot.addWidget(gate)
    gate.show()
    yield gate
    gate.close()


def typed(gate: Gate, passphrase: str) -> UnlockScreen:
    screen = gate.screen_shown
    assert isinstance(screen, UnlockScreen)
    screen._field.setText(passphrase)
    screen._field.entered.emit()
    gate._lane.wait_idle()
    return screen


def buttons(gate: Gate) -> list[str]:
    screen = gate.screen_shown
    assert screen is not None
    return [made.text() for made in screen.findChildren(QPushButton) if made.isVisible()]


def test_the_right_passphrase_opens(gate: Gate, qtbot: QtBot) -> None:
    with qtbot.waitSignal(gate.opened) as opened:
        typed(gate, RIGHT)
    assert opened.args == ["the application"]


def test_a_wrong_one_says_so_in_one_sentence_and_waits(gate: Gate) -> None:
    screen = typed(gate, "something else")
    assert screen.said() == (
        "The passphrase is not right. Check Caps Lock and the typing method, then try again. Wait 1 seconds."
    )
    screen._clock.stop()


def test_a_known_passphrase_opens_at_once(gate: Gate, qtbot: QtBot) -> None:
    with qtbot.waitSignal(gate.opened):
        gate.open_with(RIGHT)


def test_a_known_passphrase_that_is_wrong_is_asked_for(gate: Gate) -> None:
    gate.open_with("of another laptop")
    gate._lane.wait_idle()
    assert isinstance(gate.screen_shown, UnlockScreen)


@pytest.mark.parametrize(
    ("failure", "ways"),
    [
        (AlreadyOpen(), ["Try again", "Close the program"]),
        (WorkspaceReadOnly(), ["Try again", "Close the program"]),
        (WorkspaceNewer(revision="0009"), ["Try again", "Close the program"]),
        (WorkspaceDamaged(why="x"), ["Take a backup back…", "Try again", "Close the program"]),
    ],
)
def test_what_no_passphrase_cures_has_a_page_of_its_own(
    gate: Gate, workspace: Workspace, failure: KnownFailure, ways: list[str]
) -> None:
    workspace.stands_in_the_way = failure
    typed(gate, RIGHT)
    screen = gate.screen_shown
    assert isinstance(screen, TroubleScreen)
    assert screen.said() == str(failure)
    assert buttons(gate) == ways


def test_another_window_is_told_before_the_passphrase(gate: Gate, workspace: Workspace) -> None:
    workspace.stands_in_the_way = AlreadyOpen()
    gate.look()
    gate._lane.wait_idle()
    assert isinstance(gate.screen_shown, TroubleScreen)
    workspace.stands_in_the_way = None
    gate.screen_shown.findChildren(QPushButton)[0].click()
    gate._lane.wait_idle()
    assert isinstance(gate.screen_shown, UnlockScreen)
    assert workspace.free_asked == 2


def forgotten(gate: Gate, key: str, new: str, again: str) -> ForgottenScreen:
    gate.ask_recovery_key()
    screen = gate.screen_shown
    assert isinstance(screen, ForgottenScreen)
    screen.key.setText(key)
    screen.new.first.setText(new)
    screen.new.second.setText(again)
    return screen


def test_the_recovery_key_opens_with_a_new_passphrase(gate: Gate, workspace: Workspace, qtbot: QtBot) -> None:
    screen = forgotten(gate, KEY, "một câu thật dài", "một câu thật dài")
    with qtbot.waitSignal(gate.opened):
        screen.new.second.entered.emit()
    assert workspace.passphrase == "một câu thật dài"


def test_a_wrong_recovery_key_says_so_and_lets_one_correct_it(gate: Gate, workspace: Workspace) -> None:
    screen = forgotten(gate, "ABCD-WRONG", "một câu thật dài", "một câu thật dài")
    screen._send()
    gate._lane.wait_idle()
    assert screen.said().startswith("The recovery key is not right.")
    assert screen.key.text() == "ABCD-WRONG"
    assert screen._go.isEnabled()
    assert workspace.passphrase == RIGHT


def test_two_unlike_passphrases_are_not_taken(gate: Gate) -> None:
    screen = forgotten(gate, KEY, "một câu thật dài", "một câu khác hẳn")
    assert not screen._go.isEnabled()
    assert screen.new.said()[1] == "The two are not alike."
