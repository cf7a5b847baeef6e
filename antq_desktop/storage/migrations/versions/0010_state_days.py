"""The day on which a household was found absent, refusing or gone; of papers entered before it stays unknown."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("commitments", sa.Column("state_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("commitments", "state_on")
