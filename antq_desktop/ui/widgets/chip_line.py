"""A line of words with figures, of which one is chosen: it says how much there is and which of it the page shows."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from antq_desktop.ui.widgets.chip import chip, rename
from antq_desktop.ui.widgets.flow import Flow


class ChipLine(QWidget):
    """``asked`` carries the key of the word that a person pressed."""

    asked = Signal(str)

    def __init__(self, keys: Sequence[str], parent: QWidget | None = None) -> None:
        """Make a word for each of ``keys``, the first one chosen; what they say follows with ``show_words``."""
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._chips: dict[str, QPushButton] = {}
        row = Flow(self, gap=4)
        for key in keys:
            made = chip("", partial(self.asked.emit, key))
            self._group.addButton(made)
            self._chips[key] = made
            row.addWidget(made)
        self.choose(keys[0])

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self._chips)

    @property
    def chosen(self) -> str:
        return next(key for key, made in self._chips.items() if made.isChecked())

    def choose(self, key: str) -> None:
        self._chips[key].setChecked(True)

    def show_words(self, words: Mapping[str, str]) -> None:
        for key, word in words.items():
            rename(self._chips[key], word)

    def word(self, key: str) -> str:
        return self._chips[key].text()
