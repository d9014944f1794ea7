"""Let messages go into a channel in the order in which they are ready.

In: the id of a channel. Out: a turn to send there. discord.py keeps to Discord's limit of messages,
but whom it lets through first is chance: of ten that waited in one channel, some waited five times
as long as others, and with bad luck longer than an answer is worth waiting for. Lives on the event
loop.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

# A turn that takes longer is passed on all the same: a request may hang. Behind the last message of
# five seconds discord.py waits until they are over, and that still belongs to its turn.
_LONGEST_TURN_S = 6.0


class ChannelTurns:
    """Who sends in which channel now, and who is next."""

    def __init__(self) -> None:
        """Begin with nobody."""
        # A lock wakes up first who has waited longest. It goes when nobody holds it or waits.
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def turn(self, channel_id: int, patience_s: float) -> AsyncIterator[None]:
        """Wait for the turn to send in a channel; raises TimeoutError after ``patience_s``."""
        lock = self._locks.setdefault(channel_id, asyncio.Lock())
        async with asyncio.timeout(patience_s):
            await lock.acquire()
        is_over = False

        def pass_on() -> None:
            nonlocal is_over
            if not is_over:
                is_over = True
                lock.release()

        asyncio.get_running_loop().call_later(_LONGEST_TURN_S, pass_on)
        try:
            yield
        finally:
            pass_on()


# Discord counts the messages of one bot, whichever client sends them.
CHANNEL_TURNS = ChannelTurns()
