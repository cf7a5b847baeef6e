"""The panel at the right of a page: one record, edited in place, its buttons always in sight."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.ui.widgets.buttons import button, hairline, label


class DetailsPanel(QFrame):
    """A title, a part that scrolls, and a foot for buttons."""

    def __init__(self, close: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("details")
        self.setMinimumWidth(300)
        self._title = label("", "section", wrap=True)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._offered: list[QWidget] = []
        self._foot = QWidget()
        self._buttons = QHBoxLayout(self._foot)
        self._buttons.setContentsMargins(16, 12, 16, 12)
        self._buttons.setSpacing(8)
        self._foot.hide()
        self._line = hairline()
        self._line.hide()
        head = QHBoxLayout()
        head.setContentsMargins(16, 16, 8, 8)
        head.addWidget(self._title, 1)
        head.addWidget(button("", close, icon="close", kind="bare", name=_("Close the details")))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._line)
        column.addWidget(self._foot)

    def set_title(self, title: str) -> None:
        self._title.setText(title)

    def set_content(self, content: QWidget) -> None:
        content.setContentsMargins(16, 4, 16, 16)
        self._scroll.setWidget(content)
        content.setAutoFillBackground(False)
        self._scroll.viewport().setAutoFillBackground(False)

    def set_buttons(self, *buttons: QWidget) -> None:
        self._offered += buttons
        for made in buttons:
            self._buttons.addWidget(made)
            made.installEventFilter(self)
        self._buttons.addStretch()
        self._show_foot()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the foot's room away while none of its buttons is there."""
        if event.type() in {QEvent.Type.ShowToParent, QEvent.Type.HideToParent}:
            self._show_foot()
        return super().eventFilter(watched, event)

    def _show_foot(self) -> None:
        offered = any(not made.isHidden() for made in self._offered)
        self._line.setVisible(offered)
        self._foot.setVisible(offered)
