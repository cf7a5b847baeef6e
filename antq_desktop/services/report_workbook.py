"""Lays the yearly report out as sheets of a workbook, so that an office can go on counting with it."""

from decimal import Decimal

from antq_desktop.documents.spreadsheet_out import Column, Sheet, Table, Value
from antq_desktop.domain.community_models import STATE_NAMES
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.recognition import number_text
from antq_desktop.runtime.language import _
from antq_desktop.services.reports import decision_text, model_name, result_text
from antq_desktop.services.yearly_report import AreaLine, YearlyReport


def sheets(report: YearlyReport) -> tuple[Sheet, ...]:
    """Return the sheets of the yearly report: residential areas, models, activities."""
    return (
        _sheet(report, _("Residential areas"), [_area_table(report)]),
        _sheet(report, _("Self-managed models"), [_model_table(report), _state_table(report)]),
        _sheet(report, _("Activities of models"), [_kind_table(report), _quantity_table(report)]),
    )


def _sheet(report: YearlyReport, name: str, tables: list[Table]) -> Sheet:
    days = report.period.days
    return Sheet(
        name=name,
        agency=[line.upper() for line in (report.heading.parent, report.heading.agency) if line],
        state=[_("SOCIALIST REPUBLIC OF VIET NAM"), _("Independence - Freedom - Happiness")],
        title=[
            _("YEARLY REPORT {year}: {subject}", year=report.period.year, subject=name.upper()),
            _("From {first} to {last}", first=f"{days.first:%d/%m/%Y}", last=f"{days.last:%d/%m/%Y}"),
        ],
        tables=tables,
    )


def _area_table(report: YearlyReport) -> Table:
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
        Column(_("Certificate no."), "text", 14),
    )
    rows = [_area_row(number, line) for number, line in enumerate(report.areas, 1)]
    if report.commune_models or report.commune_activities:
        name = _("The whole commune (models of no single area)")
        counts = (report.commune_models, report.commune_activities)
        rows.append((len(rows) + 1, name, *[None] * 6, *counts, None, None, None))
    return Table("", columns, rows, _("Sum total"), [(5, 4, 2)])


def _area_row(number: int, line: AreaLine) -> tuple[Value, ...]:
    return (
        number,
        line.name,
        line.households,
        line.people,
        line.signed,
        _fraction(line.share),
        line.absent,
        line.refused,
        line.models,
        line.activities,
        result_text(line),
        decision_text(line),
        number_text(line.certificate) if line.certificate else None,
    )


def _model_table(report: YearlyReport) -> Table:
    columns = (
        Column(_("No. in the list"), "number", 6),
        Column(_("Name of the model"), "text", 44),
        Column(_("Number of sites"), "number", 10, sums=True),
        Column(_("Number of groups"), "number", 10, sums=True),
        Column(_("Number of members"), "number", 12, sums=True),
        Column(_("Number of activities"), "number", 12, sums=True),
    )
    rows = [
        (number, model_name(line), line.sites, line.groups, line.members, line.activities)
        for number, line in enumerate(report.models, 1)
    ]
    return Table(_("Models at work"), columns, rows, _("Sum total"))


def _state_table(report: YearlyReport) -> Table:
    columns = (
        Column(_("No. in the list"), "number", 6),
        Column(_("State of the models"), "text", 44),
        Column(_("Number of models"), "number", 10, sums=True),
    )
    rows = [
        (number, _(STATE_NAMES[state]), count)
        for number, (state, count) in enumerate(report.models_by_state, 1)
    ]
    return Table(_("Models by state"), columns, rows, _("Sum total"))


def _kind_table(report: YearlyReport) -> Table:
    columns = (
        Column(_("No. in the list"), "number", 6),
        Column(_("Kind of the activity"), "text", 44),
        Column(_("Number of activities"), "number", 12, sums=True),
    )
    rows = [(number, line.name, line.activities) for number, line in enumerate(report.kinds, 1)]
    return Table(_("Activities by kind"), columns, rows, _("Sum total"))


def _quantity_table(report: YearlyReport) -> Table:
    # Units of different kinds are never added up: this table has no total.
    columns = (
        Column(_("No. in the list"), "number", 6),
        Column(_("Kind of the activity"), "text", 44),
        Column(_("Unit of counting"), "text", 24),
        Column(_("Quantity counted"), "number", 12),
    )
    counted = [(line.name, unit, total) for line in report.kinds for unit, total in line.quantities]
    rows = [(number, *row) for number, row in enumerate(counted, 1)]
    return Table(_("Quantities by unit"), columns, rows)


def _fraction(share: Ratio) -> Decimal | None:
    # Cut like the printed share: 19.999 of 20.000 must not turn into 100 % by the rounding of a spreadsheet.
    return Decimal(share.part * 10_000 // share.whole) / 10_000 if share.whole else None
