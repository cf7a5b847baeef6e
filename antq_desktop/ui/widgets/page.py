"""What every page shares: title, one sentence, filters, body, and details at the right that are edited in place."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from antq_desktop.domain.changes import Changes
from antq_desktop.ui import icons
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.widgets.banner import Banner
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.details import DetailsPanel
from antq_desktop.ui.widgets.form import Form

_DETAILS_WIDTH = 376


class Page(QWidget):
    """Made by the shell at its first visit; ``refresh`` is called when it is shown and stale."""

    #: Announced changes that touch one of these make the page stale.
    tables: frozenset[str] = frozenset()

    main_action_changed = Signal()

    def __init__(
        self, desk: Desk, title: str, sentence: str, help_text: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.desk = desk
        self.title = title
        self.help_text = help_text or sentence
        self.main_action: QAction | None = None
        self.banner = Banner()
        self.stale = True
        self._commands: dict[Command, Callable[[], object]] = {}
        self._filters = QHBoxLayout()
        self._filters.setSpacing(8)
        self._filter_actions = QHBoxLayout()
        self._filter_actions.setSpacing(8)
        self._filters_row = QWidget()
        self._middle = QVBoxLayout()
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._details = DetailsPanel(self.hide_details)
        self._lay_out(title, sentence)

    @property
    def year(self) -> int:
        """The working year."""
        return self.desk.year

    def refresh(self) -> None:
        """Read anew what is shown; overridden by pages that show the database."""

    def wanted(self, **what: object) -> None:
        """Another page or the search asked for something here; overridden by pages that can be asked."""

    def changed(self, changes: Changes) -> None:
        if changes.touches(*self.tables):
            self.make_stale()

    def year_changed(self, _year: int) -> None:
        self.make_stale()

    def make_stale(self) -> None:
        """Read anew: at once when the page is in sight, else when it is shown next."""
        self.stale = True
        if self.isVisible():
            self.freshen()

    def freshen(self) -> None:
        """Refresh if something changed since the last time; called by the shell when the page is shown."""
        if self.stale:
            self.stale = False
            self.refresh()

    def leave(self) -> None:
        """Keep what was typed; called before another page, another year, the lock and the end."""
        for form in self.findChildren(Form):
            form.keep_draft()

    def on(self, command: Command, do: Callable[[], object]) -> None:
        """Answer ``command`` of the keyboard with ``do``."""
        self._commands[command] = do

    def answers(self, command: Command) -> bool:
        return command in self._commands

    def obey(self, command: Command) -> None:
        """Do what the page registered for ``command``, if anything."""
        do = self._commands.get(command)
        if do is not None:
            do()

    def set_main_action(self, word: str, do: Callable[[], object], icon: str = "plus") -> QAction:
        """Give the page its one main button, which stands in the header; Ctrl+N presses it unless NEW is taken."""
        action = QAction(icons.icon(icon, "on_accent"), word, self)
        action.triggered.connect(lambda: do())  # noqa: PLW0108 - Qt would hand its checked flag over
        self.main_action = action
        self._commands.setdefault(Command.NEW, action.trigger)
        self.main_action_changed.emit()
        return action

    def add_filter(self, word: str, widget: QWidget) -> None:
        """Put ``widget`` into the filters row behind ``word``."""
        if word:
            self._filters.addWidget(label(word, "muted"))
            widget.setAccessibleName(widget.accessibleName() or word)
        self._filters.addWidget(widget)
        self._filters_row.show()

    def add_filter_action(self, word: str, do: Callable[[], object], icon: str = "") -> QWidget:
        """Put a quiet button at the right end of the filters row and return it."""
        made = button(word, do, icon)
        self._filter_actions.addWidget(made)
        self._filters_row.show()
        return made

    def set_body(self, body: QWidget) -> None:
        """Put ``body`` into the middle; it takes all room that is left."""
        self._middle.addWidget(body)

    def set_details(self, title: str, content: QWidget) -> None:
        """Put ``content`` into the panel at the right; it stays hidden until ``show_details``."""
        self._details.set_title(title)
        self._details.set_content(content)
        self._commands.setdefault(Command.LEAVE, self.hide_details)

    def set_details_title(self, title: str) -> None:
        self._details.set_title(title)

    def set_details_actions(self, *buttons: QWidget) -> None:
        """Put buttons (save first) under the details; they stay in sight while the details scroll."""
        self._details.set_buttons(*buttons)

    def show_details(self) -> None:
        if self._details.isHidden():
            width = min(_DETAILS_WIDTH, max(self.width() // 2, 300))
            self._details.show()
            self._split.setSizes([max(self.width() - width, 1), width])

    def hide_details(self) -> None:
        """Close the panel; what was typed there is kept."""
        for form in self._details.findChildren(Form):
            form.keep_draft()
        self._details.hide()

    def _lay_out(self, title: str, sentence: str) -> None:
        self._filters_row.hide()
        row = QHBoxLayout(self._filters_row)
        row.setContentsMargins(0, 12, 0, 0)
        row.addLayout(self._filters)
        row.addStretch()
        row.addLayout(self._filter_actions)
        left = QWidget()
        left.setMinimumWidth(280)
        column = QVBoxLayout(left)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(0)
        column.addWidget(label(title, "title"))
        column.addSpacing(2)
        column.addWidget(label(sentence, "muted", wrap=True))
        column.addWidget(self._filters_row)
        column.addSpacing(12)
        column.addWidget(self.banner)
        self._middle.setContentsMargins(0, 4, 0, 0)
        column.addLayout(self._middle, 1)
        self._details.hide()
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(4)
        self._split.addWidget(left)
        self._split.addWidget(self._details)
        self._split.setStretchFactor(0, 1)
        self._split.setStretchFactor(1, 0)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._split)
