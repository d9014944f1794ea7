"""The order in which work is done, counted and not timed."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from loopback.clock import PATIENCE_S

from bot.chat.work_queue import BusyError, EndingError, NewestFirst, WorkQueue


async def settle() -> None:
    """Let everything go on that can."""
    for _ in range(20):
        await asyncio.sleep(0)


async def test_what_came_first_is_done_first_and_no_more_at_once_than_workers() -> None:
    """A hundred pieces, two at a time, each begun in its turn."""
    queue, lock = WorkQueue(2, 100), threading.Lock()
    begun: list[int] = []
    working = most = 0

    def work(number: int) -> int:
        nonlocal working, most
        with lock:
            begun.append(number)
            working += 1
            most = max(most, working)
        with lock:
            working -= 1
        return number

    numbers = range(100)
    assert await asyncio.gather(*(queue.run(lambda n=n: work(n)) for n in numbers)) == [*numbers]  # type: ignore[misc]
    assert most <= 2
    assert all(abs(place - number) <= 1 for place, number in enumerate(begun))


async def test_what_is_too_much_is_refused_at_once() -> None:
    """One works, two wait, the fourth is refused; when all is done there is room again."""
    queue, gate = WorkQueue(1, 2), threading.Event()
    waiting = [asyncio.create_task(queue.run(gate.wait)) for _ in range(3)]
    await settle()
    assert (len(queue), queue.is_full) == (2, True)
    with pytest.raises(BusyError):
        await queue.run(gate.wait)
    gate.set()
    assert await asyncio.gather(*waiting) == [True] * 3
    assert await queue.run(lambda: "room") == "room"


async def test_work_keeps_its_turn_though_nobody_waits_for_it_any_more() -> None:
    """A thread cannot be stopped, so the next begins after it; what has not begun gives its turn
    away.
    """
    queue, gate, begun = WorkQueue(1, 9), threading.Event(), threading.Event()
    first = asyncio.create_task(queue.run(gate.wait))
    second, third = (asyncio.create_task(queue.run(begun.set)) for _ in range(2))
    await settle()
    first.cancel()
    second.cancel()
    await settle()
    assert not begun.is_set()
    assert len(queue) == 1
    gate.set()
    await third
    assert begun.is_set()


async def test_a_fault_is_handed_on_and_gives_the_turn_back() -> None:
    """What the work raises is raised where it was asked for."""
    queue = WorkQueue(1, 9)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            await queue.run(lambda: 1 // 0)


async def test_at_the_end_all_that_waits_is_told() -> None:
    """Even while what works does not end."""
    queue, gate = WorkQueue(1, 9), threading.Event()
    working = asyncio.create_task(queue.run(gate.wait))
    waiting = [asyncio.create_task(queue.run(gate.wait)) for _ in range(5)]
    await settle()
    queue.end()
    ended = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(one) for one in ended] == [EndingError] * 5
    with pytest.raises(EndingError):
        await queue.run(gate.wait)
    gate.set()
    assert await working


async def test_the_newest_comes_first() -> None:
    """One at a time; the others from the last to the first."""
    lane, gate = NewestFirst(60), threading.Event()
    begun: list[int] = []
    tasks = [asyncio.create_task(lane.run(gate.wait))]
    await settle()
    tasks += [asyncio.create_task(lane.run(lambda n=n: begun.append(n))) for n in range(5)]  # type: ignore[misc]
    await settle()
    gate.set()
    await asyncio.gather(*tasks)
    assert begun == [4, 3, 2, 1, 0]


async def test_what_has_become_too_old_is_dropped() -> None:
    """It is not begun any more, and nothing comes of it; the next is served again."""
    lane, gate = NewestFirst(0), threading.Event()
    assert [await lane.run(gate.wait) for _ in range(3)] == [None] * 3
    fresh = NewestFirst(60)
    with pytest.raises(ZeroDivisionError):
        await fresh.run(lambda: 1 // 0)
    assert await fresh.run(lambda: "found") == "found"


async def begin_while_another_works(
    queue: NewestFirst, ticks: int, work: Callable[[], object]
) -> tuple[asyncio.Task[Any], asyncio.Task[Any]]:
    """Let one work and another wait; end the work, go on for some ticks of the event loop, cancel
    the other.

    The work's thread has ended before the first tick, so the ticks are counted from the same moment
    each time.
    """
    gate = threading.Event()
    executor = ThreadPoolExecutor(1)
    asyncio.get_running_loop().set_default_executor(executor)
    working = asyncio.create_task(queue.run(gate.wait))
    await settle()
    waiting = asyncio.create_task(queue.run(work))
    await settle()
    gate.set()
    # With one thread only, this ends after the work and all that the executor does for it.
    executor.submit(int).result()
    for _ in range(ticks):
        await asyncio.sleep(0)
    waiting.cancel()
    return working, waiting


@pytest.mark.parametrize("ticks", range(12))
def test_a_turn_is_handed_on_whenever_who_has_it_is_cancelled(ticks: int) -> None:
    """Cancelled while it waits, just after its turn has come, or while it works: the next is
    served.
    """

    async def run() -> None:
        queue = NewestFirst(60)
        working, waiting = await begin_while_another_works(queue, ticks, lambda: "cancelled")
        assert await working is True
        await asyncio.wait([waiting])
        assert waiting.cancelled() or waiting.result() == "cancelled"
        async with asyncio.timeout(PATIENCE_S):
            assert await queue.run(lambda: "next") == "next"

    asyncio.run(run())


async def test_the_others_are_served_though_some_that_wait_are_cancelled() -> None:
    """Of five, the second and the last are cancelled; the others come in their order."""
    queue, gate = NewestFirst(60), threading.Event()
    begun: list[int] = []
    working = asyncio.create_task(queue.run(gate.wait))
    await settle()
    waiting = [asyncio.create_task(queue.run(lambda n=n: begun.append(n))) for n in range(5)]  # type: ignore[misc]
    await settle()
    waiting[1].cancel()
    waiting[4].cancel()
    await settle()
    gate.set()
    async with asyncio.timeout(PATIENCE_S):
        await asyncio.gather(working, *waiting, return_exceptions=True)
    assert begun == [3, 2, 0]


def test_the_newest_keeps_its_turn_though_nobody_waits_for_it_any_more() -> None:
    """A thread cannot be stopped, so the next begins after it: never two at once."""

    async def run() -> None:
        executor = ThreadPoolExecutor(2)
        asyncio.get_running_loop().set_default_executor(executor)
        queue, gate = NewestFirst(60), threading.Event()
        working = asyncio.create_task(queue.run(gate.wait))
        waiting = asyncio.create_task(queue.run(gate.is_set))
        await settle()
        working.cancel()
        await asyncio.wait([working])
        await settle()
        # The work holds one thread; the other would do this after what waits, if that had begun.
        executor.submit(int).result()
        gate.set()
        async with asyncio.timeout(PATIENCE_S):
            assert await waiting is True

    asyncio.run(run())


@pytest.mark.parametrize(
    "make", [lambda: WorkQueue(1, 9), lambda: NewestFirst(60)], ids=["in order", "newest first"]
)
def test_a_thread_that_cannot_be_started_costs_no_turn(
    make: Callable[[], WorkQueue | NewestFirst],
) -> None:
    """The error is raised each time, and no caller waits for ever."""

    async def run() -> None:
        executor = ThreadPoolExecutor(1)
        executor.shutdown()
        asyncio.get_running_loop().set_default_executor(executor)
        queue = make()
        for _ in range(3):
            async with asyncio.timeout(PATIENCE_S):
                with pytest.raises(RuntimeError, match="shutdown"):
                    await queue.run(lambda: "never")

    asyncio.run(run())
