"""Lays a photo of an activity over the page, drawn from memory: no readable copy of it ever lies on the disk."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.ui import icons
from antq_desktop.ui.actions import Command
from antq_desktop.ui.widgets.buttons import label
from antq_desktop.ui.widgets.page import Page

_MARGIN = 16


class PhotoCover(QWidget):
    """As large as the page allows, never larger than the photo is; Esc takes it off."""

    def __init__(self, page: Page, name: str, picture: bytes) -> None:
        super().__init__(page)
        self._photo = QPixmap()
        self._photo.loadFromData(picture)
        self.picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.picture.setAccessibleName(_("Photo: {name}", name=name))
        self.picture.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.addWidget(label(name, "section", wrap=True))
        column.addWidget(self.picture, 1)
        close = QAction(icons.icon("close", "on_accent"), _("Close the photo"), self)
        close.triggered.connect(page.uncover)
        page.lay_over(self, close, {Command.LEAVE: page.uncover})

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._photo.isNull():
            self.picture.setText(_("This picture is damaged and cannot be shown."))
            return
        # In dots of the screen, so that a photo is sharp at 200 % too.
        scale = self.devicePixelRatioF()
        room = (self.picture.size() * scale).boundedTo(self._photo.size())
        fitted = self._photo.scaled(
            room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        fitted.setDevicePixelRatio(scale)
        self.picture.setPixmap(fitted)
