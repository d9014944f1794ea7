"""One SQLite file, reached by short transactions: one that writes at a time, and any that read.

Each transaction has a connection of its own that is closed with it: nothing stays open that could
hold up the end of the program, and a file that was taken away or exchanged is noticed. One that
writes takes the write lock at its beginning, waits for other processes, and syncs at its end; one
that reads waits only while another commits. All waits of a transaction together end at its
deadline. The rollback journal is used, not the write-ahead log, in which deleted text would stay
readable.

Every failure is a RecordsError, made anew: the errors below it may hold text of the database, so
neither their words nor they themselves are handed on.
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
from bot.records.model import RecordsError

_T = TypeVar("_T")

FILE = "records.sqlite3"
# What SQLite opens beside the database if it is there.
_COMPANIONS = ("-journal", "-wal", "-shm")
# What is waited for a lock even after the deadline: a commit that takes a moment is none too late.
_LEAST_PATIENCE_S = 0.05

_ELSEWHERE = "give another folder, or keep no records (records: off)"
_ANEW = "put it back from a backup, or move it away to begin anew"
_DAMAGED = "is damaged or no database", _ANEW
_CAUSES = {
    sqlite3.SQLITE_FULL: ("can't be written: the disk is full", "make room"),
    sqlite3.SQLITE_IOERR: (
        "can't be read or written: the disk fails, or is full",
        "see to the disk",
    ),
    sqlite3.SQLITE_BUSY: ("is held by another program", "wait for it to end, or end it"),
    sqlite3.SQLITE_READONLY: ("can't be written", _ELSEWHERE),
    sqlite3.SQLITE_CANTOPEN: ("can't be opened", _ELSEWHERE),
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
}


def make_folder(folder: Path) -> Path:
    """Make the folder and an empty database, for the bot's user alone, unless they are there; give its path.

    Raises RecordsError where they can't be made, or where there is something else than a file.
    """
    path = folder / FILE
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        refuse_irregular(path)
    except OSError as error:
        fault = RecordsError(folder, f"the folder can't be used: {error.strerror}", _ELSEWHERE)
    else:
        return path
    raise fault


def explain(error: Exception, path: Path) -> RecordsError:
    """Say in plain words why something failed; never what was in it."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None:
        unknown = (
            "can't be used",
            f"{_ANEW}; SQLite says {getattr(cause, 'sqlite_errorname', code)}",
        )
        return RecordsError(path, *_CAUSES.get(code & 0xFF, unknown))
    if isinstance(cause, OSError):
        return RecordsError(path, f"can't be used: {cause.strerror}", _ELSEWHERE)
    # Whatever Python makes of a value that is of another type, or not of the encoding, that it should be.
    return RecordsError(
        path,
        "is damaged: it holds what was not written by the program",
        f"{_ANEW}; {type(cause).__name__}",
    )


class Database:
    """A database that exists at ``path``."""

    def __init__(self, path: Path) -> None:
        """Open nothing yet."""
        self.path = path
        url = URL.create(
            "sqlite+aiosqlite",
            database=path.absolute().as_uri(),
            query={"uri": "true", "mode": "rw"},
        )
        self._engine = create_async_engine(
            url,
            poolclass=NullPool,
            # Transactions are begun here and nowhere else, not by Python's driver before some statements.
            connect_args={"timeout": 0, "isolation_level": None},
            hide_parameters=True,
        )

    async def write(
        self, work: Callable[[AsyncConnection], Awaitable[_T]], deadline_s: float
    ) -> _T:
        """Do all of it or, where anything is raised, nothing.

        ``deadline_s`` is by ``time.monotonic``. Raises RecordsError for what the database refuses.
        """

        async def change(connection: AsyncConnection) -> _T:
            await connection.exec_driver_sql("BEGIN IMMEDIATE")
            done = await work(connection)
            await _be_patient(connection, deadline_s)
            await connection.commit()
            return done

        return await self._connect(change, deadline_s)

    async def read(self, work: Callable[[AsyncConnection], Awaitable[_T]], deadline_s: float) -> _T:
        """Read what stands there at one moment, whoever writes. Raises RecordsError for what the database refuses."""

        async def look(connection: AsyncConnection) -> _T:
            await connection.exec_driver_sql("BEGIN")
            return await work(connection)

        return await self._connect(look, deadline_s)

    async def rewrite(self, deadline_s: float) -> None:
        """Write the whole file anew: what was deleted is in no corner of it any more. Raises RecordsError.

        Zeroes take the place of what is deleted at once (secure_delete), but not of the copies that SQLite leaves
        in a page when it moves rows to another.
        """

        async def vacuum(connection: AsyncConnection) -> None:
            await connection.exec_driver_sql("PRAGMA journal_mode = DELETE")
            await connection.exec_driver_sql("VACUUM")

        await self._connect(vacuum, deadline_s)

    async def _connect(
        self, work: Callable[[AsyncConnection], Awaitable[_T]], deadline_s: float
    ) -> _T:
        try:
            await asyncio.to_thread(self._refuse_irregular)
            async with self._engine.connect() as connection:
                await _be_patient(connection, deadline_s)
                await connection.exec_driver_sql("PRAGMA secure_delete = ON")
                await connection.exec_driver_sql("PRAGMA temp_store = MEMORY")
                return await work(connection)
        except RecordsError:
            raise
        except Exception as error:  # noqa: BLE001 (of a damaged value, Python and its libraries make any error)
            fault = explain(error, self.path)
        # Out here, the error that it was made of is not chained to it.
        raise fault

    def _refuse_irregular(self) -> None:
        for suffix in ("", *_COMPANIONS):
            refuse_irregular(self.path.with_name(self.path.name + suffix))


async def _be_patient(connection: AsyncConnection, deadline_s: float) -> None:
    """Let each wait for a lock end at the deadline."""
    left_s = max(_LEAST_PATIENCE_S, deadline_s - time.monotonic())
    await connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(left_s * 1000)}")
