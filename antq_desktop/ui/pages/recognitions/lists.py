"""The three lists of the recognitions page: the units, the register of numbers, and what became of each unit lately."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel
from PySide6.QtWidgets import QStackedWidget, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.storage.queries.assessments import AssessmentRow
from antq_desktop.storage.queries.register import RegisterRow
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models import result_lines
from antq_desktop.ui.models.result_lines import Line
from antq_desktop.ui.models.rows import ListRows, RowsModel
from antq_desktop.ui.pages.list_export import to_workbook
from antq_desktop.ui.pages.recognitions import register, unit_rows
from antq_desktop.ui.pages.recognitions.register import RegisterRows
from antq_desktop.ui.pages.recognitions.unit_rows import UnitRows
from antq_desktop.ui.widgets.table import Table

UNITS, REGISTER, RESULTS = "units", "register", "results"


class Lists(QStackedWidget):
    """One list is in sight; a search narrows all of them, the kind of unit those that have kinds."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kinds: dict[str, str] = {}
        self._units = RowsModel(
            unit_rows.columns(self._kinds), UnitRows(), sort="kind", key=lambda row: row.unit_id
        )
        self._numbers = RowsModel(
            register.columns(self._kinds), RegisterRows(), sort="number", key=lambda row: row.certificate_id
        )
        self._lines = RowsModel(result_lines.columns(_("Unit")), ListRows(()), sort="said")
        self.units = self._made(self._units, "recognitions", _("Units that met the criteria"))
        self.units.set_empty(
            _("No unit can be recognised yet"),
            _("Only a finished self-assessment that says met leads to a recognition."),
            (_("Go to the self-assessments"), lambda: desk.go("assessments")),
        )
        self.register = self._made(self._numbers, "certificates", _("Register of numbers"))
        self.register.set_empty(
            _("No number was taken in this year"), _("Numbers are taken when certificates are issued.")
        )
        self.results = self._made(self._lines, "recognition-results", _("Results"))

    @property
    def view(self) -> str:
        return (UNITS, REGISTER, RESULTS)[self.currentIndex()]

    @property
    def kind(self) -> str:
        """The kind of unit that is shown alone, or nothing."""
        return str(self._units.asked.filters.get("kind", ""))

    @property
    def chosen(self) -> list[AssessmentRow]:
        """The chosen units in the order of the list; none while another list is in sight."""
        return _chosen(self.units, self._units) if self.view == UNITS else []

    @property
    def chosen_numbers(self) -> list[RegisterRow]:
        """The chosen numbers in the order of the register; none while another list is in sight."""
        return _chosen(self.register, self._numbers) if self.view == REGISTER else []

    def show_view(self, view: str) -> None:
        self.setCurrentIndex((UNITS, REGISTER, RESULTS).index(view))

    def show_rows(
        self,
        rows: Sequence[AssessmentRow],
        numbers: Sequence[RegisterRow],
        kinds: Mapping[str, str],
        wanted: str = "",
    ) -> None:
        """Show units and numbers; the chosen units stay chosen unless another one is ``wanted``."""
        self._kinds.update(kinds)
        chosen = {wanted} if wanted else {row.unit_id for row in self.chosen}
        if wanted:
            self.units.clearSelection()
            self.units.choose_key(wanted)
        self._units.set_source(UnitRows(rows, kinds))
        self._numbers.set_source(RegisterRows(numbers, kinds))
        if len(chosen) > 1:
            self._choose_again(chosen)

    def show_lines(self, lines: Iterable[Line]) -> None:
        self._lines.set_source(result_lines.source(lines))

    def narrow(self, *, kind: object = None, standing: object = None) -> None:
        """Show only units of one kind and standing; nothing shows all."""
        self._units.ask(kind=kind or None, standing=standing or None)
        self._numbers.ask(kind=kind or None)

    def search(self, text: str) -> None:
        for model in (self._units, self._numbers, self._lines):
            model.ask(text=text)

    def export(self) -> None:
        """Save the list in sight as a spreadsheet."""
        (self.units, self.register, self.results)[self.currentIndex()].export()

    def _choose_again(self, units: set[str]) -> None:
        """Choose all of them at once: each choice is told to whoever listens."""
        chosen = QItemSelection()
        for place in range(self._units.total):
            row = self._units.row_at(place)
            if row is not None and row.unit_id in units:
                index = self._units.index(place, 0)
                chosen.select(index, index)
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        self.units.selectionModel().select(chosen, flags)

    def _made(self, model: RowsModel, name: str, title: str) -> Table:
        made = Table(model, name, self._desk)
        made.setAccessibleName(title)
        made.set_export(to_workbook(self._desk, title))
        self.addWidget(made)
        return made


def _chosen(table: Table, model: RowsModel) -> list[Any]:
    places = sorted(index.row() for index in table.selectionModel().selectedRows())
    return [row for place in places if (row := model.row_at(place)) is not None]
