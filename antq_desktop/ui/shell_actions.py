"""Makes the table of shortcuts work in one window."""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from antq_desktop.runtime.language import _
from antq_desktop.ui.actions import SHORTCUTS, Command, ShellCommand, page_keys


class ShellActions:
    """Holds the window's actions; a page's commands are on only where the page answers them."""

    def __init__(
        self,
        window: QWidget,
        obey: Callable[[Command], None],
        shell: dict[ShellCommand, Callable[[], None]],
        open_page: Callable[[int], None],
    ) -> None:
        self._of_pages: dict[Command, QAction] = {}
        self._all: list[QAction] = []
        for shortcut in SHORTCUTS:
            command = shortcut.command
            do = partial(obey, command) if isinstance(command, Command) else shell[command]
            action = self._add(window, shortcut.keys, _(shortcut.word), do)
            if isinstance(command, Command):
                self._of_pages[command] = action
        for index in range(9):
            self._add(window, page_keys(index), "", partial(open_page, index))

    def follow(self, answers: Callable[[Command], bool]) -> None:
        """Switch the page's commands on as the page in sight ``answers`` them."""
        for command, action in self._of_pages.items():
            action.setEnabled(answers(command))

    def set_locked(self, *, locked: bool) -> None:
        """While locked no key does anything outside the passphrase."""
        for action in self._all:
            action.setEnabled(not locked)

    def _add(self, window: QWidget, keys: str, word: str, do: Callable[[], None]) -> QAction:
        action = QAction(word, window)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda: do())  # noqa: PLW0108 - Qt would hand its checked flag over
        window.addAction(action)
        self._all.append(action)
        return action
