"""Opens a thematic round of signing beside the yearly one."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.domain.commitments import Campaign, CampaignCatalogue
from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.language import _, sentence
from antq_desktop.services.results import Invalid, Written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import Banner
from antq_desktop.ui.widgets.field import Field
from antq_desktop.ui.widgets.form import Form


class CampaignForm(QWidget):
    """``opened`` carries the new campaign."""

    opened = Signal(object)

    def __init__(self, catalogue: CampaignCatalogue, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kinds = {kind.id: kind for kind in catalogue.kinds.values() if not kind.yearly}
        self._said = Banner()
        self.form = Form(
            [
                Field(
                    "kind",
                    _("Subject"),
                    kind="choice",
                    choices=tuple((kind.id, kind.name) for kind in self._kinds.values()),
                ),
                Field("name", _("Name of the campaign"), required=True),
                Field("starts_on", _("From the day"), kind="date", pair=True),
                Field("ends_on", _("To the day"), kind="date"),
            ],
            desk,
        )
        self.form.boxes["kind"].edited.connect(self._suggest)
        self.form.finished.connect(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._said)
        column.addWidget(self.form)

    def start(self) -> None:
        self._said.clear()
        kind = next(iter(self._kinds.values()))
        self.form.show_record("campaign/new", {"kind": kind.id, "name": self._name(kind.id)})
        self.form.focus_first()

    def save(self) -> None:
        if not self.form.check():
            return
        values = self.form.values()
        work = partial(self._desk.services.commitments.add_campaign, **values)
        self._desk.run(lambda _progress: work(), self._done, self._refused, owner=self)

    def _done(self, result: Written[Campaign]) -> None:
        self.form.saved()
        self._desk.note(_("The campaign is open."))
        self.opened.emit(result.record)

    def _refused(self, failure: KnownFailure) -> None:
        if isinstance(failure, Invalid):
            self.form.say_findings(failure.findings)
        else:
            self._said.say(State.BAD, sentence(failure))

    def _suggest(self) -> None:
        offered = {self._name(kind) for kind in self._kinds}
        if self.form.boxes["name"].typed() in offered | {""}:
            self.form.boxes["name"].set_value(self._name(str(self.form.boxes["kind"].value())))

    def _name(self, kind: str) -> str:
        return f"{self._kinds[kind].name}, {self._desk.year}"
