"""The first page of a commune: what is due and overdue, how far the year is, and what waits to be sent; on one A4 page too."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.domain.changes import Changes
from antq_desktop.domain.periods import Period
from antq_desktop.runtime.language import _
from antq_desktop.services.reporting.period_figures import MonthFigures
from antq_desktop.ui import format as written
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.community_models.model_rows import UNRATED
from antq_desktop.ui.pages.overview import sheet
from antq_desktop.ui.pages.overview.due import Due, DueList, days_between, due
from antq_desktop.ui.pages.overview.facts import Facts, gather
from antq_desktop.ui.paper_desk import show_paper
from antq_desktop.ui.widgets.bars import Bar, Bars
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.figure import Figure
from antq_desktop.ui.widgets.months import Months, Series
from antq_desktop.ui.widgets.page import Page

_ROOM_FOR_TWO = 860
_ROOM_FOR_SIX = 1000
_ROOM_FOR_THREE = 560
#: Where each share of the year leads.
_WAYS: dict[object, tuple[str, dict[str, object]]] = {
    "share_signed": ("commitments", {}),
    "share_units_registered": ("yearly_board", {}),
    "share_with_model": ("models", {}),
    "share_with_festival": ("festival", {"view": "missing"}),
    "share_with_team": ("forces", {}),
    "share_recognised": ("recognitions", {}),
    "share_units_recognised": ("recognitions", {}),
}


class OverviewPage(Page):
    """Every figure leads to the rows it was counted from."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=_("Overview"),
            sentence=_("What is due, and where the commune stands this year."),
            help_text=_(
                "Every figure and every bar is a way to its rows: click it, or reach it with Tab and press Enter. "
                "The lines under «To do» come and go by themselves. Ctrl+P prints the page on one sheet. "
                "Shares are cut after two decimals as in reports, never rounded up."
            ),
            parent=parent,
        )
        self.households = Figure(
            _("Households living here"), lambda: desk.go("households", area_id="", residence="living")
        )
        self.signed = Figure(_("Have signed"), lambda: desk.go("commitments"))
        self.models = Figure(_("Working models"), lambda: desk.go("models", state="working"))
        self.assessed = Figure(_("Self-assessed"), lambda: desk.go("assessments"))
        self.recognised = Figure(_("Recognised areas"), lambda: desk.go("recognitions"))
        self.unsent = Figure(_("Wait for the upper level"), lambda: desk.go("sync"))
        self.due = DueList(self._go)
        self.progress = Bars(_("Progress of the year"))
        self.areas = Bars(_("Commitments by area"))
        self.ratings = Bars(_("Models by rating"))
        self.months = Months(_("The year month by month"))
        self._facts: Facts | None = None
        self._month_days: Sequence[Period] = ()
        self._figures = QGridLayout()
        self._pair = QGridLayout()
        self._first = QWidget()
        self._all = QWidget()
        self._progress_part = _part(_("Progress of the year"), self.progress)
        self._months_part = _part(_("The year month by month"), self.months)
        self._months_part.hide()
        self._areas_part = _part(_("Commitments by area"), self.areas)
        self._ratings_part = _part(_("Models by rating"), self.ratings)
        self.on(Command.PRINT, self.print_it)
        self._put_together()

    def refresh(self) -> None:
        year, application = self.year, self.desk.services
        self.desk.run(lambda _progress: gather(application, year), self._show_first, owner=self)

    def changed(self, _changes: Changes) -> None:
        """Count anew whatever was changed: the page stands on every kind of record."""
        self.make_stale()

    def showEvent(self, event: QShowEvent) -> None:
        """Show what is due first, wherever the page stood when another one was opened."""
        super().showEvent(event)
        if not event.spontaneous():
            self._scroll.verticalScrollBar().setValue(0)

    def print_it(self) -> None:
        """Lay the page, drawn on one A4 sheet, over itself to be printed or saved."""
        if self._facts is not None and not self._all.isHidden():
            due_lines = [line.text for line in self.due.lines()]
            show_paper(self, sheet.paper(self._facts, due_lines, self._charts(), self.months.series()))

    def _show_first(self, facts: Facts) -> None:
        """Show what was gathered; the months, which ask each month for itself, follow, then the signed reports."""
        self.show_facts(facts)
        months = self.desk.services.period_figures.months
        self.desk.run(lambda _progress: months(facts.year), partial(self._show_months, facts), owner=self)
        self._compare(facts, [row.period for row in facts.reports if row.signed_on])

    def _compare(self, facts: Facts, periods: Sequence[str]) -> None:
        """Compare the signed report of each period with the records, one a job: what is asked in the meantime goes first."""
        if periods and facts is self._facts:  # else the page was read anew in the meantime
            reports, period = self.desk.services.periodic_reports, periods[0]
            self.desk.run(
                lambda _progress: len(reports.differences(period)),
                partial(self._show_compared, facts, periods),
                owner=self,
            )

    def _show_compared(self, facts: Facts, periods: Sequence[str], differing: int) -> None:
        period, *others = periods
        if differing and facts is self._facts:
            facts = replace(facts, disagreeing={**facts.disagreeing, period: differing})
            self._facts = facts
            self.due.show_lines(due(facts))
        self._compare(facts, others)

    def _show_months(self, facts: Facts, months: Sequence[MonthFigures]) -> None:
        if (
            self._facts is not None and facts.now == self._facts.now
        ):  # else the page was read anew in the meantime, and its months follow
            self._month_days = [month.days for month in months]
            self.months.set_series(_series(months), self._open_month)
            self._months_part.setVisible(bool(months))

    def show_facts(self, facts: Facts) -> None:
        """Show what was gathered, all but the months."""
        self._facts = facts
        empty = not facts.area_count and not facts.households
        self._first.setVisible(empty)
        self._all.setHidden(empty)
        number = written.number
        self.households.set_value(
            number(facts.households), _("in {count} residential areas", count=facts.area_count)
        )
        self.signed.set_value(
            written.percent(facts.signed, facts.households) or "–",
            _(
                "{signed} of {living} households",
                signed=number(facts.signed),
                living=number(facts.households),
            ),
        )
        self.models.set_value(number(facts.working), _("{count} registered", count=number(facts.models)))
        self.assessed.set_value(
            f"{facts.assessed}/{facts.area_count}", _("areas, in {year}", year=facts.year)
        )
        self.recognised.set_value(
            f"{facts.recognised}/{facts.area_count}", _("areas, in {year}", year=facts.year)
        )
        self.unsent.set_value(number(facts.status.unsent_rows), _age(facts))
        self.due.show_lines(due(facts))
        progress, areas, ratings = self._charts().values()
        self.progress.set_bars(progress, self._follow)
        self._progress_part.setVisible(bool(progress))
        self.areas.set_bars(areas, lambda area_id: self.desk.go("commitments", area_id=area_id))
        self._areas_part.setVisible(bool(areas))
        self.ratings.set_bars(ratings, lambda rating: self.desk.go("models", rating=rating))
        self._ratings_part.setVisible(bool(ratings))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _import(self) -> None:
        from antq_desktop.ui.pages.import_wizard.wizard import ImportWizard

        wizard = ImportWizard(self.desk, self)
        wizard.ended.connect(self.make_stale)
        wizard.open()

    def _go(self, chosen: Due) -> None:
        self.desk.go(chosen.page, **chosen.what)

    def _follow(self, share: object) -> None:
        page, what = _WAYS[share]
        self.desk.go(page, **what)

    def _open_month(self, series: str, month: int) -> None:
        """Lead to the rows of a column: the activities of that month, else the page that the count comes from."""
        if series == "activities":
            days = self._month_days[month - 1]
            self.desk.go("activities", first=days.first, last=days.last)
        else:
            self.desk.go("commitments" if series == "signed" else "recognitions")

    def _charts(self) -> dict[str, list[Bar]]:
        """Return the bars of each chart by its title."""
        facts = self._facts
        if facts is None:
            return {}
        rated = [
            Bar(facts.rating_names.get(key, key), count, key=key) for key, count in facts.ratings.items()
        ]
        if facts.unrated:
            rated.append(Bar(_("Not rated yet"), facts.unrated, key=UNRATED))
        return {
            _("Progress of the year"): [
                Bar(one.name, one.share.part, one.share.whole, key=one.indicator) for one in facts.progress
            ],
            _("Commitments by area"): [
                Bar(area.area_name, area.signed, area.living, key=area.area_id) for area in facts.areas or ()
            ],
            _("Models by rating"): rated,
        }

    def _arrange(self) -> None:
        width = self.width()
        columns = 6 if width >= _ROOM_FOR_SIX else 3 if width >= _ROOM_FOR_THREE else 2
        figures = (self.households, self.signed, self.assessed, self.recognised, self.models, self.unsent)
        for place, figure in enumerate(figures):
            self._figures.addWidget(figure, place // columns, place % columns)
        beside = width >= _ROOM_FOR_TWO
        self._pair.addWidget(self._areas_part, 0, 0)
        self._pair.addWidget(self._ratings_part, 0 if beside else 1, 1 if beside else 0)
        self._pair.setColumnStretch(0, 3)
        self._pair.setColumnStretch(1, 2 if beside else 0)

    def _put_together(self) -> None:
        self._figures.setSpacing(12)
        self._pair.setHorizontalSpacing(40)
        self._pair.setVerticalSpacing(24)
        inside = QVBoxLayout(self._all)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.setSpacing(24)
        inside.addLayout(self._figures)
        inside.addWidget(_part(_("To do"), self.due))
        inside.addWidget(self._progress_part)
        inside.addWidget(self._months_part)
        inside.addLayout(self._pair)
        begin = QVBoxLayout(self._first)
        begin.setContentsMargins(0, 16, 0, 0)
        begin.setSpacing(8)
        begin.addWidget(label(_("Begin with the list of households"), "section"))
        begin.addWidget(
            label(
                _(
                    "Take the spreadsheet that the commune has, as it is: its table, letters and columns are found by "
                    "themselves, and nothing is kept before you have seen it."
                ),
                "muted",
                wrap=True,
            )
        )
        row = QHBoxLayout()
        row.addWidget(button(_("Import a list"), self._import, icon="import", kind="main"))
        row.addWidget(button(_("Add by hand"), lambda: self.desk.go("households"), icon="plus"))
        row.addStretch()
        begin.addLayout(row)
        self._first.hide()
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._first)
        column.addWidget(self._all)
        column.addStretch()
        self._scroll = self.set_scrolled_body(body)
        self._arrange()


def _series(months: Sequence[MonthFigures]) -> list[Series]:
    """Return what is followed through the months; they are those of the reports, so that they add up to the year's."""
    return [
        Series(
            "signed",
            _("Households that have signed, by the end of the month"),
            tuple(m.signed for m in months),
        ),
        Series(
            "activities", _("Activities of the models, in the month"), tuple(m.activities for m in months)
        ),
        Series(
            "recognised", _("Units recognised, by the end of the month"), tuple(m.recognised for m in months)
        ),
    ]


def _part(title: str, content: QWidget) -> QWidget:
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    column.addWidget(label(title, "section"))
    column.addWidget(content)
    column.addStretch()
    return part


def _age(facts: Facts) -> str:
    """Return how old the oldest row is that the upper level has not acknowledged."""
    oldest = facts.status.oldest_unsent_at
    if not facts.status.unsent_rows or oldest is None:
        return _("nothing waits")
    days = days_between(oldest, facts.now)
    return _("the oldest {days} days old", days=days) if days else _("since today")
