"""The form of one activity: the kind decides which counts are asked."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.domain.activities import ActivityCatalogue, ModelActivity
from antq_desktop.domain.findings import Finding
from antq_desktop.runtime.language import _
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.widgets.choice import Choice
from antq_desktop.ui.widgets.field import Field, FieldBox
from antq_desktop.ui.widgets.form import Form

QUANTITIES = "quantities."


class ActivityForm(QWidget):
    """Three forms one under the other: which activity, its counts, and the words about it."""

    finished = Signal()

    def __init__(self, catalogue: ActivityCatalogue, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._desk = desk
        self._models: list[tuple[object, str]] = [("", _("Choose…"))]
        kinds = tuple((kind.id, kind.name) for kind in catalogue.kinds.values())
        self._head = Form(
            [
                Field("model_id", _("Model"), kind="choice", choices=self._models, required=True),
                Field("kind", _("Kind of activity"), kind="choice", choices=kinds, required=True),
                Field("on", _("Day"), kind="date", required=True, width=160),
            ],
            desk,
        )
        self._counts: dict[str, Form] = {}
        self._tail = Form(
            [
                Field("title", _("In short")),
                Field("place", _("Place")),
                Field(
                    "note", _("Note"), kind="lines", hint=_("No names of those helped, warned or reported.")
                ),
            ],
            desk,
        )
        self._key = ""
        self._values: Mapping[str, object] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addWidget(self._head)
        self._column.addWidget(self._tail)
        self._head.finished.connect(self._go_to_counts)
        self._head.boxes["kind"].edited.connect(self._show_counts)
        self._tail.finished.connect(self.finished)

    @property
    def kind(self) -> str:
        return str(self._head.boxes["kind"].value())

    @property
    def boxes(self) -> Mapping[str, FieldBox]:
        return {name: box for form in self._forms for name, box in form.boxes.items()}

    def set_models(self, models: list[tuple[object, str]]) -> None:
        """Offer ``models`` (id, name)."""
        self._models[1:] = models
        choice = self._head.boxes["model_id"].input
        assert isinstance(choice, Choice)  # noqa: S101 - declared as a choice above
        choice.set_choices(self._models)

    def show_record(self, key: str, values: Mapping[str, object]) -> None:
        """Show the activity; a draft may stand on another kind than the record, then its counts are shown."""
        self.keep_counts()
        self._key = key
        self._values = values
        self._head.show_record(key, values)
        self._tail.show_record(f"{key}/words", values)
        self._show_counts()

    def values(self) -> dict[str, object]:
        return {name: box.value() for name, box in self.boxes.items()}

    def check(self) -> bool:
        # The last form that is looked at goes to its first fault: the topmost one, so that every fault is said.
        sound = [form.check() for form in reversed(self._forms)]
        return all(sound)

    def say_findings(self, findings: Iterable[Finding]) -> None:
        told = [replace(f, field=self._first_count()) if f.field == "quantities" else f for f in findings]
        for form in self._forms:
            form.say_findings(told)

    def saved(self) -> None:
        for form in self._forms:
            form.saved()

    def focus_first(self) -> None:
        """Begin with the first thing that is not offered already."""
        first = self._head.boxes["model_id"]
        (self._head if not first.value() else self._count).focus_first()

    def keep_counts(self) -> None:
        for form in self._counts.values():
            form.keep_draft()

    @property
    def _count(self) -> Form:
        return self._counts[self.kind]

    @property
    def _forms(self) -> tuple[Form, ...]:
        return (
            (self._head, self._count, self._tail) if self.kind in self._counts else (self._head, self._tail)
        )

    def _first_count(self) -> str:
        return next(iter(self._count.boxes))

    def _go_to_counts(self) -> None:
        self._count.focus_first()

    def _show_counts(self) -> None:
        """Bring the counts of the kind that is chosen into sight, made at the first need."""
        kind = self.kind
        if kind not in self._catalogue.kinds:
            return
        if kind not in self._counts:
            form = Form([self._asked(unit) for unit in self._catalogue.kinds[kind].units], self._desk)
            form.finished.connect(self._tail.focus_first)
            self._counts[kind] = form
            self._column.insertWidget(1, form)
        for other, form in self._counts.items():
            form.setVisible(other == kind)
        self._counts[kind].show_record(f"{self._key}/{kind}", self._values)

    def _asked(self, unit: str) -> Field:
        name = self._catalogue.units[unit].name
        return Field(f"{QUANTITIES}{unit}", name[:1].upper() + name[1:], kind="number", width=160)


def shown(activity: ModelActivity) -> dict[str, object]:
    counts = {f"{QUANTITIES}{unit}": count for unit, count in activity.quantities.items()}
    return {
        "model_id": activity.model_id,
        "kind": activity.kind,
        "on": activity.on,
        "title": activity.title,
        "place": activity.place,
        "note": activity.note,
        **counts,
    }


def made(activity: ModelActivity, values: dict[str, Any]) -> ModelActivity:
    counts = {
        name.removeprefix(QUANTITIES): count
        for name, count in values.items()
        if name.startswith(QUANTITIES) and count is not None
    }
    words = {name: value for name, value in values.items() if not name.startswith(QUANTITIES)}
    return replace(activity, **words, quantities=counts)
