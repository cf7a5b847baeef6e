"""A button for each paper that can be made for the chosen units."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.ui.pages.recognitions.papers import Offer
from antq_desktop.ui.widgets.buttons import button, label


class PapersBox(QWidget):
    """``wanted`` carries the Paper to be shown."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(label(_("Papers"), "section"))

    def show_offers(self, offers: Sequence[Offer]) -> None:
        for old in self._buttons:
            old.hide()
            old.deleteLater()
        self._buttons = [
            button(offer.word, partial(self.wanted.emit, offer.paper), icon="file") for offer in offers
        ]
        for made in self._buttons:
            self._column.addWidget(made)
