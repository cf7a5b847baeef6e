"""The day on which a model or a team member was rated; of ratings given before it stays unknown."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("model_ratings", sa.Column("rated_on", sa.Date(), nullable=True))
    op.add_column("member_ratings", sa.Column("rated_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("member_ratings", "rated_on")
    op.drop_column("model_ratings", "rated_on")
