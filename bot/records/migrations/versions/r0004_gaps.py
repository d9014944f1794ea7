"""Pairs of words that helped, and what is out of scope: without who, and without questions."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "word_pairs",
        sa.Column("word", sa.String(30), primary_key=True),
        sa.Column("other", sa.String(30), primary_key=True),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("last_day", sa.Date, nullable=False),
    )
    op.create_table(
        "out_of_scope",
        sa.Column("terms", sa.String(600), primary_key=True),
        sa.Column("gap", sa.String(12), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
    )
