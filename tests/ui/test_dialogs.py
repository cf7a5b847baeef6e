"""Boxes and file dialogs: leaving one never chooses what cannot be undone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from antq_desktop.domain.errors import NotFound
from antq_desktop.ui import dialogs

pytestmark = pytest.mark.usefixtures("english")


def while_shown(do: Callable[[QMessageBox], object]) -> None:
    """Do something to the message box that is about to be shown."""

    def act() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        do(box)

    QTimer.singleShot(0, act)


def press(word: str) -> Callable[[QMessageBox], None]:
    return lambda box: next(one for one in box.buttons() if one.text() == word).click()


@pytest.mark.parametrize("dangerous", [True, False])
def test_confirm_is_true_only_for_its_verb(qtbot: QtBot, dangerous: bool) -> None:
    while_shown(press("Delete it"))
    assert dialogs.confirm(None, "Delete?", "It is gone then.", "Delete it", dangerous=dangerous)
    while_shown(press("Do not"))
    assert not dialogs.confirm(None, "Delete?", "It is gone then.", "Delete it", dangerous=dangerous)


@pytest.mark.parametrize(
    "leave",
    [lambda box: box.close(), lambda box: QTest.keyClick(box, Qt.Key.Key_Escape)],
    ids=["close", "escape"],
)
def test_leaving_never_chooses(qtbot: QtBot, leave: Callable[[QMessageBox], object]) -> None:
    while_shown(leave)
    assert not dialogs.confirm(None, "Close?", "Work is lost.", "Close", dangerous=False)
    while_shown(leave)
    assert (
        dialogs.choose(
            None, "Which?", "Both were changed.", [("mine", "Keep mine"), ("theirs", "Take theirs")]
        )
        is None
    )


def test_enter_takes_the_safe_side_of_something_dangerous(qtbot: QtBot) -> None:
    while_shown(lambda box: QTest.keyClick(box, Qt.Key.Key_Return))
    assert not dialogs.confirm(None, "Delete?", "It is gone then.", "Delete it", dangerous=True)
    while_shown(lambda box: QTest.keyClick(box, Qt.Key.Key_Return))
    assert dialogs.confirm(None, "Print?", "Twelve pages.", "Print", dangerous=False)


def test_choose_returns_the_key(qtbot: QtBot) -> None:
    while_shown(press("Take theirs"))
    assert dialogs.choose(None, "Which?", "…", [("mine", "Keep mine"), ("theirs", "Take theirs")]) == "theirs"


def test_a_failure_is_shown_as_its_sentence(qtbot: QtBot) -> None:
    said: list[str] = []

    def read(box: QMessageBox) -> None:
        said.append(box.informativeText())
        box.close()

    while_shown(read)
    dialogs.show_failure(None, NotFound(what="AB-7"))
    assert said == ["Nothing with the number «AB-7» is kept in this workspace. Check the number."]


def test_a_saved_file_gets_its_ending(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[str] = []

    def answer(_parent: object, _title: str, offered: str, kinds: str) -> tuple[str, str]:
        asked.extend([Path(offered).name, kinds])
        return str(tmp_path / "ho-dan"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    chosen = dialogs.save_file(None, "Save", "list.xlsx", (("Spreadsheet", ("xlsx",)),))
    assert chosen == tmp_path / "ho-dan.xlsx"
    assert asked == ["list.xlsx", "Spreadsheet (*.xlsx *.XLSX);;All files (*)"]


def test_no_file_chosen_is_none(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    assert dialogs.save_file(None, "Save", "x.pdf") is None
    assert dialogs.choose_file(None, "Open") is None
    assert dialogs.choose_files(None, "Open") == []
    assert dialogs.choose_folder(None, "Stick") is None
