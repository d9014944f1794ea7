"""Wait for a coroutine, or a transaction, where no event loop may be used.

In a command, or in a worker thread.
"""

import asyncio
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.records.postgres import WRITING, PostgresDatabase
from bot.records.postgres_address import PostgresAddress

T = TypeVar("T")

_PATIENCE_S = 60.0


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


async def _prepare_nothing(_: AsyncConnection) -> None:
    """Leave the tables as they are."""
