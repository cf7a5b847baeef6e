"""The fields of a team, a member and a training, and how they become records and back."""

from collections.abc import Mapping, Sequence
from dataclasses import fields as parts_of
from dataclasses import replace
from datetime import date
from typing import Any

from antq_desktop.domain.security_teams import POST_NAMES, SecurityTeam, TeamMember, TeamTraining
from antq_desktop.runtime.language import _
from antq_desktop.ui.pages import births
from antq_desktop.ui.pages.community_models.model_form import capital
from antq_desktop.ui.widgets.field import Field

Choices = Sequence[tuple[object, str]]
#: Stands for a day that is not typed yet; a form shows it as an empty field.
UNKNOWN_DAY = date.min


def team_fields(areas: Choices) -> list[tuple[str, Sequence[Field]]]:
    """``areas`` is a list that the page may change later."""
    return [
        (
            _("The team"),
            [
                Field("area_id", _("Residential area"), kind="choice", required=True, choices=areas),
                Field("name", _("Name of the team"), required=True),
                Field("decision_number", _("Decision number"), pair=True),
                Field("decision_date", _("Decision date"), kind="date"),
                Field("valid_from", _("There since"), kind="date", required=True, pair=True),
                Field("valid_to", _("Last day"), kind="date"),
            ],
        )
    ]


def member_fields() -> list[tuple[str, Sequence[Field]]]:
    posts = tuple((post, capital(_(word))) for post, word in POST_NAMES.items())
    return [
        (
            "",
            [
                Field("name", _("Name"), required=True),
                Field(
                    "birth",
                    _("Born"),
                    required=True,
                    check=births.fault,
                    width=160,
                    hint=_("A day, or only the year"),
                ),
                Field("post", _("Post"), kind="choice", choices=posts, width=200),
                Field("joined_on", _("Joined on"), kind="date", required=True, pair=True),
                Field("left_on", _("Left on"), kind="date"),
                Field("health_proof", _("A proof of health was shown"), kind="check"),
            ],
        )
    ]


def training_fields(teams: Choices) -> list[tuple[str, Sequence[Field]]]:
    """``teams`` is a list that the page may change later."""
    return [
        (
            "",
            [
                Field("team_id", _("Team"), kind="choice", required=True, choices=teams),
                Field("on", _("Day"), kind="date", required=True, width=160),
                Field("title", _("What it was about"), required=True),
                Field("attendees", _("Members who attended"), kind="number", width=160),
            ],
        )
    ]


def new_team(area_id: str, name: str) -> SecurityTeam:
    return SecurityTeam(id="", unit_code="", area_id=area_id, name=name, valid_from=UNKNOWN_DAY)


def new_member(team_id: str) -> TeamMember:
    return TeamMember(id="", unit_code="", team_id=team_id, name="", birth="", joined_on=UNKNOWN_DAY)


def new_training(team_id: str) -> TeamTraining:
    return TeamTraining(id="", unit_code="", team_id=team_id, on=UNKNOWN_DAY, title="", attendees=0)


def shown(record: SecurityTeam | TeamMember | TeamTraining) -> dict[str, object]:
    """Return the values of a record; a day that is not known yet and a count of none are empty fields."""
    values: dict[str, object] = {part.name: getattr(record, part.name) for part in parts_of(record)}
    if isinstance(record, TeamMember):
        values["birth"] = births.shown(record.birth)
    if isinstance(record, TeamTraining):
        values["attendees"] = record.attendees or None
    return {name: None if value == UNKNOWN_DAY else value for name, value in values.items()}


def made_team(team: SecurityTeam, values: Mapping[str, Any]) -> SecurityTeam:
    return replace(team, **values)


def made_member(member: TeamMember, values: Mapping[str, Any]) -> TeamMember:
    return replace(member, **{**values, "birth": births.read(values["birth"]) or ""})


def made_training(training: TeamTraining, values: Mapping[str, Any]) -> TeamTraining:
    return replace(training, **{**values, "attendees": values["attendees"] or 0})
