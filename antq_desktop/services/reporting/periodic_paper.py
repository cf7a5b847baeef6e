"""Lays a periodic report out for page and paper: its figures as rows of texts, and the fields of its form."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.record_checks import written
from antq_desktop.domain.report_content import AreaFigures, Figure, KindFigures, ReportContent, change
from antq_desktop.runtime.language import _
from antq_desktop.services.reporting.periodic_reports import ReportView
from antq_desktop.services.reporting.report_words import amount_text, change_text, count_text
from antq_desktop.services.reporting.reporting_periods import period_name

#: The periods that a figure can stand beside, by the names of its fields.
Other = Literal["before", "last_year"]
#: As the catalogue of indicators names the unit of money.
_MONEY = "đồng"


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """One line of the table of figures, as it is printed; the title of a section has no ``indicator`` and no figures."""

    indicator: str
    name: str
    unit: str = ""
    now: str = ""
    before: str = ""
    before_change: str = ""
    last_year: str = ""
    last_year_change: str = ""

    @property
    def title(self) -> str:
        """The name as it stands without a column of units: a count names what it counts, a sum of money does not."""
        return f"{self.name} ({self.unit})" if self.unit == _MONEY else self.name

    def beside(self, other: Other) -> tuple[str, str]:
        """Return the figure of another period, and by how much this one is more."""
        if other == "before":
            return self.before, self.before_change
        return self.last_year, self.last_year_change


def figure_rows(content: ReportContent) -> list[FigureRow]:
    """Return the figures under the titles of their sections."""
    return [
        row
        for section in content.sections
        for row in (FigureRow(indicator="", name=section.title), *map(_figure_row, section.figures))
    ]


def compared(content: ReportContent) -> tuple[Other, ...]:
    """Return the periods that have a column beside the figures: those of which any figure is known."""
    return tuple(
        other
        for other in _others(content)
        if any(getattr(figure, other) is not None for figure in content.figures.values())
    )


def not_compared_text(content: ReportContent) -> str:
    """Return which periods have no column, and why; nothing where each has one."""
    missing = [other for other in _others(content) if other not in compared(content)]
    if not missing:
        return ""
    names = ", ".join(period_name(_code(content, other)) for other in missing)
    return _("Nothing is recorded of {periods}, so no column compares with it.", periods=names)


def period_head(content: ReportContent, other: Other) -> str:
    """Return the name of another period as the head of its column."""
    name = period_name(_code(content, other))
    return name[:1].upper() + name[1:]


def correction_text(view: ReportView) -> str:
    """Return the sentence that a correction bears; nothing for a first edition."""
    report, replaced = view.report, view.content.replaces
    if report.edition == 1 or replaced is None:
        return ""
    return _(
        "Correction no. {number}, in place of the report of {day}. Reason: {reason}",
        number=report.edition - 1,
        day=written(replaced),
        reason=report.reason,
    )


def form_record(view: ReportView) -> dict[str, Any]:
    """Return the report as the form ``periodic-report`` takes it."""
    report, content, sender = view.report, view.content, view.content.sender
    return {
        "parent": sender.parent,
        "agency": sender.agency,
        "agency_in_text": sender.agency_in_text,
        "number": report.number,
        "place": sender.place,
        "date": report.signed_on,
        "year": report.year,
        "period": view.name,
        "period_from": report.first,
        "period_to": report.last,
        "correction": correction_text(view),
        "addressee": sender.addressee,
        "sections": [{"title": section.title, "wording": section.wording} for section in content.sections],
        **_comparison(content),
        "remarks": [{"wording": text} for text in report.remarks],
        "tasks": [{"wording": text} for text in report.tasks],
        "signer_role": sender.signer_post,
        "signer_name": sender.signer,
        **_annexes(content),
    }


def quantities_text(line: KindFigures) -> str:
    """Return what the activities of a kind add up to: ``12 buổi, 340 lượt người``."""
    return ", ".join(f"{count_text(count)} {unit}" for unit, count in line.quantities.items())


def share_signed(line: AreaFigures) -> Ratio | None:
    """Return the share of an area's households that signed; None for a line without households."""
    return None if line.households is None or line.signed is None else Ratio(line.signed, line.households)


def _figure_row(figure: Figure) -> FigureRow:
    return FigureRow(
        indicator=figure.indicator,
        name=figure.name,
        unit=figure.unit,
        now=amount_text(figure.now),
        before=amount_text(figure.before),
        before_change=change_text(figure.now, change(figure.now, figure.before)),
        last_year=amount_text(figure.last_year),
        last_year_change=change_text(figure.now, change(figure.now, figure.last_year)),
    )


def _others(content: ReportContent) -> tuple[Other, ...]:
    """Return the periods to compare with; of a year or nine months there is only the one a year ago."""
    return ("last_year",) if content.before.code in ("", content.last_year.code) else ("before", "last_year")


def _code(content: ReportContent, other: Other) -> str:
    return (content.before if other == "before" else content.last_year).code


def _comparison(content: ReportContent) -> dict[str, Any]:
    """Return the figures of the form; a period that stands there alone takes the place of the same one last year."""
    shown = compared(content)
    alone = shown[0] if len(shown) == 1 else "last_year"
    return {
        "two_periods": len(shown) == 2,  # noqa: PLR2004 - as many as there can be
        "one_period": len(shown) == 1,
        "no_period": not shown,
        "not_compared": not_compared_text(content),
        "before_head": period_head(content, "before"),
        "last_year_head": period_head(content, alone),
        "figures": list(_figure_records(content, alone)),
    }


def _figure_records(content: ReportContent, alone: Other) -> Iterator[dict[str, Any]]:
    number = 0
    for row in figure_rows(content):
        number += 1 if row.indicator else 0
        last_year, last_year_change = row.beside(alone)
        yield {
            "number": str(number) if row.indicator else "",
            "name": row.title,
            "now": row.now,
            "before": row.before,
            "before_change": row.before_change,
            "last_year": last_year,
            "last_year_change": last_year_change,
            "heading": not row.indicator,
        }


def _annexes(content: ReportContent) -> dict[str, Any]:
    areas = content.areas
    households, signed = (
        sum(getattr(line, name) or 0 for line in areas) for name in ("households", "signed")
    )
    return {
        "areas": [_area_record(line) for line in areas],
        "households": households,
        "people": sum(line.people or 0 for line in areas),
        "signed": signed,
        "signed_share": amount_text(Ratio(signed, households)),
        "absent": sum(line.absent or 0 for line in areas),
        "refused": sum(line.refused or 0 for line in areas),
        "area_models": sum(line.models for line in areas),
        "area_activities": sum(line.activities for line in areas),
        "models": [
            {
                "name": line.name,
                "sites": line.sites,
                "groups": line.groups,
                "members": line.members,
                "activities": line.activities,
            }
            for line in content.models
        ],
        "sites": sum(line.sites or 0 for line in content.models),
        "groups": sum(line.groups or 0 for line in content.models),
        "members": sum(line.members or 0 for line in content.models),
        "model_activities": sum(line.activities for line in content.models),
        "kinds": [
            {"name": line.name, "activities": line.activities, "quantities": quantities_text(line)}
            for line in content.kinds
        ],
        "kind_activities": sum(line.activities for line in content.kinds),
        "units": [
            {"name": line.name, "result": line.result, "decision": line.decision} for line in content.units
        ],
    }


def _area_record(line: AreaFigures) -> dict[str, Any]:
    share = share_signed(line)
    return {
        "name": line.name,
        "households": line.households,
        "people": line.people,
        "signed": line.signed,
        "share": amount_text(share) if share else "",
        "absent": line.absent,
        "refused": line.refused,
        "models": line.models,
        "activities": line.activities,
    }
