"""A day typed the short way and shown as dd/MM/yyyy, in a plain line that every input method can compose in."""

from datetime import date as Day  # noqa: N812 - the method ``date`` would hide it

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from antq_desktop.runtime.language import _
from antq_desktop.ui import format as written
from antq_desktop.ui.widgets.text_field import TextField


class DateEdit(TextField):
    """``changed`` carries the day (or None) when the field is left with another day than before."""

    changed = Signal(object)

    def __init__(self, name: str, year: int, parent: QWidget | None = None) -> None:
        """``year`` completes a day that is typed without one."""
        super().__init__(name, parent)
        self._year = year
        self._told: Day | None = None
        self.setPlaceholderText(_("day/month/year"))
        self.setMinimumWidth(112)
        self.left.connect(self._settle)
        self.entered.connect(self._settle)

    def set_year(self, year: int) -> None:
        self._year = year

    def date(self) -> Day | None:
        """Return the day, or None when nothing or nothing readable was typed."""
        try:
            return written.read_day(self.text(), self._year)
        except ValueError:
            return None

    def set_date(self, value: Day | None) -> None:
        self._told = value
        self.setText(written.day(value))

    def fault(self) -> str:
        """Return the sentence to show under the field, or nothing."""
        if not self.text().strip() or self.date() is not None:
            return ""
        return _("«{typed}» is not a day. Type it as 5/3/2026, 5/3 or 05032026.", typed=self.text().strip())

    def _settle(self) -> None:
        value = self.date()
        if value is not None:
            self.setText(written.day(value))
        if value != self._told:
            self._told = value
            self.changed.emit(value)
