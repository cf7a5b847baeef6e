"""Which settings stand in which section, how they become fields of a form, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _
from antq_desktop.services.settings import KNOWN, Known
from antq_desktop.ui import format as written
from antq_desktop.ui.widgets.field import Field

#: The values that a setting is chosen from, each with what it is called.
Choices = Sequence[tuple[object, str]]
_FEW_DIGITS = 9_999


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
        (
            "recognition.decided_by",
            "recognition.commune_decided_by",
            "recognition.signer",
            "recognition.signer_post",
            "steering_committee",
        ),
    ),
    Section(
        "reminders",
        N_("Periods and reminders"),
        N_("When reporting periods begin, and when the line below turns amber and red."),
        ("report.cut_off_day", "report.cut_off_months_before", "alarm.amber_days", "alarm.red_days"),
    ),
    Section(
        "models",
        N_("Models: rating and limits"),
        N_("When a model counts as one on paper or one to remove, and how models are rated and paid for."),
        ("models.idle_months", "models.remove_years", "models.rating_scale", "models.budget_norm_vnd"),
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
#: Stands by itself in the page: a section of its own that is saved when it is needed.
INTERVAL = Section(
    "backups",
    N_("Backups made by themselves"),
    N_("Only when something was entered since the last one."),
    ("backup.every_minutes",),
)
#: What is set elsewhere: the year in the head of the window, the deadlines step by step in their own section.
SET_ELSEWHERE = frozenset({"working_year", "deadlines", "register.laptop"})
_PAIRED = {"officer.name", "signer", "recognition.signer"}
_PARTS = {
    "officer.name": (
        "officer",
        "name",
        N_("Officer's name"),
        N_("Shown from the next opening of the program."),
    ),
    "officer.rank": ("officer", "rank", N_("Rank"), ""),
}


def fields(names: tuple[str, ...], choices: Mapping[str, Choices]) -> list[Field]:
    """``choices`` are those of the settings that are chosen from a list."""
    return [_field(name, choices.get(name, ())) for name in names]


def set_by(names: tuple[str, ...]) -> frozenset[str]:
    """Return the settings that fields of these names change."""
    return frozenset(_PARTS[name][0] if name in _PARTS else name for name in names)


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
            value = settings[name]
            values[name] = written.number(value) if isinstance(value, int) else value
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


def _field(name: str, choices: Choices) -> Field:
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
    if choices:
        return Field(name, _(known.title), kind="choice", required=True, choices=choices, hint=hint)
    if isinstance(known.default, int):
        return Field(
            name,
            _(known.title),
            kind="number",
            required=True,
            width=160 if known.most > _FEW_DIGITS else 120,
            hint=hint,
            check=lambda typed: _number_fault(known, typed),
        )
    return Field(name, _(known.title), hint=hint, pair=name in _PAIRED, read_only=name == "commune")


def _number_fault(known: Known, typed: str) -> str:
    number = written.read_number(typed)
    if number is not None and known.least <= number <= known.most:
        return ""
    return _(
        "Type a number from {least} to {most}.",
        least=written.number(known.least),
        most=written.number(known.most),
    )
