"""Where the officer records what the models did, one activity after another, and finds them again."""

from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.domain.activities import ActivityCatalogue, ModelActivity
from antq_desktop.domain.changes import Changes
from antq_desktop.runtime.language import _
from antq_desktop.storage.queries.community_models import ActivityRow, ModelFilter, ModelRow
from antq_desktop.storage.queries.window import Window
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import RowsModel
from antq_desktop.ui.pages.activities import activity_form
from antq_desktop.ui.pages.activities.activity_form import ActivityForm
from antq_desktop.ui.pages.activities.activity_rows import ALWAYS, QUARTERS, ActivitySource, columns
from antq_desktop.ui.pages.list_export import to_workbook
from antq_desktop.ui.pages.panels import Panels
from antq_desktop.ui.pages.record_editor import RecordEditor
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.choice import Choice
from antq_desktop.ui.widgets.field import Field
from antq_desktop.ui.widgets.form import Form
from antq_desktop.ui.widgets.page import Page
from antq_desktop.ui.widgets.table import Table

_MOST_MODELS = 1_000


class ActivitiesPage(Page):
    """The activities of the working year, newest first, the chosen one at the right."""

    tables = frozenset({"model_activities", "community_models"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=_("Activities"),
            sentence=_("What the models did: patrols, meetings, mediations and the like, with their counts."),
            help_text=_(
                "Ctrl+N begins a new activity. Choose model and kind, type the day and the counts; Enter goes on, "
                "Ctrl+Enter saves and begins the next with the same model, kind and day. "
                "Tips are counts only: no names."
            ),
            parent=parent,
        )
        self._names: dict[object, str] = {}
        self._last = ModelActivity(
            id="", unit_code="", model_id="", kind=self._first_kind(), on=self._today()
        )
        self.set_main_action(_("Add activity"), self._add)
        self._make_filters()
        self._make_table()
        self._make_details()
        self.on(Command.SAVE, self._save)
        self.on(Command.SAVE_AND_NEW, partial(self._save, and_new=True))
        self.on(Command.EDIT, self._edit)
        self.on(Command.LEAVE, self.hide_details)

    def refresh(self) -> None:
        models = self.desk.services.community_models
        self.desk.run(
            lambda _progress: models.page(ModelFilter(), Window(limit=_MOST_MODELS)), self._offer, owner=self
        )
        self._model.reload()

    def wanted(self, **what: object) -> None:
        """``model_id`` narrows to one model; ``activity_id`` opens one; ``period`` filters; ``add`` begins a new one."""
        if "model_id" in what:
            self._of_model.set_value(what["model_id"])
            self._narrow(what["model_id"])
        if "period" in what:
            self._period.set_value(what["period"])
            self._model.ask(period=what["period"] or None)
        if "activity_id" in what:
            self._editor.open(str(what["activity_id"]), self._show)
        if "add" in what:
            self._add()

    def _make_filters(self) -> None:
        self._wanted_model: object = ""
        self._of_model = Choice(_("Model"), (("", _("All models")),))
        self._of_model.picked.connect(self._narrow)
        self._period = Choice(
            _("Time"),
            (
                ("", _("The working year")),
                *((name, _("Quarter {number}", number=number)) for number, name in enumerate(QUARTERS, 1)),
                (ALWAYS, _("All years")),
            ),
        )
        self._period.picked.connect(lambda period: self._model.ask(period=period or None))
        self.add_filter("", self._of_model)
        self.add_filter("", self._period)

    def _make_table(self) -> None:
        services = self.desk.services
        source = ActivitySource(services.community_models, lambda: self.year)
        self._model = RowsModel(
            columns(services.catalogues.activities), source, lane=self.desk.lane, sort="on", descending=True
        )
        self._table = Table(self._model, "activities", self.desk)
        self._table.setAccessibleName(_("Activities"))
        self._table.set_export(to_workbook(self.desk, _("Activities")))
        self.add_filter_action(_("Save the list"), self._table.export, icon="export", roomy_only=True)
        self._table.chosen.connect(self._choose)
        self._table.opened.connect(lambda _row: self._edit())
        self.set_body(self._table)

    def _make_details(self) -> None:
        services = self.desk.services
        self._form = ActivityForm(services.catalogues.activities, self.desk)
        self._editor: RecordEditor[ModelActivity] = RecordEditor(
            self.desk,
            self,
            self._form,
            self.banner,
            name="activity",
            read=services.community_models.activity,
            write=services.community_models.save_activity,
            shown=activity_form.shown,
            made=activity_form.made,
        )
        self._form.finished.connect(partial(self._save, and_new=True))
        self._why = Form([Field("reason", _("Why is it deleted?"), required=True)], self.desk)
        self._why.finished.connect(self._delete)
        why = QWidget()
        column = QVBoxLayout(why)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(
            label(
                _("The activity leaves all lists and counts. The journal keeps what it said."),
                "muted",
                wrap=True,
            )
        )
        column.addWidget(self._why)
        self._panels = Panels(self._form, why)
        self._panel_why = why
        self.set_details(_("Activity"), self._panels)
        self._save_button = button(_("Save"), self._save, icon="save", kind="main")
        self._delete_button = button(_("Delete…"), self._ask_why, icon="delete")
        self._sure_button = button(_("Delete"), self._delete, icon="delete", kind="danger")
        self._stay_button = button(_("Do not delete"), self._show_form)
        self.set_details_actions(self._save_button, self._delete_button, self._sure_button, self._stay_button)
        self._show_form()
        self.hide_details()

    def _offer(self, models: list[ModelRow]) -> None:
        named: list[tuple[object, str]] = [(model.id, model.name) for model in models]
        self._names = dict(named)
        self._form.set_models(named)
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

    def _choose(self, row: ActivityRow | None) -> None:
        if row is not None:
            self._editor.open(row.id, self._show)

    def _show(self, activity: ModelActivity) -> None:
        self.set_details_title(self._names.get(activity.model_id, "") if activity.id else _("New activity"))
        self._table.choose_key(activity.id)
        self._show_form()

    def _show_form(self) -> None:
        known = self._editor.record is not None and bool(self._editor.record.id)
        self._panels.show_only(self._form)
        for made, seen in (
            (self._save_button, True),
            (self._delete_button, known),
            (self._sure_button, False),
            (self._stay_button, False),
        ):
            made.setVisible(seen)
        self.show_details()

    def _add(self) -> None:
        if not self._names:
            self.banner.say(
                State.LOOK,
                _("Activities belong to a model. Register the first model, then come back."),
                (_("Register a model"), partial(self.desk.go, "models", add=True)),
            )
            return
        model_id = str(self._wanted_model or self._last.model_id)
        new = ModelActivity(id="", unit_code="", model_id=model_id, kind=self._last.kind, on=self._last.on)
        self._show_form()
        self._editor.begin(new)
        self._show(new)

    def _edit(self) -> None:
        if self._editor.record is not None:
            self._show_form()
            self._form.focus_first()

    def _save(self, *, and_new: bool = False) -> None:
        if self._panels.current is self._form:
            self._editor.save(partial(self._saved, and_new=and_new))

    def _saved(self, activity: ModelActivity, *, and_new: bool) -> None:
        self._last = activity
        if and_new:
            self._add()
        else:
            self._show(activity)

    def _ask_why(self) -> None:
        record = self._editor.record
        if record is None or not record.id:
            return
        self._why.show_record(f"delete/{record.id}", {})
        self._panels.show_only(self._panel_why)
        for made, seen in (
            (self._save_button, False),
            (self._delete_button, False),
            (self._sure_button, True),
            (self._stay_button, True),
        ):
            made.setVisible(seen)
        self._why.focus_first()

    def _delete(self) -> None:
        record = self._editor.record
        if record is None or not self._why.check():
            return
        reason = str(self._why.values()["reason"])
        delete = self.desk.services.community_models.delete_activity
        self.desk.run(lambda _progress: delete(record.id, reason), self._deleted, owner=self)

    def _deleted(self, _changes: Changes) -> None:
        self._why.saved()
        self._editor.record = None
        self.hide_details()
        self.desk.note(_("Deleted. The journal keeps it."))

    def _first_kind(self) -> str:
        catalogue: ActivityCatalogue = self.desk.services.catalogues.activities
        return next(iter(catalogue.kinds))

    def _today(self) -> date:
        today: date = self.desk.services.session.today()
        return today
