"""The yearly process: listed units, steps, occurrences, official wording, catalogues from above, forms of one's own."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with _certificates_aside(), op.batch_alter_table("recognitions") as recognitions:
        recognitions.drop_constraint(op.f("uq_recognitions_unit_code_assessment_id"), type_="unique")
        recognitions.create_index(
            op.f("ix_recognitions_unit_code_assessment_id"), ["unit_code", "assessment_id"], unique=False
        )
    op.create_index(
        op.f("ix_certificates_unit_code_recognition_id"),
        "certificates",
        ["unit_code", "recognition_id"],
        unique=False,
    )
    op.create_index(
        "ix_outbox_deleted",
        "outbox",
        ["entity", "entity_id"],
        sqlite_where=sa.text("op = 'delete'"),
        postgresql_where=sa.text("op = 'delete'"),
    )
    op.create_table(
        "listed_units",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("managed", sa.Boolean(), nullable=False),
        sa.Column("has_party", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("unit_code", "id", name=op.f("pk_listed_units")),
    )
    op.create_table(
        "year_steps",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("unit_kind", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=True),
        sa.Column("whole", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("paper_sha256", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("unit_code", "id", name=op.f("pk_year_steps")),
        sa.UniqueConstraint(
            "unit_code",
            "unit_kind",
            "unit_id",
            "year",
            "step",
            name=op.f("uq_year_steps_unit_code_unit_kind_unit_id_year_step"),
        ),
    )
    op.create_index(
        op.f("ix_year_steps_unit_code_year_step"), "year_steps", ["unit_code", "year", "step"], unique=False
    )
    op.create_table(
        "occurrences",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("unit_kind", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("unit_code", "id", name=op.f("pk_occurrences")),
    )
    op.create_index(
        op.f("ix_occurrences_unit_code_unit_kind_unit_id_on"),
        "occurrences",
        ["unit_code", "unit_kind", "unit_id", "on"],
        unique=False,
    )
    op.create_table(
        "official_wordings",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("catalogue_id", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("typed_by", sa.Text(), nullable=False),
        sa.Column("typed_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("unit_code", "id", name=op.f("pk_official_wordings")),
        sa.UniqueConstraint(
            "unit_code", "catalogue_id", "item", name=op.f("uq_official_wordings_unit_code_catalogue_id_item")
        ),
    )
    op.create_table(
        "issued_catalogues",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("catalogue_id", sa.Text(), nullable=False),
        sa.Column("catalogue_version", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("issued_by", sa.Text(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("unit_code", "id", name=op.f("pk_issued_catalogues")),
    )
    op.create_table(
        "own_forms",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("unit_code", "id", name=op.f("pk_own_forms")),
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_certificates_unit_code_recognition_id"), table_name="certificates")
    with _certificates_aside(), op.batch_alter_table("recognitions") as recognitions:
        recognitions.drop_index(op.f("ix_recognitions_unit_code_assessment_id"))
        recognitions.create_unique_constraint(
            op.f("uq_recognitions_unit_code_assessment_id"), ["unit_code", "assessment_id"]
        )
    op.drop_index("ix_outbox_deleted", table_name="outbox")
    op.drop_table("own_forms")
    op.drop_table("issued_catalogues")
    op.drop_table("official_wordings")
    op.drop_index(op.f("ix_occurrences_unit_code_unit_kind_unit_id_on"), table_name="occurrences")
    op.drop_table("occurrences")
    op.drop_index(op.f("ix_year_steps_unit_code_year_step"), table_name="year_steps")
    op.drop_table("year_steps")
    op.drop_table("listed_units")


@contextmanager
def _certificates_aside() -> Iterator[None]:
    """Take the certificates out while the table they refer to is built anew, which SQLite does for a changed constraint."""
    op.execute("CREATE TEMPORARY TABLE certificates_aside AS SELECT * FROM certificates")
    op.execute("DELETE FROM certificates")
    yield
    op.execute("INSERT INTO certificates SELECT * FROM certificates_aside")
    op.execute("DROP TABLE certificates_aside")
