"""Copy the records while the bot writes them, and put such a copy in their place.

In: the folder of the records. Out: a copy of the database and of its key, which belong together.

A copy is taken in one reading transaction, and written anew without what was deleted. What is put
in place is checked before anything is touched. The records that were there are moved away and not
deleted, with the journal that belongs to them: SQLite would play it back into the copy.
"""

import contextlib
import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import NullPool, create_engine

from bot.records import key as key_files
from bot.records.database import (
    COMPANIONS,
    explain_folder,
    explained,
    refuse_irregular_files,
)
from bot.records.database import FILE as DATABASE
from bot.records.files import write_aside
from bot.records.key import FILE as KEY
from bot.records.lock import hold_alone
from bot.records.model import RecordsError
from bot.records.schema import count_votes, find_tables
from bot.texts import records as texts

# While a transaction commits, nobody can begin to read.
_PATIENCE_S = 10.0
# All that can lie in the folder, a database before its journals.
_FILES = (DATABASE, *(DATABASE + suffix for suffix in COMPANIONS), KEY)


@dataclass(frozen=True, slots=True)
class RecordsCopy:
    """The bytes of a database, and of its key."""

    database: bytes
    key: bytes


def copy_records(folder: Path) -> RecordsCopy | None:
    """Copy the records of a folder as they are at one moment; None where there are none.

    Raises RecordsError where they can't be read, or are damaged.
    """
    path = folder / DATABASE
    database = explained(partial(_read_database, path), path)
    if database is None:
        return None
    # A key is there before the first vote that needs it, and is never changed.
    key = key_files.read_key_bytes(folder) or b""
    copy = RecordsCopy(database, key)
    check_copy(copy, path)
    return copy


def _read_database(path: Path) -> bytes | None:
    refuse_irregular_files(path)
    if not path.exists():
        return None
    # As a URI, SQLite can be told to make no new file ("rw").
    uri = path.absolute().as_uri() + "?mode=rw"
    with closing(sqlite3.connect(uri, uri=True, timeout=_PATIENCE_S)) as connection:
        connection.isolation_level = None
        connection.execute("BEGIN")
        # To read anything keeps everybody from committing until the end.
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        database = connection.serialize()
    with closing(_open_in_memory(database)) as connection:
        connection.execute("VACUUM")
        return connection.serialize()


def _open_in_memory(database: bytes) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.deserialize(database)
    return connection


def check_copy(copy: RecordsCopy, path: Path) -> None:
    """Raise RecordsError for what this program could not open; ``path`` says what it is.

    That is a database that is damaged, another program's or of a newer version, and a key that is
    none, or missing where there are votes.
    """
    if copy.key:
        key_files.refuse_other_length(copy.key, path)
    votes = explained(partial(_count_votes, copy.database, path), path)
    if votes and not copy.key:
        raise RecordsError(path, texts.KEY_IS_GONE, texts.KEY_IS_GONE_HINT)


def _count_votes(database: bytes, path: Path) -> int:
    engine = create_engine(
        "sqlite://", creator=lambda: _open_in_memory(database), poolclass=NullPool
    )
    with engine.connect() as connection:
        find_tables(connection, path)
        return count_votes(connection)


def put_back(copy: RecordsCopy, folder: Path) -> Path | None:
    """Make a copy the records of a folder; return where those went that were there, if any were.

    Whenever this is interrupted, there are the old records, or the new ones, or none: never the
    database of the one with the key of the other. Raises RecordsError where another program has
    the records open, or the disk refuses.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with hold_alone(folder):
            new = [
                (name, write_aside(folder / name, content, is_durable=True))
                for name, content in ((KEY, copy.key), (DATABASE, copy.database))
                if content
            ]
            before = _move_away(folder)
            for name, path in new:
                path.replace(folder / name)
            sync_folder(folder)
    except OSError as error:
        fault = explain_folder(error, folder)
    else:
        return before
    raise fault


def has_records(folder: Path) -> bool:
    """Say whether anything of records lies in a folder."""
    return any(os.path.lexists(folder / name) for name in _FILES)


def _move_away(folder: Path) -> Path | None:
    if not has_records(folder):
        return None
    number = 1
    while (before := folder / f"before-restore-{number}").exists():
        number += 1
    before.mkdir(mode=0o700)
    for name in _FILES:
        with contextlib.suppress(FileNotFoundError):
            (folder / name).rename(before / name)
    sync_folder(before)
    sync_folder(folder)
    return before


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system can do that."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
