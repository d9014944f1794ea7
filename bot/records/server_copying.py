"""Copy the records of a PostgreSQL database, and put such a copy in their place.

In: an address. Out: the same copy that ``copying`` takes of a folder: a SQLite database, and its
key. So a backup of either is put back into either.

A copy is read in one transaction. What is put back is written in one, too; the tables that were
there are moved into a schema of their own, and not deleted.
"""

import itertools
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial

from sqlalchemy import (
    Connection,
    StaticPool,
    create_engine,
    func,
    insert,
    select,
    text,
)

from bot.records.aside import transact_aside
from bot.records.copying import RecordsCopy
from bot.records.model import RecordsError
from bot.records.postgres import LOCKS, OPEN
from bot.records.postgres_address import PostgresAddress
from bot.records.schema import bring_up_to_date, create_tables, find_tables
from bot.records.shared_tables import KEYS
from bot.records.tables import METADATA, UNANSWERED
from bot.texts import records as texts

_MOST_ROWS = 5_000
_VERSION_TABLE = "alembic_version"


def copy_server(address: PostgresAddress) -> RecordsCopy | None:
    """Copy the records of a database as they are at one moment; None where there are none.

    Raises RecordsError where they can't be read, or are those of an older version.
    """
    return transact_aside(address, partial(_read, address.shown), is_writing=False)


def put_back_into_server(
    copy: RecordsCopy, address: PostgresAddress, *, replace: bool
) -> str | None:
    """Make a copy the records of a database; return the schema of those that were there, if any.

    ``replace``: whether there may be any. ``copy`` was checked. Raises RecordsError where not,
    where a bot has them open, or where the server refuses; then all is as before.
    """
    with _open_copy(copy.database, address.shown) as source:
        work = partial(_put_back, address.shown, source, copy.key, replace=replace)
        return transact_aside(address, work, is_writing=True)


def _read(shown: str, connection: Connection) -> RecordsCopy | None:
    tables = find_tables(connection, shown)
    if tables == "none":
        return None
    if tables == "older":
        raise RecordsError(shown, texts.OLDER_TABLES, texts.OLDER_TABLES_HINT)
    key = connection.scalar(select(KEYS.c.key))
    with closing(sqlite3.connect(":memory:")) as database, _open_tables(database, "") as target:
        _copy_rows(connection, target)
        target.commit()
        return RecordsCopy(database.serialize(), key or b"")


@contextmanager
def _open_copy(content: bytes, shown: str) -> Iterator[Connection]:
    """Open a SQLite database, of this version or an older one, to be read in any thread."""
    with closing(sqlite3.connect(":memory:", check_same_thread=False)) as database:
        database.deserialize(content)
        with _open_tables(database, shown) as connection:
            yield connection


@contextmanager
def _open_tables(database: sqlite3.Connection, shown: str) -> Iterator[Connection]:
    """Bring a SQLite database up to date."""
    engine = create_engine("sqlite://", creator=lambda: database, poolclass=StaticPool)
    with engine.connect() as connection:
        bring_up_to_date(connection, shown)
        connection.commit()
        yield connection


def _copy_rows(source: Connection, target: Connection) -> None:
    """Copy all rows, so many at a time: there may be millions."""
    for table in METADATA.sorted_tables:
        query = select(table).execution_options(yield_per=_MOST_ROWS)
        for rows in source.execute(query).mappings().partitions():
            target.execute(insert(table), [dict(row) for row in rows])


def _put_back(
    shown: str, source: Connection, key: bytes, connection: Connection, *, replace: bool
) -> str | None:
    locks = {"locks": LOCKS, "open": OPEN}
    is_free = connection.scalar(text("SELECT pg_try_advisory_xact_lock(:locks, :open)"), locks)
    if not is_free:
        raise RecordsError(shown, texts.OPEN_ELSEWHERE, texts.OPEN_ELSEWHERE_HINT)
    moved_to = None
    if find_tables(connection, shown) != "none":
        if not replace:
            raise RecordsError(shown, texts.TABLES_ARE_THERE, texts.TABLES_ARE_THERE_HINT)
        moved_to = _move_away(connection)
    create_tables(connection)
    _copy_rows(source, connection)
    if key:
        connection.execute(insert(KEYS).values(name="hashes", key=key))
    # What is asked in vain next is numbered after what was put back.
    sequence = func.pg_get_serial_sequence(UNANSWERED.name, "number")
    highest = select(func.coalesce(func.max(UNANSWERED.c.number), 1)).scalar_subquery()
    connection.execute(select(func.setval(sequence, highest)))
    return moved_to


def _move_away(connection: Connection) -> str:
    """Move the tables into a new schema, and return its name."""
    query = text("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'before_restore_%'")
    taken = set(connection.scalars(query))
    names = (f"before_restore_{number}" for number in itertools.count(1))
    schema = next(name for name in names if name not in taken)
    connection.execute(text(f"CREATE SCHEMA {schema}"))
    for name in (*METADATA.tables, KEYS.name, _VERSION_TABLE):
        connection.execute(text(f"ALTER TABLE IF EXISTS {name} SET SCHEMA {schema}"))
    return schema
