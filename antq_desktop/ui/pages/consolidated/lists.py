"""The two tables of the consolidated figures: figures with the communes beside them, and communes with their figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from antq_desktop.domain.consolidation import Line
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.text import sort_key
from antq_desktop.runtime.language import _
from antq_desktop.services.reporting.consolidating import CommuneFigures, Consolidated, as_of_text
from antq_desktop.services.reporting.report_words import amount_text
from antq_desktop.ui.models.rows import Column, ListRows
from antq_desktop.ui.theme import State

#: So many communes stand beside the figures as columns; of more there is the list of communes.
MOST_COLUMNS = 24
#: Figures that the list of communes shows before a person chooses others.
_SHOWN = frozenset(
    {"households_living", "share_signed", "areas_recognised", "models_working", "activity_count"}
)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure, of the whole and by the code of each commune; ``place`` is where the catalogue has it."""

    line: Line
    place: int
    total: int | Ratio
    parts: Mapping[str, int | Ratio]

    @property
    def id(self) -> str:
        return self.line.id


def figure_columns(report: Consolidated) -> list[Column]:
    communes = report.communes if len(report.communes) <= MOST_COLUMNS else ()
    return [
        Column("place", _("No."), lambda row: str(row.place), width=56, align="right", spare=True),
        Column("name", _("Figure"), lambda row: row.line.name, width=240, wide=True),
        Column("unit", _("Unit of counting"), lambda row: row.line.unit, width=96, spare=True),
        Column("total", _("All together"), lambda row: amount_text(row.total), width=116, align="right"),
        *(_commune_column(commune) for commune in communes),
    ]


def figure_source(report: Consolidated) -> ListRows:
    rows = [
        FigureRow(
            line,
            place,
            line.of(report.total),
            {commune.unit_code: line.of(commune.amounts) for commune in report.communes},
        )
        for place, line in enumerate(report.lines, 1)
    ]
    return ListRows(
        rows,
        sort_keys={
            "name": lambda row: sort_key(row.line.name),
            "unit": lambda row: sort_key(row.line.unit),
            "total": lambda row: _size(row.total),
            **{commune.unit_code: partial(_part_size, commune.unit_code) for commune in report.communes},
        },
        search=lambda row: row.line.name,
    )


def commune_columns(report: Consolidated) -> list[Column]:
    return [
        Column("name", _("Commune"), lambda row: row.unit_name, width=176, wide=True),
        Column("as_of", _("Figures of"), as_of_text, width=124, spare=True),
        Column(
            "complete",
            _("Until the period's end"),
            partial(_sent, report),
            width=136,
            state=partial(_sent_state, report),
        ),
        Column("signed", _("Signed report"), signed_text, width=176, state=_signed_state, spare=True),
        *(_line_column(line) for line in report.lines),
        Column("code", _("Code of the unit"), lambda row: row.unit_code, width=120, offered=True),
    ]


def commune_source(report: Consolidated) -> ListRows:
    return ListRows(
        report.communes,
        sort_keys={
            "name": lambda row: sort_key(row.unit_name),
            "as_of": lambda row: row.as_of.timestamp() if row.as_of else 0.0,
            "complete": lambda row: row.complete,
            "signed": lambda row: -1 if row.report is None else len(row.report.differences),
            "code": lambda row: row.unit_code,
            **{line.id: partial(size, line) for line in report.lines},
        },
        search=lambda row: f"{row.unit_name} {row.unit_code}",
    )


def signed_text(row: CommuneFigures) -> str:
    """Return what a commune signed for the period, and whether its records still say the same."""
    if row.report is None:
        return _("none came")
    if not row.report.differences:
        return _("agrees")
    return _("{count} figures differ", count=len(row.report.differences))


def size(line: Line, row: CommuneFigures) -> float:
    """Return what a commune's figure is sorted by; nothing of nothing comes first."""
    return _size(line.of(row.amounts))


def _part_size(unit_code: str, row: FigureRow) -> float:
    return _size(row.parts[unit_code])


def _commune_column(commune: CommuneFigures) -> Column:
    return Column(
        commune.unit_code,
        commune.unit_name,
        lambda row: amount_text(row.parts[commune.unit_code]),
        width=116,
        align="right",
        spare=True,
    )


def _line_column(line: Line) -> Column:
    return Column(
        line.id,
        line.name,
        lambda row: amount_text(line.of(row.amounts)),
        width=124,
        align="right",
        offered=line.id not in _SHOWN,
        spare=True,
    )


def _sent(report: Consolidated, row: CommuneFigures) -> str:
    if row.complete:
        return _("sent")
    return _("not sent yet") if report.is_behind(row) else _("period not over")


def _sent_state(report: Consolidated, row: CommuneFigures) -> State:
    if row.complete:
        return State.GOOD
    return State.LOOK if report.is_behind(row) else State.NONE


def _signed_state(row: CommuneFigures) -> State:
    if row.report is None:
        return State.NONE
    return State.LOOK if row.report.differences else State.GOOD


def _size(amount: int | Ratio) -> float:
    if isinstance(amount, int):
        return amount
    return amount.part / amount.whole if amount.whole else -1.0
