"""Run transactions: those that write one after another, those that read at any time.

In: functions that use a connection. Out: their results. What was begun is finished even if its
caller is cancelled. A caller waits for a limited time.

Before each transaction does anything, what is too old is deleted; after it, the file is rewritten
if anything was deleted.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.records.clock import Today
from bot.records.erasure import Erasure
from bot.records.model import RecordsError
from bot.records.retention import Retention
from bot.records.transactional import TransactionalDatabase
from bot.texts import records as texts

T = TypeVar("T")
Work = Callable[[AsyncConnection, Today], Awaitable[T]]

# Discord waits three seconds for the answer to a press, and sending it takes its time, too.
PATIENCE_S = 1.5
# What was given up for a lock still has to be rolled back.
ROLLBACK_S = 0.3

_log = logging.getLogger(__name__)


class Transactions:
    """The transactions of one database, from one event loop."""

    def __init__(
        self,
        database: TransactionalDatabase,
        retention: Retention,
        erasure: Erasure,
        patience_s: float,
    ) -> None:
        """Let a caller wait ``patience_s`` seconds, and a little longer for a rollback."""
        self.patience_s = patience_s
        self._database = database
        self._retention = retention
        self._erasure = erasure
        # Those that write wait here, in order. The write lock of SQLite knows no order.
        self._write_lock = asyncio.Lock()
        self._tasks: set[asyncio.Task[object]] = set()
        self._closing = asyncio.Event()

    async def write(self, work: Work[T]) -> T:
        """Write in a transaction; return the result of ``work``.

        Raises RecordsError where the database refuses, or where it takes too long.
        """
        return await self.wait(self.begin_write(work))

    async def write_patiently(self, work: Work[T]) -> T:
        """Write in a transaction that nobody waits for: however many are written before it."""
        self._refuse_if_closing()
        deadline_s = time.monotonic() + self.patience_s
        task = self._start(self._write(work, deadline_s, is_patient=True))
        return await asyncio.shield(task)

    def begin_write(self, work: Work[T]) -> "asyncio.Task[T]":
        """Start to write in a transaction; see ``wait``."""
        self._refuse_if_closing()
        deadline_s = time.monotonic() + self.patience_s
        return self._start(self._write(work, deadline_s, is_patient=False))

    async def read(self, work: Work[T]) -> T:
        """Read in a transaction, without waiting for those that write; return the result.

        Raises RecordsError where the database refuses, or where it takes too long.
        """
        self._refuse_if_closing()
        deadline_s = time.monotonic() + self.patience_s
        return await self.wait(self._start(self._read(work, deadline_s)))

    async def wait(self, task: "asyncio.Task[T]") -> T:
        """Return the result of a task; raise RecordsError, without ending it, if it takes long."""
        done, _ = await asyncio.wait([task], timeout=self.patience_s + ROLLBACK_S)
        if not done:
            raise self._make_late_error()
        return task.result()

    def start_cleaning(self, every_s: float) -> None:
        """Delete what is too old, every ``every_s`` seconds until ``close``."""
        self._start(self._clean(every_s))

    async def close(self) -> None:
        """Finish what was begun and refuse everything after it; to close twice is to close once."""
        self._closing.set()
        while self._tasks:
            await asyncio.wait(self._tasks)
        await self._database.close()

    async def _write(self, work: Work[T], deadline_s: float, *, is_patient: bool) -> T:
        async def clean_and_work(connection: AsyncConnection) -> T:
            today = await self._retention.apply(connection)
            return await work(connection, today)

        async with self._write_lock:
            is_late = time.monotonic() > deadline_s
            if is_late and not is_patient:
                raise self._make_late_error()
            result = await self._database.write(clean_and_work, deadline_s)
            await self._erasure.rewrite(self._database, deadline_s)
        return result

    async def _read(self, work: Work[T], deadline_s: float) -> T:
        """Read; where something is too old, delete it first, in a transaction that writes."""

        async def work_if_clean(connection: AsyncConnection) -> list[T]:
            today = await self._retention.find_today(connection)
            if await self._retention.is_due(connection, today):
                return []
            return [await work(connection, today)]

        async def work_anyway(connection: AsyncConnection) -> T:
            today = await self._retention.find_today(connection)
            return await work(connection, today)

        results = await self._database.read(work_if_clean, deadline_s)
        if results:
            return results[0]
        await self._write(do_nothing, deadline_s, is_patient=False)
        return await self._database.read(work_anyway, deadline_s)

    async def _clean(self, every_s: float) -> None:
        while not self._closing.is_set():
            try:
                await self.write(do_nothing)
            except RecordsError as error:
                _log.warning("questions that are too old can't be deleted: %s", error)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._closing.wait(), every_s)

    def _start(self, work: Coroutine[Any, Any, T]) -> "asyncio.Task[T]":
        """Start a task, and hold it until it is done, so that ``close`` can wait for it."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._let_go)
        return task

    def _let_go(self, task: "asyncio.Task[object]") -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            # A caller that did not wait was told already; asyncio need not warn of the error.
            task.exception()

    def _refuse_if_closing(self) -> None:
        if self._closing.is_set():
            raise RecordsError(self._database.path, texts.CLOSED, texts.CLOSED_HINT)

    def _make_late_error(self) -> RecordsError:
        return RecordsError(self._database.path, texts.LATE, texts.LATE_HINT)


async def do_nothing(_: AsyncConnection, __: Today) -> None:
    """Do nothing more than what every transaction does first."""
