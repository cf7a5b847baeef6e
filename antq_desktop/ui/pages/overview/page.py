"""The first page of a commune: what is due, where the commitments stand, how many models there are."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.domain.community_models import STATE_NAMES
from antq_desktop.runtime.language import _
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.overview.due import Due, DueList, due
from antq_desktop.ui.pages.overview.facts import Facts, gather
from antq_desktop.ui.widgets.bars import Bar, Bars
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.figure import Figure
from antq_desktop.ui.widgets.page import Page

_ROOM_FOR_TWO = 860
_ROOM_FOR_FOUR = 640


class OverviewPage(Page):
    """Every figure leads to the rows it was counted from."""

    tables = frozenset(
        {
            "households",
            "residential_areas",
            "campaigns",
            "commitments",
            "community_models",
            "self_assessments",
            "recognitions",
            "settings",
            "journal",
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=_("Overview"),
            sentence=_("What is due, and where the commune stands this year."),
            help_text=_(
                "Every figure and every bar is a way to its rows: click it, or reach it with Tab and press Enter. "
                "The lines under «To do» come and go by themselves."
            ),
            parent=parent,
        )
        self.households = Figure(
            _("Households living here"), lambda: desk.go("households", area_id="", residence="living")
        )
        self.signed = Figure(_("Have signed"), lambda: desk.go("commitments"))
        self.models = Figure(_("Models at work"), lambda: desk.go("models", state="working"))
        self.assessed = Figure(_("Areas assessed"), lambda: desk.go("assessments"))
        self.due = DueList(self._go)
        self.areas = Bars(_("Commitments by area"))
        self.states = Bars(_("Models by state"))
        self._figures = QGridLayout()
        self._pair = QGridLayout()
        self._first = QWidget()
        self._whole = QWidget()
        self._areas_part = _part(_("Commitments by area"), self.areas)
        self._states_part = _part(_("Models by state"), self.states)
        self._put_together()

    def refresh(self) -> None:
        year, application = self.year, self.desk.services
        self.desk.run(lambda _progress: gather(application, year), self.show_facts, owner=self)

    def show_facts(self, facts: Facts) -> None:
        """Show what was gathered."""
        empty = not facts.area_count and not facts.households
        self._first.setVisible(empty)
        self._whole.setHidden(empty)
        number = written.number
        self.households.set_value(
            number(facts.households), _("in {count} residential areas", count=facts.area_count)
        )
        share = facts.signed / facts.households if facts.households else None
        self.signed.set_value(
            written.percent(share) or "–",
            _(
                "{signed} of {living} households",
                signed=number(facts.signed),
                living=number(facts.households),
            ),
        )
        self.models.set_value(
            number(facts.working), _("{count} registered", count=number(sum(facts.models.values())))
        )
        self.assessed.set_value(
            f"{facts.assessed}/{facts.area_count}", _("self-assessments of {year}", year=facts.year)
        )
        self.due.show_lines(due(facts))
        self.areas.set_bars(
            [Bar(area.area_name, area.signed, area.living, key=area.area_id) for area in facts.areas or ()],
            lambda area_id: self.desk.go("commitments", area_id=area_id),
        )
        self._areas_part.setVisible(bool(facts.areas))
        self.states.set_bars(
            [
                Bar(_capital(_(word)), facts.models.get(state, 0), key=str(state))
                for state, word in STATE_NAMES.items()
            ],
            lambda state: self.desk.go("models", state=state),
        )
        self._states_part.setVisible(any(facts.models.values()))

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

    def _arrange(self) -> None:
        columns = 4 if self.width() >= _ROOM_FOR_FOUR else 2
        for place, figure in enumerate((self.households, self.signed, self.models, self.assessed)):
            self._figures.addWidget(figure, place // columns, place % columns)
        beside = self.width() >= _ROOM_FOR_TWO
        self._pair.addWidget(self._areas_part, 0, 0)
        self._pair.addWidget(self._states_part, 0 if beside else 1, 1 if beside else 0)
        self._pair.setColumnStretch(0, 3)
        self._pair.setColumnStretch(1, 2 if beside else 0)

    def _put_together(self) -> None:
        self._figures.setSpacing(12)
        self._pair.setHorizontalSpacing(40)
        self._pair.setVerticalSpacing(24)
        inside = QVBoxLayout(self._whole)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.setSpacing(24)
        inside.addLayout(self._figures)
        inside.addWidget(_part(_("To do"), self.due))
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
        column.addWidget(self._whole)
        column.addStretch()
        self.set_scrolled_body(body)
        self._arrange()


def _part(title: str, content: QWidget) -> QWidget:
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    column.addWidget(label(title, "section"))
    column.addWidget(content)
    column.addStretch()
    return part


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
