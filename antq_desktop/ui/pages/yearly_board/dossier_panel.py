"""The papers of a unit's dossier: which are there, which are missing, and each to be seen."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from antq_desktop.domain.yearly_process import StepState
from antq_desktop.runtime.language import _
from antq_desktop.ui.pages.yearly_board import words
from antq_desktop.ui.pages.yearly_board.unit_facts import UnitFacts
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import StateWord
from antq_desktop.ui.widgets.buttons import button, hairline, label
from antq_desktop.ui.widgets.emptied import empty
from antq_desktop.ui.widgets.flow import Flow


class DossierPanel(QWidget):
    """``paper_asked`` and ``step_asked`` carry the state of a step: see its paper, record it."""

    paper_asked = Signal(object)
    step_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = StateWord()
        self._missing = label("", "muted", wrap=True)
        self._papers = QVBoxLayout()
        self._papers.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._whole)
        column.addWidget(self._missing)
        column.addLayout(self._papers)
        column.addStretch()

    def show_unit(self, facts: UnitFacts) -> None:
        dossier = facts.dossier
        if dossier.complete:
            self._whole.say(State.GOOD, _("The dossier is complete"))
        elif dossier.papers:
            self._whole.say(State.LOOK, _("The dossier is not complete"))
        else:
            self._whole.say(State.NONE, _("No dossier is needed"))
        self._missing.setText(
            _("Missing: {papers}.", papers="; ".join(dossier.missing)) if dossier.missing else ""
        )
        self._missing.setVisible(bool(dossier.missing))
        empty(self._papers)
        for state in dossier.papers:
            self._papers.addWidget(self._paper(state))

    def _paper(self, state: StepState) -> QWidget:
        line = QWidget()
        there = state.state == "done"
        word = StateWord()
        word.say(State.GOOD if there else State.LOOK, _("Is there") if there else _("Is missing"))
        tools = QWidget()
        row = Flow(tools)
        see = button(
            _("See the paper"),
            lambda: self.paper_asked.emit(state),
            icon="print",
            name=f"{_('See the paper')}: {state.step.name}",
        )
        recorded = state.step.evidence == "recorded"
        verb = (_("Correct") if there else _("Record it")) if recorded else _("Open it")
        step = button(
            verb, lambda: self.step_asked.emit(state), kind="link", name=f"{verb}: {state.step.name}"
        )
        row.addWidget(see)
        row.addWidget(step)
        grid = QGridLayout(line)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        grid.addWidget(label(state.step.name, "strong", wrap=True), 0, 0)
        grid.addWidget(word, 0, 1, Qt.AlignmentFlag.AlignTop)
        under = label(words.facts(state), wrap=True)
        under.setVisible(bool(under.text()))
        grid.addWidget(under, 1, 0, 1, 2)
        grid.addWidget(label(words.rests_on(state.step), "hint", wrap=True), 2, 0, 1, 2)
        grid.addWidget(tools, 3, 0, 1, 2)
        grid.addWidget(hairline(), 4, 0, 1, 2)
        return line
