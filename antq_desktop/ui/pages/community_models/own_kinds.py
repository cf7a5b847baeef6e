"""The kinds of models that the commune adds to the catalogue: listed, added and taken off in place of the details."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.domain.model_means import OwnModelKind
from antq_desktop.runtime.language import _
from antq_desktop.services.movement.model_means import ModelMeans
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.community_models.record_line import RecordLine
from antq_desktop.ui.pages.community_models.refusals import refusing
from antq_desktop.ui.widgets.banner import Banner
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.emptied import empty
from antq_desktop.ui.widgets.field import Field
from antq_desktop.ui.widgets.flow import Flow
from antq_desktop.ui.widgets.form import Form
from antq_desktop.ui.widgets.reason_box import ReasonBox


class OwnKinds(QWidget):
    """``changed`` when there is another kind to choose, or one less; ``left`` to go back to the model."""

    changed = Signal()
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._removed = ""
        catalogue = desk.services.catalogues.models
        self.banner = Banner()
        self.lines: dict[str, RecordLine] = {}
        self._list = QVBoxLayout()
        self.form = Form(
            [
                Field("name", _("Name"), required=True, hint=_("Only a kind that the catalogue lacks")),
                Field(
                    "field",
                    _("Field of work"),
                    kind="choice",
                    choices=tuple((entry.id, entry.name) for entry in catalogue.fields.values()),
                ),
                Field(
                    "block",
                    _("Block"),
                    kind="choice",
                    choices=tuple((entry.id, entry.name) for entry in catalogue.blocks.values()),
                ),
            ],
            desk,
        )
        self.form.finished.connect(self.save)
        self.form.show_record("model-kind/new", {})
        self.reason = ReasonBox(_("Why it is removed"), _("Remove"))
        self.reason.given.connect(self._remove)
        self.reason.hide()
        tools = QWidget()
        row = Flow(tools)
        row.addWidget(button(_("Add the kind"), self.save, icon="save", kind="main"))
        row.addWidget(button(_("Back to the model"), self.left.emit))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.banner)
        column.addLayout(self._list)
        column.addWidget(self.reason)
        column.addWidget(self.form)
        column.addWidget(tools)
        column.addStretch(1)

    def read(self) -> None:
        means = self._means
        self._desk.run(lambda _progress: means.own_kinds(), self._show, owner=self)

    def save(self) -> None:
        if not self.form.check():
            return
        values, means = self.form.values(), self._means
        kind = OwnModelKind(
            id="",
            unit_code="",
            name=str(values["name"]),
            field=str(values["field"]),
            block=str(values["block"]),
        )
        self._desk.run(
            lambda _progress: means.save_own_kind(kind),
            lambda _written: self._saved(),
            refusing(self.banner, self.form),
            owner=self,
        )

    @property
    def _means(self) -> ModelMeans:
        means: ModelMeans = self._desk.services.model_means
        return means

    def _saved(self) -> None:
        self.form.saved()
        self.form.show_record("model-kind/new", {})
        self._desk.note(_("Saved."))
        self._changed()

    def _changed(self) -> None:
        self.banner.clear()
        self.reason.forget()
        self.changed.emit()
        self.read()

    def _show(self, kinds: list[OwnModelKind]) -> None:
        empty(self._list)
        fields = self._desk.services.catalogues.models.fields
        self.lines = {
            kind.id: RecordLine(
                kind.name,
                [fields[kind.field].name if kind.field in fields else ""],
                [(_("Remove…"), partial(self._ask, kind.id))],
            )
            for kind in kinds
        }
        for line in self.lines.values():
            self._list.addWidget(line)
        if not kinds:
            self._list.addWidget(label(_("No kind of your own yet."), "muted", wrap=True))

    def _ask(self, kind_id: str) -> None:
        self._removed = kind_id
        self.reason.ask()

    def _remove(self, reason: str) -> None:
        means, kind_id = self._means, self._removed
        self._desk.run(
            lambda _progress: means.remove_own_kind(kind_id, reason),
            lambda _changes: self._changed(),
            refusing(self.banner),
            owner=self,
        )
