"""Lines that say a state with a word and an icon, never by colour alone."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.buttons import button, label, restyle
from antq_desktop.ui.widgets.sign import Sign

_ROOM_FOR_BOTH = 420


class Banner(QFrame):
    """One sentence across the page, with at most one way on; hidden until something is said."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._sign = Sign(size=20)
        self._text = label("", wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._way: QPushButton | None = None
        self._row = QGridLayout(self)
        self._row.setContentsMargins(12, 6, 6, 6)
        self._row.setSpacing(8)
        self._row.setColumnStretch(1, 1)
        self._row.addWidget(self._sign, 0, 0)
        self._row.addWidget(self._text, 0, 1)
        self._close = button("", self.clear, icon="close", kind="bare", name=_("Close this line"))
        self._row.addWidget(self._close, 0, 3)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_way()
        self._give_height()

    def say(self, state: State, text: str, action: tuple[str, Callable[[], object]] | None = None) -> None:
        """Show ``text``; ``action`` is the word of a button and what it does."""
        self._drop_way()
        restyle(self, state=state.value)
        restyle(self._text)
        self._sign.show_icon(state.icon or "info", state.value or "muted")
        self._text.setText(text)
        self.setAccessibleName(text)
        if action is not None:
            self._way = button(*action)
            self._place_way()
        self.show()
        self._row.activate()
        self._give_height()

    def clear(self) -> None:
        self._drop_way()
        self._text.clear()
        self.hide()

    def text(self) -> str:
        return self._text.text()

    def _give_height(self) -> None:
        """Ask for all lines of the sentence: what a long one hints at is too low for a narrow panel."""
        self._text.setMinimumHeight(0)  # Qt counts the least height there was into what it answers
        height = self._text.heightForWidth(self._text.width())  # -1 before any text
        self._text.setMinimumHeight(max(height, 0))

    def _place_way(self) -> None:
        """Put the way on beside the sentence, or under it where the two would press each other."""
        if self._way is None:
            return
        if self.width() < _ROOM_FOR_BOTH:
            self._row.addWidget(self._way, 1, 1, Qt.AlignmentFlag.AlignLeft)
        else:
            self._row.addWidget(self._way, 0, 2)

    def _drop_way(self) -> None:
        if self._way is not None:
            self._way.hide()
            self._way.deleteLater()
            self._way = None


class StateWord(QWidget):
    """An icon and a word for the state of one thing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._sign = Sign()
        self._word = label("")
        row.addWidget(self._sign)
        row.addWidget(self._word)
        row.addStretch()

    def say(self, state: State, word: str = "") -> None:
        """Show ``word``, or the usual word of ``state``."""
        text = word or (_(state.word) if state.word else "")
        self._word.setText(text)
        restyle(self._word, role=state.value)
        self._sign.setVisible(bool(state.icon))
        self._sign.show_icon(state.icon, state.value)
        self.setAccessibleName(text)
