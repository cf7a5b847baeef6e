"""Where the officer keeps the residential areas and finds, adds and mends the households in them."""

from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from antq_desktop.domain.households import Household
from antq_desktop.runtime.language import _
from antq_desktop.storage.queries.areas import AreaRow
from antq_desktop.storage.queries.households import HouseholdRow
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import RowsModel
from antq_desktop.ui.pages.areas_households import household_form
from antq_desktop.ui.pages.areas_households.area_side import AreaSide
from antq_desktop.ui.pages.areas_households.household_form import HouseholdPanel
from antq_desktop.ui.pages.areas_households.household_rows import (
    EVERYBODY,
    HouseholdSource,
    columns,
    paper_word,
)
from antq_desktop.ui.pages.areas_households.move_households import MoveHouseholds
from antq_desktop.ui.pages.areas_households.remove_household import RemoveHousehold
from antq_desktop.ui.pages.areas_households.task import Task
from antq_desktop.ui.pages.filter_text import FilterText
from antq_desktop.ui.pages.import_wizard.wizard import ImportWizard
from antq_desktop.ui.pages.list_export import to_workbook
from antq_desktop.ui.pages.panels import Panels
from antq_desktop.ui.pages.print_commitments import print_chosen
from antq_desktop.ui.pages.record_editor import RecordEditor
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.buttons import button
from antq_desktop.ui.widgets.choice import Choice
from antq_desktop.ui.widgets.page import Page
from antq_desktop.ui.widgets.table import Table

_ROOM_FOR_THE_LIST = 620


class AreasHouseholdsPage(Page):
    """Areas at the left, households in the middle, the details of either at the right."""

    tables = frozenset({"residential_areas", "successions", "households", "commitments", "campaigns"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=_("Areas and households"),
            sentence=_("The residential areas of the commune and the households living in them."),
            help_text=_(
                "Choose an area at the left to see its households. Type words of a name, number, telephone or address to "
                "find one; tone marks are not needed. Choose a line to edit it at the right and save with Ctrl+S. "
                "«Import a list» takes a spreadsheet in as it is."
            ),
            parent=parent,
        )
        self._areas = AreaSide(self, self._show_panel)
        self._areas.narrowed.connect(self._filter_area)
        self.set_main_action(_("Add household"), self._add)
        self._make_filters()
        self._make_body()
        self._make_details()
        self.on(Command.SAVE, self._save)
        self.on(Command.SAVE_AND_NEW, partial(self._save, and_new=True))
        self.on(Command.EDIT, self._edit)
        self.on(Command.LEAVE, self.hide_details)
        self.on(Command.PRINT, self._print)

    def refresh(self) -> None:
        self.desk.run(lambda _progress: self.desk.services.territory.areas(), self._show_areas, owner=self)
        self._model.reload()

    def wanted(self, **what: object) -> None:
        """Open ``household_id``, narrow to ``area_id``, filter by ``text`` and ``residence``, or ``import_list``."""
        if "household_id" in what:
            self._editor.open(str(what["household_id"]), self._show_household)
        if "area_id" in what:
            self._areas.narrow(str(what["area_id"] or ""))
        if "residence" in what:
            self._residence.set_value(what["residence"])
            self._filter_residence(what["residence"])
        if "import_list" in what:
            self._import()
        if "text" in what:
            self._text.setText(str(what["text"]))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = self.width() >= _ROOM_FOR_THE_LIST
        self._areas.list.setVisible(roomy)
        self._area.setVisible(not roomy)

    def _make_filters(self) -> None:
        self._area = Choice(_("Residential area"), (("", _("The whole commune")),))
        self._area.picked.connect(lambda area_id: self._areas.narrow(str(area_id)))
        self._residence = Choice(
            _("Residence"),
            (("living", _("Living here")), ("moved_away", _("Moved away")), (EVERYBODY, _("All of them"))),
        )
        self._residence.picked.connect(self._filter_residence)
        self.add_filter("", self._residence)
        self._text = FilterText(_("Find a household"), _("Name, number, phone…"))
        self.add_filter("", self._text)
        self.add_filter("", self._area)
        self.add_filter_action(_("Import a list"), self._import, icon="import")

    def _make_body(self) -> None:
        self._model = RowsModel(
            columns(), HouseholdSource(self.desk.services.households), lane=self.desk.lane, sort="head"
        )
        self._table = Table(self._model, "households", self.desk)
        self._table.setAccessibleName(_("Households"))
        self._table.set_empty(
            _("No household yet"),
            _("Take in the list the commune has as a spreadsheet, or add the first household by hand."),
            (_("Import a list"), self._import),
        )
        self._table.add_row_action(_("Print the commitment form…"), self._print)
        self._table.add_row_action(_("Moved away…"), self._move_chosen)
        self._table.add_row_action(_("Remove…"), self._remove_chosen)
        self._table.set_export(to_workbook(self.desk, _("Households")))
        self.add_filter_action(_("Save the list"), self._table.export, icon="export", roomy_only=True)
        self._table.chosen.connect(self._choose)
        self._table.opened.connect(lambda _row: self._edit())
        self._text.wanted.connect(lambda text: self._model.ask(text=text))
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.setHandleWidth(16)
        split.addWidget(self._areas.list)
        split.addWidget(self._table)
        split.setStretchFactor(1, 1)
        split.setSizes([220, 800])
        self.set_body(split)

    def _make_details(self) -> None:
        services = self.desk.services
        self._household = HouseholdPanel(self.desk)
        self._editor: RecordEditor[Household] = RecordEditor(
            self.desk,
            self,
            self._household.form,
            self.banner,
            name="household",
            read=services.households.get,
            write=services.households.save,
            shown=household_form.shown,
            made=household_form.made,
        )
        self._household.form.finished.connect(self._save)
        self._moving = MoveHouseholds(self.desk)
        self._moving.finished.connect(lambda _changes: self.hide_details())
        self._removing = RemoveHousehold(self.desk)
        self._removing.finished.connect(self._removed)
        self._removing.moved.connect(self._moved_instead)
        self._panels = Panels(self._household, self._moving, self._removing, *self._areas.panels)
        self.set_details(_("Household"), self._panels)
        self._save_button = button(_("Save"), self._save, icon="save", kind="main")
        self._moved_button = button(_("Moved away…"), self._moved_away)
        self._remove_button = button(_("Remove…"), self._ask_removal, icon="delete")
        self._sure_button = button(_("Remove"), self._removing.save, icon="delete", kind="danger")
        self._stay_button = button(_("Do not remove"), self._stay)
        self.set_details_actions(
            self._save_button, self._moved_button, self._remove_button, self._sure_button, self._stay_button
        )

    # Households

    def _choose(self, row: HouseholdRow | None) -> None:
        if row is not None:
            self._editor.open(row.id, partial(self._show_household, paper=row))

    def _show_household(self, household: Household, paper: HouseholdRow | None = None) -> None:
        self._show_panel(self._household, household.head or _("New household"))
        if paper is not None:
            word = _("Paper of {year}: {state}", year=self.year, state=paper_word(paper.commitment_state))
            self._household.show_paper(household, word)
        else:
            self._household.show_paper(household, _("Paper of {year}", year=self.year))
        self._table.choose_key(household.id)

    def _add(self) -> None:
        if not self._areas.alive:
            self._areas.add()
            self.banner.say(State.LOOK, _("First add the residential area that the household lives in."))
            return
        self._show_panel(self._household, _("New household"))
        self._remove_button.hide()
        self._editor.begin(Household(id="", unit_code="", area_id=self._areas.area_id, head=""))
        self._household.show_paper(Household(id="", unit_code="", area_id="", head=""), "")

    def _edit(self) -> None:
        if self._panels.current is self._household:
            self.show_details()
            self._household.form.focus_first()
        elif self._areas.area_id:
            self._areas.open(self._areas.area_id)

    def _save(self, *, and_new: bool = False) -> None:
        current = self._panels.current
        if isinstance(current, Task):
            current.save()
        elif current is self._household:
            self._editor.save(partial(self._saved, and_new=and_new))

    def _saved(self, household: Household, *, and_new: bool) -> None:
        if and_new:
            self._add()
        else:
            self._show_household(household)

    def _moved_away(self) -> None:
        """Lay the move into the form, with today; saving keeps it."""
        boxes = self._household.form.boxes
        boxes["residence"].set_value("moved_away")
        boxes["moved_on"].set_value(self.desk.services.session.today())
        boxes["moved_on"].edited.emit()
        boxes["moved_on"].input.setFocus()
        self.desk.note(_("Correct the day of moving if need be, then save."))

    def _move_chosen(self) -> None:
        self._table.with_chosen(self._begin_moving)

    def _begin_moving(self, rows: list[HouseholdRow]) -> None:
        self._show_panel(self._moving, self._moving.title)
        self._moving.start(rows)

    def _remove_chosen(self) -> None:
        self._table.with_chosen(self._begin_removing)

    def _begin_removing(self, rows: list[HouseholdRow]) -> None:
        if len(rows) == 1:
            self._editor.open(rows[0].id, lambda _household: self._ask_removal())
        else:
            self.banner.say(State.LOOK, _("Choose one household: each is removed with a reason of its own."))

    def _ask_removal(self) -> None:
        household = self._editor.record
        if household is not None and household.id:
            self.banner.clear()
            self._show_panel(self._removing, self._removing.title)
            areas = {area.id: area.name for area in self._areas.areas}
            self._removing.start(household, areas.get(household.area_id, ""))

    def _stay(self) -> None:
        if self._editor.record is not None:
            self._show_household(self._editor.record)

    def _moved_instead(self) -> None:
        self._stay()
        self._moved_away()

    def _removed(self, _changes: object) -> None:
        """Go on with the next household of the list, after the last one with that before it."""
        self.desk.note(_("It was removed."))
        gone, self._editor.record = self._editor.record, None
        self._household.form.saved()
        place = self._model.place_of(gone.id) if gone is not None else None
        near = () if place is None else (place + 1, place - 1)
        row = next((row for row in map(self._model.row_at, near) if row is not None), None)
        self._table.setFocus()
        if row is None:
            self.hide_details()
        else:
            self._table.choose_key(row.id)
            self._choose(row)

    def _print(self) -> None:
        if self._table.chosen_count():
            self._table.with_chosen(lambda rows: print_chosen(self, [row.id for row in rows]))
        else:
            self.banner.say(State.LOOK, _("Choose the households whose form is to be printed."))

    def _import(self) -> None:
        wizard = ImportWizard(self.desk, self)
        wizard.ended.connect(self.make_stale)
        wizard.open()

    # Areas

    def _show_areas(self, areas: list[AreaRow]) -> None:
        self._areas.set_areas(areas)
        names = [(area.id, area.name) for area in self._areas.alive]
        past = [(area.id, _("{name} (ended)", name=area.name)) for area in self._areas.ended]
        self._area.set_choices((("", _("The whole commune")), *names))
        self._area.set_value(self._areas.area_id)
        self._household.set_areas(names + past)
        if not areas:
            self._table.set_empty(
                _("No residential area and no household yet"),
                _(
                    "Take in the list the commune has as a spreadsheet: areas and households come from it by themselves."
                ),
                (_("Import a list"), self._import),
            )

    def _filter_area(self, area_id: str) -> None:
        self._area.set_value(area_id)
        self._model.ask(area_id=area_id or None)

    def _filter_residence(self, residence: object) -> None:
        self._model.ask(residence=None if residence == "living" else residence)

    def _show_panel(self, panel: QWidget, title: str) -> None:
        if panel is not self._panels.current and self._panels.current is not None:
            self.leave()
        self._panels.show_only(panel)
        self.set_details_title(title)
        self._save_button.setVisible(panel not in (self._areas.card, self._removing))
        for made in (self._moved_button, self._remove_button):
            made.setVisible(panel is self._household)
        for made in (self._sure_button, self._stay_button):
            made.setVisible(panel is self._removing)
        self.show_details()
