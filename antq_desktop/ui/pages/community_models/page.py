"""Where the officer registers the self-managed models of the commune, leads them through their lives and sees where each stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from antq_desktop.domain.community_models import STATE_NAMES, CommunityModel, ModelKind, ModelState
from antq_desktop.runtime.language import _
from antq_desktop.services.movement.model_lives import ModelStanding
from antq_desktop.storage.queries.areas import AreaRow
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import RowsModel
from antq_desktop.ui.pages.community_models import model_form
from antq_desktop.ui.pages.community_models.model_form import NONE, capital
from antq_desktop.ui.pages.community_models.model_rows import (
    ModelLine,
    ModelLines,
    columns,
    rated_view,
)
from antq_desktop.ui.pages.community_models.model_side import ABOUT, ModelSide
from antq_desktop.ui.pages.community_models.model_views import ModelViews
from antq_desktop.ui.pages.community_models.own_kinds import OwnKinds
from antq_desktop.ui.pages.filter_text import FilterText
from antq_desktop.ui.pages.list_export import to_workbook
from antq_desktop.ui.pages.panels import Panels
from antq_desktop.ui.pages.record_editor import RecordEditor
from antq_desktop.ui.pages.sections import Sections
from antq_desktop.ui.widgets.buttons import button
from antq_desktop.ui.widgets.choice import Choice
from antq_desktop.ui.widgets.page import Page
from antq_desktop.ui.widgets.table import Table


@dataclass(frozen=True, slots=True)
class _Read:
    """What the list and the choices of the form need to know."""

    areas: list[AreaRow]
    standings: list[ModelStanding]
    ratings: Mapping[str, str]
    kinds: Mapping[str, ModelKind]


class ModelsPage(Page):
    """The register of models, the chosen one at the right."""

    tables = frozenset(
        {
            "community_models",
            "model_activities",
            "model_ratings",
            "model_steps",
            "model_parts",
            "own_model_kinds",
            "residential_areas",
        }
    )
    made_of = frozenset({"issued_catalogues"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=_("Models"),
            sentence=_("Which models work, which are only on paper, which to replicate and which to remove."),
            help_text=_(
                "Choose a line to see the model at the right: what is known of it, its steps, its sites and groups, its money "
                "and equipment, its ratings. Ctrl+N registers a new one; only the kind and the name are needed at first. "
                "Where a model stands follows from its activities and its rating; the months and years are in the settings."
            ),
            parent=parent,
        )
        catalogue = desk.services.catalogues.models
        self._kinds = dict(catalogue.kinds)
        self._lines: tuple[ModelLine, ...] = ()
        self._kind_choices: list[tuple[object, str]] = [(k.id, k.name) for k in self._kinds.values()]
        self._areas: list[tuple[object, str]] = [("", _("The whole commune"))]
        self._origins: list[tuple[object, str]] = [NONE]
        self.set_main_action(_("Register a model"), self._add)
        self._make_filters()
        self._make_table()
        self._make_details(
            Sections(model_form.sections(catalogue, self._kind_choices, self._areas, self._origins), desk)
        )
        self.on(Command.SAVE, self._save)
        self.on(Command.SAVE_AND_NEW, partial(self._save, and_new=True))
        self.on(Command.EDIT, self._edit)
        self.on(Command.LEAVE, self._leave_part)

    def refresh(self) -> None:
        services, year = self.desk.services, self.year
        self.desk.run(
            lambda _progress: _Read(
                services.territory.areas(),
                services.model_lives.standing(),
                services.period_figures.rated_models(year),
                services.catalogues.models.kinds,
            ),
            self._lay_in,
            owner=self,
        )
        if self._editor.record is not None:
            self.side.rating.show_model(self._editor.record.id)

    def wanted(self, **what: object) -> None:
        """``model_id`` opens one, ``part`` of it; ``area_id``, ``state`` and ``view`` filter, ``rating`` (UNRATED: without one) too.

        ``add`` begins a new one.
        """
        if "model_id" in what:
            part = str(what.get("part", self.side.part))
            self._editor.open(str(what["model_id"]), partial(self._show, part=part))
        if "rating" in what:
            what = {"area_id": "", "state": "", **what, "view": rated_view(str(what["rating"]))}
        choices = {"area_id": self._area, "state": self._state, "view": self._view}
        asked = {name: what[name] for name in choices if name in what}
        if "view" in asked:
            self._view.ask(str(asked["view"] or ""))
        for name in asked.keys() - {"view"}:
            choices[name].set_value(asked[name])
        self._model.ask(None, **{name: value or None for name, value in asked.items()})
        if "add" in what:
            self._add()

    def _make_filters(self) -> None:
        self._view = ModelViews(self.desk.services.catalogues.ratings.scales.values(), self.year)
        self._view.picked.connect(lambda view: self._model.ask(view=view or None))
        self._area: Choice = Choice(_("Residential area"), (("", _("All areas")),))
        self._area.picked.connect(lambda area_id: self._model.ask(area_id=area_id or None))
        states = tuple((str(state), capital(_(word))) for state, word in STATE_NAMES.items())
        self._state: Choice = Choice(_("State"), (("", _("All states")), *states))
        self._state.picked.connect(lambda state: self._model.ask(state=state or None))
        self._text = FilterText(_("Find a model"), _("Words of the name…"))
        self._text.wanted.connect(lambda text: self._model.ask(text=text))
        for widget in (self._view, self._area, self._state, self._text):
            self.add_filter("", widget)

    def _make_table(self) -> None:
        self._model = RowsModel(columns(self._kinds), ModelLines(), sort="name")
        self._table = Table(self._model, "models", self.desk)
        self._table.setAccessibleName(_("Models"))
        self._table.set_empty(
            _("No model yet"),
            _("Register the first self-managed model; its kind and its name are enough to begin with."),
            (_("Register a model"), self._add),
        )
        self._table.set_export(to_workbook(self.desk, _("Models")))
        self._table.add_list_action(_("Own kinds"), self._show_kinds)
        self.add_filter_action(_("Own kinds"), self._show_kinds, roomy_only=True)
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
        self._keep = button(_("Save"), self._save, icon="save", kind="main")
        self._activities = button(_("Activities"), self._go_to_activities, kind="link")
        self._copy = button(_("Replicate…"), self._replicate, kind="link")
        self.side = ModelSide(self.desk, form, self._areas)
        self.side.part_shown.connect(lambda part: self._keep.setVisible(part == ABOUT))
        self.side.changed.connect(self._read_again)
        self._own_kinds = OwnKinds(self.desk)
        self._own_kinds.left.connect(self._edit)
        self._panels = Panels(self.side, self._own_kinds)
        self._panels.show_only(self.side)
        self.set_details(_("Model"), self._panels)
        self.set_details_actions(self._keep, self._activities, self._copy)

    def _lay_in(self, read: _Read) -> None:
        names = {area.id: area.name for area in read.areas}
        self._lines = tuple(
            ModelLine(
                standing, names.get(standing.model.area_id or ""), read.ratings.get(standing.model.id, "")
            )
            for standing in read.standings
        )
        alive = [(area.id, area.name) for area in read.areas if area.valid_to is None]
        past = [(a.id, _("{name} (ended)", name=a.name)) for a in read.areas if a.valid_to is not None]
        self._areas[1:] = alive + past
        self._origins[1:] = [(line.id, line.name) for line in self._lines]
        self._kinds.update(read.kinds)
        self._kind_choices[:] = [(kind.id, kind.name) for kind in read.kinds.values()]
        offered = {"kind": self._kind_choices, "area_id": self._areas, "origin_id": self._origins}
        for name, choices in offered.items():
            choice = self._form.boxes[name].input
            if isinstance(choice, Choice):
                choice.set_choices(choices)
        self._area.set_choices((("", _("All areas")), *alive))
        self._view.show_lines(self._lines, self.year)
        self._model.set_source(ModelLines(self._lines))
        self._say_standing()

    def _say_standing(self) -> None:
        record = self._editor.record
        self.side.say_standing(
            next((line for line in self._lines if record is not None and line.id == record.id), None)
        )

    def _choose(self, row: ModelLine | None) -> None:
        record = self._editor.record
        # A list that was read anew chooses its row again: that asks for nothing.
        if row is not None and (record is None or record.id != row.id):
            self._editor.open(row.id, self._show)

    def _show(self, model: CommunityModel, part: str = "") -> None:
        self._panels.show_only(self.side)
        self.set_details_title(model.name or _("New model"))
        for made in (self._activities, self._copy):
            made.setVisible(bool(model.id))
        self.side.show_model(model)
        if part:
            self.side.show_part(part)
        self._say_standing()
        self._table.choose_key(model.id)
        self.show_details()

    def _add(self) -> None:
        kind = next(iter(self._kinds.values()))
        self._begin(
            CommunityModel(
                id="",
                unit_code="",
                kind=kind.id,
                name="",
                field=kind.field,
                block=kind.block,
                area_id=str(self._area.value() or "") or None,
                state=ModelState.WORKING,
            )
        )

    def _replicate(self) -> None:
        """Begin a model that grows out of the one that is shown."""
        origin = self._editor.record
        if origin is None or not origin.id:
            return
        self._begin(
            CommunityModel(
                id="",
                unit_code="",
                kind=origin.kind,
                name=origin.name,
                field=origin.field,
                block=origin.block,
                level=origin.level,
                lead_unit=origin.lead_unit,
                partner_units=origin.partner_units,
                origin_id=origin.id,
                state=ModelState.PROPOSED,
            )
        )

    def _begin(self, model: CommunityModel) -> None:
        self.show_details()
        self._editor.begin(model)
        self._show(model)
        self._form.focus_first()

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
        self._panels.show_only(self.side)
        if self._editor.record is None:
            self.hide_details()
            return
        self._show(self._editor.record)
        self.side.show_part(ABOUT)
        self._form.focus_first()

    def _save(self, *, and_new: bool = False) -> None:
        if self._panels.current is self._own_kinds:
            self._own_kinds.save()
        elif not self.side.save():
            self._editor.save(lambda model: self._add() if and_new else self._show(model))

    def _leave_part(self) -> None:
        """Close the form that is open in a part, else the details."""
        if not self.side.parts.close_form():
            self.hide_details()

    def _read_again(self) -> None:
        """Show the model as a step or a part left it; what was typed in its form stays."""
        record, self._editor.record = self._editor.record, None
        if record is not None:
            self._editor.open(record.id, self._show)

    def _show_kinds(self) -> None:
        self._own_kinds.read()
        self.set_details_title(_("Kinds of models of your own"))
        self._panels.show_only(self._own_kinds)
        for made in (self._keep, self._activities, self._copy):
            made.hide()
        self.show_details()

    def _go_to_activities(self) -> None:
        if self._editor.record is not None:
            self.desk.go("activities", model_id=self._editor.record.id)
