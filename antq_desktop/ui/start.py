"""Starts the window: dresses the program, catches what nobody foresaw, and finds out which workspace to open."""

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication

from antq_desktop.runtime.language import _
from antq_desktop.runtime.paths import WorkspacePaths, default_folder
from antq_desktop.ui import dialogs, icons, theme
from antq_desktop.ui.crash import CrashHook
from antq_desktop.ui.program import Program
from antq_desktop.ui.qt_words import QtWords


def main(arguments: Sequence[str]) -> int:
    """Run the window until it is closed and return its exit code."""
    options = _parser().parse_args(list(arguments))
    if options.smoke:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = dressed()
    if options.smoke:
        from antq_desktop.ui.smoke import prove

        return prove()
    folder: Path = options.data or default_folder()
    hook = CrashHook(WorkspacePaths(folder).logs, _tell, lambda: datetime.now(UTC).astimezone(), app)
    hook.install()
    program = Program(folder, hook)
    program.start()
    code = app.exec()
    program.end()
    return code


def dressed() -> QApplication:
    """Return the application, with its look and its words."""
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication([sys.argv[0]])
    app.setApplicationName("antq-desktop")
    app.setApplicationDisplayName("")
    theme.follow_system(app)
    app.setWindowIcon(icons.icon("program", "accent"))
    app.installTranslator(QtWords(app))
    return app


def _tell(text: str) -> None:
    dialogs.tell(QApplication.activeWindow(), _("It did not work"), text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="antq-desktop")
    parser.add_argument("--data", type=Path, default=None)
    parser.add_argument("--smoke", action="store_true")
    return parser
