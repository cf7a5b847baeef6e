"""Lays parts in a line and goes on in the next line when the window is too narrow."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """Parts from left to right; those added with ``add_last`` stand at the right end while one line is enough."""

    def __init__(self, parent: QWidget | None = None, gap: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._last: set[QWidget] = set()
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def add_last(self, widget: QWidget) -> None:
        self._last.add(widget)
        self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        margins = self.contentsMargins()
        places = self._places(width - margins.left() - margins.right())
        bottom = max((place.bottom() + 1 for place in places), default=0)
        return bottom + margins.top() + margins.bottom()

    def sizeHint(self) -> QSize:
        shown = [item.sizeHint() for item in self._shown()]
        margins = self.contentsMargins()
        width = sum(size.width() + self._gap for size in shown) - self._gap
        height = max((size.height() for size in shown), default=0)
        return QSize(max(width, 0), height + margins.top() + margins.bottom())

    def minimumSize(self) -> QSize:
        margins = self.contentsMargins()
        widest = max((item.minimumSize().width() for item in self._shown()), default=0)
        return QSize(widest, self.sizeHint().height() if self._items else margins.top() + margins.bottom())

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        inner = rect.marginsRemoved(self.contentsMargins())
        for item, place in zip(self._shown(), self._places(inner.width()), strict=True):
            item.setGeometry(place.translated(inner.topLeft()))
        for item in self._items:
            if _is_hollow(item):
                item.setGeometry(QRect())

    def _shown(self) -> list[QLayoutItem]:
        """Return the parts that take room; one in which everything is hidden takes none."""
        return [item for item in self._items if not item.isEmpty() and not _is_hollow(item)]

    def _places(self, width: int) -> list[QRect]:
        """Return where each shown part stands, from the inner top left corner."""
        places: list[QRect] = []
        lines: list[list[int]] = [[]]
        x = 0
        for number, item in enumerate(self._shown()):
            size = item.sizeHint().expandedTo(item.minimumSize())
            size.setWidth(min(size.width(), max(width, 0)))
            if lines[-1] and x + size.width() > width:
                lines.append([])
                x = 0
            lines[-1].append(number)
            places.append(QRect(QPoint(x, 0), size))
            x += size.width() + self._gap
        y = 0
        for line in lines:
            height = max((places[number].height() for number in line), default=0)
            for number in line:
                places[number].moveTop(y + (height - places[number].height()) // 2)
            y += height + self._gap
        if len(lines) == 1:
            self._push_right(places, width)
        return places

    def _push_right(self, places: list[QRect], width: int) -> None:
        spare = width - (places[-1].right() + 1 if places else 0)
        for item, place in zip(self._shown(), places, strict=True):
            if spare > 0 and item.widget() in self._last:
                place.translate(spare, 0)


def _is_hollow(item: QLayoutItem) -> bool:
    widget = item.widget()
    within = widget.layout() if widget is not None else None
    return within is not None and within.isEmpty()
