"""Writes one line of what the search found: its title, and its detail in a quieter colour behind it."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from antq_desktop.ui import theme

DETAIL = Qt.ItemDataRole.UserRole
_TEXT_FROM = 48


class FoundLine(QStyledItemDelegate):
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        detail = index.data(DETAIL)
        if not detail:
            return
        place = option.rect
        used = painter.fontMetrics().horizontalAdvance(index.data(Qt.ItemDataRole.DisplayRole))
        room = place.adjusted(_TEXT_FROM + used, 0, -12, 0)
        painter.save()
        painter.setPen(theme.colour("muted"))
        shown = painter.fontMetrics().elidedText(detail, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()
