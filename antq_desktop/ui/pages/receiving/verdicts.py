"""What became of each file since the page was opened, the newest first."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.ui.pages.receiving.deeds import Line
from antq_desktop.ui.pages.verdict_line import VerdictLine
from antq_desktop.ui.widgets.buttons import label

_MOST = 40


class Verdicts(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[VerdictLine] = []
        self._empty = label(
            _("Drop bundles here, choose files, or plug a stick in. What becomes of each file stands here."),
            "muted",
            wrap=True,
        )
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(self._empty)

    def add(self, lines: Sequence[Line]) -> None:
        """Put the lines of one piece of work above those of earlier ones, in their own order."""
        self._empty.hide()
        for place, line in enumerate(lines):
            made = VerdictLine(self)
            made.say(line.state, line.text)
            self._lines.insert(place, made)
            self._column.insertWidget(place, made)
        for old in self._lines[_MOST:]:
            old.hide()
            old.deleteLater()
        del self._lines[_MOST:]

    def texts(self) -> list[str]:
        return [line.text() for line in self._lines]
