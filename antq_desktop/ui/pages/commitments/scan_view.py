"""Shows the scan of a signed paper page by page, drawn from memory: no readable copy of it ever lies on the disk."""

from functools import partial

from PySide6.QtCore import QBuffer, QByteArray, Qt
from PySide6.QtGui import QImage, QImageReader, QPixmap, QResizeEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.language import _, sentence
from antq_desktop.services.commitments import PaperPage
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import Banner
from antq_desktop.ui.widgets.buttons import button, label

_DOTS_PER_INCH = 150
_MARGIN = 16


class ScanView(QDialog):
    """As wide as the window allows; Page up and down turn the pages, Esc closes."""

    def __init__(self, desk: Desk, title: str, sha256: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._sha256 = sha256
        self._page = 0
        self._pages = 0
        self._image = QImage()
        self.banner = Banner()
        self.picture = QLabel(alignment=Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.picture.setAccessibleName(_("Scan of the signed paper"))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self.picture)
        self._where = label("", "muted")
        self._back = button("", partial(self._turn, -1), icon="back", name=_("Page before"))
        self._on = button("", partial(self._turn, 1), icon="forward", name=_("Next page"))
        self._back.setShortcut(Qt.Key.Key_PageUp)
        self._on.setShortcut(Qt.Key.Key_PageDown)
        foot = QHBoxLayout()
        foot.setContentsMargins(_MARGIN, 8, _MARGIN, 12)
        foot.setSpacing(8)
        for part in (self._back, self._where, self._on):
            foot.addWidget(part)
        foot.addStretch()
        foot.addWidget(button(_("Close"), self.close))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self._scroll, 1)
        column.addLayout(foot)
        room = self.screen().availableGeometry()
        self.resize(min(860, room.width() - _MARGIN), min(720, room.height() - 3 * _MARGIN))
        self._show_place()
        self._read()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _turn(self, step: int) -> None:
        if 0 <= self._page + step < self._pages:
            self._page += step
            self._read()

    def _read(self) -> None:
        read = partial(self._desk.services.commitments.paper_page, self._sha256, self._page, _DOTS_PER_INCH)
        self._desk.run(lambda _progress: read(), self._show, self._refused, owner=self)

    def _show(self, shown: PaperPage) -> None:
        self._pages = shown.pages
        if isinstance(shown.image, bytes):
            self._image = _picture(shown.image)
        else:
            page = shown.image
            drawn = QImage(page.pixels, page.width, page.height, page.stride, QImage.Format.Format_RGB32)
            self._image = drawn.copy()
        if self._image.isNull():
            self.banner.say(
                State.BAD, _("This picture is damaged and cannot be shown. Scan the paper again.")
            )
        self._show_place()
        self._fit()
        self._scroll.verticalScrollBar().setValue(0)

    def _show_place(self) -> None:
        several = self._pages > 1
        for part in (self._back, self._where, self._on):
            part.setVisible(several)
        self._where.setText(_("Page {page} of {pages}", page=self._page + 1, pages=self._pages))
        self._back.setEnabled(self._page > 0)
        self._on.setEnabled(self._page + 1 < self._pages)

    def _fit(self) -> None:
        if self._image.isNull():
            return
        # In dots of the screen, so that a paper is sharp at 200 % too.
        scale = self.devicePixelRatioF()
        width = min(int((self._scroll.viewport().width() - _MARGIN) * scale), self._image.width())
        fitted = QPixmap.fromImage(
            self._image.scaledToWidth(max(width, 1), Qt.TransformationMode.SmoothTransformation)
        )
        fitted.setDevicePixelRatio(scale)
        self.picture.setPixmap(fitted)

    def _refused(self, failure: KnownFailure) -> None:
        self.banner.say(State.BAD, sentence(failure))


def _picture(content: bytes) -> QImage:
    """Read a picture file, turned as the telephone was held."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    return reader.read()
