"""Several contents for the one details panel of a page, of which one is in sight and gives the size."""

from collections.abc import Iterable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.ui.widgets.choice import Choice
from antq_desktop.ui.widgets.field import FieldBox

_LEAST_LETTERS = 6


class Panels(QWidget):
    """Unlike a stack, it is only as high as the panel in sight."""

    def __init__(self, *panels: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panels = panels
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for panel in panels:
            panel.hide()
            column.addWidget(panel)

    @property
    def current(self) -> QWidget | None:
        return next((panel for panel in self._panels if not panel.isHidden()), None)

    def show_only(self, panel: QWidget) -> None:
        for other in self._panels:
            other.setVisible(other is panel)


def let_shrink(choice: Choice) -> None:
    """Let a choice be narrower than its longest word, as narrow panels need."""
    choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    choice.setMinimumContentsLength(_LEAST_LETTERS)


def let_fields_shrink(boxes: Iterable[FieldBox]) -> None:
    """Let all choices of a form be as narrow as the panel."""
    for box in boxes:
        if isinstance(box.input, Choice):
            let_shrink(box.input)
