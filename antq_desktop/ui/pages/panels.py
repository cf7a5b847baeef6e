"""Several contents for the one details panel of a page, of which one is in sight and gives the size."""

from PySide6.QtWidgets import QVBoxLayout, QWidget


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
