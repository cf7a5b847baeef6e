"""The rest of the year: festivals, outreach, grassroots force, committees, programmes, awards."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "festival_days",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("area_ids", sa.JSON(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("with_ceremony", sa.Boolean(), nullable=False),
        sa.Column("with_festivities", sa.Boolean(), nullable=False),
        sa.Column("attendance", sa.Integer(), nullable=False),
        sa.Column("gifts", sa.Integer(), nullable=False),
        sa.Column("gift_value_vnd", sa.Integer(), nullable=False),
        sa.Column("awards", sa.Integer(), nullable=False),
        sa.Column("pledges", sa.Integer(), nullable=False),
        sa.Column("handed_in", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("paper_sha256", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("unit_code", "id", name=op.f("pk_festival_days")),
    )
    op.create_index(
        op.f("ix_festival_days_unit_code_year"), "festival_days", ["unit_code", "year"], unique=False
    )
    op.create_table(
        "outreach_campaigns",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.Column("attendance", sa.Integer(), nullable=False),
        sa.Column("leaflets", sa.Integer(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("paper_sha256", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("unit_code", "id", name=op.f("pk_outreach_campaigns")),
    )
    op.create_table(
        "security_teams",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("area_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("decision_number", sa.Text(), nullable=False),
        sa.Column("decision_date", sa.Date(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("paper_sha256", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["unit_code", "area_id"],
            ["residential_areas.unit_code", "residential_areas.id"],
            name=op.f("fk_security_teams_area_id_residential_areas"),
        ),
        sa.PrimaryKeyConstraint("unit_code", "id", name=op.f("pk_security_teams")),
    )
    op.create_index(
        op.f("ix_security_teams_unit_code_area_id"), "security_teams", ["unit_code", "area_id"], unique=False
    )
    op.create_table(
        "team_members",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("birth", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("health_proof", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_code", "team_id"],
            ["security_teams.unit_code", "security_teams.id"],
            name=op.f("fk_team_members_team_id_security_teams"),
        ),
        sa.PrimaryKeyConstraint("unit_code", "id", name=op.f("pk_team_members")),
    )
    op.create_index(
        op.f("ix_team_members_unit_code_team_id"), "team_members", ["unit_code", "team_id"], unique=False
    )
    op.create_table(
        "team_trainings",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("attendees", sa.Integer(), nullable=False),
        sa.Column("paper_sha256", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["unit_code", "team_id"],
            ["security_teams.unit_code", "security_teams.id"],
            name=op.f("fk_team_trainings_team_id_security_teams"),
        ),
        sa.PrimaryKeyConstraint("unit_code", "id", name=op.f("pk_team_trainings")),
    )
    op.create_index(
        op.f("ix_team_trainings_unit_code_team_id_on"),
        "team_trainings",
        ["unit_code", "team_id", "on"],
        unique=False,
    )
    op.create_table(
        "member_ratings",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("rating", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_code", "member_id"],
            ["team_members.unit_code", "team_members.id"],
            name=op.f("fk_member_ratings_member_id_team_members"),
        ),
        sa.PrimaryKeyConstraint("unit_code", "id", name=op.f("pk_member_ratings")),
        sa.UniqueConstraint(
            "unit_code", "member_id", "year", name=op.f("uq_member_ratings_unit_code_member_id_year")
        ),
    )
    op.create_index(
        op.f("ix_member_ratings_unit_code_year"), "member_ratings", ["unit_code", "year"], unique=False
    )
    op.create_table(
        "steering_committees",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("decision_number", sa.Text(), nullable=False),
        sa.Column("decision_date", sa.Date(), nullable=True),
        sa.Column("head_post", sa.Text(), nullable=False),
        sa.Column("standing_body", sa.Text(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("paper_sha256", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("unit_code", "id", name=op.f("pk_steering_committees")),
    )
    op.create_table(
        "coordination_programmes",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("partner", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("paper_sha256", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("unit_code", "id", name=op.f("pk_coordination_programmes")),
    )
    op.create_table(
        "awards",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("recipient_kind", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("recipient_place", sa.Text(), nullable=False),
        sa.Column("merit", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("proposal_number", sa.Text(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=True),
        sa.Column("decision_number", sa.Text(), nullable=False),
        sa.Column("decision_date", sa.Date(), nullable=True),
        sa.Column("certificate_number", sa.Text(), nullable=False),
        sa.Column("paper_sha256", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("unit_code", "id", name=op.f("pk_awards")),
    )
    op.create_index(op.f("ix_awards_unit_code_year"), "awards", ["unit_code", "year"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_awards_unit_code_year"), table_name="awards")
    op.drop_table("awards")
    op.drop_table("coordination_programmes")
    op.drop_table("steering_committees")
    op.drop_index(op.f("ix_member_ratings_unit_code_year"), table_name="member_ratings")
    op.drop_table("member_ratings")
    op.drop_index(op.f("ix_team_trainings_unit_code_team_id_on"), table_name="team_trainings")
    op.drop_table("team_trainings")
    op.drop_index(op.f("ix_team_members_unit_code_team_id"), table_name="team_members")
    op.drop_table("team_members")
    op.drop_index(op.f("ix_security_teams_unit_code_area_id"), table_name="security_teams")
    op.drop_table("security_teams")
    op.drop_table("outreach_campaigns")
    op.drop_index(op.f("ix_festival_days_unit_code_year"), table_name="festival_days")
    op.drop_table("festival_days")
