"""The details of a consolidated figure, by commune, and of a commune, beside the report that it signed."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.domain.consolidation import Line
from antq_desktop.domain.text import sort_key
from antq_desktop.runtime.language import _
from antq_desktop.services.reporting.consolidating import CommuneFigures, Consolidated, as_of_text
from antq_desktop.services.reporting.report_words import amount_text
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import Column, ListRows, RowsModel
from antq_desktop.ui.pages.consolidated.lists import signed_text, size
from antq_desktop.ui.pages.facts import Facts
from antq_desktop.ui.pages.verdict_line import VerdictLine
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.buttons import label
from antq_desktop.ui.widgets.table import Table

_LEAST_HEIGHT = 280


class FigureSide(QWidget):
    """How a figure is counted, and each commune's part of it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._total = label("", "figure")
        self._how = label("", "muted", wrap=True)
        self._model: RowsModel | None = None
        self.table: Table | None = None
        self._column = QVBoxLayout(self)
        self._column.setSpacing(8)
        self._column.addWidget(self._total)
        self._column.addWidget(self._how)

    def show_line(self, report: Consolidated, line: Line) -> None:
        self._total.setText(amount_text(line.of(report.total)))
        self._how.setText(line.explanation)
        if self.table is not None:
            self.table.hide()
            self.table.deleteLater()
        columns = [
            Column("name", _("Name"), lambda row: row.unit_name, width=130, wide=True),
            Column("amount", _("Amount"), lambda row: amount_text(line.of(row.amounts)), 110, "right"),
        ]
        source = ListRows(
            report.communes,
            sort_keys={
                "name": lambda row: sort_key(row.unit_name),
                "amount": partial(size, line),
            },
        )
        model = RowsModel(columns, source, key=lambda row: row.unit_code)
        self.table = Table(model, "consolidated-figure", self._desk)
        self.table.setAccessibleName(_("The figure by commune"))
        self.table.setMinimumHeight(_LEAST_HEIGHT)
        self._column.addWidget(self.table, 1)
        model.reload()


class CommuneSide(QWidget):
    """How fresh the figures of a commune are, and where they differ from what it signed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts = Facts()
        self._state = VerdictLine()
        self._title = label(_("Signed and recounted"), "section")
        self._differences = Facts()
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addWidget(self._state)
        column.addWidget(self._facts)
        column.addWidget(self._title)
        column.addWidget(self._differences)
        column.addStretch()

    def show_commune(self, commune: CommuneFigures, *, is_behind: bool) -> None:
        signed = commune.report
        if commune.complete:
            self._state.say(State.GOOD, _("Every laptop has sent until the end of the period."))
        elif not is_behind:
            self._state.say(State.NONE, _("The period is not over; figures still grow."))
        else:
            self._state.say(
                State.LOOK, _("Not everything has come until the end of the period; figures may still grow.")
            )
        facts = [
            (_("Code of the unit"), commune.unit_code),
            (_("Figures of"), as_of_text(commune)),
            (_("Signed report"), signed_text(commune)),
        ]
        if signed:
            facts += [
                (_("Signed on"), written.day(signed.signed_on)),
                (_("Signed by"), signed.signed_by),
                (_("Edition"), str(signed.edition)),
                (_("Report covers"), f"{written.day(signed.first)} – {written.day(signed.last)}"),
            ]
            if signed.other_days:
                facts.append((_("Mind"), _("The report covers other days than this one.")))
        self._facts.show_facts(facts)
        differences = signed.differences if signed else ()
        self._title.setVisible(bool(differences))
        self._differences.show_facts(
            (each.name, _("signed {signed}, now {counted}", signed=each.signed, counted=each.counted))
            for each in differences
        )
