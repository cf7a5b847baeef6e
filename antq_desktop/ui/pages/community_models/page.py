"""Where the officer registers the self-managed models of the commune and keeps what is known about each."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.domain.community_models import STATE_NAMES, CommunityModel, ModelState
from antq_desktop.runtime.language import _
from antq_desktop.storage.queries.areas import AreaRow
from antq_desktop.storage.queries.community_models import ModelFilter, ModelRow
from antq_desktop.storage.queries.window import Window
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import RowsModel
from antq_desktop.ui.pages.community_models import model_form
from antq_desktop.ui.pages.community_models.model_form import NONE, capital
from antq_desktop.ui.pages.community_models.model_rows import ModelSource, columns
from antq_desktop.ui.pages.community_models.rating import RatingBox
from antq_desktop.ui.pages.filter_text import FilterText
from antq_desktop.ui.pages.list_export import to_workbook
from antq_desktop.ui.pages.record_editor import RecordEditor
from antq_desktop.ui.pages.sections import Sections
from antq_desktop.ui.widgets.buttons import button
from antq_desktop.ui.widgets.choice import Choice
from antq_desktop.ui.widgets.page import Page
from antq_desktop.ui.widgets.table import Table

_MOST_MODELS = 1_000


@dataclass(frozen=True, slots=True)
class _Offered:
    """What the choices of the form need to know."""

    areas: list[AreaRow]
    models: list[ModelRow]


class ModelsPage(Page):
    """The register of models, the chosen one at the right."""

    tables = frozenset({"community_models", "model_activities", "residential_areas"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=_("Models"),
            sentence=_(
                "The self-managed models of the commune: what they are, who leads them, where they stand."
            ),
            help_text=_(
                "Choose a line to see and edit the model at the right; Ctrl+N registers a new one. Only the kind and the name "
                "are needed at first; the rest can follow. Sites, groups and members are counted apart."
            ),
            parent=parent,
        )
        catalogues = desk.services.catalogues
        self._kinds = catalogues.models.kinds
        self._areas: list[tuple[object, str]] = [("", _("The whole commune"))]
        self._origins: list[tuple[object, str]] = [NONE]
        self.set_main_action(_("Register a model"), self._add)
        self._make_filters()
        self._make_table()
        self._make_details(Sections(model_form.sections(catalogues.models, self._areas, self._origins), desk))
        self.on(Command.SAVE, self._save)
        self.on(Command.SAVE_AND_NEW, partial(self._save, and_new=True))
        self.on(Command.EDIT, self._edit)
        self.on(Command.LEAVE, self.hide_details)

    def refresh(self) -> None:
        services = self.desk.services
        self.desk.run(
            lambda _progress: _Offered(
                services.territory.areas(),
                services.community_models.page(ModelFilter(), Window(limit=_MOST_MODELS)),
            ),
            self._offer,
            owner=self,
        )
        self._model.reload()
        self._rating.show_model(self._editor.record.id if self._editor.record else "")

    def wanted(self, **what: object) -> None:
        """``model_id`` opens one; ``area_id`` and ``state`` filter; ``add`` begins a new one."""
        if "model_id" in what:
            self._editor.open(str(what["model_id"]), self._show)
        if "area_id" in what:
            self._area.set_value(what["area_id"])
            self._model.ask(area_id=what["area_id"] or None)
        if "state" in what:
            self._state.set_value(what["state"])
            self._model.ask(state=what["state"] or None)
        if "add" in what:
            self._add()

    def _make_filters(self) -> None:
        self._area = Choice(_("Residential area"), (("", _("All areas")),))
        self._area.picked.connect(lambda area_id: self._model.ask(area_id=area_id or None))
        states = tuple((str(state), capital(_(word))) for state, word in STATE_NAMES.items())
        self._state = Choice(_("State"), (("", _("All states")), *states))
        self._state.picked.connect(lambda state: self._model.ask(state=state or None))
        self._text = FilterText(_("Find a model"), _("Words of the name…"))
        self._text.wanted.connect(lambda text: self._model.ask(text=text))
        for widget in (self._area, self._state, self._text):
            self.add_filter("", widget)

    def _make_table(self) -> None:
        source = ModelSource(self.desk.services.community_models)
        self._model = RowsModel(columns(self._kinds), source, lane=self.desk.lane, sort="name")
        self._table = Table(self._model, "models", self.desk)
        self._table.setAccessibleName(_("Models"))
        self._table.set_empty(
            _("No model yet"),
            _("Register the first self-managed model; its kind and its name are enough to begin with."),
            (_("Register a model"), self._add),
        )
        self._table.set_export(to_workbook(self.desk, _("Models")))
        self.add_filter_action(_("Save the list"), self._table.export, icon="export", roomy_only=True)
        self._table.chosen.connect(self._choose)
        self._table.opened.connect(lambda _row: self._edit())
        self.set_body(self._table)

    def _make_details(self, form: Sections) -> None:
        services = self.desk.services
        self._form = form
        self._editor: RecordEditor[CommunityModel] = RecordEditor(
            self.desk,
            self,
            form,
            self.banner,
            name="model",
            read=services.community_models.get,
            write=services.community_models.save,
            shown=model_form.shown,
            made=model_form.made,
        )
        form.finished.connect(self._save)
        form.boxes["kind"].edited.connect(self._suggest)
        self._rating = RatingBox(self.desk, services.catalogues.ratings)
        self._rating.show_model("")
        self._activities = button("", self._go_to_activities, icon="activities", kind="link")
        link = QHBoxLayout()
        link.addWidget(self._activities)
        link.addStretch()
        details = QWidget()
        column = QVBoxLayout(details)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addLayout(link)
        column.addWidget(form)
        column.addWidget(self._rating)
        self.set_details(_("Model"), details)
        self.set_details_actions(button(_("Save"), self._save, icon="save", kind="main"))

    def _offer(self, offered: _Offered) -> None:
        alive = [(area.id, area.name) for area in offered.areas if area.valid_to is None]
        past = [(a.id, _("{name} (ended)", name=a.name)) for a in offered.areas if a.valid_to is not None]
        self._areas[1:] = alive + past
        self._origins[1:] = [(model.id, model.name) for model in offered.models]
        for name, choices in (("area_id", self._areas), ("origin_id", self._origins)):
            choice = self._form.boxes[name].input
            if isinstance(choice, Choice):
                choice.set_choices(choices)
        self._area.set_choices((("", _("All areas")), *alive))

    def _choose(self, row: ModelRow | None) -> None:
        if row is not None:
            self._editor.open(row.id, partial(self._show, activities=row.activities))

    def _show(self, model: CommunityModel, activities: int | None = None) -> None:
        self.set_details_title(model.name or _("New model"))
        self._activities.setVisible(bool(model.id))
        self._activities.setText(
            _("Activities") if activities is None else _("{count} activities", count=activities)
        )
        self._rating.show_model(model.id)
        self._table.choose_key(model.id)
        self.show_details()

    def _add(self) -> None:
        kind = next(iter(self._kinds.values()))
        model = CommunityModel(
            id="",
            unit_code="",
            kind=kind.id,
            name="",
            field=kind.field,
            block=kind.block,
            area_id=str(self._area.value() or "") or None,
            state=ModelState.WORKING,
        )
        self.show_details()
        self._editor.begin(model)
        self._show(model)

    def _suggest(self) -> None:
        """Bring the kind's usual field of work and block, as long as the model is new."""
        record = self._editor.record
        kind = self._kinds.get(str(self._form.boxes["kind"].value()))
        if record is None or record.id or kind is None:
            return
        self._form.boxes["field"].set_value(kind.field)
        self._form.boxes["block"].set_value(kind.block)
        name = self._form.boxes["name"]
        if not name.typed() or name.typed() in {known.name for known in self._kinds.values()}:
            name.set_value(kind.name)

    def _edit(self) -> None:
        if self._editor.record is not None:
            self.show_details()
            self._form.focus_first()

    def _save(self, *, and_new: bool = False) -> None:
        self._editor.save(lambda model: self._add() if and_new else self._show(model))

    def _go_to_activities(self) -> None:
        if self._editor.record is not None:
            self.desk.go("activities", model_id=self._editor.record.id)
