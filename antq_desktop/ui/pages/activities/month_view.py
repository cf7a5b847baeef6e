"""A month of activities as a sheet of days: how many of which kind, and those of the chosen day under it."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.domain.activities import ActivityCatalogue
from antq_desktop.runtime.language import _
from antq_desktop.services.movement.activities import CalendarDay, MonthSheet
from antq_desktop.storage.queries.community_models import ActivityRow
from antq_desktop.ui import format as written
from antq_desktop.ui import theme
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import ListRows, RowsModel
from antq_desktop.ui.pages.activities.activity_rows import columns, kind_name
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.table import Table

_DAYS, _MONTHS = 7, 12
_DAY = Qt.ItemDataRole.UserRole
_ROOM_FOR_THE_LIST = 460
_SIDE = 6
_Index = QModelIndex | QPersistentModelIndex


class MonthView(QWidget):
    """``chosen`` carries the row of an activity, ``day_opened`` a day on Enter or double click."""

    chosen = Signal(object)
    day_opened = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._catalogue: ActivityCatalogue = desk.services.catalogues.activities
        today: date = desk.services.session.today()
        self._shown = (today.year, today.month)
        self._model_id: str | None = None
        self._chosen_day = today
        self.title = label("", "section")
        self._totals = label("", "muted", wrap=True)
        self.sheet = QTableWidget(0, _DAYS)
        self.day_title = label("", "strong", wrap=True)
        day_columns = [column for column in columns(self._catalogue) if column.key != "on"]
        self._rows = RowsModel(day_columns, ListRows([]))
        self.list = Table(self._rows, "activities-of-a-day", desk)
        self.list.setAccessibleName(_("Activities of the day"))
        self.list.set_empty(_("No activity on this day"), "")
        self.list.chosen.connect(self.chosen)
        self._set_up()
        self._lay_out()

    @property
    def shown(self) -> tuple[int, int]:
        """Year and month in sight."""
        return self._shown

    def show_month(self, year: int, month: int, model_id: str | None) -> None:
        """Read and show a month (of one model, where it is given)."""
        self._shown, self._model_id = (year, month), model_id
        activities = self._desk.services.activities
        self._desk.run(lambda _progress: activities.month(year, month, model_id), self._show, owner=self)

    def turn(self, months: int) -> None:
        """Go on or back by ``months``."""
        year, month = self._shown
        place = year * _MONTHS + month - 1 + months
        self.show_month(place // _MONTHS, place % _MONTHS + 1, self._model_id)

    def choose(self, day: date) -> None:
        """Choose a day of the month in sight."""
        for row in range(self.sheet.rowCount()):
            for column in range(_DAYS):
                item = self.sheet.item(row, column)
                if item is not None and item.data(_DAY).on == day:
                    self.sheet.setCurrentCell(row, column)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the sheet takes the room; Enter on a day then shows its list."""
        super().resizeEvent(event)
        roomy = self.height() >= _ROOM_FOR_THE_LIST
        self.list.setVisible(roomy)
        self.day_title.setVisible(roomy)
        self._totals.setVisible(roomy)

    def _show(self, sheet: MonthSheet) -> None:
        if (sheet.year, sheet.month) != self._shown:
            return
        self.title.setText(_("Month {month} of {year}", month=sheet.month, year=sheet.year))
        total = [
            f"{kind_name(self._catalogue, kind)}: {written.number(count)}"
            for kind, count in sheet.totals.items()
        ]
        self._totals.setText(" · ".join(total) or _("No activity in this month"))
        self.sheet.blockSignals(True)
        self.sheet.setRowCount(len(sheet.weeks))
        for row, week in enumerate(sheet.weeks):
            for column, day in enumerate(week):
                self.sheet.setItem(row, column, self._item(day))
        self.sheet.blockSignals(False)
        first = date(sheet.year, sheet.month, 1)
        inside = (self._chosen_day.year, self._chosen_day.month) == self._shown
        self.choose(self._chosen_day if inside else first)
        self._show_day()

    def _item(self, day: CalendarDay) -> QTableWidgetItem:
        item = QTableWidgetItem()
        item.setData(_DAY, day)
        told = _("{day}: {count} activities", day=written.day(day.on), count=len(day.activities))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, told)
        item.setToolTip("\n".join([told, *summed(day.activities, self._catalogue)]))
        return item

    def _show_day(self) -> None:
        if self.sheet.currentRow() < 0:
            return
        day: CalendarDay = self.sheet.currentItem().data(_DAY)
        self._chosen_day = day.on
        self.day_title.setText(written.day(day.on))
        self._rows.set_source(ListRows(day.activities))

    def _open(self, item: QTableWidgetItem) -> None:
        self.day_opened.emit(item.data(_DAY).on)

    def _set_up(self) -> None:
        sheet = self.sheet
        sheet.setAccessibleName(_("Days of the month"))
        sheet.setHorizontalHeaderLabels(
            [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")]
        )
        sheet.setItemDelegate(_DayCell(self._catalogue, sheet))
        sheet.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        sheet.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        sheet.setTabKeyNavigation(False)
        sheet.verticalHeader().hide()
        sheet.verticalHeader().setMinimumSectionSize(20)
        sheet.horizontalHeader().setMinimumSectionSize(32)
        sheet.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        sheet.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        sheet.currentItemChanged.connect(lambda _new, _old: self._show_day())
        sheet.itemActivated.connect(self._open)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(
            button("", partial(self.turn, -1), icon="back", kind="bare", name=_("The month before"))
        )
        head.addWidget(self.title)
        head.addWidget(
            button("", partial(self.turn, 1), icon="forward", kind="bare", name=_("The next month"))
        )
        head.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._totals)
        column.addWidget(self.sheet, 3)
        column.addWidget(self.day_title)
        column.addWidget(self.list, 2)


def summed(rows: Sequence[ActivityRow], catalogue: ActivityCatalogue) -> list[str]:
    """Return one line a kind, with how many there are where there are several."""
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.kind] = counts.get(row.kind, 0) + 1
    return [
        kind_name(catalogue, kind) if count == 1 else f"{count} × {kind_name(catalogue, kind)}"
        for kind, count in counts.items()
    ]


class _DayCell(QStyledItemDelegate):
    """The number of the day, and under it as many kinds as there is room for."""

    def __init__(self, catalogue: ActivityCatalogue, parent: QWidget) -> None:
        super().__init__(parent)
        self._catalogue = catalogue

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        super().paint(painter, option, index)
        day: CalendarDay | None = index.data(_DAY)
        if day is None:
            return
        painter.save()
        rect: QRect = option.rect.adjusted(_SIDE, 2, -_SIDE, -2)
        font = QFont(option.font)
        height = option.fontMetrics.height()
        font.setWeight(QFont.Weight.DemiBold if day.activities else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(theme.colour("ink" if day.inside else "muted"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, str(day.on.day))
        lines = summed(day.activities, self._catalogue)
        room = rect.height() // height - 1
        if lines and room < len(lines):
            painter.setPen(theme.colour("accent"))
            count = str(len(day.activities))
            painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, count)
        painter.setFont(option.font)
        painter.setPen(theme.colour("ink" if day.inside else "muted"))
        for place, line in enumerate(lines[: max(room, 0)], 1):
            text = option.fontMetrics.elidedText(line, Qt.TextElideMode.ElideRight, rect.width())
            painter.drawText(
                rect.translated(0, place * height),
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop,
                text,
            )
        painter.restore()
