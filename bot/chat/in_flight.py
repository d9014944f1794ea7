"""Count what is being served, so that the program ends only when it is done.

Lives on the event loop.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar

T = TypeVar("T")


class InFlight:
    """What is being served now.

    ``count`` is how many are; ``served`` how many are done; ``is_closing`` says that the program
    ends, and that no message is to be let in any more.
    """

    def __init__(self) -> None:
        """Start with nothing in flight."""
        self.count = 0
        self.served = 0
        self.is_closing = False
        self._is_over = asyncio.Event()
        self._is_idle = asyncio.Event()
        self._is_idle.set()
        # The event loop itself holds tasks by weak references only.
        self._tasks: set[asyncio.Task[Any]] = set()

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        """Count something as in flight while it is being done."""
        self.count += 1
        self._is_idle.clear()
        try:
            yield
        finally:
            self.count -= 1
            self.served += 1
            if self.count == 0:
                self._is_idle.set()

    def start(self, work: Coroutine[Any, Any, T]) -> "asyncio.Task[T]":
        """Start a task that is finished before the program ends."""

        async def serve() -> T:
            async with self.serving():
                return await work

        task = asyncio.create_task(serve())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def wait_until_idle(self, patience_s: float) -> bool:
        """Wait until nothing is in flight, at most so many seconds; say whether nothing is."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience_s):
                while self.count:
                    await self._is_idle.wait()
        return self.count == 0

    @property
    def is_over(self) -> bool:
        """Whether there is time for a last line only."""
        return self._is_over.is_set()

    def end(self) -> None:
        """Leave time for a last line only."""
        self._is_over.set()

    async def is_done_in_time(self, task: "asyncio.Task[Any]") -> bool:
        """Wait for a task as long as there is time for more than a last line; say if it is done."""
        ending = asyncio.create_task(self._is_over.wait())
        try:
            await asyncio.wait([task, ending], return_when=asyncio.FIRST_COMPLETED)
        finally:
            ending.cancel()
        return task.done()
