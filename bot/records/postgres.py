"""One PostgreSQL database that several processes use, in short transactions.

In: a function that uses a connection, and a deadline. Out: its result, or a RecordsError.

As with SQLite, one transaction writes at a time: it begins with an advisory lock that all writers
take, so no statement needs to know what another process does. Who reads waits for nobody and sees
one moment. All waits of a transaction together end at its deadline.

The database is made ready by the first transaction that finds it: its tables are brought up to date
under that same lock, so of several processes that start at once one does it. A server that is away
costs only what is asked of it meanwhile; each transaction tries anew. Every failure is a
RecordsError that is made anew, as in ``database``: what a server says may quote what was written,
and an address holds a password.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.records.model import DamagedValueError, RecordsError
from bot.records.postgres_address import PostgresAddress
from bot.texts import records as texts

T = TypeVar("T")
Work = Callable[[AsyncConnection], Awaitable[T]]

# The advisory locks of this program: a number of its own ("arti"), and one for each purpose.
LOCKS = 0x61727469
WRITING = 1
OPEN = 2

# Connections that are kept, and that may be opened besides.
_POOL_SIZE = 3
_MOST_BESIDES = 5
# A connection is used no longer than this, so that a server that moved is found.
_POOL_RECYCLE_S = 300
# A server that does not answer by then is away, whoever has time to wait for what it does.
_CONNECT_S = 5
# A transaction has so long even after the deadline, as what nobody waits for begins late.
_LEAST_PATIENCE_S = 1.0
# To bring up to date tables with millions of rows takes longer than anybody waits for.
_PREPARATION_S = 600.0
# The server gives up a little earlier than this side, and can then say why.
_MARGIN_S = 0.1
# Takes the lock of those who write, and ends every wait for a lock in time.
_BEGIN = text(
    "SELECT set_config('lock_timeout', :patience, true), pg_advisory_xact_lock(:locks, :lock)"
)
# By SQLSTATE, or the class that it begins with: what is wrong, and what may help.
_CAUSES = {
    "08": (texts.UNREACHABLE, texts.UNREACHABLE_HINT),
    "57P": (texts.UNREACHABLE, texts.UNREACHABLE_HINT),
    "28": (texts.LOGIN_REFUSED, texts.LOGIN_REFUSED_HINT),
    "3D000": (texts.NO_DATABASE, texts.NO_DATABASE_HINT),
    "42501": (texts.NO_RIGHTS, texts.NO_RIGHTS_HINT),
    "25006": (texts.READ_ONLY, texts.READ_ONLY_SERVER_HINT),
    "53100": (texts.DISK_FULL, texts.DISK_FULL_HINT),
    "53300": (texts.TOO_MANY_CONNECTIONS, texts.TOO_MANY_CONNECTIONS_HINT),
    "55P03": (texts.BUSY, texts.BUSY_HINT),
    "57014": (texts.LATE, texts.LATE_HINT),
}


def make_engine(address: PostgresAddress, **options: Any) -> AsyncEngine:  # noqa: ANN401
    """Make an engine that has not connected yet; ``options`` are SQLAlchemy's.

    Raises RecordsError without the driver.
    """
    try:
        return create_async_engine(
            address.url, hide_parameters=True, connect_args={"timeout": _CONNECT_S}, **options
        )
    except ImportError:
        fault = RecordsError(address.shown, texts.NO_DRIVER, texts.NO_DRIVER_HINT)
    raise fault


def explain(error: Exception, shown: str) -> RecordsError:
    """Say in plain words why something failed; never what was in it, and no password."""
    if isinstance(error, DamagedValueError):
        return RecordsError(shown, texts.DAMAGED_VALUE(fault=error), texts.RESTORE_SERVER)
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlstate", None)
    if code:
        found = [cause for start, cause in _CAUSES.items() if code.startswith(start)]
        unknown = (texts.UNUSABLE, texts.UNKNOWN_STATE(code=code))
        what, hint = found[0] if found else unknown
        return RecordsError(shown, what, hint)
    is_cut = isinstance(error, DBAPIError) and error.connection_invalidated
    if is_cut or isinstance(cause, OSError):
        return RecordsError(shown, texts.UNREACHABLE, texts.UNREACHABLE_HINT)
    hint = texts.UNKNOWN_STATE(code=type(cause).__name__)
    return RecordsError(shown, texts.UNUSABLE, hint)


class PostgresDatabase:
    """A database at an address; see ``TransactionalDatabase`` for the methods."""

    def __init__(self, address: PostgresAddress, prepare: Work[None]) -> None:
        """Connect to nothing yet; ``prepare`` makes a database ready that is used first.

        Raises RecordsError without the driver.
        """
        self.path = address.shown
        self._engine = make_engine(
            address,
            pool_size=_POOL_SIZE,
            max_overflow=_MOST_BESIDES,
            pool_recycle=_POOL_RECYCLE_S,
            # A connection that the server has ended is replaced before it is used.
            pool_pre_ping=True,
        )
        self._prepare = prepare
        self._preparing = asyncio.Lock()
        self._is_ready = False

    async def write(self, work: Work[T], deadline_s: float, lock: int = WRITING) -> T:
        """Do all of ``work``, alone, or nothing where anything is raised; return its result.

        Alone means: among those with the same ``lock``, a number of 32 bits. Raises RecordsError
        for what the database refuses.
        """
        await self._get_ready(deadline_s)
        return await self._write(work, deadline_s, lock)

    async def read(self, work: Work[T], deadline_s: float) -> T:
        """Read the database as it is at one moment, whoever writes; return the result of ``work``.

        Raises RecordsError for what the database refuses.
        """
        await self._get_ready(deadline_s)

        async def look(connection: AsyncConnection, _: asyncio.Timeout) -> T:
            await connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
            return await work(connection)

        return await self._connect(look, deadline_s)

    async def rewrite(self, deadline_s: float) -> None:
        """Do nothing: the server itself gives the room of deleted rows to others (autovacuum)."""

    async def close(self) -> None:
        """Let go of all connections; to close twice is to close once."""
        await self._engine.dispose()

    async def _get_ready(self, deadline_s: float) -> None:
        if self._is_ready:
            return
        async with self._preparing:
            if not self._is_ready:
                await self._write(self._prepare, deadline_s, WRITING, more_s=_PREPARATION_S)
                self._is_ready = True

    async def _write(
        self, work: Work[T], deadline_s: float, lock: int, *, more_s: float = 0.0
    ) -> T:
        """Write; ``more_s``: how much longer it may take once it has its lock."""

        async def change(connection: AsyncConnection, limit: asyncio.Timeout) -> T:
            left_s = _find_left(deadline_s) - _MARGIN_S
            patience = f"{int(left_s * 1000)}ms"
            values = {"patience": patience, "locks": LOCKS, "lock": lock}
            await connection.execute(_BEGIN, values)
            limit.reschedule((limit.when() or 0.0) + more_s)
            result = await work(connection)
            await connection.commit()
            return result

        return await self._connect(change, deadline_s)

    async def _connect(
        self, work: Callable[[AsyncConnection, asyncio.Timeout], Awaitable[T]], deadline_s: float
    ) -> T:
        limit = asyncio.timeout(_find_left(deadline_s))
        try:
            async with limit, self._engine.connect() as connection:
                return await work(connection, limit)
        except RecordsError:
            raise
        except Exception as error:  # noqa: BLE001 (a driver's fault may be any error)
            fault = explain(error, self.path)
            if isinstance(error, TimeoutError) and limit.expired():
                fault = RecordsError(self.path, texts.LATE, texts.LATE_HINT)
        # Raised out here, the error that it was made of is not chained to it.
        raise fault


def _find_left(deadline_s: float) -> float:
    """Find how many seconds a transaction may take from now on."""
    return max(_LEAST_PATIENCE_S, deadline_s - time.monotonic())
