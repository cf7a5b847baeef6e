"""From the start of the program to its window, with what can stand in between; real workspaces."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from antq_desktop.bootstrap import create_workspace
from antq_desktop.runtime.paths import WorkspacePaths
from antq_desktop.runtime.single_instance import SingleInstance
from antq_desktop.services.first_start import NewWorkspace
from antq_desktop.services.recovery.trouble import Trouble
from antq_desktop.storage.key_file import Cost
from antq_desktop.ui import dialogs
from antq_desktop.ui.crash import CrashHook
from antq_desktop.ui.gate import Gate, TroubleScreen
from antq_desktop.ui.main_window import MainWindow
from antq_desktop.ui.pages.first_start.wizard import FirstStart
from antq_desktop.ui.program import PASSPHRASE_VARIABLE, Program, days_since

RIGHT = "cây đa bến nước"
SETTINGS: dict[str, object] = {
    "commune": {"code": "04978", "name": "Xã Kim Bôi", "province": "Phú Thọ"},
    "officer": {"name": "Bùi Văn An", "rank": "Đại úy"},
    "working_year": 2026,
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "commune"
    new = NewWorkspace("commune", "04978", "Bùi Văn An", RIGHT, SETTINGS)
    application = create_workspace(folder, new, cost=Cost(passes=1, memory=8 * 1024 * 1024)).application
    application.backups.back_up()
    application.close()
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "commune"))


@pytest.fixture
def hook(qapp: QApplication, tmp_path: Path) -> CrashHook:
    return CrashHook(tmp_path / "logs", lambda _text: None, lambda: datetime.now(UTC))


@pytest.fixture
def program(qtbot: QtBot, folder: Path, hook: CrashHook) -> Iterator[Program]:
    program = Program(folder, hook)
    yield program
    if program.window is not None:
        program.window.close()
        program.window.deleteLater()
    program.end()


def test_the_environment_may_hold_the_passphrase(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSPHRASE_VARIABLE, RIGHT)
    program.start()
    program.lane.wait_idle()
    assert isinstance(program.window, MainWindow)
    assert program.window.page_keys[0] == "overview"
    assert program.window.page_keys[-1] == "settings"


def test_without_it_the_door_asks(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PASSPHRASE_VARIABLE, raising=False)
    program.start()
    program.lane.wait_idle()
    assert isinstance(program.window, Gate)


def test_a_second_window_is_told_at_once(program: Program, folder: Path) -> None:
    other = SingleInstance(WorkspacePaths(folder).lock)
    program.start()
    program.lane.wait_idle()
    assert isinstance(program.window, Gate)
    assert isinstance(program.window.screen_shown, TroubleScreen)
    other.release()


def test_a_folder_without_a_workspace_leads_to_the_first_start(
    qtbot: QtBot, tmp_path: Path, hook: CrashHook
) -> None:
    program = Program(tmp_path / "nothing yet", hook)
    program.start()
    program.lane.wait_idle()
    assert isinstance(program.window, FirstStart)
    program.window.close()
    program.end()


def test_a_damaged_file_is_set_aside_for_the_last_backup(
    program: Program, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = WorkspacePaths(folder)
    backup = next(paths.backups.iterdir())
    paths.database.write_bytes(b"nothing that a database begins with" * 100)
    monkeypatch.setenv(PASSPHRASE_VARIABLE, RIGHT)
    monkeypatch.setattr(dialogs, "choose_file", lambda *_args: backup)
    program.start()
    program.lane.wait_idle()
    assert isinstance(program.window, Gate)
    screen = program.window.screen_shown
    assert isinstance(screen, TroubleScreen)
    screen.findChildren(QPushButton)[0].click()
    program.lane.wait_idle()
    assert isinstance(program.window, MainWindow)
    aside = next(folder.glob("set-aside-*"))
    assert (aside / paths.database.name).read_bytes().startswith(b"nothing that")


def test_the_working_year_chosen_above_holds_for_every_service(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSPHRASE_VARIABLE, RIGHT)
    program.start()
    program.lane.wait_idle()
    assert isinstance(program.window, MainWindow)
    program.window._change_year(2025)
    program.lane.wait_idle()
    assert program.application is not None
    assert program.application.session.year == 2025


@pytest.mark.parametrize("unsettled", [False, True])
def test_the_window_knows_whether_the_data_must_be_settled(
    program: Program, monkeypatch: pytest.MonkeyPatch, *, unsettled: bool
) -> None:
    monkeypatch.setenv(PASSPHRASE_VARIABLE, RIGHT)
    program.start()
    program.lane.wait_idle()
    assert isinstance(program.window, MainWindow)
    assert program.application is not None
    if unsettled:
        monkeypatch.setattr(program.application.mending, "state", lambda: Trouble(code="restored"))
    program.window.refresh_status()
    program.lane.wait_idle()
    assert program.window._notice.isHidden() is not unsettled


def test_days_are_days_of_the_calendar() -> None:
    now = datetime(2026, 3, 14, 8, 0, tzinfo=UTC)
    assert days_since(None, now) is None
    assert days_since(now - timedelta(minutes=5), now) == 0
    assert days_since(now - timedelta(days=31), now) == 31
    assert days_since(now + timedelta(days=2), now) == 0


def test_the_program_proves_itself_and_writes_nothing_where_it_is_started(tmp_path: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from antq_desktop.__main__ import window; sys.exit(window())",
            "--smoke",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_first_window_needs_no_database_and_no_pdf() -> None:
    """What the first window loads decides how long an officer looks at nothing."""
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, antq_desktop.ui.start; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    heavy = {"sqlalchemy", "alembic", "reportlab", "openpyxl", "nacl", "pyrage", "zxingcpp", "xlrd"}
    assert heavy.isdisjoint(loaded)
