"""The hash of a photo as the camera wrote it, beside the one that is kept without place and owner."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("attachments", sa.Column("original_sha256", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("attachments", "original_sha256")
