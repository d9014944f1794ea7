"""The tables that PostgreSQL has besides: what lies in files of their own where SQLite is used.

No migration up to 0005 makes any of them: no PostgreSQL database is older than that.
"""

from sqlalchemy import BigInteger, Column, DateTime, LargeBinary, MetaData, String, Table, Text

SHARED_METADATA = MetaData()

# One row, named "hashes": the key of all hashes.
KEYS = Table(
    "keys",
    SHARED_METADATA,
    Column("name", String(16), primary_key=True),
    Column("key", LargeBinary, nullable=False),
)

# One row per thing that somebody did who may do so many in a time, until it counts no more.
# bucket: a keyed hash of what it was and of who did it. It is gone when the server crashes.
TURNS = Table(
    "turns",
    SHARED_METADATA,
    Column("number", BigInteger, primary_key=True),
    Column("bucket", String(32), nullable=False, index=True),
    Column("until", DateTime(timezone=True), nullable=False, index=True),
    prefixes=["UNLOGGED"],
)

# One row per version of a file of the articles.
FILES = Table(
    "files",
    SHARED_METADATA,
    Column("sha256", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("put_at", DateTime(timezone=True), nullable=False),
)

# What refers to them, as JSON: the manifest of what serves, and the history of the articles.
# number: how often it was replaced.
DOCUMENTS = Table(
    "documents",
    SHARED_METADATA,
    Column("name", String(40), primary_key=True),
    Column("content", Text, nullable=False),
    Column("number", BigInteger, nullable=False),
)
