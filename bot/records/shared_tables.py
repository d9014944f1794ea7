"""The tables that PostgreSQL has besides: what lies in files of their own where SQLite is used.

No migration up to 0005 makes any of them: no PostgreSQL database is older than that.
"""

from sqlalchemy import Column, LargeBinary, MetaData, String, Table

SHARED_METADATA = MetaData()

# One row, named "hashes": the key of all hashes.
KEYS = Table(
    "keys",
    SHARED_METADATA,
    Column("name", String(16), primary_key=True),
    Column("key", LargeBinary, nullable=False),
)
