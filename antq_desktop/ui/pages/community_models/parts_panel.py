"""The sites and groups of a model in its details: listed, added, corrected and ended in place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.domain.community_models import CommunityModel
from antq_desktop.domain.model_parts import PART_NAMES, Counts, ModelPart, PartKind
from antq_desktop.runtime.language import _
from antq_desktop.services.movement.model_lives import ModelLives
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.community_models.model_form import Choices
from antq_desktop.ui.pages.community_models.record_line import RecordLine, Way
from antq_desktop.ui.pages.community_models.refusals import refusing, tell_warnings
from antq_desktop.ui.pages.panels import Panels
from antq_desktop.ui.widgets.banner import Banner
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.choice import Choice
from antq_desktop.ui.widgets.emptied import empty
from antq_desktop.ui.widgets.field import Field
from antq_desktop.ui.widgets.flow import Flow
from antq_desktop.ui.widgets.form import Form


@dataclass(frozen=True, slots=True)
class _Parts:
    parts: list[ModelPart]
    counts: Counts


class PartsPanel(QWidget):
    """``changed`` when the parts, and with them the counts of the model, are others now."""

    changed = Signal()

    def __init__(self, desk: Desk, areas: Choices, parent: QWidget | None = None) -> None:
        """``areas`` is a list that the page may change later."""
        super().__init__(parent)
        self._desk = desk
        self._areas = areas
        self._model: CommunityModel | None = None
        self._part: ModelPart | None = None
        self._deed = ""
        self.lines: dict[str, RecordLine] = {}
        self.banner = Banner()
        self._said = label("", "muted", wrap=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self.form = Form(_fields(areas), desk)
        self.form.finished.connect(self.save)
        self.ending = Form(
            [
                Field("on", _("Last day"), kind="date", required=True, width=160),
                Field("reason", _("Why"), required=True),
            ],
            desk,
        )
        self.removing = Form([Field("reason", _("Why it is removed"), required=True)], desk)
        for asked in (self.ending, self.removing):
            asked.finished.connect(self.save)
        self._title = label("", "section", wrap=True)
        self._keep = button(_("Save"), self.save, icon="save", kind="main")
        self._forms = Panels(self.form, self.ending, self.removing)
        self._asked = QWidget()
        self._overview = QWidget()
        self._lay_out()
        self._panels.show_only(self._overview)

    def show_model(self, model: CommunityModel) -> None:
        """Show the parts of a model; another one than before closes the open form."""
        if self._model is None or model.id != self._model.id:
            self.banner.clear()
            self.close_form()
        self._model = model
        if not model.id:
            return
        lives = self._lives
        choice = self.form.boxes["area_id"].input
        if isinstance(choice, Choice):
            choice.set_choices(self._areas)
        self._desk.run(
            lambda _progress: _Parts(lives.parts(model.id), lives.counts(model.id)),
            partial(self._show, model.id),
            owner=self,
        )

    def add(self, kind: PartKind) -> None:
        """Begin a site or group of the model that is shown."""
        if self._model is None:
            return
        began = self._model.launched_on or self._model.decision_date or self._desk.services.session.today()
        self._part = ModelPart(
            id="",
            unit_code="",
            model_id=self._model.id,
            kind=kind,
            name="",
            area_id=self._model.area_id,
            valid_from=began,
        )
        self._open("save", _("New site") if kind == "site" else _("New group"), self.form, _("Save"))
        self.form.show_record(f"model-part/{self._model.id}/{kind}/new", _shown(self._part))
        self.form.focus_first()

    def close_form(self) -> bool:
        """Close the open form and keep what was typed; return whether there was one."""
        was_open = self._panels.current is self._asked
        for form in (self.form, self.ending, self.removing):
            form.keep_draft()
        self._deed = ""
        self._panels.show_only(self._overview)
        return was_open

    def save(self) -> None:
        """Do what the open form asks for."""
        part, form = self._part, self._form
        if part is None or form is None or not form.check():
            return
        values, lives = form.values(), self._lives
        deeds: dict[str, Callable[[], Any]] = {
            "save": lambda: lives.save_part(_made(part, values)),
            "end": lambda: lives.end_part(part.id, values["on"], values["reason"]),  # type: ignore[arg-type]  # kinds of the fields
            "remove": lambda: lives.remove_part(part.id, str(values["reason"])),
        }
        deed = deeds[self._deed]
        self._desk.run(
            lambda _progress: deed(), partial(self._done, form), refusing(self.banner, form), owner=self
        )

    @property
    def _lives(self) -> ModelLives:
        lives: ModelLives = self._desk.services.model_lives
        return lives

    @property
    def _form(self) -> Form | None:
        return {"save": self.form, "end": self.ending, "remove": self.removing}.get(self._deed)

    def _correct(self, part: ModelPart) -> None:
        self._part = part
        self._open("save", part.name, self.form, _("Save"))
        self.form.show_record(f"model-part/{part.id}", _shown(part))
        self.form.focus_first()

    def _end(self, part: ModelPart) -> None:
        self._part = part
        self._open("end", _("«{name}» ends", name=part.name), self.ending, _("It ends"))
        self.ending.show_record(f"model-part-end/{part.id}", {})
        self.ending.focus_first()

    def _remove(self, part: ModelPart) -> None:
        self._part = part
        title = _("Remove «{name}», typed by mistake", name=part.name)
        self._open("remove", title, self.removing, _("Remove"))
        self.removing.show_record(f"model-part-remove/{part.id}", {})
        self.removing.focus_first()

    def _open(self, deed: str, title: str, form: Form, verb: str) -> None:
        self.banner.clear()
        self._deed = deed
        self._title.setText(title)
        self._keep.setText(verb)
        self._keep.setAccessibleName(verb)
        self._forms.show_only(form)
        self._panels.show_only(self._asked)

    def _done(self, form: Form, result: object) -> None:
        form.saved()
        self.close_form()
        tell_warnings(self.banner, getattr(result, "warnings", ()))
        self._desk.note(_("Saved."))
        self.changed.emit()

    def _show(self, model_id: str, found: _Parts) -> None:
        if self._model is None or model_id != self._model.id:
            return
        self._said.setText(said(found.counts))
        empty(self._list)
        names = dict(self._areas)
        self.lines = {
            part.id: self._line(part, names.get(part.area_id, "") if part.area_id else "")
            for part in found.parts
        }
        for line in self.lines.values():
            self._list.addWidget(line)

    def _line(self, part: ModelPart, area: str) -> RecordLine:
        people = _("{count} members", count=part.members) if part.members is not None else ""
        leader = f"{part.leader_post} {part.leader}".strip()
        since = _("since {day}", day=written.day(part.valid_from))
        ways: list[Way] = [(_("Correct"), partial(self._correct, part))]
        if part.valid_to is None:
            ways.append((_("It ends…"), partial(self._end, part)))
        else:
            since = _("ended on {day}", day=written.day(part.valid_to))
        ways.append((_("Remove…"), partial(self._remove, part)))
        return RecordLine(part.name, [_(PART_NAMES[part.kind]), area, people, leader, since], ways)

    def _lay_out(self) -> None:
        asked = QVBoxLayout(self._asked)
        asked.setContentsMargins(0, 0, 0, 0)
        asked.setSpacing(8)
        tools = QWidget()
        row = Flow(tools)
        row.addWidget(self._keep)
        row.addWidget(button(_("Leave it"), self.close_form))
        for part in (self._title, self._forms, tools):
            asked.addWidget(part)
        shown = QVBoxLayout(self._overview)
        shown.setContentsMargins(0, 0, 0, 0)
        shown.setSpacing(12)
        ways = QWidget()
        flow = Flow(ways)
        flow.addWidget(button(_("Add a site"), partial(self.add, "site"), icon="plus"))
        flow.addWidget(button(_("Add a group"), partial(self.add, "group"), icon="plus"))
        shown.addWidget(self._said)
        shown.addWidget(ways)
        shown.addLayout(self._list)
        self._panels = Panels(self._overview, self._asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.banner)
        column.addWidget(self._panels)


def said(counts: Counts) -> str:
    """Return the counts in a sentence, and whether they follow from the list or were typed."""
    whole = _(
        "{sites} sites, {groups} groups, {members} members.",
        sites=written.number(counts.sites),
        groups=written.number(counts.groups),
        members=written.number(counts.members),
    )
    if not counts.from_parts:
        return whole + " " + _("Typed as counts; once sites or groups are listed here, the list counts.")
    if "members" in counts.from_parts:
        return whole + " " + _("Counted from this list.")
    return whole + " " + _("Sites and groups are counted from this list, members were typed.")


def _fields(areas: Choices) -> Sequence[Field]:
    return [
        Field("name", _("Name"), required=True),
        Field("area_id", _("Residential area"), kind="choice", choices=areas),
        Field("leader", _("Led by"), pair=True),
        Field("leader_post", _("Post")),
        Field("members", _("Members"), kind="number", pair=True),
        Field("valid_from", _("Since"), kind="date", required=True),
    ]


def _shown(part: ModelPart) -> dict[str, object]:
    return {
        "name": part.name,
        "area_id": part.area_id or "",
        "leader": part.leader,
        "leader_post": part.leader_post,
        "members": part.members,
        "valid_from": part.valid_from,
    }


def _made(part: ModelPart, values: dict[str, Any]) -> ModelPart:
    return replace(part, **{**values, "area_id": values["area_id"] or None})
