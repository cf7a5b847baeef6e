"""Where the officer sees how many households have signed, and enters their papers area by area."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from antq_desktop.domain.changes import Changes
from antq_desktop.domain.commitments import Campaign, Share
from antq_desktop.runtime.language import _
from antq_desktop.storage.queries.commitments import AreaStatus, EntryRow
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.commitments.area_entry import AreaEntry, said
from antq_desktop.ui.pages.commitments.campaign_form import CampaignForm
from antq_desktop.ui.pages.print_commitments import print_campaign
from antq_desktop.ui.widgets.bars import Bar, Bars
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.choice import Choice
from antq_desktop.ui.widgets.empty import EmptyNote
from antq_desktop.ui.widgets.page import Page

_ROOM_FOR_BARS = 860
_BARS_WIDTH = 328
_LETTERS_OF_A_CAMPAIGN = 36
_FEWEST_LETTERS = 16
_MILLISECONDS_UNTIL_COUNTED = 400


@dataclass(frozen=True, slots=True)
class _Read:
    """What one look at the database gave: the campaigns of the year, and where the wanted one stands."""

    campaigns: list[Campaign]
    campaign: Campaign | None
    status: list[AreaStatus]
    area_id: str
    rows: list[EntryRow]


class CommitmentsPage(Page):
    """Campaign and area above, shares of the areas at the left, the lines of one area to type in."""

    tables = frozenset({"commitments", "campaigns", "households", "residential_areas"})
    made_of = frozenset({"issued_catalogues"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=_("Commitments"),
            sentence=_("Which household has got, signed or refused its paper, campaign by campaign."),
            help_text=_(
                "Type a word of the area's name and press Enter, then go down line by line: Enter marks the household as "
                "signed on the day typed last, saves and goes on. For anything else type its figure: 1 signed, 2 issued, "
                "3 absent, 4 refused, 5 moved away, 6 not issued; a day typed beside it is the day of that state, else it is "
                "today. Ctrl+D takes over the value above, Ctrl+Z takes the last "
                "line back."
            ),
            parent=parent,
        )
        self._campaign_id = ""
        self._area_id = ""
        self._household_id = ""
        self._entry = AreaEntry(desk)
        self.on(Command.NEW, self._begin_campaign)
        self.on(Command.PRINT, self._print)
        self.on(Command.UNDO, self._entry.undo)
        self.on(Command.EDIT, self._entry.grid.view.setFocus)
        self.on(Command.SAVE, self._save)
        self.on(Command.LEAVE, self.hide_details)
        self.set_main_action(_("Print the form"), self._print, icon="print")
        self._make_filters()
        self._make_body()
        self._campaign_form = CampaignForm(desk.services.catalogues.campaigns, desk)
        self._campaign_form.opened.connect(self._campaign_opened)
        self.set_details(_("New campaign"), self._campaign_form)
        self.set_details_actions(
            button(_("Open the campaign"), self._campaign_form.save, icon="save", kind="main")
        )
        self._soon = QTimer(self, singleShot=True, interval=_MILLISECONDS_UNTIL_COUNTED)
        self._soon.timeout.connect(self._count)
        self._entry.kept.connect(self._soon.start)

    def refresh(self) -> None:
        commitments = self.desk.services.commitments
        year, campaign_id, area_id = self.year, self._campaign_id, self._area_id

        def read() -> _Read:
            campaigns = commitments.campaigns(year)
            campaign = next(
                (c for c in campaigns if c.id == campaign_id), campaigns[0] if campaigns else None
            )
            if campaign is None:
                return _Read([], None, [], "", [])
            status = commitments.status(campaign.id)
            known = [area.area_id for area in status]
            area = area_id if area_id in known else next(iter(known), "")
            rows = commitments.entries(area, campaign.id) if area else []
            return _Read(campaigns, campaign, status, area, rows)

        self.desk.run(lambda _progress: read(), self._show, owner=self)

    def changed(self, changes: Changes) -> None:
        """While the page is in sight, papers only change by its own lines, which show themselves."""
        if self.isVisible() and changes.tables <= {"commitments"}:
            return
        super().changed(changes)

    def wanted(self, **what: object) -> None:
        """``area_id``, ``household_id`` and ``campaign_id`` lead to a line."""
        self._campaign_id = str(what.get("campaign_id") or self._campaign_id)
        self._area_id = str(what.get("area_id") or self._area_id)
        self._household_id = str(what.get("household_id") or "")
        self.make_stale()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = self.width() >= _ROOM_FOR_BARS
        self._left.setVisible(roomy)
        self._campaign.setMinimumContentsLength(_LETTERS_OF_A_CAMPAIGN if roomy else _FEWEST_LETTERS)

    def _make_filters(self) -> None:
        self._campaign = Choice(_("Campaign"))
        self._campaign.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._campaign.picked.connect(self._choose_campaign)
        self.add_filter("", self._campaign)
        self._area = Choice(_("Residential area"))
        self._area.setMinimumContentsLength(12)
        self._area.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._area.picked.connect(self._show_area)
        self._area.picked_in_list.connect(self._entry.grid.view.setFocus)
        self._area.entered.connect(self._entry.grid.view.setFocus)
        self.add_filter("", self._area)
        self.add_filter_action(_("New campaign"), self._begin_campaign, icon="plus")

    def _make_body(self) -> None:
        self._note = EmptyNote(self._entry.grid.view)
        self._total = label("", "strong", wrap=True)
        self._bars = Bars(_("Share signed by area"))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder = QWidget()
        holder.setObjectName("scrolled")
        held = QVBoxLayout(holder)
        held.setContentsMargins(0, 0, 8, 0)
        held.addWidget(self._bars)
        held.addStretch()
        scroll.setWidget(holder)
        self._left = QWidget()
        self._left.setFixedWidth(_BARS_WIDTH)
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._total)
        column.addWidget(scroll, 1)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._left)
        row.addWidget(self._entry, 1)
        self.set_body(body)

    def _show(self, read: _Read) -> None:
        self._campaign_id = read.campaign.id if read.campaign else ""
        self._area_id = read.area_id
        self._campaign.set_choices(tuple((campaign.id, campaign.name) for campaign in read.campaigns))
        self._campaign.set_value(self._campaign_id)
        self._area.set_choices(tuple((area.area_id, area.area_name) for area in read.status))
        self._area.set_value(self._area_id)
        self._show_status(read.status)
        self._entry.show_rows(read.campaign, self._area.currentText(), read.rows)
        self._say_what_first(read)
        if self._household_id:
            self._entry.go_to(self._household_id)
            self._household_id = ""

    def _show_status(self, status: list[AreaStatus]) -> None:
        bars = [Bar(area.area_name, area.signed, area.living, key=area.area_id) for area in status]
        self._bars.set_bars(bars, self._choose_area)
        whole = Share(sum(area.signed for area in status), sum(area.living for area in status))
        self._total.setText(said(_("The whole commune"), whole) if status else "")

    def _say_what_first(self, read: _Read) -> None:
        if read.campaign is None:
            self._note.set_words(
                _("No campaign in {year} yet", year=self.year),
                _("Open the yearly campaign; every household living here then has a line."),
                (_("Open the campaign of {year}", year=self.year), self._open_yearly),
            )
        elif not read.status:
            self._note.set_words(
                _("No household yet"),
                _("Papers belong to households. Take in the list of the commune first."),
                (_("Go to the households"), partial(self.desk.go, "households")),
            )
        self._note.set_count(len(read.rows), narrowed=False)

    def _choose_campaign(self, campaign_id: object) -> None:
        self._campaign_id = str(campaign_id)
        self.refresh()

    def begin(self) -> None:
        """Begin with the area; typing a word of its name chooses it, Enter goes to its lines."""
        self._area.setFocus()

    def _show_area(self, area_id: object) -> None:
        self._area_id = str(area_id)
        self.refresh()

    def _choose_area(self, area_id: object) -> None:
        self._show_area(area_id)
        self._entry.grid.view.setFocus()

    def _open_yearly(self) -> None:
        commitments, year = self.desk.services.commitments, self.year
        self.desk.run(lambda _progress: commitments.yearly(year), self._campaign_opened, owner=self)

    def _begin_campaign(self) -> None:
        self.show_details()
        self._campaign_form.start()

    def _campaign_opened(self, campaign: Campaign) -> None:
        self._campaign_id = campaign.id
        self.hide_details()
        self.desk.announce(Changes.of("campaigns"))

    def _count(self) -> None:
        commitments, campaign_id = self.desk.services.commitments, self._campaign_id
        self.desk.run(lambda _progress: commitments.status(campaign_id), self._show_status, owner=self)

    def _save(self) -> None:
        if self._campaign_form.isVisible():
            self._campaign_form.save()
        else:
            self._entry.grid.view.line_entered.emit(self._entry.grid.view.currentIndex().row())

    def _print(self) -> None:
        campaign = self._campaign.value()
        if campaign:
            print_campaign(self, str(campaign), area_id=self._area_id, household_id=self._entry.household_id)
