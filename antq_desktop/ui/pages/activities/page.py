"""Where the officer records what the models did, week by week or one after another, and finds it again as list or month."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from antq_desktop.domain.activities import ActivityCatalogue, ModelActivity
from antq_desktop.domain.changes import Changes
from antq_desktop.runtime.language import _
from antq_desktop.storage.queries.community_models import ActivityRow, ModelFilter, ModelRow
from antq_desktop.storage.queries.window import Window
from antq_desktop.ui import format as written
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import RowsModel
from antq_desktop.ui.pages.activities import activity_form
from antq_desktop.ui.pages.activities.activity_rows import ALWAYS, QUARTERS, ActivitySource, columns, of_days
from antq_desktop.ui.pages.activities.activity_side import ActivitySide
from antq_desktop.ui.pages.activities.import_steps import ActivityImportWizard
from antq_desktop.ui.pages.activities.month_view import MonthView
from antq_desktop.ui.pages.activities.photo_cover import PhotoCover
from antq_desktop.ui.pages.activities.week_entry import WeekEntry
from antq_desktop.ui.pages.filter_text import FilterText
from antq_desktop.ui.pages.list_export import to_workbook
from antq_desktop.ui.pages.panels import Panels
from antq_desktop.ui.pages.record_editor import RecordEditor
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.choice import Choice
from antq_desktop.ui.widgets.page import Page
from antq_desktop.ui.widgets.table import Table

_MOST_MODELS = 1_000
_LETTERS_OF_A_MODEL = 14
LIST, MONTH, WEEK = "list", "month", "week"


class ActivitiesPage(Page):
    """The activities of the working year as a list, a month or a week's entry; the chosen one at the right."""

    tables = frozenset({"model_activities", "community_models"})
    made_of = frozenset({"issued_catalogues"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=_("Activities"),
            sentence=_("What the models did: patrols, meetings, mediations and the like, with their counts."),
            help_text=_(
                "Ctrl+N begins a new activity. Choose model and kind, type the day and the counts; Enter goes on, "
                "Ctrl+Enter saves and begins the next with the same model, kind and day. «Entry of a week» has a line for each "
                "model: type the counts and the day, Enter saves and goes on, Ctrl+D takes what stands above. "
                "In the month, Enter on a day shows its list. Tips are counts only: no names."
            ),
            parent=parent,
        )
        self._names: dict[object, str] = {}
        self._wanted_model: object = ""
        self._last = ModelActivity(
            id="", unit_code="", model_id="", kind=self._first_kind(), on=self._today()
        )
        self.set_main_action(_("Add activity"), self._add)
        self.week = WeekEntry(desk)
        self._make_filters()
        self._make_table()
        self.month = MonthView(desk)
        self.month.chosen.connect(self._choose)
        self.month.day_opened.connect(self._show_day)
        self._bodies = Panels(self._table, self.month, self.week)
        self.set_body(self._bodies)
        self._bodies.show_only(self._table)
        self._make_details()
        self.on(Command.SAVE, self._save)
        self.on(Command.SAVE_AND_NEW, partial(self._save, and_new=True))
        self.on(Command.EDIT, self._edit)
        self.on(Command.LEAVE, self.hide_details)

    @property
    def view(self) -> str:
        """What the body shows: LIST, MONTH or WEEK."""
        return str(self._view.value())

    def refresh(self) -> None:
        models = self.desk.services.community_models
        self.desk.run(
            lambda _progress: models.page(ModelFilter(), Window(limit=_MOST_MODELS)), self._offer, owner=self
        )
        self._model.reload()
        if self.view == MONTH:
            self.month.show_month(*self.month.shown, self._narrowed_model())

    def wanted(self, **what: object) -> None:
        """``model_id`` narrows to one model, ``kind`` to one kind; ``activity_id`` opens one; ``period``, or ``first`` and ``last`` day, filters; ``view`` and ``add`` as they say."""
        if "model_id" in what:
            self._of_model.set_value(what["model_id"])
            self._narrow(what["model_id"])
        if "period" in what:
            self._period.set_value(what["period"])
            self._model.ask(period=what["period"] or None)
        if "kind" in what:
            self._kind.set_value(what["kind"])
            self._model.ask(kind=what["kind"] or None)
        match what.get("first"), what.get("last"):
            case date() as first, date() as last:
                self._of_model.set_value("")
                self._narrow("")
                self.show_days(first, last)
        if "view" in what:
            self.see(str(what["view"]))
        if "activity_id" in what:
            self._editor.open(str(what["activity_id"]), self._show)
        if "add" in what:
            self._add()

    def see(self, view: str) -> None:
        """Show the list, the month or the entry of a week."""
        self.week.leave()
        self._view.set_value(view)
        bodies = {LIST: self._table, MONTH: self.month, WEEK: self.week}
        self._bodies.show_only(bodies[view])
        for widget in (self._period, self._kind, self._text):
            widget.setVisible(view == LIST)
        self._of_model.setVisible(view != WEEK)
        self._again_button.setVisible(view != WEEK)
        self._another.setVisible(view == WEEK)
        if view == MONTH:
            self.month.show_month(*self.month.shown, self._narrowed_model())
        if view == WEEK:
            self.hide_details()
            self.week.read()

    def leave(self) -> None:
        self.week.leave()
        super().leave()

    def year_changed(self, year: int) -> None:
        """Turn the month to the same one of the other year."""
        super().year_changed(year)
        if self.month.shown[0] != year:
            self.month.show_month(year, self.month.shown[1], self._narrowed_model())

    def _make_filters(self) -> None:
        self._view = Choice(
            _("View"), ((LIST, _("As a list")), (MONTH, _("Month")), (WEEK, _("Entry of a week")))
        )
        self._view.picked.connect(lambda view: self.see(str(view)))
        self._of_model = Choice(_("Model"), (("", _("All models")),))
        self._of_model.let_shrink()
        self._of_model.setMinimumContentsLength(_LETTERS_OF_A_MODEL)
        self._of_model.picked.connect(self._narrow)
        self._period = Choice(_("Time"), self._periods())
        self._period.picked.connect(lambda period: self._model.ask(period=period or None))
        kinds = self.desk.services.catalogues.activities.kinds.values()
        self._kind = Choice(
            _("Kind of activity"), (("", _("All kinds")), *((kind.id, kind.name) for kind in kinds))
        )
        self._kind.let_shrink()
        self._kind.picked.connect(lambda kind: self._model.ask(kind=kind or None))
        self._text = FilterText(_("Find an activity"), _("Words…"))
        self._text.wanted.connect(lambda text: self._model.ask(text=text))
        for widget in (self._view, self._of_model, self._kind, self._period, self._text):
            self.add_filter("", widget)
        self._again_button = self.add_filter_action(_("The last one again"), self._repeat)
        self._another = self.add_filter_action(_("Another line"), self.week.another, icon="plus")
        self._another.hide()
        self.add_filter_action(_("Import"), self._import, icon="import", roomy_only=True)

    @staticmethod
    def _periods() -> list[tuple[object, str]]:
        quarters = [(name, _("Quarter {number}", number=number)) for number, name in enumerate(QUARTERS, 1)]
        return [("", _("The working year")), *quarters, (ALWAYS, _("All years"))]

    def _make_table(self) -> None:
        services = self.desk.services
        source = ActivitySource(services.community_models, lambda: self.year)
        self._model = RowsModel(
            columns(services.catalogues.activities), source, lane=self.desk.lane, sort="on", descending=True
        )
        self._table = Table(self._model, "activities", self.desk)
        self._table.setAccessibleName(_("Activities"))
        self._table.set_export(to_workbook(self.desk, _("Activities")))
        self._table.add_list_action(_("Import"), self._import, "import")
        self.add_filter_action(_("Save the list"), self._table.export, icon="export", roomy_only=True)
        self._table.chosen.connect(self._choose)
        self._table.opened.connect(lambda _row: self._edit())

    def _make_details(self) -> None:
        services = self.desk.services
        self.side = ActivitySide(self.desk)
        self._editor: RecordEditor[ModelActivity] = RecordEditor(
            self.desk,
            self,
            self.side.form,
            self.banner,
            name="activity",
            read=services.community_models.activity,
            write=services.community_models.save_activity,
            shown=activity_form.shown,
            made=activity_form.made,
        )
        self.side.save_asked.connect(self._save)
        self.side.next_asked.connect(partial(self._save, and_new=True))
        self.side.delete_asked.connect(self._delete)
        self.side.copy_asked.connect(self._copy)
        self.side.files.photo_shown.connect(lambda name, picture: PhotoCover(self, name, picture).show())
        self.set_details(_("Activity"), self.side)
        self.set_details_actions(*self.side.buttons)

    def _offer(self, models: list[ModelRow]) -> None:
        named: list[tuple[object, str]] = [(model.id, model.name) for model in models]
        self._names = dict(named)
        self.side.form.set_models(named)
        self._of_model.set_choices((("", _("All models")), *named))
        self._of_model.set_value(self._wanted_model)
        if models:
            title, text = (
                _("No activity in this time"),
                _("Record the first one: model, kind, day and counts."),
            )
            self._table.set_empty(title, text, (_("Add activity"), self._add))
        else:
            title, text = (
                _("No model yet"),
                _("Activities belong to a model. Register the first model, then come back."),
            )
            self._table.set_empty(
                title, text, (_("Register a model"), partial(self.desk.go, "models", add=True))
            )

    def _narrow(self, model_id: object) -> None:
        self._wanted_model = model_id
        self._model.ask(model_id=model_id or None)
        if self.view == MONTH:
            self.month.show_month(*self.month.shown, self._narrowed_model())

    def _narrowed_model(self) -> str | None:
        return str(self._wanted_model) if self._wanted_model else None

    def _show_day(self, day: date) -> None:
        """Narrow the list to one day of the month."""
        self.show_days(day, day)

    def show_days(self, first: date, last: date) -> None:
        """Narrow the list to the days from ``first`` to ``last``."""
        name = of_days(first, last)
        word = written.day(first) if first == last else f"{written.day(first)} – {written.day(last)}"
        self._period.set_choices([*self._periods(), (name, word)])
        self._period.set_value(name)
        self._model.ask(period=name)
        self.see(LIST)
        self._table.setFocus()

    def _choose(self, row: ActivityRow | None) -> None:
        record = self._editor.record
        # A list that was read anew chooses its row again: that asks for nothing.
        if row is not None and (record is None or record.id != row.id):
            self._editor.open(row.id, self._show)

    def _show(self, activity: ModelActivity) -> None:
        self.set_details_title(self._names.get(activity.model_id, "") if activity.id else _("New activity"))
        self._table.choose_key(activity.id)
        self.side.show_activity(activity.id)
        self.show_details()

    def _add(self) -> None:
        model_id = str(self._wanted_model or self._last.model_id)
        self._begin(replace(self._last, model_id=model_id, title="", place="", note="", quantities={}))

    def _repeat(self) -> None:
        """Offer the activity that was recorded last once more, for today; nothing is kept before it is saved."""
        activities, model_id = self.desk.services.activities, str(self._wanted_model)
        self.desk.run(lambda _progress: activities.last(model_id), self._again, owner=self)

    def _again(self, last: ModelActivity | None) -> None:
        if last is None:
            self.banner.say(State.LOOK, _("No activity was recorded yet, so there is none to repeat."))
            return
        self._begin(replace(last, on=self._today()))

    def _begin(self, activity: ModelActivity) -> None:
        if not self._names:
            self.banner.say(
                State.LOOK,
                _("Activities belong to a model. Register the first model, then come back."),
                (_("Register a model"), partial(self.desk.go, "models", add=True)),
            )
            return
        if self.view == WEEK:
            self.see(LIST)
        new = replace(activity, id="", unit_code="", version={})
        self._show(new)
        self._editor.begin(new)

    def _copy(self) -> None:
        record = self._editor.record
        if record is not None and record.id:
            self.side.copies.show_activity(record, list(self._names.items()))
            self.side.show_copies()

    def _import(self) -> None:
        named = list(self._names.items())
        wizard = ActivityImportWizard(self.desk, named, str(self._wanted_model), self.window())
        wizard.open()

    def _edit(self) -> None:
        if self._editor.record is not None:
            self.side.show_form()
            self.show_details()
            self.side.form.focus_first()

    def _save(self, *, and_new: bool = False) -> None:
        if self.side.shows_form:
            self._editor.save(partial(self._saved, and_new=and_new))

    def _saved(self, activity: ModelActivity, *, and_new: bool) -> None:
        self._last = activity
        if and_new:
            self._add()
        else:
            self._show(activity)

    def _delete(self, reason: str) -> None:
        record = self._editor.record
        if record is not None and record.id:
            delete: Callable[..., Any] = self.desk.services.community_models.delete_activity
            self.desk.run(lambda _progress: delete(record.id, reason), self._deleted, owner=self)

    def _deleted(self, _changes: Changes) -> None:
        self.side.why.saved()
        self._editor.record = None
        self.hide_details()
        self.desk.note(_("Deleted. The journal keeps it."))

    def _first_kind(self) -> str:
        catalogue: ActivityCatalogue = self.desk.services.catalogues.activities
        return next(iter(catalogue.kinds))

    def _today(self) -> date:
        today: date = self.desk.services.session.today()
        return today
