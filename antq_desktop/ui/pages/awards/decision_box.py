"""One decision for all proposals that are chosen, with a certificate number for each; or a proposal turned down."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.language import _
from antq_desktop.services.movement.awards import AwardRow, Awards
from antq_desktop.services.results import Invalid, Written, remark
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.field import Field
from antq_desktop.ui.widgets.flow import Flow
from antq_desktop.ui.widgets.form import Form
from antq_desktop.ui.widgets.reason_box import ReasonBox

_CERTIFICATE = "certificate."


class DecisionBox(QWidget):
    """``decided`` carries what there is to say of it, ``failed`` why nothing was changed."""

    decided = Signal(str)
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.rows: list[AwardRow] = []
        self.form: Form | None = None
        self._title = label("", "section", wrap=True)
        self._place = QVBoxLayout()
        self.reason = ReasonBox(_("Why it is not awarded"), _("Not awarded"))
        self.reason.given.connect(self._decline)
        self.reason.hide()
        self._declining = button(_("It was turned down…"), self.reason.ask, kind="link")
        tools = QWidget()
        row = Flow(tools)
        row.addWidget(button(_("Keep the decision"), self.keep, icon="save"))
        row.addWidget(self._declining)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._title)
        column.addLayout(self._place)
        column.addWidget(tools)
        column.addWidget(self.reason)
        self.hide()

    @property
    def edited(self) -> bool:
        return self.form is not None and self.form.edited

    def show_rows(self, rows: Sequence[AwardRow]) -> None:
        """Offer the decision on these proposals; hidden without any. What was typed for them before comes back."""
        self.setVisible(bool(rows))
        if [row.id for row in rows] == [row.id for row in self.rows]:
            return
        self.rows = list(rows)
        self._drop_form()
        self.reason.forget()
        self._declining.setVisible(len(rows) == 1)
        if not rows:
            return
        self._title.setText(
            _("The decision on it")
            if len(rows) == 1
            else _("One decision on {count} awards", count=len(rows))
        )
        self.form = Form(_fields(rows), self._desk)
        self.form.finished.connect(self.keep)
        self._place.addWidget(self.form)
        self.form.show_record(_draft_key(rows), {})

    def focus_first(self) -> None:
        if self.form is not None:
            self.form.focus_first()

    def keep(self) -> None:
        """Keep the decision for all that are chosen, or for none."""
        form, ids = self.form, [row.id for row in self.rows]
        if form is None or not form.check():
            return
        values, awards = form.values(), self._awards
        number, on = str(values["decision_number"]), values["decision_date"]
        if not isinstance(on, date):
            return
        numbers = {
            key.removeprefix(_CERTIFICATE): str(typed)
            for key, typed in values.items()
            if key.startswith(_CERTIFICATE)
        }
        self._run(lambda: awards.decide(ids, number, on, numbers), self._kept)

    @property
    def _awards(self) -> Awards:
        awards: Awards = self._desk.services.awards
        return awards

    def _decline(self, reason: str) -> None:
        award_id, awards = self.rows[0].id, self._awards
        self._run(lambda: awards.decline(award_id, reason), self._declined)

    def _run(self, work: Callable[[], Written[Any]], done: Callable[[Written[Any]], None]) -> None:
        self._desk.run(lambda _progress: work(), done, self._refused, owner=self)

    def _kept(self, written: Written[Any]) -> None:
        said = _("The decision is kept for {count} awards.", count=len(self.rows))
        self._end(" ".join([said, *(remark(found) for found in written.warnings)]))

    def _declined(self, _written: object) -> None:
        self._end(_("It is kept that the award was not given."))

    def _end(self, said: str) -> None:
        if self.form is not None:
            self.form.saved()
        self.show_rows(())
        self.decided.emit(said)

    def _refused(self, failure: KnownFailure) -> None:
        """Say a fault under its field where there is one, else on the page."""
        if isinstance(failure, Invalid) and self.form is not None:
            self.form.say_findings(failure.findings)
            if failure.findings[0].field in self.form.boxes:
                self.form.boxes[failure.findings[0].field].input.setFocus()
                return
        self.failed.emit(failure)

    def _drop_form(self) -> None:
        if self.form is not None:
            self.form.keep_draft()
            self._place.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None


def _fields(rows: Sequence[AwardRow]) -> list[Field]:
    several = len(rows) > 1
    return [
        Field("decision_number", _("Decision number"), required=True, hint=_("As 412/QĐ-UBND")),
        Field("decision_date", _("Date of the decision"), kind="date", required=True, width=160),
        *(
            Field(
                _CERTIFICATE + row.id,
                _("No. of the certificate given to {name}", name=row.recipient)
                if several
                else _("No. of the certificate given"),
                width=200,
            )
            for row in rows
        ),
    ]


def _draft_key(rows: Sequence[AwardRow]) -> str:
    return f"award-decision/{uuid5(NAMESPACE_OID, ' '.join(sorted(row.id for row in rows))).hex}"
