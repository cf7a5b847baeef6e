"""The assessment of one unit as a form: clauses and items, kept as they are answered, the result always in sight."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from antq_desktop.domain.assessment import Outcome, SelfAssessment, evaluate
from antq_desktop.domain.criteria import Catalogue, Clause, Item
from antq_desktop.domain.errors import KnownFailure
from antq_desktop.domain.official_texts import OfficialWording
from antq_desktop.domain.rule_trees import AllOf
from antq_desktop.runtime.language import _, sentence
from antq_desktop.services.results import Written
from antq_desktop.services.yearly.assessments import MOVED, Given
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.assessments.arrangement import verdicts
from antq_desktop.ui.pages.assessments.clause_box import ClauseBox, GroupBox
from antq_desktop.ui.pages.assessments.finish_bar import FinishBar
from antq_desktop.ui.pages.assessments.item_row import ItemRow, Typed, no_names
from antq_desktop.ui.pages.assessments.ways import Ways
from antq_desktop.ui.pages.criteria.rule_words import tree_words
from antq_desktop.ui.pages.verdict_line import VerdictLine
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.buttons import button, hairline, label

_REASONS_SHOWN = 4
_LOW = 380


class Sheet(QWidget):
    """``answered`` carries the assessment each time an answer was kept."""

    answered = Signal(object)

    def __init__(self, desk: Desk, ways: Ways, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ways = ways
        self._catalogue: Catalogue | None = None
        self.assessment: SelfAssessment | None = None
        self.rows: dict[str, ItemRow] = {}
        self.clauses: dict[str, ClauseBox] = {}
        self._result = VerdictLine()
        self._moved = VerdictLine()
        self._to_moved = button(_("Look at it anew"), self.go_to_moved, kind="link")
        self._to_moved.hide()
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
        self._column.addWidget(self._moved)
        self._column.addWidget(self._to_moved, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(hairline())
        self._column.addWidget(self._scroll, 1)
        self._column.addWidget(self.bar)

    def show_assessment(
        self,
        kept: SelfAssessment,
        catalogue: Catalogue,
        decision: str,
        officials: Mapping[str, OfficialWording],
    ) -> None:
        """Show the assessment; what was typed into it before and could not be kept yet comes back.

        ``officials`` are official texts that were typed in, by item.
        """
        fresh = self.assessment is None or self.assessment.id != kept.id
        if fresh:
            self.settle()
            self._build(catalogue, kept.year)
        self.assessment = kept
        for item_id, row in self.rows.items():
            row.question.show_official(officials.get(item_id))
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

    def say_moved(self, items: Sequence[str]) -> None:
        """Say that a finished result no longer agrees with the data, in which items; nothing for none."""
        bases = [row.item.legal_basis for key, row in self.rows.items() if key in items]
        self._moved.say(State.BAD, f"{_(MOVED)} ({'; '.join(bases)})" if bases else "")
        self._to_moved.setVisible(bool(bases))

    def moved(self) -> str:
        """Return what is said of a result that no longer agrees with the data."""
        return self._moved.text()

    def go_to_moved(self) -> None:
        """Go to the next step: opening the assessment again, or first its decision, which holds it closed."""
        kept = self.assessment
        if kept is not None and self.bar.reason.isHidden():
            self._desk.go("recognitions", unit_id=kept.unit_id)
        else:
            self._scroll.ensureWidgetVisible(self.bar)
            self.bar.reason.setFocus()

    @property
    def open_items(self) -> list[str]:
        """The ids of the items that need an answer."""
        kept = self.assessment
        return [] if kept is None else [r.item for r in kept.reasons if r.verdict == "unanswered"]

    @property
    def groups(self) -> dict[str, GroupBox]:
        return {key: box for clause in self.clauses.values() for key, box in clause.groups.items()}

    def _build(self, catalogue: Catalogue, year: int) -> None:
        self._catalogue = catalogue
        self._column.addWidget(self.bar)
        body = QWidget()
        body.setObjectName("scrolled")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 16, 16)
        column.setSpacing(0)
        column.addWidget(label(no_names(), "muted", wrap=True))
        if not isinstance(catalogue.holds, AllOf):
            column.addWidget(label(_("Of the clauses: {rule}", rule=tree_words(catalogue.holds)), "hint"))
        made = partial(self._made_row, year=year)
        self.clauses = {
            clause.id: ClauseBox(catalogue, clause, made, self._none_happened) for clause in catalogue.clauses
        }
        self.rows = {key: row for box in self.clauses.values() for key, row in box.rows.items()}
        for box in self.clauses.values():
            column.addWidget(box)
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

    def _made_row(self, item: Item, clause: Clause, year: int) -> ItemRow:
        row = ItemRow(item, clause.legal_basis, year, self._ways)
        row.settled.connect(partial(self._settle, row))
        row.edited.connect(partial(self._keep_draft, row))
        row.entered.connect(partial(self._go_on, row))
        return row

    def _take(self, kept: SelfAssessment) -> None:
        self.assessment = kept
        if self._catalogue is None:
            return
        read_only = kept.state == "final"
        outcome = evaluate(self._catalogue, kept.answers, kept.year)
        reasons = {reason.item: reason for reason in outcome.reasons}
        standings = verdicts(self._catalogue, outcome)
        for item_id, row in self.rows.items():
            row.show_answer(kept.answers.get(item_id), reasons[item_id], read_only=read_only)
        for box in self.clauses.values():
            box.show_standing(standings, reasons, read_only=read_only)
        self._say_result(self._catalogue, outcome)

    def _say_result(self, catalogue: Catalogue, outcome: Outcome) -> None:
        bases = {item.id: item.legal_basis for item in catalogue.items}
        failed = [reason for reason in outcome.reasons if reason.verdict == "not_met"]
        missing = len(outcome.unanswered)
        why = [
            f"{bases[reason.item]}: {_(reason.message, **reason.facts)}" for reason in failed[:_REASONS_SHOWN]
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
            self._result.say(State.GOOD, _("Met: the unit holds to the criteria."))

    def _none_happened(self, items: Sequence[str]) -> None:
        """Answer 0 to those of ``items`` that are open and in which nothing is being typed."""
        kept = self.assessment
        if kept is None:
            return
        waiting = [
            self.rows[item]
            for item in items
            if (item not in kept.answers or kept.answers[item].value is None)
            and not self.rows[item].typed().answer
        ]
        given = {row.item.id: Given(0, evidence=row.evidence.written()) for row in waiting}
        if not given:
            return
        services = self._desk.services
        self._desk.run(
            lambda _progress: services.assessments.answer_all(kept.id, given),
            self._kept_all,
            owner=self,
        )

    def _kept_all(self, written: Written[SelfAssessment]) -> None:
        if self.assessment is not None and self.assessment.id == written.record.id:
            self._take(written.record)
            self.answered.emit(written.record)

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
