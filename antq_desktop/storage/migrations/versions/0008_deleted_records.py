"""The versions of records that laptops deleted, filled from what was received before."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "deleted_records",
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("entity_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("unit_code", "entity", "entity_id", name=op.f("pk_deleted_records")),
    )
    _fill(op.get_bind())


def downgrade() -> None:
    op.drop_table("deleted_records")


def _fill(connection: sa.Connection) -> None:
    """Take from each chain the records whose last event is a deletion; a laptop of those days was alone in its unit."""
    last = (
        "SELECT unit_code, entity, entity_id, line FROM received_events AS e WHERE NOT EXISTS ("
        "SELECT 1 FROM received_events AS later WHERE later.unit_code = e.unit_code AND later.entity = e.entity "
        "AND later.entity_id = e.entity_id AND (later.epoch > e.epoch OR later.epoch = e.epoch AND later.seq > e.seq))"
    )
    for unit_code, entity, entity_id, line in connection.execute(sa.text(last)):
        event = json.loads(bytes(line))
        if event["op"] == "delete":
            connection.execute(
                sa.text(
                    "INSERT INTO deleted_records VALUES (:unit, :entity, :id, :version) ON CONFLICT DO NOTHING"
                ),
                {
                    "unit": unit_code,
                    "entity": entity,
                    "id": entity_id,
                    "version": json.dumps(event["version"], sort_keys=True, separators=(",", ":")),
                },
            )
