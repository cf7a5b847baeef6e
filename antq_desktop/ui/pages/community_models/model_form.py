"""The fields of one model in groups, as the register of a commune keeps them, and how they become a record and back."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from antq_desktop.domain.community_models import STATE_NAMES, CommunityModel, ModelCatalogue, ModelState
from antq_desktop.runtime.language import _
from antq_desktop.ui.widgets.field import Field

#: A choice of nothing, for what is not known.
NONE = ("", "–")
Choices = Sequence[tuple[object, str]]


def sections(
    catalogue: ModelCatalogue, kinds: Choices, areas: Choices, models: Choices
) -> list[tuple[str, list[Field]]]:
    """``kinds``, ``areas`` and ``models`` are lists that the page may change later."""
    return [
        (_("The model"), _about(catalogue, kinds, areas)),
        (_("Decision and launch"), _decision()),
        (_("Who leads it"), _people()),
        (_("How big it is"), _size()),
        (_("Money and equipment"), _means()),
        (_("Where it stands"), _state(models)),
    ]


def shown(model: CommunityModel) -> dict[str, object]:
    return {
        "kind": model.kind,
        "name": model.name,
        "area_id": model.area_id or "",
        "field": model.field,
        "block": model.block,
        "level": model.level,
        "decision_number": model.decision_number,
        "decision_date": model.decision_date,
        "launched_on": model.launched_on,
        "has_regulations": model.has_regulations,
        "lead_unit": model.lead_unit,
        "partner_units": model.partner_units,
        "leader": model.leader,
        "leader_post": model.leader_post,
        "sites": model.sites or None,
        "groups": model.groups or None,
        "members": model.members or None,
        "budget_vnd": model.budget_vnd,
        "budget_source": model.budget_source,
        "equipment": model.equipment,
        "state": str(model.state),
        "origin_id": model.origin_id or "",
        "closed_on": model.closed_on,
        "closed_reason": model.closed_reason,
    }


def made(model: CommunityModel, values: dict[str, Any]) -> CommunityModel:
    return replace(
        model,
        **{
            **values,
            "area_id": values["area_id"] or None,
            "sites": values["sites"] or 0,
            "groups": values["groups"] or 0,
            "members": values["members"] or 0,
            "state": ModelState(values["state"]),
            "origin_id": values["origin_id"] or None,
        },
    )


def _about(catalogue: ModelCatalogue, kinds: Choices, areas: Choices) -> list[Field]:
    return [
        Field("kind", _("Kind"), kind="choice", choices=kinds, required=True),
        Field("name", _("Name"), required=True, hint=_("As in the decision, with the name of the place")),
        Field("area_id", _("Residential area"), kind="choice", choices=areas),
        Field("field", _("Field of work"), kind="choice", choices=_of(catalogue.fields)),
        Field("block", _("Block"), kind="choice", choices=_of(catalogue.blocks), pair=True),
        Field("level", _("Level"), kind="choice", choices=_of(catalogue.levels)),
    ]


def _decision() -> list[Field]:
    return [
        Field("decision_number", _("Decision number"), pair=True),
        Field("decision_date", _("Decision date"), kind="date"),
        Field("launched_on", _("Launched on"), kind="date", width=160),
        Field("has_regulations", _("It has written regulations"), kind="check"),
    ]


def _people() -> list[Field]:
    return [
        Field("lead_unit", _("Leading unit")),
        Field("partner_units", _("Partner units")),
        Field("leader", _("Head of the board"), pair=True),
        Field("leader_post", _("Post")),
    ]


def _size() -> list[Field]:
    return [
        Field("sites", _("Sites"), kind="number", pair=True),
        Field("groups", _("Groups"), kind="number", pair=True),
        Field("members", _("Members"), kind="number"),
    ]


def _means() -> list[Field]:
    return [
        Field("budget_vnd", _("Money (đồng)"), kind="number", pair=True),
        Field("budget_source", _("From where")),
        Field("equipment", _("Equipment"), kind="lines", hint=_("Cameras, lamps, fire extinguishers…")),
    ]


def _state(models: Choices) -> list[Field]:
    states = tuple((str(state), capital(_(word))) for state, word in STATE_NAMES.items())
    return [
        Field("state", _("State"), kind="choice", choices=states),
        Field("origin_id", _("Spread from the model"), kind="choice", choices=models),
        Field("closed_on", _("Closed on"), kind="date", width=160),
        Field("closed_reason", _("Why it was closed")),
    ]


def capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _of(entries: Any) -> tuple[tuple[str, str], ...]:  # noqa: ANN401 - any mapping of catalogue entries
    return (NONE, *((entry.id, entry.name) for entry in entries.values()))
