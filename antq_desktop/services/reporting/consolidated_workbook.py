"""Lays consolidated figures out as a workbook whose totals and shares are formulas, so that the reader can check them."""

from collections.abc import Mapping
from decimal import Decimal

from antq_desktop.documents.spreadsheet_out import Across, Column, Entry, PartOf, Sheet, Shown, Table
from antq_desktop.domain.consolidation import Line
from antq_desktop.domain.indicators import Amount
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.record_checks import written
from antq_desktop.runtime.language import _
from antq_desktop.services.reporting.consolidating import CommuneFigures, Consolidated, as_of_text

#: The columns in front of the communes: number, figure, unit of counting, total.
_BEFORE_COMMUNES = 4
#: The columns in front of the figures: number, code, commune, as of, sent to the end.
_BEFORE_FIGURES = 5


def sheets(report: Consolidated) -> tuple[Sheet, ...]:
    """Return the sheets: figures by commune, communes by figure, and what each commune sent and signed."""
    return (
        _sheet(report, _("Figures"), [_figure_table(report)]),
        _sheet(report, _("Communes"), [_commune_table(report)]),
        _sheet(report, _("Sent and signed"), [_sent_table(report), _difference_table(report)]),
    )


def _sheet(report: Consolidated, name: str, tables: list[Table]) -> Sheet:
    days = report.period.days
    return Sheet(
        name=name,
        agency=[line.upper() for line in (report.heading.parent, report.heading.agency) if line],
        state=[_("SOCIALIST REPUBLIC OF VIET NAM"), _("Independence - Freedom - Happiness")],
        title=[
            _("CONSOLIDATED REPORT OF {period}: {subject}", period=report.name.upper(), subject=name.upper()),
            _("From {first} to {last}", first=written(days.first), last=written(days.last)),
        ],
        tables=tables,
    )


def _figure_table(report: Consolidated) -> Table:
    columns = [
        Column(_("No. in the list"), "number", 6),
        Column(_("Figure"), "text", 44),
        Column(_("Unit of counting"), "text", 14),
        Column(_("Sum total"), "number", 14),
        *(Column(commune.unit_name, "number", 14) for commune in report.communes),
    ]
    shares = _Shares(report)
    last = _BEFORE_COMMUNES + len(report.communes) - 1
    rows: list[list[Entry]] = []
    for number, line in enumerate(report.lines, 1):
        total = line.of(report.total)
        whole: Entry = (
            shares.formula(line, report.total) if isinstance(total, Ratio) else Across(_BEFORE_COMMUNES, last)
        )
        rows.append(
            [
                number,
                line.name,
                line.unit,
                whole,
                *(_entry(line, commune, shares) for commune in report.communes),
            ]
        )
    return Table("", columns, rows)


def _entry(line: Line, commune: CommuneFigures, shares: "_Shares") -> Entry:
    amount = line.of(commune.amounts)
    return shares.formula(line, commune.amounts) if isinstance(amount, Ratio) else amount


def _commune_table(report: Consolidated) -> Table:
    columns = [
        Column(_("No. in the list"), "number", 6),
        Column(_("Code of the unit"), "text", 10),
        Column(_("Commune"), "text", 30),
        Column(_("Figures of"), "text", 14),
        Column(_("Sent until the end of the period"), "text", 14),
        *(
            Column(line.name, "share", 12)
            if isinstance(line.of(report.total), Ratio)
            else Column(line.name, "number", 12, sums=True)
            for line in report.lines
        ),
    ]
    rows = [
        [
            number,
            commune.unit_code,
            commune.unit_name,
            as_of_text(commune),
            _sent(report, commune),
            *(_plain(line.of(commune.amounts)) for line in report.lines),
        ]
        for number, commune in enumerate(report.communes, 1)
    ]
    return Table("", columns, rows, _("Sum total"), _Shares(report).columns())


def _sent_table(report: Consolidated) -> Table:
    columns = (
        Column(_("No. in the list"), "number", 6),
        Column(_("Commune"), "text", 30),
        Column(_("Figures of"), "text", 14),
        Column(_("Sent until the end of the period"), "text", 16),
        Column(_("Report signed on"), "date", 14),
        Column(_("Edition"), "number", 10),
        Column(_("Report covers"), "text", 26),
        Column(_("Figures that differ"), "number", 14),
    )
    rows: list[list[Entry]] = []
    for number, commune in enumerate(report.communes, 1):
        signed = commune.report
        rows.append(
            [
                number,
                commune.unit_name,
                as_of_text(commune),
                _sent(report, commune),
                signed.signed_on if signed else None,
                signed.edition if signed else None,
                f"{written(signed.first)} - {written(signed.last)}" if signed else "",
                len(signed.differences) if signed else None,
            ]
        )
    return Table(_("What each commune sent and signed"), columns, rows)


def _difference_table(report: Consolidated) -> Table:
    columns = (
        Column(_("No. in the list"), "number", 6),
        Column(_("Commune"), "text", 30),
        Column(_("Figure"), "text", 44),
        Column(_("As signed"), "text", 14),
        Column(_("Recounted"), "text", 14),
    )
    found = [
        (commune.unit_name, each.name, each.signed, each.counted)
        for commune in report.communes
        if commune.report
        for each in commune.report.differences
    ]
    rows = [(number, *each) for number, each in enumerate(found, 1)]
    return Table(_("Where the recount differs from a signed report"), columns, rows)


class _Shares:
    """Where the part and the whole of each share stand among the lines."""

    def __init__(self, report: Consolidated) -> None:
        self._places: dict[str, int] = {line.id: place for place, line in enumerate(report.lines)}
        self._report = report

    def formula(self, line: Line, amounts: Mapping[str, Amount]) -> Shown:
        """Return the share in one column: a formula where its part and whole are lines too."""
        places = self._of(line)
        if places is not None:
            return Shown(PartOf(*places), "share")
        return Shown(_plain(line.of(amounts)), "share")

    def columns(self) -> list[tuple[int, int, int]]:
        """Return the columns of share, part and whole of the table that has a column for each line."""
        return [
            (_BEFORE_FIGURES + place, _BEFORE_FIGURES + places[0], _BEFORE_FIGURES + places[1])
            for place, line in enumerate(self._report.lines)
            if (places := self._of(line)) is not None
        ]

    def _of(self, line: Line) -> tuple[int, int] | None:
        if line.part in self._places and line.whole in self._places:
            return self._places[line.part], self._places[line.whole]
        return None


def _plain(amount: int | Ratio) -> int | Decimal | None:
    """Return a figure as a cell has it; a share is cut like the printed one, never rounded up."""
    if isinstance(amount, int):
        return amount
    return Decimal(amount.part * 10_000 // amount.whole) / 10_000 if amount.whole else None


def _sent(report: Consolidated, commune: CommuneFigures) -> str:
    if commune.complete:
        return _("yes")
    return _("not yet") if report.is_behind(commune) else _("period not over")
