"""Says where a finished file lies and opens it with the system's own program."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from antq_desktop.runtime.language import _
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.page import Page


def say_where(page: Page, path: Path) -> None:
    """Say on the page that the paper lies in ``path``."""
    page.banner.say(
        State.GOOD,
        _("The paper lies in «{path}».", path=str(path)),
        (_("Open the file"), lambda: open_file(path)),
    )


def open_file(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
