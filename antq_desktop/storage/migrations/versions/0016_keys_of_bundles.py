"""The key that signed each bundle; of older rows the key that the laptop had enrolled last when the bundle came."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("received_bundles", sa.Column("key_id", sa.Text(), nullable=False, server_default=""))
    op.execute(
        "UPDATE received_bundles SET key_id = COALESCE((SELECT key_id FROM devices AS d "
        "WHERE d.unit_code = received_bundles.unit_code AND d.device_id = received_bundles.device_id "
        "AND d.enrolled_at <= received_bundles.at ORDER BY d.enrolled_at DESC LIMIT 1), '')"
    )


def downgrade() -> None:
    op.drop_column("received_bundles", "key_id")
