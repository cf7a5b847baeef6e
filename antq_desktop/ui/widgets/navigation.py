"""The left side: pages in groups with icon and word, and how much waits there; only icons when the window is narrow."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.runtime.language import _
from antq_desktop.ui import format as written
from antq_desktop.ui.actions import page_keys
from antq_desktop.ui.pages_table import PageEntry
from antq_desktop.ui.widgets.buttons import ICON, button, hairline, label

WIDE = 208
NARROW = 56


class Navigation(QFrame):
    """``asked`` carries the key of the page that was clicked."""

    asked = Signal(str)

    def __init__(self, entries: Sequence[PageEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self._words: dict[QPushButton, str] = {}
        self._buttons: dict[str, QPushButton] = {}
        self._badges: dict[str, QLabel] = {}
        self._over: dict[QLabel, QHBoxLayout] = {}
        self._headings: list[QLabel] = []
        self._lines: list[QFrame] = []
        self._only_one = QButtonGroup(self)
        inner = QWidget()
        inner.setObjectName("scrolled")
        column = QVBoxLayout(inner)
        self._inner = column
        column.setSpacing(1)
        group = None
        for place, entry in enumerate(entries):
            if entry.group is not group:
                self._add_heading(column, _(entry.group.value), first=group is None)
                group = entry.group
            column.addWidget(self._add_button(entry, page_keys(place)))
        column.addStretch()
        self._scroll = scroll = QScrollArea()
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        self._is_narrow = False
        self.set_narrow(narrow=False)

    @property
    def is_narrow(self) -> bool:
        return self._is_narrow

    def set_narrow(self, *, narrow: bool) -> None:
        """Show only icons, with the words as tool tips."""
        self._is_narrow = narrow
        self.setFixedWidth(NARROW if narrow else WIDE)
        for made, word in self._words.items():
            made.setText("" if narrow else word)
        for heading in self._headings:
            heading.setHidden(narrow)
        for line in self._lines:
            line.setVisible(narrow)
        corner = Qt.AlignmentFlag.AlignRight
        corner |= Qt.AlignmentFlag.AlignTop if narrow else Qt.AlignmentFlag.AlignVCenter
        for badge in self._badges.values():
            self._over[badge].setAlignment(badge, corner)
        self._inner.setContentsMargins(*((2, 8, 1, 8) if narrow else (8, 8, 8, 8)))

    def show_waiting(self, waiting: Mapping[str, int]) -> None:
        """Show beside a page how much waits there for a person; nothing beside those that are not named."""
        for key, badge in self._badges.items():
            count = waiting.get(key, 0)
            badge.setText(written.number(count))
            badge.setVisible(count > 0)
            made = self._buttons[key]
            word = self._words[made].strip()
            said = _("{word}: {count} wait", word=word, count=written.number(count))
            made.setAccessibleName(said if count else word)

    def show_current(self, key: str) -> None:
        if key in self._buttons:
            self._buttons[key].setChecked(True)
            self._scroll.ensureWidgetVisible(self._buttons[key], 0, 0)
            self.setFocusProxy(self._buttons[key])

    def _add_heading(self, column: QVBoxLayout, word: str, *, first: bool) -> None:
        heading = label(word, "group")
        heading.setFixedHeight(24 if first else 32)
        heading.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        column.addWidget(heading)
        self._headings.append(heading)
        if not first:
            line = hairline()
            column.addWidget(line)
            self._lines.append(line)

    def _add_button(self, entry: PageEntry, keys: str) -> QPushButton:
        made = button(entry.word, lambda: self.asked.emit(entry.key), icon=entry.icon, kind="nav")
        made.setIconSize(ICON)
        made.setCheckable(True)
        made.setToolTip(f"{entry.word}  {keys}".strip())
        self._only_one.addButton(made)
        self._words[made] = f"  {entry.word}"
        self._buttons[entry.key] = made
        badge = label("", "badge")
        badge.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        badge.hide()
        over = QHBoxLayout(made)
        over.setContentsMargins(0, 2, 4, 2)
        over.addWidget(badge)
        self._badges[entry.key], self._over[badge] = badge, over
        return made
