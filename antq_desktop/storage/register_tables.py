"""The tables of a commune's register: areas, households, commitments, models, assessments, certificates, files and imports.

A record table has the fields of its record as columns, plus those that ``records.Kind.derive`` computes here, never sent. Its key
is (unit_code, id): what one commune sends can never touch another commune's rows.
"""

import sqlalchemy as sa
from sqlalchemy import Column, Date, Index, Integer, UniqueConstraint

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

settings = record_table("settings", json_value("value"))
residential_areas = record_table(
    "residential_areas",
    text("name"),
    text("kind"),
    day("valid_from"),
    maybe("valid_to", Date),
    text("name_key"),
)
successions = record_table(
    "successions",
    text("predecessor_id"),
    text("successor_id"),
    text("kind"),
    day("on"),
    text("note"),
    text("old_name"),
    refers("predecessor_id", "residential_areas"),
    refers("successor_id", "residential_areas"),
)
households = record_table(
    "households",
    text("area_id"),
    maybe_json("past_areas"),
    text("head"),
    maybe("birth"),
    maybe("citizen_id"),
    maybe("members", Integer),
    maybe("phone"),
    maybe("address"),
    text("residence"),
    maybe("moved_on", Date),
    text("note"),
    text("head_key"),
    text("folded"),
    refers("area_id", "residential_areas"),
    Index(None, "unit_code", "head_key", "id"),
    Index(None, "unit_code", "area_id", "head_key"),
    Index(None, "unit_code", "citizen_id"),
    Index("ix_households_counted", "unit_code", "id", "area_id", "residence", "moved_on", "members"),
)
campaigns = record_table(
    "campaigns",
    count("year"),
    text("kind"),
    text("name"),
    maybe("starts_on", Date),
    maybe("ends_on", Date),
)
commitments = record_table(
    "commitments",
    text("household_id"),
    text("campaign_id"),
    count("year"),
    text("state"),
    maybe("state_on", Date),
    maybe("signed_on", Date),
    maybe("signed_by"),
    maybe("paper_sha256"),
    text("note"),
    refers("household_id", "households"),
    refers("campaign_id", "campaigns"),
    UniqueConstraint("unit_code", "household_id", "campaign_id"),
    Index(
        "ix_commitments_counted", "unit_code", "campaign_id", "household_id", "state", "signed_on", "state_on"
    ),
)
community_models = record_table(
    "community_models",
    maybe("area_id"),
    maybe_json("past_areas"),
    text("kind"),
    text("name"),
    text("field"),
    text("block"),
    text("level"),
    text("decision_number"),
    maybe("decision_date", Date),
    maybe("launched_on", Date),
    text("lead_unit"),
    text("partner_units"),
    text("leader"),
    text("leader_post"),
    count("sites"),
    count("groups"),
    count("members"),
    maybe("typed_sites", Integer),
    maybe("typed_groups", Integer),
    maybe("typed_members", Integer),
    maybe("budget_vnd", Integer),
    text("budget_source"),
    text("equipment"),
    Column("has_regulations", sa.Boolean, nullable=False),
    text("state"),
    maybe("origin_id"),
    maybe("closed_on", Date),
    text("closed_reason"),
    text("name_key"),
    text("folded"),
    refers("area_id", "residential_areas"),
)
model_ratings = record_table(
    "model_ratings",
    text("model_id"),
    count("year"),
    text("rating"),
    maybe("rated_on", Date),
    refers("model_id", "community_models"),
    UniqueConstraint("unit_code", "model_id", "year"),
)
model_activities = record_table(
    "model_activities",
    text("model_id"),
    text("kind"),
    day("on"),
    text("title"),
    text("place"),
    json_value("quantities"),
    text("note"),
    refers("model_id", "community_models"),
    Index(None, "unit_code", "model_id", "on"),
    Index(None, "unit_code", "on"),
)
self_assessments = record_table(
    "self_assessments",
    text("unit_kind"),
    text("unit_id"),
    count("year"),
    text("catalogue_id"),
    text("catalogue_version"),
    text("catalogue_sha256"),
    json_value("answers"),
    maybe("result"),
    json_value("reasons"),
    text("state"),
    maybe("assessed_on", Date),
    UniqueConstraint("unit_code", "unit_kind", "unit_id", "year"),
)
recognitions = record_table(
    "recognitions",
    text("assessment_id"),
    text("unit_kind"),
    text("unit_id"),
    text("unit_name"),
    count("year"),
    text("decision_number"),
    day("decision_date"),
    text("decided_by"),
    text("signer"),
    text("signer_post"),
    refers("assessment_id", "self_assessments"),
    # Not unique: after a withdrawal a second decision may follow on the same assessment.
    Index(None, "unit_code", "assessment_id"),
)
certificates = record_table(
    "certificates",
    text("recognition_id"),
    count("year"),
    text("kind"),
    count("number"),
    day("issued_on"),
    maybe("withdrawn_on", Date),
    maybe("withdrawn_reason"),
    refers("recognition_id", "recognitions"),
    UniqueConstraint("unit_code", "year", "kind", "number"),
    Index(None, "unit_code", "recognition_id"),
)
attachments = record_table(
    "attachments",
    text("name"),
    text("media_type"),
    count("size"),
    text("added_at"),
    maybe("original_sha256"),
)
import_runs = record_table(
    "import_runs",
    text("file_name"),
    text("file_sha256"),
    text("at"),
    count("added"),
    count("changed"),
    count("unchanged"),
    count("faults"),
    count("doubtful"),
    Index(None, "unit_code", "file_sha256"),
)
