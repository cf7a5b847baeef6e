"""Draws the overview on one A4 sheet: its figures, what is due, and its charts, smaller letters when there are many lines."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPageLayout, QPageSize, QPainter, QPdfWriter

from antq_desktop.documents.pdf import Rendered
from antq_desktop.runtime.atomic import write_whole
from antq_desktop.runtime.language import _
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.papers.printing import Printing
from antq_desktop.ui import format as written
from antq_desktop.ui.pages.overview.facts import Facts
from antq_desktop.ui.paper import Made, Paper
from antq_desktop.ui.theme import LIGHT
from antq_desktop.ui.widgets.bars import Bar
from antq_desktop.ui.widgets.months import MONTHS, Series, draw_column, month_word

_DPI = 300
_MARGIN_MM = 15
_FACES = ("Times New Roman", "Liberation Serif", "Noto Sans")
_POINTS = 11.0
_LEAST_POINTS = 4.0
_LINE = 1.55
_NAMES = 0.42
_NAMES_OF_MONTHS = 0.24
#: More bars than this stand in one more column each.
_MOST_LINES = (16, 48)
_BETWEEN, _GAP = 90.0, 24.0


def paper(
    facts: Facts, due: Sequence[str], charts: Mapping[str, Sequence[Bar]], months: Sequence[Series]
) -> Paper:
    """Return the sheet as a paper; it is drawn at once, so that it shows what the page shows."""
    content = drawn(facts, due, charts, months)

    def make(_papers: Printing, out: Path, _reason: str, _progress: Progress) -> Rendered:
        write_whole(out, content)
        return Rendered(1, 1, (), ())

    return Paper(
        name=_("overview-{year}", year=facts.year),
        title=_("Overview of {year}", year=facts.year),
        make=make,
        word=False,
        first=Made(content, ()),
    )


def drawn(
    facts: Facts, due: Sequence[str], charts: Mapping[str, Sequence[Bar]], months: Sequence[Series]
) -> bytes:
    """Return a PDF of one page; letters shrink until everything stands on it."""
    points = _POINTS
    while True:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setTitle(_("Overview of {year}", year=facts.year))
        writer.setResolution(_DPI)
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
        writer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
        painter = QPainter(writer)
        sheet = _Sheet(painter, writer.width(), points)
        sheet.draw(facts, due, charts, months)
        painter.end()
        if sheet.y <= writer.height() or points <= _LEAST_POINTS:
            return bytes(buffer.data().data())
        points = max(points * 0.9, _LEAST_POINTS)


class _Sheet:
    """A column of lines from top to bottom; ``y`` is where the next one begins, in dots."""

    def __init__(self, painter: QPainter, width: int, points: float) -> None:
        self.y = 0.0
        self._painter = painter
        self._width = width
        self._font = QFont([*_FACES, QGuiApplication.font().family()])
        self._points = points

    def draw(
        self,
        facts: Facts,
        due: Sequence[str],
        charts: Mapping[str, Sequence[Bar]],
        months: Sequence[Series],
    ) -> None:
        self._text(facts.status.commune_name.upper(), bold=True)
        title = _(
            "The movement in {year}, as of {day}",
            year=facts.year,
            day=written.day(facts.now.astimezone().date()),
        )
        self._text(title, bold=True, factor=1.3, side=Qt.AlignmentFlag.AlignHCenter)
        self._gap()
        for name, value in _figures(facts):
            self._pair(name, value)
        self._heading(_("To do"))
        for line in due or (_("Nothing is due."),):
            self._text(f"– {line}")
        for name, bars in charts.items():
            if bars:
                self._heading(name)
                self._chart(bars)
        if any(series.values for series in months):
            self._heading(_("The year month by month"))
            for series in months:
                self._months(series)
        self._gap()
        self._text(_("Made by: {name}", name=facts.status.user_name), side=Qt.AlignmentFlag.AlignRight)

    def _chart(self, bars: Sequence[Bar]) -> None:
        """Draw bars in one column, or in several side by side, read downwards, where there are many."""
        longest = max(bar.value for bar in bars) or 1
        columns = 1 + sum(len(bars) > most for most in _MOST_LINES)
        lines = -(-len(bars) // columns)
        top, width = self.y, (self._width + _BETWEEN) / columns - _BETWEEN
        self._use()
        metrics = self._painter.fontMetrics()
        numbers = max(metrics.horizontalAdvance(bar.figures()) for bar in bars) + _GAP
        for place, bar in enumerate(bars):
            column, line = divmod(place, lines)
            left = column * (width + _BETWEEN)
            share = bar.share if bar.total is not None else bar.value / longest
            self._bar(bar, share, QRectF(left, top + line * self._step(), width, self._step()), numbers)
        self.y = top + lines * self._step()

    def _months(self, series: Series) -> None:
        """Draw the months of one series beside its name, the value over each column and the month under it."""
        self._use()
        named = self._width * _NAMES_OF_MONTHS
        slot, high = (self._width - named) / MONTHS, self._step() * 2
        flags = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
        self._painter.drawText(QRectF(0, self.y, named * 0.95, high), flags, series.title)
        for place, height in enumerate(series.heights()):
            column = QRectF(named + place * slot, self.y, slot, high)
            value = written.number(series.values[place])
            draw_column(self._painter, column, value, height, QColor(LIGHT.accent))
            under = QRectF(column.left(), column.bottom(), slot, self._step())
            self._painter.drawText(under, int(Qt.AlignmentFlag.AlignCenter), month_word(place + 1))
        self.y += high + self._step(1.2)

    def _heading(self, text: str) -> None:
        self._gap()
        self._text(text, bold=True)

    def _gap(self) -> None:
        self.y += self._step() * 0.5

    def _step(self, factor: float = 1.0) -> float:
        return self._points * factor * _DPI / 72 * _LINE

    def _use(self, *, bold: bool = False, factor: float = 1.0) -> None:
        self._font.setPointSizeF(self._points * factor)
        self._font.setBold(bold)
        self._painter.setFont(self._font)
        self._painter.setPen(Qt.GlobalColor.black)

    def _text(
        self,
        text: str,
        *,
        bold: bool = False,
        factor: float = 1.0,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        """Write ``text`` over as many lines as it needs."""
        self._use(bold=bold, factor=factor)
        flags = int(side) | int(Qt.TextFlag.TextWordWrap)
        room = QRectF(0, self.y, self._width, self._step() * 20)
        needed = self._painter.boundingRect(room, flags, text).height()
        self._painter.drawText(room, flags, text)
        self.y += max(needed, self._step(factor))

    def _pair(self, name: str, value: str) -> None:
        self._use()
        line = QRectF(0, self.y, self._width, self._step())
        self._painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), name)
        self._painter.drawText(line, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), value)
        self._painter.setPen(LIGHT.hairline)
        self._painter.drawLine(line.bottomLeft(), line.bottomRight())
        self.y += self._step()

    def _bar(self, bar: Bar, share: float | None, place: QRectF, numbers: float) -> None:
        names = place.width() * _NAMES
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        fitting = self._painter.fontMetrics().elidedText(
            bar.label, Qt.TextElideMode.ElideRight, int(names * 0.96)
        )
        self._painter.drawText(QRectF(place.left(), place.top(), names, place.height()), middle, fitting)
        right = QRectF(place.right() - numbers, place.top(), numbers, place.height())
        self._painter.drawText(right, middle | int(Qt.AlignmentFlag.AlignRight), bar.figures())
        track = QRectF(place.left() + names, 0, place.width() - names - numbers, place.height() * 0.4)
        track.moveTop(place.top() + place.height() * 0.3)
        self._painter.fillRect(track, LIGHT.hairline)
        if share:
            track.setWidth(track.width() * min(share, 1.0))
            self._painter.fillRect(track, LIGHT.accent)


def _figures(facts: Facts) -> list[tuple[str, str]]:
    number = written.number
    return [
        (_("Households living here"), number(facts.households)),
        (_("Have signed"), f"{number(facts.signed)}/{number(facts.households)}"),
        (_("Areas assessed"), f"{facts.assessed}/{facts.area_count}"),
        (_("Areas recognised"), f"{facts.recognised}/{facts.area_count}"),
        (_("Models at work"), number(facts.working)),
        (_("Changes that the upper level has not acknowledged"), number(facts.status.unsent_rows)),
    ]
