"""Draws how far each row of a table is as a bar with its numbers beside it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from antq_desktop.ui import theme
from antq_desktop.ui.models.rows import RowsModel

_HEIGHT = 8
_MARGIN = 10
_NUMBERS = 84


class ProgressBar(QStyledItemDelegate):
    """``share`` is how full the bar of a row is, from 0 to 1; ``good`` whether it is drawn as reached."""

    def __init__(
        self,
        model: RowsModel,
        share: Callable[[Any], float],
        good: Callable[[Any], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._share = share
        self._good = good

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = self._model.row_at(index.row())
        if row is None:
            super().paint(painter, option, index)
            return
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        plain = QStyleOptionViewItem(option)
        plain.text = ""
        style = plain.widget.style() if plain.widget is not None else None
        if style is not None:
            style.drawPrimitive(style.PrimitiveElement.PE_PanelItemViewItem, plain, painter, plain.widget)
        place = QRectF(option.rect)
        room = max(place.width() - _NUMBERS - 2 * _MARGIN, 24)
        top = place.center().y() - _HEIGHT / 2
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("hairline"))
        painter.drawRoundedRect(QRectF(place.left() + _MARGIN, top, room, _HEIGHT), 4, 4)
        width = room * self._share(row)
        if width > 0:
            painter.setBrush(theme.colour("good" if self._good(row) else "look"))
            painter.drawRoundedRect(QRectF(place.left() + _MARGIN, top, max(width, _HEIGHT), _HEIGHT), 4, 4)
        painter.setPen(theme.colour("ink"))
        numbers = QRectF(place.right() - _NUMBERS - _MARGIN, place.top(), _NUMBERS, place.height())
        painter.drawText(numbers, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()
