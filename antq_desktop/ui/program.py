"""Leads from the start of the program to its window: the first start, the passphrase, then the shell with its pages."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.language import _
from antq_desktop.runtime.paths import WorkspacePaths
from antq_desktop.runtime.progress import Progress
from antq_desktop.ui import dialogs
from antq_desktop.ui.crash import CrashHook
from antq_desktop.ui.gate import Gate
from antq_desktop.ui.jobs import Lane
from antq_desktop.ui.main_window import MainWindow

if TYPE_CHECKING:
    from antq_desktop.services.application import Application

PASSPHRASE_VARIABLE = "ANTQ_PASSPHRASE"  # noqa: S105 - the name of a variable
BACKUPS = ("antqbackup",)


@dataclass(frozen=True, slots=True)
class Opened:
    """An open workspace and what the window has to know of it before it is drawn."""

    application: "Application"
    drafts: str
    memory: str
    years: Sequence[int]
    minutes_between_backups: int


class Program(QObject):
    """Holds the lane and whichever window is in sight; ``end`` lets go of both."""

    def __init__(self, folder: Path, hook: CrashHook) -> None:
        super().__init__()
        self.folder = folder
        self.lane = Lane(self._show_failure, hook.report)
        self.window: QWidget | None = None
        self.application: Application | None = None

    def start(self) -> None:
        """Show the first start, or the door of the workspace that is there."""
        if WorkspacePaths(self.folder).holds_workspace():
            self.show_gate()
        else:
            self.show_first_start()

    def end(self) -> None:
        """Let the work that runs finish, then close the workspace."""
        self.lane.close()
        if self.application is not None:
            self.application.close()
            self.application = None

    def show_gate(self) -> None:
        """Ask for the passphrase, unless the environment holds it."""
        # Database and cryptography take longer to load than a window to draw: they load while the passphrase is typed.
        gate = Gate(self.lane, free=self._free, open_=self._open, reset=self._reset, place=str(self.folder))
        gate.opened.connect(self._enter)
        gate.restoring.connect(self._replace)
        self._show(gate)
        gate.look()
        known = os.environ.get(PASSPHRASE_VARIABLE, "")
        if known:
            gate.open_with(known)

    def show_first_start(self) -> None:
        """Ask what a new workspace needs."""
        from antq_desktop.ui.pages.first_start.wizard import FirstStart

        wizard = FirstStart(self.folder, self.lane)
        wizard.made.connect(lambda application: self._enter(read_opened(application)))
        wizard.restored.connect(self.show_gate)
        self._show(wizard)

    def _free(self) -> None:
        from antq_desktop.bootstrap import check_free

        check_free(self.folder)

    def _open(self, passphrase: str) -> Opened:
        from antq_desktop.bootstrap import open_workspace

        return read_opened(open_workspace(self.folder, passphrase))

    def _reset(self, recovery_key: str, passphrase: str) -> None:
        from antq_desktop.bootstrap import reset_passphrase

        reset_passphrase(self.folder, recovery_key, passphrase)

    def _replace(self) -> None:
        file = dialogs.choose_file(self.window, _("Which backup?"), ((_("Backups"), BACKUPS),))
        if file is None:
            return

        def work(_progress: Progress) -> object:
            from antq_desktop.bootstrap import system_clock
            from antq_desktop.services.recovery.taking_back import replace_workspace

            return replace_workspace(file, self.folder, system_clock)

        self.lane.run(work, lambda _aside: self.show_gate(), owner=self.window)

    def _enter(self, opened: Opened) -> None:
        self.application = opened.application
        self._show(make_window(opened, self.lane))

    def _show(self, window: QWidget) -> None:
        # The new window comes first: when the last one closes, the program ends.
        before, self.window = self.window, window
        window.show()
        if before is not None:
            before.close()
            before.deleteLater()

    def _show_failure(self, failure: KnownFailure) -> None:
        if isinstance(self.window, MainWindow):
            self.window.show_failure(failure)
        else:
            dialogs.show_failure(self.window, failure)


def read_opened(application: "Application") -> Opened:
    """Read what the window needs first; called on the lane, or before there is work on it."""
    this_year, working = application.session.today().year, application.session.year
    first = min(2022, working)  # TT 124/2021/TT-BCA is in force since 10/02/2022
    return Opened(
        application,
        application.kept.read("drafts"),
        application.kept.read("memory"),
        range(max(this_year, working) + 1, first - 1, -1),
        int(application.settings.get("backup.every_minutes")),
    )


def make_window(opened: Opened, lane: Lane) -> MainWindow:
    """Return the shell with every page of the workspace's role, not shown yet."""
    from antq_desktop.ui.automatic_backup import AutomaticBackup
    from antq_desktop.ui.desk import Desk
    from antq_desktop.ui.kept import Kept
    from antq_desktop.ui.pages import entries
    from antq_desktop.ui.search import finder
    from antq_desktop.ui.status import StatusInfo
    from antq_desktop.ui.words_gathering import WordsGathering

    application = opened.application
    desk = Desk(
        application,
        lane,
        drafts=Kept(opened.drafts, _writer(application, "drafts"), lane),
        memory=Kept(opened.memory, _writer(application, "memory"), lane),
        year=application.session.year,
    )

    def status() -> StatusInfo:
        found = application.accounts.status()
        return StatusInfo(
            user_name=found.user_name,
            commune_name=found.commune_name,
            year=found.year,
            role=found.role,
            unsent_rows=found.unsent_rows,
            oldest_unsent_days=days_since(found.oldest_unsent_at, application.session.now()),
            last_backup=found.last_backup,
            amber_after_days=found.amber_days,
            red_after_days=found.red_days,
            waiting={"conflicts": application.conflicts.count()},
            unsettled=application.mending.state() is not None,
        )

    window = MainWindow(
        desk,
        entries(),
        status=status,
        years=opened.years,
        unlock=application.accounts.check_passphrase,
        find=finder(application),
        role=application.role,
        sending_page="sync" if application.role == "commune" else "receiving",
    )
    desk.setParent(window)
    desk.year_changed.connect(
        lambda year: desk.run(lambda _progress: application.settings.put("working_year", year))
    )
    if not application.backups.is_servers:
        AutomaticBackup(desk, opened.minutes_between_backups, window)
    WordsGathering(desk, window)
    return window


def days_since(then: datetime | None, now: datetime) -> int | None:
    """Return whole days on the laptop's calendar between two aware times; None without the first."""
    if then is None:
        return None
    return max((now.astimezone().date() - then.astimezone().date()).days, 0)


def _writer(application: "Application", name: str) -> Callable[[str], None]:
    return lambda text: application.kept.write(name, text)
