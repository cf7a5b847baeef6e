"""The fields of an award, and how they become a record and back; those of its decision stand there once it is decided."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from antq_desktop.domain.awards import RECIPIENT_NAMES, Award, AwardCatalogue, AwardState
from antq_desktop.runtime.language import _
from antq_desktop.ui.pages.community_models.model_form import capital
from antq_desktop.ui.widgets.field import Field

_PROPOSAL = (
    "kind",
    "authority",
    "recipient_kind",
    "recipient",
    "recipient_place",
    "merit",
    "proposal_number",
    "proposed_on",
)
#: The fields that only an award that was decided has.
DECISION = ("decision_number", "decision_date", "certificate_number")


def sections(catalogue: AwardCatalogue) -> list[tuple[str, list[Field]]]:
    return [(_("Who gets what"), _who(catalogue)), ("", _proposal()), ("", _decision())]


def new(year: int, catalogue: AwardCatalogue, like: Award | None) -> Award:
    """Return what is offered for another award; those put forward together differ in the recipient only."""
    if like is not None:
        return replace(
            _first(year, catalogue),
            kind=like.kind,
            authority=like.authority,
            recipient_kind=like.recipient_kind,
            proposal_number=like.proposal_number,
            proposed_on=like.proposed_on,
        )
    return _first(year, catalogue)


def shown(award: Award) -> dict[str, object]:
    return {name: getattr(award, name) for name in (*_PROPOSAL, *DECISION)}


def made(award: Award, values: Mapping[str, Any]) -> Award:
    """Return the award as it is typed; a proposal gets no decision by its fields."""
    names = (*_PROPOSAL, *DECISION) if award.state is AwardState.DECIDED else _PROPOSAL
    return replace(award, **{name: values[name] for name in names})


def _first(year: int, catalogue: AwardCatalogue) -> Award:
    kind = next(iter(catalogue.kinds.values()))
    return Award(
        id="",
        unit_code="",
        year=year,
        kind=kind.id,
        authority=kind.authorities[0],
        recipient_kind=kind.recipients[0],
        recipient="",
    )


def _who(catalogue: AwardCatalogue) -> list[Field]:
    return [
        Field("kind", _("Kind of award"), kind="choice", required=True, choices=_of(catalogue.kinds)),
        Field("authority", _("Awarded by"), kind="choice", required=True, choices=_of(catalogue.authorities)),
        Field(
            "recipient_kind",
            _("Given to"),
            kind="choice",
            choices=tuple((kind, capital(_(word))) for kind, word in RECIPIENT_NAMES.items()),
            width=200,
        ),
        Field(
            "recipient",
            _("Name of the collective or person"),
            required=True,
            hint=_("As the decision is to write it"),
        ),
        Field("recipient_place", _("Place of work or living")),
        Field("merit", _("Merit"), kind="lines"),
    ]


def _proposal() -> list[Field]:
    return [
        Field("proposal_number", _("Number of the proposal"), pair=True),
        Field("proposed_on", _("Day of the proposal"), kind="date"),
    ]


def _decision() -> list[Field]:
    return [
        Field("decision_number", _("Decision number"), pair=True),
        Field("decision_date", _("Date of the decision"), kind="date"),
        Field("certificate_number", _("No. of the certificate given"), width=160),
    ]


def _of(entries: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((entry.id, entry.name) for entry in entries.values())
