"""One SQLite file, used in short transactions: one writes at a time, and any number read.

In: a function that uses a connection, and a deadline. Out: its result, or a RecordsError.

Each transaction has a connection of its own that is closed with it. So nothing stays open that
could hold up the end of the program, and a file that was taken away or exchanged is noticed. A
transaction that writes takes the write lock at its beginning (BEGIN IMMEDIATE) and waits for other
processes; one that reads waits only while another commits. All waits of a transaction together end
at its deadline. The rollback journal is used, not the write-ahead log, in which deleted text would
stay readable.

Every failure is a RecordsError, made anew. The errors below it may hold text of the database, so
neither their messages nor they themselves are passed on.
"""

import asyncio
import contextlib
import os
import sqlite3
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from sqlalchemy import URL, NullPool
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from bot.records.files import refuse_irregular
from bot.records.model import DamagedValueError, RecordsError
from bot.texts import records as texts

T = TypeVar("T")

FILE = "records.sqlite3"
# What SQLite opens beside the database if it is there.
COMPANIONS = ("-journal", "-wal", "-shm")
# A lock is waited for so long even after the deadline: a commit takes only a moment.
_LEAST_PATIENCE_S = 0.05
# SQLite's extended result codes hold the primary one in their lowest byte.
_PRIMARY_CODE = 0xFF
# By primary result code: what is wrong, and what may help.
_CAUSES: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_FULL: (texts.DISK_FULL, texts.DISK_FULL_HINT),
    sqlite3.SQLITE_IOERR: (texts.DISK_FAILS, texts.DISK_FAILS_HINT),
    sqlite3.SQLITE_BUSY: (texts.BUSY, texts.BUSY_HINT),
    sqlite3.SQLITE_READONLY: (texts.READ_ONLY, texts.USE_ANOTHER_FOLDER),
    sqlite3.SQLITE_CANTOPEN: (texts.CANNOT_OPEN, texts.USE_ANOTHER_FOLDER),
    sqlite3.SQLITE_CORRUPT: (texts.NOT_A_DATABASE, texts.RESTORE),
    sqlite3.SQLITE_NOTADB: (texts.NOT_A_DATABASE, texts.RESTORE),
}


def make_folder(folder: Path) -> Path:
    """Make the folder and an empty database, unless they are there; return the database's path.

    Only the bot's own user may read them. Raises RecordsError where they can't be made, or where
    there is something else than a regular file.
    """
    path = folder / FILE
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            os.close(descriptor)
        refuse_irregular(path)
    except OSError as error:
        fault = explain_folder(error, folder)
    else:
        return path
    raise fault


def explain_folder(error: OSError, folder: Path) -> RecordsError:
    """Say in plain words why a folder can't be made or written in."""
    what = texts.FOLDER_REFUSED(reason=error.strerror)
    return RecordsError(folder, what, texts.USE_ANOTHER_FOLDER)


def explained(work: Callable[[], T], path: Path) -> T:
    """Do ``work`` with a database and return its result; raises RecordsError for any failure."""
    try:
        return work()
    except RecordsError:
        raise
    except Exception as error:  # noqa: BLE001 (a damaged value makes Python raise any error)
        fault = explain(error, path)
    # Raised out here, the error that it was made of is not chained to it.
    raise fault


def explain(error: Exception, path: Path) -> RecordsError:
    """Say in plain words why something failed; never what was in it."""
    if isinstance(error, DamagedValueError):
        return RecordsError(path, texts.DAMAGED_VALUE(fault=error), texts.RESTORE)
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None:
        name = getattr(cause, "sqlite_errorname", code)
        unknown = (texts.UNUSABLE, texts.RESTORE_UNKNOWN(code=name))
        what, hint = _CAUSES.get(code & _PRIMARY_CODE, unknown)
        return RecordsError(path, what, hint)
    if isinstance(cause, OSError):
        what = texts.SYSTEM_REFUSES(reason=cause.strerror)
        return RecordsError(path, what, texts.USE_ANOTHER_FOLDER)
    # Any error that Python makes of a value of another type or encoding than it should have.
    hint = texts.RESTORE_WRONG_VALUE(kind=type(cause).__name__)
    return RecordsError(path, texts.WRONG_VALUE, hint)


def refuse_irregular_files(path: Path) -> None:
    """Raise RecordsError for a database, or a file that SQLite opens beside it, that is no file."""
    for suffix in ("", *COMPANIONS):
        refuse_irregular(path.with_name(path.name + suffix))


class Database:
    """A database that exists at ``path``."""

    def __init__(self, path: Path) -> None:
        """Open nothing yet."""
        self.path = path
        # As a URI, SQLite can be told to make no new file ("rw").
        uri = path.absolute().as_uri()
        query = {"uri": "true", "mode": "rw"}
        url = URL.create("sqlite+aiosqlite", database=uri, query=query)
        # Transactions are begun here, and not by Python's driver before some statements.
        driver_arguments = {"timeout": 0, "isolation_level": None}
        self._engine = create_async_engine(
            url, poolclass=NullPool, connect_args=driver_arguments, hide_parameters=True
        )

    async def write(self, work: Callable[[AsyncConnection], Awaitable[T]], deadline_s: float) -> T:
        """Do all of ``work`` or, where anything is raised, nothing; return its result.

        ``deadline_s`` is a time of ``time.monotonic``. Raises RecordsError for what the database
        refuses.
        """

        async def change(connection: AsyncConnection) -> T:
            await connection.exec_driver_sql("BEGIN IMMEDIATE")
            result = await work(connection)
            await _set_busy_timeout(connection, deadline_s)
            await connection.commit()
            return result

        return await self._connect(change, deadline_s)

    async def read(self, work: Callable[[AsyncConnection], Awaitable[T]], deadline_s: float) -> T:
        """Read the database as it is at one moment, whoever writes; return the result of ``work``.

        Raises RecordsError for what the database refuses.
        """

        async def look(connection: AsyncConnection) -> T:
            await connection.exec_driver_sql("BEGIN")
            return await work(connection)

        return await self._connect(look, deadline_s)

    async def rewrite(self, deadline_s: float) -> None:
        """Write the whole file anew, so that what was deleted is in no corner of it any more.

        Zeroes take the place of what is deleted at once (secure_delete), but not of the copies
        that SQLite leaves in a page when it moves rows to another. Raises RecordsError.
        """

        async def vacuum(connection: AsyncConnection) -> None:
            await connection.exec_driver_sql("PRAGMA journal_mode = DELETE")
            await connection.exec_driver_sql("VACUUM")

        await self._connect(vacuum, deadline_s)

    async def close(self) -> None:
        """Do nothing: no connection stays open."""

    async def _connect(
        self, work: Callable[[AsyncConnection], Awaitable[T]], deadline_s: float
    ) -> T:
        try:
            await asyncio.to_thread(refuse_irregular_files, self.path)
            async with self._engine.connect() as connection:
                await _set_busy_timeout(connection, deadline_s)
                await connection.exec_driver_sql("PRAGMA secure_delete = ON")
                await connection.exec_driver_sql("PRAGMA temp_store = MEMORY")
                return await work(connection)
        except RecordsError:
            raise
        except Exception as error:  # noqa: BLE001 (a damaged value makes Python raise any error)
            fault = explain(error, self.path)
        # Raised out here, the error that it was made of is not chained to it.
        raise fault


async def _set_busy_timeout(connection: AsyncConnection, deadline_s: float) -> None:
    """Let each wait for a lock end at the deadline."""
    left_s = max(_LEAST_PATIENCE_S, deadline_s - time.monotonic())
    left_ms = int(left_s * 1000)
    await connection.exec_driver_sql(f"PRAGMA busy_timeout = {left_ms}")
