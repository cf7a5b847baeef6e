"""The shell: pages in a frame of navigation, header and status line; it knows no feature."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from antq_desktop.domain.changes import Changes
from antq_desktop.domain.errors import Cancelled, KnownFailure
from antq_desktop.runtime.language import _, sentence
from antq_desktop.ui import dialogs
from antq_desktop.ui.actions import Command, ShellCommand
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages_table import PageEntry, in_order
from antq_desktop.ui.shell_actions import ShellActions
from antq_desktop.ui.status import StatusInfo
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import Banner
from antq_desktop.ui.widgets.header import Header
from antq_desktop.ui.widgets.help_sheet import HelpSheet
from antq_desktop.ui.widgets.navigation import Navigation
from antq_desktop.ui.widgets.page import Page
from antq_desktop.ui.widgets.passphrase import UnlockScreen
from antq_desktop.ui.widgets.search_field import Found
from antq_desktop.ui.widgets.status_line import StatusLine

_NARROW_UNDER = 1200
_MINUTE = 60_000


class MainWindow(QMainWindow):
    """Pages are made at their first visit and stay; a page in the background only learns that it is stale."""

    def __init__(
        self,
        desk: Desk,
        entries: Sequence[PageEntry],
        *,
        status: Callable[[], StatusInfo],
        years: Sequence[int],
        unlock: Callable[[str], object],
        find: Callable[[str], Sequence[Found]],
        role: str = "commune",
        sending_page: str = "sync",
    ) -> None:
        """``status``, ``unlock`` and ``find`` run on the lane; ``role`` decides which pages there are."""
        super().__init__()
        self.desk = desk
        self._entries = in_order(list(entries), role)
        self._pages: dict[str, Page] = {}
        self._current = ""
        self._status = status
        self._years = frozenset(years)
        self._stack = QStackedWidget()
        self._stack.setObjectName("pages")
        self._navigation = Navigation(self._entries)
        self._header = Header(years, desk.year, find, desk.lane)
        self._line = StatusLine(desk.lane)
        self._unsettled = False
        self._notice = Banner()
        self._sending_page = sending_page
        self._lock = UnlockScreen(unlock, desk.lane)
        self._whole = QStackedWidget()
        self._lay_out()
        shell = {
            ShellCommand.SEARCH: self._search,
            ShellCommand.HELP: self._help,
            ShellCommand.LOCK: self.lock,
        }
        self._actions = ShellActions(self, self._obey, shell, self._open_place)
        self._navigation.asked.connect(self.open_page)
        self._header.year_asked.connect(self._change_year)
        self._header.found.connect(self._open_found)
        self._line.sending_asked.connect(lambda: self.open_page(sending_page))
        self._lock.opened.connect(self._unlocked)
        desk.announced.connect(self._tell_pages)
        desk.gone_to.connect(self._go)
        desk.noted.connect(self._line.say)
        self._minutes = QTimer(self, interval=_MINUTE)
        self._minutes.timeout.connect(self.refresh_status)
        self._minutes.start()
        self._recall_size()
        self.refresh_status()
        if self._entries:
            self.open_page(self._entries[0].key)
            self._navigation.setFocus()

    @property
    def page(self) -> Page:
        """The page in sight."""
        return self._pages[self._current]

    @property
    def page_keys(self) -> tuple[str, ...]:
        """The keys of all pages there are, in the order of the left side."""
        return tuple(entry.key for entry in self._entries)

    @property
    def is_locked(self) -> bool:
        return self._whole.currentWidget() is self._lock

    def open_page(self, key: str) -> None:
        """Show the page ``key``; what was typed on the one before is kept."""
        entry = next((one for one in self._entries if one.key == key), None)
        if entry is None:
            return
        focused = self.focusWidget()
        within = bool(self._current) and focused is not None and self.page.isAncestorOf(focused)
        if self._current:
            self.page.leave()
        if key not in self._pages:
            self._pages[key] = entry.make(self.desk)
            self._pages[key].main_action_changed.connect(self._follow_page)
            self._pages[key].title_moved.connect(self._name_page)
            self._stack.addWidget(self._pages[key])
        self._current = key
        self._stack.setCurrentWidget(self.page)
        self._navigation.show_current(key)
        self.setWindowTitle(f"{entry.word} – {_('Security of the commune')}")
        self._follow_page()
        self._say_unsettled()
        self.page.freshen()
        if within:
            self.page.begin()

    def lock(self) -> None:
        """Cover everything until the passphrase is typed; what was typed is kept."""
        for page in self._pages.values():
            page.leave()
        self.desk.drafts.flush()
        self._header.search.close_list()
        self._whole.setCurrentWidget(self._lock)
        self._actions.set_locked(locked=True)
        self.setWindowTitle(_("Security of the commune"))

    def show_failure(self, failure: KnownFailure) -> None:
        """Show what nobody else took; stopped work is only noted."""
        if isinstance(failure, Cancelled):
            self._line.say(sentence(failure))
        else:
            dialogs.show_failure(self, failure)

    def refresh_status(self) -> None:
        """Read the header's and the status line's facts anew."""
        self.desk.lane.run(lambda _progress: self._status(), self._show_status, owner=self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < _NARROW_UNDER
        if narrow != self._navigation.is_narrow:
            self._navigation.set_narrow(narrow=narrow)

    def closeEvent(self, event: QCloseEvent) -> None:
        running = [job for job in self.desk.lane.jobs if job.title and not job.goes_on]
        if running and not dialogs.confirm(
            self,
            _("Work is still running"),
            _(
                "«{title}» is not done. When the program closes now, it is stopped and nothing of it is kept.",
                title=running[0].title,
            ),
            _("Stop it and close"),
            dangerous=True,
        ):
            event.ignore()
            return
        for page in self._pages.values():
            page.leave()
        self.desk.memory.put("window", bytes(self.saveGeometry().toBase64().data()).decode())
        self.desk.drafts.flush()
        self.desk.memory.flush()
        self.desk.lane.close()
        super().closeEvent(event)

    def _unlocked(self) -> None:
        self._whole.setCurrentIndex(0)
        self._actions.set_locked(locked=False)
        self.open_page(self._current)
        self.page.begin()

    def _show_status(self, status: StatusInfo) -> None:
        self._header.show_commune(status.commune_name)
        self._lock.set_place(status.commune_name)
        self._line.show_status(status)
        self._navigation.show_waiting(status.waiting)
        self._unsettled = status.unsettled
        self._say_unsettled()

    def _say_unsettled(self) -> None:
        """Say above every page that the data must be settled, except where it is settled."""
        if not self._unsettled or self._current == self._sending_page:
            self._notice.clear()
        elif self._notice.isHidden():
            text = _("The data here was taken back or copied. Settle it before anything more is typed.")
            self._notice.say(State.BAD, text, (_("Settle it…"), lambda: self.open_page(self._sending_page)))

    def _tell_pages(self, changes: Changes) -> None:
        for key, page in list(self._pages.items()):
            if key != self._current and changes.touches(*page.made_of):
                self._let_go(key)
            else:
                page.changed(changes)
        self.refresh_status()

    def _let_go(self, key: str) -> None:
        """Forget a page out of sight; what was typed there is kept for the one that is made next."""
        page = self._pages.pop(key)
        page.leave()
        self._stack.removeWidget(page)
        page.deleteLater()

    def _change_year(self, year: int) -> None:
        for page in self._pages.values():
            page.leave()
        self.desk.set_year(year)
        self._header.show_year(year)
        for page in self._pages.values():
            page.year_changed(year)

    def _go(self, key: str, what: dict[str, object]) -> None:
        self.open_page(key)
        if self._current == key:
            self.page.wanted(**what)

    def _open_found(self, found: Found) -> None:
        if found.year in self._years and found.year != self.desk.year:
            self._change_year(found.year)
        self.open_page(found.page)
        self.page.begin()
        self._go(found.page, dict(found.what))

    def _open_place(self, index: int) -> None:
        if index < len(self._entries):
            self.open_page(self._entries[index].key)
            self.page.begin()

    def _obey(self, command: Command) -> None:
        self.page.obey(command)

    def _follow_page(self) -> None:
        if self.is_locked:
            return
        self._header.show_action(self.page.main_action)
        self._name_page()
        self._actions.follow(self.page.answers)

    def _name_page(self) -> None:
        self._header.show_page("" if self.page.shows_title else self.page.title)

    def _search(self) -> None:
        self._header.search.setFocus()
        self._header.search.selectAll()

    def _help(self) -> None:
        HelpSheet(self.page.title, self.page.help_text, self).open()

    def _recall_size(self) -> None:
        self.setMinimumSize(QSize(640, 360))
        kept = self.desk.memory.get("window", "")
        if not (kept and self.restoreGeometry(QByteArray.fromBase64(kept.encode()))):
            room = self.screen().availableGeometry()
            self.resize(min(1366, room.width()), min(768, room.height()))

    def _lay_out(self) -> None:
        work = QWidget()
        work.setObjectName("shell")
        work.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._navigation)
        middle.addWidget(self._stack, 1)
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._notice)
        column.addLayout(middle, 1)
        column.addWidget(self._line)
        self._whole.addWidget(work)
        self._whole.addWidget(self._lock)
        self.setCentralWidget(self._whole)
