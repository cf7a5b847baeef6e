"""What F1 shows: the help of the page in sight and the one table of shortcuts."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.ui import actions
from antq_desktop.ui.widgets.buttons import button, hairline, label


class HelpSheet(QDialog):
    """Closed by Esc, F1 again or its button; the work behind it stays as it is."""

    def __init__(self, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Help: {page}", page=title))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        inner = QWidget()
        inner.setObjectName("scrolled")
        column = QVBoxLayout(inner)
        column.setContentsMargins(24, 20, 24, 12)
        column.setSpacing(12)
        column.addWidget(label(title, "title"))
        column.addWidget(label(text, wrap=True))
        column.addWidget(hairline())
        column.addWidget(label(_("Keys"), "section"))
        column.addLayout(_table())
        column.addStretch()
        scroll = QScrollArea()
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 8, 24, 16)
        foot.addStretch()
        foot.addWidget(button(_("Close"), self.close))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll, 1)
        whole.addLayout(foot)
        self.resize(560, 620)


def _table() -> QGridLayout:
    lines = [("Alt+1…9", _(actions.PAGE_KEYS))]
    lines += [(actions.shown(one.keys), _(one.word)) for one in actions.SHORTCUTS]
    lines += [(keys, _(word)) for keys, word in actions.OF_PARTS]
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    for place, (keys, word) in enumerate(lines):
        grid.addWidget(label(keys, "strong"), place, 0)
        grid.addWidget(label(word), place, 1)
    return grid
