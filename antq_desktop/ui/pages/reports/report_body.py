"""A report on the page: its parts one under the other, and its annexes as tables."""

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from antq_desktop.domain.report_content import ReportContent
from antq_desktop.runtime.language import _
from antq_desktop.services.reporting.periodic_paper import (
    FigureRow,
    compared,
    figure_rows,
    not_compared_text,
    period_head,
)
from antq_desktop.services.reporting.periodic_reports import ReportView
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import ListRows, RowsModel
from antq_desktop.ui.pages.list_export import to_workbook
from antq_desktop.ui.pages.reports import report_rows
from antq_desktop.ui.pages.reports.section_view import SectionView
from antq_desktop.ui.widgets.buttons import label
from antq_desktop.ui.widgets.chip_line import ChipLine
from antq_desktop.ui.widgets.emptied import empty
from antq_desktop.ui.widgets.scrolled import scrolled
from antq_desktop.ui.widgets.table import Table

TEXT = "text"


class ReportBody(QWidget):
    """``asked`` gets the id of a figure whose rows are wanted."""

    def __init__(self, desk: Desk, asked: Callable[[str], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked = asked
        self.sections: dict[str, SectionView] = {}
        self._column = QVBoxLayout()
        self._column.setSpacing(24)
        self.not_compared = label("", "muted", wrap=True)
        text = QWidget()
        whole = QVBoxLayout(text)
        whole.setContentsMargins(0, 0, 12, 0)
        whole.setSpacing(12)
        whole.addWidget(self.not_compared)
        whole.addLayout(self._column, 1)
        self._text = scrolled(text)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._text)
        words = _annex_words()
        self._models: dict[str, RowsModel] = {}
        self.tables: dict[str, Table] = {}
        for name, columns in report_rows.annex_columns().items():
            model = RowsModel(columns, ListRows(()), key=lambda row: row.name)
            table = Table(model, f"report-{name}", desk)
            table.setAccessibleName(words[name])
            table.set_empty(_("Nothing stands in this annex"), _("It fills by itself from what is recorded."))
            table.set_export(to_workbook(desk, words[name]))
            self._models[name], self.tables[name] = model, table
            self._stack.addWidget(table)
        self.chips = ChipLine((TEXT, *words))
        self.chips.show_words({TEXT: _("Wording and figures"), **words})
        self.chips.asked.connect(self.see)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.chips)
        column.addWidget(self._stack, 1)

    def see(self, part: str) -> None:
        """Show the wording with its figures, or one annex."""
        self.chips.choose(part)
        self._stack.setCurrentWidget(self.tables.get(part, self._text))

    def show_report(self, view: ReportView, *, editable: bool) -> None:
        """Show what a report says; its paragraphs can be typed when it is ``editable``."""
        content = view.content
        if list(self.sections) != [section.id for section in content.sections]:
            self._make_sections(content)
        said = not_compared_text(content)
        self.not_compared.setText(said)
        self.not_compared.setVisible(bool(said))
        heads = {other: period_head(content, other) for other in compared(content)}
        rows = {row.indicator: row for row in figure_rows(content)}
        for section in content.sections:
            lines: list[FigureRow] = [rows[figure.indicator] for figure in section.figures]
            key = f"periodic-report/{view.report.id}/{section.id}" if editable else ""
            self.sections[section.id].show_section(section, lines, heads, key)
        for name, source in report_rows.annex_sources(content).items():
            self._models[name].set_source(source)

    def typed(self) -> dict[str, str]:
        """Return the paragraphs that were typed and are not saved yet, by section."""
        return {name: view.text for name, view in self.sections.items() if view.form.edited}

    def to_top(self) -> None:
        self.see(TEXT)
        self._text.verticalScrollBar().setValue(0)

    def _make_sections(self, content: ReportContent) -> None:
        empty(self._column)
        self.sections = {
            section.id: SectionView(self._desk, section.title, self._asked) for section in content.sections
        }
        for view in self.sections.values():
            self._column.addWidget(view)
        self._column.addStretch(1)


def _annex_words() -> dict[str, str]:
    return {
        report_rows.AREAS: _("By area"),
        report_rows.MODELS: _("Models"),
        report_rows.KINDS: _("Activities"),
        report_rows.UNITS: _("Units"),
    }
