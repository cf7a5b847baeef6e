"""The search over everything; the program gathers the words of what is there when it opens the file."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search_rows",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("others", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_search_rows")),
        sa.UniqueConstraint("unit_code", "entity", "id", name=op.f("uq_search_rows_unit_code_entity_id")),
    )
    # Words begin in few ways: with the beginnings of a word in the index, the first rows come without reading the rest.
    # Folded words hold no signs, so the plainest tokeniser parts them; where in a text a word stands is nobody's question.
    if op.get_bind().dialect.name != "sqlite":
        return  # nobody searches on a server
    op.execute(
        "CREATE VIRTUAL TABLE search_words USING fts5(title, others, content='search_rows', content_rowid='n', "
        "tokenize='ascii', prefix='1 2 3 4 5 6', detail=column, columnsize=0)"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_words")
    op.drop_table("search_rows")
    op.execute("DELETE FROM local_state WHERE name = 'search'")
