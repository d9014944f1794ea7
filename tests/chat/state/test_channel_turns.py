"""Messages go into a channel one after another, and none of them holds the others up for long."""

import asyncio

import pytest

from bot.chat.state import channel_turns
from bot.chat.state.channel_turns import ChannelTurns

# Only what hangs is ended by it.
PATIENCE_S = 60.0
CHANNEL, OTHER = 1, 2


async def test_turns_come_in_order() -> None:
    """One at a time in a channel, whoever was first; other channels have their own."""
    turns = ChannelTurns()
    done: list[int] = []

    async def send(number: int) -> None:
        async with turns.turn(CHANNEL, PATIENCE_S):
            await asyncio.sleep(0)
            done.append(number)

    async with turns.turn(CHANNEL, PATIENCE_S):
        sending = [asyncio.create_task(send(number)) for number in range(5)]
        async with turns.turn(OTHER, PATIENCE_S):
            await asyncio.sleep(0)
        assert done == []
    await asyncio.gather(*sending)
    assert done == [0, 1, 2, 3, 4]


async def test_a_turn_that_fails_is_over() -> None:
    """The next one comes."""
    turns = ChannelTurns()
    with pytest.raises(LookupError):
        async with turns.turn(CHANNEL, PATIENCE_S):
            raise LookupError
    async with turns.turn(CHANNEL, PATIENCE_S):
        pass


async def test_who_has_no_time_left_gives_up() -> None:
    """That takes no turn from the others."""
    turns = ChannelTurns()
    async with turns.turn(CHANNEL, PATIENCE_S):
        with pytest.raises(TimeoutError):
            async with turns.turn(CHANNEL, 0.0):
                raise AssertionError
    async with turns.turn(CHANNEL, 0.0):
        pass


async def test_what_hangs_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a while its turn is passed on, once: the two after it are still one at a time."""
    monkeypatch.setattr(channel_turns, "_LONGEST_TURN_S", 0.01)
    turns = ChannelTurns()
    async with turns.turn(CHANNEL, PATIENCE_S):
        monkeypatch.setattr(channel_turns, "_LONGEST_TURN_S", PATIENCE_S)
        second = turns.turn(CHANNEL, PATIENCE_S)
        await second.__aenter__()
    with pytest.raises(TimeoutError):
        async with turns.turn(CHANNEL, 0.0):
            raise AssertionError
    await second.__aexit__(None, None, None)
    async with turns.turn(CHANNEL, 0.0):
        pass
