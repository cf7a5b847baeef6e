"""The chosen unit beside the board: its steps, what happened in its year, and its dossier."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.services.yearly.units import LISTED_KINDS
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.panels import Panels
from antq_desktop.ui.pages.yearly_board.board_rows import progress
from antq_desktop.ui.pages.yearly_board.dossier_panel import DossierPanel
from antq_desktop.ui.pages.yearly_board.occurrences_panel import OccurrencesPanel
from antq_desktop.ui.pages.yearly_board.steps_panel import Say, StepsPanel
from antq_desktop.ui.pages.yearly_board.unit_facts import UnitFacts
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.chip import chip, rename
from antq_desktop.ui.widgets.flow import Flow

STEPS, OCCURRENCES, DOSSIER = "steps", "occurrences", "dossier"


class UnitSide(QWidget):
    """``unit_asked`` when the officer wants to see the unit in its own list."""

    unit_asked = Signal()

    def __init__(self, desk: Desk, say: Say, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.facts: UnitFacts | None = None
        self.steps = StepsPanel(desk, say)
        self.occurrences = OccurrencesPanel(desk, say)
        self.dossier = DossierPanel()
        self.dossier.step_asked.connect(lambda state: self.open_step(state.step.id))
        self._panels = Panels(self.steps, self.occurrences, self.dossier)
        self._parts = {STEPS: self.steps, OCCURRENCES: self.occurrences, DOSSIER: self.dossier}
        self._said = label("", "muted", wrap=True)
        self._why = label("", "warning", wrap=True)
        self._unit = button(_("Correct the unit"), self.unit_asked.emit, kind="link")
        self._tabs: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._lay_out()
        self.show_part(STEPS)

    @property
    def part(self) -> str:
        """The part in sight."""
        return next(part for part, made in self._tabs.items() if made.isChecked())

    def show_part(self, part: str) -> None:
        self._tabs[part].setChecked(True)
        self._panels.show_only(self._parts[part])

    def open_step(self, step_id: str) -> None:
        """Show the steps with the form of one open, or follow the step to where it comes from."""
        line = self.steps.lines.get(step_id)
        if line is None:
            return
        if line.state.step.evidence == "recorded":
            self.show_part(STEPS)
            self.steps.open_form(step_id)
        else:
            self.steps.way_asked.emit(line.state)

    def show_unit(self, facts: UnitFacts) -> None:
        """Show a unit; the same one again keeps what is being typed."""
        self.facts = facts
        row = facts.row
        assessed = row.excluded_why is None
        done, asked = progress(row)
        self._said.setText(_("{done} of {asked} steps done", done=done, asked=asked))
        self._said.setVisible(assessed)
        self._why.setText(row.excluded_why or "")
        self._why.setVisible(not assessed)
        self._unit.setVisible(row.key.kind in LISTED_KINDS)
        self._bar.setVisible(assessed)
        self._panels.setVisible(assessed)
        self.steps.show_unit(facts)
        self.occurrences.show_unit(facts)
        self.dossier.show_unit(facts)
        happened = sum(one.count for one in facts.occurrences)
        papers, missing = len(facts.dossier.papers), len(facts.dossier.missing)
        happened_word = _("Occurrences ({count})", count=happened) if happened else _("Occurrences")
        rename(self._tabs[OCCURRENCES], happened_word)
        rename(self._tabs[DOSSIER], _("Dossier {there}/{papers}", there=papers - missing, papers=papers))

    def _lay_out(self) -> None:
        self._bar = QWidget()
        row = Flow(self._bar, gap=4)
        words = {STEPS: _("Steps"), OCCURRENCES: _("Occurrences"), DOSSIER: _("Dossier")}
        for part, word in words.items():
            made = chip(word, partial(self.show_part, part))
            self._group.addButton(made)
            self._tabs[part] = made
            row.addWidget(made)
        way = QWidget()
        Flow(way).addWidget(self._unit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._said)
        column.addWidget(self._why)
        column.addWidget(way)
        column.addWidget(self._bar)
        column.addWidget(self._panels)
        column.addStretch()
