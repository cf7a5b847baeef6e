"""The locked screen: a wrong passphrase is said, and each further try waits longer."""

import pytest
from pytestqt.qtbot import QtBot

from antq_desktop.domain.errors import BadInput, KnownFailure
from antq_desktop.ui.jobs import Lane
from antq_desktop.ui.widgets.passphrase import UnlockScreen
from antq_desktop.ui.widgets.text_field import TextField

pytestmark = pytest.mark.usefixtures("english")


class Wrong(KnownFailure):
    sentence = "The passphrase is not right."


def unlock(passphrase: str) -> str:
    if passphrase == "đúng rồi":
        return "workspace"
    if passphrase == "slow":
        raise BadInput(value="slow", why="wait.", seconds=30)
    raise Wrong


def made(qtbot: QtBot, lane: Lane) -> UnlockScreen:
    screen = UnlockScreen(unlock, lane, "Xã Kim Bôi")
    qtbot.addWidget(screen)
    screen.show()
    return screen


def attempt(screen: UnlockScreen, lane: Lane, passphrase: str) -> None:
    screen._field.setText(passphrase)
    screen._field.entered.emit()
    lane.wait_idle()


def test_opens_and_forgets_what_was_typed(qtbot: QtBot, lane: Lane) -> None:
    screen = made(qtbot, lane)
    opened: list[object] = []
    screen.opened.connect(opened.append)
    attempt(screen, lane, "đúng rồi")
    assert opened == ["workspace"]
    assert screen._field.text() == ""


def test_waits_longer_after_each_wrong_try(qtbot: QtBot, lane: Lane) -> None:
    screen = made(qtbot, lane)
    waits = []
    for _try in range(8):
        attempt(screen, lane, "sai")
        waits.append(screen._wait)
        assert screen.said() == f"The passphrase is not right. Wait {screen._wait} seconds."
        before = screen._failures
        attempt(screen, lane, "đúng rồi")
        assert screen._failures == before
        for _second in range(waits[-1]):
            screen._clock.timeout.emit()
        assert screen.said() == "The passphrase is not right."
        assert not screen._clock.isActive()
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]


def test_a_failure_may_set_the_wait_itself(qtbot: QtBot, lane: Lane) -> None:
    screen = made(qtbot, lane)
    attempt(screen, lane, "slow")
    assert screen._wait == 30
    screen._clock.stop()


def test_the_passphrase_is_hidden_named_and_dropped_when_out_of_sight(qtbot: QtBot, lane: Lane) -> None:
    screen = made(qtbot, lane)
    assert screen._field.echoMode() == TextField.EchoMode.Password
    assert screen._field.accessibleName() == "Passphrase"
    screen._field.setText("half typed")
    screen.hide()
    assert screen._field.text() == ""
