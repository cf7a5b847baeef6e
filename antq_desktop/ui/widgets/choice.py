"""A list to choose one value from: words for people, values for the program."""

from collections.abc import Sequence
from time import monotonic

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from antq_desktop.domain.text import fold

_LEAST_LETTERS = 6
_SECONDS_OF_ONE_WORD = 1.0


class Choice(QComboBox):
    """``picked`` when a person chooses a value; turning the wheel over it changes nothing.

    ``entered`` on Enter while the list is closed, ``picked_in_list`` when the value was picked in the open list.
    """

    picked = Signal(object)
    entered = Signal()
    picked_in_list = Signal()
    left = Signal()

    def __init__(
        self, name: str, choices: Sequence[tuple[object, str]] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._sought = ""
        self._sought_at = 0.0
        self._by_key = False
        self.set_choices(choices)
        self.activated.connect(self._pass_on)

    def let_shrink(self) -> None:
        """Be narrower than the longest word where the place is narrow; the list itself still shows whole words."""
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_LEAST_LETTERS)

    def set_choices(self, choices: Sequence[tuple[object, str]]) -> None:
        """Show ``choices`` (value, word); the value chosen before stays chosen when it is still among them."""
        before = self.value()
        self.blockSignals(True)
        self.clear()
        for value, word in choices:
            self.addItem(word, value)
        self.set_value(before)
        self.blockSignals(False)

    def value(self) -> object:
        return self.currentData()

    def set_value(self, value: object) -> None:
        """Choose ``value``; an unknown one chooses the first."""
        places = [place for place in range(self.count()) if self.itemData(place) == value]
        self.setCurrentIndex(places[0] if places else min(0, self.count() - 1))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return
        if event.text().strip() and event.text().isprintable() and not _is_command(event):
            self._seek(event.text())
            return
        self._by_key = True
        super().keyPressEvent(event)
        self._by_key = False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def _seek(self, typed: str) -> None:
        """Choose the next value of which a word begins with what was typed in one go, tone marks or not."""
        now = monotonic()
        fresh = now - self._sought_at > _SECONDS_OF_ONE_WORD
        self._sought, self._sought_at = typed if fresh else self._sought + typed, now
        wanted = " " + fold(self._sought)
        start = self.currentIndex() + (1 if fresh else 0)
        for step in range(self.count()):
            place = (start + step) % self.count()
            if wanted in " " + fold(self.itemText(place)):
                if place != self.currentIndex():
                    self.setCurrentIndex(place)
                    self.picked.emit(self.value())
                return

    def _pass_on(self, _place: int) -> None:
        self.picked.emit(self.value())
        if not self._by_key:
            self.picked_in_list.emit()


def _is_command(event: QKeyEvent) -> bool:
    commands = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    return bool(event.modifiers() & commands)
