"""Wizards: going back loses nothing, leaving asks first, slow steps keep the buttons shut."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout
from pytestqt.qtbot import QtBot

from antq_desktop.ui import dialogs
from antq_desktop.ui.widgets.text_field import TextField
from antq_desktop.ui.widgets.wizard import Step, Wizard

pytestmark = pytest.mark.usefixtures("english")


class Ask(Step):
    def __init__(self, title: str) -> None:
        super().__init__(title, "Type something.")
        self.field = TextField(title)
        self.entered = 0
        QVBoxLayout(self).addWidget(self.field)
        self.field.textChanged.connect(self.readiness_changed)

    def enter(self) -> None:
        self.entered += 1

    def is_ready(self) -> bool:
        return bool(self.field.text())


class Slow(Step):
    go_on: Callable[[], None] | None = None

    def proceed(self, go_on: Callable[[], None]) -> None:
        self.go_on = go_on


class Results(Step):
    is_last = True


@pytest.fixture(autouse=True)
def leaving_is_confirmed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wizard that is still open when its test ends must not wait for an answer."""
    monkeypatch.setattr(dialogs, "confirm", lambda *_, **__: True)


def at(wizard: Wizard) -> Step:
    return wizard.step


def made(qtbot: QtBot) -> tuple[Wizard, Ask, Slow, Results]:
    steps = Ask("Choose the file"), Slow("Check"), Results("Results")
    wizard = Wizard("Import a list", steps)
    qtbot.addWidget(wizard)
    wizard.show()
    return wizard, *steps


def test_leads_through_its_steps_and_back_without_loss(qtbot: QtBot) -> None:
    wizard, ask, slow, results = made(qtbot)
    ended: list[str] = []
    wizard.ended.connect(lambda: ended.append("ended"))
    assert not wizard._next.isEnabled()
    QTest.keyClicks(ask.field, "ds-ho.xls")
    assert wizard._next.isEnabled()
    wizard.go_on()
    assert at(wizard) is slow
    wizard.go_back()
    assert (at(wizard), ask.field.text(), ask.entered) == (ask, "ds-ho.xls", 2)
    wizard.go_on()
    wizard.go_on()
    assert not wizard._next.isEnabled()
    wizard.go_on()
    assert slow.go_on is not None
    slow.go_on()
    assert at(wizard) is results
    assert wizard._next.text() == "Close"
    assert wizard._back.isHidden()
    wizard.go_back()
    assert at(wizard) is results
    wizard.go_on()
    assert ended == ["ended"]
    assert not wizard.isVisible()


def test_a_step_that_cannot_proceed_opens_the_buttons_again(qtbot: QtBot) -> None:
    wizard, ask, slow, _results = made(qtbot)
    ask.field.setText("x")
    wizard.go_on()
    wizard.go_on()
    slow.stayed.emit()
    assert at(wizard) is slow
    assert wizard._next.isEnabled()


def test_leaving_in_the_middle_asks_first(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    wizard, ask, _slow, _results = made(qtbot)
    answers = [False, True]
    monkeypatch.setattr(dialogs, "confirm", lambda *_, **__: answers.pop(0))
    ask.field.setText("x")
    wizard.go_on()
    QTest.keyClick(wizard, Qt.Key.Key_Escape)
    assert wizard.isVisible()
    wizard.close()
    assert not wizard.isVisible()
    assert answers == []


def test_leaving_at_the_first_step_just_leaves(qtbot: QtBot) -> None:
    wizard, *_steps = made(qtbot)
    wizard.close()
    assert not wizard.isVisible()


def test_enter_leads_on(qtbot: QtBot) -> None:
    wizard, ask, slow, _results = made(qtbot)
    QTest.keyClick(wizard, Qt.Key.Key_Return)
    assert at(wizard) is ask
    ask.field.setText("x")
    QTest.keyClick(ask.field, Qt.Key.Key_Return)
    assert at(wizard) is slow
