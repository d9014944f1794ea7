"""The tables as the newest migration leaves them; what each column means stands here.

No column holds an id of a person in clear, a name, or, but for settings, a time finer than a day.
guild_id: the server where it was asked, pressed or set; 0: in none, or before that was kept.
What goes when it is too old is found by its day, in every transaction: that has an index.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

METADATA = MetaData()

# One row per server, voter, question and day; at most one row per voter and answer.
# person, question, answer: keyed hashes of the voter's id, of the question's wording, and of the id
# of the answer's message. passage: the id of the passage that was voted on.
VOTES = Table(
    "votes",
    METADATA,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("person", String(32), primary_key=True),
    Column("question", String(32), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("answer", String(32), nullable=False),
    Column("passage", String(12), nullable=False),
    Column("is_helpful", Boolean, nullable=False),
    UniqueConstraint("person", "answer"),
)

# One row per press of a button that votes.
# press, person: keyed hashes of the ids of the interaction and of the user. outcome: a VoteOutcome.
PRESSES = Table(
    "presses",
    METADATA,
    Column("press", String(32), primary_key=True),
    Column("person", String(32), nullable=False),
    Column("outcome", String(9), nullable=False),
    Column("day", Date, nullable=False),
)

# One row, number 1: a ``clock.ClockState``.
CLOCK = Table(
    "clock",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("today", Date, nullable=False),
    Column("days_behind", Integer, nullable=False),
    Column("ahead_since", Date),
)

# One row per server and question, numbered in the order in which they were first asked.
# sameness: the ``hash_wording`` of the question.
UNANSWERED = Table(
    "unanswered",
    METADATA,
    Column("guild_id", BigInteger, nullable=False),
    Column("number", Integer, primary_key=True),
    Column("sameness", String(32), nullable=False),
    Column("question", String(300), nullable=False),
    Column("times", Integer, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    UniqueConstraint("guild_id", "sameness"),
    Index("unanswered_last_day", "last_day"),
)

# One row per day, server, and thing that is counted; a CountKind and what it is about.
# what: the id of a section or an article, a reason, a duration in milliseconds, or nothing.
DAY_COUNTS = Table(
    "day_counts",
    METADATA,
    # First in the key, as what is too old is looked for in every transaction.
    Column("day", Date, primary_key=True),
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(9), primary_key=True),
    Column("what", String(16), primary_key=True),
    Column("times", Integer, nullable=False),
)

# One row per server and pair of folded words: one that was asked in vain, and one that helped in
# its place in the same conversation.
WORD_PAIRS = Table(
    "word_pairs",
    METADATA,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("word", String(30), primary_key=True),
    Column("other", String(30), primary_key=True),
    Column("times", Integer, nullable=False),
    Column("last_day", Date, nullable=False),
    Index("word_pairs_last_day", "last_day"),
)

# One row per question that needs no answer: its analysed terms, in the order of the alphabet.
# guild_id: the server whose own articles need not answer; 0: the common ones.
# gap: the hash of the question that named the gap, by which all of it is taken back.
OUT_OF_SCOPE = Table(
    "out_of_scope",
    METADATA,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("terms", String(600), primary_key=True),
    Column("gap", String(12), nullable=False),
    Column("day", Date, nullable=False),
    Index("out_of_scope_day", "day"),
)

# One row per server in which a bot is, as Discord listed it last.
JOINED_SERVERS = Table(
    "joined_servers",
    METADATA,
    Column("bot_id", BigInteger, primary_key=True, autoincrement=False),
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
)

# One row per thing that those who manage a server have set, for it (channel 0) or for a channel.
# changed_at: seconds since 1970.
CHANNEL_SETTINGS = Table(
    "channel_settings",
    METADATA,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("channel_id", BigInteger, primary_key=True, autoincrement=False),
    Column("key", String(40), primary_key=True),
    Column("value", JSON, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
)
