"""What is being served is finished before the program ends."""

import asyncio

import pytest

from bot.chat.in_flight import InFlight


async def test_what_was_started_is_waited_for() -> None:
    """Idle before, not while a task runs, and again after it; each that is done is counted."""
    in_flight, gate = InFlight(), asyncio.Event()
    assert await in_flight.wait_until_idle(0)
    task = in_flight.start(gate.wait())
    await asyncio.sleep(0)
    assert in_flight.count == 1
    assert not await in_flight.wait_until_idle(0.01)
    gate.set()
    assert await in_flight.wait_until_idle(20)
    assert await task
    assert (in_flight.count, in_flight.served) == (0, 1)


async def test_what_begins_when_another_ends_is_waited_for() -> None:
    """As where one command after another is used."""
    in_flight = InFlight()

    async def go_on(times: int) -> None:
        await asyncio.sleep(0)
        if times:
            in_flight.start(go_on(times - 1))

    in_flight.start(go_on(9))
    await asyncio.sleep(0)
    assert await in_flight.wait_until_idle(20)
    assert in_flight.served == 10


async def test_a_task_is_waited_for_until_there_is_time_for_a_last_line_only() -> None:
    """One that is done by then was in time; one that is not goes on."""
    in_flight, gate = InFlight(), asyncio.Event()
    done, waiting = in_flight.start(asyncio.sleep(0)), in_flight.start(gate.wait())
    assert await in_flight.is_done_in_time(done)
    in_flight.end()
    assert in_flight.is_over
    assert not await in_flight.is_done_in_time(waiting)
    gate.set()
    assert await waiting


async def test_what_fails_is_done_as_well() -> None:
    """An error ends the waiting and is raised where the result is awaited."""
    in_flight = InFlight()

    async def fail() -> None:
        raise LookupError

    task = in_flight.start(fail())
    with pytest.raises(LookupError):
        await task
    assert await in_flight.wait_until_idle(0)
