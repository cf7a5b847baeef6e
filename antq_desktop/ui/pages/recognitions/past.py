"""Every decision on one unit and every certificate that followed from it, those withdrawn too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.domain.recognition import Certificate, Recognition, number_text
from antq_desktop.runtime.language import _
from antq_desktop.services.yearly.recognitions import Recognitions
from antq_desktop.ui import format as written
from antq_desktop.ui.pages.verdict_line import VerdictLine
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.buttons import label


@dataclass(frozen=True, slots=True)
class Past:
    """A decision and its certificates by number."""

    decision: Recognition
    certificates: tuple[Certificate, ...]


def gather(recognitions: Recognitions, assessment_id: str) -> tuple[Past, ...]:
    """Return the decisions on an assessment, the oldest first; reads the database."""
    return tuple(
        Past(decision, tuple(recognitions.certificates(decision.id)))
        for decision in recognitions.decisions(assessment_id)
    )


class PastBox(QWidget):
    """Hidden while no certificate was issued."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.hide()

    def show_past(self, past: Sequence[Past], printed: Mapping[str, int]) -> None:
        """Show each certificate with how often it was ``printed``, by its id."""
        for old in self._lines:
            old.hide()
            old.deleteLater()
        self._lines = []
        for one in past:
            if len(past) > 1:
                self._add(label(_decided(one.decision), "muted", wrap=True))
            for paper in one.certificates:
                self._add(_line(paper, printed.get(paper.id, 0)))
        self.setVisible(any(one.certificates for one in past))

    def texts(self) -> list[str]:
        return [line.text() for line in self._lines if isinstance(line, VerdictLine)]

    def _add(self, line: QWidget) -> None:
        self._lines.append(line)
        self._column.addWidget(line)


def _decided(decision: Recognition) -> str:
    return _(
        "Decision {number} of {day}", number=decision.decision_number, day=written.day(decision.decision_date)
    )


def _line(paper: Certificate, printed: int) -> VerdictLine:
    number = number_text(paper.number)
    line = VerdictLine()
    if paper.withdrawn_on is None:
        said = _("Number {number}, issued on {day}.", number=number, day=written.day(paper.issued_on))
        times = (
            _("Printed {count} times.", count=written.number(printed)) if printed else _("Not printed yet.")
        )
        line.say(State.GOOD, f"{said} {times}")
    else:
        said = _(
            "Number {number}, withdrawn on {day}: {why}",
            number=number,
            day=written.day(paper.withdrawn_on),
            why=paper.withdrawn_reason or "",
        )
        line.say(State.BAD, said)
    return line
