"""Shows a finished PDF page by page inside the window, drawn from memory: no readable copy of it needs to lie on the disk."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from antq_desktop.documents.preview import previewing_content
from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.language import _, sentence
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.printing import picture
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import Banner
from antq_desktop.ui.widgets.buttons import button, label

_INCH = 25.4
_MARGIN = 16
_MILLISECONDS_OF_REST = 40
_STEP = 1.25
_ROOM_FOR_WORDS = 380
_LEAST, _MOST = 0.25, 4.0
#: A page is never drawn larger than this: more would only cost memory.
_MOST_PIXELS = 6000


@dataclass(frozen=True, slots=True)
class _Drawn:
    """One page as it was asked for: its picture, how many there are, its width and height in millimetres."""

    image: QImage
    page: int
    pages: int
    size: tuple[float, float]


class PaperView(QWidget):
    """Page up and down turn the pages, plus and minus change the size, 0 shows the whole page or its whole width.

    ``turned`` carries the page in sight, from 0.
    """

    turned = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._content = b""
        self._name = ""
        self._drawn: _Drawn | None = None
        self._page = 0
        self._asked = 0
        self._zoom = 0.0
        self._whole_page = False
        self.banner = Banner()
        self.picture = QLabel(alignment=Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.picture.setAccessibleName(_("Page of the paper"))
        self.picture.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        self._scroll = QScrollArea()
        self._scroll.setObjectName("paper")
        self._scroll.setMinimumHeight(48)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setWidget(self.picture)
        self._scroll.viewport().installEventFilter(self)
        self._scroll.installEventFilter(self)
        self.setFocusProxy(self._scroll)
        self._timer = QTimer(self, singleShot=True, interval=_MILLISECONDS_OF_REST)
        self._timer.timeout.connect(self._draw)
        self._lay_out()
        self._follow()

    @property
    def page(self) -> int:
        """The page in sight, from 0."""
        return self._page

    @property
    def pages(self) -> int:
        return self._drawn.pages if self._drawn else 0

    def show_content(self, content: bytes, name: str) -> None:
        """Show the PDF ``content``; the page in sight stays in sight where the new paper has it too."""
        self._content, self._name = content, name
        self.banner.clear()
        self._draw()

    def say(self, text: str) -> None:
        """Say above the paper why it is not what it should be; the last good one stays in sight."""
        self.banner.say(State.LOOK, text)

    def turn_to(self, page: int) -> None:
        """Show ``page`` (from 0) from its top, if there is such a page."""
        if 0 <= page < self.pages and page != self._page:
            self._page = page
            self._scroll.verticalScrollBar().setValue(0)
            self._follow()
            self._draw()
            self.turned.emit(page)

    def zoom(self, step: int) -> None:
        """Make the page larger (1) or smaller (-1); 0 fits it again, and then by turns as a whole and to the width."""
        if self._drawn is None:
            return
        if step == 0:
            self._whole_page = self._whole_page != (self._zoom == 0.0)
            self._zoom = 0.0
        else:
            self._zoom = min(max(self._factor() * _STEP**step, _LEAST), _MOST)
        to_the_width = self._whole_page == (self._zoom == 0.0)
        self._whole.setText(_("Fit the width") if to_the_width else _("Whole page"))
        self._fit()
        self._timer.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._whole.setVisible(self.pages > 0 and self.width() >= _ROOM_FOR_WORDS)
        if self._zoom == 0.0:
            self._fit()
            self._timer.start()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        if isinstance(event, QWheelEvent) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
            return True
        return False

    def _key(self, event: QKeyEvent) -> bool:
        bar = self._scroll.verticalScrollBar()
        match event.key():
            case Qt.Key.Key_PageDown if bar.value() >= bar.maximum():
                self.turn_to(self._page + 1)
            case Qt.Key.Key_PageUp if bar.value() <= bar.minimum():
                self.turn_to(self._page - 1)
            case Qt.Key.Key_Home:
                self.turn_to(0)
            case Qt.Key.Key_End:
                self.turn_to(self.pages - 1)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom(1)
            case Qt.Key.Key_Minus:
                self.zoom(-1)
            case Qt.Key.Key_0:
                self.zoom(0)
            case _:
                return False
        return True

    def _draw(self) -> None:
        """Have the page in sight drawn at the size it is shown; a newer wish overtakes an older one."""
        self._timer.stop()
        if not self._content:
            return
        content, name, page = self._content, self._name, self._page
        width = self._width_in_dots() if self._zoom == 0.0 or self._drawn is None else 0
        scale = self._zoom * self.logicalDpiX() * self.devicePixelRatioF()
        self._asked += 1

        def work(_progress: object) -> _Drawn:
            with previewing_content(content, name) as shown:
                there = min(page, shown.pages - 1)
                size = shown.size(there)
                inches = size[0] / _INCH
                fine = min(width / inches if width else scale, _MOST_PIXELS / inches)
                return _Drawn(picture(shown.image(there, fine)), there, shown.pages, size)

        self._desk.run(work, self._show, self._refused, owner=self)

    def _show(self, drawn: _Drawn) -> None:
        self._asked -= 1
        if self._asked:
            return
        self._drawn, self._page = drawn, drawn.page
        self._fit()
        self._follow()

    def _refused(self, failure: KnownFailure) -> None:
        self._asked -= 1
        self.banner.say(State.BAD, sentence(failure))

    def _fit(self) -> None:
        """Show the picture there is at the size wished for; it is drawn anew at that size a moment later."""
        if self._drawn is None:
            return
        dots = self.devicePixelRatioF()
        width = self._width_in_dots()
        if self._zoom:
            width = round(self._drawn.size[0] / _INCH * self._zoom * self.logicalDpiX() * dots)
        image = self._drawn.image
        if abs(image.width() - width) > 1:
            image = image.scaledToWidth(max(width, 1), Qt.TransformationMode.SmoothTransformation)
        shown = QPixmap.fromImage(image)
        shown.setDevicePixelRatio(dots)
        self.picture.setPixmap(shown)
        fitted = self._zoom == 0.0
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if fitted else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self._scroll.setHorizontalScrollBarPolicy(policy)
        self._size.setText(f"{round(self._factor() * 100)}\u00a0%")

    def _width_in_dots(self) -> int:
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        room = self._scroll.width() - bar - 2 * _MARGIN - 4
        if self._whole_page and self._drawn is not None:
            width, height = self._drawn.size
            room = min(room, int((self._scroll.height() - 2 * _MARGIN - 4) * width / height))
        return max(int(room * self.devicePixelRatioF()), 80)

    def _factor(self) -> float:
        """How large the page is shown, 1 as on paper."""
        if self._zoom or self._drawn is None:
            return self._zoom or 1.0
        inches = self._drawn.size[0] / _INCH
        return self._width_in_dots() / self.devicePixelRatioF() / self.logicalDpiX() / inches

    def _follow(self) -> None:
        several = self.pages > 1
        for part in (self._back, self._where, self._on):
            part.setVisible(several)
        for tool in (self._smaller, self._size, self._larger):
            tool.setVisible(self.pages > 0)
        self._whole.setVisible(self.pages > 0 and self.width() >= _ROOM_FOR_WORDS)
        self._where.setText(_("Page {page} of {pages}", page=self._page + 1, pages=self.pages))
        self._back.setEnabled(self._page > 0)
        self._on.setEnabled(self._page + 1 < self.pages)

    def _lay_out(self) -> None:
        self._where = label("", "muted")
        self._size = label("", "muted")
        self._back = button(
            "", lambda: self.turn_to(self._page - 1), icon="back", kind="bare", name=_("Page before")
        )
        self._on = button(
            "", lambda: self.turn_to(self._page + 1), icon="forward", kind="bare", name=_("Next page")
        )
        self._smaller = button("", partial(self.zoom, -1), icon="minus", kind="bare", name=_("Smaller"))
        self._larger = button("", partial(self.zoom, 1), icon="plus", kind="bare", name=_("Larger"))
        self._whole = button(_("Whole page"), partial(self.zoom, 0), kind="link")
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 4, 0, 0)
        foot.setSpacing(4)
        for part in (self._back, self._where, self._on):
            foot.addWidget(part)
        foot.addStretch()
        for part in (self._smaller, self._size, self._larger, self._whole):
            foot.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self._scroll, 1)
        column.addLayout(foot)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 90)
