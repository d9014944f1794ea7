"""One SQLite file, reached by short transactions: one that writes at a time, and any that read.

Each transaction has a connection of its own that is closed with it: nothing stays open that could hold up the end of
the program, and a file that was taken away or exchanged is noticed. One that writes takes the write lock at its
beginning, waits for other processes, and syncs at its end; one that reads waits only while another commits. The
rollback journal is used, not the write-ahead log, in which deleted text would stay readable. Every failure is a
RecordsError.
"""

import contextlib
import os
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

from sqlalchemy import URL, NullPool
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from bot.records.model import RecordsError

FILE = "records.sqlite3"

_ELSEWHERE = "give another folder, or keep no records (records: off)"
_DAMAGED = "is damaged or no database", "put it back from a backup, or move it away to begin anew"
_CAUSES = {
    sqlite3.SQLITE_FULL: ("can't be written: the disk is full", "make room"),
    sqlite3.SQLITE_IOERR: ("can't be read or written: the disk fails, or is full", "see to the disk"),
    sqlite3.SQLITE_BUSY: ("is held by another program", "wait for it to end, or end it"),
    sqlite3.SQLITE_READONLY: ("can't be written", _ELSEWHERE),
    sqlite3.SQLITE_CANTOPEN: ("can't be opened", _ELSEWHERE),
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
}


def make_folder(folder: Path) -> Path:
    """Make the folder and an empty database, for the bot's user alone, unless they are there; give its path.

    Raises RecordsError where they can't be made.
    """
    path = folder / FILE
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise RecordsError(folder, f"the folder can't be used: {error.strerror}", _ELSEWHERE) from None
    return path


def explain(error: SQLAlchemyError, path: Path) -> RecordsError:
    """Say in plain words why a statement failed; never what was in it."""
    cause = getattr(error, "orig", error)
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    return RecordsError(path, *_CAUSES.get(code, ("can't be used", str(cause))))


class Database:
    """A database that exists at ``path``."""

    def __init__(self, path: Path, patience_s: float = 5.0) -> None:
        """Wait up to ``patience_s`` for another process that is writing."""
        self.path = path
        url = URL.create("sqlite+aiosqlite", database=path.absolute().as_uri(), query={"uri": "true", "mode": "rw"})
        self._engine = create_async_engine(
            url,
            poolclass=NullPool,
            # Transactions are begun here and nowhere else, not by Python's driver before some statements.
            connect_args={"timeout": patience_s, "isolation_level": None},
            hide_parameters=True,
        )

    @contextlib.asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """Do all of it or, where anything is raised, nothing. Raises RecordsError for what the database refuses."""
        async with self._connection() as connection:
            await connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection
            await connection.commit()

    @contextlib.asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Read what stands there at one moment, whoever writes. Raises RecordsError for what the database refuses."""
        async with self._connection() as connection:
            await connection.exec_driver_sql("BEGIN")
            yield connection

    async def rewrite(self) -> None:
        """Write the whole file anew: what was deleted is in no corner of it any more. Raises RecordsError.

        Zeroes take the place of what is deleted at once (secure_delete), but not of the copies that SQLite leaves
        in a page when it moves rows to another.
        """
        async with self._connection() as connection:
            await connection.exec_driver_sql("PRAGMA journal_mode = DELETE")
            await connection.exec_driver_sql("VACUUM")

    @contextlib.asynccontextmanager
    async def _connection(self) -> AsyncIterator[AsyncConnection]:
        try:
            async with self._engine.connect() as connection:
                await connection.exec_driver_sql("PRAGMA secure_delete = ON")
                await connection.exec_driver_sql("PRAGMA temp_store = MEMORY")
                yield connection
        except SQLAlchemyError as error:
            raise explain(error, self.path) from error
