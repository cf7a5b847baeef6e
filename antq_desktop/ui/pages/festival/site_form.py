"""The fields of Ngày hội at one site, and how they become a record and back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from antq_desktop.domain.festival import FestivalDay
from antq_desktop.runtime.language import _
from antq_desktop.ui.widgets.field import Field

_AREA, _HANDED_IN = "area.", "handed_in."
_COUNTS = ("attendance", "gifts", "gift_value_vnd", "awards", "pledges")
_PLAIN = ("on", "place", "with_ceremony", "with_festivities", "note")


def sections(areas: Sequence[tuple[str, str]], units: Mapping[str, str]) -> list[tuple[str, Sequence[Field]]]:
    """``areas`` are ids and names to tick, ``units`` what is handed in is counted in, id to name."""
    handed_in = [
        Field(_HANDED_IN + unit, _("Counted in: {unit}", unit=name), kind="number", width=160)
        for unit, name in units.items()
    ]
    return [
        ("", [Field("on", _("Held on"), kind="date", required=True, width=160), _place()]),
        (_("How it went"), _went()),
        (_("Given and signed there"), _given()),
        (
            _("Residential areas that held it there"),
            [Field(_AREA + key, name, kind="check") for key, name in areas],
        ),
        (_("Weapons and fireworks handed in"), handed_in),
        ("", [Field("note", _("Note"), kind="lines")]),
    ]


def new(year: int, area_ids: Sequence[str] = (), place: str = "") -> FestivalDay:
    """Return what is offered for a site that is not saved yet; its day is typed."""
    return FestivalDay(id="", unit_code="", year=year, place=place, area_ids=tuple(area_ids), on=date.min)


def shown(site: FestivalDay) -> dict[str, object]:
    return {
        **{name: getattr(site, name) for name in _PLAIN},
        "on": site.on if site.on != date.min else None,
        **{name: getattr(site, name) or None for name in _COUNTS},
        **{_AREA + area_id: True for area_id in site.area_ids},
        **{_HANDED_IN + unit: count or None for unit, count in site.handed_in.items()},
    }


def made(site: FestivalDay, values: Mapping[str, Any]) -> FestivalDay:
    """Return the site with what is typed; areas and units that are not offered stay as they are."""
    areas = [area_id for area_id in site.area_ids if values.get(_AREA + area_id, True)]
    areas += [area_id for area_id in _set(values, _AREA) if area_id not in areas]
    unasked = {unit: count for unit, count in site.handed_in.items() if _HANDED_IN + unit not in values}
    said: dict[str, Any] = {
        **{name: values[name] for name in _PLAIN},
        **{name: values[name] or 0 for name in _COUNTS},
        "area_ids": tuple(areas),
        "handed_in": {**unasked, **_set(values, _HANDED_IN)},
    }
    return replace(site, **said)


def _set(values: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    """Return what is ticked or typed in the fields of one prefix, by the rest of their names."""
    return {
        name.removeprefix(prefix): value
        for name, value in values.items()
        if name.startswith(prefix) and value
    }


def _place() -> Field:
    return Field("place", _("Place"), required=True, hint=_("As the house of culture of a residential area"))


def _went() -> list[Field]:
    return [
        Field("with_ceremony", _("With a ceremony (phần lễ)"), kind="check"),
        Field("with_festivities", _("With festivities (phần hội)"), kind="check"),
        Field("attendance", _("People who attended"), kind="number", width=160),
    ]


def _given() -> list[Field]:
    return [
        Field("gifts", _("Gifts"), kind="number", pair=True),
        Field("gift_value_vnd", _("Worth (đồng)"), kind="number"),
        Field("awards", _("Awards given"), kind="number", pair=True),
        Field("pledges", _("Pledges signed"), kind="number"),
    ]
