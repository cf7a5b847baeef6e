"""The record tables of the rest of the year: festivals, outreach, grassroots force, committees, programmes, awards."""

import sqlalchemy as sa
from sqlalchemy import Column, Date, Index, UniqueConstraint

from antq_desktop.storage.table_parts import (
    count,
    day,
    json_value,
    maybe,
    maybe_json,
    record_table,
    refers,
    text,
)

# The areas of a festival stand in a list: no single column can refer to them.
festival_days = record_table(
    "festival_days",
    count("year"),
    text("place"),
    json_value("area_ids"),
    day("on"),
    Column("with_ceremony", sa.Boolean, nullable=False),
    Column("with_festivities", sa.Boolean, nullable=False),
    count("attendance"),
    count("gifts"),
    count("gift_value_vnd"),
    count("awards"),
    count("pledges"),
    json_value("handed_in"),
    text("note"),
    maybe("paper_sha256"),
    maybe_json("more_papers"),
    Index(None, "unit_code", "year"),
)
outreach_campaigns = record_table(
    "outreach_campaigns",
    text("title"),
    text("kind"),
    day("starts_on"),
    maybe("ends_on", Date),
    count("sessions"),
    count("attendance"),
    count("leaflets"),
    count("articles"),
    text("note"),
    maybe("paper_sha256"),
)
security_teams = record_table(
    "security_teams",
    text("area_id"),
    maybe_json("past_areas"),
    text("name"),
    text("decision_number"),
    maybe("decision_date", Date),
    day("valid_from"),
    maybe("valid_to", Date),
    maybe("paper_sha256"),
    refers("area_id", "residential_areas"),
    Index(None, "unit_code", "area_id"),
)
team_members = record_table(
    "team_members",
    text("team_id"),
    text("name"),
    text("birth"),
    text("post"),
    day("joined_on"),
    maybe("left_on", Date),
    Column("health_proof", sa.Boolean, nullable=False),
    refers("team_id", "security_teams"),
    Index(None, "unit_code", "team_id"),
)
team_trainings = record_table(
    "team_trainings",
    text("team_id"),
    day("on"),
    text("title"),
    count("attendees"),
    maybe("paper_sha256"),
    refers("team_id", "security_teams"),
    Index(None, "unit_code", "team_id", "on"),
)
member_ratings = record_table(
    "member_ratings",
    text("member_id"),
    count("year"),
    text("rating"),
    maybe("rated_on", Date),
    refers("member_id", "team_members"),
    UniqueConstraint("unit_code", "member_id", "year"),
    Index(None, "unit_code", "year"),
)
steering_committees = record_table(
    "steering_committees",
    text("name"),
    text("decision_number"),
    maybe("decision_date", Date),
    text("head_post"),
    text("standing_body"),
    count("members"),
    day("valid_from"),
    maybe("valid_to", Date),
    text("note"),
    maybe("paper_sha256"),
)
coordination_programmes = record_table(
    "coordination_programmes",
    text("partner"),
    text("number"),
    day("signed_on"),
    text("subject"),
    maybe("ends_on", Date),
    text("note"),
    maybe("paper_sha256"),
)
awards = record_table(
    "awards",
    count("year"),
    text("kind"),
    text("authority"),
    text("recipient_kind"),
    text("recipient"),
    text("recipient_place"),
    text("merit"),
    text("state"),
    text("proposal_number"),
    maybe("proposed_on", Date),
    text("decision_number"),
    maybe("decision_date", Date),
    text("certificate_number"),
    maybe("paper_sha256"),
    Index(None, "unit_code", "year"),
)
