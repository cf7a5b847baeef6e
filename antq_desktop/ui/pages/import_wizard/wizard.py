"""Leads through an import: file, what was found, faults, preview with decisions, result."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from antq_desktop.runtime.language import _
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.import_wizard.draft import ImportDraft
from antq_desktop.ui.pages.import_wizard.faults_step import FaultsStep
from antq_desktop.ui.pages.import_wizard.file_step import FileStep
from antq_desktop.ui.pages.import_wizard.preview_step import PreviewStep
from antq_desktop.ui.pages.import_wizard.result_step import ResultStep
from antq_desktop.ui.pages.import_wizard.table_step import TableStep
from antq_desktop.ui.widgets.wizard import Wizard


class ImportWizard(Wizard):
    """Leaving it while work runs stops that work; nothing half-done is left."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.draft = ImportDraft(desk.services.intake)
        kinds = (FileStep, TableStep, FaultsStep, PreviewStep, ResultStep)
        self.parts = [kind(desk, self.draft) for kind in kinds]
        super().__init__(_("Import a list of households"), self.parts, parent)
        self.resize(1120, 680)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if event.isAccepted():
            for part in self.parts:
                part.job_bar.cancel()
