"""Wait for a coroutine, or a transaction, where no event loop may be used.

In a command, or in a worker thread.
"""

import asyncio
import threading
import time
import weakref
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.records.postgres import WRITING, PostgresDatabase
from bot.records.postgres_address import PostgresAddress

T = TypeVar("T")

_PATIENCE_S = 60.0
# To close the connections to a server that is away may take so long.
_CLOSE_S = 5.0


def run_aside(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run ``work`` on an event loop of its own, in a thread of its own; return its result."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(lambda: asyncio.run(work())).result()


def transact_aside(
    address: PostgresAddress,
    work: Callable[[Connection], T],
    *,
    is_writing: bool,
    lock: int = WRITING,
    patience_s: float = _PATIENCE_S,
) -> T:
    """Do some work in one transaction of a database, whose tables stay as they are.

    Who writes is alone among those with the same ``lock``. Raises RecordsError for what the
    database refuses.
    """

    async def run(connection: AsyncConnection) -> T:
        return await connection.run_sync(work)

    async def transact() -> T:
        database = PostgresDatabase(address, _prepare_nothing)
        deadline_s = time.monotonic() + patience_s
        try:
            if is_writing:
                return await database.write(run, deadline_s, lock)
            return await database.read(run, deadline_s)
        finally:
            await database.close()

    return run_aside(transact)


class AsideDatabase:
    """A database whose connections are kept, for work in threads where no event loop may be used.

    It has a thread with an event loop, from the first transaction until nobody holds it any more,
    or the program ends.
    """

    def __init__(self, address: PostgresAddress, prepare: Callable[[Connection], None]) -> None:
        """Connect to nothing yet; ``prepare`` makes a database ready that is used first."""
        self._address = address
        self._prepare = prepare
        self._opening = threading.Lock()
        self._opened: tuple[PostgresDatabase, asyncio.AbstractEventLoop] | None = None

    def transact(
        self,
        work: Callable[[Connection], T],
        *,
        is_writing: bool,
        lock: int = WRITING,
        patience_s: float = _PATIENCE_S,
    ) -> T:
        """Do some work in one transaction, as ``transact_aside`` does."""
        database, loop = self._open()
        deadline_s = time.monotonic() + patience_s

        async def run(connection: AsyncConnection) -> T:
            return await connection.run_sync(work)

        async def transact() -> T:
            if is_writing:
                return await database.write(run, deadline_s, lock)
            return await database.read(run, deadline_s)

        return asyncio.run_coroutine_threadsafe(transact(), loop).result()

    def _open(self) -> tuple[PostgresDatabase, asyncio.AbstractEventLoop]:
        """Start the thread, unless it runs. Raises RecordsError without the driver."""
        with self._opening:
            if self._opened is None:
                database = PostgresDatabase(self._address, partial(_prepare_in, self._prepare))
                loop = asyncio.new_event_loop()
                thread = threading.Thread(target=_run_until_stopped, args=(loop,), daemon=True)
                thread.start()
                weakref.finalize(self, _end, database, loop, thread)
                self._opened = database, loop
            return self._opened


async def _prepare_in(prepare: Callable[[Connection], None], connection: AsyncConnection) -> None:
    await connection.run_sync(prepare)


def _run_until_stopped(loop: asyncio.AbstractEventLoop) -> None:
    try:
        loop.run_forever()
    finally:
        loop.close()


def _end(
    database: PostgresDatabase, loop: asyncio.AbstractEventLoop, thread: threading.Thread
) -> None:
    """Close the connections, and end the thread; it may be that which runs this."""

    async def close() -> None:
        try:
            await database.close()
        finally:
            loop.stop()

    if thread.is_alive():
        asyncio.run_coroutine_threadsafe(close(), loop)
        if thread is not threading.current_thread():
            thread.join(_CLOSE_S)


async def _prepare_nothing(_: AsyncConnection) -> None:
    """Leave the tables as they are."""
