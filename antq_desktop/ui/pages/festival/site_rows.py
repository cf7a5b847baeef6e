"""The sites of Ngày hội and the areas without one as tables show them, and the figures of the year in words."""

from collections.abc import Iterable, Sequence

from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.domain.text import sort_key
from antq_desktop.runtime.language import _
from antq_desktop.services.movement.festival import FestivalRow
from antq_desktop.ui import format as written
from antq_desktop.ui.models.rows import Column, ListRows
from antq_desktop.ui.pages.narrowed_rows import NarrowedRows


def columns() -> list[Column]:
    return [
        Column("on", _("Day"), lambda row: written.day(row.on), width=104),
        Column("place", _("Place"), lambda row: row.place, width=150, wide=True),
        Column("areas", _("Residential areas"), _areas, width=150, wide=True),
        Column("parts", _("Parts"), _parts, width=104, spare=True),
        _number("attendance", _("Attended")),
        _number("gifts", _("Gifts"), offered=True),
        Column(
            "gift_value_vnd",
            _("Worth (đồng)"),
            lambda row: _count(row.gift_value_vnd),
            120,
            "right",
            offered=True,
        ),
        _number("awards", _("Awards given"), offered=True),
        _number("pledges", _("Pledges signed"), spare=True),
        Column("handed_in", _("Handed in"), _handed_in, width=160, offered=True, sortable=False),
        Column("paper", _("File"), lambda row: _count(row.papers), 64, "right", offered=True),
    ]


def source(rows: Iterable[FestivalRow]) -> NarrowedRows:
    return NarrowedRows(
        rows,
        sort_keys={
            "place": lambda row: sort_key(row.place),
            "areas": lambda row: sort_key(_areas(row)),
            "parts": lambda row: (row.with_ceremony, row.with_festivities),
            "paper": lambda row: -row.papers,
        },
        search=lambda row: f"{row.place} {_areas(row)}",
        fits={"festivities": lambda row, wanted: row.with_festivities is wanted},
    )


def missing_columns() -> list[Column]:
    return [
        Column("name", _("Residential area"), lambda area: area.name, width=240, wide=True),
        Column("next", _("What to do"), lambda _area: _("Enter or double click: record it"), 260),
    ]


def missing_source(areas: Iterable[ResidentialArea]) -> ListRows:
    return ListRows(
        tuple(areas),
        sort_keys={"name": lambda area: sort_key(area.name), "next": lambda area: sort_key(area.name)},
        search=lambda area: area.name,
    )


def totals(rows: Sequence[FestivalRow]) -> str:
    """Return the figures of the year in one line, nothing while there is no site."""
    if not rows:
        return ""
    handed_in: dict[str, int] = {}
    for row in rows:
        for unit, count in row.handed_in:
            handed_in[unit] = handed_in.get(unit, 0) + count
    parts = [
        _("{count} attended", count=_sum(row.attendance for row in rows)),
        _(
            "{count} gifts worth {value} đồng",
            count=_sum(row.gifts for row in rows),
            value=_sum(row.gift_value_vnd for row in rows),
        ),
        _("{count} awards", count=_sum(row.awards for row in rows)),
        _("{count} pledges", count=_sum(row.pledges for row in rows)),
    ]
    if handed_in:
        listed = ", ".join(f"{written.number(count)} {unit}" for unit, count in handed_in.items())
        parts.append(_("handed in: {listed}", listed=listed))
    return " · ".join(parts)


def _number(key: str, title: str, *, offered: bool = False, spare: bool = False) -> Column:
    return Column(
        key, title, lambda row: _count(getattr(row, key)), 96, "right", offered=offered, spare=spare
    )


def _count(count: int) -> str:
    return written.number(count) if count else ""


def _sum(counts: Iterable[int]) -> str:
    return written.number(sum(counts))


def _areas(row: FestivalRow) -> str:
    return ", ".join(row.areas)


def _parts(row: FestivalRow) -> str:
    if row.with_ceremony and row.with_festivities:
        return _("both parts")
    if row.with_festivities:
        return _("festivities only")
    return _("ceremony only") if row.with_ceremony else ""


def _handed_in(row: FestivalRow) -> str:
    return ", ".join(f"{written.number(count)} {unit}" for unit, count in row.handed_in)
