"""The steps of taking activities in from a spreadsheet: the file, what is faulty in it, what would happen, what came of it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.services.movement.activity_intake import ActivityImport, ActivityPlan, Outcome
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import ListRows, RowsModel
from antq_desktop.ui.pages.activities import import_draft
from antq_desktop.ui.pages.activities.import_draft import OUTCOMES, ActivityDraft
from antq_desktop.ui.pages.import_wizard.choose_step import ChooseStep
from antq_desktop.ui.pages.import_wizard.done_step import DoneStep
from antq_desktop.ui.pages.import_wizard.mend_step import MendStep
from antq_desktop.ui.pages.import_wizard.step import ImportStep
from antq_desktop.ui.widgets.buttons import label
from antq_desktop.ui.widgets.choice import Choice
from antq_desktop.ui.widgets.figure import Figure
from antq_desktop.ui.widgets.table import Table
from antq_desktop.ui.widgets.wizard import Wizard


class FileStep(ChooseStep):
    """The list of activities, and the model of those lines that name none."""

    def __init__(self, desk: Desk, draft: ActivityDraft, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            draft,
            _("A list of activities as the models keep it: Excel (.xls, .xlsx) or .csv, as it is."),
            _("Choose the list of activities"),
            parent,
        )
        self.draft = draft
        self.model = Choice(
            _("Model of lines that name none"), [("", _("None: such lines are faulty")), *draft.models]
        )
        self.model.let_shrink()
        self.model.set_value(draft.model_id)
        self.model.picked.connect(self._pick)
        self.column.addWidget(
            label(
                _(
                    "Needed are columns for the day and the kind of activity; the model stands in a column, or in a line "
                    "above its activities. Counts are found by their units. Nothing is kept before the last step."
                ),
                "muted",
                wrap=True,
            )
        )
        self.column.addWidget(label(_("Model of lines that name none"), "strong"))
        self.column.addWidget(self.model)
        self.column.addStretch()
        self.end_layout()

    def proceed(self, go_on: Callable[[], None]) -> None:
        self.run(self.draft.planning(), partial(self._planned, go_on), _("Reading the file"))

    def _planned(self, go_on: Callable[[], None], plan: ActivityPlan) -> None:
        self.draft.plan = plan
        go_on()

    def _pick(self, model_id: object) -> None:
        self.draft.model_id = str(model_id)


class FaultsStep(MendStep):
    """The cells of faulty lines."""

    def __init__(self, desk: Desk, draft: ActivityDraft, parent: QWidget | None = None) -> None:
        super().__init__(desk, draft.corrections, parent)
        self.draft = draft

    def enter(self) -> None:
        if self.draft.plan is None:
            return
        cells = import_draft.cells(self.draft.plan)
        self.show_cells(
            cells,
            _("{count} cells to mend. Counts are typed as «2 buổi, 35 lượt người».", count=len(cells)),
        )

    def proceed(self, go_on: Callable[[], None]) -> None:
        self.run(self.draft.planning(), partial(self._planned, go_on), _("Reading the file"))

    def _planned(self, go_on: Callable[[], None], plan: ActivityPlan) -> None:
        self.draft.plan = plan
        go_on()


class PreviewStep(ImportStep):
    """A figure shows its lines. Going on imports."""

    def __init__(self, desk: Desk, draft: ActivityDraft, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            _("Look at what will happen"),
            _(
                "Nothing is kept yet. Faulty lines stay out and are listed; go back to mend them, or take the file in again later."
            ),
            parent,
        )
        self.draft = draft
        self.next_word = _("Import")
        self._outcome: Outcome | None = None
        self.figures = {
            name: Figure(_(word).capitalize(), partial(self.show_only, name))
            for name, word in OUTCOMES.items()
        }
        figures = QHBoxLayout()
        figures.setSpacing(8)
        for figure in self.figures.values():
            figure.setMinimumWidth(96)
            figures.addWidget(figure, 1)
        self._model = RowsModel(import_draft.columns(draft), ListRows([]))
        self.table = Table(self._model, "activity-import-preview", desk)
        self.table.setAccessibleName(_("Rows of the file"))
        self.column.addLayout(figures)
        self.column.addWidget(self.table, 1)
        self.end_layout()

    def enter(self) -> None:
        plan = self.draft.plan
        if plan is None:
            return
        for name, figure in self.figures.items():
            figure.set_value(written.number(plan.count(name)))
        self._outcome = None
        self._show_rows()

    def is_ready(self) -> bool:
        return not self.busy

    def proceed(self, go_on: Callable[[], None]) -> None:
        self.run(self.draft.running(), partial(self._imported, go_on), _("Importing"))

    def show_only(self, outcome: Outcome) -> None:
        """Show the lines of one outcome; the same figure once more shows all."""
        self._outcome = None if self._outcome == outcome else outcome
        self._show_rows()

    def _show_rows(self) -> None:
        plan = self.draft.plan
        if plan is not None:
            shown = [line for line in plan.lines if self._outcome in (None, line.outcome)]
            self._model.set_source(ListRows(import_draft.lines(plan, shown)))

    def _imported(self, go_on: Callable[[], None], result: ActivityImport) -> None:
        self.draft.result = result
        go_on()


class ResultStep(DoneStep):
    """Every line of the file and what became of it."""

    def __init__(self, desk: Desk, draft: ActivityDraft, parent: QWidget | None = None) -> None:
        super().__init__(desk, import_draft.columns(draft), "activity-import-result", parent)
        self.draft = draft

    def enter(self) -> None:
        result, plan = self.draft.result, self.draft.plan
        if result is None or plan is None:
            return
        lines = import_draft.lines(plan, result.lines)
        if not result.changes:
            self.show_result(_("Nothing in this file was new; nothing was changed."), None, lines)
            return
        said = _(
            "{added} activities added, {unchanged} left as they were, {faults} with faults left out.",
            added=written.number(result.run.added),
            unchanged=written.number(result.run.unchanged),
            faults=written.number(result.run.faults),
        )
        self.show_result(said, result.run, lines)


class ActivityImportWizard(Wizard):
    """Leaving it while work runs stops that work; nothing half-done is left."""

    def __init__(
        self, desk: Desk, models: list[tuple[object, str]], model_id: str, parent: QWidget | None = None
    ) -> None:
        """``models`` are offered (id, name) for lines that name none, ``model_id`` first."""
        services = desk.services
        self.draft = ActivityDraft(
            services.activity_intake,
            services.backups,
            services.catalogues.activities,
            models,
            model_id=model_id,
        )
        self.parts = [kind(desk, self.draft) for kind in (FileStep, FaultsStep, PreviewStep, ResultStep)]
        super().__init__(_("Import activities"), self.parts, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if event.isAccepted():
            for part in self.parts:
                part.job_bar.cancel()
