"""A backup is made by itself when something was written, and only then."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from antq_desktop.domain.changes import Changes
from antq_desktop.services.backups import BackupFailed
from antq_desktop.ui.automatic_backup import AutomaticBackup
from antq_desktop.ui.desk import Desk

pytestmark = pytest.mark.usefixtures("english")


class Backups:
    def __init__(self) -> None:
        self.made = 0
        self.fails = False

    def back_up(self) -> Path:
        if self.fails:
            raise BackupFailed(folder="E:", why="No space left.")
        self.made += 1
        return Path("antq.antqbackup")


class Settings:
    minutes = 45

    def get(self, name: str) -> int:
        assert name == "backup.every_minutes"
        return self.minutes


class Services:
    def __init__(self) -> None:
        self.backups = Backups()
        self.settings = Settings()


@pytest.fixture
def services(desk: Desk) -> Services:
    made = Services()
    desk.services = made
    return made


@pytest.fixture
def automatic(desk: Desk, services: Services, qtbot: QtBot) -> AutomaticBackup:
    return AutomaticBackup(desk, 30, desk)


def test_nothing_is_made_while_nothing_changed(
    desk: Desk, automatic: AutomaticBackup, services: Services
) -> None:
    automatic.make()
    desk.announce(Changes.of("journal"))
    automatic.make()
    desk.lane.wait_idle()
    assert services.backups.made == 0
    automatic._timer.stop()


def test_one_is_made_after_an_entry_and_not_a_second_one(
    desk: Desk, automatic: AutomaticBackup, services: Services
) -> None:
    desk.announce(Changes.of("households", "journal"))
    automatic._timer.timeout.emit()
    automatic._timer.timeout.emit()
    desk.lane.wait_idle()
    assert services.backups.made == 1
    automatic._timer.stop()


def test_a_failure_is_a_quiet_line_and_the_backup_stays_due(
    desk: Desk, automatic: AutomaticBackup, services: Services
) -> None:
    noted: list[str] = []
    desk.noted.connect(noted.append)
    services.backups.fails = True
    desk.announce(Changes.of("households"))
    automatic.make()
    desk.lane.wait_idle()
    assert len(noted) == 1
    assert noted[0].startswith("No backup was made. The backup could not be written to «E:»: No space left.")
    services.backups.fails = False
    automatic.make()
    desk.lane.wait_idle()
    assert services.backups.made == 1
    automatic._timer.stop()


def test_another_interval_holds_at_once(desk: Desk, automatic: AutomaticBackup) -> None:
    assert automatic._timer.interval() == 30 * 60_000
    desk.announce(Changes.of("settings"))
    desk.lane.wait_idle()
    assert automatic._timer.interval() == 45 * 60_000
    automatic._timer.stop()
