"""A question answered with yes or no, by mouse or by arrow keys, that can also stay open."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QWidget

from antq_desktop.runtime.language import _


class _Option(QRadioButton):
    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered.emit()
            return
        super().keyPressEvent(event)


class YesNo(QWidget):
    """``picked`` when a person chooses; ``entered`` on Enter."""

    picked = Signal()
    entered = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """``name`` is what a screen reader says before the word of each option."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._options: dict[bool, _Option] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        for value, word in ((True, _("Yes")), (False, _("No"))):
            option = _Option(word)
            option.setAccessibleName(f"{name}: {word}")
            option.entered.connect(self.entered)
            self._options[value] = option
            self._group.addButton(option)
            row.addWidget(option)
        row.addStretch()
        self._settling = False
        self._group.buttonToggled.connect(self._tell)
        self.setFocusProxy(self._options[True])

    def value(self) -> bool | None:
        return next((value for value, option in self._options.items() if option.isChecked()), None)

    def set_value(self, value: object) -> None:
        """Show an answer; None leaves both open."""
        self._settling = True
        self._group.setExclusive(False)
        for each, option in self._options.items():
            option.setChecked(value is each)
        self._group.setExclusive(True)
        self._settling = False

    def _tell(self, _option: object, checked: bool) -> None:
        if checked and not self._settling:
            self.picked.emit()
