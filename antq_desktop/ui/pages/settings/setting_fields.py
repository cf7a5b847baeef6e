"""Which settings stand in which section, how they become fields of a form, and back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _
from antq_desktop.services.settings import KNOWN
from antq_desktop.ui.widgets.field import Field

_LAST_DAY_IN_ALL_MONTHS = 28
_MOST_DAYS = 365
_MOST_MINUTES = 480
_SHORTEST_MINUTES = 5


@dataclass(frozen=True, slots=True)
class Section:
    """A form of settings: ``names`` are those of services.settings.KNOWN, in their order."""

    key: str
    title: str
    sentence: str
    names: tuple[str, ...]


_COMMUNE = (
    Section(
        "unit",
        N_("Unit and officer"),
        N_("The unit was chosen from the national list when the workspace was made."),
        ("commune", "receiving_unit", "officer.name", "officer.rank"),
    ),
    Section(
        "papers",
        N_("Head and signature of papers"),
        N_("They are printed on papers as they stand here (Nghị định 30/2020/NĐ-CP)."),
        ("agency.parent", "agency.name", "agency.symbol", "place", "signer", "signer_post"),
    ),
    Section(
        "recognition",
        N_("Who recognises"),
        N_("Suggested with each decision; it can be changed there."),
        ("recognition.decided_by", "recognition.signer", "recognition.signer_post", "steering_committee"),
    ),
    Section(
        "reminders",
        N_("Periods and reminders"),
        N_("When reporting periods begin, and when the line below turns amber and red."),
        ("report.cut_off_day", "report.cut_off_months_before", "alarm.amber_days", "alarm.red_days"),
    ),
)
_RECEIVING = (
    Section(
        "unit",
        N_("Unit and officer"),
        N_("They are printed on papers as they stand here (Nghị định 30/2020/NĐ-CP)."),
        ("agency.name", "place", "officer.name", "officer.rank"),
    ),
)
#: By the role of the workspace.
SECTIONS = {"commune": _COMMUNE, "receiving": _RECEIVING}
_NUMBERS = {
    "report.cut_off_day": (1, _LAST_DAY_IN_ALL_MONTHS),
    "report.cut_off_months_before": (0, 1),
    "alarm.amber_days": (1, _MOST_DAYS),
    "alarm.red_days": (1, _MOST_DAYS),
    "backup.every_minutes": (_SHORTEST_MINUTES, _MOST_MINUTES),
}
_PAIRED = {"officer.name", "signer", "recognition.signer", "alarm.amber_days", "report.cut_off_day"}
_PARTS = {
    "officer.name": (
        "officer",
        "name",
        N_("Officer's name"),
        N_("Shown from the next opening of the program."),
    ),
    "officer.rank": ("officer", "rank", N_("Rank"), ""),
}


def fields(names: tuple[str, ...]) -> list[Field]:
    return [_field(name) for name in names]


def shown(names: tuple[str, ...], settings: Mapping[str, Any]) -> dict[str, object]:
    """Return what the form shows of ``settings``."""
    values: dict[str, object] = {}
    for name in names:
        if name in _PARTS:
            whole, part, _title, _hint = _PARTS[name]
            values[name] = settings[whole].get(part, "")
        elif name == "commune":
            commune = settings["commune"]
            parts = (commune.get("name"), commune.get("province"), commune.get("code"))
            values[name] = ", ".join(part for part in parts if part)
        else:
            values[name] = settings[name]
    return values


def made(
    names: tuple[str, ...], values: Mapping[str, object], settings: Mapping[str, Any]
) -> dict[str, object]:
    """Return the settings that ``values`` of the form change."""
    changed: dict[str, object] = {}
    for name in names:
        if name == "commune":
            continue
        if name in _PARTS:
            whole, part, _title, _hint = _PARTS[name]
            changed[whole] = {**settings[whole], **_dict(changed.get(whole)), part: values[name]}
        else:
            changed[name] = values[name]
    return {name: value for name, value in changed.items() if value != settings[name]}


def _dict(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _field(name: str) -> Field:
    if name in _PARTS:
        _whole, _part, title, hint = _PARTS[name]
        return Field(
            name,
            _(title),
            hint=_(hint) if hint else "",
            pair=name in _PAIRED,
            required=name == "officer.name",
        )
    known = KNOWN[name]
    hint = _("Legal basis: {basis}", basis=known.basis) if known.basis else ""
    if name in _NUMBERS:
        return Field(
            name,
            _(known.title),
            kind="number",
            required=True,
            width=120,
            hint=hint,
            check=lambda typed: _number_fault(name, typed),
        )
    return Field(name, _(known.title), hint=hint, pair=name in _PAIRED, read_only=name == "commune")


def _number_fault(name: str, typed: str) -> str:
    least, most = _NUMBERS[name]
    if typed.isdecimal() and least <= int(typed) <= most:
        return ""
    return _("Type a number from {least} to {most}.", least=least, most=most)
