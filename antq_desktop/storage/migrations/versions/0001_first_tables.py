"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_APPEND_ONLY = ("outbox", "journal", "received_events")


def upgrade() -> None:
    op.create_table(
        "attachment_chunks",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "n", name=op.f("pk_attachment_chunks")),
    )
    op.create_table(
        "attachments",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("unit_code", "id", name=op.f("pk_attachments")),
    )
    op.create_table(
        "campaigns",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("unit_code", "id", name=op.f("pk_campaigns")),
    )
    op.create_table(
        "chains",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("head_hash", sa.LargeBinary(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("unit_code", "device_id", name=op.f("pk_chains")),
    )
    op.create_table(
        "devices",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("unit_name", sa.Text(), nullable=False),
        sa.Column("sign_key", sa.Text(), nullable=False),
        sa.Column("seal_key", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("revoked_from", sa.Integer(), nullable=True),
        sa.Column("trust_version", sa.Integer(), nullable=False),
        sa.Column("enrolled_at", sa.Text(), nullable=False),
        sa.Column("request", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("unit_code", "device_id", "key_id", name=op.f("pk_devices")),
    )
    op.create_table(
        "import_rows",
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("household_id", sa.Text(), nullable=True),
        sa.Column("row", sa.JSON(), nullable=False),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "line", name=op.f("pk_import_rows")),
    )
    op.create_table(
        "import_runs",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_sha256", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("faults", sa.Integer(), nullable=False),
        sa.Column("doubtful", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("unit_code", "id", name=op.f("pk_import_runs")),
    )
    op.create_index(
        op.f("ix_import_runs_unit_code_file_sha256"),
        "import_runs",
        ["unit_code", "file_sha256"],
        unique=False,
    )
    op.create_table(
        "journal",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("entity_id", sa.Text(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
    )
    op.create_index(op.f("ix_journal_entity_entity_id"), "journal", ["entity", "entity_id"], unique=False)
    op.create_table(
        "local_state",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_local_state")),
    )
    op.create_table(
        "number_series",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("unit_code", "year", "kind", name=op.f("pk_number_series")),
    )
    op.create_table(
        "outbox",
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("event_hash", sa.LargeBinary(), nullable=False),
        sa.Column("prev_hash", sa.LargeBinary(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("entity_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("base_version", sa.Text(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("line", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("epoch", "seq", name=op.f("pk_outbox")),
    )
    op.create_table(
        "received_bundles",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("bundle_id", sa.Text(), nullable=False),
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq_from", sa.Integer(), nullable=False),
        sa.Column("seq_to", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("new_events", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_received_bundles")),
    )
    op.create_index(
        op.f("ix_received_bundles_unit_code_device_id"),
        "received_bundles",
        ["unit_code", "device_id"],
        unique=False,
    )
    op.create_table(
        "received_events",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("event_hash", sa.LargeBinary(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("entity_id", sa.Text(), nullable=False),
        sa.Column("line", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("unit_code", "device_id", "epoch", "seq", name=op.f("pk_received_events")),
    )
    op.create_index(
        op.f("ix_received_events_unit_code_entity_entity_id"),
        "received_events",
        ["unit_code", "entity", "entity_id"],
        unique=False,
    )
    op.create_table(
        "residential_areas",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("unit_code", "id", name=op.f("pk_residential_areas")),
    )
    op.create_table(
        "self_assessments",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("unit_kind", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("catalogue_id", sa.Text(), nullable=False),
        sa.Column("catalogue_version", sa.Text(), nullable=False),
        sa.Column("catalogue_sha256", sa.Text(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("unit_code", "id", name=op.f("pk_self_assessments")),
        sa.UniqueConstraint(
            "unit_code",
            "unit_kind",
            "unit_id",
            "year",
            name=op.f("uq_self_assessments_unit_code_unit_kind_unit_id_year"),
        ),
    )
    op.create_table(
        "sent_acknowledgements",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("content_sha256", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("container", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("unit_code", "sequence", name=op.f("pk_sent_acknowledgements")),
    )
    op.create_table(
        "sent_bundles",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("bundle_id", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq_from", sa.Integer(), nullable=False),
        sa.Column("seq_to", sa.Integer(), nullable=False),
        sa.Column("head_hash", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_sent_bundles")),
    )
    op.create_table(
        "set_aside",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("entity_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("unit_code", "device_id", "epoch", "seq", name=op.f("pk_set_aside")),
    )
    op.create_table(
        "settings",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("unit_code", "id", name=op.f("pk_settings")),
    )
    op.create_table(
        "taken_acknowledgements",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("head_hash", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_taken_acknowledgements")),
    )
    op.create_table(
        "trust_documents",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_trust_documents")),
    )
    op.create_table(
        "community_models",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("area_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("block", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("decision_number", sa.Text(), nullable=False),
        sa.Column("decision_date", sa.Date(), nullable=True),
        sa.Column("launched_on", sa.Date(), nullable=True),
        sa.Column("lead_unit", sa.Text(), nullable=False),
        sa.Column("partner_units", sa.Text(), nullable=False),
        sa.Column("leader", sa.Text(), nullable=False),
        sa.Column("leader_post", sa.Text(), nullable=False),
        sa.Column("sites", sa.Integer(), nullable=False),
        sa.Column("groups", sa.Integer(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("budget_vnd", sa.Integer(), nullable=True),
        sa.Column("budget_source", sa.Text(), nullable=False),
        sa.Column("equipment", sa.Text(), nullable=False),
        sa.Column("has_regulations", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("origin_id", sa.Text(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_reason", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_code", "area_id"],
            ["residential_areas.unit_code", "residential_areas.id"],
            name=op.f("fk_community_models_area_id_residential_areas"),
        ),
        sa.PrimaryKeyConstraint("unit_code", "id", name=op.f("pk_community_models")),
    )
    op.create_table(
        "households",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("area_id", sa.Text(), nullable=False),
        sa.Column("head", sa.Text(), nullable=False),
        sa.Column("birth", sa.Text(), nullable=True),
        sa.Column("citizen_id", sa.Text(), nullable=True),
        sa.Column("members", sa.Integer(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("residence", sa.Text(), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("head_key", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_code", "area_id"],
            ["residential_areas.unit_code", "residential_areas.id"],
            name=op.f("fk_households_area_id_residential_areas"),
        ),
        sa.PrimaryKeyConstraint("unit_code", "id", name=op.f("pk_households")),
    )
    op.create_index(
        op.f("ix_households_unit_code_area_id_head_key"),
        "households",
        ["unit_code", "area_id", "head_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_households_unit_code_citizen_id"), "households", ["unit_code", "citizen_id"], unique=False
    )
    op.create_index(
        op.f("ix_households_unit_code_head_key_id"),
        "households",
        ["unit_code", "head_key", "id"],
        unique=False,
    )
    op.create_table(
        "recognitions",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("assessment_id", sa.Text(), nullable=False),
        sa.Column("unit_kind", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("unit_name", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("decision_number", sa.Text(), nullable=False),
        sa.Column("decision_date", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("signer", sa.Text(), nullable=False),
        sa.Column("signer_post", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_code", "assessment_id"],
            ["self_assessments.unit_code", "self_assessments.id"],
            name=op.f("fk_recognitions_assessment_id_self_assessments"),
        ),
        sa.PrimaryKeyConstraint("unit_code", "id", name=op.f("pk_recognitions")),
        sa.UniqueConstraint(
            "unit_code", "assessment_id", name=op.f("uq_recognitions_unit_code_assessment_id")
        ),
    )
    op.create_table(
        "successions",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("predecessor_id", sa.Text(), nullable=False),
        sa.Column("successor_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("old_name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_code", "predecessor_id"],
            ["residential_areas.unit_code", "residential_areas.id"],
            name=op.f("fk_successions_predecessor_id_residential_areas"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_code", "successor_id"],
            ["residential_areas.unit_code", "residential_areas.id"],
            name=op.f("fk_successions_successor_id_residential_areas"),
        ),
        sa.PrimaryKeyConstraint("unit_code", "id", name=op.f("pk_successions")),
    )
    op.create_table(
        "certificates",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("recognition_id", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["unit_code", "recognition_id"],
            ["recognitions.unit_code", "recognitions.id"],
            name=op.f("fk_certificates_recognition_id_recognitions"),
        ),
        sa.PrimaryKeyConstraint("unit_code", "id", name=op.f("pk_certificates")),
        sa.UniqueConstraint(
            "unit_code", "year", "kind", "number", name=op.f("uq_certificates_unit_code_year_kind_number")
        ),
    )
    op.create_table(
        "commitments",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("household_id", sa.Text(), nullable=False),
        sa.Column("campaign_id", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("signed_by", sa.Text(), nullable=True),
        sa.Column("paper_sha256", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_code", "campaign_id"],
            ["campaigns.unit_code", "campaigns.id"],
            name=op.f("fk_commitments_campaign_id_campaigns"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_code", "household_id"],
            ["households.unit_code", "households.id"],
            name=op.f("fk_commitments_household_id_households"),
        ),
        sa.PrimaryKeyConstraint("unit_code", "id", name=op.f("pk_commitments")),
        sa.UniqueConstraint(
            "unit_code",
            "household_id",
            "campaign_id",
            name=op.f("uq_commitments_unit_code_household_id_campaign_id"),
        ),
    )
    op.create_index(
        op.f("ix_commitments_unit_code_campaign_id_household_id_state"),
        "commitments",
        ["unit_code", "campaign_id", "household_id", "state"],
        unique=False,
    )
    op.create_table(
        "model_activities",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("model_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("quantities", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_code", "model_id"],
            ["community_models.unit_code", "community_models.id"],
            name=op.f("fk_model_activities_model_id_community_models"),
        ),
        sa.PrimaryKeyConstraint("unit_code", "id", name=op.f("pk_model_activities")),
    )
    op.create_index(
        op.f("ix_model_activities_unit_code_model_id_on"),
        "model_activities",
        ["unit_code", "model_id", "on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_model_activities_unit_code_on"), "model_activities", ["unit_code", "on"], unique=False
    )
    op.create_table(
        "model_ratings",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("model_id", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("rating", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_code", "model_id"],
            ["community_models.unit_code", "community_models.id"],
            name=op.f("fk_model_ratings_model_id_community_models"),
        ),
        sa.PrimaryKeyConstraint("unit_code", "id", name=op.f("pk_model_ratings")),
        sa.UniqueConstraint(
            "unit_code", "model_id", "year", name=op.f("uq_model_ratings_unit_code_model_id_year")
        ),
    )
    if op.get_bind().dialect.name == "sqlite":
        for table in _APPEND_ONLY:
            for deed in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
    else:
        op.execute(
            "CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
        )
        for table in _APPEND_ONLY:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
            )


def downgrade() -> None:
    op.drop_table("model_ratings")
    op.drop_index(op.f("ix_model_activities_unit_code_on"), table_name="model_activities")
    op.drop_index(op.f("ix_model_activities_unit_code_model_id_on"), table_name="model_activities")
    op.drop_table("model_activities")
    op.drop_index(op.f("ix_commitments_unit_code_campaign_id_household_id_state"), table_name="commitments")
    op.drop_table("commitments")
    op.drop_table("certificates")
    op.drop_table("successions")
    op.drop_table("recognitions")
    op.drop_index(op.f("ix_households_unit_code_head_key_id"), table_name="households")
    op.drop_index(op.f("ix_households_unit_code_citizen_id"), table_name="households")
    op.drop_index(op.f("ix_households_unit_code_area_id_head_key"), table_name="households")
    op.drop_table("households")
    op.drop_table("community_models")
    op.drop_table("trust_documents")
    op.drop_table("taken_acknowledgements")
    op.drop_table("settings")
    op.drop_table("set_aside")
    op.drop_table("sent_bundles")
    op.drop_table("sent_acknowledgements")
    op.drop_table("self_assessments")
    op.drop_table("residential_areas")
    op.drop_index(op.f("ix_received_events_unit_code_entity_entity_id"), table_name="received_events")
    op.drop_table("received_events")
    op.drop_index(op.f("ix_received_bundles_unit_code_device_id"), table_name="received_bundles")
    op.drop_table("received_bundles")
    op.drop_table("outbox")
    op.drop_table("number_series")
    op.drop_table("local_state")
    op.drop_index(op.f("ix_journal_entity_entity_id"), table_name="journal")
    op.drop_table("journal")
    op.drop_index(op.f("ix_import_runs_unit_code_file_sha256"), table_name="import_runs")
    op.drop_table("import_runs")
    op.drop_table("import_rows")
    op.drop_table("devices")
    op.drop_table("chains")
    op.drop_table("campaigns")
    op.drop_table("attachments")
    op.drop_table("attachment_chunks")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION append_only")
