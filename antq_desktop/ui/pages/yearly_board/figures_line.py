"""The figures of the year in one line; each leads to its rows."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.services.yearly.year_standing import BoardRow
from antq_desktop.ui import format as written
from antq_desktop.ui.pages.yearly_board.board_rows import (
    ALL,
    EXCLUDED,
    OVERDUE,
    RECOGNISED,
    REGISTERED,
    count,
)
from antq_desktop.ui.widgets.chip import chip, rename
from antq_desktop.ui.widgets.flow import Flow


class FiguresLine(QWidget):
    """``asked`` carries the filter whose figure was pressed."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        row = Flow(self, gap=4)
        for only in (ALL, REGISTERED, RECOGNISED, OVERDUE, EXCLUDED):
            made = chip("", partial(self.asked.emit, only))
            self._group.addButton(made)
            self._buttons[only] = made
            row.addWidget(made)
        self.show_rows(())
        self.show_only(ALL)

    def show_rows(self, rows: Sequence[BoardRow]) -> None:
        for only, made in self._buttons.items():
            rename(made, _word(only, written.number(count(rows, only))))

    def show_only(self, only: str) -> None:
        self._buttons[only].setChecked(True)

    def words(self) -> list[tuple[str, str]]:
        """Return each filter with what stands on its figure."""
        return [(only, made.text()) for only, made in self._buttons.items()]


def _word(only: str, figure: str) -> str:
    match only:
        case "registered":
            return _("{count} units registered", count=figure)
        case "recognised":
            return _("{count} recognised", count=figure)
        case "overdue":
            return _("{count} with overdue steps", count=figure)
        case "excluded":
            return _("{count} not assessed", count=figure)
    return _("{count} units", count=figure)
