"""What is too old is looked for in every transaction: by an index, where there may be many rows."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Take the step."""
    op.create_index("unanswered_last_day", "unanswered", ["last_day"])
    op.create_index("word_pairs_last_day", "word_pairs", ["last_day"])
    op.create_index("out_of_scope_day", "out_of_scope", ["day"])
