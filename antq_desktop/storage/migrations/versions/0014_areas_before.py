"""The areas to which households, models and teams belonged before a merge or a split: the days before count by them."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None
_TABLES = ("households", "community_models", "security_teams")


def upgrade() -> None:
    for table in _TABLES:
        op.add_column(table, sa.Column("past_areas", sa.JSON(), nullable=True))


def downgrade() -> None:
    for table in _TABLES:
        op.drop_column(table, "past_areas")
