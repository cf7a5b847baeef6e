"""The tables of a workspace; commune and receiving unit share them, so both sides run the same queries.

A record table has the fields of its record as columns, plus ``DERIVED`` ones that are computed here, never sent. Its key
is (unit_code, id): what one commune sends can never touch another commune's rows.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column, Date, Index, Integer, LargeBinary, Table, Text, UniqueConstraint

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_1_name)s_%(referred_table_name)s",
    }
)


def _text(name: str) -> "Column[Any]":
    return Column(name, Text, nullable=False)


def _maybe(name: str, kind: "type[sa.types.TypeEngine[Any]]" = Text) -> "Column[Any]":
    return Column(name, kind)


def _count(name: str) -> "Column[Any]":
    return Column(name, Integer, nullable=False)


def _day(name: str) -> "Column[Any]":
    return Column(name, Date, nullable=False)


def _json(name: str) -> "Column[Any]":
    return Column(name, sa.JSON, nullable=False)


def _refers(column: str, table: str) -> "sa.ForeignKeyConstraint":
    return sa.ForeignKeyConstraint(["unit_code", column], [f"{table}.unit_code", f"{table}.id"])


def _record(name: str, *parts: "sa.schema.SchemaItem") -> Table:
    return Table(
        name,
        metadata,
        Column("unit_code", Text, primary_key=True),
        Column("id", Text, primary_key=True),
        _text("version"),
        *parts,
    )


settings = _record("settings", _json("value"))
residential_areas = _record(
    "residential_areas",
    _text("name"),
    _text("kind"),
    _day("valid_from"),
    _maybe("valid_to", Date),
    _text("name_key"),
)
successions = _record(
    "successions",
    _text("predecessor_id"),
    _text("successor_id"),
    _text("kind"),
    _day("on"),
    _text("note"),
    _text("old_name"),
    _refers("predecessor_id", "residential_areas"),
    _refers("successor_id", "residential_areas"),
)
households = _record(
    "households",
    _text("area_id"),
    _text("head"),
    _maybe("birth"),
    _maybe("citizen_id"),
    _maybe("members", Integer),
    _maybe("phone"),
    _maybe("address"),
    _text("residence"),
    _maybe("moved_on", Date),
    _text("note"),
    _text("head_key"),
    _text("folded"),
    _refers("area_id", "residential_areas"),
    Index(None, "unit_code", "head_key", "id"),
    Index(None, "unit_code", "area_id", "head_key"),
    Index(None, "unit_code", "citizen_id"),
)
campaigns = _record(
    "campaigns",
    _count("year"),
    _text("kind"),
    _text("name"),
    _maybe("starts_on", Date),
    _maybe("ends_on", Date),
)
commitments = _record(
    "commitments",
    _text("household_id"),
    _text("campaign_id"),
    _count("year"),
    _text("state"),
    _maybe("signed_on", Date),
    _maybe("signed_by"),
    _maybe("paper_sha256"),
    _text("note"),
    _refers("household_id", "households"),
    _refers("campaign_id", "campaigns"),
    UniqueConstraint("unit_code", "household_id", "campaign_id"),
    Index(None, "unit_code", "campaign_id", "household_id", "state"),
)
community_models = _record(
    "community_models",
    _maybe("area_id"),
    _text("kind"),
    _text("name"),
    _text("field"),
    _text("block"),
    _text("level"),
    _text("decision_number"),
    _maybe("decision_date", Date),
    _maybe("launched_on", Date),
    _text("lead_unit"),
    _text("partner_units"),
    _text("leader"),
    _text("leader_post"),
    _count("sites"),
    _count("groups"),
    _count("members"),
    _maybe("budget_vnd", Integer),
    _text("budget_source"),
    _text("equipment"),
    Column("has_regulations", sa.Boolean, nullable=False),
    _text("state"),
    _maybe("origin_id"),
    _maybe("closed_on", Date),
    _text("closed_reason"),
    _text("name_key"),
    _text("folded"),
    _refers("area_id", "residential_areas"),
)
model_ratings = _record(
    "model_ratings",
    _text("model_id"),
    _count("year"),
    _text("rating"),
    _refers("model_id", "community_models"),
    UniqueConstraint("unit_code", "model_id", "year"),
)
model_activities = _record(
    "model_activities",
    _text("model_id"),
    _text("kind"),
    _day("on"),
    _text("title"),
    _text("place"),
    _json("quantities"),
    _text("note"),
    _refers("model_id", "community_models"),
    Index(None, "unit_code", "model_id", "on"),
    Index(None, "unit_code", "on"),
)
self_assessments = _record(
    "self_assessments",
    _text("unit_kind"),
    _text("unit_id"),
    _count("year"),
    _text("catalogue_id"),
    _text("catalogue_version"),
    _text("catalogue_sha256"),
    _json("answers"),
    _maybe("result"),
    _json("reasons"),
    _text("state"),
    _maybe("assessed_on", Date),
    UniqueConstraint("unit_code", "unit_kind", "unit_id", "year"),
)
recognitions = _record(
    "recognitions",
    _text("assessment_id"),
    _text("unit_kind"),
    _text("unit_id"),
    _text("unit_name"),
    _count("year"),
    _text("decision_number"),
    _day("decision_date"),
    _text("decided_by"),
    _text("signer"),
    _text("signer_post"),
    _refers("assessment_id", "self_assessments"),
    # Not unique: after a withdrawal a second decision may follow on the same assessment.
    Index(None, "unit_code", "assessment_id"),
)
certificates = _record(
    "certificates",
    _text("recognition_id"),
    _count("year"),
    _text("kind"),
    _count("number"),
    _day("issued_on"),
    _maybe("withdrawn_on", Date),
    _maybe("withdrawn_reason"),
    _refers("recognition_id", "recognitions"),
    UniqueConstraint("unit_code", "year", "kind", "number"),
    Index(None, "unit_code", "recognition_id"),
)
listed_units = _record(
    "listed_units",
    _text("kind"),
    _text("name"),
    _text("category"),
    _text("address"),
    Column("managed", sa.Boolean, nullable=False),
    Column("has_party", sa.Boolean, nullable=False),
    _day("valid_from"),
    _maybe("valid_to", Date),
    _text("name_key"),
)
# A step or an occurrence may belong to a residential area, a listed unit or the commune itself: no single table to refer to.
year_steps = _record(
    "year_steps",
    _text("unit_kind"),
    _text("unit_id"),
    _count("year"),
    _text("step"),
    _day("on"),
    _text("number"),
    _text("by"),
    _maybe("part", Integer),
    _maybe("whole", Integer),
    _text("outcome"),
    _text("note"),
    _maybe("paper_sha256"),
    UniqueConstraint("unit_code", "unit_kind", "unit_id", "year", "step"),
    Index(None, "unit_code", "year", "step"),
)
occurrences = _record(
    "occurrences",
    _text("unit_kind"),
    _text("unit_id"),
    _text("item"),
    _day("on"),
    _count("count"),
    _text("number"),
    Index(None, "unit_code", "unit_kind", "unit_id", "on"),
)
official_wordings = _record(
    "official_wordings",
    _text("catalogue_id"),
    _text("item"),
    _text("text"),
    _text("source"),
    _text("typed_by"),
    _day("typed_on"),
    UniqueConstraint("unit_code", "catalogue_id", "item"),
)
issued_catalogues = _record(
    "issued_catalogues",
    _text("catalogue_id"),
    _text("catalogue_version"),
    _text("kind"),
    _text("title"),
    _text("issued_by"),
    _day("taken_on"),
)
own_forms = _record("own_forms", _text("text"))
attachments = _record("attachments", _text("name"), _text("media_type"), _count("size"), _text("added_at"))
import_runs = _record(
    "import_runs",
    _text("file_name"),
    _text("file_sha256"),
    _text("at"),
    _count("added"),
    _count("changed"),
    _count("unchanged"),
    _count("faults"),
    _count("doubtful"),
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
    _text("result"),
    _maybe("household_id"),
    _json("row"),
    _json("why"),
)
number_series = Table(
    "number_series",
    metadata,
    Column("unit_code", Text, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("kind", Text, primary_key=True),
    _count("last"),
)
local_state = Table("local_state", metadata, Column("name", Text, primary_key=True), _json("value"))
outbox = Table(
    "outbox",
    metadata,
    Column("epoch", Integer, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("event_hash", LargeBinary, nullable=False),
    Column("prev_hash", LargeBinary, nullable=False),
    _text("entity"),
    _text("entity_id"),
    _text("version"),
    _text("base_version"),
    _text("op"),
    _text("at"),
    _text("user"),
    Column("line", LargeBinary, nullable=False),
    # Few records are ever deleted: what one that comes back must know is found without reading the whole chain.
    Index("ix_outbox_deleted", "entity", "entity_id", sqlite_where=sa.text("op = 'delete'")),
)
journal = Table(
    "journal",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _text("at"),
    _text("user"),
    _text("action"),
    _text("entity"),
    _text("entity_id"),
    _json("changes"),
    _text("note"),
    Column("hash", LargeBinary, nullable=False),
    Index(None, "entity", "entity_id"),
)
sent_bundles = Table(
    "sent_bundles",
    metadata,
    Column("sha256", Text, primary_key=True),
    _text("bundle_id"),
    _count("epoch"),
    _count("seq_from"),
    _count("seq_to"),
    _text("head_hash"),
    _count("size"),
    _text("file_name"),
    _text("at"),
)
taken_acknowledgements = Table(
    "taken_acknowledgements",
    metadata,
    Column("sequence", Integer, primary_key=True),
    _text("sha256"),
    _count("epoch"),
    _count("last_seq"),
    _text("head_hash"),
    _json("content"),
    _text("at"),
)
trust_documents = Table(
    "trust_documents",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("document", LargeBinary),
    _text("at"),
)

# What a receiving unit keeps about the communes that send to it.

devices = Table(
    "devices",
    metadata,
    Column("unit_code", Text, primary_key=True),
    Column("device_id", Text, primary_key=True),
    Column("key_id", Text, primary_key=True),
    _text("unit_name"),
    _text("sign_key"),
    _text("seal_key"),
    _text("status"),
    _maybe("revoked_from", Integer),
    _count("trust_version"),
    _text("enrolled_at"),
    _json("request"),
)
chains = Table(
    "chains",
    metadata,
    Column("unit_code", Text, primary_key=True),
    Column("device_id", Text, primary_key=True),
    _count("epoch"),
    _count("last_seq"),
    Column("head_hash", LargeBinary, nullable=False),
    _text("updated_at"),
)
received_bundles = Table(
    "received_bundles",
    metadata,
    Column("sha256", Text, primary_key=True),
    _text("bundle_id"),
    _text("unit_code"),
    _text("device_id"),
    _count("epoch"),
    _count("seq_from"),
    _count("seq_to"),
    _text("verdict"),
    _text("code"),
    _count("new_events"),
    _text("file_name"),
    _text("at"),
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
    _text("entity"),
    _text("entity_id"),
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
    _text("entity"),
    _text("entity_id"),
    _text("code"),
    _json("facts"),
    _text("at"),
)
sent_acknowledgements = Table(
    "sent_acknowledgements",
    metadata,
    Column("unit_code", Text, primary_key=True),
    Column("sequence", Integer, primary_key=True),
    _text("sha256"),
    _text("content_sha256"),
    _text("file_name"),
    _text("at"),
    Column("container", LargeBinary, nullable=False),
)
