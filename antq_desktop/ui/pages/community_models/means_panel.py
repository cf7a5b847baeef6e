"""What a model lives on, in its details: money by year and source beside the norm, and its equipment."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.domain.model_means import BudgetYear, ModelBudget, ModelEquipment
from antq_desktop.runtime.language import _
from antq_desktop.services.movement.model_means import ModelMeans
from antq_desktop.services.results import Written
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.community_models.record_line import RecordLine
from antq_desktop.ui.pages.community_models.refusals import refusing, tell_warnings
from antq_desktop.ui.widgets.banner import Banner
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.emptied import empty
from antq_desktop.ui.widgets.field import Field
from antq_desktop.ui.widgets.flow import Flow
from antq_desktop.ui.widgets.form import Form
from antq_desktop.ui.widgets.reason_box import ReasonBox

_OTHER = ""


@dataclass(frozen=True, slots=True)
class _Means:
    years: list[BudgetYear]
    equipment: list[tuple[ModelEquipment, str]]


class MeansPanel(QWidget):
    """An amount of a source, or a count of a kind of equipment, that is typed again takes the place of the one before."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._model_id = ""
        self._removed = ""
        self.banner = Banner()
        self.years = QVBoxLayout()
        self.equipment = QVBoxLayout()
        self.money = Form(
            [
                Field("year", _("Year"), kind="year", required=True, pair=True),
                Field("amount_vnd", _("Money (đồng)"), kind="number", required=True),
                Field("source", _("From where"), required=True, hint=_("Budget, donations, the people…")),
            ],
            desk,
        )
        self.money.finished.connect(self.keep_money)
        kinds = desk.services.catalogues.models.equipment
        self.things = Form(
            [
                Field(
                    "kind",
                    _("Equipment"),
                    kind="choice",
                    choices=(
                        *((kind.id, kind.name) for kind in kinds.values()),
                        (_OTHER, _("Another kind…")),
                    ),
                    pair=True,
                ),
                Field("count", _("Pieces"), kind="number", required=True),
                Field("other", _("Which other kind"), hint=_("0 takes a kind off the list.")),
            ],
            desk,
        )
        self.things.finished.connect(self.keep_things)
        self.things.boxes["kind"].edited.connect(self._show_other)
        self.reason = ReasonBox(_("Why it is removed"), _("Remove"))
        self.reason.given.connect(self._remove)
        self.reason.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.banner)
        column.addWidget(label(_("Money by year"), "section"))
        column.addLayout(self.years)
        column.addWidget(self.reason)
        column.addWidget(self.money)
        column.addWidget(_alone(button(_("Keep the amount"), self.keep_money, icon="save")))
        column.addSpacing(8)
        column.addWidget(label(_("Equipment"), "section"))
        column.addLayout(self.equipment)
        column.addWidget(self.things)
        column.addWidget(_alone(button(_("Keep the equipment"), self.keep_things, icon="save")))

    def show_model(self, model_id: str) -> None:
        if model_id != self._model_id:
            self.banner.clear()
            self.reason.forget()
            self._model_id = model_id
            self.money.show_record(f"model-money/{model_id}", {"year": self._desk.year})
            self.things.show_record(f"model-equipment/{model_id}", {"kind": self._first_kind()})
            self._show_other()
        if model_id:
            self._read()

    def save(self) -> None:
        """Keep what was typed, money before equipment."""
        if self.money.edited:
            self.keep_money()
        elif self.things.edited:
            self.keep_things()

    def keep_money(self) -> None:
        if not self.money.check():
            return
        means, model_id, values = self._means, self._model_id, self._typed(self.money)
        self._keep(self.money, lambda: means.set_budget(model_id, **values), {"year": values["year"]})

    def keep_things(self) -> None:
        if not self.things.check():
            return
        means, model_id, values = self._means, self._model_id, self._typed(self.things)
        word = values["kind"] or values["other"]
        if not word:
            self.things.say_fault("other", _("Say which kind of equipment it is."))
            return
        self._keep(
            self.things,
            lambda: means.set_equipment(model_id, word, values["count"]),
            {"kind": self._first_kind()},
        )

    @property
    def _means(self) -> ModelMeans:
        means: ModelMeans = self._desk.services.model_means
        return means

    @staticmethod
    def _typed(form: Form) -> dict[str, Any]:
        return dict(form.values())

    def _first_kind(self) -> str:
        return str(self.things.boxes["kind"].field.choices[0][0])

    def _show_other(self) -> None:
        self.things.boxes["other"].setVisible(self.things.boxes["kind"].value() == _OTHER)

    def _read(self) -> None:
        means, model_id = self._means, self._model_id
        self._desk.run(
            lambda _progress: _Means(means.budgets(model_id), means.equipment(model_id)),
            partial(self._show, model_id),
            owner=self,
        )

    def _keep(self, form: Form, deed: Callable[[], Written[Any]], offered: dict[str, object]) -> None:
        self._desk.run(
            lambda _progress: deed(),
            partial(self._kept, form, offered),
            refusing(self.banner, form),
            owner=self,
        )

    def _kept(self, form: Form, offered: dict[str, object], kept: Written[Any]) -> None:
        form.saved()
        form.show_record(form.key, offered)
        self._show_other()
        tell_warnings(self.banner, kept.warnings)
        self._desk.note(_("Saved."))
        self._read()
        form.focus_first()

    def _ask_to_remove(self, budget_id: str) -> None:
        self._removed = budget_id
        self.reason.ask()

    def _remove(self, reason: str) -> None:
        means, budget_id = self._means, self._removed
        self._desk.run(
            lambda _progress: means.remove_budget(budget_id, reason),
            lambda _changes: self._gone(),
            refusing(self.banner),
            owner=self,
        )

    def _gone(self) -> None:
        self.reason.forget()
        self._desk.note(_("Removed."))
        self._read()

    def _show(self, model_id: str, found: _Means) -> None:
        if model_id != self._model_id:
            return
        for layout in (self.years, self.equipment):
            empty(layout)
        for year in found.years:
            self.years.addWidget(_year_line(year))
            for source in year.sources:
                self.years.addWidget(self._source_line(source))
        for thing, name in found.equipment:
            self.equipment.addWidget(RecordLine(name, [written.number(thing.count)]))
        if not found.years:
            self.years.addWidget(label(_("No money was recorded yet."), "muted", wrap=True))

    def _source_line(self, source: ModelBudget) -> RecordLine:
        money = _("{amount} đồng", amount=written.number(source.amount_vnd))
        return RecordLine(source.source, [money], [(_("Remove…"), partial(self._ask_to_remove, source.id))])


def _year_line(year: BudgetYear) -> RecordLine:
    """Return the sum of a year beside the norm; one above it is said in words and tinted."""
    facts = [
        _(
            "{total} đồng of the norm of {norm} đồng",
            total=written.number(year.total_vnd),
            norm=written.number(year.norm_vnd),
        ),
        _("above the norm") if year.over else "",
    ]
    return RecordLine(_("Year {year}", year=year.year), facts, role="warning" if year.over else "muted")


def _alone(made: QWidget) -> QWidget:
    row = QWidget()
    Flow(row).addWidget(made)
    return row
