"""The first tables: votes, and unanswered questions."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "votes",
        sa.Column("person", sa.String(32), primary_key=True),
        sa.Column("answer", sa.String(32), primary_key=True),
        sa.Column("passage", sa.String(12), nullable=False),
        sa.Column("is_helpful", sa.Boolean, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
    )
    op.create_table(
        "unanswered",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("sameness", sa.String(32), nullable=False, unique=True),
        sa.Column("question", sa.String(300), nullable=False),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("first_day", sa.Date, nullable=False),
        sa.Column("last_day", sa.Date, nullable=False),
    )
