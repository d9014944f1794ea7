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

    ``count`` is how many are; ``served`` how many are done; ``is_closing`` says that nothing new
    is to be let in.
    """

    def __init__(self) -> None:
        """Start with nothing in flight."""
        self.count = 0
        self.served = 0
        self.is_closing = False
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
            await asyncio.wait_for(self._is_idle.wait(), patience_s)
        return self._is_idle.is_set()
