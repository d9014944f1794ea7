"""In which server something was asked, found helpful or counted.

Of what is there already nobody knows that: it stays, as that of none (0).
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Take each table over into a new one, as a column of its key is new."""
    _rebuild(
        "votes",
        _make_guild_id(),
        sa.Column("person", sa.String(32), primary_key=True),
        sa.Column("question", sa.String(32), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("answer", sa.String(32), nullable=False),
        sa.Column("passage", sa.String(12), nullable=False),
        sa.Column("is_helpful", sa.Boolean, nullable=False),
        unique=("person", "answer"),
    )
    _rebuild(
        "unanswered",
        _make_guild_id(is_keyed=False),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("sameness", sa.String(32), nullable=False),
        sa.Column("question", sa.String(300), nullable=False),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("first_day", sa.Date, nullable=False),
        sa.Column("last_day", sa.Date, nullable=False),
        unique=("guild_id", "sameness"),
    )
    _rebuild(
        "day_counts",
        sa.Column("day", sa.Date, primary_key=True),
        _make_guild_id(),
        sa.Column("kind", sa.String(9), primary_key=True),
        sa.Column("what", sa.String(16), primary_key=True),
        sa.Column("times", sa.Integer, nullable=False),
    )
    _rebuild(
        "word_pairs",
        _make_guild_id(),
        sa.Column("word", sa.String(30), primary_key=True),
        sa.Column("other", sa.String(30), primary_key=True),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("last_day", sa.Date, nullable=False),
    )
    _rebuild(
        "out_of_scope",
        _make_guild_id(),
        sa.Column("terms", sa.String(600), primary_key=True),
        sa.Column("gap", sa.String(12), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
    )
    if op.get_bind().dialect.name == "postgresql":
        # What is asked next is numbered after what was taken over.
        op.execute(
            "SELECT setval(pg_get_serial_sequence('unanswered', 'number'), max(number)) "
            "FROM unanswered HAVING max(number) IS NOT NULL"
        )


def _make_guild_id(*, is_keyed: bool = True) -> "sa.Column[int]":
    return sa.Column(
        "guild_id", sa.BigInteger, primary_key=is_keyed, autoincrement=False, nullable=False
    )


def _rebuild(name: str, *columns: "sa.Column[Any]", unique: tuple[str, ...] = ()) -> None:
    """Make a table anew with some columns, of which ``guild_id`` is new."""
    before = f"{name}_before"
    op.rename_table(name, before)
    constraints = [sa.UniqueConstraint(*unique)] if unique else []
    made = op.create_table(name, *columns, *constraints)
    names = [column.name for column in columns if column.name != "guild_id"]
    kept = sa.table(before, *map(sa.column, names))
    rows = sa.select(sa.literal(0), *kept.c)
    op.execute(sa.insert(made).from_select(["guild_id", *names], rows))
    op.drop_table(before)
