"""The fields of a target, and how they become a record and back."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from antq_desktop.domain.periods import codes_of
from antq_desktop.domain.targets import LEVEL_NAMES, Target, WrongAim, aim_text, read_aim
from antq_desktop.domain.text import sort_key
from antq_desktop.runtime.language import _, sentence
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.reporting.reporting_periods import period_name
from antq_desktop.ui.widgets.field import Field


def sections(catalogues: Catalogues, year: int) -> list[tuple[str, Sequence[Field]]]:
    """Figures that are counted by kind have no one number to reach and are not offered."""
    indicators = sorted(catalogues.indicators.indicators.values(), key=lambda one: sort_key(one.name))
    figures = tuple((one.id, one.name) for one in indicators if one.kind != "tally")
    periods = tuple((code, _capital(period_name(code))) for code in codes_of(year))
    levels = tuple((key, _capital(_(name))) for key, name in LEVEL_NAMES.items())
    return [
        (
            "",
            [
                Field("indicator", _("Figure"), kind="choice", choices=figures),
                Field(
                    "at_least",
                    _("Aim"),
                    required=True,
                    check=_fault,
                    hint=_("A number as 12, or a share as 90 %"),
                    width=160,
                ),
                Field("period", _("To be reached in"), kind="choice", choices=periods),
                Field("level", _("By whom"), kind="choice", choices=levels),
                Field("set_by", _("Resolution or plan")),
            ],
        )
    ]


def new(year: int, like: Target | None = None) -> Target:
    """Return what is offered for a new target: the period and level of the one shown before."""
    return Target(
        id="",
        unit_code="",
        year=year,
        period=like.period if like else str(year),
        level=like.level if like else "commune",
        indicator="share_signed",
        measured="percent",
        at_least=0,
    )


def shown(target: Target) -> dict[str, object]:
    return {
        "indicator": target.indicator,
        "at_least": aim_text(target) if target.at_least else "",
        "period": target.period,
        "level": target.level,
        "set_by": target.set_by,
    }


def made(target: Target, values: dict[str, Any]) -> Target:
    """Return the target with what is typed; the form has checked that the aim can be read."""
    measured, at_least = read_aim(values["at_least"])
    names = ("indicator", "period", "level", "set_by")
    return replace(target, measured=measured, at_least=at_least, **{name: values[name] for name in names})


def _fault(typed: str) -> str:
    try:
        read_aim(typed)
    except WrongAim as failure:
        return sentence(failure)
    return ""


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
