"""The lives of models: steps, sites and groups, money, equipment, own kinds, and the files of activities."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "model_steps",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("model_id", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("state_before", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_code", "model_id"],
            ["community_models.unit_code", "community_models.id"],
            name=op.f("fk_model_steps_model_id_community_models"),
        ),
        sa.PrimaryKeyConstraint("unit_code", "id", name=op.f("pk_model_steps")),
    )
    op.create_index(
        op.f("ix_model_steps_unit_code_model_id_on"),
        "model_steps",
        ["unit_code", "model_id", "on"],
        unique=False,
    )
    op.create_table(
        "model_parts",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("model_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("area_id", sa.Text(), nullable=True),
        sa.Column("leader", sa.Text(), nullable=False),
        sa.Column("leader_post", sa.Text(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_code", "area_id"],
            ["residential_areas.unit_code", "residential_areas.id"],
            name=op.f("fk_model_parts_area_id_residential_areas"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_code", "model_id"],
            ["community_models.unit_code", "community_models.id"],
            name=op.f("fk_model_parts_model_id_community_models"),
        ),
        sa.PrimaryKeyConstraint("unit_code", "id", name=op.f("pk_model_parts")),
    )
    op.create_index(
        op.f("ix_model_parts_unit_code_model_id_kind"),
        "model_parts",
        ["unit_code", "model_id", "kind"],
        unique=False,
    )
    op.create_table(
        "model_budgets",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("model_id", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("amount_vnd", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_code", "model_id"],
            ["community_models.unit_code", "community_models.id"],
            name=op.f("fk_model_budgets_model_id_community_models"),
        ),
        sa.PrimaryKeyConstraint("unit_code", "id", name=op.f("pk_model_budgets")),
        sa.UniqueConstraint(
            "unit_code",
            "model_id",
            "year",
            "source",
            name=op.f("uq_model_budgets_unit_code_model_id_year_source"),
        ),
    )
    op.create_table(
        "model_equipment",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("model_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_code", "model_id"],
            ["community_models.unit_code", "community_models.id"],
            name=op.f("fk_model_equipment_model_id_community_models"),
        ),
        sa.PrimaryKeyConstraint("unit_code", "id", name=op.f("pk_model_equipment")),
        sa.UniqueConstraint(
            "unit_code", "model_id", "kind", name=op.f("uq_model_equipment_unit_code_model_id_kind")
        ),
    )
    op.create_table(
        "own_model_kinds",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("block", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("unit_code", "id", name=op.f("pk_own_model_kinds")),
    )
    op.create_table(
        "activity_files",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("activity_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("file_sha256", sa.Text(), nullable=False),
        sa.Column("copy_sha256", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["unit_code", "activity_id"],
            ["model_activities.unit_code", "model_activities.id"],
            name=op.f("fk_activity_files_activity_id_model_activities"),
        ),
        sa.PrimaryKeyConstraint("unit_code", "id", name=op.f("pk_activity_files")),
        sa.UniqueConstraint(
            "unit_code",
            "activity_id",
            "file_sha256",
            name=op.f("uq_activity_files_unit_code_activity_id_file_sha256"),
        ),
    )


def downgrade() -> None:
    op.drop_table("activity_files")
    op.drop_table("own_model_kinds")
    op.drop_table("model_equipment")
    op.drop_table("model_budgets")
    op.drop_index(op.f("ix_model_parts_unit_code_model_id_kind"), table_name="model_parts")
    op.drop_table("model_parts")
    op.drop_index(op.f("ix_model_steps_unit_code_model_id_on"), table_name="model_steps")
    op.drop_table("model_steps")
