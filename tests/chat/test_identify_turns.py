"""Shards identify themselves no faster than Discord takes it, with a clock that is handed in."""

import asyncio
from collections import defaultdict
from itertools import pairwise

import pytest

from bot.chat.identify_turns import IdentifyTurns


class Clock:
    """A clock that goes on when everybody sleeps, to the one who wakes first."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self._sleepers: list[tuple[float, asyncio.Event]] = []

    def __call__(self) -> float:
        """Give the time."""
        return self.now_s

    async def sleep(self, seconds: float) -> None:
        """Sleep for so long."""
        wakes = asyncio.Event()
        self._sleepers.append((self.now_s + seconds, wakes))
        await wakes.wait()

    async def run(self, *tasks: "asyncio.Task[None]") -> None:
        """Let time pass until all tasks are done."""
        while True:
            for _ in range(20):
                await asyncio.sleep(0)
            if all(task.done() for task in tasks):
                return
            self._sleepers.sort(key=lambda one: one[0])
            self.now_s, wakes = self._sleepers.pop(0)
            wakes.set()


async def identify_all(shards: int, max_concurrency: int) -> dict[int, list[float]]:
    """Let so many shards identify at once, each after another time; give when each bucket did."""
    clock = Clock()
    turns = IdentifyTurns(max_concurrency, clock, clock.sleep)
    times: defaultdict[int, list[float]] = defaultdict(list)

    async def identify(shard_id: int) -> None:
        async with turns.take(shard_id):
            # To connect takes a while, and sometimes a long one.
            await clock.sleep(0.1 if shard_id % 3 else 4.0)
            turns.note_sent(shard_id)
            times[shard_id % max_concurrency].append(clock.now_s)

    await clock.run(*[asyncio.create_task(identify(one)) for one in range(shards)])
    return times


@pytest.mark.parametrize(("shards", "max_concurrency"), [(1, 1), (7, 1), (40, 16), (16, 16)])
async def test_a_bucket_takes_one_in_five_seconds(shards: int, max_concurrency: int) -> None:
    """And the buckets do not wait for one another."""
    times = await identify_all(shards, max_concurrency)
    assert sum(map(len, times.values())) == shards
    for of_bucket in times.values():
        gaps = [later - earlier for earlier, later in pairwise(of_bucket)]
        assert all(gap >= 5 for gap in gaps)
    turns_each = -(-shards // max_concurrency)
    assert max(max(one) for one in times.values()) < turns_each * 10


async def test_who_is_refused_waits_by_chance_and_longer_each_time() -> None:
    """Until a session was begun; the others of the bucket need not wait for that."""
    clock = Clock()
    turns = IdentifyTurns(1, clock, clock.sleep)

    async def take(shard_id: int) -> None:
        async with turns.take(shard_id):
            pass

    waited_s = []
    for _ in range(8):
        begun_s = clock.now_s
        refused, other = asyncio.create_task(take(3)), asyncio.create_task(take(4))
        await clock.run(other)
        assert clock.now_s == begun_s
        await clock.run(refused)
        waited_s.append(clock.now_s - begun_s)
        turns.note_refused(3)
    assert waited_s[0] == 0
    assert all(min(times, 6) <= one <= 5 * min(times, 6) for times, one in enumerate(waited_s))
    turns.note_taken(3)
    begun_s = clock.now_s
    await clock.run(asyncio.create_task(take(3)))
    assert clock.now_s == begun_s
