"""Fourth step: what the import would do, in counts and rows, with a decision for each doubtful pair."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.intake import ImportResult
from antq_desktop.services.intake_plan import ImportPlan
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import ListRows, RowsModel
from antq_desktop.ui.pages.import_wizard import plan_rows
from antq_desktop.ui.pages.import_wizard.doubt import DoubtBox
from antq_desktop.ui.pages.import_wizard.draft import OUTCOME_NAMES, ImportDraft
from antq_desktop.ui.pages.import_wizard.plan_rows import PlanLine
from antq_desktop.ui.pages.import_wizard.step import ImportStep
from antq_desktop.ui.widgets.buttons import label
from antq_desktop.ui.widgets.figure import Figure
from antq_desktop.ui.widgets.table import Table

_COUNTED = ("new", "changed", "unchanged", "faulty", "doubtful")


class PreviewStep(ImportStep):
    """A figure shows its rows; a doubtful row asks for a decision. Going on imports."""

    def __init__(self, desk: Desk, draft: ImportDraft, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            _("Look at what will happen"),
            _("Nothing is kept yet. Doubtful lines without a decision are set aside; they hold up nothing."),
            parent,
        )
        self.draft = draft
        self.next_word = _("Import")
        self._outcome = ""
        self.figures = {
            name: Figure(_(OUTCOME_NAMES[name]).capitalize(), partial(self.show_only, name))
            for name in _COUNTED
        }
        figures = QHBoxLayout()
        figures.setSpacing(8)
        for figure in self.figures.values():
            figure.setMinimumWidth(96)
            figures.addWidget(figure, 1)
        self._areas = label("", "muted", wrap=True)
        self.update_known = QCheckBox(_("Change households that are known already"))
        self.append_new = QCheckBox(_("Add households that are new"))
        self.update_known.setChecked(True)
        self.append_new.setChecked(True)
        switches = QHBoxLayout()
        switches.setSpacing(24)
        for switch in (self.update_known, self.append_new):
            switch.clicked.connect(self._plan_again)
            switches.addWidget(switch)
        switches.addStretch()
        self._model = RowsModel(plan_rows.columns(draft), ListRows([]))
        self.table = Table(self._model, "import-preview", desk)
        self.table.setAccessibleName(_("Rows of the file"))
        self.table.chosen.connect(self._choose)
        self.doubt = DoubtBox(self._decide)
        self.column.addLayout(figures)
        self.column.addWidget(self._areas)
        self.column.addLayout(switches)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.doubt)
        self.end_layout()

    def enter(self) -> None:
        if self.draft.plan is not None:
            self._show(self.draft.plan)

    def is_ready(self) -> bool:
        return not self.busy

    def proceed(self, go_on: Callable[[], None]) -> None:
        work, backups = self.draft.running(), self.desk.services.backups

        def work_after_a_backup(progress: Progress) -> ImportResult:
            """Import once all that is there lies in a backup: an import changes hundreds of households at once."""
            backups.back_up()
            return work(progress)

        self.run(work_after_a_backup, partial(self._imported, go_on), _("Importing"))

    def show_only(self, outcome: str) -> None:
        """Show the rows of one outcome; the same figure once more shows all."""
        self._outcome = "" if self._outcome == outcome else outcome
        self._show_rows()

    def _show(self, plan: ImportPlan) -> None:
        self.draft.plan = plan
        for name, figure in self.figures.items():
            figure.set_value(written.number(plan.count(name)))  # type: ignore[arg-type]  # names of outcomes
        names = ", ".join(area.name for area in plan.new_areas)
        self._areas.setText(_("New residential areas: {names}.", names=names) if names else "")
        self._areas.setVisible(bool(names))
        if not self._outcome and plan.count("doubtful"):
            self._outcome = "doubtful"
        self._show_rows()

    def _show_rows(self) -> None:
        plan = self.draft.plan
        if plan is None:
            return
        lines = plan_rows.lines(plan)
        shown = [line for line in lines if not self._outcome or line.planned.outcome == self._outcome]
        self._model.set_source(ListRows(shown))
        self.doubt.hide()
        if shown:
            self.table.selectRow(0)

    def _choose(self, line: PlanLine | None) -> None:
        if line is not None and line.planned.outcome == "doubtful":
            self.doubt.show_row(line, self.draft.decisions.get(line.id, ""))
        else:
            self.doubt.hide()

    def _decide(self, line: int, decision: str) -> None:
        if decision:
            self.draft.decisions[line] = decision
        else:
            self.draft.decisions.pop(line, None)
        self._model.reload()

    def _plan_again(self) -> None:
        self.draft.update = self.update_known.isChecked()
        self.draft.append = self.append_new.isChecked()
        self.run(self.draft.reading_and_planning(), self._show, _("Comparing with the households"))

    def _imported(self, go_on: Callable[[], None], result: ImportResult) -> None:
        self.draft.result = result
        go_on()
