"""What was typed of a model before its sites and groups were recorded one by one: the periods until then count by it."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None
_COLUMNS = ("typed_sites", "typed_groups", "typed_members")


def upgrade() -> None:
    for name in _COLUMNS:
        op.add_column("community_models", sa.Column(name, sa.Integer(), nullable=True))


def downgrade() -> None:
    for name in _COLUMNS:
        op.drop_column("community_models", name)
