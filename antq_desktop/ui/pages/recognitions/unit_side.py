"""What stands at the right of the list: the decision on the chosen units, their certificates, the papers around both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.domain.findings import Finding
from antq_desktop.runtime.language import _, sentence
from antq_desktop.services.application import Application
from antq_desktop.services.yearly.assessments import MOVED
from antq_desktop.storage.queries.assessments import AssessmentRow
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.recognitions import decision_form, papers, past
from antq_desktop.ui.pages.recognitions.certificate_box import CertificateBox
from antq_desktop.ui.pages.recognitions.papers_box import PapersBox
from antq_desktop.ui.pages.recognitions.past import Past, PastBox
from antq_desktop.ui.pages.recognitions.unit_rows import RECORDED, UNDECIDED, WITHDRAWN, is_commune, standing
from antq_desktop.ui.pages.verdict_line import VerdictLine
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.form import Form


@dataclass(frozen=True, slots=True)
class _Read:
    """What the database holds of the chosen units: the decision that is kept or would be, why there is none, the past."""

    values: Mapping[str, object]
    refused: KnownFailure | None
    past: tuple[Past, ...]
    moved: bool


class UnitSide(QWidget):
    """``save_asked`` on Enter in the last field or by the button; ``keep`` is that button, for the foot of the panel."""

    save_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows: tuple[AssessmentRow, ...] = ()
        self.meant: tuple[AssessmentRow, ...] = ()
        self._typed: dict[str, str] = {}
        self._typed_for: frozenset[str] = frozenset()
        self.note = VerdictLine()
        self.moved = VerdictLine()
        self.to_moved = button(_("Go to the self-assessment"), self._go_to_assessment, kind="link")
        self.heading = label("", "section", wrap=True)
        self.form = Form(decision_form.fields(), desk)
        self.form.finished.connect(self.save_asked)
        self.about = label(_("Certificate"), "section")
        self.past = PastBox()
        self.box = CertificateBox(desk)
        self.papers = PapersBox()
        self.keep: QPushButton = button(
            _("Keep the decision"), self.save_asked.emit, icon="save", kind="main"
        )
        column = QVBoxLayout(self)
        column.setSpacing(12)
        self.to_moved.hide()
        for part in (
            self.note,
            self.moved,
            self.to_moved,
            self.about,
            self.past,
            self.box,
            self.heading,
            self.form,
            self.papers,
        ):
            column.addWidget(part)
        column.addStretch()

    def show_rows(self, rows: Sequence[AssessmentRow], printed: Mapping[str, int], today: date) -> None:
        """Show what can be done with these units; ``printed`` says how often each certificate was printed."""
        self._rows = tuple(rows)
        self.meant = tuple(decision_form.meant(rows))
        open_for_decision = bool(self.meant)
        for part in (self.heading, self.form, self.keep):
            part.setVisible(open_for_decision)
        self.note.say(State.LOOK, _left_out(rows))
        # The next step alone is offered: certificates come when no chosen unit waits for its decision.
        together = decision_form.ours(rows)
        waits = any(standing(row) == UNDECIDED for row in together)
        self.box.show_rows([] if waits else together, today)
        self.about.setHidden(self.box.isHidden())
        self.papers.show_offers(papers.offered(rows, rows[0].year))
        if open_for_decision:
            self._show_heading()
        self._desk.run(
            partial(_read, self._desk.services, self.meant, self._rows),
            partial(self._show_read, self._rows, dict(printed)),
            owner=self,
        )

    def keep_for(self, assessment_ids: Sequence[str], key: str, findings: Sequence[Finding]) -> bool:
        """Say what was wrong with what was typed under ``key``, and keep it for those units, the others having been saved.

        Return whether the form could say it.
        """
        if self.form.key != key:
            return False
        self.form.say_findings(findings)
        if len(assessment_ids) < len(self.meant):
            self._typed = {name: box.typed() for name, box in self.form.boxes.items()}
            self._typed_for = frozenset(assessment_ids)
            self.form.saved()
        return any(found.field in self.form.boxes for found in findings)

    def is_ready(self) -> bool:
        """Tell whether the form shows the units that are chosen now: what it shows is read a moment later."""
        return bool(self.meant) and self.form.key == decision_form.draft_key(self.meant)

    def _go_to_assessment(self) -> None:
        self._desk.go("assessments", unit_id=self._rows[0].unit_id)

    def _show_heading(self) -> None:
        count = len(self.meant)
        if standing(self.meant[0]) == WITHDRAWN:
            self.heading.setText(_("Another decision"))
        elif count < len(self._rows):
            self.heading.setText(_("Decision for {count} of {all} units", count=count, all=len(self._rows)))
        else:
            self.heading.setText(
                _("Decision") if count == 1 else _("One decision for {count} units", count=count)
            )
        above = is_commune(self.meant[0])
        for name in decision_form.OF_OUR_SIGNER:
            self.form.boxes[name].setVisible(not above)

    def _show_read(self, rows: tuple[AssessmentRow, ...], printed: Mapping[str, int], read: _Read) -> None:
        if rows != self._rows:
            return
        self.moved.say(State.BAD, _(MOVED) if read.moved else "")
        self.to_moved.setVisible(read.moved)
        self.past.show_past(read.past, printed)
        if not self.meant:
            return
        if read.refused is not None:
            self.note.say(State.BAD, sentence(read.refused))
        key = decision_form.draft_key(self.meant)
        if self.form.key != key or not self.form.edited:
            self.form.show_record(key, read.values)
        if self._typed and {row.id for row in self.meant} <= self._typed_for:
            for name, text in self._typed.items():
                self.form.boxes[name].set_typed(text)
                self.form.boxes[name].edited.emit()
            self._typed = {}


def _read(
    services: Application,
    meant: Sequence[AssessmentRow],
    rows: Sequence[AssessmentRow],
    _progress: object,
) -> _Read:
    recognitions = services.recognitions
    values: Mapping[str, object] = {}
    refused: KnownFailure | None = None
    if meant and meant[0].recognition_id is not None:
        values = decision_form.shown(recognitions.get(meant[0].recognition_id))
    elif meant:
        try:
            values = decision_form.offered(recognitions.draft(str(meant[0].id)))
        except KnownFailure as failure:
            refused = failure
    alone = rows[0].id if len(rows) == 1 else None
    if alone is None:
        return _Read(values, refused, (), moved=False)
    return _Read(
        values, refused, past.gather(recognitions, alone), moved=bool(services.assessments.moved(alone))
    )


def _left_out(rows: Sequence[AssessmentRow]) -> str:
    """Return why some of the chosen units are not handled together with the others, or nothing."""
    if len(rows) > 1 and any(is_commune(row) for row in rows):
        return _(
            "The commune itself is recognised by the level above, by a decision of its own. It is left out here; choose it alone."
        )
    if len(rows) == 1 and standing(rows[0]) in {UNDECIDED, RECORDED} and is_commune(rows[0]):
        return _(
            "The level above recognises the commune itself and gives it the certificate. Only its decision is recorded here."
        )
    return ""
