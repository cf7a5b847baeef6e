"""The months of a year as columns, one row of them for each thing that is followed, every value written over its column."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.ui import format as written
from antq_desktop.ui import theme

MONTHS = 12
_TITLE, _COLUMNS, _FOOT, _BETWEEN = 24, 60, 20, 12
_WIDEST = 40.0
_THINNEST = 2.0


@dataclass(frozen=True, slots=True)
class Series:
    """One row: ``values`` of the months that have begun, January first; ``key`` is given back on a click."""

    key: str
    title: str
    values: tuple[int, ...]

    def heights(self) -> list[float]:
        """Return each value as a part of the highest."""
        highest = max(self.values, default=0) or 1
        return [value / highest for value in self.values]


class Months(QWidget):
    """Each column leads to what it counts: by click, or arrows and Enter."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._series: list[Series] = []
        self._on_click: Callable[[str, int], object] | None = None
        self._at = (0, 1)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_series(self, series: Sequence[Series], on_click: Callable[[str, int], object]) -> None:
        """Show ``series`` from top to bottom; ``on_click`` gets the key of one and the month (from 1)."""
        self._series = list(series)
        self._on_click = on_click
        self._at = (0, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        said = "; ".join(f"{row.title}: {', '.join(map(written.number, row.values))}" for row in series)
        self.setAccessibleName(f"{self._name}: {said}")
        self.updateGeometry()
        self.update()

    def series(self) -> list[Series]:
        return list(self._series)

    def sizeHint(self) -> QSize:
        return QSize(480, len(self._series) * self._step() + _FOOT)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.sizeHint().height())

    def place_of(self, row: int, month: int) -> QRectF:
        """Return where the column of a month stands in a row, with the room for its value."""
        slot = self.width() / MONTHS
        return QRectF((month - 1) * slot, row * self._step() + _TITLE, slot, _COLUMNS)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row, series in enumerate(self._series):
            painter.setPen(theme.colour("ink"))
            title = QRectF(0, row * self._step(), self.width(), _TITLE)
            painter.drawText(title, Qt.AlignmentFlag.AlignVCenter, series.title)
            for month, (value, height) in enumerate(zip(series.values, series.heights(), strict=True), 1):
                draw_column(
                    painter,
                    self.place_of(row, month),
                    written.number(value),
                    height,
                    theme.colour("accent"),
                )
            self._draw_base(painter, row)
        self._draw_foot(painter)
        if self.hasFocus() and self._series:
            painter.setPen(theme.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.place_of(*self._at).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        month = int(event.position().x() * MONTHS / max(self.width(), 1)) + 1
        self._choose(int(event.position().y()) // self._step(), month)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Down: (1, 0),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Left: (0, -1),
        }
        step = steps.get(Qt.Key(event.key()))
        if step is not None and self._series:
            row = min(max(self._at[0] + step[0], 0), len(self._series) - 1)
            last = max(len(self._series[row].values), 1)
            self._at = (row, min(max(self._at[1] + step[1], 1), last))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(*self._at)
        else:
            super().keyPressEvent(event)

    def _choose(self, row: int, month: int) -> None:
        if self._on_click is None or not 0 <= row < len(self._series):
            return
        if 1 <= month <= len(self._series[row].values):
            self._at = (row, month)
            self._on_click(self._series[row].key, month)

    def _draw_base(self, painter: QPainter, row: int) -> None:
        bottom = row * self._step() + _TITLE + _COLUMNS
        painter.setPen(theme.colour("hairline"))
        painter.drawLine(QPointF(0, bottom), QPointF(self.width(), bottom))

    def _draw_foot(self, painter: QPainter) -> None:
        painter.setPen(theme.colour("muted"))
        top = len(self._series) * self._step() - _BETWEEN
        for month in range(1, MONTHS + 1):
            slot = self.place_of(0, month)
            place = QRectF(slot.left(), top, slot.width(), _FOOT + _BETWEEN)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, month_word(month))

    @staticmethod
    def _step() -> int:
        return _TITLE + _COLUMNS + _BETWEEN


def draw_column(painter: QPainter, place: QRectF, value: str, height: float, colour: QColor) -> None:
    """Draw one column at the foot of ``place`` with its value over it; ``height`` is a part of the highest."""
    letters = painter.fontMetrics().height()
    room = place.height() - letters
    width = min(place.width() * 0.6, _WIDEST * place.height() / _COLUMNS)
    tall = max(room * height, _THINNEST if height else 0.0)
    column = QRectF(place.center().x() - width / 2, place.bottom() - tall, width, tall)
    painter.fillRect(column, colour)
    over = QRectF(place.left() - place.width() / 2, column.top() - letters, place.width() * 2, letters)
    painter.drawText(over, Qt.AlignmentFlag.AlignCenter, value)


def month_word(month: int) -> str:
    """Return the short name of a month, as it stands under its column."""
    return _("M{month}", month=month)
