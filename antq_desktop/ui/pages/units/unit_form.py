"""The fields of a listed unit, how they become a record and back, and what they say of its being assessed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from antq_desktop.domain.unit_scope import ScopeCatalogue, left_out
from antq_desktop.domain.units import ListedKind, Unit
from antq_desktop.runtime.language import _
from antq_desktop.services.results import Written, remark
from antq_desktop.services.yearly.units import LISTED_KINDS, Units
from antq_desktop.ui.widgets.field import Field

_NAMES = ("name", "category", "address", "managed", "has_party", "valid_from")
_SIGN = "/"


def fields(categories: Sequence[tuple[object, str]]) -> list[Field]:
    """``categories`` is a list that the page may change later."""
    return [
        Field("category", _("Kind of unit"), kind="choice", required=True, choices=categories),
        Field("name", _("Name"), required=True),
        Field("address", _("Address")),
        Field("managed", _("Managed by the commune, or the commune is authorised to"), kind="check"),
        Field("has_party", _("It has a party organisation"), kind="check"),
        Field("valid_from", _("There since"), kind="date", required=True, width=160),
    ]


def kinds(scope: ScopeCatalogue) -> list[tuple[object, str]]:
    """Return the kinds that are listed, with what they are called."""
    return [(kind, scope.units[kind].name) for kind in LISTED_KINDS]


def categories(scope: ScopeCatalogue, unit: Unit) -> list[tuple[object, str]]:
    """Return what a unit can be, those left out with a word; one that is listed keeps its kind, a new one has the choice."""
    among = (unit.kind,) if unit.id else LISTED_KINDS
    return [
        (_value(kind, one.id), _("{name} (not assessed)", name=one.name) if one.excluded else one.name)
        for kind in among
        for one in scope.units[kind].categories.values()
    ]


def shown(unit: Unit) -> dict[str, object]:
    values = {name: getattr(unit, name) for name in _NAMES}
    return {**values, "category": _value(unit.kind, unit.category)}


def made(unit: Unit, values: Mapping[str, Any]) -> Unit:
    kind, _sign, category = str(values["category"]).partition(_SIGN)
    return replace(unit, **{**values, "kind": cast("ListedKind", kind), "category": category})


def excluded_why(scope: ScopeCatalogue, unit: Unit) -> str:
    """Return why a unit is not assessed, nothing when it is."""
    why = left_out(scope, unit)
    return remark(why) if why is not None else ""


def write(units: Units, unit: Unit) -> Written[Unit]:
    """List a new unit, or keep what was changed of a known one."""
    said = {name: getattr(unit, name) for name in _NAMES}
    if unit.id:
        return units.change(unit.id, **said)
    return units.add(unit.kind, **said)


def _value(kind: str, category: str) -> str:
    """Return a category with its kind: the same id may stand for something else in another kind."""
    return f"{kind}{_SIGN}{category}"
