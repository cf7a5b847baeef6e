"""A sorted list of bars with every value written beside it, drawn in the program's own colours."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.ui import format as written
from antq_desktop.ui import icons, theme
from antq_desktop.ui.theme import State

_ROW = 28
_ICON = 16
_BETWEEN = 16


@dataclass(frozen=True, slots=True)
class Bar:
    """``value`` of ``total``; without a total the longest bar is the measure. ``key`` is given back on a click."""

    label: str
    value: int
    total: int | None = None
    state: State = State.NONE
    key: object = None

    @property
    def share(self) -> float | None:
        return self.value / self.total if self.total else None

    def figures(self) -> str:
        """Return the value as written beside the bar."""
        if self.total is None:
            return written.number(self.value)
        share = written.percent(self.value, self.total)
        return f"{written.number(self.value)}/{written.number(self.total)}  {share}".rstrip()


class Bars(QWidget):
    """The highest first; each bar leads to its rows by click, or arrows and Enter."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._bars: list[Bar] = []
        self._at = 0
        self._on_click: Callable[[object], object] | None = None
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_bars(self, bars: Sequence[Bar], on_click: Callable[[object], object] | None = None) -> None:
        """Show ``bars``, highest share (or value) first; ``on_click`` gets the key of one."""
        self._bars = sorted(
            bars, key=lambda bar: bar.value if bar.total is None else (bar.share or 0.0), reverse=True
        )
        self._on_click = on_click
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on_click else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if on_click else Qt.CursorShape.ArrowCursor)
        said = "; ".join(f"{bar.label} {bar.figures()}" for bar in self._bars)
        self.setAccessibleName(f"{self._name}: {said}")
        self.updateGeometry()
        self.update()

    def labels(self) -> list[str]:
        """Return the labels from top to bottom."""
        return [bar.label for bar in self._bars]

    def sizeHint(self) -> QSize:
        return QSize(320, max(1, len(self._bars)) * _ROW)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        longest = max((bar.value for bar in self._bars), default=0) or 1
        names = min(
            max((self.fontMetrics().horizontalAdvance(bar.label) for bar in self._bars), default=0),
            self.width() // 3,
        )
        for place, bar in enumerate(self._bars):
            self._draw(
                painter, place, bar, names, bar.share if bar.total is not None else bar.value / longest
            )
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._choose(int(event.position().y()) // _ROW)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self._at = max(0, min(self._at + step, len(self._bars) - 1))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self._at)
        else:
            super().keyPressEvent(event)

    def _choose(self, place: int) -> None:
        if self._on_click is not None and 0 <= place < len(self._bars):
            self._at = place
            self._on_click(self._bars[place].key)

    def _draw(self, painter: QPainter, place: int, bar: Bar, names: int, share: float | None) -> None:
        top = place * _ROW
        if self.hasFocus() and place == self._at:
            painter.setPen(theme.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(0.5, top + 0.5, self.width() - 1, _ROW - 1), 4, 4)
        painter.setPen(theme.colour("ink"))
        name = self.fontMetrics().elidedText(bar.label, Qt.TextElideMode.ElideRight, names + 4)
        painter.drawText(QRectF(4, top, names + 4, _ROW), Qt.AlignmentFlag.AlignVCenter, name)
        left = names + 20
        words = self._state_width()
        values = self._value_width()
        room = max(self.width() - left - values - words, 24)
        track = QRectF(left, top + _ROW / 2 - 4, room, 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("hairline"))
        painter.drawRoundedRect(track, 4, 4)
        width = room * min(share or 0.0, 1.0)
        if width > 0:
            painter.setBrush(theme.colour(bar.state.value or "accent"))
            painter.drawRoundedRect(
                QRectF(track.topLeft(), QPointF(left + max(width, 8), track.bottom())), 4, 4
            )
        painter.setPen(theme.colour("ink"))
        painter.drawText(
            QRectF(left + room + 8, top, values - 8, _ROW),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
            bar.figures(),
        )
        if bar.state.icon:
            start = self.width() - words + _BETWEEN
            spot = QRectF(start, top + (_ROW - _ICON) / 2, _ICON, _ICON)
            icons.draw(painter, bar.state.icon, spot, bar.state.value)
            painter.setPen(theme.colour(bar.state.value))
            painter.drawText(
                QRectF(spot.right() + 6, top, words, _ROW), Qt.AlignmentFlag.AlignVCenter, _(bar.state.word)
            )

    def _value_width(self) -> int:
        """Return the room for the longest figures with the gap before them."""
        return 16 + max(
            (self.fontMetrics().horizontalAdvance(bar.figures()) for bar in self._bars), default=0
        )

    def _state_width(self) -> int:
        """Return the room for icon and word of the states, the same for every bar."""
        words = {_(bar.state.word) for bar in self._bars if bar.state.icon}
        if not words:
            return 8
        return _BETWEEN + _ICON + 6 + max(self.fontMetrics().horizontalAdvance(word) for word in words) + 8
