"""Where the officer records Ngày hội toàn dân bảo vệ an ninh Tổ quốc site by site, and sees which areas still lack it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from antq_desktop.domain.festival import FestivalDay, hand_in_units
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.runtime.language import _
from antq_desktop.services.movement.festival import FestivalRow
from antq_desktop.storage.queries.areas import AreaRow
from antq_desktop.ui import format as written
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import RowsModel
from antq_desktop.ui.pages.festival import site_form, site_rows
from antq_desktop.ui.pages.filter_text import FilterText
from antq_desktop.ui.pages.kept_side import KeptKind, KeptSide
from antq_desktop.ui.pages.list_export import to_workbook
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.chip_line import ChipLine
from antq_desktop.ui.widgets.page import Page
from antq_desktop.ui.widgets.table import Table

SITES, FESTIVITIES, MISSING = "sites", "festivities", "missing"


@dataclass(frozen=True, slots=True)
class _Read:
    """What the page shows, all of one look at the database."""

    sites: list[FestivalRow]
    missing: list[ResidentialArea]
    areas: list[AreaRow]


class FestivalPage(Page):
    """The sites of the year, the chosen one at the right; the areas without one as a list of their own."""

    tables = frozenset({"festival_days", "residential_areas"})
    made_of = frozenset({"issued_catalogues"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=_("Ngày hội 19/8"),
            sentence=_("Ngày hội toàn dân bảo vệ an ninh Tổ quốc, site by site, in counts."),
            help_text=_(
                "Ctrl+N records a site; tick the residential areas that held it there together. The figure of those without one "
                "shows them by name; Enter on one of them begins its site. Ngày hội is usually held from 01/07 to 19/08; another "
                "day is only remarked on. Plan, minutes and photographs can be kept with each site."
            ),
            parent=parent,
        )
        self._areas: list[tuple[str, str]] = []
        self._wanted = ""
        self.set_main_action(_("Record a site"), self.add)
        self._make_lists()
        self.side = self._made_side()
        self.set_details_actions(button(_("Save"), self._save, icon="save", kind="main"))
        self.on(Command.SAVE, self._save)
        self.on(Command.SAVE_AND_NEW, lambda: self.side.save(lambda _site: self.add()))
        self.on(Command.EDIT, self._edit)

    def refresh(self) -> None:
        services, year = self.desk.services, self.year
        self.desk.run(
            lambda _progress: _Read(
                services.festival.rows(year),
                services.festival.areas_without(year),
                services.territory.areas(),
            ),
            self._show_read,
            owner=self,
        )

    def begin(self) -> None:
        self.table.setFocus()

    def year_changed(self, year: int) -> None:
        self.hide_details()
        self.side.forget()
        super().year_changed(year)

    def wanted(self, **what: object) -> None:
        """``site_id`` opens one, ``view`` shows a list (sites, festivities or missing), ``add`` begins a new one."""
        if "view" in what:
            self.see(str(what["view"]))
        if "site_id" in what:
            self.see(SITES)
            self._wanted = str(what["site_id"])
            self.make_stale()
        if "add" in what:
            self.add()

    def see(self, view: str) -> None:
        """Show all sites, those with festivities, or the areas without a site."""
        self.chips.choose(view)
        self._stack.setCurrentWidget(self.missing if view == MISSING else self.table)
        self._sites.ask(festivities=True if view == FESTIVITIES else None)

    def add(self, area: ResidentialArea | None = None) -> None:
        """Begin a site, of one area or of none yet."""
        self.show_details()
        if area is None:
            self.side.begin(site_form.new(self.year))
        else:
            self.side.begin(site_form.new(self.year, (area.id,), area.name))

    def _make_lists(self) -> None:
        self.chips = ChipLine((SITES, FESTIVITIES, MISSING))
        self.chips.asked.connect(self.see)
        self._totals = label("", "muted", wrap=True)
        self._sites = RowsModel(site_rows.columns(), site_rows.source(()), sort="on")
        self.table = Table(self._sites, "festival", self.desk)
        self.table.setAccessibleName(_("Sites of Ngày hội"))
        self.table.set_empty(
            _("No site is recorded in this year"),
            _("Record each place where Ngày hội was held, with the residential areas that held it there."),
            (_("Record a site"), self.add),
        )
        self.table.set_export(to_workbook(self.desk, _("Sites of Ngày hội")))
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(lambda _row: self._edit())
        self._missing = RowsModel(site_rows.missing_columns(), site_rows.missing_source(()), sort="name")
        self.missing = Table(self._missing, "festival-missing", self.desk)
        self.missing.setAccessibleName(_("Areas without Ngày hội"))
        self.missing.set_empty(
            _("No residential area is missing"), _("Each one stands at a site of the year.")
        )
        self.missing.set_export(to_workbook(self.desk, _("Areas without Ngày hội")))
        self.missing.opened.connect(self.add)
        text = FilterText(_("Find a site"), _("Part of a place or area…"))
        text.wanted.connect(self._search)
        self.add_filter("", text)
        self.add_filter_action(_("Save the list"), self._export, icon="export", roomy_only=True)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.missing)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.chips)
        column.addWidget(self._totals)
        column.addWidget(self._stack, 1)
        self.set_body(body)
        self._show_figures([], [])

    def _made_side(self) -> KeptSide:
        """Return new details with a tick for each area there is."""
        service = self.desk.services.festival
        units = hand_in_units(self.desk.services.catalogues.activities)
        kind = KeptKind(
            name="festival",
            sections=site_form.sections(self._areas, units),
            read=service.get,
            write=service.save,
            delete=service.delete,
            shown=site_form.shown,
            made=site_form.made,
            called=lambda site: site.place,
            many=service,
        )
        side = KeptSide(self, kind)
        side.shown.connect(self._show)
        side.finished.connect(self._save)
        self.set_details(_("Site"), side)
        return side

    def _show_read(self, read: _Read) -> None:
        self._offer_areas(read.areas)
        self._show_figures(read.sites, read.missing)
        self._sites.set_source(site_rows.source(read.sites))
        self._missing.set_source(site_rows.missing_source(read.missing))
        if self._wanted:
            self.side.open(self._wanted)
            self._wanted = ""

    def _show_figures(self, sites: Sequence[FestivalRow], missing: Sequence[ResidentialArea]) -> None:
        with_festivities = sum(site.with_festivities for site in sites)
        self.chips.show_words(
            {
                SITES: _("{count} sites", count=written.number(len(sites))),
                FESTIVITIES: _("{count} with festivities", count=written.number(with_festivities)),
                MISSING: _("{count} areas without it", count=written.number(len(missing))),
            }
        )
        said = site_rows.totals(sites)
        self._totals.setText(said)
        self._totals.setVisible(bool(said))

    def _offer_areas(self, areas: Sequence[AreaRow]) -> None:
        """Make the details anew when there are other areas to tick than before; what was typed comes back as a draft."""
        offered = [
            (area.id, area.name if area.valid_to is None else _("{name} (ended)", name=area.name))
            for area in areas
            if area.valid_from.year <= self.year
            and (area.valid_to is None or area.valid_to.year >= self.year)
        ]
        if offered == self._areas:
            return
        self._areas = offered
        record: FestivalDay | None = self.side.record
        was_open = self.side.isVisible()
        self.leave()
        self.side = self._made_side()
        if record is not None and was_open:
            if record.id:
                self.side.open(record.id)
            else:
                self.side.begin(record)

    def _choose(self, row: FestivalRow | None) -> None:
        """Open a site; the list out of sight chooses its row again when it is read anew."""
        if row is not None and self._stack.currentWidget() is self.table:
            self.side.open(row.id)

    def _show(self, site: FestivalDay) -> None:
        self.set_details_title(site.place or _("New site"))
        self.table.choose_key(site.id)
        self.show_details()

    def _edit(self) -> None:
        if self.side.record is not None:
            self.show_details()
            self.side.form.focus_first()

    def _save(self) -> None:
        self.side.save()

    def _search(self, text: str) -> None:
        self._sites.ask(text=text)
        self._missing.ask(text=text)

    def _export(self) -> None:
        (self.missing if self._stack.currentWidget() is self.missing else self.table).export()
