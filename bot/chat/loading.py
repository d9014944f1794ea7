"""Read the articles of a server before its members are answered, once for all who wait.

In: the id of a server. Out: nothing; its articles are there then. They are read in threads of their
own, so that neither the event loop nor the answers to other servers wait for that.
"""

import asyncio
from functools import partial

from bot.chat.long_work import run_in_thread
from bot.knowledge_bases import KnowledgeBases

# CPython computes in one thread at a time; a second one goes on where a disk is slow.
_AT_ONCE = 2


class Loading:
    """Reads the articles of servers. Lives on the event loop."""

    def __init__(self, bases: KnowledgeBases) -> None:
        """Read nothing yet."""
        self._bases = bases
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._running: dict[int, asyncio.Task[None]] = {}

    async def wait(self, guild_id: int) -> None:
        """Wait until the articles of a server are there, or can't be had."""
        if self._bases.is_ready(guild_id):
            return
        running = self._running.get(guild_id)
        if running is None:
            running = asyncio.create_task(self._load(guild_id))
            self._running[guild_id] = running
            running.add_done_callback(lambda _: self._running.pop(guild_id, None))
        await asyncio.shield(running)

    async def _load(self, guild_id: int) -> None:
        async with self._turns:
            await run_in_thread(partial(self._bases.load, guild_id))
