"""A field for a whole number, which is easier to read with points between its thousands and easier to type without."""

from PySide6.QtGui import QFocusEvent

from antq_desktop.ui import format as written
from antq_desktop.ui.widgets.text_field import TextField


class NumberField(TextField):
    """Shows ``6.000.000``, and ``6000000`` while the focus is in it; what is no number stays as it was typed."""

    def show_number(self, number: int) -> None:
        self.setText(str(number) if self.hasFocus() else written.number(number))

    def written(self) -> str:
        """Return the number with its points, wherever the focus is; else what was typed."""
        typed = super().written()
        number = written.read_number(typed)
        return typed if number is None else written.number(number)

    def focusInEvent(self, event: QFocusEvent) -> None:
        number = written.read_number(self.text())
        if number is not None and not self.isReadOnly():
            self.setText(str(number))
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if not self.isReadOnly():
            self.setText(self.written())
        super().focusOutEvent(event)
