"""A short list of facts, a word at the left and its value beside it, that can be copied."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from antq_desktop.ui.widgets.buttons import label

_WORD_WIDTH = 132
#: Longer values stand under their word, since file names and hashes break nowhere.
_LONG = 24


class Facts(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnMinimumWidth(0, _WORD_WIDTH)
        self._grid.setColumnStretch(1, 1)

    def show_facts(self, facts: Iterable[tuple[str, str]]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        row = 0
        for word, value in facts:
            shown = label(value, wrap=True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            if len(value) > _LONG:
                self._grid.addWidget(label(word, "muted"), row, 0, 1, 2)
                self._grid.addWidget(shown, row + 1, 0, 1, 2)
                row += 2
            else:
                self._grid.addWidget(label(word, "muted", wrap=True), row, 0, Qt.AlignmentFlag.AlignTop)
                self._grid.addWidget(shown, row, 1, Qt.AlignmentFlag.AlignTop)
                row += 1
