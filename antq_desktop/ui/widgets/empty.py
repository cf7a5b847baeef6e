"""Lies over an empty list and says what to do first."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QPushButton, QVBoxLayout, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.ui.widgets.buttons import button, label


class EmptyNote(QWidget):
    """Shown while the list was asked for and has no row."""

    def __init__(self, view: QAbstractScrollArea) -> None:
        super().__init__(view)
        self._view = view
        self._first = (_("Nothing here yet"), "")
        self._title = label("", "section")
        self._text = label("", "muted", wrap=True)
        self._way: QPushButton | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 8, 24, 8)
        self._column.setSpacing(8)
        self._column.addStretch()
        for words in (self._title, self._text):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._column.addWidget(words)
        self._column.addSpacing(8)
        self._column.addStretch()
        self.hide()
        view.viewport().installEventFilter(self)

    def set_words(self, title: str, text: str, action: tuple[str, Callable[[], object]] | None) -> None:
        self._first = (title, text)
        if self._way is not None:
            self._way.hide()
            self._way.deleteLater()
            self._way = None
        if action is not None:
            self._way = button(*action)
            self._column.insertWidget(4, self._way, 0, Qt.AlignmentFlag.AlignCenter)

    def set_count(self, count: int, *, narrowed: bool) -> None:
        """Show or hide; a list that is only ``narrowed`` to nothing says so instead."""
        self._title.setText(_("No row fits what you look for") if narrowed else self._first[0])
        self._text.setText(_("Search for less, or choose fewer filters.") if narrowed else self._first[1])
        if self._way is not None:
            self._way.setHidden(narrowed)
        self.setVisible(count == 0)
        self._fit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    def _fit(self) -> None:
        self.setGeometry(self._view.viewport().geometry())
        self.raise_()
