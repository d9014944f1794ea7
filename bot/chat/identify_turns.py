"""When a shard may identify itself: one in five seconds of each bucket.

Discord says how many buckets there are (``max_concurrency``); a shard's is its number modulo that.
Who is faster is told that the session is invalid. Other processes of the bot share the buckets, and
nobody tells when they identify: whoever is refused waits by chance, the longer the more often.

The clock, and how to sleep by it, are handed in.
"""

import asyncio
import random
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

# Discord's five seconds, and something for what takes longer on the way the first time.
_APART_S = 5.5
# How long who was refused waits, by Discord's own advice; times how often in a row.
_LEAST_PAUSE_S = 1.0
_MOST_PAUSE_S = 5.0
_MOST_TIMES = 6


class IdentifyTurns:
    """The turns of all shards of this process. Lives on the event loop."""

    def __init__(
        self,
        max_concurrency: int,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Let everybody begin. ``clock`` and ``sleep`` are in seconds of a monotonic clock."""
        self._max_concurrency = max_concurrency
        self._clock = clock
        self._sleep = sleep
        self._locks: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        # When the next one may identify, by bucket.
        self._free_s: defaultdict[int, float] = defaultdict(float)
        # How often in a row each shard was refused.
        self._refusals: Counter[int] = Counter()

    @asynccontextmanager
    async def take(self, shard_id: int) -> AsyncIterator[None]:
        """Wait for the turn of a shard, and keep the others of its bucket waiting meanwhile."""
        await self._sleep(self._find_pause_s(shard_id))
        bucket = shard_id % self._max_concurrency
        async with self._locks[bucket]:
            await self._sleep(max(self._free_s[bucket] - self._clock(), 0.0))
            yield

    def note_sent(self, shard_id: int) -> None:
        """Note that a shard identifies itself now."""
        bucket = shard_id % self._max_concurrency
        self._free_s[bucket] = self._clock() + _APART_S

    def note_refused(self, shard_id: int) -> None:
        """Note that the session of a shard is invalid."""
        self._refusals[shard_id] += 1

    def note_taken(self, shard_id: int) -> None:
        """Note that a shard has a session."""
        del self._refusals[shard_id]

    def _find_pause_s(self, shard_id: int) -> float:
        times = min(self._refusals[shard_id], _MOST_TIMES)
        pause_s = random.uniform(_LEAST_PAUSE_S, _MOST_PAUSE_S)  # noqa: S311 (it guards nothing)
        return times * pause_s
