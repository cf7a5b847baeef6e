"""The search of the header: what is found appears while typing and Enter opens it."""

import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as default
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.language import _, sentence
from antq_desktop.runtime.progress import Progress
from antq_desktop.ui import icons
from antq_desktop.ui.jobs import Lane
from antq_desktop.ui.widgets.found_line import DETAIL, GROUP, FoundLine
from antq_desktop.ui.widgets.text_field import TextField

_MILLISECONDS_OF_REST = 80
#: How many lines the list has room for on the smallest laptop.
SHOWN = 12
_LEAST_WIDTH = 560
_BESIDE_HINT = 48
#: So many signs of a sentence fit into a line of the least width.
_SIGNS = 64


@dataclass(frozen=True, slots=True)
class Found:
    """One thing found, and the page that shows it: ``what`` is handed to the page's ``wanted``, in ``year`` if one is named.

    What is of one ``group`` stands together; the list names the group once.
    """

    title: str
    detail: str
    page: str
    what: Mapping[str, object] = default(default_factory=dict)
    icon: str = "search"
    group: str = ""
    year: int | None = None


class SearchField(TextField):
    """``opened`` carries the Found that was chosen."""

    opened = Signal(object)

    def __init__(
        self, find: Callable[[str], Sequence[Found]], lane: Lane, parent: QWidget | None = None
    ) -> None:
        """``find`` runs on the lane."""
        super().__init__(_("Search"), parent)
        self.setObjectName("search")
        self.setClearButtonEnabled(True)
        self.addAction(icons.icon("search", "muted"), TextField.ActionPosition.LeadingPosition)
        self._find = find
        self._lane = lane
        self._turn = 0
        self._answer: Sequence[Found] = ()
        self._asking = False
        self._enter_waits = False
        self._popup: QFrame | None = None
        self._list = QListWidget()
        self._list.setItemDelegate(FoundLine(self._list))
        self._timer = QTimer(self, singleShot=True, interval=_MILLISECONDS_OF_REST)
        self._timer.timeout.connect(self._search)
        self.textEdited.connect(self._start)
        self.left.connect(self.close_list)

    def found(self) -> Sequence[Found]:
        """Return what the list shows now."""
        return self._answer

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say what to type here in the longest words that there is room for."""
        super().resizeEvent(event)
        hints = (_("Search for anything by its words  (Ctrl+K)"), _("Search (Ctrl+K)"), "Ctrl+K")
        room, letters = self.width() - _BESIDE_HINT, self.fontMetrics()
        fitting = (hint for hint in hints if letters.horizontalAdvance(hint) <= room)
        self.setPlaceholderText(next(fitting, hints[-1]))

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.text()
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and self._answer:
            self._list.setCurrentRow(max(0, min(self._list.currentRow() + step, self._list.count() - 1)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.written():
            self._enter()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.close_list()
        else:
            super().keyPressEvent(event)

    def close_list(self) -> None:
        self._timer.stop()
        self._turn += 1
        self._answer = ()
        self._asking = False
        self._enter_waits = False
        if self._popup is not None:
            self._popup.hide()

    def _start(self) -> None:
        if self.written():
            self._timer.start()
        else:
            self.close_list()

    def _search(self) -> None:
        self._turn += 1
        self._asking = True
        self._lane.run(
            partial(_answer, self._find, self.written()),
            partial(self._show, self._turn),
            partial(self._show_failure, self._turn),
            owner=self,
        )

    def _show(self, turn: int, answer: Sequence[Found]) -> None:
        if turn != self._turn:
            return
        self._asking = False
        self._answer = answer[:SHOWN]
        self._list.clear()
        group = ""
        for found in self._answer:
            line = QListWidgetItem(icons.icon(found.icon, "muted"), found.title)
            line.setData(DETAIL, found.detail)
            line.setData(GROUP, found.group if found.group != group else "")
            said = (found.title, found.detail, found.group)
            line.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(part for part in said if part))
            self._list.addItem(line)
            group = found.group
        if not self._answer:
            self._say(_("Nothing was found for «{text}».", text=self.written()))
        self._list.setCurrentRow(0)
        self._place_list()
        if self._enter_waits:
            self._enter()

    def _show_failure(self, turn: int, failure: KnownFailure) -> None:
        """Say in the list why there is no answer, such as where the data lie on a server."""
        if turn != self._turn:
            return
        self._asking = False
        self._answer = ()
        self._list.clear()
        self._say(sentence(failure))
        self._place_list()

    def _say(self, text: str) -> None:
        for part in textwrap.wrap(text, _SIGNS):
            line = QListWidgetItem(part)
            line.setFlags(Qt.ItemFlag.NoItemFlags)
            self._list.addItem(line)

    def _enter(self) -> None:
        """Open the line chosen; when Enter came before the answer, open its first line when it comes."""
        if self._timer.isActive():
            self._timer.stop()
            self._enter_waits = True
            self._search()
        elif self._asking:
            self._enter_waits = True
        elif 0 <= self._list.currentRow() < len(self._answer):
            self._open(self._answer[self._list.currentRow()])

    def _open(self, found: Found) -> None:
        self.clear()
        self.close_list()
        self.opened.emit(found)

    def _click(self, item: QListWidgetItem) -> None:
        place = self._list.row(item)
        if place < len(self._answer):
            self._open(self._answer[place])

    def _place_list(self) -> None:
        if self._popup is None:
            self._popup = QFrame(self.window())
            self._popup.setProperty("role", "popup")
            inner = QVBoxLayout(self._popup)
            inner.setContentsMargins(1, 4, 1, 4)
            inner.addWidget(self._list)
            self._list.setFrameShape(QFrame.Shape.NoFrame)
            self._list.setObjectName("found")
            self._list.setIconSize(QSize(18, 18))
            self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._list.setAccessibleName(_("Found"))
            self._list.itemClicked.connect(self._click)
        corner = self.mapTo(self.window(), QPoint(0, self.height() + 4))
        height = self._list.count() * max(self._list.sizeHintForRow(0), 32) + 12
        width = max(self.width(), _LEAST_WIDTH)
        left = min(corner.x(), self.window().width() - width - 8)
        self._popup.setGeometry(left, corner.y(), width, min(height, self.window().height() - corner.y() - 8))
        self._popup.show()
        self._popup.raise_()


def _answer(find: Callable[[str], Sequence[Found]], text: str, progress: Progress) -> Sequence[Found]:
    progress.report(0)
    return find(text)
