"""What every page shares: title, one sentence, filters, body, and details at the right that are edited in place."""

from collections.abc import Callable, Mapping

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.domain.changes import Changes
from antq_desktop.runtime.language import _
from antq_desktop.ui import icons
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.widgets.banner import Banner
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.details import DetailsPanel
from antq_desktop.ui.widgets.flow import Flow
from antq_desktop.ui.widgets.form import Form

_DETAILS_WIDTH = 376
_LOW = 420
_LOWEST = 320
_NARROW = 700


class Page(QWidget):
    """Made by the shell at its first visit; ``refresh`` is called when it is shown and stale."""

    #: Announced changes that touch one of these make the page stale.
    tables: frozenset[str] = frozenset()
    #: Changes of these alter what the page offers to choose from: out of sight it is made anew at its next visit.
    made_of: frozenset[str] = frozenset()

    main_action_changed = Signal()
    #: The title was hidden in a low window or is seen again: somebody else names the page then.
    title_moved = Signal()

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
        self._cover: QWidget | None = None
        self._focus_below: QWidget | None = None
        self._below: tuple[QAction | None, dict[Command, Callable[[], object]]] = (None, {})
        self._filters_row = QWidget()
        self._filters = Flow(self._filters_row)
        self._title = label(title, "title")
        self._sentence = label(sentence, "muted", wrap=True)
        self._roomy_only: list[QPushButton] = []
        self._more: QPushButton | None = None
        self._left = QWidget()
        self._middle = QVBoxLayout()
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._details = DetailsPanel(self.hide_details)
        self._lay_out()

    @property
    def shows_title(self) -> bool:
        """Whether the page has room for its own title."""
        return not self._title.isHidden()

    @property
    def year(self) -> int:
        """The working year."""
        return self.desk.year

    def refresh(self) -> None:
        """Read anew what is shown; overridden by pages that show the database."""

    def begin(self) -> None:
        """Take the focus where work usually begins, else in the first list in sight; called when the page is opened by a key."""
        lists = (one for one in self.findChildren(QAbstractItemView) if one.isVisible())
        next(lists, self).setFocus()

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

    def lay_over(
        self, cover: QWidget, action: QAction, commands: Mapping[Command, Callable[[], object]]
    ) -> None:
        """Cover the whole page, in place of a cover that lies there already.

        ``action`` is the main button and ``commands`` are all that the keyboard does meanwhile.
        """
        self.uncover()
        self._focus_below = self.focusWidget()
        self._cover, self._below = cover, (self.main_action, self._commands)
        self.main_action, self._commands = action, dict(commands)
        self._split.hide()
        self._whole.addWidget(cover)
        self.main_action_changed.emit()

    def uncover(self) -> None:
        """Take the cover off, if one lies there; everything below is as it was."""
        if self._cover is None:
            return
        self._cover.hide()
        self._cover.deleteLater()
        self._cover = None
        self.main_action, self._commands = self._below
        self._split.show()
        if self._focus_below is not None and shiboken6.isValid(self._focus_below):
            self._focus_below.setFocus()
        self.main_action_changed.emit()

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
        pair = QWidget()
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(8)
        if word:
            row.addWidget(label(word, "muted"))
            widget.setAccessibleName(widget.accessibleName() or word)
        row.addWidget(widget)
        self._filters.addWidget(pair)
        self._filters_row.show()

    def add_filter_action(
        self, word: str, do: Callable[[], object], icon: str = "", *, roomy_only: bool = False
    ) -> QWidget:
        """Put a quiet button at the right end of the filters row and return it.

        With ``roomy_only`` it stands in the menu of one small button while the window is narrow.
        """
        made = button(word, do, icon)
        if roomy_only:
            self._roomy_only.append(made)
        if roomy_only and self._more is None:
            self._more = button("", self._offer_more, icon="more", name=_("More to do here"))
            self._more.setToolTip(_("More to do here"))
            self._filters.add_last(self._more)
        self._filters.add_last(made)
        self._filters_row.show()
        return made

    def set_body(self, body: QWidget) -> None:
        """Put ``body`` into the middle; it takes all room that is left."""
        self._middle.addWidget(body)

    def set_scrolled_body(self, body: QWidget) -> QScrollArea:
        """Put ``body`` into the middle so that it scrolls when the window is low: for overviews and long forms."""
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(body)
        body.setAutoFillBackground(False)
        scroll.viewport().setAutoFillBackground(False)
        self._middle.addWidget(scroll)
        return scroll

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
            self._make_room()

    def hide_details(self) -> None:
        """Close the panel; what was typed there is kept."""
        for form in self._details.findChildren(Form):
            form.keep_draft()
        self._details.hide()
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the room of title and sentence to the work in a low window, and the list's to the details in a narrow one.

        The header of the window names the page then.
        """
        super().resizeEvent(event)
        if self.shows_title != (self.height() >= _LOWEST):
            self._title.setHidden(self.shows_title)
            self.title_moved.emit()
        self._filters.setContentsMargins(0, 12 if self.height() >= _LOWEST else 0, 0, 0)
        self._sentence.setVisible(self.height() >= _LOW)
        for part in self._roomy_only:
            part.setVisible(self.width() >= _NARROW)
        if self._more is not None:
            self._more.setVisible(self.width() < _NARROW)
        self._make_room()

    def _offer_more(self) -> None:
        """Open the menu of what has no button of its own in a narrow window."""
        assert self._more is not None  # noqa: S101 - it was pressed
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for part in self._roomy_only:
            menu.addAction(part.icon(), part.text(), part.click).setEnabled(part.isEnabled())
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _make_room(self) -> None:
        """In a narrow window the details cover the list until they are closed."""
        self._left.setHidden(self.width() < _NARROW and not self._details.isHidden())

    def _lay_out(self) -> None:
        self._filters_row.hide()
        self._filters.setContentsMargins(0, 12, 0, 0)
        self._left.setMinimumWidth(280)
        column = QVBoxLayout(self._left)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(0)
        column.addWidget(self._title)
        column.addSpacing(2)
        column.addWidget(self._sentence)
        column.addWidget(self._filters_row)
        column.addSpacing(16)
        said = QVBoxLayout()
        said.setContentsMargins(0, 0, 0, 0)
        said.setSpacing(12)
        said.addWidget(self.banner)
        said.addLayout(self._middle, 1)
        column.addLayout(said, 1)
        self._details.hide()
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(4)
        self._split.addWidget(self._left)
        self._split.addWidget(self._details)
        self._split.setStretchFactor(0, 1)
        self._split.setStretchFactor(1, 0)
        self._whole = QHBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.addWidget(self._split)
