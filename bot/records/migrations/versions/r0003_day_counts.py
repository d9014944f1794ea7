"""How much was asked, answered and read on each day, without who and without words."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "day_counts",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("kind", sa.String(9), primary_key=True),
        sa.Column("what", sa.String(16), primary_key=True),
        sa.Column("times", sa.Integer, nullable=False),
    )
