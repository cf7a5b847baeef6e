"""Text inputs that leave every key to the input method while it composes, and say when they are left."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from antq_desktop.domain.text import clean


class TextField(QLineEdit):
    """One line of text. ``left`` when the focus goes; ``entered`` on Enter."""

    left = Signal()
    entered = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """``name`` is what a screen reader says."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self._composing = False
        self.returnPressed.connect(self.entered)

    @property
    def is_composing(self) -> bool:
        """Whether an input method holds a word that is not finished."""
        return self._composing

    def written(self) -> str:
        """Return what was typed, in NFC, with single spaces."""
        return clean(self.text())

    def event(self, event: QEvent) -> bool:
        if self._composing and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._composing = False
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class TextLines(QPlainTextEdit):
    """Several lines of text; Tab goes on to the next field, Enter writes a new line."""

    left = Signal()

    def __init__(self, name: str, lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + 20)
        self._composing = False

    @property
    def is_composing(self) -> bool:
        return self._composing

    def written(self) -> str:
        """Return what was typed, in NFC, line by line."""
        return "\n".join(clean(line) for line in self.toPlainText().splitlines()).strip()

    def event(self, event: QEvent) -> bool:
        if self._composing and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._composing = False
        super().focusOutEvent(event)
        self.left.emit()
