"""Further papers of Ngày hội at one site: the plan, the minutes, photographs."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("festival_days", sa.Column("more_papers", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column("festival_days", "more_papers")
