"""Where the upper level sees what all communes sent added up: by figure, by commune, on paper and as a workbook."""

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.documents.pdf import Rendered
from antq_desktop.domain.changes import Changes
from antq_desktop.domain.errors import Cancelled, KnownFailure
from antq_desktop.domain.periods import codes_of
from antq_desktop.runtime.language import _, sentence
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.papers.printing import Printing
from antq_desktop.services.reporting.consolidated_papers import ENTITY, FORM
from antq_desktop.services.reporting.consolidating import CommuneFigures, Consolidated, running_text
from antq_desktop.services.reporting.reporting_periods import period_name
from antq_desktop.ui import format as written
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import Column, ListRows, RowsModel
from antq_desktop.ui.pages.consolidated import lists
from antq_desktop.ui.pages.consolidated.lists import FigureRow
from antq_desktop.ui.pages.consolidated.side import CommuneSide, FigureSide
from antq_desktop.ui.pages.filter_text import FilterText
from antq_desktop.ui.pages.list_export import to_workbook
from antq_desktop.ui.pages.panels import Panels
from antq_desktop.ui.pages.verdict_line import VerdictLine
from antq_desktop.ui.paper import OnPaper, Paper
from antq_desktop.ui.paper_desk import show_paper
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.chip_line import ChipLine
from antq_desktop.ui.widgets.choice import Choice
from antq_desktop.ui.widgets.page import Page
from antq_desktop.ui.widgets.table import Table

#: So many communes that are behind are named; the list of communes has them all.
_NAMED = 6


class ConsolidatedPage(Page):
    """The period is chosen above; a row leads to its communes, a commune to the report that it signed."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=_("Consolidated report"),
            sentence=_("What the communes sent, counted by the same definitions and added up."),
            help_text=_(
                "Choose a period. The list of figures has the whole and each commune beside it; the list of communes says how fresh "
                "each one's figures are and whether they agree with the report it signed. Shares are worked out from sums. "
                "Ctrl+P shows the paper, which is printed or saved as PDF, Word or Excel file."
            ),
            parent=parent,
        )
        self._report: Consolidated | None = None
        self.set_main_action(_("Show the paper"), self.print_it, icon="print")
        self.period = Choice(_("Period"))
        self.period.picked.connect(lambda _code: self.make_stale())
        self._offer_periods()
        self.views = ChipLine(("figures", "communes"))
        self.views.show_words({"figures": _("By figure"), "communes": _("By commune")})
        self.views.asked.connect(lambda _key: self._show_view())
        self._text = FilterText(_("Find"), _("Part of a name…"))
        self._text.wanted.connect(self._narrow)
        self.add_filter(_("Period"), self.period)
        self.add_filter("", self.views)
        self.add_filter("", self._text)
        self.behind = VerdictLine()
        self.table: Table | None = None
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addWidget(self.behind)
        self._column.addStretch()
        self.set_body(self._body)
        self._figure, self._commune = FigureSide(desk), CommuneSide()
        self._panels = Panels(self._figure, self._commune)
        self.set_details(_("Figure"), self._panels)
        self.on(Command.PRINT, self.print_it)

    def changed(self, _changes: Changes) -> None:
        """Count anew whatever came: a bundle may bring records of every kind."""
        self.make_stale()

    def year_changed(self, year: int) -> None:
        self._offer_periods()
        super().year_changed(year)

    def wanted(self, **what: object) -> None:
        """``period`` is the code of a period of the working year, ``text`` narrows the list."""
        if what.get("period"):
            self.period.set_value(str(what["period"]))
            self.make_stale()
        if what.get("text"):
            self._text.setText(str(what["text"]))

    def refresh(self) -> None:
        period = str(self.period.value())
        service = self.desk.services.consolidating
        self.desk.run(
            lambda progress: service.report(period, progress),
            self._show_report,
            self._refused,
            title=_("Adding up what the communes sent"),
            owner=self,
        )

    def print_it(self) -> None:
        """Lay the report over the page as paper, once there is one."""
        if self._report is not None:
            show_paper(self, _paper(self._report))

    def see(self, view: str) -> None:
        """Show the list of "figures" or of "communes"."""
        self.views.choose(view)
        self._show_view()

    def _offer_periods(self) -> None:
        codes = codes_of(self.year)
        self.period.set_choices([(code, _capital(period_name(code))) for code in codes])
        if self._report is None or self._report.period.code not in codes:
            self.period.set_value(str(self.year))

    def _show_report(self, report: Consolidated) -> None:
        self.banner.clear()
        self._report = report
        count = len(report.communes)
        self.views.show_words(
            {
                "figures": _("By figure ({count})", count=len(report.lines)),
                "communes": _("By commune ({count})", count=count),
            }
        )
        if report.behind:
            names = ", ".join(one.unit_name for one in report.behind[:_NAMED])
            more = len(report.behind) - _NAMED
            if more > 0:
                names = _("{names} and {count} more", names=names, count=more)
            facts = {"count": len(report.behind), "all": count, "names": names}
            if report.is_running:
                text = _("{count} of {all} communes have sent nothing yet: {names}.", **facts)
            else:
                day = written.day(report.period.days.last)
                text = _("{count} of {all} communes have not sent until {day}: {names}.", day=day, **facts)
            self.behind.say(
                State.LOOK, " ".join([running_text(report), text] if report.is_running else [text])
            )
        elif report.is_running:
            self.behind.say(State.NONE, running_text(report))
        else:
            self.behind.say(
                State.GOOD, _("All {count} communes have sent until the end of the period.", count=count)
            )
        self._show_view()

    def _show_view(self) -> None:
        if self._report is None:
            return
        if self.views.chosen == "figures":
            key, columns = "figures", lists.figure_columns(self._report)
            source, sort = lists.figure_source(self._report), "place"
        else:
            key, columns = "communes", lists.commune_columns(self._report)
            source, sort = lists.commune_source(self._report), "name"
        if self.table is None or [column.title for column in self._model.columns] != [
            column.title for column in columns
        ]:
            self._replace_table(key, columns, sort)
        self._model.set_source(source)

    def _replace_table(self, key: str, columns: list[Column], sort: str) -> None:
        if self.table is not None:
            self.table.hide()
            self.table.deleteLater()
        self.hide_details()
        keys = {"figures": lambda row: row.id, "communes": lambda row: row.unit_code}
        self._model = RowsModel(columns, ListRows(()), sort=sort, key=keys[key])
        self.table = Table(self._model, f"consolidated-{key}", self.desk)
        self.table.setAccessibleName(_("Consolidated figures"))
        self.table.set_empty(_("Nothing to add up"), _("Nothing of this name is counted."))
        self.table.set_export(to_workbook(self.desk, _("Consolidated report")))
        self.table.chosen.connect(self._see)
        self._column.insertWidget(1, self.table, 1)
        self._model.ask(text=self._text.written())

    def _narrow(self, text: str) -> None:
        if self.table is not None:
            self._model.ask(text=text)

    def _see(self, row: FigureRow | CommuneFigures | None) -> None:
        if self._report is None or row is None:
            return
        if isinstance(row, FigureRow):
            self._figure.show_line(self._report, row.line)
            self._panels.show_only(self._figure)
            self.set_details_title(row.line.name)
        else:
            self._commune.show_commune(row, is_behind=self._report.is_behind(row))
            self._panels.show_only(self._commune)
            self.set_details_title(row.unit_name)
        self.show_details()

    def _refused(self, failure: KnownFailure) -> None:
        self.banner.say(State.LOOK if isinstance(failure, Cancelled) else State.BAD, sentence(failure))


def _paper(report: Consolidated) -> Paper:
    def make(papers: Printing, out: Path, _reason: str, progress: Progress) -> Rendered:
        return papers.consolidated_report(report, out, progress)

    return Paper(
        name=_("consolidated-{period}", period=report.period.code.lower()),
        title=_capital(_("consolidated report of {period}", period=report.name)),
        make=make,
        records=[OnPaper(ENTITY, report.period.code, FORM)],
        workbook=True,
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
