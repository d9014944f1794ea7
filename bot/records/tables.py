"""The tables as the newest migration leaves them; what each column means stands here.

No column holds an id of Discord in clear, a name, or a time finer than a day.
"""

from sqlalchemy import Boolean, Column, Date, Integer, MetaData, String, Table

METADATA = MetaData()

# One row a voter and answer: keyed hashes of the voter's and the message's ids, the passage that was voted on.
VOTES = Table(
    "votes",
    METADATA,
    Column("person", String(32), primary_key=True),
    Column("answer", String(32), primary_key=True),
    Column("passage", String(12), nullable=False),
    Column("is_helpful", Boolean, nullable=False),
    Column("day", Date, nullable=False),
)

# One row a question, numbered in the order in which they were first asked; ``sameness`` is a hash of its wording.
UNANSWERED = Table(
    "unanswered",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("sameness", String(32), nullable=False, unique=True),
    Column("question", String(300), nullable=False),
    Column("times", Integer, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
)
