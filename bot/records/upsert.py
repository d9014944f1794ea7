"""Insert rows, or change those that are there, in the dialect of the database that is used."""

from typing import TYPE_CHECKING

from sqlalchemy import Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

if TYPE_CHECKING:
    from sqlalchemy.dialects.postgresql import Insert as PostgresInsert


def insert_into(connection: AsyncConnection, table: Table) -> "sqlite.Insert | PostgresInsert":
    """Begin a statement that takes ``on_conflict_do_update``."""
    if connection.dialect.name == sqlite.dialect.name:
        return sqlite.insert(table)
    # Who uses SQLite pays for no other dialect.
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415

    return postgresql.insert(table)
