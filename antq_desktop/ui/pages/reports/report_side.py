"""The details of a report: where it stands, what to look at before it is signed off, its closing, correction and editions."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.domain.periodic_reports import PeriodicReport, ReportState
from antq_desktop.runtime.language import _
from antq_desktop.services.reporting.periodic_reports import ReportView
from antq_desktop.services.reporting.report_agreement import Difference
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.facts import Facts
from antq_desktop.ui.pages.reports.report_rows import disagreeing_text
from antq_desktop.ui.pages.verdict_line import VerdictLine
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.emptied import empty
from antq_desktop.ui.widgets.field import Field
from antq_desktop.ui.widgets.form import Form
from antq_desktop.ui.widgets.reason_box import ReasonBox


class ReportSide(QWidget):
    """``corrected`` and ``discarded`` carry the reason, ``numbered`` the number, ``edition_asked`` the id of an edition."""

    corrected = Signal(str)
    discarded = Signal(str)
    numbered = Signal(str)
    edition_asked = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.verdict = VerdictLine()
        self._facts = Facts()
        self._remarks = _column()
        self._editions = _column()
        self._editions_title = label(_("Editions"), "section")
        self.closing = Form(
            [
                Field("number", _("Number of the paper"), width=200),
                Field("remarks", _("Remarks"), kind="lines", hint=_("One paragraph a line")),
                Field("tasks", _("Tasks ahead"), kind="lines", hint=_("One paragraph a line")),
            ],
            desk,
        )
        self.number = button(_("Number of the paper…"), self._ask_number, kind="link")
        self.numbering = ReasonBox(_("Number of the paper"), _("Keep the number"), kind="quiet")
        self.numbering.given.connect(self.numbered)
        self.correct = button(_("Correct what was signed…"), self._ask_correction, kind="link")
        self.discard = button(_("Discard the draft…"), self._ask_discard, kind="link")
        self.correction = ReasonBox(_("Why it is corrected"), _("Write a correction"))
        self.correction.given.connect(self.corrected)
        self.discarding = ReasonBox(_("Why it is discarded"), _("Discard the draft"))
        self.discarding.given.connect(self.discarded)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.verdict)
        column.addWidget(self._facts)
        column.addLayout(self._remarks)
        column.addWidget(self.closing)
        column.addWidget(self._editions_title)
        column.addLayout(self._editions)
        for link, box in (
            (self.number, self.numbering),
            (self.correct, self.correction),
            (self.discard, self.discarding),
        ):
            column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
            column.addWidget(box)
        column.addStretch(1)

    def show_report(self, view: ReportView, editions: Sequence[PeriodicReport]) -> None:
        """``editions`` are all of the period, the oldest first."""
        report = view.report
        kept, draft = bool(report.id), view.draft
        for box in (self.numbering, self.correction, self.discarding):
            box.forget()
        self.verdict.say(*_verdict(report))
        self._facts.show_facts(_facts(report, kept=kept))
        self.show_remarks(view)
        self.closing.setVisible(kept and draft)
        if kept and draft:
            self._show_closing(report)
        holding = not draft and report.id == editions[-1].id if editions else False
        self.correct.setVisible(holding)
        self.number.setVisible(holding)
        self.discard.setVisible(kept and draft)
        self._show_editions(report, editions)

    def show_remarks(self, view: ReportView) -> None:
        """Show what to look at in a draft, and where the records left what was signed behind."""
        empty(self._remarks)
        for said in remarks(view):
            line = VerdictLine()
            line.say(State.LOOK, said)
            self._remarks.addWidget(line)
        self._show_differences(view.differences)

    def _show_closing(self, report: PeriodicReport) -> None:
        key = f"periodic-report/{report.id}/closing"
        if self.closing.edited and self.closing.key == key:
            return
        self.closing.show_record(
            key,
            {"number": report.number, "remarks": "\n".join(report.remarks), "tasks": "\n".join(report.tasks)},
        )

    def _show_differences(self, differences: Sequence[Difference]) -> None:
        if not differences:
            return
        line = VerdictLine()
        line.say(State.LOOK, disagreeing_text(len(differences)))
        self._remarks.addWidget(line)
        for difference in differences:
            self._remarks.addWidget(label(difference.words, "muted", wrap=True))

    def _show_editions(self, shown: PeriodicReport, editions: Sequence[PeriodicReport]) -> None:
        empty(self._editions)
        several = len(editions) > 1
        self._editions_title.setVisible(several)
        for edition in editions if several else ():
            word = _edition_word(edition)
            line = (
                label(word, "strong")
                if edition.id == shown.id
                else button(word, partial(self.edition_asked.emit, edition.id), kind="link")
            )
            self._editions.addWidget(line, 0, Qt.AlignmentFlag.AlignLeft)

    def _ask_number(self) -> None:
        self.number.hide()
        self.numbering.ask()

    def _ask_correction(self) -> None:
        self.correct.hide()
        self.correction.ask()

    def _ask_discard(self) -> None:
        self.discard.hide()
        self.discarding.ask()


def remarks(view: ReportView) -> list[str]:
    """Return the sentences to look at before signing."""
    return [_(warning.message, **warning.facts) for warning in view.warnings]


def _verdict(report: PeriodicReport) -> tuple[State, str]:
    if not report.id:
        return State.NONE, _("Not begun: this is what the report would say now. Nothing of it is kept yet.")
    if report.state is ReportState.SIGNED:
        return State.GOOD, _("Signed off: figures and wording do not change any more.")
    if report.edition > 1:
        return State.LOOK, _(
            "A correction being written; what was signed holds until this one is signed off."
        )
    return State.LOOK, _("Draft: its figures follow the records until it is signed off.")


def _facts(report: PeriodicReport, *, kept: bool) -> list[tuple[str, str]]:
    facts = [(_("Days"), f"{written.day(report.first)} – {written.day(report.last)}")]
    if not kept:
        return facts
    if report.state is ReportState.SIGNED:
        facts += [
            (_("Signed off on"), written.day(report.signed_on)),
            (_("Signed off by"), report.signed_by),
            (_("Number of the paper"), report.number or "–"),
        ]
        facts += [(_("Remarks"), "\n".join(report.remarks))] if report.remarks else []
        facts += [(_("Tasks ahead"), "\n".join(report.tasks))] if report.tasks else []
    if report.content is not None:
        facts.append((_("Catalogue of figures"), report.content.catalogue_version))
    if report.reason:
        facts.append((_("Reason of the correction"), report.reason))
    return facts


def _edition_word(edition: PeriodicReport) -> str:
    if edition.state is ReportState.DRAFT:
        return _("Edition {number}, being written", number=edition.edition)
    return _(
        "Edition {number}, signed off on {day}",
        number=edition.edition,
        day=written.day(edition.signed_on),
    )


def _column() -> QVBoxLayout:
    made = QVBoxLayout()
    made.setSpacing(8)
    return made
