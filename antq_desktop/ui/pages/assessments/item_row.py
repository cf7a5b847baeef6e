"""One item of the criteria: what is asked, the answer, its evidence, and at once what the answer comes to."""

from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.domain.assessment import (
    Answer,
    ItemVerdict,
    Reason,
    against,
    is_counted_beside,
    needs_reason,
    why_asked,
)
from antq_desktop.domain.criteria import Item
from antq_desktop.domain.rules import Value
from antq_desktop.runtime.language import _
from antq_desktop.services.yearly.assessments import Given
from antq_desktop.ui.pages.assessments import answers
from antq_desktop.ui.pages.assessments.answer_input import answer_input
from antq_desktop.ui.pages.assessments.answers import Unreadable
from antq_desktop.ui.pages.assessments.question import Question
from antq_desktop.ui.pages.assessments.ways import Ways, is_on_board
from antq_desktop.ui.pages.assessments.yes_no import YesNo
from antq_desktop.ui.pages.verdict_line import VerdictLine
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.buttons import button, label, restyle
from antq_desktop.ui.widgets.flow import Flow
from antq_desktop.ui.widgets.text_field import TextField

_WIDE = 580
_INPUTS_WIDTH = 320
_STATES: dict[ItemVerdict, State] = {
    "met": State.GOOD,
    "not_met": State.BAD,
    "unanswered": State.NONE,
    "not_needed": State.NONE,
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the inputs of one item, readable or not."""

    answer: str = ""
    reason: str = ""
    evidence: str = ""


class ItemRow(QWidget):
    """``settled`` when an input is left with something new, ``edited`` with each key, ``entered`` on the last Enter."""

    settled = Signal()
    edited = Signal()
    entered = Signal()

    def __init__(
        self,
        item: Item,
        clause_basis: str,
        year: int,
        ways: Ways,
        parent: QWidget | None = None,
    ) -> None:
        """``clause_basis`` stands over the item already and is not said again."""
        super().__init__(parent)
        self.item = item
        self._year = year
        self._known = Answer(None)
        self._kept = Typed()
        self._read_only = False
        self._open = True
        self.input = answer_input(item, year)
        why = _("Why it holds all the same") if is_counted_beside(item) else _("Why the figure was changed")
        self.reason = TextField(why)
        self.reason.setPlaceholderText(why)
        self.evidence = TextField(_("Evidence: {what}", what=item.evidence or item.wording))
        self.evidence.setPlaceholderText(item.evidence or _("Number and day of the document"))
        self.evidence.setToolTip(no_names())
        self._fault = label("", "fault", wrap=True)
        self._fault.hide()
        self._source = label("", "hint", wrap=True)
        self._rows = button(_("See the rows"), lambda: ways.to_rows(item.id), kind="link")
        self._rows.setAccessibleName(_("See the rows behind «{item}»", item=item.wording))
        self._board = button(
            _("Occurrences of the year") if item.counted else _("Go to the step of the year"),
            lambda: ways.to_board(item.id),
            kind="link",
        )
        self.question = Question(item, clause_basis, ways.to_text)
        self._back = button(_("Take the figure of the data"), self._take_back, kind="link")
        self._undo = button("", self._clear, icon="undo", kind="bare", name=_("Take the answer back"))
        self._verdict = VerdictLine()
        self._lay_out()
        self._connect()

    def show_answer(self, answer: Answer | None, reason: Reason | None, *, read_only: bool) -> None:
        """Show what is kept; what is being typed just now and is not kept yet stays."""
        busy = self.typed() != self._kept
        self._known = answer or Answer(None)
        self._read_only = read_only
        self._kept = Typed(
            answers.typed(self._known.value)
            if not isinstance(self._known.value, bool)
            else answers.shown(self._known.value),
            self._known.reason or "",
            self._known.evidence,
        )
        if not busy or self.typed() == self._kept:
            evidence = self.evidence.written() if answer is None else ""
            self.set_typed(replace(self._kept, evidence=self._kept.evidence or evidence))
            self._say_fault("")
        for line in (self.reason, self.evidence):
            line.setReadOnly(read_only)
        if isinstance(self.input, YesNo):
            self.input.setDisabled(read_only)
            self._undo.setVisible(self._known.value is not None and not read_only)
        else:
            self.input.setReadOnly(read_only)
        if not busy:
            self.reason.setVisible(self._differs(self._known.value))
            self._say_source()
            if self._differs(self._known.value) and not self._known.reason:
                self._ask_why()
        self._open = reason is None or reason.verdict in ("unanswered", "not_met")
        if reason is not None:
            self._verdict.say(_STATES[reason.verdict], _(reason.message, **reason.facts))

    def typed(self) -> Typed:
        if isinstance(self.input, YesNo):
            value = self.input.value()
            text = "" if value is None else answers.shown(value)
        else:
            text = self.input.written()
        return Typed(text, self.reason.written(), self.evidence.written())

    def set_typed(self, typed: Typed) -> None:
        if isinstance(self.input, YesNo):
            self.input.set_value({_("Yes"): True, _("No"): False}.get(typed.answer))
        else:
            self.input.setText(typed.answer)
        self.reason.setText(typed.reason)
        self.evidence.setText(typed.evidence)
        if typed.reason:
            self.reason.show()

    def given(self) -> Given | None:
        """Return what is to be kept, or None when nothing is new or it cannot be kept yet; says why under the input."""
        typed = self.typed()
        if self._read_only or typed == self._kept:
            return None
        try:
            value = self._value(typed.answer)
        except Unreadable as unreadable:
            self._say_fault(str(unreadable))
            return None
        differs = self._differs(value)
        self.reason.setVisible(differs)
        if differs and not typed.reason:
            self._say_source(value)
            self._ask_why()
            return None
        self._say_fault("")
        if value is None and self._known.value is None:
            return None
        return Given(value, typed.reason if differs else None, typed.evidence)

    def note_kept(self) -> None:
        """Take what stands there as handed over; a later look finds nothing new."""
        self._kept = self.typed()

    def say_refused(self, sentence: str) -> None:
        """Say why it was not kept; it is tried again when it is left again."""
        self._kept = Typed("\0")
        self._say_fault(sentence)

    @property
    def is_pending(self) -> bool:
        """Whether something stands here that is not kept."""
        return not self._read_only and self.typed() != self._kept

    @property
    def is_open(self) -> bool:
        """Whether the item is unanswered or not met."""
        return self._open

    def fault(self) -> str:
        return self._fault.text()

    def verdict(self) -> str:
        return self._verdict.text()

    def source(self) -> str:
        return self._source.text()

    def see_rows(self) -> None:
        self._rows.click()

    def go_to_board(self) -> None:
        self._board.click()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the inputs under the question where there is no room beside it."""
        super().resizeEvent(event)
        wide = self.width() >= _WIDE
        self._sides.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )
        self._right.setFixedWidth(_INPUTS_WIDTH) if wide else self._right.setMaximumWidth(16_777_215)
        self._right.setMinimumWidth(_INPUTS_WIDTH if wide else 0)

    def _value(self, text: str) -> Value:
        if isinstance(self.input, YesNo):
            return self.input.value()
        return answers.read(self.item.answer, text, self._year)

    def _differs(self, value: Value) -> bool:
        return needs_reason(self.item, replace(self._known, value=value))

    def _take_back(self) -> None:
        self.set_typed(Typed(answers.typed(self._known.filled), "", self.evidence.written()))
        self.edited.emit()
        self.settled.emit()

    def _clear(self) -> None:
        self.set_typed(Typed("", "", self.evidence.written()))
        self.edited.emit()
        self.settled.emit()

    def _say_source(self, value: Value = None) -> None:
        filled = self._known.filled
        by_hand = value if value is not None else self._known.value
        count = against(self.item, self._known)
        if count:
            self._source.setText(_("{count} occurrences recorded in the period", count=count) + ".")
        self._source.setVisible(count > 0)
        self._back.setVisible(False)
        if self.item.filled_by is None:
            return
        differs = self._differs(by_hand)
        self._back.setVisible(differs and not self._read_only)
        self._source.setVisible(not (filled is None and self._read_only))
        if differs:
            self._source.setText(
                _(
                    "The data says {figure}; typed by hand: {typed}.",
                    figure=answers.shown(filled),
                    typed=answers.shown(by_hand),
                )
            )
        elif filled is not None:
            self._source.setText(_("Filled in from the data: {figure}.", figure=answers.shown(filled)))
        elif self.item.counted:
            self._source.setText(_("No occurrence is recorded; type 0 when it is certain."))
        else:
            self._source.setText(_("Not recorded on the board of the year yet."))

    def _ask_why(self) -> None:
        message, facts = why_asked(self.item, self._known)
        self._say_fault(_(message, **facts))

    def _say_fault(self, sentence: str) -> None:
        self._fault.setText(sentence)
        self._fault.setVisible(bool(sentence))
        if not isinstance(self.input, YesNo):
            restyle(self.input, fault=bool(sentence))

    def _connect(self) -> None:
        if isinstance(self.input, YesNo):
            self.input.picked.connect(self.edited)
            self.input.picked.connect(self.settled)
        else:
            self.input.textEdited.connect(self.edited)
            self.input.left.connect(self.settled)
        self.input.entered.connect(self._go_on)
        self.reason.entered.connect(self.evidence.setFocus)
        self.evidence.entered.connect(self.entered)
        for line in (self.reason, self.evidence):
            line.textEdited.connect(self.edited)
            line.left.connect(self.settled)

    def _go_on(self) -> None:
        self.settled.emit()
        (self.evidence if self.reason.isHidden() else self.reason).setFocus()

    def _lay_out(self) -> None:
        answer = QHBoxLayout()
        answer.setSpacing(8)
        answer.addWidget(self.input)
        if isinstance(self.input, YesNo):
            answer.addWidget(self._undo)
        else:
            answer.addStretch()
        links = QWidget()
        ways = Flow(links)
        ways.setContentsMargins(0, 0, 0, 0)
        for way in (self._rows, self._board, self._back):
            ways.addWidget(way)
        self._board.setVisible(is_on_board(self.item))
        self._rows.setVisible(self.item.filled_by is not None and not is_on_board(self.item))
        evidence = QHBoxLayout()
        evidence.setSpacing(8)
        evidence.addWidget(label(_("Evidence"), "hint"))
        evidence.addWidget(self.evidence, 1)
        self._right = QWidget()
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(4)
        right.addLayout(answer)
        right.addWidget(self._fault)
        right.addWidget(self._source)
        right.addWidget(links)
        right.addWidget(self.reason)
        right.addLayout(evidence)
        right.addWidget(self._verdict)
        right.addStretch()
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._sides.setContentsMargins(0, 12, 0, 12)
        self._sides.setSpacing(16)
        self._sides.addWidget(self.question, 1)
        self._sides.addWidget(self._right)


def no_names() -> str:
    """Return the sentence that stands wherever evidence is typed."""
    return _(
        "Evidence is a count, a day and the number of a document. Names of persons and State secrets do not belong here."
    )
