"""No process of the bot outlives the test that started it."""

import signal
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import World, ending, populate, write_articles
from loopback import LoopbackDiscord


class _FailedError(Exception):
    """What a test or a fixture may raise."""


async def start_two_and_fail(world: World) -> None:
    """Start two bots in one world, and fail before they are there."""
    async with ending(world):
        await world.launch()
        await replace(world, process=None, log=[]).launch()
        raise _FailedError


async def test_a_failure_ends_every_process_that_was_started(tmp_path: Path) -> None:
    """Also those that have not answered yet, and those of a second bot in the same world."""
    async with LoopbackDiscord() as discord:
        world = populate(discord, write_articles(tmp_path / "articles"))
        with pytest.raises(_FailedError):
            await start_two_and_fail(world)
    assert [process.returncode for process in world.started] == [-signal.SIGKILL] * 2
