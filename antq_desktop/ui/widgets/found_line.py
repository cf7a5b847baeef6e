"""Writes one line of what the search found: its title, in a quieter colour its detail, and at the right end its group."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from antq_desktop.ui import theme

DETAIL = Qt.ItemDataRole.UserRole
GROUP = Qt.ItemDataRole.UserRole + 1
_TEXT_FROM = 48
_GAP = 12


class FoundLine(QStyledItemDelegate):
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        detail, group = index.data(DETAIL) or "", index.data(GROUP) or ""
        letters = painter.fontMetrics()
        used = letters.horizontalAdvance(index.data(Qt.ItemDataRole.DisplayRole))
        room = option.rect.adjusted(_TEXT_FROM + used, 0, -_GAP, 0)
        painter.save()
        painter.setPen(theme.colour("muted"))
        if group and letters.horizontalAdvance(group) < room.width():
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, group)
            room.adjust(0, 0, -letters.horizontalAdvance(group) - _GAP, 0)
        shown = letters.elidedText(detail, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()
