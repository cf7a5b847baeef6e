"""What can be counted: the closed list of plain counts that storage makes and indicators are built from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

#: A count is one whole number, a tally whole numbers by kind, by unit of counting or the like.
Shape = Literal["count", "tally"]
Measured = int | Mapping[str, int]
#: What was counted over one scope, by the id of the measure: every one of MEASURES, 0 or empty where there is nothing.
Measures = Mapping[str, Measured]


@dataclass(frozen=True, slots=True)
class Measure:
    """One plain count. ``part_of`` is the measure that it can never exceed, since the same rows are counted there."""

    id: str
    shape: Shape = "count"
    part_of: str = ""


MEASURES: dict[str, Measure] = {
    measure.id: measure
    for measure in (
        Measure("households_living"),
        Measure("people_living"),
        Measure("households_signed", part_of="households_living"),
        Measure("households_absent", part_of="households_living"),
        Measure("households_refused", part_of="households_living"),
        # By kind of campaign.
        Measure("thematic_signed", "tally"),
        Measure("areas"),
        Measure("areas_registered", part_of="areas"),
        Measure("areas_assessed", part_of="areas"),
        Measure("areas_met", part_of="areas"),
        Measure("areas_recognised", part_of="areas"),
        Measure("areas_with_model", part_of="areas"),
        Measure("areas_with_festival", part_of="areas"),
        Measure("areas_with_team", part_of="areas"),
        Measure("units"),
        Measure("units_registered", part_of="units"),
        Measure("units_recognised", part_of="units"),
        # By kind of unit.
        Measure("units_by_kind", "tally"),
        Measure("units_recognised_by_kind", "tally"),
        Measure("models_working"),
        Measure("models_begun"),
        Measure("models_closed"),
        Measure("model_sites"),
        Measure("model_groups"),
        Measure("model_members"),
        # By id of a rating scale.
        Measure("models_by_rating", "tally"),
        # By kind of activity; by unit of counting; by both, as «tuan-tra/ca».
        Measure("activities", "tally"),
        Measure("quantities", "tally"),
        Measure("quantities_by_kind", "tally"),
        Measure("festival_sites"),
        Measure("festival_attendance"),
        Measure("festival_gifts"),
        Measure("festival_gift_value"),
        Measure("festival_awards"),
        Measure("festival_pledges"),
        # By unit of counting.
        Measure("festival_handed_in", "tally"),
        # By kind of outreach.
        Measure("outreach_campaigns", "tally"),
        Measure("outreach_sessions"),
        Measure("outreach_attendance"),
        Measure("outreach_leaflets"),
        Measure("outreach_articles"),
        Measure("security_teams"),
        Measure("team_members"),
        Measure("team_trainings"),
        Measure("team_training_attendees"),
        # By rating of the catalogue of team ratings.
        Measure("members_by_rating", "tally"),
        Measure("steering_committees"),
        Measure("programmes_in_force"),
        Measure("programmes_signed"),
        # By kind of award.
        Measure("awards", "tally"),
        Measure("awards_to_collectives"),
        Measure("awards_to_persons"),
    )
}

#: Nothing counted at all.
NOTHING: Measures = {measure.id: 0 if measure.shape == "count" else {} for measure in MEASURES.values()}
