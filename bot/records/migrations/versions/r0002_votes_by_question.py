"""Votes by question and day, presses that were counted, and what is known of the clock.

Which question an old vote was about can't be told: its answer stands for it, so each of them stays.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Take the votes over into a new table, and make two more."""
    op.rename_table("votes", "votes_before")
    op.create_table(
        "votes",
        sa.Column("person", sa.String(32), primary_key=True),
        sa.Column("question", sa.String(32), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("answer", sa.String(32), nullable=False),
        sa.Column("passage", sa.String(12), nullable=False),
        sa.Column("is_helpful", sa.Boolean, nullable=False),
        sa.UniqueConstraint("person", "answer"),
    )
    op.execute(
        "INSERT INTO votes "
        "SELECT person, answer, day, answer, passage, is_helpful FROM votes_before"
    )
    op.drop_table("votes_before")
    op.create_table(
        "presses",
        sa.Column("press", sa.String(32), primary_key=True),
        sa.Column("person", sa.String(32), nullable=False),
        sa.Column("outcome", sa.String(9), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
    )
    op.create_table(
        "clock",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("today", sa.Date, nullable=False),
        sa.Column("days_behind", sa.Integer, nullable=False),
        sa.Column("ahead_since", sa.Date),
    )
    # The last day on which anything was written.
    op.execute(
        "INSERT INTO clock SELECT 1, max(day), 0, NULL "
        "FROM (SELECT day FROM votes UNION ALL SELECT last_day FROM unanswered) "
        "HAVING max(day) IS NOT NULL"
    )
