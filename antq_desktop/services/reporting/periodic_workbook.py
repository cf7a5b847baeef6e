"""Lays a periodic report out as a workbook whose totals, shares and changes are formulas, so that the reader can check them."""

from collections.abc import Sequence
from decimal import Decimal

from antq_desktop.documents.spreadsheet_out import Column, Entry, Kind, Minus, PartOf, Sheet, Shown, Table
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.record_checks import written
from antq_desktop.domain.report_content import Amount, AreaFigures, Figure, ReportContent, change
from antq_desktop.runtime.language import _
from antq_desktop.services.reporting.periodic_paper import (
    Other,
    compared,
    correction_text,
    not_compared_text,
    period_head,
    share_signed,
)
from antq_desktop.services.reporting.periodic_reports import ReportView
from antq_desktop.services.reporting.report_words import amount_text

#: The column of this period in the table of figures, from 0; of each other period there are two behind it.
_NOW = 3


def sheets(view: ReportView) -> tuple[Sheet, ...]:
    """Return the sheets of a report: figures, wording, residential areas, models, activities, units."""
    content = view.content
    return (
        _sheet(view, _("Figures"), [_figure_table(content)], not_compared_text(content)),
        _sheet(view, _("Wording"), [_wording_table(view)]),
        _sheet(view, _("Residential areas"), [_area_table(content)]),
        _sheet(view, _("Self-managed models"), [_model_table(content)]),
        _sheet(view, _("Activities of models"), [_kind_table(content), _quantity_table(content)]),
        _sheet(view, _("Units assessed"), [_unit_table(content)]),
    )


def _sheet(view: ReportView, name: str, tables: list[Table], remark: str = "") -> Sheet:
    report, sender = view.report, view.content.sender
    lines = [
        _("REPORT OF {period}: {subject}", period=view.name.upper(), subject=name.upper()),
        _("From {first} to {last}", first=written(report.first), last=written(report.last)),
        correction_text(view),
        remark,
        _("DRAFT") if view.draft else "",
    ]
    return Sheet(
        name=name,
        agency=[line.upper() for line in (sender.parent, sender.agency) if line],
        state=[_("SOCIALIST REPUBLIC OF VIET NAM"), _("Independence - Freedom - Happiness")],
        title=[line for line in lines if line],
        tables=tables,
    )


def _figure_table(content: ReportContent) -> Table:
    others = compared(content)
    columns = [
        Column(_("No. in the list"), "number", 6),
        Column(_("Figure"), "text", 44),
        Column(_("Unit of counting"), "text", 14),
        Column(_("This period"), "number", 14),
    ]
    for other in others:
        columns += [
            Column(period_head(content, other), "number", 16),
            Column(_("Up or down"), "change", 12),
        ]
    places = _places(content)
    rows: list[Sequence[Entry]] = []
    number = 0
    for section in content.sections:
        rows.append([None, section.title.upper(), *[None] * (len(columns) - 2)])
        for figure in section.figures:
            number += 1
            entries = [
                _beside(figure, other, _NOW + 1 + 2 * place, content, places)
                for place, other in enumerate(others)
            ]
            rows.append(
                [
                    number,
                    figure.name,
                    figure.unit,
                    _entry(figure, "now", content, places),
                    *(entry for pair in entries for entry in pair),
                ]
            )
    return Table("", columns, rows)


def _places(content: ReportContent) -> dict[str, int]:
    """Return the row of each indicator in the table of figures, from 0; every section has a row for its title."""
    rows: list[str] = []
    for section in content.sections:
        rows += ["", *(figure.indicator for figure in section.figures)]
    return {indicator: row for row, indicator in enumerate(rows) if indicator}


def _beside(
    figure: Figure, period: Other, column: int, content: ReportContent, places: dict[str, int]
) -> tuple[Entry, Entry]:
    """Return the figure of another period, and by how much this one is more."""
    if change(figure.now, getattr(figure, period)) is None:
        return _entry(figure, period, content, places), None
    kind: Kind = "share_change" if isinstance(figure.now, Ratio) else "change"
    return _entry(figure, period, content, places), Shown(Minus(_NOW, column), kind)


def _entry(figure: Figure, period: str, content: ReportContent, places: dict[str, int]) -> Entry:
    """Return a figure as its cell has it: of a share the formula over the rows that count its part and whole."""
    amount: Amount | None = getattr(figure, period)
    if not isinstance(amount, Ratio):
        return Shown(amount_text(None), "text") if amount is None else amount
    figures = content.figures
    counts = [
        getattr(figures[name], period) if name in figures else None for name in (figure.part, figure.whole)
    ]
    if counts == [amount.part, amount.whole]:
        return Shown(PartOf(places[figure.part], places[figure.whole]), "share")
    return Shown(_fraction(amount), "share")


def _wording_table(view: ReportView) -> Table:
    columns = (Column(_("Part of the report"), "text", 28), Column(_("Wording"), "text", 64))
    rows = [(section.title, section.wording) for section in view.content.sections]
    rows += [(_("Remarks"), text) for text in view.report.remarks]
    rows += [(_("Tasks ahead"), text) for text in view.report.tasks]
    return Table("", columns, rows)


def _area_table(content: ReportContent) -> Table:
    columns = (
        Column(_("No. in the list"), "number", 6),
        Column(_("Name of the residential area"), "text", 30),
        Column(_("Number of households"), "number", 11, sums=True),
        Column(_("Number of people"), "number", 11, sums=True),
        Column(_("Households signed"), "number", 11, sums=True),
        Column(_("Share signed"), "share", 11),
        Column(_("Households absent"), "number", 9, sums=True),
        Column(_("Households refusing"), "number", 9, sums=True),
        Column(_("Number of models"), "number", 9, sums=True),
        Column(_("Number of activities"), "number", 11, sums=True),
        Column(_("Result of the self-assessment"), "text", 16),
        Column(_("Decision on recognition"), "text", 30),
    )
    rows = [_area_row(number, line) for number, line in enumerate(content.areas, 1)]
    return Table("", columns, rows, _("Sum total"), [(5, 4, 2)])


def _area_row(number: int, line: AreaFigures) -> tuple[Entry, ...]:
    share = share_signed(line)
    return (
        number,
        line.name,
        line.households,
        line.people,
        line.signed,
        _fraction(share) if share else None,
        line.absent,
        line.refused,
        line.models,
        line.activities,
        line.result,
        line.decision,
    )


def _model_table(content: ReportContent) -> Table:
    columns = (
        Column(_("No. in the list"), "number", 6),
        Column(_("Name of the model"), "text", 44),
        Column(_("Number of sites"), "number", 10, sums=True),
        Column(_("Number of groups"), "number", 10, sums=True),
        Column(_("Number of members"), "number", 12, sums=True),
        Column(_("Number of activities"), "number", 12, sums=True),
    )
    rows = [
        (number, line.name, line.sites, line.groups, line.members, line.activities)
        for number, line in enumerate(content.models, 1)
    ]
    return Table("", columns, rows, _("Sum total"))


def _kind_table(content: ReportContent) -> Table:
    columns = (
        Column(_("No. in the list"), "number", 6),
        Column(_("Kind of the activity"), "text", 44),
        Column(_("Number of activities"), "number", 12, sums=True),
    )
    rows = [(number, line.name, line.activities) for number, line in enumerate(content.kinds, 1)]
    return Table(_("Activities by kind"), columns, rows, _("Sum total"))


def _quantity_table(content: ReportContent) -> Table:
    # Units of different kinds are never added up: this table has no total.
    columns = (
        Column(_("No. in the list"), "number", 6),
        Column(_("Kind of the activity"), "text", 44),
        Column(_("Unit of counting"), "text", 24),
        Column(_("Quantity counted"), "number", 12),
    )
    counted = [(line.name, unit, total) for line in content.kinds for unit, total in line.quantities.items()]
    return Table(_("Quantities by unit"), columns, [(number, *row) for number, row in enumerate(counted, 1)])


def _unit_table(content: ReportContent) -> Table:
    columns = (
        Column(_("No. in the list"), "number", 6),
        Column(_("Name of the unit assessed"), "text", 44),
        Column(_("Result of the self-assessment"), "text", 20),
        Column(_("Decision on recognition"), "text", 34),
    )
    rows = [(number, line.name, line.result, line.decision) for number, line in enumerate(content.units, 1)]
    return Table("", columns, rows)


def _fraction(share: Ratio) -> Decimal | None:
    # Cut like the printed share: 19.999 of 20.000 must not turn into 100 % by the rounding of a spreadsheet.
    return Decimal(share.part * 10_000 // share.whole) / 10_000 if share.whole else None
