"""Makes a laptop of a commune known: its request, and the number on its sheet typed in any fashion."""

import re
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.exchange.check_number import GROUP_DIGITS, GROUPS
from antq_desktop.runtime.language import _
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.field import Field, FieldBox


class EnrolForm(QWidget):
    """``wanted`` carries the file and the number once both are there; ``file_asked`` when a file is to be chosen.

    ``picture_asked`` when the number is to be read from a picture of the sheet.
    """

    wanted = Signal(object, str)
    file_asked = Signal()
    picture_asked = Signal()

    def __init__(self, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._file: Path | None = None
        self._chosen = label("", wrap=True)
        self.number = FieldBox(
            Field(
                "number",
                _("Check number of the sheet"),
                required=True,
                hint=_("6 groups of 5 digits; blanks and dashes do not matter."),
                check=_check,
            ),
            year,
        )
        self.number.edited.connect(self._count)
        self.number.entered.connect(self.send)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addWidget(
            label(
                _(
                    "Let the commune read the number to you from its sheet. Only then type it; never take it from the stick."
                ),
                "muted",
                wrap=True,
            )
        )
        column.addWidget(label(_("Request"), "strong"))
        column.addWidget(self._chosen)
        column.addWidget(button(_("Choose the request…"), self.file_asked.emit, icon="open"))
        column.addWidget(self.number)
        column.addWidget(
            button(_("Read it from a picture of the sheet…"), self.picture_asked.emit, icon="verify")
        )
        column.addStretch()
        self.show_file(None)

    def show_file(self, file: Path | None) -> None:
        """Show which request is enrolled; another one starts with an empty number."""
        if file != self._file or file is None:
            self.number.set_value("")
        self._file = file
        self._chosen.setText(file.name if file else _("No request is chosen yet."))

    def send(self) -> None:
        if self._file is None:
            self.file_asked.emit()
        elif self.number.look_again():
            self.wanted.emit(self._file, self.number.typed())
        else:
            self.number.input.setFocus()

    def say_fault(self, sentence: str) -> None:
        """Say why the request was not taken; the number stays to be corrected."""
        self.number.say_fault(sentence)
        self.number.input.setFocus()

    def _count(self) -> None:
        self.number.say_warning(_typed(_digits(self.number.typed())))


def _digits(text: str) -> int:
    return len(re.findall(r"\d", text))


def _typed(count: int) -> str:
    return _("{count} of {all} digits", count=count, all=GROUPS * GROUP_DIGITS)


def _check(text: str) -> str:
    return "" if _digits(text) == GROUPS * GROUP_DIGITS else _typed(_digits(text))
