"""The tables of a workspace; commune and receiving unit share them, so both sides run the same queries.

A record table has the fields of its record as columns, plus ``DERIVED`` ones that are computed here, never sent. Its key
is (unit_code, id): what one commune sends can never touch another commune's rows.
"""

import sqlalchemy as sa
from sqlalchemy import Column, Date, Index, Integer, LargeBinary, Table, Text, UniqueConstraint

from antq_desktop.storage.table_parts import (
    count,
    day,
    json_value,
    maybe,
    metadata,
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

# What belongs to the laptop alone and is never sent.

attachment_chunks = Table(
    "attachment_chunks",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
import_rows = Table(
    "import_rows",
    metadata,
    Column("run_id", Text, primary_key=True),
    Column("line", Integer, primary_key=True),
    text("result"),
    maybe("household_id"),
    json_value("row"),
    json_value("why"),
)
number_series = Table(
    "number_series",
    metadata,
    Column("unit_code", Text, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("kind", Text, primary_key=True),
    count("last"),
)
#: The words of records; beside it stands the full-text index ``search_words``, which no Table can describe.
search_rows = Table(
    "search_rows",
    metadata,
    Column("n", Integer, primary_key=True),
    text("unit_code"),
    text("entity"),
    text("id"),
    text("title"),
    text("others"),
    UniqueConstraint("unit_code", "entity", "id"),
)
local_state = Table("local_state", metadata, Column("name", Text, primary_key=True), json_value("value"))
outbox = Table(
    "outbox",
    metadata,
    Column("epoch", Integer, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("event_hash", LargeBinary, nullable=False),
    Column("prev_hash", LargeBinary, nullable=False),
    text("entity"),
    text("entity_id"),
    text("version"),
    text("base_version"),
    text("op"),
    text("at"),
    text("user"),
    Column("line", LargeBinary, nullable=False),
    # Few records are ever deleted: what one that comes back must know is found without reading the whole chain.
    Index(
        "ix_outbox_deleted",
        "entity",
        "entity_id",
        sqlite_where=sa.text("op = 'delete'"),
        postgresql_where=sa.text("op = 'delete'"),
    ),
)
journal = Table(
    "journal",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    text("at"),
    text("user"),
    text("action"),
    text("entity"),
    text("entity_id"),
    json_value("changes"),
    text("note"),
    Column("hash", LargeBinary, nullable=False),
    Index(None, "entity", "entity_id"),
)
sent_bundles = Table(
    "sent_bundles",
    metadata,
    Column("sha256", Text, primary_key=True),
    text("bundle_id"),
    count("epoch"),
    count("seq_from"),
    count("seq_to"),
    text("head_hash"),
    count("size"),
    text("file_name"),
    text("at"),
)
taken_acknowledgements = Table(
    "taken_acknowledgements",
    metadata,
    Column("sequence", Integer, primary_key=True),
    text("sha256"),
    count("epoch"),
    count("last_seq"),
    text("head_hash"),
    json_value("content"),
    text("at"),
)
trust_documents = Table(
    "trust_documents",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("document", LargeBinary),
    text("at"),
)

# What a receiving unit keeps about the communes that send to it.

devices = Table(
    "devices",
    metadata,
    Column("unit_code", Text, primary_key=True),
    Column("device_id", Text, primary_key=True),
    Column("key_id", Text, primary_key=True),
    text("unit_name"),
    text("sign_key"),
    text("seal_key"),
    text("status"),
    maybe("revoked_from", Integer),
    count("trust_version"),
    text("enrolled_at"),
    json_value("request"),
)
chains = Table(
    "chains",
    metadata,
    Column("unit_code", Text, primary_key=True),
    Column("device_id", Text, primary_key=True),
    count("epoch"),
    count("last_seq"),
    Column("head_hash", LargeBinary, nullable=False),
    text("updated_at"),
)
received_bundles = Table(
    "received_bundles",
    metadata,
    Column("sha256", Text, primary_key=True),
    text("bundle_id"),
    text("unit_code"),
    text("device_id"),
    count("epoch"),
    count("seq_from"),
    count("seq_to"),
    text("verdict"),
    text("code"),
    count("new_events"),
    text("file_name"),
    text("at"),
    Index(None, "unit_code", "device_id"),
)
received_events = Table(
    "received_events",
    metadata,
    Column("unit_code", Text, primary_key=True),
    Column("device_id", Text, primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("event_hash", LargeBinary, nullable=False),
    text("entity"),
    text("entity_id"),
    Column("line", LargeBinary, nullable=False),
    Index(None, "unit_code", "entity", "entity_id"),
)
set_aside = Table(
    "set_aside",
    metadata,
    Column("unit_code", Text, primary_key=True),
    Column("device_id", Text, primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("seq", Integer, primary_key=True),
    text("entity"),
    text("entity_id"),
    text("code"),
    json_value("facts"),
    text("at"),
)
sent_acknowledgements = Table(
    "sent_acknowledgements",
    metadata,
    Column("unit_code", Text, primary_key=True),
    Column("sequence", Integer, primary_key=True),
    text("sha256"),
    text("content_sha256"),
    text("file_name"),
    text("at"),
    Column("container", LargeBinary, nullable=False),
)
