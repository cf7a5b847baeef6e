"""The assessment of one unit as a form: clauses and items, kept as they are answered, the result always in sight."""

from collections.abc import Callable
from dataclasses import asdict
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from antq_desktop.domain.assessment import Reason, SelfAssessment
from antq_desktop.domain.criteria import Catalogue, Clause
from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.language import _, sentence
from antq_desktop.services.results import Written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.assessments.finish_bar import FinishBar
from antq_desktop.ui.pages.assessments.item_row import ItemRow, Typed, no_names
from antq_desktop.ui.pages.verdict_line import VerdictLine
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import StateWord
from antq_desktop.ui.widgets.buttons import button, hairline, label

_REASONS_SHOWN = 4
_LOW = 380


class Sheet(QWidget):
    """``answered`` carries the assessment each time an answer was kept."""

    answered = Signal(object)

    def __init__(self, desk: Desk, see_rows: Callable[[str], object], parent: QWidget | None = None) -> None:
        """``see_rows`` shows what is behind the figure of an item, by its id."""
        super().__init__(parent)
        self._desk = desk
        self._see_rows = see_rows
        self.assessment: SelfAssessment | None = None
        self.rows: dict[str, ItemRow] = {}
        self._clauses: dict[str, StateWord] = {}
        self._bases: dict[str, str] = {}
        self._result = VerdictLine()
        self._next = button(_("Next open item"), self.go_to_open, icon="forward", kind="link")
        self.bar = FinishBar(desk.year)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.viewport().setAutoFillBackground(False)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._result, 1)
        head.addWidget(self._next)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addLayout(head)
        self._column.addWidget(hairline())
        self._column.addWidget(self._scroll, 1)
        self._column.addWidget(self.bar)

    def show_assessment(self, kept: SelfAssessment, catalogue: Catalogue, decision: str) -> None:
        """Show the assessment; what was typed into it before and could not be kept yet comes back."""
        fresh = self.assessment is None or self.assessment.id != kept.id
        if fresh:
            self.settle()
            self._build(catalogue, kept.year)
        self.assessment = kept
        self._take(kept)
        self.bar.show_assessment(kept, decision)
        if fresh:
            self._recall()
            self._scroll.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_bar()

    def settle(self) -> None:
        """Keep what can be kept, and the rest as a draft."""
        for row in self.rows.values():
            self._settle(row)

    def go_to_open(self) -> None:
        """Go to the next item that is open or not met, after the one with the focus."""
        order = list(self.rows.values())
        focus = self.focusWidget()
        here = next((at for at, row in enumerate(order) if focus and row.isAncestorOf(focus)), -1)
        for row in [*order[here + 1 :], *order[: here + 1]]:
            if row.is_open:
                self._go_to(row)
                return

    def go_to_finish(self) -> None:
        self._scroll.ensureWidgetVisible(self.bar)
        self.bar.day.setFocus()

    @property
    def open_items(self) -> list[str]:
        """The ids of the items that need an answer."""
        kept = self.assessment
        return [] if kept is None else [r.item for r in kept.reasons if r.verdict == "unanswered"]

    def _build(self, catalogue: Catalogue, year: int) -> None:
        self._column.addWidget(self.bar)
        self.rows.clear()
        self._clauses.clear()
        self._bases = {item.id: item.legal_basis for item in catalogue.items}
        body = QWidget()
        body.setObjectName("scrolled")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 16, 16)
        column.setSpacing(0)
        column.addWidget(label(no_names(), "muted", wrap=True))
        for clause in catalogue.clauses:
            self._add_clause(column, clause, year)
        column.addStretch()
        self._scroll.setWidget(body)
        body.setAutoFillBackground(False)
        self._place_bar()

    def _place_bar(self) -> None:
        """In a low window the foot scrolls with the form, so that it leaves room for the answers."""
        body = self._scroll.widget()
        column = body.layout() if body is not None and self.height() < _LOW else self._column
        if column is not None and column.indexOf(self.bar) < 0:
            column.addWidget(self.bar)

    def _add_clause(self, column: QVBoxLayout, clause: Clause, year: int) -> None:
        word = StateWord()
        self._clauses[clause.id] = word
        head = QHBoxLayout()
        head.setContentsMargins(0, 20, 0, 8)
        head.setSpacing(12)
        head.addWidget(label(f"{clause.legal_basis}. {clause.title}", "section", wrap=True), 1)
        head.addWidget(word)
        column.addLayout(head)
        for item in clause.items:
            row = ItemRow(item, clause.legal_basis, year, self._see_rows)
            row.settled.connect(partial(self._settle, row))
            row.edited.connect(partial(self._keep_draft, row))
            row.entered.connect(partial(self._go_on, row))
            self.rows[item.id] = row
            column.addWidget(hairline())
            column.addWidget(row)

    def _take(self, kept: SelfAssessment) -> None:
        self.assessment = kept
        reasons = {reason.item: reason for reason in kept.reasons}
        for item_id, row in self.rows.items():
            row.show_answer(kept.answers.get(item_id), reasons.get(item_id), read_only=kept.state == "final")
        for clause_id, word in self._clauses.items():
            verdicts = {reasons[i].verdict for i, row in self.rows.items() if row.item.clause == clause_id}
            if "not_met" in verdicts:
                word.say(State.BAD)
            elif "unanswered" in verdicts:
                word.say(State.NONE, _("Not complete"))
            else:
                word.say(State.GOOD)
        self._say_result(kept.reasons)

    def _say_result(self, reasons: tuple[Reason, ...]) -> None:
        failed = [reason for reason in reasons if reason.verdict == "not_met"]
        missing = sum(reason.verdict == "unanswered" for reason in reasons)
        why = [
            f"{self._bases[reason.item]}: {_(reason.message, **reason.facts)}"
            for reason in failed[:_REASONS_SHOWN]
        ]
        if len(failed) > _REASONS_SHOWN:
            why.append(_("and {count} more reasons", count=len(failed) - _REASONS_SHOWN))
        if missing:
            why.append(_("{count} items still need an answer.", count=missing))
        self._next.setVisible(bool(failed or missing))
        if failed:
            self._result.say(State.BAD, "\n".join([_("Not met. Why:"), *why]))
        elif missing:
            self._result.say(State.LOOK, "\n".join(why))
        else:
            self._result.say(State.GOOD, _("Met: every item of the criteria holds."))

    def result(self) -> str:
        """Return what the result line says."""
        return self._result.text()

    def _settle(self, row: ItemRow) -> None:
        kept, given = self.assessment, row.given()
        if kept is None or given is None:
            return
        row.note_kept()
        item_id, services = row.item.id, self._desk.services
        self._desk.run(
            lambda _progress: services.assessments.answer(
                kept.id, item_id, given.value, given.reason, given.evidence
            ),
            partial(self._kept, row),
            partial(self._refused, row),
            owner=row,
        )

    def _kept(self, row: ItemRow, written: Written[SelfAssessment]) -> None:
        if self.assessment is None or self.assessment.id != written.record.id:
            return
        self._take(written.record)
        if not row.is_pending:
            self._desk.drafts.drop(self._draft_key(row))
        self.answered.emit(written.record)

    def _refused(self, row: ItemRow, failure: KnownFailure) -> None:
        row.say_refused(sentence(failure))
        self._keep_draft(row)

    def _keep_draft(self, row: ItemRow) -> None:
        self._desk.drafts.put(self._draft_key(row), asdict(row.typed()))

    def _recall(self) -> None:
        for row in self.rows.values():
            draft = self._desk.drafts.get(self._draft_key(row))
            if draft:
                row.set_typed(Typed(**draft))
                if row.is_pending:
                    self._settle(row)
                else:
                    self._desk.drafts.drop(self._draft_key(row))

    def _draft_key(self, row: ItemRow) -> str:
        return f"assessment/{self.assessment.id if self.assessment else ''}/{row.item.id}"

    def _go_on(self, row: ItemRow) -> None:
        order = list(self.rows.values())
        place = order.index(row) + 1
        if place < len(order):
            self._go_to(order[place])
        else:
            self.go_to_finish()

    def _go_to(self, row: ItemRow) -> None:
        self._scroll.ensureWidgetVisible(row, 0, 40)
        row.input.setFocus()
